/** The walk told step by step; each step points at its stretch on the map. */
import { gateName } from "./gate_card.js";
import { metres, minutes } from "../say/number.js";
import { say } from "../say/say.js";
import { h } from "./dom.js";

const ARROWS = /** @type {Record<string, string>} */ ({ left: "←", right: "→", back: "↓", start: "●", gate: "◆", end: "◎" });

/**
 * @typedef {object} Way
 * @property {Api.Properties[]} turns  rows of the answer's table
 * @property {Map<number, {gate: Api.Feature, way: "out" | "in"}[]>} gates  by step, from 0
 */

/**
 * @typedef {object} StepAct
 * @property {(step: number | null) => void} point  one the reader points at, from 0
 * @property {(step: number) => void} choose  from 1, as the address has it
 */

/**
 * @param {Api.Answer} answer
 * @param {Way} way
 * @param {number | null} chosen  from 1
 * @param {Api.Lang} lang
 * @param {StepAct} act
 */
export function steps(answer, { turns, gates }, chosen, lang, { point, choose }) {
  if (turns.length === 0) return null;
  const row = (/** @type {Api.Properties} */ turn, /** @type {number} */ i) =>
    h(
      "li",
      {},
      h(
        "button",
        {
          type: "button",
          class: "step",
          "data-key": `step-${i + 1}`,
          "aria-pressed": String(chosen === i + 1),
          onclick: () => choose(i + 1),
          onmouseenter: () => point(i),
          onmouseleave: () => point(null),
          onfocus: () => point(i),
          onblur: () => point(null),
        },
        h("span", { class: "step-arrow", "aria-hidden": "true" }, ARROWS[turn.turn] ?? "↑"),
        h("span", {}, lang === "zh" ? turn.zh : turn.en, through(gates.get(i) ?? [], lang)),
      ),
    );
  return h("div", { class: "steps" }, h("h3", { class: "label" }, say(lang, "steps")), h("ol", {}, turns.map(row)), total(answer, lang));
}

/**
 * @param {{gate: Api.Feature, way: "out" | "in"}[]} gates
 * @param {Api.Lang} lang
 */
function through(gates, lang) {
  if (gates.length === 0) return null;
  const told = gates.map(({ gate, way }) => say(lang, `step_gate_${way}`, { gate: gateName(gate.properties, lang) }));
  return h("small", { class: "step-gate" }, told.join(lang === "zh" ? "，" : ", "));
}

/**
 * @param {Api.Answer} answer
 * @param {Api.Lang} lang
 */
function total(answer, lang) {
  const [length, time] = [answer.facts.walk_m?.value, answer.facts.walk_min?.value];
  if (typeof length !== "number" || typeof time !== "number") return null;
  const sum = say(lang, "step_total", { metres: metres(length, lang), minutes: minutes(time, lang) });
  return h("p", { class: "step-total" }, h("span", {}, sum), h("small", { class: "note" }, waits(answer, length, time, lang)));
}

/**
 * The waits at crossings: what the time is more than the way at the walker's speed.
 * @param {Api.Answer} answer
 * @param {number} length
 * @param {number} time
 * @param {Api.Lang} lang
 */
function waits({ params }, length, time, lang) {
  if (params.mode !== "time") return say(lang, "step_waits_out");
  const seconds = Math.round(time * 60 - length / params.speed_m_s);
  return seconds > 0 ? say(lang, "step_waits", { seconds }) : say(lang, "step_no_waits");
}

/**
 * What the same walk is at the usual hour, where it is another; nothing where it is the same or cannot be had.
 * @param {Api.Walk} walk
 * @param {Api.Walk | {zh: string} | null} usual
 * @param {Api.Lang} lang
 */
export function byDay(walk, usual, lang) {
  if (!usual || !("answer" in usual)) return null;
  const fact = (/** @type {Api.Walk} */ { answer }, /** @type {string} */ key) => /** @type {number} */ (answer.facts[key]?.value);
  const [now, then] = [fact(walk, "walk_m"), fact(usual, "walk_m")];
  if (Math.round(now) === Math.round(then)) return null;
  const base = say(lang, "hour_base");
  const words = { base: lang === "zh" ? base.trim() : base[0].toUpperCase() + base.slice(1), metres: metres(then, lang), minutes: minutes(fact(usual, "walk_min"), lang) };
  return h("p", { class: "note hour-note" }, say(lang, "walk_by_day", words));
}
