/** The answer to the question: one large figure, and what explains it. */
import { coverageAt } from "../api.js";
import { saveAs } from "./save_as.js";
import { at, fill, h, keepFocus } from "./dom.js";
import { either, nameOf, one, say } from "../say/say.js";
import { people as sayPeople, percent, reach as sayReach, whole } from "../say/number.js";
import { sayWhen } from "../hours/tell.js";
import { FIRST } from "../state/url.js";
import { reachOf } from "../state/within.js";

/** @typedef {import("../state/url.js").State} State */

/**
 * The sentence that the figure answers.
 * @param {Api.Workspace} workspace
 * @param {State} state
 */
export function headline({ kinds, people }, { kind, within, people: group, when, lang }) {
  const asked = kinds.find(({ code }) => code === kind);
  const whom = people.find(({ code }) => code === group);
  const who =
    group === "all" || !whom ? say(lang, "residents") : say(lang, "residents_of", { group: either(whom, lang) }).replace(/^(?=[0-9])/, " ");
  const what = asked ? (lang === "zh" ? asked.zh : one(asked.en)) : kind;
  const asked_of = say(lang, "headline", { reach: sayReach(reachOf(within), lang), kind: what, who });
  return when === FIRST.when ? asked_of : say(lang, "headline_at", { when: sayWhen(when, lang), headline: asked_of });
}

/**
 * @param {Api.Workspace} workspace
 * @param {State} state
 * @param {Api.Coverage} coverage
 * @param {(unit: string) => void} choose
 * @param {{hour: Node | null, against: string}} beside  what the hour changes; what the gates assumed change against today, "" where none are
 */
export function answer(workspace, state, coverage, choose, { hour, against }) {
  const { lang } = state;
  const facts = numbers(coverage.answer);
  const total = facts.people_total ?? 0;
  const panel = at("answer");
  panel.removeAttribute("aria-busy");
  keepFocus(panel, () =>
    fill(
      panel,
      h("h2", { id: "answer-title", class: "label" }, headline(workspace, state)),
      figure(facts, total, isEstimated(coverage.answer), lang),
      against !== "" && h("p", { class: "against-today" }, against),
      stack(facts, total, lang),
      rows(facts, coverage, workspace, state),
      surveyNote(workspace, state),
      hour,
      saveAs("coverage", lang, (written) => coverageAt(state, written)),
      h("p", { class: "note hint" }, say(lang, "bands_hint")),
      worst(coverage, lang, choose),
      notes(workspace, coverage.answer, lang, state.when),
    ),
  );
}

/**
 * The share covered. Where some people are unknown it is the least it can be; where all are, it is not known.
 * @param {Record<string, number | null>} facts
 * @param {number} total
 * @param {boolean} estimated  are the residents no statistics?
 * @param {Api.Lang} lang
 */
function figure(facts, total, estimated, lang) {
  const badge = estimated && h("span", { class: "badge" }, say(lang, "estimated"));
  if (total === 0) return h("p", { class: "figure" }, h("strong", {}, "—"), h("span", { class: "figure-people" }, say(lang, "nobody")));
  if (facts.people_unknown === total) {
    const people = `· ${sayPeople(total, lang)}`;
    return h("p", { class: "figure" }, h("strong", {}, say(lang, "unknown")), h("span", { class: "figure-people" }, people), badge);
  }
  return h(
    "p",
    { class: "figure" },
    (facts.people_unknown ?? 0) > 0 && h("span", {}, say(lang, "at_least")),
    h("strong", {}, percent(facts.share_covered)),
    h("span", {}, "%"),
    h("span", { class: "figure-people" }, `· ${sayPeople(facts.people_covered, lang)}`),
    badge,
  );
}

/** @param {Api.Answer} answer */
function isEstimated({ caveats }) {
  return caveats.some(({ key }) => key === "residents_estimated");
}

/**
 * The answer read out.
 * @param {Api.Workspace} workspace
 * @param {State} state
 * @param {Api.Answer} answer
 */
