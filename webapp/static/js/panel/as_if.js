/** What is assumed of gates, said above the answer; and what it changes against today. */
import { gateName } from "./gate_card.js";
import { at, fill, h, keepFocus } from "./dom.js";
import { whole } from "../say/number.js";
import { say } from "../say/say.js";
import { assume, assumed } from "../state/as_if.js";

/** @typedef {import("../state/as_if.js").AsIf} AsIf */

/**
 * The bar of what is assumed, each with a way to take it back; none where nothing is.
 * @param {Api.Base} base
 * @param {AsIf & {lang: Api.Lang, theme: string}} state
 * @param {(asIf: AsIf) => void} change
 */
export function asIfBar(base, state, change) {
  const { lang, theme } = state;
  const panel = at("as-if");
  const focused = panel.contains(document.activeElement);
  panel.hidden = theme !== "orange" || !assumed(state);
  document.documentElement.dataset.assumed = String(!panel.hidden);
  if (panel.hidden) {
    fill(panel);
    if (focused) at("answer").focus({ preventScroll: true }); // the button pressed is gone
    return;
  }
  panel.setAttribute("aria-label", say(lang, "as_if"));
  const row = (/** @type {{id: string, text: string}} */ { id, text }) =>
    h(
      "li",
      {},
      h("span", {}, text),
      h(
        "button",
        { type: "button", class: "as-if-drop", "data-key": `drop-${id}`, "aria-label": say(lang, "as_if_drop", { gate: text }), onclick: () => change(assume(state, id, null)) },
        "×",
      ),
    );
  keepFocus(panel, () =>
    fill(
      panel,
      h("h2", { class: "as-if-title" }, say(lang, "as_if")),
      h("ul", {}, told(base, state, lang).map(row)),
      h("p", { class: "against-today", id: "against-today" }),
      h("button", { type: "button", class: "button small", "data-key": "back", onclick: () => change({ open: [], close: [] }) }, say(lang, "as_if_back")),
    ),
  );
  if (focused && !panel.contains(document.activeElement)) /** @type {HTMLElement | null} */ (panel.querySelector('[data-key="back"]'))?.focus({ preventScroll: true });
}

/**
 * @param {Api.Base} base
 * @param {AsIf} asIf
 * @param {Api.Lang} lang
 */
function told(base, { open, close }, lang) {
  const gate = (/** @type {string} */ id) => {
    const found = base.gates?.features.find((one) => String(one.id) === id)?.properties;
    return found ? gateName(found, lang) : id;
  };
  return [
    ...open.map((id) => ({ id, text: say(lang, "as_if_open", { gate: gate(id) }) })),
    ...close.map((id) => ({ id, text: say(lang, "as_if_close", { gate: gate(id) }) })),
  ];
}

/**
 * All that is assumed as one sentence, "" where nothing is.
 * @param {Api.Base} base
 * @param {AsIf} asIf
 * @param {Api.Lang} lang
 */
export function asIfSentence(base, asIf, lang) {
  const gates = told(base, asIf, lang).map(({ text }) => text);
  return gates.length === 0 ? "" : say(lang, "as_if_all", { gates: gates.join(say(lang, "as_if_and")) });
}

/**
 * How many more or fewer are covered than today.
 * @param {Api.Answer} answer
 * @param {Api.Answer} today
 * @param {Api.Lang} lang
 */
export function againstToday(answer, today, lang) {
  const [covered, before] = [answer, today].map(({ facts }) => facts.people_covered?.value);
  if (typeof covered !== "number" || typeof before !== "number") return "";
  const more = Math.round(covered) - Math.round(before);
  return say(lang, more === 0 ? "as_if_same" : more > 0 ? "as_if_more" : "as_if_fewer", { count: whole(Math.abs(more)) });
}
