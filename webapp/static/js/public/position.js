/** Where the reader is, by the browser: only after a press, and it never leaves the page. */
import { fromGcj02 } from "../geo/gcj02.js";

/** @typedef {[number, number]} LonLat */
/** @typedef {{at: LonLat, accuracy: number}} Place  `accuracy` in metres: within so much of it, as the phone believes */
/** @typedef {"unsupported" | "insecure" | "denied" | "unavailable"} Refusal */

export class Position {
  /** @type {number | null} */
  #watch = null;
  /** The phone hands out shifted coordinates, the reader says. */
  shifted = false;
  /** @type {{at: LonLat, accuracy: number} | null} as the phone told it */
  #told = null;

  /**
   * @param {{onPlace: (place: Place) => void, onRefusal: (why: Refusal) => void}} heard
   */
  constructor({ onPlace, onRefusal }) {
    this.onPlace = onPlace;
    this.onRefusal = onRefusal;
  }

  get isOn() {
    return this.#watch !== null;
  }

  /** Ask the browser, and go on asking. */
  start() {
    if (this.isOn) return;
    if (!window.isSecureContext) return this.onRefusal("insecure");
    if (!("geolocation" in navigator)) return this.onRefusal("unsupported");
    this.#watch = navigator.geolocation.watchPosition(
      ({ coords }) => {
        this.#told = { at: [coords.longitude, coords.latitude], accuracy: coords.accuracy };
        this.#hand();
      },
      ({ code }) => {
        this.stop();
        this.onRefusal(code === 1 ? "denied" : "unavailable");
      },
      { enableHighAccuracy: true, maximumAge: 4000, timeout: 20000 },
    );
  }

  stop() {
    if (this.#watch !== null) navigator.geolocation.clearWatch(this.#watch);
    this.#watch = null;
    this.#told = null;
  }

  /** Take what the phone says as GCJ-02, or as it is again. @param {boolean} shifted */
  correct(shifted) {
    this.shifted = shifted;
    this.#hand();
  }

  #hand() {
    if (this.#told) this.onPlace({ ...this.#told, at: this.shifted ? fromGcj02(this.#told.at) : this.#told.at });
  }
}
