/** What is near, as a list that one reads and presses. */
import { sayHours } from "../hours/tell.js";
import { h } from "../panel/dom.js";
import { metres, minutes } from "../say/number.js";
import { either, nameOf } from "../say/name.js";
import { LANG, say } from "./say.js";

/** @typedef {import("./nearby.js").Nearest} Nearest */
/** @typedef {{name: [string, string | null] | null, metres: number}[]} Streets */

/**
 * @param {Nearest[]} near
 * @param {object} how
 * @param {string | null} how.kind  the one that is open
 * @param {(code: string | null) => void} how.choose
 * @param {() => Streets} how.streets  of the one that is open
 * @param {number} how.limit  minutes
 */
export function nearList(near, { kind, choose, streets, limit }) {
  return h("ul", { class: "near" }, near.filter(({ kind: own, place }) => place || own.first_page).map((one) => item(one, one.key === kind, choose, streets, limit)));
}

/**
 * @param {Nearest} one
 * @param {boolean} opened
 * @param {(code: string | null) => void} choose
 * @param {() => Streets} streets
 * @param {number} limit
 */
function item(one, opened, choose, streets, limit) {
  const { key, kind, place, found, open } = one;
  const badge = open === false ? h("span", { class: "near-badge shut" }, say("shut_now")) : open === true ? h("span", { class: "near-badge" }, say("open_now")) : null;
  const head = [
    h("span", { class: "glyph", "aria-hidden": "true" }, kind.glyph),
    h("span", { class: "near-name" }, h("b", {}, either(kind, LANG)), badge, h("span", { class: "near-place" }, place ? nameOf(place, LANG) : none(one, limit))),
    place && found
      ? h("span", { class: "near-time" }, h("b", {}, minutes(one.minutes, LANG)), h("small", {}, metres(found.metres, LANG)))
      : h("span", { class: "near-time" }, place ? say("beyond", { minutes: limit }) : "—"),
  ];
  if (!place) return h("li", { class: "near-item" }, h("div", { class: "near-head" }, head));
  return h(
    "li",
    { class: `near-item ${opened ? "is-open" : ""}` },
    h("button", { type: "button", class: "near-head", "aria-expanded": String(opened), "data-key": key, onclick: () => choose(opened ? null : key) }, head),
    opened && details(one, streets()),
  );
}

/** @param {Nearest} one @param {number} limit */
function none({ unsure }, limit) {
  return say(unsure ? "none_known" : "none_within", { minutes: limit });
}

/**
 * @param {Nearest} one
 * @param {Streets} streets
 */
function details({ place, kind, unsure }, streets) {
  if (!place) return null;
  const rows = [
    [say("address"), place.address],
    [say("hours"), sayHours(place.open_hours, LANG)],
    [say("door"), place.step_free === true ? say("step_free") : place.step_free === false ? say("steps") : say("not_known")],
    [say("floor"), place.floor],
    [say("phone"), place.phone],
  ].filter(([, value]) => value);
  return h(
    "div",
    { class: "near-details" },
    h("dl", {}, rows.flatMap(([name, value]) => [h("dt", {}, name), h("dd", {}, value)])),
    streets.length > 0 && h("p", {}, say("by_streets"), h("span", { class: "by-streets" }, streets.map(street).join(" → "))),
    unsure && h("p", { class: "note" }, say(kind.survey === "complete" ? "edge_of_data" : "not_surveyed", { kind: either(kind, LANG) })),
  );
}

/** @param {Streets[number]} part */
function street({ name, metres: length }) {
  const called = name === null ? say("unnamed") : (LANG === "en" && name[1]) || name[0];
  return `${called} ${metres(length, LANG)}`;
}
