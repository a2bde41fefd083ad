/** The hour that is asked for: named hours, or a day and time of one's own; and what it changes. */
import { DAYS } from "../hours/parse.js";
import { sayWhen } from "../hours/tell.js";
import { people } from "../say/number.js";
import { say } from "../say/say.js";
import { PRESETS, whenOf } from "../state/when.js";
import { h } from "./dom.js";

const CLOCKS = Array.from({ length: 48 }, (_, half) => `${String(half >> 1).padStart(2, "0")}:${half % 2 ? "30" : "00"}`);

/**
 * @param {{when: string, lang: Api.Lang}} state
 * @param {{ask: (change: {when: string}) => void}} act
 */
export function hour({ when, lang }, { ask }) {
  const { day, clock } = whenOf(when);
  const named = PRESETS.some((one) => one.when === when);
  const value = (/** @type {Event} */ { target }) => /** @type {HTMLSelectElement} */ (target).value;
  const option = (/** @type {string} */ code, /** @type {boolean} */ selected, /** @type {string} */ text) => h("option", { value: code, selected }, text);
  const clocks = [...new Set([...CLOCKS, clock])].sort(); // a link may name any minute
  return h(
    "div",
    { class: "row walker hour", role: "group", "aria-label": say(lang, "when") },
    h("label", { for: "when" }, say(lang, "when")),
    h(
      "select",
      { id: "when", "data-key": "when", onchange: (event) => ask({ when: value(event).includes("-") ? value(event) : `${value(event)}-${clock}` }) },
      PRESETS.map((one) => option(one.when, one.when === when, say(lang, one.word))),
      h(
        "optgroup",
        { label: say(lang, "when_own_day") },
        DAYS.map((one) => option(one, !named && one === day, say(lang, `day_${one}`))),
      ),
    ),
    h(
      "select",
      { id: "when-time", "data-key": "when-time", "aria-label": say(lang, "when_own_time"), onchange: (event) => ask({ when: `${day}-${value(event)}` }) },
      clocks.map((one) => option(one, one === clock, one)),
    ),
  );
}

/**
 * What the hour changes: the gates and ways that are shut, and how many fewer or more are covered than at the usual hour.
 * @param {import("../state/url.js").State} state
 * @param {{gates: number, of: number, streets: number}} shut
 * @param {Api.Answer} now
 * @param {Api.Answer | null} usual  null while it is being asked
 */
export function hourNote({ when, lang }, { gates, of, streets }, now, usual) {
  const shut = say(lang, "hour_shut", { when: sayWhen(when, lang), gates, of });
  const ways = streets > 0 ? say(lang, "hour_shut_streets", { streets }) : "";
  const stop = lang === "zh" ? "。" : ". ";
  const told = `${shut}${ways}${stop}${usual ? difference(now, usual, lang) : ""}`;
  return h("p", { class: "note hour-note" }, told[0].toUpperCase() + told.slice(1));
}

/**
 * @param {Api.Answer} now
 * @param {Api.Answer} usual
 * @param {Api.Lang} lang
 */
function difference(now, usual, lang) {
  const [covered, before] = [now, usual].map(({ facts }) => facts.people_covered?.value);
  if (typeof covered !== "number" || typeof before !== "number") return "";
  const more = Math.round(covered) - Math.round(before);
  const words = { base: say(lang, "hour_base"), people: people(Math.abs(more), lang) };
  return say(lang, more === 0 ? "hour_same" : more < 0 ? "hour_fewer" : "hour_more", words);
}
