/** Words in the reader's language. */
import { WORDS } from "./words.js";

/** @typedef {import("./words.js").Word} Word */

/**
 * Say a word or sentence with its values filled in.
 * @param {Api.Lang} lang
 * @param {Word} word
 * @param {Record<string, string | number>} [values]
 */
export function say(lang, word, values = {}) {
  return WORDS[word][lang === "zh" ? 0 : 1].replaceAll(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
}

/**
 * Choose between the Chinese and the English of a thing that carries both.
 * @param {{zh: string, en: string}} thing
 * @param {Api.Lang} lang
 */
export function either(thing, lang) {
  return (lang === "en" && thing.en) || thing.zh;
}

/**
 * The name of a feature in the reader's language, its Chinese name where there is no English one; "" where it has none.
 * @param {Api.Properties | null} properties
 * @param {Api.Lang} lang
 * @returns {string}
 */
export function nameOf(properties, lang) {
  return (lang === "en" && properties?.name_en) || properties?.name || "";
}

/**
 * A thing within an English sentence: "a pharmacy", "an AED".
 * @param {string} name
 */
export function one(name) {
  const low = /^[A-Z][a-z]/.test(name) ? name[0].toLowerCase() + name.slice(1) : name;
  return `${/^[aeiou]/i.test(low) ? "an" : "a"} ${low}`;
}

/**
 * The word of a code from the server, e.g. `reason_` + `too_far`; the code itself where the page has no word for it.
 * @param {Api.Lang} lang
 * @param {"reason_" | "status_" | "survey_" | "why_" | "how_" | "place_" | "light_" | "code_"} prefix
 * @param {string | null | undefined} code
 */
export function sayCode(lang, prefix, code) {
  if (!code) return "";
  const word = `${prefix}${code}`;
  return word in WORDS ? say(lang, /** @type {Word} */ (word)) : code;
}
