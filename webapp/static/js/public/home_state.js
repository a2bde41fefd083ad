/** What the first page is asked, as its address, there and back. A position found by the browser never enters the address. */
import { FORM } from "../state/when.js";

/**
 * @typedef {object} HomeState
 * @property {[number, number] | null} at   the place to walk from: longitude, latitude
 * @property {string} who      adult | elder | wheelchair
 * @property {string | null} when   "Tu-22:30"; null: now
 * @property {boolean} open    only what is open then
 * @property {boolean} level   no steps on the way or at the door
 * @property {string | null} kind   the service whose walk is shown
 * @property {string | null} to     the place to walk to
 */

/** @type {Readonly<HomeState>} */
export const FIRST = Object.freeze({ at: null, who: "adult", when: null, open: false, level: false, kind: null, to: null });

/**
 * @param {string} search
 * @returns {HomeState}
 */
export function read(search) {
  const query = new URLSearchParams(search);
  const when = query.get("when") ?? "";
  const kind = query.get("kind") ?? "";
  return {
    at: place(query.get("at")),
    who: /^(adult|elder|wheelchair)$/.test(query.get("who") ?? "") ? String(query.get("who")) : FIRST.who,
    when: FORM.test(when) ? when : null,
    open: query.get("open") === "1",
    level: query.get("level") === "1",
    kind: /^([A-Z0-9_]{1,40}|to)$/.test(kind) ? kind : null,
    to: query.get("to")?.slice(0, 120) || null,
  };
}

/** @param {HomeState} state */
export function write({ at, who, when, open, level, kind, to }) {
  const query = new URLSearchParams();
  if (at) query.set("at", at.map((degrees) => degrees.toFixed(6)).join(","));
  if (who !== FIRST.who) query.set("who", who);
  if (when) query.set("when", when);
  if (open) query.set("open", "1");
  if (level) query.set("level", "1");
  if (kind) query.set("kind", kind);
  if (to) query.set("to", to);
  const text = query.toString().replaceAll("%2C", ",").replaceAll("%3A", ":");
  return text === "" ? "" : `?${text}`;
}

/**
 * @param {string | null} text
 * @returns {[number, number] | null}
 */
function place(text) {
  const parts = (text ?? "").split(",").map((part) => (/^-?[0-9]{1,3}(\.[0-9]{1,9})?$/.test(part) ? Number(part) : NaN));
  return parts.length === 2 && Math.abs(parts[0]) <= 180 && Math.abs(parts[1]) <= 85 ? [parts[0], parts[1]] : null;
}

const DAYS = /** @type {const} */ (["Su", "Mo", "Tu", "We", "Th", "Fr", "Sa"]);

/**
 * The moment of a clock as the hours have it.
 * @param {Date} clock
 * @returns {string} "Tu-22:30"
 */
export function nowIs(clock) {
  const two = (/** @type {number} */ count) => String(count).padStart(2, "0");
  return `${DAYS[clock.getDay()]}-${two(clock.getHours())}:${two(clock.getMinutes())}`;
}
