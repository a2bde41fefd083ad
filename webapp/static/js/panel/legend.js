/** What the colours and signs mean. */
import { h } from "./dom.js";
import { say } from "../say/say.js";

const GATE_STATES = /** @type {const} */ (["open", "residents", "closed"]);

/**
 * The ramp of the coverage map: covered, the classes beyond, unknown.
 * @param {Api.CoverageLegend} legend
 * @param {Api.Lang} lang
 * @param {"beyond_m" | "map_overview_unit"} [unit]  of the classes
 */
export function coverageLegend({ gap }, lang, unit = "beyond_m") {
  const swatch = (/** @type {string} */ name) => h("span", { class: `swatch ${name}`, "aria-hidden": "true" });
  const cell = (/** @type {string} */ name, /** @type {string} */ text) => h("li", {}, swatch(name), h("span", {}, text));
  return h(
    "ul",
    { class: "ramp", "aria-label": `${say(lang, "legend")} · ${say(lang, "beyond")}` },
    cell("covered", say(lang, "covered")),
    gap.map(({ from_m, to_m }, at) => cell(`gap-${at}`, to_m === null ? `>${from_m}` : `≤${to_m}`)),
    cell("unknown", say(lang, "unknown")),
    h("li", { class: "ramp-note", "aria-hidden": "true" }, say(lang, unit)),
  );
}

/**
 * The signs of the gates; they stand on the map beside the gates, and only while these are shown.
 * @param {Api.Lang} lang
 */
export function gateSigns(lang) {
  return h(
    "ul",
    { class: "gate-signs", "aria-labelledby": "gate-legend-title" },
    GATE_STATES.map((state) => h("li", {}, gateMark(state), h("span", {}, say(lang, `gate_short_${state}`)))),
    h("li", { class: "when-as-if" }, gateMark("open", true), h("span", {}, say(lang, "as_if_gate"))),
  );
}

/**
 * The lines of a walk as assumed and as it is today, while both are drawn.
 * @param {Api.Lang} lang
 */
export function walkLines(lang) {
  const line = (/** @type {"as_if_line" | "as_if_line_before"} */ word) =>
    h("li", {}, h("span", { class: `walk-mark ${word}`, "aria-hidden": "true" }), h("span", {}, say(lang, word)));
  return h("ul", { class: "walk-lines", "aria-label": say(lang, "legend") }, line("as_if_line"), line("as_if_line_before"));
}

/**
 * @param {import("../hours/shut.js").GateState} state
 * @param {boolean} [asIf]  is it assumed?
 */
export function gateMark(state, asIf = false) {
  return h("span", { class: `gate-mark ${state}${asIf ? " as-if" : ""}`, "aria-hidden": "true" });
}

/**
 * @param {Api.LegendRow[]} rows
 * @param {Api.Lang} lang
 */
export function signLegend(rows, lang) {
  return h(
    "ul",
    { class: "signs", "aria-label": say(lang, "legend") },
    rows.map((row) => {
      const mark = h("span", { class: `mark mark-${row.symbol}`, "aria-hidden": "true" }, row.glyph ?? "");
      mark.style.setProperty("--mark", row.color);
      return h("li", {}, mark, h("span", {}, lang === "zh" ? row.zh : row.en));
    }),
  );
}
