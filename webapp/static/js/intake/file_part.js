/** The first part: which layer, which file; how far it is; and what of it only the planner knows. */
import { fill, h } from "../panel/dom.js";
import { either, say } from "../say/say.js";
import { percent, whole } from "../say/number.js";
import { field, select, tick, valueOf } from "./fields.js";

/** @typedef {import("./intake.js").Intake} Page */

const ENCODINGS = ["utf-8", "gb18030", "big5"];

/**
 * @param {Element} panel
 * @param {Page} page
 */
export function filePart(panel, page) {
  const { lang } = page.state;
  fill(
    panel,
    !page.handing.file && h("p", { class: "note" }, say(lang, "intake_lead")),
    !page.intake.edit && h("p", { class: "notice-line", id: "editing-off" }, either(page.intake.editing_off, lang)),
    h("div", { class: "field-row" }, layerField(page), templateLink(page)),
    page.handing.sending ? sending(page) : page.handing.file ? chosen(page, page.handing.file) : drop(page),
    page.refusal && h("p", { class: "refusal", role: "alert" }, either(page.refusal, lang)),
    page.handing.file && page.draft && said(page, page.draft),
  );
}

/** @param {Page} page */
function layerField(page) {
  const { lang, layer } = page.state;
  const options = page.intake.layers.map((one) => h("option", { value: one.name, selected: one.name === layer }, either(one, lang)));
  return field(say(lang, "in_layer"), h("select", { "data-key": "layer", onchange: (event) => page.store.set({ layer: valueOf(event) }) }, options));
}

/** @param {Page} page */
function templateLink({ state: { lang }, spec }) {
  return h("a", { class: "link", "data-key": "template", href: `/api/import/template/${spec.name}.xlsx`, download: true }, say(lang, "in_template", { layer: either(spec, lang) }));
}

/** @param {Page} page */
function drop(page) {
  const { lang } = page.state;
  const most = Math.floor(page.intake.most_bytes / 1024 / 1024);
  const over = (/** @type {boolean} */ on) => (/** @type {Event} */ event) => {
    event.preventDefault();
    zone.classList.toggle("over", on);
  };
  const zone = h(
    "div",
    {
      class: "drop",
      ondragover: over(true),
      ondragleave: over(false),
      ondrop: (event) => {
        over(false)(event);
        if (event instanceof DragEvent && event.dataTransfer) page.handing.send([...event.dataTransfer.files]);
      },
    },
    chooser(page, say(lang, "in_choose"), "primary"),
    h("span", { class: "wide-only" }, say(lang, "in_drop")),
    h("p", { class: "note" }, say(lang, "in_formats", { most })),
  );
  return zone;
}

/**
 * A button that opens the system's choice of files.
 * @param {Page} page
 * @param {string} text
 * @param {string} look
 */
function chooser(page, text, look) {
  const files = h("input", {
    type: "file",
    class: "quietly",
    id: "file",
    tabindex: -1,
    "aria-label": text,
    multiple: true,
    accept: [...page.intake.accept, ".dbf", ".shx", ".prj", ".cpg"].join(","),
    onchange: () => page.handing.send([...(files.files ?? [])]),
  });
  return h("span", { class: "chooser" }, h("button", { type: "button", class: `button ${look}`, "data-key": "choose", onclick: () => files.click() }, text), files);
}

/** @param {Page} page */
function sending(page) {
  const { lang } = page.state;
  return h(
    "div",
    { class: "sending" },
    h("label", { for: "sent" }, say(lang, "in_sending", { file: page.handing.sending?.name ?? "" })),
    h("progress", { id: "sent", max: 1, value: page.handing.sent }),
    h("button", { type: "button", class: "button small", "data-key": "cancel", onclick: () => page.handing.cancel() }, say(lang, "in_cancel")),
  );
}

/**
 * @param {Page} page
 * @param {{token: string, file: string}} file
 */
