/**
 * The audit page's state as a web address, there and back: a link reproduces the view.
 * What is at its default stays out of the address.
 */
import { AS_IT_IS } from "../state/as_if.js";
import { named, several, view, writeView } from "../state/url.js";
import { FORM as WHEN } from "../state/when.js";

/** The panels of the work, in their order; a compound's sheet only where a compound is chosen. */
export const TABS = /** @type {const} */ (["matrix", "gaps", "sheet", "survey", "compare", "supply", "notes"]);
export const COLUMNS = /** @type {const} */ (["committee", "age"]);
export const ROWS = /** @type {const} */ (["all", "gap", "unknown", "must"]);
export const ORDERS = /** @type {const} */ (["urgent", "clause", "share", "burden"]);
/** The committee of those who live in none. */
export const NO_COMMITTEE = "-";

/** @typedef {typeof TABS[number]} Tab */

/**
 * @typedef {object} AuditState
 * @property {string} standard   "gb50180", "gb50180,tdt1062" or "all"
 * @property {string | null} when   "Tu-22:30"; null: at no given hour
 * @property {string} evening    "19:30"
 * @property {boolean} stepFree
 * @property {readonly string[]} open   gates as if open all day
 * @property {readonly string[]} close  gates as if shut
 * @property {Tab} tab
 * @property {typeof COLUMNS[number]} columns
 * @property {typeof ROWS[number]} rows
 * @property {typeof ORDERS[number]} order
 * @property {string | null} clause     "gb50180/10-MARKET"
 * @property {string | null} committee  id; "-": of none
 * @property {string} people     age group, "all"
 * @property {string | null} unit       the compound chosen
 * @property {number | null} step       which step of the walk is shown, from 1
 * @property {Api.Lang} lang
 * @property {boolean} night
 * @property {{zoom: number, lat: number, lon: number} | null} view   null: the whole neighbourhood
 */

/** @type {Readonly<AuditState>} */
export const FIRST = Object.freeze({
  standard: "gb50180",
  when: null,
  evening: "19:30",
  stepFree: false,
  ...AS_IT_IS,
  tab: "matrix",
  columns: "committee",
  rows: "all",
  order: "urgent",
  clause: null,
  committee: null,
  people: "all",
  unit: null,
  step: null,
  lang: "zh",
  night: false,
  view: null,
});

const STANDARD = /^[a-z0-9_.-]{1,60}(,[a-z0-9_.-]{1,60}){0,19}$/;
const CLOCK = /^([01][0-9]|2[0-3]):[0-5][0-9]$/;
const PEOPLE = /^[a-z0-9+-]{1,20}$/;

/** The keys that are one of a few words. */
const CHOICES = /** @type {const} */ ([
  ["tab", TABS],
  ["columns", COLUMNS],
  ["rows", ROWS],
  ["order", ORDERS],
]);
/** The plain text keys and the form that each must have. */
const TEXTS = /** @type {const} */ ([
  ["standard", STANDARD],
  ["evening", CLOCK],
  ["people", PEOPLE],
]);
const IDS = /** @type {const} */ (["clause", "committee", "unit"]);
const EDITS = /** @type {const} */ (["open", "close"]);

/**
 * Read a state out of the query part of an address. What cannot be read falls back to its default: an old or mistyped link still opens.
 * @param {string} search
 * @returns {AuditState}
 */
export function read(search) {
  const query = new URLSearchParams(search);
  /** @type {AuditState & Record<string, unknown>} */
  const state = { ...FIRST };
  for (const [key, form] of TEXTS) {
    const text = query.get(key);
    if (text !== null && form.test(text)) state[key] = text;
  }
  for (const [key, words] of CHOICES) {
    const word = /** @type {readonly string[]} */ (words).find((one) => one === query.get(key));
    if (word !== undefined) Object.assign(state, { [key]: word });
  }
  const when = query.get("when");
  if (when !== null && WHEN.test(when)) state.when = when;
  state.stepFree = query.get("step_free") === "1";
  state.open = several(query.get("open"));
  state.close = several(query.get("close")).filter((id) => !state.open.includes(id));
  for (const key of IDS) state[key] = named(query.get(key));
  if (state.columns === "age") state.committee = null;
  else state.people = "all";
  if (state.tab === "sheet" && state.unit === null) state.tab = "matrix";
  state.step = state.unit !== null && /^[1-9][0-9]?$/.test(query.get("step") ?? "") ? Number(query.get("step")) : null;
  if (query.get("lang") === "en") state.lang = "en";
  state.night = query.get("night") === "1";
  state.view = view(query.get("map"));
  return state;
}

/**
 * Write a state as the query part of an address, "" where all is at its default.
 * @param {AuditState} state
 */
export function write(state) {
  const query = new URLSearchParams();
  for (const [key] of TEXTS) if (state[key] !== FIRST[key]) query.set(key, state[key]);
  if (state.when !== null) query.set("when", state.when);
  if (state.stepFree) query.set("step_free", "1");
  for (const key of EDITS) if (state[key].length > 0) query.set(key, state[key].join(","));
  for (const [key] of CHOICES) if (state[key] !== FIRST[key]) query.set(key, state[key]);
  for (const key of IDS) if (state[key] !== null) query.set(key, String(state[key]));
  if (state.step !== null) query.set("step", String(state.step));
  if (state.lang !== FIRST.lang) query.set("lang", state.lang);
  if (state.night) query.set("night", "1");
  if (state.view !== null) query.set("map", writeView(state.view));
  const text = query.toString().replaceAll("%2C", ",").replaceAll("%2F", "/").replaceAll("%3A", ":");
  return text === "" ? "" : `?${text}`;
}

/**
 * The audit beside a view of the desk: the same gates, language and night.
 * @param {{open: readonly string[], close: readonly string[], lang: Api.Lang, night: boolean | null}} desk
 */
export function address({ open, close, lang, night }) {
  return `/audit${write({ ...FIRST, open, close, lang, night: night === true })}`;
}
