/** The matrix with what chooses its columns, its rows and their order, and what its colours mean; on a phone the same as a list. */
import { fill, h } from "../panel/dom.js";
import { say } from "../say/say.js";
import { cellShare } from "../say/share.js";
import { stackOf } from "./bars.js";
import { clauseName, judgedBy, marks, packName, sayTier } from "./marks.js";
import { MatrixTable } from "./matrix.js";
import { arranged, counts, grouped } from "./order.js";
import { COLUMNS, ORDERS, ROWS } from "./url.js";

/** @typedef {import("./url.js").AuditState} AuditState */
/** @typedef {import("./model.js").Matrix} Matrix */

/**
 * @param {Element} panel
 * @param {Matrix} matrix
 * @param {AuditState} state
 * @param {Api.Standard[]} packs
 * @param {{ask: (change: Partial<AuditState>) => void, open: (place: import("./matrix.js").Place) => void, phone: boolean, paper: string}} act  `paper`: what a printed sheet must say of itself
 * @returns {MatrixTable | null} null on a phone
 */
export function matrixPanel(panel, matrix, state, packs, { ask, open, phone, paper }) {
  const rows = arranged(matrix.rows, state);
  const none = rows.length === 0 && h("p", { class: "note" }, say(state.lang, "matrix_none"));
  const controls = h("div", { class: "controls" }, chooseRows(matrix, state, ask), chooseOrder(state, ask), !phone && chooseColumns(state, ask));
  if (phone) {
    fill(panel, controls, none, clauseList(rows, state, packs, (clause) => open({ clause, column: null })));
    return null;
  }
  const table = new MatrixTable(matrix, rows, state, packs, open);
  fill(panel, controls, none, legend(state.lang, paper), h("div", { class: "matrix-box" }, table.element));
  return table;
}

/** @param {Matrix} matrix @param {AuditState} state @param {(change: Partial<AuditState>) => void} ask */
function chooseRows(matrix, { lang, rows }, ask) {
  const count = counts(matrix.rows);
  return segments(say(lang, "rows"), ROWS.map((one) => ({ key: `rows-${one}`, text: `${say(lang, `rows_${one}`)} ${count[one]}`, on: one === rows, press: () => ask({ rows: one }) })));
}

/** @param {AuditState} state @param {(change: Partial<AuditState>) => void} ask */
function chooseColumns({ lang, columns }, ask) {
  return segments(say(lang, "columns"), COLUMNS.map((one) => ({ key: `columns-${one}`, text: say(lang, `columns_${one}`), on: one === columns, press: () => ask({ columns: one, committee: null, people: "all" }) })));
}

/** @param {AuditState} state @param {(change: Partial<AuditState>) => void} ask */
function chooseOrder({ lang, order }, ask) {
  const choose = (/** @type {Event} */ { target }) => ask({ order: ORDERS.find((one) => one === /** @type {HTMLSelectElement} */ (target).value) ?? "clause" });
  return h(
    "label",
    { class: "order" },
    h("span", { class: "label" }, say(lang, "order")),
    h("select", { "data-key": "order", onchange: choose }, ORDERS.map((one) => h("option", { value: one, selected: one === order }, say(lang, `order_${one}`)))),
  );
}

/**
 * @param {string} label
 * @param {{key: string, text: string, on: boolean, press: () => void}[]} offered
 */
function segments(label, offered) {
  return h(
    "div",
    { class: "segments", role: "group", "aria-label": label },
    offered.map(({ key, text, on, press }) => h("button", { type: "button", class: "segment", "data-key": key, "aria-pressed": String(on), onclick: press }, text)),
  );
}

/** @param {Api.Lang} lang @param {string} paper */
function legend(lang, paper) {
  const row = (/** @type {import("../panel/dom.js").Child[]} */ ...children) => h("li", {}, ...children);
  const cell = (/** @type {string} */ look) => h("span", { class: `cell-swatch ${look}`, "aria-hidden": "true" });
  return h(
    "ul",
    { class: "matrix-legend", "aria-label": say(lang, "legend") },
    row(h("span", {}, say(lang, "legend_cell"))),
    row(cell("covered"), say(lang, "covered")),
    row(...[0, 1, 2, 3].map((shade) => cell(`gap shade-${shade}`)), say(lang, "legend_gap")),
    row(cell("unknown"), say(lang, "unknown")),
    row(say(lang, "legend_at_least")),
    row(say(lang, "legend_question")),
    row(`— ${say(lang, "concerned_none")}`),
    h("li", { class: "paper-only" }, paper),
  );
}

/**
 * The clauses one under the other, each with its bar.
 * @param {import("./model.js").Row[]} rows
 * @param {AuditState} state
 * @param {Api.Standard[]} packs
 * @param {(clause: string) => void} open
 */
function clauseList(rows, { lang, order }, packs, open) {
  return grouped(rows, order).map(({ standard, tier, rows: own }) => {
    const pack = packs.find(({ id }) => id === standard);
    const told = pack && [sayTier(tier, lang), packs.length > 1 ? packName(pack, lang) : ""].filter(Boolean).join(" · ");
    return h(
      "section",
      {},
      told ? h("h3", { class: "label" }, told) : null,
      h(
        "ul",
        {},
        own.map(({ key, clause, total }) =>
          h(
            "li",
            {},
            h(
              "button",
              { type: "button", class: "clause-item", "data-key": `clause-${key}`, onclick: () => open(key) },
              h("span", { class: "clause-name" }, clauseName(clause, lang)),
              h("b", { class: "clause-share" }, cellShare(total), total.share === null ? "" : h("small", {}, "%")),
              stackOf(total, lang),
              h("span", { class: "clause-more" }, judgedBy(clause, lang), marks(clause, lang)),
            ),
          ),
        ),
      ),
    );
  });
}
