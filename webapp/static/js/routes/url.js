/** The page of lines as a web address, there and back: which line, its options, where the cursor stands. Defaults stay out of the address. */
import { named, view, writeView } from "../state/url.js";

export const LINES = /** @type {const} */ (["red_walkway", "night_run", "loops", "blue_net", "green_links", "structure", "signs", "works"]);
/** Lines that are looked at by night unless the reader says otherwise. */
const BY_NIGHT = new Set(["night_run", "loops"]);

/** @typedef {typeof LINES[number]} Line */
/** @typedef {[number, number]} LonLat */

/**
 * @typedef {object} RoutesState
 * @property {Line} line
 * @property {number | null} at         where the cursor is held, metres
 * @property {string | null} item       the thing chosen
 * @property {string | null} street     closed
 * @property {string | null} project    closed
 * @property {readonly LonLat[]} between  the two ends of the stretch closed; none: all of the street
 * @property {number} length            of a loop, metres
 * @property {LonLat | null} start      of a loop; null: the best
 * @property {readonly LonLat[]} through
 * @property {readonly LonLat[]} avoid
 * @property {boolean} asked            are loops asked for?
 * @property {number} proposal          which is shown, from 1
 * @property {Api.Lang} lang
 * @property {boolean | null} night     null: as the line has it
 * @property {{zoom: number, lat: number, lon: number} | null} view
 */

/** @type {Readonly<RoutesState>} */
export const FIRST = Object.freeze({
  line: "red_walkway", at: null, item: null, street: null, project: null, between: Object.freeze([]), length: 2500, start: null, through: Object.freeze([]), avoid: Object.freeze([]),
  asked: false, proposal: 1, lang: "zh", night: null, view: null,
});

const METRES = /^[1-9][0-9]{2,4}$/;
const PLACE = /^-?[0-9]{1,3}(\.[0-9]+)?,-?[0-9]{1,2}(\.[0-9]+)?$/;
const MOST = 7; // places: the server reads no longer value

/**
 * Read a state out of the query part of an address. What cannot be read falls back to its default: an old or mistyped link still opens.
 * @param {string} search
 * @returns {RoutesState}
 */
export function read(search) {
  const query = new URLSearchParams(search);
  const text = (/** @type {string} */ key) => query.get(key) ?? "";
  return {
    line: LINES.find((one) => one === text("line")) ?? FIRST.line,
    at: /^[0-9]{1,6}$/.test(text("at")) ? Number(text("at")) : null,
    item: named(query.get("item")),
    street: named(query.get("street")),
    project: named(query.get("project")),
    between: places(text("between")).length === 2 ? places(text("between")) : [],
    length: METRES.test(text("length")) ? Number(text("length")) : FIRST.length,
    start: places(text("start"))[0] ?? null,
    through: places(text("through")),
    avoid: places(text("avoid")),
    asked: text("asked") === "1",
    proposal: /^[1-9]$/.test(text("proposal")) ? Number(text("proposal")) : 1,
    lang: text("lang") === "en" ? "en" : "zh",
    night: query.has("night") ? text("night") === "1" : null,
    view: view(query.get("map")),
  };
}

/**
 * Write a state as the query part of an address, "" where all is at its default.
 * @param {RoutesState} state
 */
export function write(state) {
  const query = new URLSearchParams();
  if (state.line !== FIRST.line) query.set("line", state.line);
  for (const key of /** @type {const} */ (["street", "project", "item"])) if (state[key] !== null) query.set(key, String(state[key]));
  if (state.at !== null) query.set("at", String(Math.round(state.at)));
  if (state.length !== FIRST.length) query.set("length", String(state.length));
  if (state.start) query.set("start", writePlaces([state.start]));
  for (const key of /** @type {const} */ (["between", "through", "avoid"])) if (state[key].length > 0) query.set(key, writePlaces(state[key]));
  if (state.asked) query.set("asked", "1");
  if (state.proposal !== 1) query.set("proposal", String(state.proposal));
  if (state.lang !== FIRST.lang) query.set("lang", state.lang);
  if (state.night !== null) query.set("night", state.night ? "1" : "0");
  if (state.view !== null) query.set("map", writeView(state.view));
  const text = query.toString().replaceAll("%2C", ",").replaceAll("%2F", "/").replaceAll("%3B", ";");
  return text === "" ? "" : `?${text}`;
}

/**
 * Is it night on the page?
 * @param {{night: boolean | null, line: string}} state
 */
export function isNight({ night, line }) {
  return night ?? BY_NIGHT.has(line);
}

/** @param {readonly LonLat[]} some */
export function writePlaces(some) {
  return some.map((place) => place.map((degrees) => degrees.toFixed(5)).join(",")).join(";");
}

/**
 * @param {string} text  "121.4,31.27;121.41,31.27"
 * @returns {LonLat[]}
 */
function places(text) {
  return text.split(";").filter((one) => PLACE.test(one)).slice(0, MOST).map((one) => {
    const [lon, lat] = one.split(",").map(Number);
    return /** @type {LonLat} */ ([lon, lat]);
  });
}

/**
 * The page as it stands beside another: the same language and night.
 * @param {{lang: Api.Lang, night: boolean | null}} beside
 */
export function address({ lang, night }) {
  return `/routes${write({ ...FIRST, lang, night: night === true ? true : null })}`;
}
