/** What the lines on the map mean: drawn with the strokes of the map itself. */
import { fill, h } from "../panel/dom.js";
import { say } from "../say/say.js";

/** @typedef {{look: string, word: import("../say/words.js").Word, dash?: string, area?: boolean}} Row */

/** @type {Record<string, (night: boolean) => Row[]>} */
const KEYS = {
  red_walkway: () => [{ look: "r-red", word: "key_route_red" }, { look: "dark-dash", word: "key_dark_line", dash: "5 4" }, { look: "r-unit r-unit-covered", word: "key_near", area: true }],
  night_run: (night) => [{ look: night ? "r-glow" : "r-run", word: "key_route" }, { look: "dark-dash", word: "key_dark_line", dash: "5 4" }],
  loops: (night) => [{ look: night ? "r-glow" : "r-run", word: "key_route" }, { look: "r-other", word: "key_others" }],
  blue_net: () => [{ look: "r-bank-through", word: "key_through" }, { look: "r-bank-broken", word: "key_broken", dash: "5 4" }, { look: "r-bank-unknown", word: "key_state_unknown", dash: "5 4" }],
  green_links: () => [{ look: "r-link", word: "key_link" }, { look: "r-missing", word: "key_missing", dash: "2 4" }],
  structure: () => [{ look: "r-structure", word: "key_confirmed" }, { look: "r-structure r-unsure", word: "key_unconfirmed", dash: "5 4" }],
  works: () => [{ look: "r-closed", word: "key_closed" }, { look: "r-detour", word: "key_detour", dash: "6 4" }, { look: "r-unit r-unit-affected", word: "key_affected", area: true }],
};
const SIGNS = /** @type {const} */ (["key_wrong", "key_decision"]);

/**
 * @param {HTMLElement} panel
 * @param {string} line
 * @param {Api.Lang} lang
 * @param {boolean} night
 */
export function lineKey(panel, line, lang, night) {
  panel.setAttribute("aria-label", say(lang, "legend"));
  const rows = KEYS[line]?.(night).map(({ look, word, dash, area }) => h("li", {}, swatch(look, dash, area), say(lang, word)));
  fill(panel, h("ul", {}, rows ?? SIGNS.map((word) => h("li", {}, say(lang, word)))));
}

/**
 * @param {string} look
 * @param {string | undefined} dash
 * @param {boolean | undefined} area
 */
function swatch(look, dash, area) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  svg.setAttribute("width", "24");
  svg.setAttribute("height", "12");
  svg.setAttribute("aria-hidden", "true");
  path.setAttribute("class", look);
  path.setAttribute("d", area ? "M2 1H22V11H2Z" : "M1 6H23");
  path.setAttribute("stroke-width", area ? "1.5" : "4");
  path.setAttribute("fill-opacity", area ? "0.5" : "0");
  if (dash) path.setAttribute("stroke-dasharray", dash);
  svg.append(path);
  return svg;
}
