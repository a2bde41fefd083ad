/** What is chosen, told beside the map: the most urgent gaps, a clause with its compounds, a compound with its walk. */
import { fill, h } from "../panel/dom.js";
import { metres, minutes, people, whole } from "../say/number.js";
import { either, nameOf, say, sayCode } from "../say/say.js";
import { partsSaid, stackOf } from "./bars.js";
import { clauseName, judgedBy, marks, secondFar } from "./marks.js";
import { keyOf } from "./model.js";

/** @typedef {import("../panel/dom.js").Child} Child */
/** @typedef {{name: string, press: (() => void) | null}} Crumb  null: where one is */

const MANY = 120;

/**
 * @param {Element} panel
 * @param {Crumb[]} crumbs
 * @param {Api.Lang} lang
 * @param {...(Child | Child[])} content
 */
export function card(panel, crumbs, lang, ...content) {
  fill(
    panel,
    crumbs.length > 0 &&
      h(
        "nav",
        { class: "crumbs", "aria-label": say(lang, "focus") },
        crumbs.map(({ name, press }, i) =>
          press ? h("button", { type: "button", class: "crumb", "data-key": `crumb-${i}`, onclick: press }, name) : h("span", { class: "crumb", "aria-current": "true" }, name),
        ),
      ),
    ...content,
  );
}

/**
 * The heaviest gaps of all clauses.
 * @param {Api.GapRow[]} gaps
 * @param {Api.Lang} lang
 * @param {{choose: (gap: Api.GapRow) => void, all: () => void}} act
 */
export function urgent(gaps, lang, { choose, all }) {
  return [
    h("h2", { class: "label" }, say(lang, "focus_first")),
    gaps.length === 0 ? h("p", { class: "note" }, say(lang, "gaps_none")) : gapList(gaps.slice(0, 12), lang, choose, true),
    gaps.length > 12 && h("button", { type: "button", class: "button small", "data-key": "all-gaps", onclick: all }, say(lang, "focus_whole_list"), ` ${whole(gaps.length)}`),
    h("p", { class: "note hint" }, say(lang, "focus_hint")),
  ];
}

/**
 * The compounds by how many clauses they miss, as the overview colours them.
 * @param {Api.CompoundRow[]} rows
 * @param {Api.Lang} lang
 * @param {(unit: string) => void} choose
 */
export function missed(rows, lang, choose) {
  const sorted = rows.filter(({ people }) => people > 0).sort((a, b) => b.clauses_gap - a.clauses_gap || b.burden - a.burden);
  return [
    h("h2", { class: "label" }, say(lang, "missed")),
    h(
      "ol",
      { class: "unit-list" },
      sorted.slice(0, MANY).map((row) =>
        item(
          row.id,
          row.clauses_gap > 0 ? "gap" : row.clauses_unknown > 0 ? "unknown" : "covered",
          nameOf(row, lang) || row.id,
          [say(lang, "missed_firm", { firm: whole(row.clauses_gap_firm), unknown: whole(row.clauses_unknown) })],
          say(lang, "missed_clauses", { count: whole(row.clauses_gap) }),
          people(row.people, lang),
          () => choose(row.id),
        ),
      ),
    ),
  ];
}

/**
 * @param {Api.GapRow[]} gaps
 * @param {Api.Lang} lang
 * @param {(gap: Api.GapRow) => void} choose
 * @param {boolean} withUnit  is the compound's name needed?
 */
export function gapList(gaps, lang, choose, withUnit) {
  return h(
    "ol",
    { class: "unit-list" },
    gaps.map((gap) => {
      const clause = clauseName({ name: gap.clause_name, name_en: gap.clause_name_en }, lang);
      const unit = nameOf(gap, lang) || gap.id;
      const small = [withUnit ? clause : judgedBy(gap, lang), sayCode(lang, "reason_", gap.reason), say(lang, gap.firm)];
      return item(`${gap.id} ${keyOf(gap)}`, "gap", withUnit ? unit : clause, [small.join(" · "), ...marks(gap, lang)], people(gap.people_gap, lang), beyond(gap.beyond_m, lang), () => choose(gap));
    }),
  );
}

/**
 * @param {Api.ClauseRow} clause
 * @param {import("./model.js").Cell} cell  of what is chosen of it
 * @param {string} where  committee or age group, "" for all
 * @param {Api.Lang} lang
 */
