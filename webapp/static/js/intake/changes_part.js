/** The last part: what will change, old beside new; the one button that writes; and what was written, with the way back. */
import { fill, h } from "../panel/dom.js";
import { whole } from "../say/number.js";
import { either, say } from "../say/say.js";
import { table } from "../audit/table.js";
import { changesOf, valueOf } from "./sift.js";
import { mayApply } from "./steps.js";

/** @typedef {import("./intake.js").Intake} Page */

const WHATS = /** @type {const} */ (["added", "changed", "removed", "unchanged"]);
const FIRST_ROWS = 60;

/**
 * @param {Element} panel
 * @param {Page} page
 * @param {Api.Draft} draft
 */
export function changesPart(panel, page, draft) {
  const { lang } = page.state;
  const shown = changesOf(draft).filter(({ what }) => page.what === null || what === page.what);
  const most = FIRST_ROWS + page.more.changes;
  const more = shown.length - most;
  fill(
    panel,
    tallies(page, draft),
    shown.length > 0 && h("div", { class: "table-box stacked changes", tabindex: 0, role: "group", "aria-label": say(lang, "in_changes_title") }, list(page, shown.slice(0, most))),
    more > 0 && h("button", { type: "button", class: "button small more-rows", "data-key": "more-changes", onclick: () => page.showMore("changes") }, say(lang, "in_more_rows", { count: whole(Math.min(more, 200)) })),
    end(page, draft),
  );
}

/**
 * @param {Page} page
 * @param {Api.Draft} draft
 */
function tallies({ state: { lang }, what: wanted, showOnly }, { counts }) {
  return h(
    "div",
    { class: "tallies", role: "group", "aria-label": say(lang, "in_changes_title") },
    WHATS.map((what) =>
      h(
        "button",
        { type: "button", class: `tally ${what}`, "data-key": `what-${what}`, "aria-pressed": String(wanted === what), onclick: () => showOnly(wanted === what ? null : what) },
        h("span", { class: `sign-of ${what}`, "aria-hidden": "true" }),
        h("strong", { "data-count": what }, whole(counts[what])),
        h("span", {}, say(lang, `in_${what}`)),
      ),
    ),
  );
}

/**
 * @param {Page} page
 * @param {Api.DraftChange[]} changes
 */
function list(page, changes) {
  const { lang } = page.state;
  return table(
    say(lang, "in_changes_title"),
    [{ title: say(lang, "in_name") }, { title: say(lang, "in_row"), look: "number" }, { title: say(lang, "in_sort"), look: "what" }, { title: say(lang, "in_old_new"), look: "said-text" }],
    changes.map((one) => ({
      key: `change-${one.id}`,
      current: one.row !== null && one.row === page.chosen,
      choose: () => page.chooseChange(one),
      cells: [one.name ?? one.id, one.row === null ? "—" : String(one.row), h("span", { class: `what-badge ${one.what}` }, say(lang, `in_${one.what}`)), one.what === "changed" ? differences(page, one) : ""],
    })),
  );
}

/**
 * @param {Page} page
 * @param {Api.DraftChange} change
 */
function differences({ spec, state: { lang } }, { columns }) {
  return h(
    "ul",
    { class: "differences" },
    Object.entries(columns).map(([name, [before, after]]) => {
      const column = spec.columns.find((one) => one.name === name);
      if (name === "geometry") return h("li", {}, say(lang, "in_shape_moved"));
      const told = (/** @type {unknown} */ value) => valueOf(value, column, lang) ?? say(lang, "in_empty");
      return h("li", {}, h("span", { class: "label" }, `${column?.[lang] ?? name} `), h("del", {}, told(before)), " → ", h("ins", {}, told(after)));
    }),
  );
}

/**
 * What stands at the end: the button, or the sentence why there is none.
 * @param {Page} page
 * @param {Api.Draft} draft
 */
function end(page, draft) {
  const { lang } = page.state;
  const may = mayApply(draft);
  if (may === "datum") return h("p", { class: "note" }, say(lang, "in_stopped_datum"));
  if (may === "errors") return h("p", { class: "note" }, say(lang, draft.counts.left_out > 0 && !page.asked.skip_bad_rows ? "in_stopped" : "in_stopped_whole", { count: whole(draft.counts.errors) }));
  if (may === "nothing") return h("p", { class: "note" }, say(lang, "in_no_changes"));
  if (!page.intake.edit) return h("p", { class: "note" }, either(page.intake.editing_off, lang));
  return h("div", { class: "buttons-row" }, h("button", { type: "button", class: "button primary large", "data-key": "apply", disabled: page.busy, onclick: () => page.handing.apply() }, say(lang, page.applying ? "in_applying" : "in_apply")));
}

/**
 * What was written, and the way back.
 * @param {Element} panel
 * @param {Page} page
 * @param {Api.Version} version
 */
export function donePart(panel, page, version) {
  const { lang, night } = page.state;
  const desk = `/${write(lang, night)}`;
  fill(
    panel,
    h("p", { class: "done-line", role: "status" }, say(lang, version.undone ? "in_undone" : "in_done", { adds: whole(version.counts.added), changes: whole(version.counts.changed), removals: whole(version.counts.removed) })),
    h(
      "div",
      { class: "buttons-row" },
      !version.undone && h("a", { class: "button primary", "data-key": "look", href: desk }, say(lang, "in_look")),
      !version.undone && h("button", { type: "button", class: "button", "data-key": "undo", onclick: () => page.handing.undo(version) }, say(lang, "in_undo")),
      h("button", { type: "button", class: "button", "data-key": "again", onclick: () => (page.handing.forget(), page.draw()) }, say(lang, "in_again")),
    ),
  );
}

/** @param {Api.Lang} lang @param {boolean} night */
function write(lang, night) {
  const query = new URLSearchParams({ ...(lang === "en" && { lang }), ...(night && { night: "1" }) });
  return query.size > 0 ? `?${query}` : "";
}
