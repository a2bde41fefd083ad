/** The bar at the top: the name, the tools. */
import { at, fill, h } from "./dom.js";
import { say } from "../say/say.js";

/**
 * @param {{name: string, lang: Api.Lang, night: boolean, title?: "title" | "audit_title" | "intake_title", others: {word: "to_audit" | "to_desk" | "to_intake", href: string}[]}} what
 *   `others`: the pages beside this one, the nearest first; a phone has room for that one
 * @param {{lang: () => void, night: () => void, share: () => void, search?: () => void}} act
 */
export function bar({ name, lang, night, title = "title", others }, act) {
  document.title = say(lang, title, { name });
  if (title === "title") fill(at("title"), name, h("span", { class: "wide-only" }, say(lang, title, { name: "" })));
  else fill(at("title"), h("span", { class: "wide-only" }, `${name} · `), say(lang, title === "audit_title" ? "to_audit" : "to_intake"));
  const other = lang === "zh" ? "en" : "zh";
  fill(
    at("tools"),
    act.search && h("button", { type: "button", class: "tool phone-only", "data-key": "search", "aria-label": say(lang, "search_label"), onclick: act.search }),
    others.map(({ word, href }, at) => h("a", { class: at === 0 ? "tool" : "tool wide-only", "data-key": at === 0 ? "other" : word, href }, say(lang, word))),
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
  );
}
