/** What the pages of lines say by script: the walkway and the night run. */
import { filled } from "../say/name.js";
import { LANG } from "./say.js";

const WORDS = Object.freeze(
  /** @type {const} */ ({
    begin: ["从第一站开始", "Begin at the first stop"],
    next: ["下一站 →", "Next →"],
    previous: ["← 上一站", "← Back"],
    again: ["看全部各站", "All stops"],
    all_stops: ["全部各站", "All stops"],
    listen: ["听讲解", "Listen"],
    stop_listening: ["停", "Stop"],
    progress: ["第 {at} 站，共 {of} 站", "Stop {at} of {of}"],
    whole: ["全长 {metres}", "{metres} in all"],
    to_next: ["到下一站 {metres} · {minutes}", "{metres} · {minutes} to the next"],
    the_last: ["这是最后一站", "This is the last stop"],
  }),
);

/**
 * @param {keyof typeof WORDS} word
 * @param {Record<string, string | number>} [values]
 */
export function say(word, values = {}) {
  return filled(WORDS[word], LANG, values);
}
