/** Where the map looks: at the whole, at a remembered place, at the room that the cards leave. */
import * as L from "/vendor/leaflet/leaflet-src.esm.js";

/** @typedef {{zoom: number, lat: number, lon: number}} View */

export class Camera {
  #moving = false; // by us, not by the reader
  /** @type {View | null} where the map was put to show the whole */
  #whole = null;

  /**
   * @param {L.Map} map
   * @param {HTMLElement} free  lies over the part of the map that the cards leave free
   */
  constructor(map, free) {
    this.map = map;
    this.free = free;
  }

  /**
   * Listen to the reader moving the map; what we do ourselves, and a window that changes its size, is not told.
   * @param {(view: View) => void} listener
   */
  onMove(listener) {
    this.map.on("moveend", () => {
      if (!this.#moving && !(this.#whole && this.isAt(this.#whole))) listener(this.here());
    });
  }

  /** @returns {View} */
  here() {
    const { lat, lng } = this.map.getCenter();
    return { zoom: this.map.getZoom(), lat, lon: lng };
  }

  /** @param {View} view */
  isAt(view) {
    const { zoom, lat, lon } = this.here();
    return Math.abs(view.zoom - zoom) < 0.01 && Math.abs(view.lat - lat) < 1e-5 && Math.abs(view.lon - lon) < 1e-5;
  }

  /** @param {View} view */
  lookAt({ zoom, lat, lon }) {
    this.#moving = true;
    this.map.setView([lat, lon], zoom, { animate: false });
    this.#moving = false;
  }

  /**
   * Show all of a place in the room that the cards leave.
   * @param {L.LatLngBounds} bounds
   */
  show(bounds) {
    this.#moving = true;
    this.map.invalidateSize({ animate: false, pan: false });
    this.map.fitBounds(bounds, { ...this.room(), animate: false });
    this.#moving = false;
    this.#whole = this.here();
  }

  /** The room that the cards leave on the map, as Leaflet's paddings; on paper they leave all of it. */
  room() {
    if (window.matchMedia("print").matches) return { padding: /** @type {[number, number]} */ ([12, 12]) };
    const free = this.free.getBoundingClientRect();
    const frame = this.map.getContainer().getBoundingClientRect();
    const high = [...this.free.querySelectorAll(".map-key")].map((one) => one.getBoundingClientRect().bottom);
    const low = [...this.free.querySelectorAll(".scale, .credit")].map((one) => one.getBoundingClientRect().top);
    return {
      paddingTopLeft: /** @type {[number, number]} */ ([free.left - frame.left + 14, Math.max(free.top, ...high) - frame.top + 14]),
      paddingBottomRight: /** @type {[number, number]} */ ([frame.right - free.right + 14, frame.bottom - Math.min(free.bottom, ...low) + 8]),
    };
  }

  /** The middle of the free part. */
  middle() {
    const { left, top, width, height } = this.free.getBoundingClientRect();
    const frame = this.map.getContainer().getBoundingClientRect();
    return this.map.containerPointToLatLng([left - frame.left + width / 2, top - frame.top + height / 2]);
  }
}