export function spoken(workspace, state, answer) {
  const facts = numbers(answer);
  const { lang } = state;
  return say(lang, "announce", {
    headline: headline(workspace, state),
    share: `${(facts.people_unknown ?? 0) > 0 ? `${say(lang, "at_least")} ` : ""}${percent(facts.share_covered)}`,
    people: sayPeople(facts.people_covered, lang),
    gap: sayPeople(facts.people_gap, lang),
    unknown: sayPeople(facts.people_unknown, lang),
  });
}

/**
 * The facts that are numbers, by key.
 * @param {Api.Answer} answer
 * @returns {Record<string, number | null>}
 */
export function numbers({ facts }) {
  return Object.fromEntries(Object.entries(facts).map(([key, { value }]) => [key, typeof value === "number" ? value : null]));
}

/**
 * @param {Record<string, number | null>} facts
 * @param {number} total
 * @param {Api.Lang} lang
 */
function stack(facts, total, lang) {
  const parts = /** @type {const} */ (["covered", "gap", "unknown"]);
  const count = (/** @type {string} */ part) => facts[`people_${part}`] ?? 0;
  const told = Object.fromEntries(parts.map((part) => [part, sayPeople(count(part), lang)]));
  return h(
    "div",
    { class: "stack", role: "img", "aria-label": say(lang, "bar", told) },
    parts.map((part) => {
      const share = total > 0 ? count(part) / total : part === "unknown" ? 1 : 0;
      const piece = h("span", { class: `piece ${part}` });
      piece.style.flexGrow = String(share);
      piece.hidden = share === 0;
      return piece;
    }),
  );
}

/**
 * @param {Record<string, number | null>} facts
 * @param {Api.Coverage} coverage
 * @param {Api.Workspace} workspace
 * @param {State} state
 */
function rows(facts, { houses }, { kinds }, { kind, lang }) {
  const asked = kinds.find(({ code }) => code === kind);
  const gap = say(lang, houses ? "of_units" : "of_units_compounds", {
    people: sayPeople(facts.people_gap, lang),
    count: whole(facts.units_gap ?? 0),
  });
  const row = (/** @type {string} */ mark, /** @type {string} */ name, /** @type {string} */ note, /** @type {string} */ value, glyph = "") =>
    h(
      "div",
      { class: "fact" },
      h("dt", {}, h("span", { class: `swatch ${mark}`, "aria-hidden": "true" }, glyph), name, note && h("small", {}, note)),
      h("dd", {}, value),
    );
  return h(
    "dl",
    { class: "facts" },
    row("gap-2", say(lang, "gap"), "", gap),
    row(
      "unknown",
      say(lang, "unknown"),
      say(lang, asked?.survey === "complete" ? "unknown_note" : "survey_partial_note"),
      sayPeople(facts.people_unknown, lang),
    ),
    facts.people_circle_only === null || facts.people_circle_only === undefined
      ? null
      : row("circle", say(lang, "circle_only"), say(lang, "circle_only_note"), sayPeople(facts.people_circle_only, lang)),
    row(
      "service",
      say(lang, "facilities_used"),
      (facts.facilities_not_counted ?? 0) > 0 ? say(lang, "planned_count", { count: whole(facts.facilities_not_counted ?? 0) }) : "",
      say(lang, "places", { count: whole(facts.facilities_used ?? 0) }),
      asked?.glyph,
    ),
  );
}

/**
 * Why a kind that is not fully surveyed gives unknown.
 * @param {Api.Workspace} workspace
 * @param {State} state
 */
function surveyNote({ kinds }, { kind, lang }) {
  const asked = kinds.find(({ code }) => code === kind);
  if (!asked || asked.survey === "complete") return null;
  return h(
    "p",
    { class: "note survey" },
    say(lang, asked.survey === "partial" ? "survey_why_partial" : "survey_why_none", { kind: either(asked, lang) }),
  );
}

/**
 * The units where most people are missed, as bars.
 * @param {Api.Coverage} coverage
 * @param {Api.Lang} lang
 * @param {(unit: string) => void} choose
 */
