/** Fields of a form, each with its label and a key by which the focus is found again. */
import { h } from "../panel/dom.js";

/**
 * @param {string} label
 * @param {Node} control
 */
export function field(label, control) {
  return h("label", { class: "field" }, h("span", { class: "label" }, label), control);
}

/**
 * @param {string} key
 * @param {string} value
 * @param {[string, string][]} options  value, text
 * @param {(value: string) => void} choose
 * @param {string} [label]  heard, where none is seen
 */
export function select(key, value, options, choose, label) {
  return h(
    "select",
    { "data-key": key, "aria-label": label, onchange: (event) => choose(valueOf(event)) },
    options.map(([code, text]) => h("option", { value: code, selected: code === value }, text)),
  );
}

/**
 * @param {string} key
 * @param {string} text
 * @param {boolean} on
 * @param {(on: boolean) => void} choose
 */
export function tick(key, text, on, choose) {
  const box = h("input", { type: "checkbox", "data-key": key, checked: on, onchange: () => choose(box.checked) });
  return h("label", { class: "tick" }, box, h("span", {}, text));
}

/** @param {Event} event  of an input or select */
export function valueOf({ target }) {
  return target instanceof HTMLInputElement || target instanceof HTMLSelectElement ? target.value : "";
}
