/** What must stand beside a clause: how it is judged, must or should, whether anybody has verified it. */
import { h } from "../panel/dom.js";
import { metres, minutes } from "../say/number.js";
import { say } from "../say/say.js";
import { measureOf } from "../say/share.js";

/** @typedef {{measure: string, basis: string, required: "must" | "should", verified: boolean}} Judged */

/**
 * @param {Judged} clause
 * @param {Api.Lang} lang
 * @returns {string} "500 米 · 应配"
 */
export function judgedBy({ measure, required }, lang) {
  return [sayMeasure(measure, lang), say(lang, required)].join(" · ");
}

/**
 * @param {string} measure
 * @param {Api.Lang} lang
 */
export function sayMeasure(measure, lang) {
  return measureOf(measure, lang, (word) => say(lang, word));
}

/**
 * The marks of a clause that is not to be quoted as it stands; none for one that is.
 * @param {Judged} clause
 * @param {Api.Lang} lang
 */
export function marks({ basis, verified }, lang) {
  return [
    " ",
    basis === "tier" && h("span", { class: "clause-mark tier" }, say(lang, "basis_tier")),
    " ",
    !verified && h("span", { class: "clause-mark", title: say(lang, "unverified_why") }, say(lang, "unverified")),
  ];
}

/**
 * The same as words.
 * @param {Judged} clause
 * @param {Api.Lang} lang
 */
export function marksSaid({ basis, verified }, lang) {
  return [basis === "tier" ? say(lang, "basis_tier") : "", verified ? "" : say(lang, "unverified")].filter(Boolean).join(lang === "zh" ? "；" : "; ");
}

/**
 * @param {string} tier
 * @param {Api.Lang} lang
 */
export function sayTier(tier, lang) {
  if (tier === "15" || tier === "10" || tier === "5" || tier === "0") return say(lang, `tier_${tier}`);
  return tier === "" ? say(lang, "tier_none") : say(lang, "tier_other", { tier: tier.replace("-", lang === "zh" ? "—" : "–") });
}

/**
 * A clause's name in the reader's language; English begins with a capital.
 * @param {{name: string, name_en: string}} clause
 * @param {Api.Lang} lang
 */
export function clauseName({ name, name_en }, lang) {
  return lang === "en" && name_en ? name_en[0].toUpperCase() + name_en.slice(1) : name;
}

/**
 * A pack's name, short enough to stand beside others: up to its year or bracket.
 * @param {Api.Standard} pack
 * @param {Api.Lang} lang
 */
export function packName({ zh, en }, lang) {
  return (lang === "en" && en) || zh;
}

/**
 * How far the second nearest is, in what the clause is judged by: metres, or minutes with the waits; null where there is none.
 * @param {{second_m: number | null, second_min: number | null}} row
 * @param {Api.Lang} lang
 */
export function secondFar(row, lang) {
  if (row.second_m !== null) return metres(row.second_m, lang);
  return row.second_min === null ? null : minutes(row.second_min, lang);
}
