/** The strip under the map: what the line is like, metre by metre; a cursor that goes along it by finger, pointer or keys. */
import { fill, h } from "../panel/dom.js";
import { metres as sayMetres } from "../say/number.js";
import { say, sayCode } from "../say/say.js";
import { axisOf, lanesOf } from "./lanes.js";
import { readout } from "./readout.js";

/** @typedef {{line: "night_run" | "red_walkway" | "loops", features: Record<string, Api.Collection>, metres: number, lang: Api.Lang}} Shown */

const STEP_M = 10;
const PAGE_M = 100;
const CROWDED = 0.04; // of the strip: marks nearer than that stand on two levels

export class Strip {
  /** @type {Shown | null} */
  shown = null;
  /** @type {import("./lanes.js").Lane[]} */
  lanes = [];
  /** metres, where the cursor stands @type {number} */
  at = 0;

  /**
   * @param {HTMLElement} element
   * @param {{move: (chainage: number | null) => void, hold: (chainage: number) => void, choose: (id: string) => void}} act
   *   `move`: the cursor passes, null: it goes back to where it is held; `hold`: it is to stay
   */
  constructor(element, act) {
    this.element = element;
    this.act = act;
    this.told = h("p", { class: "strip-told", role: "status", "aria-live": "off" });
    this.handle = h("div", { class: "strip-cursor", role: "slider", tabindex: "0", id: "strip-cursor" });
    this.body = h("div", { class: "strip-body" });
    this.#listen();
  }

  /** @param {Shown | null} shown */
  show(shown) {
    this.shown = shown;
    this.element.hidden = shown === null;
    document.body.classList.toggle("stripped", shown !== null);
    if (!shown) return fill(this.element);
    const { line, features, metres, lang } = shown;
    this.lanes = lanesOf(line, features, lang);
    this.handle.setAttribute("aria-label", say(lang, "strip_keys"));
    this.handle.setAttribute("aria-valuemin", "0");
    this.handle.setAttribute("aria-valuemax", String(Math.round(metres)));
    fill(this.body, this.lanes.map((lane) => this.#lane(lane)), this.#axis(), h("div", { class: "strip-over" }, this.handle));
    fill(this.element, h("div", { class: "strip-head" }, h("h2", { class: "label" }, say(lang, "strip")), this.told, key(lang)), this.body);
    this.stand(Math.min(this.at, metres));
  }

  /**
   * Put the cursor at a chainage and tell what is there.
   * @param {number} chainage
   */
  stand(chainage) {
    if (!this.shown) return;
    this.at = Math.min(this.shown.metres, Math.max(0, chainage));
    const text = readout({ lanes: this.lanes, features: this.shown.features, lang: this.shown.lang }, this.at);
    this.told.textContent = text;
    this.handle.style.left = this.#percent(this.at);
    this.handle.setAttribute("aria-valuenow", String(Math.round(this.at)));
    this.handle.setAttribute("aria-valuetext", text);
  }

  /** @param {string | null} id  of what is chosen */
  mark(id) {
    for (const one of this.body.querySelectorAll("[data-id]")) one.classList.toggle("is-chosen", one instanceof HTMLElement && one.dataset.id === id);
  }

  /** @param {import("./lanes.js").Lane} lane */
  #lane({ key, bars, points }) {
    const { lang } = /** @type {Shown} */ (this.shown);
    const name = say(lang, `lane_${key}`);
    const track = h("div", { class: "lane-track", "aria-hidden": "true" }, bars.map((bar) => this.#bar(bar, name)), this.#points(points, name));
    if (points.length === 0 && bars.every(({ look }) => look === "none")) fill(track, h("span", { class: "lane-none" }, say(lang, "strip_none")));
    const two = track.querySelector(".low") ? " two" : "";
    return h("div", { class: `lane lane-${key}${two}` }, h("span", { class: "lane-name" }, name), track);
  }

  /**
   * @param {import("./lanes.js").Bar} bar
   * @param {string} lane
   */
  #bar({ from, to, height, look, id, code }, lane) {
    const { lang } = /** @type {Shown} */ (this.shown);
    const what = sayCode(lang, look.startsWith("light-") ? "light_" : "code_", code);
    const element = h("span", { class: `bar-piece ${look}`, "data-id": id, title: say(lang, "strip_span", { lane, from: Math.round(from), to: Math.round(to), what }) });
    element.style.left = this.#percent(from);
    element.style.width = this.#percent(to - from);
    element.style.height = `${Math.round(height * 100)}%`;
    return element;
  }

  /**
   * Marks; those that crowd one another stand on two levels.
   * @param {import("./lanes.js").Point[]} points
   * @param {string} lane
   */
  #points(points, lane) {
    const { lang, metres } = /** @type {Shown} */ (this.shown);
    let last = -Infinity;
    let low = false;
    return [...points].sort((a, b) => a.at - b.at).map(({ at, look, glyph, id, name, code }) => {
      low = at - last < metres * CROWDED ? !low : false;
      last = at;
      const what = name || sayCode(lang, "code_", code);
      const element = h("span", { class: `point ${look}${low ? " low" : ""}`, "data-id": id, title: say(lang, "strip_item", { lane, at: Math.round(at), what }) }, glyph);
      element.style.left = `clamp(9px, ${this.#percent(at)}, calc(100% - 9px))`; // whole at both ends
      return element;
    });
  }

  #axis() {
    const { metres, lang } = /** @type {Shown} */ (this.shown);
    const ticks = axisOf(metres).map(({ at, km }) => {
      const tick = h("span", { class: "tick" }, km);
      tick.style.left = this.#percent(at);
      return tick;
    });
    return h("div", { class: "lane lane-axis", "aria-hidden": "true" }, h("span", { class: "lane-name" }, say(lang, "strip_km")), h("div", { class: "lane-track", title: sayMetres(metres, lang) }, ticks));
  }

