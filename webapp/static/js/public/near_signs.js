/** The nearest of each service on the map, as signs that open its walk. */
import * as L from "/vendor/leaflet/leaflet-src.esm.js";
import { spread } from "../geo/spread.js";
import { sign } from "../map/sign.js";
import { minutes } from "../say/number.js";
import { either, nameOf } from "../say/name.js";
import { LANG } from "./say.js";
import { isOn } from "./settings.js";

const APART = 30; // pixels between two signs

export class NearSigns {
  #group = L.layerGroup();
  /** @type {import("./nearby.js").Nearest[]} */
  #shown = [];
  /** @type {string | null} */
  #chosen = null;
  /** @type {[number, number] | null} */
  #origin = null;
  /** What the names on the map keep clear of. @type {import("./map.js").Obstacle[]} */
  obstacles = [];

  /**
   * @param {import("./map.js").PublicMap} publicMap
   * @param {(kind: string) => void} choose
   */
  constructor(publicMap, choose) {
    this.publicMap = publicMap;
    this.choose = choose;
    this.#group.addTo(publicMap.map);
    publicMap.obstacles = () => this.obstacles;
    publicMap.map.on("zoomend", () => this.#draw());
  }

  /**
   * @param {import("./nearby.js").Nearest[]} near
   * @param {string | null} kind  the one whose walk is shown
   * @param {[number, number] | null} origin  whose own sign they keep clear of
   */
  show(near, kind, origin) {
    this.#origin = origin;
    this.#shown = near.filter(({ key, kind: own, place }) => place && (own.first_page || key === kind || key === "to"));
    this.#chosen = kind;
    this.#draw();
    this.publicMap.names.redraw();
  }

  /** Signs step aside for one another by pixels. */
  #draw() {
    this.#group.clearLayers();
    const { map } = this.publicMap;
    const placed = this.#shown.map(({ place }) => map.latLngToLayerPoint([place?.at[1] ?? 0, place?.at[0] ?? 0]));
    const own = this.#origin ? [map.latLngToLayerPoint([this.#origin[1], this.#origin[0]])] : [];
    const aside = spread([...own, ...placed].map(({ x, y }) => [x, y]), isOn("elder") ? 38 : APART).slice(own.length);
    this.obstacles = [];
    for (const [nth, { key, kind, place, minutes: time }] of this.#shown.entries()) {
      if (!place) continue;
      const { lng, lat } = map.layerPointToLatLng(aside[nth]);
      this.obstacles.push({ lonLat: [lng, lat], radius: 16 });
      const label = [either(kind, LANG), nameOf(place, LANG), Number.isFinite(time) ? minutes(time, LANG) : ""].filter(Boolean).join(" · ");
      sign([lng, lat], { glyph: kind.glyph, label, look: key === this.#chosen ? "chosen" : "", choose: () => this.choose(key) }).addTo(this.#group);
    }
  }
}
