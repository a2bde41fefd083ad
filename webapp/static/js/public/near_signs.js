/** The nearest of each service as signs that open its walk. */
import { minutes } from "../say/number.js";
import { either, nameOf } from "../say/name.js";
import { LANG } from "./say.js";

/** @typedef {import("./nearby.js").Nearest} Nearest */

/**
 * @param {Nearest[]} near
 * @param {string | null} chosen  the one whose walk is shown
 * @param {(key: string) => void} choose
 * @returns {import("./signs.js").Sign[]}
 */
export function nearSigns(near, chosen, choose) {
  return near.flatMap(({ key, kind, place, minutes: time }) => {
    if (!place || !(kind.first_page || key === chosen || key === "to")) return [];
    const label = [either(kind, LANG), nameOf(place, LANG), Number.isFinite(time) ? minutes(time, LANG) : ""].filter(Boolean).join(" · ");
    return [{ at: place.at, glyph: kind.glyph, label, look: key === chosen ? "chosen" : "", choose: () => choose(key) }];
  });
}
