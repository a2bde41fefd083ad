/** The second part: the first rows as they are, and what each column is, correctable. */
import { fill, h } from "../panel/dom.js";
import { say, sayCode } from "../say/say.js";
import { whole } from "../say/number.js";
import { select } from "./fields.js";

/** @typedef {import("./intake.js").Intake} Page */

const PLACES = ["lon", "lat", "x", "y", "lonlat", "wkt"];
const SIXTY_PLUS = "residents_60_plus";
const LEFT_OUT = "-";

/**
 * @param {Element} panel
 * @param {Page} page
 * @param {Api.Draft} draft
 */
export function columnsPart(panel, page, draft) {
  const { lang } = page.state;
  fill(
    panel,
    preview(page, draft),
    h("h3", { class: "label" }, say(lang, "in_columns_title")),
    h("p", { class: "note" }, say(lang, "in_columns_note")),
    h(
      "div",
      { class: "table-box" },
      h(
        "table",
        { class: "units columns" },
        h("caption", { class: "quietly" }, say(lang, "in_columns_title")),
        h("thead", {}, h("tr", {}, ["in_heading", "in_examples", "in_target", "in_how"].map((word) => h("th", { scope: "col" }, say(lang, /** @type {any} */ (word)))))),
        h("tbody", {}, draft.columns.map((column) => row(page, column))),
      ),
    ),
  );
}

/**
 * @param {Page} page
 * @param {Api.Draft} draft
 */
function preview(page, { columns, first_rows: rows, counts }) {
  const { lang } = page.state;
  const caption = say(lang, "in_rows_first", { shown: whole(rows.length), rows: whole(counts.rows) });
  return h(
    "details",
    { class: "as-read", open: !page.opened.has("folded"), ontoggle: (event) => page.remember("folded", event, true) },
    h("summary", {}, caption),
    h(
      "div",
      { class: "table-box wide-table", tabindex: 0, role: "group", "aria-label": caption },
      h(
        "table",
        { class: "units read" },
        h("thead", {}, h("tr", {}, h("th", { scope: "col" }, say(lang, "in_row")), columns.map(({ heading }) => h("th", { scope: "col" }, heading)))),
        h("tbody", {}, rows.map(({ row, cells }) => h("tr", { class: "plain" }, h("th", { scope: "row" }, row), cells.map((cell) => h("td", {}, cell === null ? "" : String(cell)))))),
      ),
    ),
  );
}

/**
 * @param {Page} page
 * @param {Api.DraftColumn} column
 */
function row(page, { heading, column: target, how, examples }) {
  const { lang } = page.state;
  const choose = select(`column-${heading}`, target, [], (to) => page.match(heading, to), say(lang, "in_target_of", { heading }));
  fill(choose, ...options(page, target, heading));
  return h(
    "tr",
    { class: `plain ${how === "near" ? "guessed" : target === "" || target === LEFT_OUT ? "idle" : ""}` },
    h("th", { scope: "row", "data-label": say(lang, "in_heading") }, heading),
    h("td", { class: "examples", "data-label": say(lang, "in_examples") }, examples.map(String).join(lang === "zh" ? "、" : ", ")),
    h("td", {}, choose),
    h("td", { class: "how" }, target === LEFT_OUT && how !== "said" ? "" : sayCode(lang, "how_", how) || say(lang, "how_")),
  );
}

/**
 * @param {Page} page
 * @param {string} chosen
 * @param {string} heading
 */
function options({ spec, state: { lang } }, chosen, heading) {
  const option = (/** @type {string} */ value, /** @type {string} */ text) => h("option", { value, selected: value === chosen }, text);
  const sixty = spec.columns.some(({ name }) => name === "residents_60_79") ? [option(SIXTY_PLUS, sayCode(lang, "place_", SIXTY_PLUS))] : [];
  return [
    option(LEFT_OUT, say(lang, "in_left_out")),
    option("", say(lang, "in_kept")),
    h("optgroup", { label: say(lang, "in_layer_columns") }, spec.columns.map(({ name, [lang]: text, unit }) => option(name, text + (unit ? ` (${unit})` : ""))), sixty),
    h("optgroup", { label: say(lang, "in_places") }, PLACES.map((name) => option(name, sayCode(lang, "place_", name)))),
  ];
}
