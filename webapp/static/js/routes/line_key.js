/** What is drawn on the map, told with the strokes and signs of the map itself: only what the answer holds. */
import { fill, h } from "../panel/dom.js";
import { say, sayCode } from "../say/say.js";
import { signOf } from "./drawn.js";

/** @typedef {Record<string, Api.Collection>} Features */
/** @typedef {import("../say/words.js").Word} Word */
/**
 * @typedef {object} Row
 * @property {string} of     the layer told of
 * @property {Word} word
 * @property {string} [look] of a stroke, or of an area
 * @property {string} [dash]
 * @property {boolean} [area]
 * @property {Api.Properties} [sign]  of the sign that stands for all of them
 * @property {(properties: Api.Properties) => boolean} [only]
 */

/** @type {Row} */
const DARK = { of: "dark", word: "key_dark_line", look: "dark-dash", dash: "5 4" };
/** @type {Row} */
const WORKS = { of: "works", word: "key_works", look: "r-works", dash: "6 4" };

/** @type {Record<string, (night: boolean) => Row[]>} */
const KEYS = {
  red_walkway: () => [
    { of: "route", word: "key_route_red", look: "r-red" }, DARK, WORKS, { of: "stops", word: "key_stop", sign: { order: 1 } },
    { of: "units", word: "key_near", look: "r-unit r-unit-covered", area: true },
  ],
  night_run: (night) => [{ of: "route", word: "key_route", look: night ? "r-glow" : "r-run" }, DARK, WORKS],
  loops: (night) => [
    { of: "loops", word: "key_route", look: night ? "r-glow" : "r-run" }, { of: "others", word: "key_others", look: "r-other" },
    { of: "through", word: "loop_set_through", sign: {} }, { of: "avoid", word: "loop_set_avoid", sign: {} },
  ],
  blue_net: () => [
    { of: "banks", word: "key_through", look: "r-bank-through", only: ({ state }) => state === "through" },
    { of: "banks", word: "key_broken", look: "r-bank-broken", dash: "5 4", only: ({ state }) => state === "broken" },
    { of: "banks", word: "key_state_unknown", look: "r-bank-unknown", dash: "5 4", only: ({ state }) => state === "unknown" },
    { of: "breaks", word: "key_first", sign: { rank: 1 } }, { of: "access", word: "key_access", sign: {} },
    { of: "units", word: "key_within", look: "r-unit r-unit-covered", area: true },
  ],
  green_links: () => [
    { of: "patches", word: "key_patch", look: "r-patch", area: true }, { of: "links", word: "key_link", look: "r-link" },
    { of: "missing", word: "key_missing", look: "r-missing", dash: "2 4" }, { of: "missing", word: "key_first", sign: { rank: 1 } },
  ],
  structure: () => [
    { of: "structure", word: "key_confirmed", look: "r-structure", only: ({ confirmed }) => confirmed },
    { of: "structure", word: "key_unconfirmed", look: "r-structure r-unsure", dash: "5 4", only: ({ confirmed }) => !confirmed },
  ],
  signs: () => [
    { of: "signs", word: "key_wrong", sign: { status: "wrong" }, only: ({ status }) => status === "wrong" },
    { of: "signs", word: "key_right", sign: { status: "right" }, only: ({ status }) => status === "right" || status === "accurate" },
    { of: "signs", word: "key_doubtful", sign: { status: "unknown" }, only: ({ status }) => !["wrong", "right", "accurate"].includes(status) },
    { of: "decisions", word: "key_decision_first", sign: { rank: 1 } }, { of: "decisions", word: "key_decision", sign: { rank: 99 }, only: ({ rank }) => rank > 12 },
  ],
  works: () => [
    { of: "closed", word: "key_closed", look: "r-closed" }, { of: "detour", word: "key_detour", look: "r-detour", dash: "6 4" },
    { of: "units", word: "key_affected", look: "r-unit r-unit-affected", area: true },
  ],
};
/** Layers whose signs differ by kind: each kind there is has its own row. */
const BY_KIND = /** @type {const} */ (["crossings", "amenities"]);

/**
 * @param {HTMLElement} panel
 * @param {string} line
 * @param {Features} features  drawn
 * @param {Api.Lang} lang
 * @param {boolean} night
 */
export function lineKey(panel, line, features, lang, night) {
  const rows = KEYS[line](night).filter(({ of, only = () => true }) => features[of]?.features.some(({ properties }) => only(properties ?? {})));
  const kinds = BY_KIND.flatMap((of) => kindsOf(features[of]).map((kind) => h("li", {}, signSwatch(of, { kind }, lang), sayCode(lang, "code_", kind))));
  panel.hidden = rows.length + kinds.length === 0;
  panel.setAttribute("aria-label", say(lang, "legend"));
  fill(panel, h("ul", {}, rows.map((row) => h("li", {}, row.sign ? signSwatch(row.of, row.sign, lang) : swatch(row), say(lang, row.word))), kinds));
}

/** @param {Api.Collection | undefined} collection */
function kindsOf(collection) {
  return [...new Set((collection?.features ?? []).map(({ properties }) => String(properties?.kind ?? "")).filter(Boolean))];
}

/**
 * @param {string} layer
 * @param {Api.Properties} properties
 * @param {Api.Lang} lang
 */
function signSwatch(layer, properties, lang) {
  const { glyph, look, small } = /** @type {import("./drawn.js").Sign} */ (signOf(layer, properties, lang));
  return h("span", { class: `sign ${look}${small ? " small" : ""}`, "aria-hidden": "true" }, h("span", { class: "sign-disc" }, glyph));
}

/** @param {Row} row */
function swatch({ look = "", dash, area }) {
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