export function clauseHead(clause, cell, where, lang) {
  return [
    h("h2", { class: "detail-title" }, clauseName(clause, lang), where && h("span", { class: "where" }, ` · ${where}`)),
    h("p", { class: "clause-more" }, judgedBy(clause, lang), clause.min_area_m2 ? ` · ≥ ${whole(clause.min_area_m2)} m²` : "", marks(clause, lang)),
    stackOf(cell, lang),
    partsSaid(cell, lang),
    cell.apart > 0 && h("p", { class: "note" }, say(lang, "cell_apart", { people: people(cell.apart, lang) })),
  ];
}

/**
 * The compounds of a clause: the heaviest gap first, then unknown, then covered.
 * @param {Api.Properties[]} units
 * @param {Api.Lang} lang
 * @param {(unit: string) => void} choose
 */
export function unitList(units, lang, choose) {
  const rank = (/** @type {Api.Properties} */ unit) => (unit.people_gap > 0 ? 0 : unit.people_unknown > 0 ? 1 : 2);
  const sorted = units.filter(({ people }) => people > 0).sort((a, b) => rank(a) - rank(b) || b.burden - a.burden || b.people - a.people);
  if (sorted.length === 0) return [h("p", { class: "note" }, say(lang, "focus_no_people"))];
  return [
    h("h3", { class: "label" }, say(lang, "focus_units", { count: whole(sorted.length) })),
    h(
      "ol",
      { class: "unit-list" },
      sorted.slice(0, MANY).map((unit) => {
        const status = unit.people_gap > 0 ? "gap" : unit.people_unknown > 0 ? "unknown" : "covered";
        const count = status === "gap" ? unit.people_gap : status === "unknown" ? unit.people_unknown : unit.people;
        const why = status === "covered" ? say(lang, "covered") : sayCode(lang, "reason_", unit.reason);
        const more = status === "gap" ? [why, firmOf(unit, lang)] : [why];
        const far = status === "gap" ? beyond(unit.beyond_m, lang) : typeof unit.walk_m === "number" ? metres(unit.walk_m, lang) : "";
        return item(String(unit.id), status, nameOf(unit, lang) || String(unit.id), [more.filter(Boolean).join(" · ")], people(count, lang), far, () => choose(String(unit.id)));
      }),
    ),
  ];
}

/**
 * Whether the verdict on those in a gap would change with the speed or the threshold.
 * @param {Api.Properties} unit
 * @param {Api.Lang} lang
 */
export function firmOf({ people_gap, gap_borderline }, lang) {
  if (!(people_gap > 0)) return "";
  return say(lang, gap_borderline <= 0 ? "firm" : gap_borderline >= people_gap ? "borderline" : "partly");
}

/** @param {number | null | undefined} far @param {Api.Lang} lang */
function beyond(far, lang) {
  return typeof far === "number" ? `+${metres(far, lang)}` : "";
}

/**
 * @param {string} key
 * @param {string} status
 * @param {string} name
 * @param {(Child)[]} small
 * @param {string} count
 * @param {string} far
 * @param {() => void} choose
 */
function item(key, status, name, small, count, far, choose) {
  return h(
    "li",
    {},
    h(
      "button",
      { type: "button", class: "unit-item", "data-key": `unit-${key}`, "data-unit": key.split(" ")[0], onclick: choose },
      h("span", { class: `cell-swatch ${status} ${status === "gap" ? "shade-2" : ""}`, "aria-hidden": "true" }),
      h("span", { class: "unit-item-name" }, name),
      h("b", { class: "unit-item-count" }, count),
      h("small", { class: "unit-item-more" }, ...small),
      h("small", { class: "unit-item-far" }, far),
    ),
  );
}

/**
 * A compound within a clause: its people, its walk, who is second, why, and how firm that is.
 * @param {Api.Properties} unit
 * @param {Api.ClauseRow} clause
 * @param {Api.Walk | {zh: string, en: string} | null} walk  null while it is asked for; a sentence where there is none
 * @param {Api.SheetRow | null} row  of its sheet
 * @param {Api.Lang} lang
 * @param {(name: string) => string} called
 */
