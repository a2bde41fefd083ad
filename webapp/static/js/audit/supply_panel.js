/** Square metres per 1,000 residents against the index, of the clauses that give one. */
import { fill, h } from "../panel/dom.js";
import { whole } from "../say/number.js";
import { say } from "../say/say.js";
import { clauseName, marks, sayTier } from "./marks.js";
import { keyOf } from "./model.js";
import { table } from "./table.js";

/**
 * @param {Element} panel
 * @param {Api.SupplyRow[]} rows
 * @param {{lang: Api.Lang, clause: string | null}} state
 * @param {(clause: string) => void} choose
 */
export function supplyPanel(panel, rows, { lang, clause }, choose) {
  const area = (/** @type {number | null} */ m2) => (m2 === null ? "—" : whole(m2));
  const index = (/** @type {Api.SupplyRow} */ { index_min, index_max }) => (index_max === null || index_max === index_min ? `≥ ${whole(index_min)}` : `${whole(index_min)}–${whole(index_max)}`);
  fill(
    panel,
    h("div", { class: "list-head" }, h("h2", { class: "label" }, say(lang, "supply_title"))),
    h("p", { class: "note lead" }, say(lang, "supply_lead")),
    h(
      "div",
      { class: "table-box" },
      rows.length === 0
        ? h("p", { class: "note" }, say(lang, "supply_none"))
        : table(
            say(lang, "supply_title"),
            [
              { title: say(lang, "col_clause"), look: "col_clause" },
              { title: say(lang, "col_m2"), look: "number wide-only" },
              { title: say(lang, "col_per_1000"), look: "number" },
              { title: say(lang, "col_index"), look: "number" },
              { title: say(lang, "col_blind"), look: "number wide-only" },
              { title: say(lang, "col_status") },
            ],
            rows.map((row) => ({
              key: keyOf(row),
              current: keyOf(row) === clause,
              choose: () => choose(keyOf(row)),
              cells: [
                [h("span", { class: "clause-name" }, clauseName(row, lang)), h("span", { class: "clause-more" }, `${sayTier(row.tier, lang)} · ${say(lang, row.required)}`, marks(row, lang))],
                area(row.m2_in_use),
                h("b", {}, area(row.m2_per_1000)),
                index(row),
                row.facilities_not_counted > 0 ? say(lang, "places", { count: row.facilities_not_counted }) : "—",
                h("span", { class: `badge ${row.verdict}` }, say(lang, `supply_${row.verdict}`)),
              ],
            })),
          ),
    ),
  );
}
