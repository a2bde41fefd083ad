/** Covered, gap and unknown as one bar, with the people of each as its words. */
import { h } from "../panel/dom.js";
import { people } from "../say/number.js";
import { say } from "../say/say.js";

const PARTS = /** @type {const} */ (["covered", "gap", "unknown"]);

/**
 * @param {import("./model.js").Cell} cell
 * @param {Api.Lang} lang
 * @param {string} [look]
 */
export function stackOf(cell, lang, look = "") {
  const total = cell.covered + cell.gap + cell.unknown;
  const told = Object.fromEntries(PARTS.map((part) => [part, people(cell[part], lang)]));
  return h(
    "div",
    { class: `stack ${look}`, role: "img", "aria-label": say(lang, "bar", told) },
    PARTS.map((part) => {
      const piece = h("span", { class: `piece ${part}` });
      piece.style.flexGrow = String(total > 0 ? cell[part] / total : 0);
      piece.hidden = cell[part] <= 0;
      return piece;
    }),
  );
}

/**
 * The people of each part in words, those of whom there are any.
 * @param {import("./model.js").Cell} cell
 * @param {Api.Lang} lang
 */
export function partsSaid(cell, lang) {
  const parts = PARTS.filter((part) => cell[part] > 0);
  if (parts.length === 0) return h("p", { class: "parts" }, say(lang, "concerned_none"));
  return h(
    "p",
    { class: "parts" },
    parts.map((part) =>
      h("span", { class: "part" }, h("span", { class: `swatch ${part === "gap" ? "gap-2" : part}`, "aria-hidden": "true" }), `${say(lang, part)} `, h("b", {}, people(cell[part], lang))),
    ),
  );
}
