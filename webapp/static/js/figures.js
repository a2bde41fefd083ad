/** The figures of a coverage told, and against what: the usual hour where another is asked for, today where gates are assumed. */
import * as api from "./api.js";
import { shutAt } from "./hours/shut.js";
import { answer, spoken } from "./panel/answer.js";
import { againstToday, asIfSentence } from "./panel/as_if.js";
import { at } from "./panel/dom.js";
import { hourNote } from "./panel/hour.js";
import { AS_IT_IS, assumed } from "./state/as_if.js";
import { FIRST } from "./state/url.js";
import { whenOf } from "./state/when.js";

/** @typedef {import("./desk.js").Desk} Desk */
/** @typedef {{usual: Api.Coverage | null, today: Api.Coverage | null}} Others  null: not asked, not yet here or not to be had */

/**
 * Tell a coverage at once, and what it is beside the others when they come; where one cannot be had, nothing is said of it.
 * @param {Desk} desk
 * @param {Api.Coverage} coverage
 */
export async function tellFigures(desk, coverage) {
  const { state, turn } = desk;
  tell(desk, coverage, { usual: null, today: null });
  const others = [state.when === FIRST.when ? null : { ...state, when: FIRST.when }, assumed(state) ? { ...state, ...AS_IT_IS } : null];
  if (others.some(Boolean)) {
    const [usual, today] = await Promise.all(others.map((other) => other && api.coverage(other).catch(() => null)));
    if (turn !== desk.turn) return;
    tell(desk, coverage, { usual, today });
    return announce(desk, coverage, today);
  }
  announce(desk, coverage, null);
}

/**
 * @param {Desk} desk
 * @param {Api.Coverage} coverage
 * @param {Others} others
 */
function tell(desk, coverage, { usual, today }) {
  const { state, workspace } = desk;
  const hour = state.when === FIRST.when ? null : hourNote(state, shutAt(desk.ground, whenOf(state.when)), coverage.answer, usual?.answer ?? null);
  const against = today ? againstToday(coverage.answer, today.answer, state.lang) : "";
  const bar = document.getElementById("against-today");
  if (bar) bar.textContent = against; // where the answer stands behind a compound's card, the bar above says it
  answer(workspace, state, coverage, (unit) => desk.choose({ unit }), { hour, against });
}

/**
 * @param {Desk} desk
 * @param {Api.Coverage} coverage
 * @param {Api.Coverage | null} today
 */
function announce({ state, workspace, base }, coverage, today) {
  const against = today ? againstToday(coverage.answer, today.answer, state.lang) : "";
  const parts = [asIfSentence(base, state, state.lang), spoken(workspace, state, coverage.answer), against];
  at("live").textContent = parts.filter(Boolean).join(" ");
}
