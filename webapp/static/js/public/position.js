/** Where the reader is, by the browser: only after a press, and it never leaves the page. */
import { fromGcj02 } from "../geo/gcj02.js";

/** @typedef {[number, number]} LonLat */
/** @typedef {{at: LonLat, accuracy: number}} Place  `accuracy` in metres: within so much of it, as the phone believes */
/** @typedef {"unsupported" | "insecure" | "denied" | "unavailable"} Refusal */

const DENIED = 1; // GeolocationPositionError.PERMISSION_DENIED

export class Position {
  /** @type {number | null} */
  #watch = null;
  /** The phone hands out shifted coordinates, the reader says. */
  shifted = false;
  /** @type {Place | null} as the phone told it */
  #told = null;
  /** How far the reader dragged the point, in degrees: what the phone tells next is off by as much. @type {LonLat} */
  #dragged = [0, 0];

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
        if (code !== DENIED && this.#told) return; // under trees and bridges it is lost for a while
        this.stop();
        this.onRefusal(code === DENIED ? "denied" : "unavailable");
      },
      { enableHighAccuracy: true, maximumAge: 4000, timeout: 20000 },
    );
  }

  stop() {
    if (this.#watch !== null) navigator.geolocation.clearWatch(this.#watch);
    this.#watch = null;
    this.#told = null;
    this.#dragged = [0, 0];
  }

  /** The reader stands there; what the phone tells from now on is moved by as much. @param {LonLat} at */
  drag(at) {
    if (!this.#told) return;
    const [lon, lat] = this.#believed(this.#told.at);
    this.#dragged = [at[0] - lon, at[1] - lat];
    this.#hand();
  }

  /** Take what the phone says as GCJ-02, or as it is again. @param {boolean} shifted */
  correct(shifted) {
    this.shifted = shifted;
    this.#dragged = [0, 0];
    this.#hand();
  }

  #hand() {
    if (!this.#told) return;
    const [lon, lat] = this.#believed(this.#told.at);
    this.onPlace({ ...this.#told, at: [lon + this.#dragged[0], lat + this.#dragged[1]] });
  }

  /** What the phone told, in the datum that the reader says it speaks. @param {LonLat} at */
  #believed(at) {
    return this.shifted ? fromGcj02(at) : at;
  }
}
