/** The question: which service, how far, for whom. */
import { at, fill, h, keepFocus } from "./dom.js";
import { either, say, sayCode } from "../say/say.js";
import { shortName } from "../say/short.js";
import { reach as sayReach } from "../say/number.js";
import { inMode, reachOf, STEPS } from "../state/within.js";
import { hour } from "./hour.js";
import { coverageLegend } from "./legend.js";

/** @typedef {import("../state/url.js").State} State */

/**
 * @param {Api.Workspace} workspace
 * @param {State} state
 * @param {Api.CoverageLegend | null} legend
 * @param {{ask: (change: Partial<State>) => void, more: () => void}} act
 */
export function question(workspace, state, legend, act) {
  const { lang } = state;
  const panel = at("question");
  panel.hidden = state.theme !== "orange";
  if (panel.hidden) return fill(panel);
  keepFocus(panel, () =>
    fill(
      panel,
      h("h2", { id: "question-title", class: "label" }, say(lang, "question")),
      services(workspace, state, act),
      distances(state, act),
      people(workspace, state, act),
      reachOf(state.within).mode === "time" ? walkers(workspace, state, act) : null,
      hour(state, act),
      legend ? coverageLegend(legend, state.lang) : null,
    ),
  );
}

/**
 * @param {Api.Workspace} workspace
 * @param {State} state
 * @param {{ask: (change: Partial<State>) => void, more: () => void}} act
 */
function services({ kinds }, { kind, lang }, { ask, more }) {
  const first = kinds.filter((one) => one.first_page || one.code === kind);
  const others = kinds.length - first.length;
  return h(
    "div",
    { class: "chips", role: "group", "aria-label": say(lang, "service") },
    first.map((one) =>
      chip(shortName(one, lang), one.code === kind, () => ask({ kind: one.code, unit: null, step: null }), {
        "data-key": one.code,
        title: `${either(one, lang)} · ${sayCode(lang, "survey_", one.survey)}`,
        class: one.survey === "complete" ? "chip" : "chip unsure",
      }),
    ),
    others > 0 &&
      h(
        "button",
        { type: "button", class: "chip more-chip", "data-key": "more", "aria-haspopup": "dialog", onclick: more },
        say(lang, "more", { count: others }),
      ),
  );
}

/**
 * @param {State} state
 * @param {{ask: (change: Partial<State>) => void}} act
 */
function distances({ within, lang }, { ask }) {
  const { mode } = reachOf(within);
  const modes = /** @type {const} */ (["distance", "time"]);
  const own = /** @type {readonly string[]} */ (STEPS[mode]).includes(within) ? STEPS[mode] : [...STEPS[mode], within];
  return h(
    "div",
    { class: "row", role: "group", "aria-label": say(lang, "how_far") },
    h(
      "div",
      { class: "segments" },
      own.map((step) =>
        chip(String(reachOf(step).amount), step === within, () => ask({ within: step }), {
          class: "segment",
          "data-key": step,
          "aria-label": sayReach(reachOf(step), lang),
        }),
      ),
    ),
    h(
      "div",
      { class: "segments unit" },
      modes.map((one) =>
        chip(
          say(lang, one === "time" ? "by_time" : "by_distance"),
          one === mode,
          () => ask({ within: inMode(within, one), ...(one === "distance" ? { profile: "adult" } : {}) }),
          { class: "segment", "data-key": one },
        ),
      ),
    ),
  );
}

/**
 * @param {Api.Workspace} workspace
 * @param {State} state
 * @param {{ask: (change: Partial<State>) => void}} act
 */
function people({ people: groups }, { people: chosen, lang }, { ask }) {
  return h(
    "div",
    { class: "chips people", role: "group", "aria-label": say(lang, "who") },
    groups.map((one) =>
      chip(either(one, lang), one.code === chosen, () => ask({ people: one.code }), { "data-key": `people-${one.code}` }),
    ),
  );
}

/**
 * @param {Api.Workspace} workspace
 * @param {State} state
 * @param {{ask: (change: Partial<State>) => void}} act
 */
function walkers({ profiles }, { profile, lang }, { ask }) {
  const select = h(
    "select",
    { id: "walker", "data-key": "walker", onchange: (event) => ask({ profile: /** @type {HTMLSelectElement} */ (event.target).value }) },
    profiles.map((one) =>
      h(
        "option",
        { value: one.code, selected: one.code === profile },
        `${either(one, lang)} · ${say(lang, "speed", { speed: one.m_per_s })}`,
      ),
    ),
  );
  return h("div", { class: "row walker" }, h("label", { for: "walker" }, say(lang, "walker")), select);
}

/**
 * @param {string} text
 * @param {boolean} pressed
 * @param {() => void} press
 * @param {Record<string, string>} [more]
 */
function chip(text, pressed, press, more = {}) {
  return h("button", { type: "button", class: "chip", "aria-pressed": String(pressed), onclick: press, ...more }, text);
}