function worst({ answer }, lang, choose) {
  const units = [...(answer.tables.units ?? [])]
    .filter(({ people_gap }) => people_gap > 0)
    .sort((a, b) => b.people_gap - a.people_gap)
    .slice(0, 5);
  if (units.length < 2) return null;
  return h(
    "div",
    { class: "worst" },
    h("h3", { class: "label" }, say(lang, "worst")),
    h(
      "ul",
      {},
      units.map((unit) => {
        const bar = h("span", { class: "worst-bar", "aria-hidden": "true" });
        bar.style.width = `${(unit.people_gap / units[0].people_gap) * 100}%`;
        return h(
          "li",
          {},
          h(
            "button",
            { type: "button", class: "worst-unit", "data-key": `worst-${unit.id}`, onclick: () => choose(unit.id) },
            h("span", { class: "worst-name" }, nameOf(unit, lang) || unit.id),
            h("span", { class: "worst-track" }, bar),
            h("span", { class: "worst-count" }, whole(unit.people_gap)),
          ),
        );
      }),
    ),
  );
}

/**
 * Where the numbers come from and what one must know of them; the word 示意 and the run are always in sight.
 * @param {Api.Workspace} workspace
 * @param {Api.Answer} answer
 * @param {Api.Lang} lang
 * @param {string} [when]  the hour asked for
 */
export function notes(workspace, answer, lang, when) {
  const caveats = answer.caveats;
  const sources = [...new Map(answer.made_of.map((made) => [made.source, made])).values()];
  const sketchy = answer.made_of.some(({ accuracy }) => accuracy === "sketch");
  const walker = answer.params.mode === "time" && workspace.profiles.find(({ code }) => code === answer.params.profile);
  const line = [
    say(lang, "along_streets"),
    when ? say(lang, "hour_of", { when: sayWhen(when, lang) }) : "",
    walker ? say(lang, "walk_pace", { walker: either(walker, lang), speed: walker.m_per_s }) : "",
    workspace.date ? say(lang, "data_of", { date: workspace.date }) : "",
    say(lang, "run", { id: answer.run_id.slice(0, 8) }),
  ];
  return h(
    "div",
    { class: "notes" },
    h("p", {}, sketchy && h("span", { class: "badge" }, say(lang, "sketch")), line.filter(Boolean).join(" · ")),
    h(
      "details",
      {},
      h("summary", {}, say(lang, "notes")),
      h(
        "ul",
        {},
        caveats.map((caveat) => h("li", {}, either(caveat, lang))),
      ),
      h("p", { class: "label" }, say(lang, "sources")),
      h(
        "ul",
        {},
        sources.map(({ source, date, licence, attribution }) =>
          h("li", {}, [source, date, licence, attribution].filter(Boolean).join(" · ")),
        ),
        workspace.attribution.map((text) => h("li", {}, text)),
      ),
      h("p", { class: "run" }, say(lang, "run", { id: answer.run_id })),
    ),
  );
}

/**
 * The place of the answer before it comes: the same room, so that nothing jumps.
 * @param {Api.Workspace | null} workspace
 * @param {State} state
 */
export function waiting(workspace, state) {
  const panel = at("answer");
  panel.setAttribute("aria-busy", "true");
  if (panel.querySelector(".figure")) return;
  fill(
    panel,
    h("h2", { id: "answer-title", class: "label" }, workspace ? headline(workspace, state) : say(state.lang, "loading_map")),
    h("p", { class: "figure" }, h("strong", { class: "ghost" }, "00.0"), h("span", { class: "figure-people" }, say(state.lang, "loading"))),
    h("div", { class: "stack" }),
  );
}

/**
 * The place of the answer where it does not come: the sentence why.
 * @param {{zh: string, en: string}} error
 * @param {{lang: Api.Lang}} state
 * @param {"retry" | "start_over"} way
 * @param {() => void} again
 */
export function failed(error, { lang }, way, again) {
  const panel = at("answer");
  panel.removeAttribute("aria-busy");
  fill(
    panel,
    h("h2", { id: "answer-title", class: "label" }, say(lang, "result")),
    h("p", { class: "failure", role: "alert" }, either(error, lang)),
    h("p", { class: "label" }, lang === "zh" ? error.en : error.zh),
    h("button", { type: "button", class: "button", onclick: again }, say(lang, way)),
  );
}
