/** The fourth part: all that was found, row by row, to be sifted, saved and gone to. */
import { fill, h } from "../panel/dom.js";
import { csv } from "../panel/csv.js";
import { whole } from "../say/number.js";
import { say } from "../say/say.js";
import { table } from "../audit/table.js";
import { select, tick } from "./fields.js";
import { columnName, columnsOf, sift } from "./sift.js";

/** @typedef {import("./intake.js").Intake} Page */

const FIRST_ROWS = 60;

/**
 * @param {Element} panel
 * @param {Page} page
 * @param {Api.Draft} draft
 */
export function findingsPart(panel, page, draft) {
  const { lang } = page.state;
  const { findings } = draft;
  if (findings.length === 0) return fill(panel, h("p", { class: "verdict" }, say(lang, "in_findings_none")));
  const shown = sift(findings, page.wanted);
  const most = FIRST_ROWS + page.more.findings;
  const more = shown.length - most;
  fill(
    panel,
    h("div", { class: "controls" }, grades(page, findings), columns(page, draft), h("button", { type: "button", class: "button small", "data-key": "csv", onclick: () => save(page, draft) }, say(lang, "in_csv"))),
    draft.counts.left_out > 0 && tick("skip", say(lang, "in_skip", { count: whole(draft.counts.left_out) }), page.asked.skip_bad_rows, (skip_bad_rows) => page.ask({ skip_bad_rows })),
    h("div", { class: "table-box stacked", tabindex: 0, role: "group", "aria-label": say(lang, "in_findings_title") }, list(page, draft, shown.slice(0, most))),
    more > 0 && h("button", { type: "button", class: "button small more-rows", "data-key": "more", onclick: () => page.showMore("findings") }, say(lang, "in_more_rows", { count: whole(Math.min(more, 200)) })),
  );
}

/**
 * @param {Page} page
 * @param {Api.DraftFinding[]} findings
 */
function grades({ state: { lang }, wanted, sift: want }, findings) {
  const count = (/** @type {string} */ grade) => findings.filter(({ severity }) => severity === grade).length;
  const chips = /** @type {const} */ ([
    ["all", say(lang, "in_all", { count: whole(findings.length) })],
    ["error", say(lang, "in_errors", { count: whole(count("error")) })],
    ["warning", say(lang, "in_warnings", { count: whole(count("warning")) })],
  ]);
  return h(
    "div",
    { class: "chips", role: "group", "aria-label": say(lang, "in_kind_of") },
    chips.map(([severity, text]) => h("button", { type: "button", class: "chip", "data-key": `grade-${severity}`, "aria-pressed": String(wanted.severity === severity), onclick: () => want({ severity }) }, text)),
  );
}

/**
 * @param {Page} page
 * @param {Api.Draft} draft
 */
function columns({ state: { lang }, spec, wanted, sift: want }, draft) {
  const named = columnsOf(draft.findings).map((column) => /** @type {[string, string]} */ ([column, columnName(column, draft, spec, lang)]));
  return named.length > 1 && select("column", wanted.column, [["", say(lang, "in_column_all")], ...named], (column) => want({ column }), say(lang, "in_column"));
}

/**
 * @param {Page} page
 * @param {Api.Draft} draft
 * @param {Api.DraftFinding[]} findings
 */
function list({ state: { lang }, spec, chosen, choose }, draft, findings) {
  return table(
    say(lang, "in_findings_title"),
    [{ title: say(lang, "in_row"), look: "number" }, { title: say(lang, "in_kind_of") }, { title: say(lang, "in_column") }, { title: say(lang, "in_what"), look: "said-text" }, { title: say(lang, "in_fix"), look: "said-text" }],
    findings.map((one, at) => ({
      key: `finding-${at}`,
      current: one.row !== null && one.row === chosen,
      choose: one.row === null ? undefined : () => choose(/** @type {number} */ (one.row)),
      cells: [
        one.row === null ? say(lang, "in_whole") : String(one.row),
        h("span", { class: `grade ${one.severity}` }, say(lang, one.severity === "error" ? "in_error" : "in_warning")),
        columnName(one.column, draft, spec, lang),
        lang === "zh" ? one.zh : one.en,
        lang === "zh" ? one.fix_zh : one.fix_en,
      ],
    })),
  );
}

/**
 * @param {Page} page
 * @param {Api.Draft} draft
 */
function save({ state: { lang }, spec }, draft) {
  const titles = { row: say(lang, "in_row"), severity: say(lang, "in_kind_of"), column: say(lang, "in_column"), what: say(lang, "in_what"), fix: say(lang, "in_fix"), code: "code" };
  const rows = draft.findings.map((one) => ({
    row: one.row,
    severity: say(lang, one.severity === "error" ? "in_error" : "in_warning"),
    column: columnName(one.column, draft, spec, lang),
    what: lang === "zh" ? one.zh : one.en,
    fix: lang === "zh" ? one.fix_zh : one.fix_en,
    code: one.code,
  }));
  const link = h("a", { href: URL.createObjectURL(new Blob([csv(titles, rows)], { type: "text/csv" })), download: `${draft.file} ${say(lang, "in_findings_title")}.csv` });
  link.click();
  URL.revokeObjectURL(link.href);
}
