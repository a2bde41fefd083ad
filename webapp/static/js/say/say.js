/** Words in the reader's language. */
import { filled } from "./name.js";
import { WORDS } from "./words.js";

export { either, nameOf, one } from "./name.js";

/** @typedef {import("./words.js").Word} Word */

/**
 * Say a word or sentence with its values filled in.
 * @param {Api.Lang} lang
 * @param {Word} word
 * @param {Record<string, string | number>} [values]
 */
export function say(lang, word, values = {}) {
  return filled(WORDS[word], lang, values);
}

/**
 * The word of a code from the server, e.g. `reason_` + `too_far`; the code itself where the page has no word for it.
 * @param {Api.Lang} lang
 * @param {"reason_" | "status_" | "survey_" | "why_" | "how_" | "place_" | "light_" | "code_" | "role_"} prefix
 * @param {string | null | undefined} code
 */
export function sayCode(lang, prefix, code) {
  if (!code) return "";
  const word = `${prefix}${code}`;
  return word in WORDS ? say(lang, /** @type {Word} */ (word)) : code;
}
