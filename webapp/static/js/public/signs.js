/** Signs on a public map that step aside for one another, and that the names keep clear of. */
import * as L from "/vendor/leaflet/leaflet-src.esm.js";
import { spread } from "../geo/spread.js";
import { sign } from "../map/sign.js";
import { isOn, onSetting } from "./settings.js";

/** @typedef {[number, number]} LonLat */
/** @typedef {{at: LonLat, glyph: string, label: string, look?: string, color?: string, choose?: () => void}} Sign */

const APART = { plain: 34, elder: 40 }; // pixels between two signs

export class Signs {
  #group = L.layerGroup();
  /** @type {Sign[]} */
  #shown = [];
  /** @type {LonLat | null} */
  #clearOf = null;

  /** @param {import("./map.js").PublicMap} publicMap */
  constructor(publicMap) {
    this.publicMap = publicMap;
    this.#group.addTo(publicMap.map);
    publicMap.map.on("zoomend", () => this.#draw());
    onSetting(() => this.#draw());
  }

  /**
   * Put these in place of those before.
   * @param {Sign[]} signs
   * @param {LonLat | null} [clearOf]  a place whose own sign they keep clear of
   */
  show(signs, clearOf = null) {
    this.#shown = signs;
    this.#clearOf = clearOf;
    this.#draw();
    this.publicMap.names.redraw();
  }

  #draw() {
    this.#group.clearLayers();
    const { map } = this.publicMap;
    const pixel = (/** @type {LonLat} */ [lon, lat]) => {
      const { x, y } = map.latLngToLayerPoint([lat, lon]);
      return /** @type {[number, number]} */ ([x, y]);
    };
    const own = this.#clearOf ? [pixel(this.#clearOf)] : [];
    const aside = spread([...own, ...this.#shown.map(({ at }) => pixel(at))], isOn("elder") ? APART.elder : APART.plain).slice(own.length);
    const places = aside.map((place) => {
      const { lng, lat } = map.layerPointToLatLng(place);
      return /** @type {LonLat} */ ([lng, lat]);
    });
    this.publicMap.obstacles = () => places.map((lonLat) => ({ lonLat, radius: 16 }));
    for (const [nth, { at, ...how }] of this.#shown.entries()) sign(places[nth], how).addTo(this.#group);
  }
}
