/** The length and the time of a compound's walk, beside today's where gates are assumed. */
import { metres, minutes, people, tenths } from "../say/number.js";
import { either, say } from "../say/say.js";
import { h } from "./dom.js";

/** @typedef {{metres: number | null, minutes: number | null, to: unknown, name: string | null}} Told */

/**
 * @param {Api.Walk} walk
 * @returns {Told}
 */
function facts({ answer }) {
  const number = (/** @type {string} */ key) => {
    const value = answer.facts[key]?.value;
    return typeof value === "number" ? value : null;
  };
  const name = answer.facts.nearest_name?.value;
  const [row] = answer.tables.walk ?? [];
  return { metres: number("walk_m"), minutes: number("walk_min"), to: row?.to, name: typeof name === "string" ? name : null };
}

/**
 * Do two walks go the same way from the same house?
 * @param {Api.Walk} one
 * @param {Api.Walk} other
 */
export function sameWay(one, other) {
  const way = (/** @type {Api.Walk} */ walk) => JSON.stringify(walk.features.walk.features[0]?.geometry ?? null);
  return way(one) === way(other);
}

/**
 * The walk of one house, and what it is for all of them: the list tells their mean.
 * @param {Api.Walk | {zh: string, en: string} | null} walk  null while it is being asked; a sentence where there is none
 * @param {Api.Walk | null} before  as it is today, where gates are assumed
 * @param {Api.Properties} unit
 * @param {Api.Lang} lang
 * @param {(name: string) => string} called
 */
export function walked(walk, before, unit, lang, called) {
  if (walk === null) return h("p", { class: "detail-walk ghost" }, say(lang, "loading"));
  if (!("answer" in walk)) return h("p", { class: "note" }, either(walk, lang));
  const now = facts(walk);
  const then = before && !sameWay(walk, before) ? facts(before) : null;
  const mean = now.metres !== null && typeof unit.walk_m === "number" && Math.round(now.metres) !== Math.round(unit.walk_m);
  const length = then ? `${metres(then.metres, lang)} → ${metres(now.metres, lang)}` : metres(now.metres, lang);
  const time = then ? say(lang, "as_if_minutes", { before: tenths(then.minutes), after: tenths(now.minutes) }) : minutes(now.minutes, lang);
  return h(
    "p",
    { class: `detail-walk${then ? " beside" : ""}` },
    h("strong", {}, length),
    h("span", {}, then ? `${lang === "zh" ? "，" : ", "}${time}` : time),
    h("span", { class: "detail-to" }, now.name === null ? "" : `→ ${called(now.name)}`),
    before && h("small", { class: "note" }, against(now, then, lang, called)),
    mean &&
      h(
        "small",
        { class: "note" },
        `${say(lang, "walk_from")}${lang === "zh" ? "；" : "; "}${say(lang, unit.people_gap > 0 ? "walk_mean_gap" : "walk_mean", { metres: metres(unit.walk_m, lang), minutes: minutes(unit.walk_min, lang), people: people(unit.people_gap, lang) })}`,
      ),
  );
}

/**
 * What else is to be known of the two walks.
 * @param {Told} now
 * @param {Told | null} then  null: the walk is as it is today
 * @param {Api.Lang} lang
 * @param {(name: string) => string} called
 */
function against(now, then, lang, called) {
  if (!then) return say(lang, "as_if_same_walk");
  return then.to !== now.to && then.name !== null ? say(lang, "as_if_to_before", { place: called(then.name) }) : "";
}
