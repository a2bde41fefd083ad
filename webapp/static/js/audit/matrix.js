/** The matrix as a real table: rows are clauses, columns committees or ages; arrow keys go from cell to cell, Enter opens one. */
import { at, fill, h } from "../panel/dom.js";
import { people } from "../say/number.js";
import { say } from "../say/say.js";
import { cellShare } from "../say/share.js";
import { clauseName, judgedBy, marks, packName, sayTier } from "./marks.js";
import { grouped } from "./order.js";
import { shadeOf } from "./shade.js";

/** @typedef {import("./model.js").Matrix} Matrix */
/** @typedef {import("./model.js").Row} Row */
/** @typedef {import("./model.js").Cell} Cell */
/** @typedef {{clause: string | null, column: string | null}} Place  `column`: of the whole where null */

const PAGE = 8; // rows that Page Up and Page Down go

export class MatrixTable {
  /** @type {HTMLElement[][]} the cells that can be gone to, row by row: the name, the whole, the columns */
  #grid = [];
  /** @type {[number, number]} */
  #here = [0, 0];

  /**
   * @param {Matrix} matrix
   * @param {Row[]} rows  those shown, in their order
   * @param {{lang: Api.Lang, order: string, columns: "committee" | "age"}} state
   * @param {Api.Standard[]} packs
   * @param {(place: Place) => void} open
   */
  constructor(matrix, rows, { lang, order, columns }, packs, open) {
    this.matrix = matrix;
    this.rows = rows;
    this.lang = lang;
    this.open = open;
    this.element = h("table", { class: "matrix", role: "grid", "aria-label": say(lang, "matrix", { columns: say(lang, `columns_${columns}`) }) });
    this.element.classList.toggle("by-age", columns === "age");
    this.element.classList.toggle("few", matrix.columns.length <= 6); // their names have room to lie level
    fill(this.element, this.#head(), ...grouped(rows, order).map((group) => this.#body(group, packs)));
    this.element.addEventListener("click", (event) => this.#pressed(event.target));
    this.element.addEventListener("keydown", (event) => this.#key(event));
    this.element.addEventListener("focusin", (event) => this.#came(event.target));
    this.element.addEventListener("pointerover", (event) => this.#tip(event.target));
    this.element.addEventListener("pointerleave", () => this.#tip(null));
    this.element.addEventListener("focusout", () => this.#tip(null));
    this.#grid[0]?.[0]?.setAttribute("tabindex", "0");
  }

  /**
   * Mark the cell chosen, its row and its column.
   * @param {Place} place
   */
  mark({ clause, column }) {
    for (const cell of this.element.querySelectorAll(".here, .in-row, .in-column")) cell.classList.remove("here", "in-row", "in-column");
    for (const cell of this.element.querySelectorAll("[aria-selected='true']")) cell.setAttribute("aria-selected", "false");
    const x = column === null ? 1 : this.matrix.columns.findIndex(({ id }) => id === column) + 2;
    if (column !== null) this.element.querySelector(`thead [data-column="${CSS.escape(column)}"]`)?.classList.add("in-column");
    const y = this.rows.findIndex(({ key }) => key === clause);
    const cells = this.#grid[y];
    if (!cells) return;
    cells[0].classList.add("in-row");
    cells[x]?.classList.add("here");
    cells[x]?.setAttribute("aria-selected", "true");
    this.#enter(y, x, false);
    reveal(cells[x]);
  }

  #head() {
    const { lang, matrix } = this;
    const column = (/** @type {import("./model.js").Column} */ { id, short, full }) =>
      h(
        "th",
        { scope: "col", "data-column": id },
        h("button", { type: "button", class: "column-name", "data-open": id, "aria-label": full, title: full === short ? null : full }, h("span", { "aria-hidden": "true" }, short)),
      );
    return h(
      "thead",
      {},
      h("tr", {}, h("th", { scope: "col", class: "corner" }, `${say(lang, "col_clause")} · ${this.rows.length}`), h("th", { scope: "col", class: "whole" }, say(lang, "col_total")), matrix.columns.map(column)),
    );
  }

  /**
   * @param {{standard: string, tier: string, rows: Row[]}} group
   * @param {Api.Standard[]} packs
   */
  #body({ standard, tier, rows }, packs) {
    const { lang } = this;
    const pack = packs.find(({ id }) => id === standard);
    const told = pack && [sayTier(tier, lang), packs.length > 1 ? packName(pack, lang) : ""].filter(Boolean).join(" · ");
    const span = this.matrix.columns.length + 2;
    return h(
      "tbody",
      {},
      told ? h("tr", { class: "group" }, h("th", { scope: "rowgroup", colspan: span }, h("span", {}, told))) : null,
      rows.map((row) => this.#row(row, standard === "" && packs.length > 1 ? packs : [])),
    );
  }

  /**
   * @param {Row} row
   * @param {Api.Standard[]} packs  to say which standard it is of
   */
  #row(row, packs) {
    const { lang } = this;
    const { clause } = row;
    const pack = packs.find(({ id }) => id === clause.standard);
    const name = h(
      "th",
      { scope: "row", tabindex: "-1", role: "rowheader" },
      h("span", { class: "clause-name", title: clauseName(clause, lang) }, clauseName(clause, lang)),
      h("span", { class: "clause-more" }, pack ? `${packName(pack, lang)} · ` : "", judgedBy(clause, lang), marks(clause, lang)),
    );
    const cells = [this.#cell(row, row.total, say(lang, "col_total"), "whole"), ...row.cells.map((cell, i) => this.#cell(row, cell, this.matrix.columns[i].full, ""))];
    this.#grid.push([name, ...cells]);
    return h("tr", { class: clause.required }, name, cells);
  }

  /**
   * @param {Row} row
   * @param {Cell | null} cell
   * @param {string} column
   * @param {string} look
   */
  #cell(row, cell, column, look) {
    const { tone, shade, from, to } = shadeOf(cell);
    const element = h("td", { role: "gridcell", tabindex: "-1", "aria-selected": "false", class: `cell ${tone} ${shade < 0 ? "" : `shade-${shade}`} ${look}`, "aria-label": this.#said(row, cell, column) }, cellShare(cell));
    if (tone === "unknown" && from === 0) element.classList.add("blind");
    else if (tone === "gap" || tone === "unknown") {
      element.style.setProperty("--from", `${from * 100}%`);
      element.style.setProperty("--to", `${to * 100}%`);
    }
    return element;
  }

  /**
   * @param {Row} row
   * @param {Cell | null} cell
   * @param {string} column
   */
  #said({ clause }, cell, column) {
    const { lang } = this;
    const name = clauseName(clause, lang);
    if (!cell || cell.covered + cell.gap + cell.unknown <= 0) return say(lang, "cell_none", { clause: name, column });
    return say(lang, "cell", { clause: name, column, covered: people(cell.covered, lang), gap: people(cell.gap, lang), unknown: people(cell.unknown, lang) });
  }

  /** @param {EventTarget | null} target */
  #pressed(target) {
    if (!(target instanceof Element)) return;
    const column = target.closest("[data-open]");
    if (column instanceof HTMLElement) return this.open({ clause: null, column: column.dataset.open ?? null });
    const place = this.#placeOf(target);
    if (place) this.#openAt(...place);
  }

  /** @param {number} y @param {number} x */
  #openAt(y, x) {
    this.#tip(null);
    this.open({ clause: this.rows[y].key, column: x < 2 ? null : this.matrix.columns[x - 2].id });
  }

  /**
   * @param {Element} target
   * @returns {[number, number] | null} row and column
   */
  #placeOf(target) {
    const cell = target.closest("td, tbody th[scope=row]");
    const y = this.#grid.findIndex((cells) => cells[0].parentElement === cell?.parentElement);
    return cell instanceof HTMLElement && y >= 0 ? [y, this.#grid[y].indexOf(cell)] : null;
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (!(event.target instanceof Element) || event.target.closest("thead")) return;
    const [y, x] = this.#here;
    const [last, end] = [this.#grid.length - 1, (this.#grid[0]?.length ?? 1) - 1];
    /** @type {Record<string, [number, number]>} */
    const to = {
      ArrowUp: [y - 1, x], ArrowDown: [y + 1, x], ArrowLeft: [y, x - 1], ArrowRight: [y, x + 1], PageUp: [Math.max(0, y - PAGE), x],
      PageDown: [Math.min(last, y + PAGE), x], Home: event.ctrlKey ? [0, 0] : [y, 0], End: event.ctrlKey ? [last, end] : [y, end],
    };
    const next = to[event.key];
    if (next && !event.altKey && !event.metaKey) this.#enter(Math.min(last, Math.max(0, next[0])), Math.min(end, Math.max(0, next[1])), true);
    else if (event.key === "Enter" || event.key === " ") this.#openAt(y, x);
    else return;
    event.preventDefault();
  }

  /** @param {number} y @param {number} x @param {boolean} focus */
  #enter(y, x, focus) {
    this.#grid[this.#here[0]]?.[this.#here[1]]?.setAttribute("tabindex", "-1");
    this.#here = [y, x];
    const cell = this.#grid[y][x];
    cell.setAttribute("tabindex", "0");
    if (!focus) return;
    cell.focus({ preventScroll: true });
    reveal(cell);
  }

  /** Whoever came here by a press goes on from here by keys. @param {EventTarget | null} target */
  #came(target) {
    const place = target instanceof Element ? this.#placeOf(target) : null;
    if (place && (place[0] !== this.#here[0] || place[1] !== this.#here[1])) this.#enter(place[0], place[1], false);
    if (place && document.documentElement.dataset.keys) this.#tip(target);
  }

  /** Say beside a cell what its people are. @param {EventTarget | null} target */
  #tip(target) {
    const tip = at("tip");
    const cell = target instanceof Element ? target.closest("td.cell") : null;
    tip.hidden = !(cell instanceof HTMLElement);
    if (!(cell instanceof HTMLElement)) return;
    const [y, x] = this.#placeOf(cell) ?? [0, 0];
    const told = x < 2 ? this.rows[y].total : this.rows[y].cells[x - 2];
    const apart = told && told.apart > 0 ? say(this.lang, "cell_apart", { people: people(told.apart, this.lang) }) : "";
    fill(tip, h("b", {}, cell.getAttribute("aria-label") ?? ""), apart && h("span", {}, apart));
    const { left, top, bottom, width } = cell.getBoundingClientRect();
    const { width: wide, height: tall } = tip.getBoundingClientRect();
    tip.style.left = `${Math.max(8, Math.min(window.innerWidth - wide - 8, left + width / 2 - wide / 2))}px`;
    tip.style.top = `${top - tall - 8 > 60 ? top - tall - 8 : bottom + 8}px`;
  }
}

/** Scroll the matrix's own box, never the page, so that a cell stands clear of the sticky head and names. @param {HTMLElement | undefined} cell */
function reveal(cell) {
  const box = cell?.closest(".matrix-box");
  if (!(box instanceof HTMLElement) || !cell) return;
  const [frame, place] = [box.getBoundingClientRect(), cell.getBoundingClientRect()];
  const head = box.querySelector("thead")?.getBoundingClientRect().height ?? 0;
  const names = box.querySelector("thead .corner")?.getBoundingClientRect().width ?? 0;
  if (place.top < frame.top + head) box.scrollTop -= frame.top + head - place.top + 30;
  else if (place.bottom > frame.bottom) box.scrollTop += place.bottom - frame.bottom + 12;
  if (cell.tagName === "TH") return;
  if (place.left < frame.left + names) box.scrollLeft -= frame.left + names - place.left + 8;
  else if (place.right > frame.right) box.scrollLeft += place.right - frame.right + 8;
}
