/** The nearest of each service on the map, as signs that open its walk. */
import * as L from "/vendor/leaflet/leaflet-src.esm.js";
import { sign } from "../map/sign.js";
import { minutes } from "../say/number.js";
import { either, nameOf } from "../say/name.js";
import { LANG } from "./say.js";

export class NearSigns {
  #group = L.layerGroup();
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
  }

  /**
   * @param {import("./nearby.js").Nearest[]} near
   * @param {string | null} kind  the one whose walk is shown
   */
  show(near, kind) {
    this.#group.clearLayers();
    const shown = near.filter(({ key, kind: own, place }) => place && (own.first_page || key === kind || key === "to"));
    this.obstacles = shown.map(({ place }) => ({ lonLat: /** @type {[number, number]} */ (place?.at), radius: 16 }));
    for (const { key, kind: own, place, minutes: time } of shown) {
      if (!place) continue;
      const label = [either(own, LANG), nameOf(place, LANG), Number.isFinite(time) ? minutes(time, LANG) : ""].filter(Boolean).join(" · ");
      sign(place.at, { glyph: own.glyph, label, look: key === kind ? "chosen" : "", choose: () => this.choose(key) }).addTo(this.#group);
    }
    this.publicMap.names.redraw();
  }
}
