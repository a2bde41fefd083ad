/** What the map shows just now, and what its colours and signs mean. */
import { at, fill, h } from "../panel/dom.js";
import { coverageLegend } from "../panel/legend.js";
import { whole } from "../say/number.js";
import { say, sayCode } from "../say/say.js";
import { clauseName, sayMeasure } from "./marks.js";

/**
 * @param {Api.ClauseRow | null} clause  null: the overview of all
 * @param {Api.Coverage} shown
 * @param {Api.Lang} lang
 */
export function mapKey(clause, shown, lang) {
  const { legend, features } = shown;
  const title = clause ? `${clauseName(clause, lang)} · ${sayMeasure(clause.measure, lang)}` : say(lang, "map_overview");
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const { properties } of features.facilities.features) {
    const why = properties?.used === false ? (properties.why ?? "not_in_use") : "";
    counts.set(why, (counts.get(why) ?? 0) + 1);
  }
  const sign = (/** @type {string} */ why) => h("span", { class: `key-sign ${why === "" ? "used" : why}`, "aria-hidden": "true" });
  const told = [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([why, count]) => h("li", {}, sign(why), `${why === "" ? say(lang, "used_yes") : sayCode(lang, "why_", why)} ${whole(count)}`));
  fill(
    at("map-key"),
    h("p", { class: "map-key-title" }, h("b", {}, title), h("span", {}, say(lang, clause ? "beyond_m" : "map_overview_unit"))),
    coverageLegend(legend, lang, clause ? "beyond_m" : "map_overview_unit"),
    clause && h("ul", { class: "key-signs" }, told.length > 0 ? told : h("li", {}, say(lang, "facilities_none"))),
  );
}
