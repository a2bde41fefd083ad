/** The parts of the page, one under the other; a later one appears when the one before it is settled. */
import { at, fill, h } from "../panel/dom.js";
import { say } from "../say/say.js";
import { changesPart, donePart } from "./changes_part.js";
import { columnsPart } from "./columns_part.js";
import { datumPart } from "./datum_part.js";
import { filePart } from "./file_part.js";
import { findingsPart } from "./findings_part.js";
import { historyPart } from "./history_part.js";
import { STEPS, isOpen, stepsOf } from "./steps.js";

/** @typedef {import("./intake.js").Intake} Page */

const TITLES = /** @type {const} */ ({ file: "step_file", columns: "step_columns", datum: "in_datum_title", findings: "in_findings_title", changes: "in_changes_title" });

/** @param {Page} page */
export function drawParts(page) {
  const { draft, version } = page;
  stepper(page);
  part(page, "file", !version, (panel) => filePart(panel, page));
  part(page, "columns", draft !== null, (panel) => draft && columnsPart(panel, page, draft));
  part(page, "datum", draft !== null, (panel) => draft && datumPart(panel, page, draft));
  part(page, "findings", draft !== null && !isOpen(draft.datum), (panel) => draft && findingsPart(panel, page, draft));
  part(page, "changes", version !== null || (draft !== null && !isOpen(draft.datum)), (panel) => (version ? donePart(panel, page, version) : draft && changesPart(panel, page, draft)), version ? (version.undone ? "in_undone_title" : "in_done_title") : TITLES.changes);
  const history = at("part-history");
  history.hidden = page.versions.length === 0;
  historyPart(body(history, say(page.state.lang, "in_history")), page, page.versions);
  document.body.classList.toggle("drafted", draft !== null);
  key(page);
  at("work").setAttribute("aria-busy", String(page.busy));
}

/**
 * Leave every list and the work itself scrolled as they were.
 * @param {Element} work
 * @param {() => void} write
 */
export function keepPlace(work, write) {
  const lists = () => [work, ...work.querySelectorAll(".part:not([hidden]) .table-box")];
  const key = (/** @type {Element} */ list) => `${list.closest(".part")?.id} ${list.className}`;
  const before = new Map(lists().map((list) => [key(list), [list.scrollTop, list.scrollLeft]]));
  write();
  for (const list of lists()) [list.scrollTop, list.scrollLeft] = before.get(key(list)) ?? [0, 0];
}

/** What the signs on the map mean: those that stand there. @param {Page} page */
function key({ draft, state: { lang } }) {
  const shown = draft && [...new Set(draft.features.features.map(({ properties }) => /** @type {Api.Status} */ (properties?.status)))];
  at("signs-key").hidden = !shown || shown.length === 0;
  fill(
    at("signs-key"),
    h("ul", { class: "key-rows", "aria-label": say(lang, "in_key_title") }, (shown ?? []).map((what) => h("li", {}, h("span", { class: `sign-of ${what}`, "aria-hidden": "true" }), say(lang, `in_${what}`)))),
  );
}

/** @param {Page} page */
function stepper({ draft, version, state: { lang } }) {
  const states = stepsOf(draft, version !== null);
  at("steps").setAttribute("aria-label", say(lang, "intake_steps"));
  fill(
    at("steps"),
    h(
      "ol",
      {},
      STEPS.map((step, i) => {
        const state = states[step];
        const inside = [h("span", { class: "step-n", "aria-hidden": "true" }, state === "done" ? "✓" : state === "trouble" ? "!" : i + 1), h("span", {}, say(lang, `step_${step}`)), h("span", { class: "quietly" }, say(lang, `step_${state}`))];
        return h("li", { class: `step-mark ${state}`, "aria-current": state === "now" || state === "trouble" ? "step" : null }, state === "later" ? h("span", { class: "step-link" }, inside) : h("a", { class: "step-link", href: `#part-${step}` }, inside));
      }),
    ),
  );
}

/**
 * @param {Page} page
 * @param {import("./steps.js").Step} name
 * @param {boolean} shown
 * @param {(panel: Element) => void} draw
 * @param {import("../say/say.js").Word} [title]
 */
function part(page, name, shown, draw, title = TITLES[name]) {
  const section = at(`part-${name}`);
  section.hidden = !shown;
  if (shown) draw(body(section, say(page.state.lang, title)));
}

/**
 * The body of a section under its title.
 * @param {Element} section
 * @param {string} title
 */
function body(section, title) {
  const panel = section.querySelector(".part-body") ?? h("div", { class: "part-body" });
  const heading = section.querySelector("h2") ?? h("h2", { class: "part-title" });
  heading.textContent = title;
  heading.id = `${section.id}-title`;
  if (panel.parentElement !== section) section.append(heading, panel);
  return panel;
}
