/** The question that a line's page answers, as a sentence. */
import { metres } from "../say/number.js";
import { nameOf, say } from "../say/say.js";
import { writePlaces } from "./url.js";

/**
 * @param {import("./url.js").RoutesState} state
 * @param {Api.RouteReply} reply
 */
export function question({ line, lang, length, street, project, between }, { answer, features }) {
  if (line === "night_run") return say(lang, "ask_night_run", { target: answer.params.target_m });
  if (line === "works") {
    const names = [...new Set((features.closed?.features ?? []).map(({ properties }) => nameOf(properties, lang)).filter(Boolean))];
    return say(lang, between.length === 2 ? "ask_works_part" : "ask_works", { street: names.join(lang === "zh" ? "、" : ", ") || street || project || "" });
  }
  return say(lang, /** @type {import("../say/words.js").Word} */ (`ask_${line}`), { target: metres(length, lang) });
}

/**
 * What the server is asked of a line; null where something must be chosen first.
 * @param {import("./url.js").RoutesState} state
 * @returns {Record<string, string> | null}
 */
export function optionsOf({ line, street, project, between, length, start, through, avoid, asked }) {
  if (line === "loops")
    return asked ? { length: String(length), ...(start && { start: writePlaces([start]) }), ...(through.length > 0 && { through: writePlaces(through) }), ...(avoid.length > 0 && { avoid: writePlaces(avoid) }) } : null;
  if (line !== "works") return {};
  if (street) return { street, ...(between.length === 2 && { between: writePlaces(between) }) };
  return project ? { project } : null;
}
