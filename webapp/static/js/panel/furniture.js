/** What every map must say of itself: scale, north, 示意, whose data; and the buttons to come nearer. */
import { at, fill, h } from "./dom.js";
import { gateSigns, walkLines } from "./legend.js";
import { say } from "../say/say.js";

/**
 * @param {Api.Workspace} workspace
 * @param {Api.Lang} lang
 * @param {{nearer: () => void, farther: () => void, fit: () => void}} act
 */
export function furniture({ accuracy, attribution, date }, lang, act) {
  const button = (/** @type {string} */ text, /** @type {import("../say/words.js").Word} */ word, /** @type {() => void} */ press) =>
    h("button", { type: "button", "aria-label": say(lang, word), title: say(lang, word), onclick: press }, text);
  fill(at("zoom"), button("＋", "zoom_in", act.nearer), button("－", "zoom_out", act.farther), button("⤢", "fit", act.fit));
  fill(at("north"), h("span", {}, say(lang, "north")), h("span", { class: "needle", "aria-hidden": "true" }));
  fill(at("gate-legend"), h("span", { class: "label gate-signs-title", id: "gate-legend-title" }, say(lang, "gates")), gateSigns(lang), walkLines(lang));
  const parts = [accuracy === "sketch" ? say(lang, "sketch_long") : "", date ? say(lang, "data_of", { date }) : "", ...attribution];
  fill(at("credit"), parts.filter(Boolean).join(" · "), h("span", { class: "wide-only" }, " · Leaflet"));
}
