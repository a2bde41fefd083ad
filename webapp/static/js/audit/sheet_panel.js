/** A compound's whole sheet: every clause with its people, its walk, who is second, the reason. */
import { fill, h } from "../panel/dom.js";
import { metres, minutes, people } from "../say/number.js";
import { nameOf, say, sayCode } from "../say/say.js";
import { clauseName, judgedBy, marks, secondFar } from "./marks.js";
import { keyOf } from "./model.js";
import { table } from "./table.js";

/**
 * @param {Element} panel
 * @param {Api.Answer} sheet
 * @param {string} name
 * @param {{lang: Api.Lang, clause: string | null}} state
 * @param {(clause: string) => void} choose
 */
export function sheetPanel(panel, sheet, name, { lang, clause }, choose) {
  const rank = (/** @type {Api.SheetRow} */ row) => (row.people_gap > 0 ? 0 : row.people_covered > 0 ? 1 : row.people_unknown > 0 ? 2 : 3);
  const printed = /** @type {Api.SheetRow[]} */ (sheet.tables.clauses ?? []);
  const rows = [...printed].sort((a, b) => rank(a) - rank(b) || b.burden - a.burden);
  const ages = (sheet.tables.ages ?? []).filter((age) => age.people > 0).map((age) => `${nameOf(age, lang)} ${people(age.people, lang)}`);
  const total = sheet.facts.people_total?.value;
  fill(
    panel,
    h("div", { class: "list-head" }, h("h2", { class: "label" }, say(lang, "sheet_title", { name, count: rows.length }))),
    h("p", { class: "note" }, say(lang, "sheet_ages", { people: people(typeof total === "number" ? total : null, lang), ages: ages.join(lang === "zh" ? "，" : ", ") })),
    h(
      "div",
      { class: "table-box" },
      table(
        say(lang, "tab_sheet"),
        [
          { title: say(lang, "col_clause"), look: "col_clause" },
          { title: say(lang, "col_status") },
          { title: say(lang, "col_gap"), look: "number wide-only" },
          { title: say(lang, "col_walk"), look: "number" },
          { title: say(lang, "col_beyond_m"), look: "number wide-only" },
          { title: say(lang, "col_second"), look: "number wide-only" },
          { title: say(lang, "col_reason"), look: "col_reason" },
        ],
        rows.map((row) => ({
          key: keyOf(row),
          current: keyOf(row) === clause,
          choose: () => choose(keyOf(row)),
          cells: [
            [h("span", { class: "clause-name" }, clauseName(row, lang)), h("span", { class: "clause-more" }, judgedBy(row, lang), marks(row, lang))],
            row.status === "empty" ? "—" : h("span", { class: `badge ${row.status}` }, sayCode(lang, "status_", row.status)),
            row.people_gap > 0 ? people(row.people_gap, lang) : "—",
            row.walk_m === null ? "—" : [metres(row.walk_m, lang), h("small", { class: "walk-time" }, ` · ${minutes(row.walk_min, lang)}`)],
            row.beyond_m === null ? "—" : h("b", {}, `+${metres(row.beyond_m, lang)}`),
            secondFar(row, lang) ?? "—",
            row.status === "empty" ? say(lang, "concerned_none") : sayCode(lang, "reason_", row.reason) || "—",
          ],
        })),
      ),
    ),
  );
}
