/** A line that one walks, on the public map: its casing and colour, dark stretches, marks, and the signs beside it. */
import * as L from "/vendor/leaflet/leaflet-src.esm.js";
import { sign } from "../map/sign.js";

/** @typedef {[number, number]} LonLat */

export class LineLayer {
  #group = L.layerGroup();
  #signs = L.layerGroup();

  /** @param {import("./map.js").PublicMap} publicMap */
  constructor(publicMap) {
    this.publicMap = publicMap;
    this.#group.addTo(publicMap.map);
    this.#signs.addTo(publicMap.map);
  }

  /**
   * @param {LonLat[][]} pieces
   * @param {[string, number][]} looks  class and width of each stroke, the widest first
   */
  line(pieces, looks) {
    for (const [className, weight] of looks)
      for (const piece of pieces) L.polyline(piece.map(latLng), { pane: "theme", interactive: false, fill: false, className, weight }).addTo(this.#group);
  }

  /** @param {LonLat} at @param {string} className @param {number} radius */
  dot(at, className, radius) {
    L.circleMarker(latLng(at), { pane: "theme", interactive: false, className, radius }).addTo(this.#group);
  }

  /**
   * Put signs in place of those before, and have names keep clear of them.
   * @param {{at: LonLat, glyph: string, label: string, look?: string, color?: string, choose?: () => void}[]} signs
   */
  signs(signs) {
    this.#signs.clearLayers();
    for (const { at, ...how } of signs) sign(at, how).addTo(this.#signs);
    this.publicMap.obstacles = () => signs.map(({ at }) => ({ lonLat: at, radius: 16 }));
    this.publicMap.names.redraw();
  }

  /** Show all of some pieces, with room round them. @param {LonLat[][]} pieces */
  fit(pieces) {
    this.publicMap.show(L.latLngBounds(pieces.flat().map(latLng)).pad(0.12));
  }
}

/** @param {LonLat} at @returns {[number, number]} */
export function latLng([lon, lat]) {
  return [lat, lon];
}
