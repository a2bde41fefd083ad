/** What was chosen on the map: a compound with its walk, or a place with its walk bands. */
import { at, fill, h, keepFocus } from "./dom.js";
import { either, nameOf, say, sayCode } from "../say/say.js";
import { minutes, people } from "../say/number.js";
import { walked } from "./walked.js";
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
 * @param {{close: () => void, bands: () => void, called: (name: string) => string, group: string, more: () => (Node | null)[], before?: Api.Walk | null}} act
 *   `called`: a facility's name as the reader reads it; `group`: whose people are counted, "" for everyone; `more`: the steps and gates; `before`: the walk as it is today, where gates are assumed
 */
export function unitDetail(unit, kind, walk, lang, { close, bands, called, group, more, before }) {
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
    walked(walk, before ?? null, unit, lang, called),
    ...more(),
    h("button", { type: "button", class: "button small", onclick: bands }, say(lang, "bands_here")),
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
