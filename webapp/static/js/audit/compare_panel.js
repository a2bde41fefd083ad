/** One clause judged in several ways: by the circle, on foot, in the evening, with a second place near enough. */
import { fill, h } from "../panel/dom.js";
import { whole } from "../say/number.js";
import { say } from "../say/say.js";
import { clauseName, judgedBy, marks } from "./marks.js";
import { table } from "./table.js";

/**
 * @param {Element} panel
 * @param {import("./model.js").Row[]} rows
 * @param {string} evening  "19:30"
 * @param {{lang: Api.Lang, clause: string | null}} state
 * @param {(clause: string) => void} choose
 */
export function comparePanel(panel, rows, evening, { lang, clause: chosen }, choose) {
  const walked = rows.filter(({ clause }) => clause.people_straight !== null);
  const told = walked.filter(({ clause }) => clause.surveyed || clause.facilities > 0).sort((a, b) => (b.clause.people_circle_only ?? 0) - (a.clause.people_circle_only ?? 0));
  const leftOut = walked.length - told.length;
  const count = (/** @type {number | null} */ people) => (people === null ? "—" : whole(people));
  fill(
    panel,
    h("div", { class: "list-head" }, h("h2", { class: "label" }, say(lang, "compare_title"))),
    h("p", { class: "note lead" }, say(lang, "compare_lead")),
    h(
      "div",
      { class: "table-box" },
      told.length === 0
        ? h("p", { class: "note" }, say(lang, "matrix_none"))
        : table(
            say(lang, "compare_title"),
            [
              { title: say(lang, "col_clause"), look: "col_clause" },
              { title: say(lang, "col_circle"), look: "number" },
              { title: say(lang, "col_walked"), look: "number" },
              { title: say(lang, "col_circle_only"), look: "number" },
              { title: say(lang, "col_evening", { time: evening }), look: "number" },
              { title: say(lang, "col_backed"), look: "number" },
            ],
            told.map(({ key, clause }) => ({
              key,
              current: key === chosen,
              choose: () => choose(key),
              cells: [
                [h("span", { class: "clause-name" }, clauseName(clause, lang)), h("span", { class: "clause-more" }, judgedBy(clause, lang), marks(clause, lang))],
                count(clause.people_straight),
                h("b", {}, `${clause.people_unknown > 0 ? "≥ " : ""}${count(clause.people_covered)}`),
                clause.people_circle_only ? h("b", { class: "loud" }, count(clause.people_circle_only)) : count(clause.people_circle_only),
                count(clause.people_evening),
                count(clause.people_backed),
              ],
            })),
          ),
      leftOut > 0 && h("p", { class: "note" }, say(lang, "compare_left_out", { count: leftOut })),
    ),
  );
}
