/** The compounds that are not covered, heaviest first, as a real table linked with the map. */
import { at, fill, h, keepFocus } from "./dom.js";
import { sayWhen } from "../hours/tell.js";
import { either, nameOf, say, sayCode } from "../say/say.js";
import { metres, minutes, reach as sayReach, whole } from "../say/number.js";
import { assumed } from "../state/as_if.js";
import { whenAt } from "../state/when.js";
import { reachOf } from "../state/within.js";
import { csv } from "./csv.js";

/** @typedef {import("../state/url.js").State} State */

/**
 * @param {State} state
 * @param {Api.Coverage} coverage
 * @param {string} group  whose people are counted, "" for everyone
 * @param {{choose: (unit: string) => void, hover: (unit: string | null) => void}} act
 */
export function list(state, coverage, group, act) {
  const { lang } = state;
  const all = (coverage.answer.tables.units ?? []).filter(({ people }) => people > 0);
  const missed = all.filter(({ people_gap, people_unknown }) => people_gap > 0 || people_unknown > 0);
  const places = new Map(coverage.features.facilities.features.map(({ id, properties }) => [String(id), properties]));
  const nearest = (/** @type {Api.Properties} */ unit) => nameOf(places.get(unit.nearest_id) ?? null, lang) || unit.nearest_name || "—";
  const panel = at("list");
  const gaps = missed.some(({ people_gap }) => people_gap > 0);
  const title = gaps || missed.length === 0 ? (coverage.houses ? "table_houses" : "table") : "table_unknown";
  const titles = { unit: say(lang, coverage.houses ? "col_house" : "col_unit"), people: group || say(lang, "col_people") };
  const reach = sayReach(reachOf(state.within), lang);
  const rest = all.length - missed.length;
  keepFocus(panel, () =>
    fill(
      panel,
      h(
        "div",
        { class: "list-head" },
        h("h2", { id: "list-title", class: "label" }, say(lang, title), assumed(state) && h("span", { class: "badge as-if-badge" }, say(lang, "as_if"))),
        missed.length > 0 &&
          h(
            "button",
            { type: "button", class: "tool small", "data-key": "csv", onclick: () => save(missed, coverage.answer, titles, lang) },
            say(lang, "export"),
          ),
      ),
      missed.length === 0
        ? h("p", { class: "note" }, say(lang, "all_covered", { count: all.length, reach }))
        : h(
            "div",
            { class: "table-box" },
            table(missed, state, titles, nearest, act),
            rest > 0 && h("p", { class: "note" }, say(lang, "rest_covered", { count: rest })),
          ),
    ),
  );
  mark(state.unit);
}

/**
 * @param {Api.Properties[]} units
 * @param {State} state
 * @param {{unit: string, people: string}} titles
 * @param {(unit: Api.Properties) => string} nearest
 * @param {{choose: (unit: string) => void, hover: (unit: string | null) => void}} act
 */
function table(units, { lang }, titles, nearest, act) {
  const has = { gap: units.some(({ people_gap }) => people_gap > 0), unknown: units.some(({ people_unknown }) => people_unknown > 0) };
  const head = [
    ["col_unit", "", titles.unit],
    ["col_people", "number", titles.people],
    ...(has.gap ? [["col_gap", "number"]] : []),
    ...(has.unknown ? [["col_unknown", "number"]] : []),
    ["col_nearest", ""],
    ["col_walk", "number"],
    ...(has.gap ? [["col_beyond", "number"]] : []),
    ["col_reason", ""],
  ];
  return h(
    "table",
    { class: "units", "aria-labelledby": "list-title" },
    h(
      "thead",
      {},
      h(
        "tr",
        {},
        head.map(([word, kind, title]) =>
          h("th", { scope: "col", class: `${kind} ${word}` }, title ?? say(lang, /** @type {import("../say/words.js").Word} */ (word))),
        ),
      ),
    ),
    h(
      "tbody",
      {},
      units.map((unit) => row(unit, lang, has, nearest(unit), act)),
    ),
  );
}

/**
 * @param {Api.Properties} unit
 * @param {Api.Lang} lang
 * @param {{gap: boolean, unknown: boolean}} has  which columns there are
 * @param {string} nearest
 * @param {{choose: (unit: string) => void, hover: (unit: string | null) => void}} act
 */
