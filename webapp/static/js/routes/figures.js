/** The one large figure that answers a line's question, and what stands beside it. */
import { metres, minutes, people, percent, whole } from "../say/number.js";
import { say } from "../say/say.js";

/** @typedef {{before?: string, big: string, after?: string[]}} Figure */
/** @typedef {Record<string, any>} Values  the facts' values by key */

/** @type {Record<string, (values: Values, lang: Api.Lang) => Figure>} */
const FIGURES = {
  red_walkway: (v, lang) => ({
    big: metres(v.length_m, lang),
    after: [v.pieces === 1 && v.breaks === 0 ? say(lang, "big_pieces_one") : say(lang, "big_pieces", { count: v.pieces ?? "?" }), `${say(lang, "big_walk")} ${minutes(v.walk_min, lang)}`, say(lang, "big_walk_stops", { minutes: minutes(v.walk_min_with_stops, lang) })],
  }),
  night_run: (v, lang) => ({
    before: say(lang, "big_lap"),
    big: `${whole(v.length_ellipsoid_m ?? v.length_m)} ${lang === "zh" ? "米" : "m"}`,
    after: [say(lang, v.closed ? "big_closed" : "big_open"), v.dark_gaps > 0 ? say(lang, "big_dark", { count: v.dark_gaps, metres: metres(v.dark_m, lang) }) : say(lang, "big_no_dark")],
  }),
  loops: (v, lang) => ({ big: metres(v.length_m, lang), after: [say(lang, "big_loop", { score: typeof v.score === "number" ? v.score.toFixed(2) : "—", crossings: v.crossings ?? "?" })] }),
  blue_net: (v, lang) => ({ before: say(lang, "big_through"), big: share(v.through_share), after: [say(lang, "big_banks", { breaks: v.breaks ?? "?", broken: metres(v.broken_m, lang) })] }),
  green_links: (v, lang) => ({ big: typeof v.patches === "number" ? `${whole(v.patches)}${lang === "zh" ? " 块" : ""}` : "—", after: [say(lang, "big_patches", { clusters: v.clusters ?? "?" }), say(lang, "big_missing", { missing: v.missing ?? "?" })] }),
  structure: (v, lang) => ({ big: `${v.roles_unconfirmed ?? "—"}${lang === "zh" ? " 处" : ""}`, after: [say(lang, "big_unconfirmed"), say(lang, "big_confirmed", { count: v.roles_confirmed ?? "?" })] }),
  signs: (v, lang) => ({ before: say(lang, "big_right"), big: share(v.share_right), after: [say(lang, "big_signs", { wrong: v.faces_wrong, unknown: v.faces_unknown })] }),
  works: (v, lang) => ({
    before: say(lang, "big_extra"),
    big: metres(v.extra_most_m, lang),
    after: [say(lang, "big_extra_mean", { metres: metres(v.extra_mean_m, lang) }), say(lang, "big_affected", { people: people(v.people_affected, lang) })],
  }),
};

/** The few facts told under the figure; all of them stand behind it. @type {Record<string, string[]>} */
export const KEY_FACTS = {
  red_walkway: ["width_least_m", "step_free_share", "lit_share", "benches", "spacing_longest_m", "people_within", "share_within"],
  night_run: ["lit_share", "width_least_m", "crossings", "water_farthest_m", "toilet_farthest_m", "aed_farthest_m", "works_m", "score"],
  loops: ["proposals", "crossings", "lit_share", "green_share", "water_share", "start_moved_m"],
  blue_net: ["bank_m", "through_m", "unknown_m", "access_points", "people_5min", "people_5min_share", "people_10min", "people_10min_share"],
  green_links: ["largest_cluster_m2", "connected_m2", "missing_first_m", "missing_first_people", "green_share_people", "park_m2_per_person"],
  structure: ["parts", "roles_confirmed", "roles_unconfirmed", "roles_missing"],
  signs: ["signs", "faces", "faces_too_short", "faces_too_long", "decisions_unsigned", "decision_first"],
  works: ["closed_m", "detour_m", "detour_extra_m", "detour_wheelchair_m", "people_cut_off", "walkway_m", "night_run_m"],
};

/**
 * @param {string} line
 * @param {Api.Answer} answer
 * @param {Api.Lang} lang
 * @returns {Figure}
 */
export function figureOf(line, answer, lang) {
  return FIGURES[line](valuesOf(answer), lang);
}

/**
 * @param {Api.Answer} answer
 * @returns {Values}
 */
export function valuesOf({ facts }) {
  return Object.fromEntries(Object.entries(facts).map(([key, { value }]) => [key, value]));
}

/** @param {number | null} value */
function share(value) {
  return value === null || value === undefined ? "—" : `${percent(value)} %`;
}
