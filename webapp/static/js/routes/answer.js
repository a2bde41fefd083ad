/** What is known of the line chosen: its figure, its checks, its tables, what must be said with them. */
import { routeAt } from "../api.js";
import { fill, h, keepFocus } from "../panel/dom.js";
import { saveAs } from "../panel/save_as.js";
import { either, say } from "../say/say.js";
import { toldFact, unitIn } from "../say/told_fact.js";
import { table } from "../audit/table.js";
import { KEY_FACTS, figureOf } from "./figures.js";
import { question } from "./questions.js";
import { TABLES, cell, rowsOf } from "./tables.js";

/** @typedef {import("./url.js").RoutesState} RoutesState */

const FEW = 6;

/**
 * @param {HTMLElement} panel
 * @param {RoutesState} state
 * @param {Api.RouteReply} reply
 * @param {{choose: (id: string) => void, before: Node | null, options: Record<string, string>, open: Set<string>}} how
 *   `before`: what is asked by, above the figure; `open`: the tables shown whole
 */
export function drawAnswer(panel, state, reply, { choose, before, options, open }) {
  const { lang, line } = state;
  const { answer } = reply;
  panel.removeAttribute("aria-busy");
  keepFocus(panel, () =>
    fill(
      panel,
      before,
      h("h2", { id: "answer-title", class: "label" }, question(state, reply)),
      figure(line, answer, lang),
      keyFacts(line, answer, lang),
      saveAs(answer.question, lang, (written) => routeAt(line, options, written)),
      checks(answer, lang),
      TABLES[line].map((shown) => rows(shown, reply, state, choose, open)),
      allFacts(answer, lang),
      caveats(answer, lang),
    ),
  );
}

/**
 * @param {string} line
 * @param {Api.Answer} answer
 * @param {Api.Lang} lang
 */
function figure(line, answer, lang) {
  const { before, big, after = [] } = figureOf(line, answer, lang);
  return h("p", { class: "figure route-figure" }, before && h("span", {}, before), h("strong", {}, big), h("span", { class: "figure-after" }, after.join(" · ")));
}

/**
 * @param {string} line
 * @param {Api.Answer} answer
 * @param {Api.Lang} lang
 */
function keyFacts(line, { facts }, lang) {
  return facts_of(KEY_FACTS[line].filter((key) => key in facts).map((key) => facts[key]), lang);
}

/**
 * @param {Api.Fact[]} some
 * @param {Api.Lang} lang
 */
function facts_of(some, lang) {
  return h("dl", { class: "facts" }, some.map((fact) => h("div", { class: "fact" }, h("dt", {}, either({ zh: fact.label, en: fact.label_en }, lang)), h("dd", { class: fact.value === null ? "unknown" : null }, toldFact(fact, lang)))));
}

/**
 * @param {Api.Answer} answer
 * @param {Api.Lang} lang
 */
function checks({ tables }, lang) {
  const list = (tables.checklist ?? []).map((row) => ({ ...row, value: row.have, unit: "" }));
  const found = /** @type {Api.Check[]} */ (tables.checks ?? list);
  if (found.length === 0) return null;
  const one = (/** @type {Api.Check} */ check) =>
    h(
      "li",
      { class: `check ${check.status}` },
      h("span", { class: "check-mark", "aria-hidden": "true" }, { ok: "✓", short: "✕", unknown: "?" }[check.status]),
      h("span", { class: "check-what" }, either({ zh: check.zh, en: check.en ?? check.check_en ?? check.zh }, lang)),
      h("span", { class: "check-value" }, value(check, lang)),
      h("span", { class: "check-said" }, say(lang, `check_${check.status}`), check.wanted !== null && check.status !== "ok" && h("small", {}, say(lang, "check_wanted", { wanted: tell(check.wanted, check.unit, lang) }))),
    );
  return h("section", { class: "route-part" }, h("h3", { class: "label" }, say(lang, "checks")), h("ul", { class: "checks" }, found.map(one)));
}

/**
 * @param {Api.Check} check
 * @param {Api.Lang} lang
 */
function value({ value: found, unit }, lang) {
  return found === null || found === undefined ? "—" : tell(found, unit, lang);
}

/**
 * @param {number | string} amount
 * @param {string} unit
 * @param {Api.Lang} lang
 */
function tell(amount, unit, lang) {
  if (typeof amount === "string") return unit === "share" ? amount : `${amount} ${unitIn(unit, lang)}`.trim();
  return toldFact({ label: "", label_en: "", value: amount, unit }, lang);
}

/**
 * @param {import("./tables.js").Shown} shown
 * @param {Api.RouteReply} reply
 * @param {RoutesState} state
 * @param {(id: string) => void} choose
 * @param {Set<string>} open
 */
function rows(shown, reply, { lang, item }, choose, open) {
  const all = rowsOf(shown, reply);
  const title = say(lang, /** @type {import("../say/words.js").Word} */ (`table_${shown.table}`));
  const head = h("h3", { class: "label" }, title, h("span", { class: "count" }, String(all.length)));
  if (all.length === 0) return h("section", { class: "route-part" }, head, h("p", { class: "note" }, say(lang, "nothing_there")));
  const columns = shown.columns.filter((column) => all.some((row) => row[column] !== undefined));
  const box = h("div", { class: "table-box", tabindex: "-1" });
  const draw = () => {
    const whole = open.has(shown.table) || all.length <= FEW + 2;
    const some = whole ? all : all.filter((row, i) => i < FEW || row.id === item);
    fill(
      box,
      table(
        title,
        columns.map((column) => ({ title: say(lang, /** @type {import("../say/words.js").Word} */ (`col_${column}`)), look: isAmount(column) ? "number" : "" })),
        some.map((row) => ({ key: `${shown.table}-${row.id}`, cells: columns.map((column) => cell(column, row, lang)), choose: () => choose(row.id), current: row.id === item })),
      ),
      !whole || open.has(shown.table)
        ? h("button", { type: "button", class: "button small", "data-key": `all-${shown.table}`, onclick: () => (open.has(shown.table) ? open.delete(shown.table) : open.add(shown.table), keepFocus(box, draw)) }, whole ? say(lang, "rows_fewer") : say(lang, "rows_all", { count: all.length }))
        : null,
    );
  };
  draw();
  return h("section", { class: "route-part", "data-table": shown.table }, head, box);
}

/** @param {string} column */
function isAmount(column) {
  return /(_m|_m2|_min|_share|metres|minutes|lux|score|trips|people.*)$/.test(column);
}

/**
 * @param {Api.Answer} answer
 * @param {Api.Lang} lang
 */
function allFacts({ facts }, lang) {
  return h("details", { class: "notes" }, h("summary", { "data-key": "all-facts" }, say(lang, "more_facts")), facts_of(Object.values(facts), lang));
}

/**
 * @param {Api.Answer} answer
 * @param {Api.Lang} lang
 */
function caveats({ caveats: some, run_id }, lang) {
  return h("section", { class: "notes" }, h("ul", {}, some.map((caveat) => h("li", {}, either(caveat, lang)))), h("p", { class: "label" }, say(lang, "run", { id: run_id.slice(0, 8) })));
}
