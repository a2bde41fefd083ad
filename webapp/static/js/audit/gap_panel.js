/** The gap list: compound by clause, heaviest first, of what is chosen; and the same as a table to save. */
import { fill, h } from "../panel/dom.js";
import { csv } from "../panel/csv.js";
import { metres, people, whole } from "../say/number.js";
import { either, nameOf, say, sayCode } from "../say/say.js";
import { gapList } from "./cards.js";
import { keyOf } from "./model.js";
import { clauseName, judgedBy, marks, marksSaid, sayMeasure } from "./marks.js";
import { table } from "./table.js";

const FIRST_ROWS = 80;

/** @typedef {{name: string, drop: () => void}} Filter */

/**
 * @param {Element} panel
 * @param {Api.GapRow[]} gaps
 * @param {Api.Answer} answer
 * @param {{lang: Api.Lang, unit: string | null, clause: string | null}} state
 * @param {Filter[]} filters
 * @param {{choose: (gap: Api.GapRow) => void, place: (id: string | null) => string, phone: boolean}} act  `place`: a committee's name as the reader reads it
 * @param {number} [most]
 */
export function gapPanel(panel, gaps, answer, state, filters, act, most = FIRST_ROWS) {
  const { lang } = state;
  const more = gaps.length - most;
  fill(
    panel,
    h(
      "div",
      { class: "list-head" },
      h("h2", { class: "label" }, say(lang, "gaps_title", { count: whole(gaps.length) })),
      gaps.length > 0 && h("button", { type: "button", class: "button small", "data-key": "export", onclick: () => save(gaps, answer, lang, act.place) }, say(lang, "export")),
    ),
    filters.length > 0 &&
      h(
        "p",
        { class: "filters" },
        h("span", { class: "label" }, say(lang, "gaps_filter")),
        filters.map(({ name, drop }, i) => h("button", { type: "button", class: "chip", "data-key": `filter-${i}`, "aria-label": say(lang, "gaps_clear", { name }), onclick: drop }, name, h("span", { "aria-hidden": "true" }, " ×"))),
      ),
    h("div", { class: "table-box" }, gaps.length === 0 ? h("p", { class: "note" }, say(lang, "gaps_none")) : act.phone ? gapList(gaps.slice(0, most), lang, act.choose, true) : list(gaps.slice(0, most), state, act),
      more > 0 && h("button", { type: "button", class: "button small more-rows", "data-key": "more", onclick: () => gapPanel(panel, gaps, answer, state, filters, act, most + 200) }, say(lang, "gaps_more", { count: whole(Math.min(more, 200)) })),
      h("p", { class: "note" }, say(lang, "firm_why"))),
  );
}

/**
 * @param {Api.GapRow[]} gaps
 * @param {{lang: Api.Lang, unit: string | null, clause: string | null}} state
 * @param {{choose: (gap: Api.GapRow) => void, place: (id: string | null) => string}} act
 */
function list(gaps, { lang, unit, clause }, { choose, place }) {
  return table(
    say(lang, "tab_gaps"),
    [
      { title: say(lang, "col_unit") },
      { title: say(lang, "col_committee"), look: "wide-only col_committee" },
      { title: say(lang, "col_clause"), look: "col_clause" },
      { title: say(lang, "col_gap"), look: "number" },
      { title: say(lang, "col_beyond_m"), look: "number" },
      { title: say(lang, "col_reason"), look: "col_reason" },
      { title: say(lang, "col_firm"), look: "wide-only" },
    ],
    gaps.map((gap) => ({
      key: `${gap.id} ${keyOf(gap)}`,
      current: gap.id === unit && keyOf(gap) === clause,
      choose: () => choose(gap),
      cells: [
        nameOf(gap, lang) || gap.id,
        place(gap.committee_id),
        [h("span", { class: "clause-name" }, clauseName({ name: gap.clause_name, name_en: gap.clause_name_en }, lang)), h("span", { class: "clause-more" }, judgedBy(gap, lang), marks(gap, lang))],
        people(gap.people_gap, lang),
        h("b", {}, gap.beyond_m === null ? "—" : `+${metres(gap.beyond_m, lang)}`),
        sayCode(lang, "reason_", gap.reason),
        say(lang, gap.firm),
      ],
    })),
  );
}

/**
 * @param {Api.GapRow[]} gaps
 * @param {Api.Answer} answer
 * @param {Api.Lang} lang
 * @param {(id: string | null) => string} place
 */
function save(gaps, answer, lang, place) {
  const words = {
    id: "id", unit: say(lang, "col_unit"), committee: say(lang, "col_committee"), standard: say(lang, "col_standard"), clause: say(lang, "col_clause"),
    required: say(lang, "col_required"), measure: say(lang, "col_measure"), mark: say(lang, "col_mark"), people: say(lang, "col_people"),
    people_gap: say(lang, "col_gap"), walk_m: `${say(lang, "col_walk")} m`, beyond_m: `${say(lang, "col_beyond_m")} m`, burden: `${say(lang, "col_gap")} × m`,
    nearest_name: say(lang, "col_nearest"), reason: say(lang, "col_reason"), firm: say(lang, "col_firm"), about: say(lang, "col_about"), run: say(lang, "col_run"),
  };
  const told = new Set(["sketch", "scenario", "unverified", "attribution"]);
  const about = answer.caveats.filter(({ key }) => told.has(key)).map((caveat) => either(caveat, lang)).join(" ");
  const rows = gaps.map((gap) => ({
    ...gap,
    unit: nameOf(gap, lang),
    committee: place(gap.committee_id),
    clause: clauseName({ name: gap.clause_name, name_en: gap.clause_name_en }, lang),
    required: say(lang, gap.required),
    measure: sayMeasure(gap.measure, lang),
    mark: marksSaid(gap, lang),
    reason: sayCode(lang, "reason_", gap.reason),
    firm: say(lang, gap.firm),
    about,
    run: answer.run_id,
  }));
  const link = h("a", { href: URL.createObjectURL(new Blob([csv(words, rows)], { type: "text/csv" })), download: `wanli-geo audit ${answer.params.standards.join(" ").slice(0, 60)} ${answer.run_id}.csv` });
  link.click();
  URL.revokeObjectURL(link.href);
}
