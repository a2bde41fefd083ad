/** How each thing of an answer about lines is drawn: strokes from the ground up, or a sign. Pure: names of looks, which the style sheet colours. */

import { glyphOf } from "./lanes.js";

/** @typedef {{look: string, weight: number, dash?: string}} Stroke */
/** @typedef {{glyph: string, look: string, small?: boolean, minor?: boolean, plate?: boolean}} Sign */

/** What is drawn first lies lowest. */
export const ORDER = Object.freeze(["units", "patches", "structure", "banks", "links", "others", "route", "loops", "works", "dark", "stretches", "touched", "detour", "closed", "missing", "breaks", "gaps", "marks", "crossings", "access", "amenities", "decisions", "signs", "stops", "start", "through", "avoid", "ends"]);

/** Those that are there to be chosen, and show only then. */
const ONLY_CHOSEN = new Set(["stretches", "gaps"]);

/**
 * The strokes of a line or an area.
 * @param {string} layer
 * @param {Api.Properties} properties
 * @param {{line: string, chosen: boolean, night: boolean}} how
 * @returns {Stroke[]}
 */
export function strokesOf(layer, properties, { line, chosen, night }) {
  if (ONLY_CHOSEN.has(layer) && !chosen) return [];
  const halo = chosen ? [{ look: "r-halo", weight: 16 }] : [];
  if (layer === "others") return [{ look: "r-other", weight: 4 }];
  if (layer === "route" || layer === "loops") return [...halo, ...route(line, night)];
  if (layer === "units") return [{ look: `r-unit r-unit-${unit(properties)}${chosen ? " r-chosen" : ""}`, weight: chosen ? 3 : 1 }];
  if (layer === "banks") return [...halo, { look: "r-casing", weight: 7 }, { look: `r-bank-${properties.state}`, weight: 4.5, dash: properties.state === "through" ? undefined : "7 6" }];
  const plain = /** @type {Record<string, Stroke[]>} */ ({
    patches: [{ look: "r-patch", weight: 1.5 }],
    structure: [{ look: `r-structure${properties.confirmed ? "" : " r-unsure"}`, weight: 4, dash: properties.confirmed ? undefined : "8 7" }],
    links: [{ look: "r-casing", weight: 6 }, { look: "r-link", weight: 3.5 }],
    missing: [{ look: "r-casing", weight: 7 }, { look: "r-missing", weight: 4, dash: "2 7" }],
    breaks: [{ look: "r-casing", weight: 7 }, { look: "r-missing", weight: 4, dash: "2 7" }],
    works: [{ look: "r-works", weight: 7, dash: "8 6" }],
    touched: [{ look: "r-works", weight: 7, dash: "8 6" }],
    dark: [{ look: "dark-ground", weight: 13 }, { look: "dark-dash", weight: 5 }],
    stretches: [{ look: "r-stretch", weight: 7 }],
    gaps: [{ look: "r-stretch", weight: 7 }],
    detour: [{ look: "r-casing", weight: 8 }, { look: "r-detour", weight: 5, dash: "10 6" }],
    closed: [{ look: "r-casing", weight: 9 }, { look: "r-closed", weight: 6 }],
  })[layer];
  return plain ? [...halo, ...plain] : [];
}

/**
 * @param {string} line
 * @param {boolean} night
 * @returns {Stroke[]}
 */
function route(line, night) {
  if (line === "red_walkway") return [{ look: "r-casing", weight: 9 }, { look: "r-red", weight: 5.5 }];
  if (!night) return [{ look: "r-casing", weight: 9 }, { look: "r-run", weight: 5 }];
  return [{ look: "theme-glow-wide r-glow", weight: 18 }, { look: "theme-glow r-glow", weight: 10 }, { look: "r-glow", weight: 4.5 }];
}

/** @param {Api.Properties} properties */
function unit({ status, people_cut_off, people_affected }) {
  if (people_cut_off > 0) return "cut";
  if (people_affected > 0) return "affected";
  return status ?? "plain";
}

/**
 * The sign of a point, null where it has none.
 * @param {string} layer
 * @param {Api.Properties} properties
 * @param {Api.Lang} lang
 * @param {string} [line]  on a walkway the stops come before the distances
 * @returns {Sign | null}
 */
export function signOf(layer, properties, lang, line = "") {
  const start = lang === "zh" ? "起" : "S";
  const { kind, order, rank, status, text } = properties;
  if (layer === "marks") {
    if (kind === "hundred") return null; // a dot
    if (kind === "start") return { glyph: start, look: "milestone" };
    const plate = line === "red_walkway"; // above the line, that the stops on it have their room
    return { glyph: String(text ?? "").replace(/\s*(公里|km)$/, ""), look: "milestone r-km", minor: plate, plate };
  }
  if (layer === "stops") return { glyph: String(order ?? "•"), look: "walkway_stops" };
  if (layer === "crossings") return { glyph: glyphOf(kind ?? "junction", lang), look: "r-crossing", minor: true };
  if (layer === "amenities") return { glyph: glyphOf(kind, lang), look: `run_amenities${properties.open === false ? " hollow" : ""}` };
  if (layer === "signs") return { glyph: status === "wrong" ? "✕" : status === "accurate" || status === "right" ? "✓" : "?", look: `r-sign r-sign-${status}` };
  if (layer === "decisions") return { glyph: rank <= 12 ? String(rank) : "", look: "r-decision", small: !(rank <= 12) };
  if (layer === "breaks" || layer === "missing") return { glyph: String(rank ?? "•"), look: "r-rank" };
  if (layer === "access") return { glyph: "", look: "r-access", small: true };
  if (layer === "ends") return { glyph: "1", look: "r-place r-place-avoid" };
  if (layer === "through" || layer === "avoid") return { glyph: layer === "through" ? "✓" : "✕", look: `r-place r-place-${layer}` };
  if (layer === "start") return { glyph: start, look: "milestone" };
  return null;
}
