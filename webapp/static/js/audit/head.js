/** The audit's one large figure, and what explains it. */
import { auditAt } from "../api.js";
import { saveAs } from "../panel/save_as.js";
import { at, fill, h, keepFocus } from "../panel/dom.js";
import { people, percent, whole } from "../say/number.js";
import { say } from "../say/say.js";
import { stackOf } from "./bars.js";
import { sumOf } from "./model.js";

/**
 * @param {Api.Audit} audit
 * @param {Api.Lang} lang
 */
function figures({ answer }, lang) {
  const { facts, tables } = answer;
  const number = (/** @type {string} */ key) => (typeof facts[key]?.value === "number" ? facts[key].value : 0);
  const sum = sumOf(tables.clauses);
  const total = sum.covered + sum.gap + sum.unknown;
  const of = (/** @type {number} */ part) => percent(total > 0 ? part / total : null);
  const known = sum.covered + sum.gap;
  return {
    sum,
    lang,
    covered: of(sum.covered),
    gap: of(sum.gap),
    unknown: of(sum.unknown),
    most: of(sum.covered + sum.unknown),
    known: known > 0 && sum.unknown > 0 ? percent(sum.covered / known) : null,
    clauses: number("clauses_judged"),
    met: number("clauses_covered"),
    short: number("clauses_gap"),
    blind: number("clauses_unknown"),
    unverified: number("clauses_unverified"),
    must: number("people_gap"),
    residents: number("people_total"),
  };
}

/**
 * @param {Api.Audit} audit
 * @param {import("./url.js").AuditState} state
 */
export function head(audit, state) {
  const { lang } = state;
  const told = figures(audit, lang);
  const { sum } = told;
  const panel = at("answer");
  panel.removeAttribute("aria-busy");
  const blank = sum.covered + sum.gap === 0;
  keepFocus(panel, () =>
    fill(
      panel,
      h(
        "div",
        { class: "head-figure" },
        h("h2", { id: "answer-title", class: "label" }, say(lang, "head_question")),
        h(
          "p",
          { class: "figure" },
          !blank && h("span", {}, say(lang, sum.unknown > 0 ? "at_least" : "head_exactly")),
          h("strong", {}, blank ? say(lang, "unknown") : told.covered),
          !blank && h("span", {}, "%"),
        ),
        h("p", { class: "note" }, say(lang, "head_unit")),
      ),
      h(
        "div",
        { class: "head-bar" },
        stackOf(sum, lang),
        h(
          "p",
          { class: "parts" },
          [/** @type {const} */ ("covered"), /** @type {const} */ ("gap"), /** @type {const} */ ("unknown")].map((part) =>
            h("span", { class: "part" }, h("span", { class: `swatch ${part === "gap" ? "gap-2" : part}`, "aria-hidden": "true" }), `${say(lang, part)} `, h("b", { "data-fact": part }, `${told[part]}%`)),
          ),
        ),
        h("p", { class: "note" }, sum.unknown > 0 && !blank ? [say(lang, "head_most", { share: told.most }), told.known === null ? "" : say(lang, "head_known", { share: told.known })].filter(Boolean).join(lang === "zh" ? "；" : "; ") : ""),
      ),
      h("div", { class: "head-tiles" }, tiles(told), saveAs("audit", lang, (written) => auditAt(state, written))),
    ),
  );
}

/** @param {ReturnType<typeof figures>} told */
function tiles({ lang, clauses, met, short, blind, unverified, must, residents }) {
  const tile = (/** @type {string} */ fact, /** @type {string} */ value, /** @type {string} */ name, look = "") =>
    h("div", { class: `head-tile ${look}` }, h("dd", { "data-fact": fact }, value), h("dt", {}, name));
  return [
    h(
      "div",
      { class: "tile-group" },
      h("p", { class: "label" }, say(lang, "head_clauses", { count: whole(clauses) }), unverified > 0 && h("span", { class: "clause-mark", title: say(lang, "unverified_why") }, say(lang, "unverified_count", { count: whole(unverified) }))),
      h("dl", { class: "tile-row" }, tile("met", whole(met), say(lang, "head_met"), "met"), tile("short", whole(short), say(lang, "head_gap"), "short"), tile("blind", whole(blind), say(lang, "head_unknown"), "blind")),
    ),
    h(
      "div",
      { class: "tile-group" },
      h("p", { class: "label" }, say(lang, "head_must")),
      h("dl", { class: "tile-row" }, tile("must", people(must, lang), residents > 0 ? say(lang, "head_must_of", { share: percent(must / residents) }) : "", must > 0 ? "short" : "met")),
    ),
  ];
}

/**
 * The head read out.
 * @param {Api.Audit} audit
 * @param {Api.Lang} lang
 */
export function headSaid(audit, lang) {
  return say(lang, "head_announce", Object.fromEntries(Object.entries(figures(audit, lang)).filter(([, value]) => typeof value !== "object").map(([key, value]) => [key, String(value)])));
}

/**
 * The place of the figures before they come: the same room, so that nothing jumps.
 * @param {Api.Lang} lang
 */
export function headWaiting(lang) {
  const panel = at("answer");
  panel.setAttribute("aria-busy", "true");
  if (panel.querySelector(".head-tiles")) return;
  fill(
    panel,
    h(
      "div",
      { class: "head-figure" },
      h("h2", { id: "answer-title", class: "label" }, say(lang, "head_question")),
      h("p", { class: "figure" }, h("strong", { class: "ghost" }, "00.0"), h("span", { class: "figure-people" }, say(lang, "audit_loading"))),
    ),
    h("div", { class: "head-bar" }, h("div", { class: "stack" })),
  );
}
