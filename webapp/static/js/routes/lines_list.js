/** The lines one may look at, each with its figure as soon as it is known. */
import { fill, h, keepFocus } from "../panel/dom.js";
import { say } from "../say/say.js";
import { figureOf } from "./figures.js";
import { LINES, isNight } from "./url.js";

const DOT = /** @type {Record<string, string>} */ ({ red_walkway: "#c3272b", night_run: "#2b3a67", loops: "#e0a92f", blue_net: "#1f6fb2", green_links: "#3d8b4a", structure: "#8a867b", signs: "#6d3f9c", works: "#e07b1a" });
const RUN_BY_NIGHT = "#8fa3e0"; // its own blue is lost on a dark card

/**
 * @param {HTMLElement} panel
 * @param {import("./url.js").RoutesState} state
 * @param {Map<string, Api.RouteReply>} known  by line
 * @param {(line: import("./url.js").Line) => void} choose
 */
export function linesList(panel, state, known, choose) {
  const { line, lang } = state;
  panel.setAttribute("aria-label", say(lang, "lines"));
  const one = (/** @type {import("./url.js").Line} */ code) => {
    const reply = known.get(code);
    const figure = reply ? figureOf(code, reply.answer, lang).big : "";
    const button = h("button", { type: "button", class: "theme", "data-key": code, "aria-pressed": String(code === line), onclick: () => choose(code) }, h("span", { class: "dot", "aria-hidden": "true" }), h("span", { class: "theme-name" }, say(lang, `line_${code}`)), h("span", { class: "theme-figure" }, figure));
    button.style.setProperty("--dot", code === "night_run" && isNight(state) ? RUN_BY_NIGHT : DOT[code]);
    return h("li", {}, button);
  };
  keepFocus(panel, () => fill(panel, h("ul", { class: "themes" }, LINES.map(one))));
  panel.querySelector('[aria-pressed="true"]')?.scrollIntoView({ block: "nearest", inline: "nearest" });
}
