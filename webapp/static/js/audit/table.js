/** A real table whose rows may be chosen: the row's first button, or a press anywhere on it. */
import { h } from "../panel/dom.js";

/** @typedef {import("../panel/dom.js").Child} Child */
/** @typedef {{title: string, look?: string}} Column */
/** @typedef {{key: string, cells: (Child | Child[])[], choose?: () => void, current?: boolean}} Row  the first cell names the row */

/**
 * @param {string} caption  heard, not seen
 * @param {Column[]} columns
 * @param {Row[]} rows
 */
export function table(caption, columns, rows) {
  const head = columns.map(({ title, look = "" }) => h("th", { scope: "col", class: look }, title));
  return h("table", { class: "units" }, h("caption", { class: "quietly" }, caption), h("thead", {}, h("tr", {}, head)), h("tbody", {}, rows.map((row) => line(row, columns))));
}

/**
 * @param {Row} row
 * @param {Column[]} columns
 */
function line({ key, cells: [first, ...rest], choose, current }, columns) {
  const children = (/** @type {Child | Child[]} */ one) => (Array.isArray(one) ? one : [one]);
  const named = choose ? h("button", { type: "button", class: "unit-name", "data-key": `row-${key}` }, ...children(first)) : h("span", { class: "unit-name" }, ...children(first));
  return h(
    "tr",
    { "data-row": key, "aria-current": current ? "true" : null, class: choose ? null : "plain", onclick: choose ?? null },
    h("th", { scope: "row", class: columns[0].look ?? "" }, named),
    rest.map((cell, i) => h("td", { class: columns[i + 1].look ?? "", "data-label": columns[i + 1].title }, ...children(cell))),
  );
}