  /** @param {number} chainage */
  #percent(chainage) {
    return `${((100 * chainage) / /** @type {Shown} */ (this.shown).metres).toFixed(3)}%`;
  }

  #listen() {
    const under = (/** @type {PointerEvent} */ event) => {
      const track = this.body.querySelector(".lane-track")?.getBoundingClientRect();
      if (!track || !this.shown) return null;
      return Math.min(1, Math.max(0, (event.clientX - track.left) / track.width)) * this.shown.metres;
    };
    this.body.addEventListener("pointermove", (event) => this.act.move(under(event)));
    this.body.addEventListener("pointerleave", () => this.act.move(null));
    this.body.addEventListener("click", (event) => {
      const chainage = under(/** @type {PointerEvent} */ (event));
      if (chainage === null) return;
      const item = event.target instanceof HTMLElement ? event.target.closest("[data-id]") : null;
      if (item instanceof HTMLElement && item.dataset.id) this.act.choose(item.dataset.id);
      if (!item?.classList.contains("point")) this.act.hold(chainage); // a mark has its own place
      this.handle.focus({ preventScroll: true });
    });
    this.handle.addEventListener("keydown", (event) => this.#key(event));
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (!this.shown) return;
    const by = /** @type {Record<string, number>} */ ({ ArrowLeft: -STEP_M, ArrowDown: -STEP_M, ArrowRight: STEP_M, ArrowUp: STEP_M, PageUp: PAGE_M, PageDown: -PAGE_M, Home: -this.shown.metres, End: this.shown.metres })[event.key];
    if (by === undefined) return;
    event.preventDefault();
    this.act.hold(Math.min(this.shown.metres, Math.max(0, this.at + by)));
  }
}

/** What the colours of the light mean. @param {Api.Lang} lang */
function key(lang) {
  const one = (/** @type {string} */ look, /** @type {"key_lit" | "key_dim" | "key_dark" | "key_unknown"} */ word) => h("li", {}, h("span", { class: `bar-swatch ${look}`, "aria-hidden": "true" }), say(lang, word));
  return h("ul", { class: "strip-key" }, one("light-high", "key_lit"), one("light-below", "key_dim"), one("light-dark", "key_dark"), one("light-unknown", "key_unknown"));
}
