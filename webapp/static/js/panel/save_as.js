/** What is shown, as a file to keep, send or print: a quiet menu of what the server can write. */
import * as api from "../api.js";
import { closing } from "./closing.js";
import { fill, h } from "./dom.js";
import { either, say } from "../say/say.js";

/** @typedef {{format: string, paper?: string}} Wanted */

/**
 * The menu; it is empty, and hidden, until the server has said what it can write.
 * @param {string} question
 * @param {Api.Lang} lang
 * @param {(written: Record<string, string>) => string} address  of the answer, written so
 */
export function saveAs(question, lang, address) {
  const list = h("ul", { class: "save-list" });
  const told = h("p", { class: "note", role: "status" });
  const menu = h("details", { class: "save-as", hidden: true }, h("summary", { class: "button small", "data-key": "save-as" }, say(lang, "save_as")), h("div", { class: "save-card card" }, list, told));
  closing(menu);
  api.formats(question).then(
    (formats) => {
      menu.hidden = formats.length === 0;
      fill(list, formats.flatMap(papers).map((one) => h("li", {}, h("button", { type: "button", class: "save-one", "data-key": `save-${one.format}${one.paper ?? ""}`, onclick: () => save(one) }, label(one, lang)))));
    },
    () => {}, // without them there is nothing to offer
  );
  /** @param {Wanted & Api.Format} one */
  async function save(one) {
    told.textContent = say(lang, "save_making", { what: label(one, lang) });
    const made = await api.orSentence(api.file(address({ format: one.format, lang, ...(one.paper && { paper: one.paper }) })));
    if (made instanceof api.ApiError) return (told.textContent = either(made, lang));
    told.textContent = say(lang, "save_done", { name: made.name });
    const link = h("a", { href: URL.createObjectURL(made.content), download: made.name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000); // the browser may still be asking where to
  }
  return menu;
}

/**
 * A page for print comes in two sizes.
 * @param {Api.Format} one
 * @returns {(Wanted & Api.Format)[]}
 */
export function papers(one) {
  return one.format === "pdf" ? [{ ...one, paper: "a4" }, { ...one, paper: "a3" }] : [one];
}

/**
 * @param {Wanted & Api.Format} one
 * @param {Api.Lang} lang
 */
function label(one, lang) {
  return one.paper ? say(lang, "save_paper", { format: either(one, lang), paper: one.paper.toUpperCase() }) : either(one, lang);
}
