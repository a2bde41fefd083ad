/** Words of the public pages in the language of the page. */
import { filled } from "../say/name.js";
import { WORDS } from "./words.js";

/** @typedef {import("./words.js").Word} Word */

/** The language that the page is written in. @type {Api.Lang} */
export const LANG = document.documentElement.lang.startsWith("en") ? "en" : "zh";

/**
 * @param {Word} word
 * @param {Record<string, string | number>} [values]
 */
export function say(word, values = {}) {
  return filled(WORDS[word], LANG, values);
}
