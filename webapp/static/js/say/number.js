/** Numbers as a reader says them. The only files of the page that round are those of say/. */

/**
 * @param {number} count
 * @returns {string} "27,700"
 */
export function whole(count) {
  return Math.round(count).toLocaleString("en-US");
}

/**
 * @param {number | null | undefined} count
 * @param {Api.Lang} lang
 */
export function people(count, lang) {
  if (count === null || count === undefined) return "—";
  return lang === "zh" ? `${whole(count)} 人` : `${whole(count)} ${Math.round(count) === 1 ? "person" : "people"}`;
}

/**
 * A share as a percentage with one decimal; "100" and "0" only where it is exactly so.
 * @param {number | null | undefined} share  0 to 1
 */
export function percent(share) {
  if (share === null || share === undefined) return "—";
  if (share >= 1) return "100";
  if (share <= 0) return "0";
  return Math.min(99.9, Math.max(0.1, share * 100)).toFixed(1);
}

/**
 * @param {number | null | undefined} length  metres
 * @param {Api.Lang} lang
 */
export function metres(length, lang) {
  if (length === null || length === undefined) return "—";
  if (Math.round(length) < 1000) return lang === "zh" ? `${Math.round(length)} 米` : `${Math.round(length)} m`;
  const km = (length / 1000)
    .toFixed(length < 9950 ? 2 : 1)
    .replace(/0$/, "")
    .replace(/\.0?$/, "");
  return lang === "zh" ? `${km} 公里` : `${km} km`;
}

/**
 * @param {number | null | undefined} time  minutes; a walk is never "0 minutes"
 * @param {Api.Lang} lang
 */
export function minutes(time, lang) {
  if (time === null || time === undefined) return "—";
  const count = Math.max(1, Math.round(time));
  return lang === "zh" ? `${count} 分钟` : `${count} min`;
}

/**
 * Minutes with one decimal, for two walks side by side; the unit is said once, after both.
 * @param {number | null | undefined} time
 */
export function tenths(time) {
  return time === null || time === undefined ? "—" : time.toFixed(1);
}

/**
 * A reach as the reader chose it: "500 米", "10 min".
 * @param {import("../state/within.js").Reach} reach
 * @param {Api.Lang} lang
 */
export function reach(reach, lang) {
  if (reach.mode === "time") return lang === "zh" ? `${reach.amount} 分钟` : `${reach.amount} min`;
  return lang === "zh" ? `${reach.amount} 米` : `${reach.amount} m`;
}

/**
 * A fact of a theme: a value with its unit, as raw from the server.
 * @param {number | string | null} value
 * @param {string} unit  "m", "m²", "ha", "people", "" …
 * @param {Api.Lang} lang
 */
export function fact(value, unit, lang) {
  if (value === null) return lang === "zh" ? "未知" : "not known";
  if (typeof value === "string") return value;
  if (unit === "m") return metres(value, lang);
  if (unit === "min") return minutes(value, lang);
  if (unit === "people") return people(value, lang);
  if (unit === "share") return `${percent(value)} %`;
  if (unit === "m2" || unit === "m²") return lang === "zh" ? `${(value / 10000).toFixed(1)} 公顷` : `${(value / 10000).toFixed(1)} ha`;
  const text = Number.isInteger(value) ? whole(value) : String(Number(value.toFixed(1)));
  const word = UNITS[unit];
  return word === undefined ? (unit === "" ? text : `${text} ${unit}`) : `${text} ${word[lang === "zh" ? 0 : 1]}`.trim();
}

/** @type {Record<string, [string, string]>} */
const UNITS = { km: ["公里", "km"], ha: ["公顷", "ha"], lx: ["勒克斯", "lx"], count: ["", ""] };
