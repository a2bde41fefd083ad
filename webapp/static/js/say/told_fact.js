/** A figure of an Answer as a reader says it: the unit comes with it, in the words of the server. */
import { either } from "./say.js";
import { metres, minutes, people, percent, whole } from "./number.js";

/** @typedef {{label: string, label_en: string, value: number | string | boolean | null, unit: string}} Told */

/** @type {Record<string, (value: number, lang: Api.Lang) => string>} */
const BY_UNIT = {
  米: metres,
  m: metres,
  分钟: minutes,
  人: people,
  share: (value) => `${percent(value)} %`,
  平方米: (value, lang) => area(value, lang),
  index: (value) => String(Number(value.toFixed(2))),
};
/** @type {Record<string, string>} */
const ENGLISH = { 米: "m", 分钟: "min", 人: "people", "平方米/人": "m² each", 公顷: "ha", 公里: "km" };

/**
 * @param {Told | undefined} fact
 * @param {Api.Lang} lang
 */
export function toldFact(fact, lang) {
  if (!fact || fact.value === null) return either({ zh: "未知", en: "not known" }, lang);
  const { value, unit } = fact;
  if (typeof value === "boolean") return either(value ? { zh: "是", en: "yes" } : { zh: "否", en: "no" }, lang);
  if (typeof value === "string") return bothIn(value, lang);
  const by = BY_UNIT[unit];
  if (by) return by(value, lang);
  const text = Number.isInteger(value) ? whole(value) : String(Number(value.toFixed(1)));
  return `${text} ${unitIn(unit, lang)}`.trim();
}

/**
 * The server's unit in the reader's language; what English counts without a word has none.
 * @param {string} unit
 * @param {Api.Lang} lang
 */
export function unitIn(unit, lang) {
  return lang === "zh" ? unit : (ENGLISH[unit] ?? "");
}

/**
 * @param {number} m2
 * @param {Api.Lang} lang
 */
export function area(m2, lang) {
  if (m2 < 10_000) return lang === "zh" ? `${whole(m2)} 平方米` : `${whole(m2)} m²`;
  return lang === "zh" ? `${(m2 / 10_000).toFixed(1)} 公顷` : `${(m2 / 10_000).toFixed(1)} ha`;
}

/**
 * “靠右 / right” in the reader's language.
 * @param {string} text
 * @param {Api.Lang} lang
 */
function bothIn(text, lang) {
  const [zh, en] = text.split(" / ");
  return lang === "en" && en ? en : zh;
}
