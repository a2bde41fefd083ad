/** A line that one walks, on the public map: its casing and colour, dark stretches, dots. */
import * as L from "/vendor/leaflet/leaflet-src.esm.js";

/** @typedef {[number, number]} LonLat */

export class LineLayer {
  #group = L.layerGroup();

  /** @param {import("./map.js").PublicMap} publicMap */
  constructor(publicMap) {
    this.publicMap = publicMap;
    this.#group.addTo(publicMap.map);
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

  /** Show all of some pieces, with room round them. @param {LonLat[][]} pieces */
  fit(pieces) {
    this.publicMap.show(L.latLngBounds(pieces.flat().map(latLng)).pad(0.12));
  }
}

/** @param {LonLat} at @returns {[number, number]} */
export function latLng([lon, lat]) {
  return [lat, lon];
}
