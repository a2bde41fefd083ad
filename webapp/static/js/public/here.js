/** The reader's place on the map: a point one may drag, and round it how sure the phone is. */
import * as L from "/vendor/leaflet/leaflet-src.esm.js";
import { h } from "../panel/dom.js";

/** @typedef {[number, number]} LonLat */

export class Here {
  /** @type {L.Marker | null} */
  #marker = null;
  /** @type {L.Circle | null} */
  #circle = null;

  /**
   * @param {L.Map} map
   * @param {{label: string, moved: (at: LonLat) => void}} how
   */
  constructor(map, { label, moved }) {
    this.map = map;
    this.label = label;
    this.moved = moved;
  }

  /** @param {import("./position.js").Place | null} place */
  show(place) {
    if (place === null) {
      this.#marker?.remove();
      this.#circle?.remove();
      this.#marker = this.#circle = null;
      return;
    }
    const [lon, lat] = place.at;
    if (!this.#marker) {
      const icon = L.divIcon({ className: "here", html: h("span", { class: "here-disc" }), iconSize: [44, 44] });
      const marker = L.marker([lat, lon], { icon, draggable: true, keyboard: false, alt: this.label, zIndexOffset: 3000 });
      marker.on("dragend", () => {
        const { lng, lat: north } = marker.getLatLng();
        this.moved([lng, north]);
      });
      this.#marker = marker.addTo(this.map);
      this.#circle = L.circle([lat, lon], { radius: 0, className: "here-circle", interactive: false, pane: "area" }).addTo(this.map);
      marker.getElement()?.setAttribute("role", "img");
      marker.getElement()?.setAttribute("aria-label", this.label);
    }
    this.#marker.setLatLng([lat, lon]);
    this.#circle?.setLatLng([lat, lon]).setRadius(place.accuracy);
  }
}
