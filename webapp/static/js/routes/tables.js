/** Which tables of an Answer the page shows, in which columns, and how a cell is said. */
import { metres, minutes, people, percent, whole } from "../say/number.js";
import { say, sayCode } from "../say/say.js";
import { area } from "../say/told_fact.js";
import { WORDS } from "../say/words.js";

/** @typedef {{table: string, columns: string[], feature?: boolean}} Shown  `feature`: read from the features, where there is no such table */

/** @type {Record<string, Shown[]>} */
export const TABLES = {
  red_walkway: [
    { table: "stops", columns: ["name", "kind", "chainage_m", "next_m", "minutes"] },
    { table: "gaps", columns: ["from_m", "to_m", "metres"] },
    { table: "dark", columns: ["from_m", "to_m", "metres"], feature: true },
    { table: "crossings", columns: ["street", "kind", "chainage_m"] },
    { table: "units", columns: ["name", "people", "walk_min"] },
  ],
  night_run: [
    { table: "dark", columns: ["from_m", "to_m", "metres"], feature: true },
    { table: "crossings", columns: ["street", "kind", "chainage_m"], feature: true },
    { table: "amenities", columns: ["name", "kind", "chainage_m", "walk_m"], feature: true },
    { table: "stretches", columns: ["from_m", "light", "lux", "width_m", "score"] },
  ],
  loops: [],
  blue_net: [
    { table: "breaks", columns: ["water", "metres", "reason", "joined_m", "people_gained"], feature: true },
    { table: "banks", columns: ["water", "bank", "state", "metres"], feature: true },
    { table: "access", columns: ["name", "kind", "step_free"], feature: true },
  ],
  green_links: [
    { table: "missing", columns: ["from_name", "to_name", "metres", "area_gained_m2", "people_gained"], feature: true },
    { table: "patches", columns: ["name", "kind", "area_m2", "cluster"], feature: true },
  ],
  structure: [{ table: "structure", columns: ["name", "role", "confirmed"], feature: true }],
  signs: [
    { table: "faces", columns: ["sign", "target", "painted_min", "adult_min", "elder_min", "verdict"] },
    { table: "decisions", columns: ["name", "trips"] },
    { table: "schedule", columns: ["place", "text", "arrow", "elder_min"] },
  ],
  works: [
    { table: "units", columns: ["name", "people_affected", "people_cut_off", "extra_mean_m", "extra_most_m"] },
    { table: "detour", columns: ["walker", "metres", "extra_m"] },
    { table: "shut", columns: ["name"] },
    { table: "touched", columns: ["layer", "from_m", "to_m", "metres"] },
  ],
};

/** The column that stands for another in English. @type {Record<string, string>} */
const ENGLISH = { name: "name_en", sign: "sign_en", place: "place_en", text: "text_en", street: "street_en", reason: "reason_en", item: "item_en", from_name: "from_name_en", to_name: "to_name_en" };
const CODES = new Set(["kind", "verdict", "state", "bank", "status", "role", "walker", "layer", "reason", "shape", "change"]);

/**
 * The rows of a table, each with the id of the feature it tells of.
 * @param {Shown} shown
 * @param {{answer: Api.Answer, features: Record<string, Api.Collection>}} reply
 * @returns {(Api.Properties & {id: string})[]}
 */
export function rowsOf({ table, feature }, { answer, features }) {
  const rows = feature ? (features[table]?.features ?? []).map(({ id, properties }) => ({ ...properties, id })) : (answer.tables[table] ?? []);
  return rows.filter((row) => table !== "units" || (row.status ?? "covered") === "covered").map((row, i) => ({ ...row, id: String(/** @type {any} */ (row).sign_id ?? /** @type {any} */ (row).id ?? i) }));
}

/**
 * One cell in the reader's words.
 * @param {string} column
 * @param {Api.Properties} row
 * @param {Api.Lang} lang
 * @returns {string}
 */
export function cell(column, row, lang) {
  const value = (lang === "en" && row[ENGLISH[column] ?? ""]) || row[column];
  if (value === null || value === undefined || value === "") return column === "name" || column === "street" ? "—" : say(lang, "code_unknown");
  if (typeof value === "boolean") return say(lang, value ? "code_true" : "code_false");
  if (column === "light") return sayCode(lang, "light_", value);
  if (CODES.has(column)) return coded(value, lang);
  if (typeof value !== "number") return String(value);
  if (/^(from_m|to_m|chainage_m)$/.test(column)) return whole(value);
  if (column.endsWith("_share")) return `${percent(value)} %`;
  if (column === "painted_min") return minutes(value, lang);
  if (column.endsWith("_min") || column === "minutes") return minutes(value, lang);
  if (column.endsWith("_m2")) return area(value, lang);
  if (column === "width_m") return lang === "zh" ? `${short(value)} 米` : `${short(value)} m`;
  if (column.endsWith("_m") || column === "metres") return metres(value, lang);
  if (column.startsWith("people")) return people(value, lang);
  return column === "score" ? value.toFixed(2) : short(value);
}

/**
 * @param {string} code
 * @param {Api.Lang} lang
 */
function coded(code, lang) {
  for (const prefix of /** @type {const} */ (["code_", "reason_"])) if (`${prefix}${code}` in WORDS) return sayCode(lang, prefix, code);
  return code;
}

/** @param {number} value */
function short(value) {
  return Number.isInteger(value) ? whole(value) : String(Number(value.toFixed(1)));
}
