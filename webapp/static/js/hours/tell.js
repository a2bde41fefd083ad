/** Times of the week in words. */
import { HOUR_WORDS } from "../say/hour_words.js";
import { filled } from "../say/name.js";
import { PRESETS, whenOf } from "../state/when.js";
import { DAYS, parseHours } from "./parse.js";

/** @typedef {typeof DAYS[number]} Day */

const say = (/** @type {Api.Lang} */ lang, /** @type {keyof typeof HOUR_WORDS} */ word) => filled(HOUR_WORDS[word], lang);

/**
 * The hour of a question: "工作日 10:00", "Friday 21:15".
 * @param {string} when  "Tu-10:00"
 * @param {Api.Lang} lang
 */
export function sayWhen(when, lang) {
  const preset = PRESETS.find((one) => one.when === when);
  const { day, clock } = whenOf(when);
  return `${say(lang, preset ? preset.day : `day_${day}`)} ${clock}`;
}

/**
 * Opening hours as a reader says them: "周一至周五 08:00–17:00"; as they are written where they cannot be read.
 * @param {string | null | undefined} text
 * @param {Api.Lang} lang
 */
export function sayHours(text, lang) {
  if (!text?.trim()) return say(lang, "hours_unknown");
  if (text.trim() === "24/7") return say(lang, "hours_always");
  if (parseHours(text) === null) return text;
  return text.split(";").map((rule) => sayRule(rule.trim(), lang)).join(lang === "zh" ? "；" : "; ");
}

/**
 * @param {string} rule  that has been read already
 * @param {Api.Lang} lang
 */
function sayRule(rule, lang) {
  if (rule === "24/7") return say(lang, "hours_always");
  const [, days = "", times = ""] = /^([A-Z][A-Za-z,\s-]*?)?\s*([0-9][0-9:,\s-]*|off)?$/.exec(rule) ?? [];
  const open = times === "off" ? say(lang, "hours_off") : times === "" ? say(lang, "hours_all_day") : times.replaceAll(/\s*-\s*/g, "–").replaceAll(/,\s*/g, lang === "zh" ? "、" : ", ");
  return `${days === "" || days.replaceAll(" ", "") === "Mo-Su" ? say(lang, "hours_daily") : sayDays(days, lang)} ${open}`;
}

/**
 * @param {string} spans
 * @param {Api.Lang} lang
 */
function sayDays(spans, lang) {
  const day = (/** @type {string} */ code) => say(lang, `day_${/** @type {Day} */ (code.trim())}`);
  const told = spans.split(",").map((span) => span.split("-").map(day).join(lang === "zh" ? "至" : " to "));
  return told.join(lang === "zh" ? "、" : ", ");
}
