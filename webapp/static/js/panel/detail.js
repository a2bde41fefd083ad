/** What was chosen on the map: a compound with its walk, or a place with its walk bands. */
import { at, fill, h, keepFocus } from "./dom.js";
import { either, nameOf, say, sayCode } from "../say/say.js";
import { metres, minutes, people } from "../say/number.js";
import { sayWhen } from "../hours/tell.js";
import { shortName } from "../say/short.js";

/**
 * @param {Api.Lang} lang
 * @param {string} title
 * @param {() => void} close
 * @param {...(Node | null)} content
 */
function show(lang, title, close, ...content) {
  const panel = at("detail");
  panel.hidden = false;
  keepFocus(panel, () =>
    fill(
      panel,
      h(
        "div",
        { class: "detail-head" },
        h("h2", { class: "detail-title", id: "detail-title" }, title),
        h("button", { type: "button", class: "close", "data-key": "close", "aria-label": say(lang, "close"), onclick: close }, "×"),
      ),
      ...content,
    ),
  );
}

export function hideDetail() {
  at("detail").hidden = true;
  fill(at("detail"));
}

/**
 * @param {Api.Properties} unit
 * @param {Api.Kind} kind
 * @param {Api.Walk | {zh: string, en: string} | null} walk  null while it is being asked; a sentence where there is none
 * @param {Api.Lang} lang
 * @param {{close: () => void, bands: () => void, called: (name: string) => string, group: string, more: () => (Node | null)[]}} act
 *   `called`: a facility's name as the reader reads it; `group`: whose people are counted, "" for everyone; `more`: the steps and gates
 */
export function unitDetail(unit, kind, walk, lang, { close, bands, called, group, more }) {
  const status = h("span", { class: `badge ${unit.status}` }, sayCode(lang, "status_", unit.status));
  const reason = unit.reason && unit.people_gap + unit.people_unknown > 0 ? ` · ${sayCode(lang, "reason_", unit.reason)}` : "";
  const split = {
    covered: people(unit.people_covered, lang),
    gap: people(unit.people_gap, lang),
    unknown: people(unit.people_unknown, lang),
  };
  // The reason is that of the people not covered: beside “covered” it stands with their number.
  const ofMost = unit.status === "covered" ? "" : reason;
  const mixed = [unit.people_covered, unit.people_gap, unit.people_unknown].filter((count) => count > 0).length > 1;
  show(
    lang,
    nameOf(unit, lang) || `${say(lang, "unnamed")} ${unit.id}`,
    close,
    h("p", { class: "detail-line" }, status, h("span", {}, `${say(lang, group ? "unit_people_of" : "unit_people", { people: people(unit.people, lang), group })}${ofMost}`)),
    mixed ? h("p", { class: "note" }, `${say(lang, "unit_split", split)}${ofMost ? "" : reason}`) : null,
    h("h3", { class: "label" }, say(lang, "walk_to", { kind: shortName(kind, lang) })),
    walked(walk, unit, lang, called),
    ...more(),
    h("button", { type: "button", class: "button small", onclick: bands }, say(lang, "bands_here")),
  );
}

/**
 * The walk of one house, and what it is for all of them: the list tells their mean.
 * @param {Api.Walk | {zh: string, en: string} | null} walk
 * @param {Api.Properties} unit
 * @param {Api.Lang} lang
 * @param {(name: string) => string} called
 */
function walked(walk, unit, lang, called) {
  if (walk === null) return h("p", { class: "detail-walk ghost" }, say(lang, "loading"));
  if (!("answer" in walk)) return h("p", { class: "note" }, either(walk, lang));
  const fact = (/** @type {string} */ key) => walk.answer.facts[key]?.value ?? null;
  const [length, time, name] = [fact("walk_m"), fact("walk_min"), fact("nearest_name")];
  const mean = typeof length === "number" && typeof unit.walk_m === "number" && Math.round(length) !== Math.round(unit.walk_m);
  return h(
    "p",
    { class: "detail-walk" },
    h("strong", {}, metres(typeof length === "number" ? length : null, lang)),
    h("span", {}, minutes(typeof time === "number" ? time : null, lang)),
    h("span", { class: "detail-to" }, typeof name === "string" ? `→ ${called(name)}` : ""),
    mean &&
      h(
        "small",
        { class: "note" },
        `${say(lang, "walk_from")}${lang === "zh" ? "；" : "; "}${say(lang, unit.people_gap > 0 ? "walk_mean_gap" : "walk_mean", { metres: metres(unit.walk_m, lang), minutes: minutes(unit.walk_min, lang), people: people(unit.people_gap, lang) })}`,
      ),
  );
}

/**
 * @param {Api.Isochrone | {zh: string, en: string} | null} bands
 * @param {Api.Lang} lang
 * @param {string} walker
 * @param {string} when
 * @param {() => void} close
 */
export function bandsDetail(bands, lang, walker, when, close) {
  const content =
    bands === null
      ? h("p", { class: "detail-walk ghost" }, say(lang, "loading"))
      : "answer" in bands
        ? h("div", {}, h("dl", { class: "bands" }, rows(bands, lang)), h("p", { class: "note" }, say(lang, "bands_sum")))
        : h("p", { class: "note" }, either(bands, lang));
  show(lang, say(lang, "bands_title"), close, h("p", { class: "note" }, [sayWhen(when, lang), walker].filter(Boolean).join(" · ")), content);
}

/**
 * @param {Api.Isochrone} bands
 * @param {Api.Lang} lang
 */
function rows({ answer, features }, lang) {
  return features.bands.features
    .map(({ properties }) => properties?.minutes)
    .sort((a, b) => a - b)
    .map((time) => {
      const count = answer.facts[`people_${time}min`]?.value;
      return h(
        "div",
        { class: "band-row" },
        h(
          "dt",
          {},
          h("span", { class: `swatch band-${time}`, "aria-hidden": "true" }),
          say(lang, "band_row", { minutes: minutes(time, lang) }),
        ),
        h("dd", {}, people(typeof count === "number" ? count : null, lang)),
      );
    });
}