export function unitHead(unit, clause, walk, row, lang, called) {
  const status = String(unit.status);
  const split = { covered: people(unit.people_covered, lang), gap: people(unit.people_gap, lang), unknown: people(unit.people_unknown, lang) };
  const mixed = [unit.people_covered, unit.people_gap, unit.people_unknown].filter((count) => count > 0).length > 1;
  // The reason is that of the people not covered: beside “covered” it stands with their number.
  const why = unit.people_gap + unit.people_unknown > 0 ? [sayCode(lang, "reason_", unit.reason), firmOf(unit, lang)].filter(Boolean).join(" · ") : "";
  const covered = status === "covered";
  return [
    h("h2", { class: "detail-title" }, nameOf(unit, lang) || String(unit.id)),
    h("p", { class: "clause-more" }, `${clauseName(clause, lang)} · ${judgedBy(clause, lang)}`, marks(clause, lang)),
    h("p", { class: "detail-line" }, h("span", { class: `badge ${status}` }, sayCode(lang, "status_", status)), [covered ? "" : why, people(unit.people, lang)].filter(Boolean).join(" · ")),
    mixed && h("p", { class: "note" }, say(lang, "unit_split", split), covered && why ? ` · ${why}` : ""),
    clause.measure === "presence" || clause.measure === "index"
      ? h("p", { class: "note" }, say(lang, clause.measure === "index" ? "unit_no_index" : "unit_no_walk"))
      : way(unit, walk, row, lang, called),
  ];
}

/**
 * @param {Api.Properties} unit
 * @param {Api.Walk | {zh: string, en: string} | null} walk
 * @param {Api.SheetRow | null} row
 * @param {Api.Lang} lang
 * @param {(name: string) => string} called
 */
function way(unit, walk, row, lang, called) {
  if (walk === null) return h("p", { class: "detail-walk ghost" }, say(lang, "loading"));
  if (!("answer" in walk)) return h("p", { class: "note" }, either(walk, lang));
  const number = (/** @type {string} */ key) => (typeof walk.answer.facts[key]?.value === "number" ? walk.answer.facts[key].value : null);
  const to = walk.answer.facts.nearest_name?.value;
  const mean = typeof unit.walk_m === "number" && Math.abs(unit.walk_m - (number("walk_m") ?? 0)) >= 0.5;
  const far = row && secondFar(row, lang);
  const second = row && (far === null ? say(lang, "unit_no_second") : say(lang, "unit_second", { name: called(row.second_name ?? ""), far }));
  const means = { metres: metres(unit.walk_m, lang), minutes: minutes(unit.walk_min, lang), people: people(unit.people_gap, lang) };
  return [
    h("p", { class: "detail-walk" }, h("strong", {}, metres(number("walk_m"), lang)), h("span", {}, minutes(number("walk_min"), lang)), h("span", { class: "detail-to" }, typeof to === "string" ? `→ ${called(to)}` : "")),
    h(
      "ul",
      { class: "way-facts" },
      typeof unit.beyond_m === "number" && unit.people_gap > 0 && h("li", { class: "loud" }, say(lang, "unit_beyond", { people: people(unit.people_gap, lang), metres: metres(unit.beyond_m, lang) })),
      mean && h("li", {}, `${say(lang, "walk_from")}${lang === "zh" ? "；" : "; "}${say(lang, unit.people_gap > 0 ? "walk_mean_gap" : "walk_mean", means)}`),
      second && h("li", {}, second),
    ),
  ].flat();
}

/**
 * A compound while no clause is chosen: how many clauses are met, missed, not known.
 * @param {Api.CompoundRow} row
 * @param {string} committee
 * @param {Api.Lang} lang
 */
export function compoundHead(row, committee, lang) {
  const told = { covered: whole(row.clauses_covered), gap: whole(row.clauses_gap), unknown: whole(row.clauses_unknown) };
  const cell = { covered: row.clauses_covered, gap: row.clauses_gap, unknown: row.clauses_unknown, apart: 0, share: null };
  const bar = stackOf(cell, lang);
  bar.setAttribute("aria-label", say(lang, "unit_clauses", told));
  return [
    h("h2", { class: "detail-title" }, nameOf(row, lang) || row.id),
    h("p", { class: "clause-more" }, [people(row.people, lang), committee].filter(Boolean).join(" · ")),
    bar,
    h("p", { class: "parts" }, say(lang, "unit_clauses", told)),
  ];
}
