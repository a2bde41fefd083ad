/**
 * The page's state as a web address, there and back: a link reproduces the view.
 * What is at its default stays out of the address.
 */

import { AS_IT_IS } from "./as_if.js";
import { FORM as WHEN } from "./when.js";

/**
 * @typedef {object} State
 * @property {string} theme     blue | green | orange | red | night | plan
 * @property {string} kind      code of the service asked for
 * @property {string} within    "500m" | "10min"
 * @property {string} people    age group
 * @property {string} profile   who walks, in time mode
 * @property {string} when      "Tu-22:30": the day and time that gates and ways must be open
 * @property {readonly string[]} open   gates as if open all day, sorted
 * @property {readonly string[]} close  gates as if shut, sorted, none of `open`
 * @property {Api.Lang} lang
 * @property {boolean | null} night   null: as the theme has it
 * @property {string | null} unit     the compound chosen
 * @property {[number, number] | null} at   the place (longitude, latitude) to walk from
 * @property {number | null} step     which step of the walk is shown, from 1
 * @property {string | null} gate     the gate asked about
 * @property {string | null} item     the stop or feature of a theme chosen
 * @property {{zoom: number, lat: number, lon: number} | null} view   null: the whole neighbourhood
 */

/** @type {Readonly<State>} */
export const FIRST = Object.freeze({
  theme: "orange",
  kind: "CANTEEN",
  within: "500m",
  people: "all",
  profile: "adult",
  when: "Tu-10:00",
  ...AS_IT_IS,
  lang: "zh",
  night: null,
  unit: null,
  at: null,
  step: null,
  gate: null,
  item: null,
  view: null,
});

const WORD = /^[A-Za-z0-9_+-]{1,40}$/;
const ID = /^[^\u0000-\u001f]{1,120}$/;
const LONGEST = 200; // what the server reads of one value

/** The plain text keys and the form that each must have.
 * @type {[("theme" | "kind" | "within" | "people" | "profile" | "when"), RegExp][]} */
const WORDS = [
  ["theme", /^(blue|green|orange|red|night|plan)$/],
  ["kind", /^[A-Z0-9_]{1,40}$/],
  ["within", /^([1-9][0-9]{0,3}m|[1-5](\.[0-9])?km|[1-9][0-9]?min)$/],
  ["people", WORD],
  ["profile", WORD],
  ["when", WHEN],
];
const EDITS = /** @type {const} */ (["open", "close"]);

/**
 * Read a state out of the query part of an address. What cannot be read falls back to its default: an old or mistyped link still opens.
 * @param {string} search  "?kind=MARKET&within=10min"
 * @returns {State}
 */
export function read(search) {
  const query = new URLSearchParams(search);
  const state = { ...FIRST };
  for (const [key, form] of WORDS) {
    const text = query.get(key);
    if (text !== null && form.test(text)) state[key] = text;
  }
  state.open = several(query.get("open"));
  state.close = several(query.get("close")).filter((id) => !state.open.includes(id));
  if (query.get("lang") === "en") state.lang = "en";
  if (query.has("night")) state.night = query.get("night") === "1";
  state.unit = named(query.get("unit"));
  state.item = named(query.get("item"));
  state.gate = named(query.get("gate"));
  state.step = state.unit !== null && /^[1-9][0-9]?$/.test(query.get("step") ?? "") ? Number(query.get("step")) : null;
  state.at = state.unit === null ? place(query.get("at")) : null;
  state.view = view(query.get("map"));
  return state;
}

/**
 * Write a state as the query part of an address, "" where all is at its default.
 * @param {State} state
 */
export function write(state) {
  const query = new URLSearchParams();
  for (const [key] of WORDS) if (state[key] !== FIRST[key]) query.set(key, state[key]);
  for (const key of EDITS) if (state[key].length > 0) query.set(key, state[key].join(","));
  if (state.lang !== FIRST.lang) query.set("lang", state.lang);
  if (state.night !== null) query.set("night", state.night ? "1" : "0");
  if (state.unit !== null) query.set("unit", state.unit);
  if (state.at !== null) query.set("at", state.at.map((degrees) => degrees.toFixed(6)).join(","));
  if (state.step !== null) query.set("step", String(state.step));
  if (state.gate !== null) query.set("gate", state.gate);
  if (state.item !== null) query.set("item", state.item);
  if (state.view !== null) query.set("map", writeView(state.view));
  const text = query.toString().replaceAll("%2C", ",").replaceAll("%2F", "/").replaceAll("%3A", ":");
  return text === "" ? "" : `?${text}`;
}

/** @param {string | null} text */
export function named(text) {
  return text !== null && ID.test(text) ? text : null;
}

/** @param {string | null} text  "gt-43-2,gt-04-2" */
export function several(text) {
  const ids = (text ?? "").length > LONGEST ? [] : (text ?? "").split(",").map((id) => id.trim());
  return [...new Set(ids.filter((id) => ID.test(id)))].sort();
}

/**
 * @param {string | null} text  "121.4,31.27"
 * @returns {[number, number] | null}
 */
function place(text) {
  const [lon, lat, ...more] = numbers(text, ",");
  return more.length === 0 && Math.abs(lon) <= 180 && Math.abs(lat) <= 85 ? [lon, lat] : null;
}

/** @param {{zoom: number, lat: number, lon: number}} view */
export function writeView({ zoom, lat, lon }) {
  return `${round(zoom, 2)}/${lat.toFixed(5)}/${lon.toFixed(5)}`;
}

/** @param {string | null} text  "15.5/31.27/121.4" */
export function view(text) {
  const [zoom, lat, lon, ...more] = numbers(text, "/");
  const good = more.length === 0 && zoom >= 8 && zoom <= 20 && Math.abs(lat) <= 85 && Math.abs(lon) <= 180;
  return good ? { zoom, lat, lon } : null;
}

/**
 * @param {string | null} text
 * @param {string} mark
 */
function numbers(text, mark) {
  return (text ?? "").split(mark).map((part) => (/^-?[0-9]+(\.[0-9]+)?$/.test(part) ? Number(part) : NaN));
}

/**
 * @param {number} value
 * @param {number} digits
 */
function round(value, digits) {
  return Number(value.toFixed(digits));
}
