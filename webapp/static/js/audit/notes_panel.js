/** How it was judged, what is wrong with the data, what is shown and not judged, and where all of it comes from. */
import { fill, h } from "../panel/dom.js";
import { either, say } from "../say/say.js";
import { clauseName } from "./marks.js";

/**
 * @param {Element} panel
 * @param {Api.Audit["answer"]} answer
 * @param {Api.Workspace} workspace
 * @param {Api.Lang} lang
 */
export function notesPanel(panel, { caveats, tables, made_of, run_id }, workspace, lang) {
  const list = (/** @type {(string | Node)[]} */ items) => h("ul", {}, items.map((item) => h("li", {}, item)));
  const sources = [...new Map(made_of.map((made) => [`${made.source} ${made.date}`, made])).values()];
  const reference = (/** @type {Api.ReferenceRow} */ row) =>
    h("span", {}, h("b", {}, clauseName(row, lang)), ` ${row.code} · ${half(row.text, lang)} `, !row.verified && h("span", { class: "clause-mark" }, say(lang, "unverified")));
  fill(
    panel,
    h(
      "div",
      { class: "table-box notes-box", tabindex: 0, role: "region", "aria-label": say(lang, "tab_notes") },
      section(say(lang, "caveats_title"), list(caveats.map((caveat) => either(caveat, lang)))),
      section(say(lang, "findings_title"), tables.findings.length === 0 ? h("p", { class: "note" }, say(lang, "findings_none")) : list(tables.findings.map((finding) => either(finding, lang)))),
      tables.references.length > 0 && section(say(lang, "references_title"), list(tables.references.map(reference))),
      section(
        say(lang, "sources"),
        list([...sources.map(({ source, date, licence, attribution }) => [half(source, lang), date, licence, attribution].filter(Boolean).join(" · ")), ...workspace.attribution]),
        h("p", { class: "note run" }, say(lang, "run", { id: run_id })),
      ),
    ),
  );
}

/**
 * @param {string} title
 * @param {...(Node | null)} content
 */
function section(title, ...content) {
  return h("section", {}, h("h2", { class: "notes-title" }, title), ...content);
}

/**
 * Of “中文 / English” the reader's half; the whole where it is not written so.
 * @param {string} text
 * @param {Api.Lang} lang
 */
export function half(text, lang) {
  const [zh, en, ...more] = text.split(" / ");
  return en === undefined || more.length > 0 ? text : lang === "zh" ? zh : en;
}