function chosen(page, { file }) {
  const { lang } = page.state;
  const { draft } = page;
  const share = page.handing.share > 0 && page.handing.share < 1 ? say(lang, "in_reading_share", { percent: percent(page.handing.share) }) : say(lang, "in_reading");
  return h(
    "div",
    { class: "chosen-file" },
    h("span", { class: "file-name" }, file),
    draft && h("span", { class: "label" }, `${draft.format.toUpperCase()} · ${say(lang, "in_rows", { rows: whole(draft.counts.rows) })}`),
    page.busy ? h("span", { class: "busy", role: "status" }, h("span", { class: "spinner", "aria-hidden": "true" }), h("span", { id: "stage" }, share)) : null,
    page.busy ? h("button", { type: "button", class: "button small", "data-key": "cancel", onclick: () => page.handing.cancel() }, say(lang, "in_cancel")) : chooser(page, say(lang, "in_other"), "small"),
  );
}

/**
 * What of the file only the planner knows.
 * @param {Page} page
 * @param {Api.Draft} draft
 */
function said(page, draft) {
  return h("div", { class: "said" }, reading(page, draft), more(page, draft));
}

/**
 * How the file is read: nothing where it leaves no choice.
 * @param {Page} page
 * @param {Api.Draft} draft
 */
function reading({ state: { lang }, how, read }, { part, parts, encoding }) {
  const found = /** @type {[string, string]} */ (["", say(lang, "in_encoding_found", { encoding: encoding.toUpperCase() })]);
  const fields = [
    parts.length > 1 && field(say(lang, "in_part"), select("part", part, parts.map((one) => [one, one]), (part) => read({ part }))),
    encoding !== "" && field(say(lang, "in_encoding"), select("encoding", how.encoding, [found, ...ENCODINGS.map(same)], (encoding) => read({ encoding }))),
  ];
  return fields.some(Boolean) && h("div", { class: "field-row" }, ...fields);
}

/**
 * What usually need not be said.
 * @param {Page} page
 * @param {Api.Draft} draft
 */
function more(page, draft) {
  const { state, asked, spec, ask } = page;
  const { lang } = state;
  const own = (/** @type {string} */ name) => spec.columns.find((column) => column.name === name);
  const choices = (/** @type {string} */ name) => (own(name)?.choices ?? []).map((one) => /** @type {[string, string]} */ ([one.code, one[lang]]));
  const keys = draft.columns.flatMap(({ column }) => own(column) ?? []).map((column) => /** @type {[string, string]} */ ([column.name, column[lang]]));
  const text = (/** @type {"source" | "date" | "licence"} */ name, /** @type {string} */ hint) =>
    field(say(lang, `in_${name}`), h("input", { type: "text", "data-key": name, value: asked[name], placeholder: hint, maxlength: 120, onchange: (event) => ask({ [name]: valueOf(event).trim() }) }));
  return h(
    "details",
    { class: "more-said", open: page.opened.has("said"), ontoggle: (event) => page.remember("said", event) },
    h("summary", {}, say(lang, "in_more")),
    h(
      "div",
      { class: "fields" },
      own("kind") && field(say(lang, "in_kind"), select("kind", asked.kind, [["", say(lang, "in_kind_none")], ...choices("kind")], (kind) => ask({ kind }))),
      field(say(lang, "in_key"), select("key", asked.key, [["", say(lang, "in_key_auto")], ...keys], (key) => ask({ key }))),
      text("source", draft.file),
      text("date", "2026-11"),
      text("licence", lang === "zh" ? "未注明" : "not stated"),
      field(say(lang, "in_accuracy"), select("accuracy", asked.accuracy, choices("accuracy"), (accuracy) => ask({ accuracy }))),
    ),
    tick("replace", say(lang, "in_replace"), asked.replace, (replace) => ask({ replace })),
  );
}

const same = (/** @type {string} */ text) => /** @type {[string, string]} */ ([text, text.toUpperCase()]);
