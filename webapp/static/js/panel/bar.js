/** The bar at the top: the name, the tools. */
import { closing } from "./closing.js";
import { at, fill, h } from "./dom.js";
import { say } from "../say/say.js";

/** What a page is called in its bar. */
const HEADINGS = Object.freeze(/** @type {const} */ ({ title: "to_desk", audit_title: "to_audit", routes_title: "to_routes", intake_title: "to_intake", publish_title: "to_publish" }));

/**
 * @param {{name: string, lang: Api.Lang, night: boolean, title?: keyof typeof HEADINGS, others: {word: "to_audit" | "to_desk" | "to_routes" | "to_intake" | "to_publish", href: string}[]}} what
 *   `others`: the pages beside this one, the nearest first; a phone has room for that one, and a menu for the rest
 * @param {{lang: () => void, night: () => void, share: () => void, search?: () => void}} act
 */
export function bar({ name, lang, night, title = "title", others }, act) {
  document.title = say(lang, title, { name });
  if (title === "title") fill(at("title"), name, h("span", { class: "wide-only" }, say(lang, title, { name: "" })));
  else fill(at("title"), h("span", { class: "wide-only" }, `${name} · `), say(lang, HEADINGS[title]));
  const other = lang === "zh" ? "en" : "zh";
  fill(
    at("tools"),
    act.search && h("button", { type: "button", class: "tool phone-only", "data-key": "search", "aria-label": say(lang, "search_label"), onclick: act.search }),
    others.map(({ word, href }, at) => h("a", { class: at === 0 ? "tool" : "tool page-link wide-only", "data-key": at === 0 ? "other" : word, href }, say(lang, word))),
    h("button", { type: "button", class: "tool wide-only", "data-key": "share", onclick: act.share }, say(lang, "share")),
    h("button", { type: "button", class: "tool wide-only", onclick: () => window.print() }, say(lang, "print")),
    h(
      "button",
      { type: "button", class: "tool", "data-key": "night", "aria-pressed": String(night), onclick: act.night },
      say(lang, night ? "to_day" : "to_night"),
    ),
    h(
      "button",
      {
        type: "button",
        class: "tool",
        "data-key": "lang",
        lang: other === "en" ? "en" : "zh-Hans",
        "aria-label": `${say(lang, "other_language")} · ${say(lang, "other_language_label")}`,
        onclick: act.lang,
      },
      say(lang, "other_language"),
    ),
    menu(others.slice(1), lang),
  );
}

/**
 * What a phone's bar has no room for.
 * @param {{word: "to_audit" | "to_desk" | "to_routes" | "to_intake" | "to_publish", href: string}[]} others
 * @param {Api.Lang} lang
 */
function menu(others, lang) {
  const links = others.map(({ word, href }) => h("li", {}, h("a", { class: "save-one", "data-key": `menu-${word}`, href }, say(lang, word))));
  const box = h("details", { class: "pages" }, h("summary", { class: "tool", "data-key": "pages", "aria-label": say(lang, "pages") }, "≡"), h("ul", { class: "pages-list card" }, links));
  closing(box);
  return box;
}