function row(unit, lang, has, nearest, act) {
  const time = unit.walk_min ? h("span", { class: "walk-time" }, ` · ${minutes(unit.walk_min, lang)}`) : null;
  const cell = (/** @type {string} */ text, /** @type {string} */ kind) => h("td", { class: kind }, text);
  return h(
    "tr",
    {
      "data-unit": unit.id,
      onmouseenter: () => act.hover(unit.id),
      onmouseleave: () => act.hover(null),
      onclick: () => act.choose(unit.id),
    },
    h(
      "th",
      { scope: "row" },
      h(
        "button",
        {
          type: "button",
          class: "unit-name",
          "data-key": `unit-${unit.id}`,
          onfocus: () => act.hover(unit.id),
          onblur: () => act.hover(null),
        },
        nameOf(unit, lang) || `${say(lang, "unnamed")} ${unit.id}`,
      ),
    ),
    cell(whole(unit.people), "number col_people"),
    has.gap && cell(unit.people_gap > 0 ? whole(unit.people_gap) : "—", "number col_gap"),
    has.unknown && cell(unit.people_unknown > 0 ? whole(unit.people_unknown) : "—", "number"),
    cell(nearest, "col_nearest"),
    h("td", { class: "number col_walk" }, metres(unit.walk_m, lang), time),
    has.gap && cell(unit.beyond_m ? `+${metres(unit.beyond_m, lang)}` : "—", "number strong"),
    cell(sayCode(lang, "reason_", unit.reason), "col_reason"),
  );
}

/**
 * Mark the row of the compound chosen and bring it into sight.
 * @param {string | null} unit
 */
export function mark(unit) {
  for (const row of at("list").querySelectorAll("tr[data-unit]")) {
    const chosen = row instanceof HTMLElement && row.dataset.unit === unit;
    if (chosen) row.setAttribute("aria-current", "true");
    else row.removeAttribute("aria-current");
    if (chosen) scrollTo(row);
  }
}

/**
 * Mark the row under the pointer on the map.
 * @param {string | null} unit
 */
export function point(unit) {
  for (const row of at("list").querySelectorAll("tr[data-unit]"))
    row.classList.toggle("pointed", row instanceof HTMLElement && row.dataset.unit === unit);
}

/** Scroll the row's own box, never the page. @param {HTMLElement} row */
function scrollTo(row) {
  const box = row.closest(".table-box");
  if (!(box instanceof HTMLElement)) return;
  const head = box.querySelector("thead")?.clientHeight ?? 0;
  if (row.offsetTop - head < box.scrollTop) box.scrollTop = row.offsetTop - head;
  if (row.offsetTop + row.offsetHeight > box.scrollTop + box.clientHeight)
    box.scrollTop = row.offsetTop + row.offsetHeight - box.clientHeight;
}

/**
 * @param {Api.Properties[]} units
 * @param {Api.Answer} answer
 * @param {{unit: string, people: string}} titles
 * @param {Api.Lang} lang
 */
function save(units, answer, titles, lang) {
  const words = {
    id: "id",
    name: titles.unit,
    people: titles.people,
    people_gap: say(lang, "col_gap"),
    people_unknown: say(lang, "col_unknown"),
    nearest_name: say(lang, "col_nearest"),
    walk_m: `${say(lang, "col_walk")} m`,
    beyond_m: `${say(lang, "col_beyond")} m`,
    reason: say(lang, "col_reason"),
    about: say(lang, "col_about"),
    run: say(lang, "col_run"),
  };
  const sketchy = answer.made_of.some(({ accuracy }) => accuracy === "sketch");
  const estimated = answer.caveats.some(({ key }) => key === "residents_estimated");
  const scenario = answer.caveats.find(({ key }) => key === "scenario");
  const about = [
    scenario ? either(scenario, lang) : "",
    sketchy ? say(lang, "sketch") : "",
    estimated ? say(lang, "estimated") : "",
    say(lang, "hour_of", { when: sayWhen(whenAt(answer.params), lang) }),
    ...new Set(answer.made_of.map(({ attribution }) => attribution).filter(Boolean)),
  ]
    .filter(Boolean)
    .join(lang === "zh" ? "；" : "; ");
  const rows = units.map((unit) => ({
    ...unit,
    name: nameOf(unit, lang),
    reason: sayCode(lang, "reason_", unit.reason),
    about,
    run: answer.run_id,
  }));
  const { kind, within, people } = answer.params;
  const link = h("a", {
    href: URL.createObjectURL(new Blob([csv(words, rows)], { type: "text/csv" })),
    download: `wanli-geo ${kind} ${within} ${people} ${answer.run_id}.csv`,
  });
  link.click();
  URL.revokeObjectURL(link.href);
}
