/** What to collect next, so that most of what is unknown becomes an answer. */
import { fill, h } from "../panel/dom.js";
import { whole } from "../say/number.js";
import { either, say } from "../say/say.js";
import { table } from "./table.js";

/**
 * @param {Element} panel
 * @param {Api.SurveyRow[]} rows  the most first
 * @param {Api.Kind[]} kinds
 * @param {Api.Lang} lang
 */
export function surveyPanel(panel, rows, kinds, lang) {
  const what = (/** @type {Api.SurveyRow} */ row) => {
    const kind = kinds.find(({ code }) => code === row.kind);
    if (!kind || (row.what !== "kind" && row.what !== "area")) return either(row, lang);
    return say(lang, `survey_${row.what}`, { kind: lang === "zh" ? kind.zh : kind.en.toLowerCase() });
  };
  const most = Math.max(1, ...rows.map(({ people_clauses }) => people_clauses));
  const bar = (/** @type {number} */ count) => {
    const piece = h("span", { class: "survey-bar", "aria-hidden": "true" });
    piece.style.width = `${(count / most) * 100}%`;
    return h("span", { class: "survey-track" }, piece);
  };
  fill(
    panel,
    h("div", { class: "list-head" }, h("h2", { class: "label" }, say(lang, "survey_title"))),
    h("p", { class: "note lead" }, say(lang, "survey_lead")),
    h(
      "div",
      { class: "table-box", tabindex: 0, role: "region", "aria-label": say(lang, "survey_title") },
      rows.length === 0
        ? h("p", { class: "note" }, say(lang, "survey_none"))
        : table(
            say(lang, "survey_title"),
            [
              { title: say(lang, "col_what"), look: "col_what" },
              { title: say(lang, "col_settles"), look: "col_settles" },
              { title: say(lang, "col_clauses"), look: "number" },
              { title: say(lang, "col_facilities"), look: "number wide-only" },
            ],
            rows.map((row) => ({
              key: `${row.what}-${row.kind}`,
              cells: [what(row), [h("b", {}, whole(row.people_clauses)), bar(row.people_clauses)], whole(row.clauses), row.facilities > 0 ? whole(row.facilities) : "—"],
            })),
          ),
      h("p", { class: "note" }, say(lang, "survey_how")),
    ),
  );
}
