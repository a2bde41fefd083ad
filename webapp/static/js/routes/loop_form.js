/** What a loop is to be: its start, its length, what it must pass and must keep off; and the proposals there are. */
import { h } from "../panel/dom.js";
import { gpx } from "../panel/gpx.js";
import { metres, percent } from "../say/number.js";
import { nameOf, say } from "../say/say.js";

/** @typedef {import("./url.js").RoutesState} RoutesState */
/** What a press on the map sets. @typedef {"start" | "through" | "avoid"} Press */

const LENGTHS = [1000, 2500, 3000, 5000];
const PRESSES = /** @type {const} */ (["start", "through", "avoid"]);

/**
 * @param {RoutesState} state
 * @param {{press: Press, searching: boolean}} now
 * @param {{set: (change: Partial<RoutesState>) => void, press: (press: Press) => void, cancel: () => void}} act
 */
export function loopForm(state, { press, searching }, { set, press: choosePress, cancel }) {
  const { lang, length, start, through, avoid, asked } = state;
  const own = h("input", { type: "number", class: "search-text loop-own", min: 300, max: 20000, step: 50, value: length, "aria-label": say(lang, "loop_length"), "data-key": "loop-own" });
  own.addEventListener("change", () => Number(own.value) >= 100 && set({ length: Math.round(Number(own.value)), ...again }));
  const again = { proposal: 1, item: null, at: null, view: null };
  const chip = (/** @type {number} */ one) => h("button", { type: "button", class: "chip", "data-key": `length-${one}`, "aria-pressed": String(one === length), onclick: () => set({ length: one, ...again }) }, metres(one, lang));
  const segment = (/** @type {Press} */ one) => h("button", { type: "button", class: "chip segment", "data-key": `press-${one}`, "aria-pressed": String(one === press), onclick: () => choosePress(one) }, say(lang, `loop_set_${one}`), one === "through" && through.length > 0 ? ` ${through.length}` : one === "avoid" && avoid.length > 0 ? ` ${avoid.length}` : "");
  return h(
    "section",
    { class: "loop-form" },
    h("p", { class: "label" }, say(lang, "loop_length")),
    h("div", { class: "chips" }, LENGTHS.map(chip), h("span", { class: "loop-own-box" }, own, say(lang, "loop_own"))),
    h("p", { class: "label" }, say(lang, "loop_press")),
    h("div", { class: "row" }, h("div", { class: "segments" }, PRESSES.map(segment))),
    h("p", { class: "note" }, say(lang, "loop_start", { start: say(lang, start ? "loop_start_here" : "loop_best_start") })),
    h(
      "div",
      { class: "loop-buttons" },
      searching
        ? h("button", { type: "button", class: "button", "data-key": "loop-cancel", onclick: cancel }, say(lang, "loop_cancel"))
        : h("button", { type: "button", class: "button primary", "data-key": "loop-make", onclick: () => set({ asked: true, ...again }), disabled: asked }, say(lang, "loop_make")),
      start && h("button", { type: "button", class: "button", "data-key": "loop-best", onclick: () => set({ start: null, asked: true, ...again }) }, say(lang, "loop_best_start")),
      through.length + avoid.length > 0 && h("button", { type: "button", class: "button", "data-key": "loop-clear", onclick: () => set({ through: [], avoid: [], ...again }) }, say(lang, "loop_clear")),
    ),
    searching && h("p", { class: "loop-progress", role: "status" }, h("span", { class: "progress-run", "aria-hidden": "true" }), say(lang, "loop_making")),
  );
}

/**
 * The proposals as cards, the best first.
 * @param {Api.Feature[]} loops
 * @param {RoutesState} state
 * @param {(rank: number) => void} choose
 */
export function loopCards(loops, { lang, proposal }, choose) {
  return h(
    "ol",
    { class: "loop-cards" },
    loops.map((loop, i) => {
      const { length_m, score, crossings, lit_share, green_share, water_share, twice_m, shape, streets, streets_en } = loop.properties ?? {};
      const share = (/** @type {number | null} */ one) => (one === null || one === undefined ? "—" : `${percent(one)} %`);
      return h(
        "li",
        { class: "loop-card", "aria-current": i + 1 === proposal ? "true" : null },
        h(
          "button",
          { type: "button", class: "loop-choose", "data-key": `loop-${i + 1}`, "aria-pressed": String(i + 1 === proposal), onclick: () => choose(i + 1) },
          h("span", { class: "loop-title" }, `${say(lang, "loop_proposal", { rank: i + 1 })} · ${metres(length_m, lang)}`),
          h("span", {}, say(lang, "big_loop", { score: Number(score).toFixed(2), crossings })),
          h("span", { class: "note" }, say(lang, "loop_parts", { lit: share(lit_share), green: share(green_share), water: share(water_share) })),
          shape === "lollipop" && h("span", { class: "note" }, `${say(lang, "loop_lollipop")} · ${say(lang, "loop_twice", { metres: metres(twice_m, lang) })}`),
          streets && h("span", { class: "note loop-streets" }, (lang === "en" && streets_en) || streets),
        ),
        h("button", { type: "button", class: "button small", "data-key": `gpx-${i + 1}`, onclick: () => saveGpx(loop, lang) }, say(lang, "loop_gpx")),
      );
    }),
  );
}

/**
 * One proposal as a GPX track. (All of them, with their marks, are under “save”.)
 * @param {Api.Feature} loop
 * @param {Api.Lang} lang
 */
function saveGpx(loop, lang) {
  if (loop.geometry.type !== "LineString") return;
  const name = nameOf(loop.properties, lang) || String(loop.id);
  const link = h("a", { href: URL.createObjectURL(new Blob([gpx(name, loop.geometry.coordinates)], { type: "application/gpx+xml" })), download: `${name}.gpx` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
