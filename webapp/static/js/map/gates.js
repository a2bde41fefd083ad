/** The gates of compounds as signs, from where they do not crowd: open, for residents only, shut at the hour; each tells its hours. */
import * as L from "/vendor/leaflet/leaflet-src.esm.js";
import { gateState } from "../hours/shut.js";
import { keepFocus } from "../panel/dom.js";
import { gateCard, gateName } from "../panel/gate_card.js";
import { say } from "../say/say.js";
import { whenOf } from "../state/when.js";
import { pointOf } from "./sign.js";

/** @typedef {import("../geo/local.js").Local} Local */

const NEAR = 15.75;
const SIZE = 24; // what a pointer can hit; the sign itself is smaller

export class Gates {
  #group = L.layerGroup();
  /** @type {Map<string, L.Marker>} */
  #signs = new Map();
  /** @type {{gates: Api.Feature[], when: string, lang: Api.Lang} | null} `gates`: those that stand, as assumed */
  #shown = null;
  /** @type {string | null} */
  #asked = null;
  #popup = L.popup({ className: "gate-popup", offset: [0, -4], maxWidth: 280, minWidth: 190, closeButton: false });

  /**
   * @param {L.Map} map
   * @param {object} act
   * @param {(id: string | null) => void} act.gate  a gate is chosen, or with null its card closed
   * @param {(gate: string, what: "open" | "close" | null) => void} act.assume
   */
  constructor(map, { gate, assume }) {
    this.map = map;
    this.choose = gate;
    this.assume = assume;
    this.#group.addTo(map);
    map.on("moveend", () => this.#draw()); // Leaflet tells it after a zoom too
    this.#popup.on("remove", () => this.#asked !== null && this.choose(null));
  }

  get gates() {
    return this.#shown?.gates ?? [];
  }

  /**
   * @param {{gates: Api.Feature[], when: string, lang: Api.Lang} | null} what  null: none are shown
   */
  show(what) {
    if (what === null) this.ask(null, {});
    this.#shown = what;
    this.#draw();
  }

  /**
   * Open the card of a gate, or close it.
   * @param {string | null} id
   * @param {{paddingTopLeft?: [number, number], paddingBottomRight?: [number, number]}} room  that the cards leave
   * @returns {string} what the card says, "" where there is none
   */
  ask(id, { paddingTopLeft, paddingBottomRight }) {
    const again = id !== null && id === this.#asked;
    if (!again) this.#shut();
    const gate = this.gates.find((one) => String(one.id) === id);
    if (!gate || !this.#shown) return "";
    const { when, lang } = this.#shown;
    const [lon, lat] = pointOf(gate);
    const own = this.gates.filter(({ properties }) => properties?.compound_id === gate.properties?.compound_id);
    const card = gateCard(gate, own, when, lang, (what) => this.assume(String(gate.id), what));
    this.#asked = id;
    this.#popup.options.autoPan = !again; // told anew, the card does not move the map
    const frame = this.#popup.getElement();
    if (again && frame) keepFocus(frame, () => this.#popup.setContent(card));
    else this.#open(card, [lat, lon], { paddingTopLeft, paddingBottomRight });
    return [...card.querySelectorAll("p")].map(({ textContent }) => textContent).join(" ");
  }

  /** Close the card; whoever was in it is back at its gate. */
  #shut() {
    const back = this.#popup.getElement()?.contains(document.activeElement) ? this.#signs.get(this.#asked ?? "")?.getElement() : null;
    this.#asked = null; // a card that closes now is not closed by the reader
    this.#popup.remove();
    back?.focus({ preventScroll: true });
  }

  /**
   * @param {HTMLElement} card
   * @param {[number, number]} place  latitude, longitude
   * @param {{paddingTopLeft?: [number, number], paddingBottomRight?: [number, number]}} room
   */
  #open(card, place, { paddingTopLeft, paddingBottomRight }) {
    if (!this.map.getBounds().contains(place) || this.map.getZoom() < NEAR)
      this.map.setView(place, Math.max(this.map.getZoom(), 16.5), { animate: false });
    const [left, top] = paddingTopLeft ?? [12, 12];
    const below = this.map.getSize().x < 760 ? 48 : 0; // on a phone the card stands below the button for the whole map
    Object.assign(this.#popup.options, { autoPanPaddingTopLeft: [left, top + below], autoPanPaddingBottomRight: paddingBottomRight ?? [12, 12] });
    this.#popup.setLatLng(place).setContent(card).openOn(this.map);
    if (document.documentElement.dataset.keys) card.querySelector("button")?.focus({ preventScroll: true });
  }

  get seen() {
    return this.#shown !== null && this.map.getZoom() >= NEAR;
  }

  /** What the labels must keep clear of. */
  get obstacles() {
    return this.seen ? this.gates.map((gate) => ({ lonLat: pointOf(gate), radius: 8, text: "" })) : [];
  }

  #draw() {
    document.documentElement.dataset.gates = String(this.seen);
    if (!this.seen || !this.#shown) {
      this.#group.clearLayers();
      this.#signs.clear();
      return;
    }
    const { gates, when, lang } = this.#shown;
    const around = this.map.getBounds().pad(0.1); // whoever goes from sign to sign by keys stays on the map
    for (const gate of gates) {
      const [lon, lat] = pointOf(gate);
      if (!around.contains([lat, lon])) {
        this.#hide(String(gate.id));
        continue;
      }
      const state = gateState(gate.properties, whenOf(when));
      const { what } = gate.properties?.as_if ?? {};
      const told = `${gateName(gate.properties, lang)} · ${say(lang, what ? `as_if_now_${/** @type {"open" | "close"} */ (what)}` : `gate_${state}`)}`;
      const sign = this.#signs.get(String(gate.id)) ?? this.#add(gate);
      sign.addTo(this.#group);
      if (sign.getElement()?.dataset.state !== state) sign.setIcon(L.divIcon({ className: `gate-sign ${state}`, iconSize: [SIZE, SIZE] }));
      const element = sign.getElement();
      if (element) element.dataset.state = state;
      element?.classList.toggle("as-if", what !== undefined);
      element?.setAttribute("role", "button");
      element?.setAttribute("aria-label", told);
      element?.setAttribute("tabindex", "0");
    }
  }

  /** @param {string} id */
  #hide(id) {
    const sign = this.#signs.get(id);
    if (sign) this.#group.removeLayer(sign);
  }

  /** @param {Api.Feature} gate */
  #add(gate) {
    const [lon, lat] = pointOf(gate);
    const id = String(gate.id);
    const sign = L.marker([lat, lon], { keyboard: true, zIndexOffset: -500, title: "" });
    sign.on("click", () => this.choose(this.#asked === id ? null : id));
    sign.on("keypress", (/** @type {any} */ { originalEvent }) => {
      if (originalEvent?.key === "Enter" || originalEvent?.key === " ") this.choose(this.#asked === id ? null : id);
    });
    this.#signs.set(id, sign);
    return sign;
  }
}
