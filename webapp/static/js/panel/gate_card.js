/** What is known of one gate: whose it is, how it is now, its hours. */
import { sayHours, sayWhen } from "../hours/tell.js";
import { gateState } from "../hours/shut.js";
import { nameOf, say } from "../say/say.js";
import { offered } from "../state/as_if.js";
import { whenOf } from "../state/when.js";
import { h } from "./dom.js";
import { gateMark } from "./legend.js";

/**
 * @param {Api.Properties | null} gate
 * @param {Api.Lang} lang
 */
export function gateName(gate, lang) {
  return nameOf(gate, lang) || say(lang, "gate_unnamed");
}

/**
 * @param {Api.Feature} gate
 * @param {Api.Feature[]} own  all gates of its compound
 * @param {string} when
 * @param {Api.Lang} lang
 * @param {(what: "open" | "close" | null) => void} assume  take it as open all day, as shut, or with null as it is
 */
export function gateCard(gate, own, when, lang, assume) {
  const { properties } = gate;
  const { what, today } = properties?.as_if ?? {};
  const hour = whenOf(when);
  const colon = lang === "zh" ? "：" : ": ";
  const state = gateState(properties, hour);
  const allShut = own.every((one) => gateState(one.properties, hour) === "closed");
  const more = [
    properties?.kind === "vehicle" ? say(lang, "gate_vehicle") : properties?.kind === "pedestrian" ? say(lang, "gate_pedestrian") : "",
    properties?.step_free === true ? say(lang, "gate_step_free") : properties?.step_free === false ? say(lang, "gate_steps") : "",
    state === "closed" && properties?.residents_only ? say(lang, "gate_then_residents") : "",
  ];
  return h(
    "div",
    { class: "gate-card" },
    h("p", { class: "gate-title" }, gateName(properties, lang)),
    what
      ? h("p", { class: "gate-now" }, gateMark(state, true), say(lang, `as_if_now_${/** @type {"open" | "close"} */ (what)}`))
      : h("p", { class: "gate-now" }, gateMark(state), `${sayWhen(when, lang)}${colon}${say(lang, `gate_${state}`)}`),
    h("p", {}, `${say(lang, what ? "as_if_today" : "gate_hours")}${colon}${sayHours((today ?? properties)?.open_hours, lang)}`),
    h("p", { class: "note" }, more.filter(Boolean).join(" · ")),
    allShut ? h("p", { class: "note" }, say(lang, "gate_all_shut")) : null,
    offered(gate, state === "closed", own).map((one, i) => question(one, `assume-${i}`, lang, assume)),
  );
}

/**
 * @param {"open" | "close" | null} what
 * @param {string} key
 * @param {Api.Lang} lang
 * @param {(what: "open" | "close" | null) => void} assume
 */
function question(what, key, lang, assume) {
  const onclick = (/** @type {Event} */ event) => {
    event.stopPropagation(); // the card is written anew: the map would take the button, then in no card, for a place of its own
    assume(what);
  };
  return h("button", { type: "button", class: "button small gate-assume", "data-key": key, onclick }, say(lang, what === null ? "as_if_undo" : `as_if_try_${what}`));
}

/**
 * @param {Api.Feature} gate
 * @param {import("../hours/shut.js").GateState} state
 * @param {Api.Lang} lang
 */
function rowText({ properties }, state, lang) {
  const { what, today } = properties?.as_if ?? {};
  if (!what) return `${say(lang, `gate_short_${state}`)} · ${sayHours(properties?.open_hours, lang)}`;
  const hours = `${say(lang, "as_if_today")}${lang === "zh" ? "：" : ": "}${sayHours(today?.open_hours, lang)}`;
  return `${say(lang, `as_if_now_${/** @type {"open" | "close"} */ (what)}`)} · ${hours}`;
}

/**
 * The gates of a compound as a list that tells what the map shows.
 * @param {Api.Feature[]} own
 * @param {string} when
 * @param {Api.Lang} lang
 * @param {(id: string) => void} choose
 */
export function gateList(own, when, lang, choose) {
  if (own.length === 0) return null;
  const row = (/** @type {Api.Feature} */ gate) => {
    const state = gateState(gate.properties, whenOf(when));
    return h(
      "li",
      {},
      h(
        "button",
        { type: "button", class: "gate-row", "data-key": `gate-${gate.id}`, onclick: () => choose(String(gate.id)) },
        gateMark(state, Boolean(gate.properties?.as_if)),
        h("span", { class: "gate-name" }, gateName(gate.properties, lang)),
        h("span", { class: "gate-more" }, rowText(gate, state, lang)),
      ),
    );
  };
  return h("div", { class: "gates" }, h("h3", { class: "label" }, say(lang, "gates")), h("ul", {}, own.map(row)));
}
