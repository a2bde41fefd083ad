/** What the colours and signs mean. */
import { h } from "./dom.js";
import { say } from "../say/say.js";

const GATE_STATES = /** @type {const} */ (["open", "residents", "closed"]);

/**
 * The ramp of the coverage map: covered, the classes beyond, unknown.
 * @param {Api.CoverageLegend} legend
 * @param {Api.Lang} lang
 */
export function coverageLegend({ gap }, lang) {
  const swatch = (/** @type {string} */ name) => h("span", { class: `swatch ${name}`, "aria-hidden": "true" });
  const cell = (/** @type {string} */ name, /** @type {string} */ text) => h("li", {}, swatch(name), h("span", {}, text));
  return h(
    "ul",
    { class: "ramp", "aria-label": `${say(lang, "legend")} · ${say(lang, "beyond")}` },
    cell("covered", say(lang, "covered")),
    gap.map(({ from_m, to_m }, at) => cell(`gap-${at}`, to_m === null ? `>${from_m}` : `≤${to_m}`)),
    cell("unknown", say(lang, "unknown")),
    h("li", { class: "ramp-note", "aria-hidden": "true" }, say(lang, "beyond_m")),
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
  );
}

/** @param {import("../hours/shut.js").GateState} state */
export function gateMark(state) {
  return h("span", { class: `gate-mark ${state}`, "aria-hidden": "true" });
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
