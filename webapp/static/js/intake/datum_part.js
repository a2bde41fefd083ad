/** The third part: which coordinates these are, with what speaks for each; or a plane of its own by control points. */
import { fill, h } from "../panel/dom.js";
import { metres, percent } from "../say/number.js";
import { either, say } from "../say/say.js";
import { controlsOf } from "./asked.js";
import { isOpen } from "./steps.js";

/** @typedef {import("./intake.js").Intake} Page */

const FIELDS = /** @type {const} */ (["x", "y", "lon", "lat"]);
const EPSG = /^(EPSG:)?\d{4,6}$/i;

/**
 * @param {Element} panel
 * @param {Page} page
 * @param {Api.Draft} draft
 */
export function datumPart(panel, page, draft) {
  const { lang } = page.state;
  const { datum } = draft;
  if (datum === null || datum.evidence.length === 0) return fill(panel, page.asked.controls.length === 0 && h("p", {}, say(lang, "datum_by_address")), page.asked.controls.length > 0 && controls(page, draft));
  fill(
    panel,
    h("p", { class: isOpen(datum) ? "refusal asks" : "verdict", role: isOpen(datum) ? "alert" : null }, verdict(datum, lang)),
    h("fieldset", { class: "datums" }, h("legend", { class: "quietly" }, say(lang, "in_datum_title")), auto(page), ways(datum).map((one) => way(page, one)), other(page)),
    controls(page, draft),
  );
}

/**
 * @param {Api.DraftDatum} datum
 * @param {Api.Lang} lang
 */
export function verdict({ verdict, datum, swapped, evidence }, lang) {
  const found = evidence.find((one) => one.datum === datum && one.swapped === swapped);
  return say(lang, `datum_${verdict}`, { datum: found ? either(found, lang) : datum });
}

/**
 * One row a datum: of the two ways round the one that lies better; those where nothing falls near the place are left out, unless all are.
 * @param {Api.DraftDatum} datum
 */
export function ways({ evidence, datum }) {
  const best = evidence.filter((one, at) => evidence.findIndex(({ datum }) => datum === one.datum) === at);
  const near = best.filter((one) => one.near > 0 || one.datum === datum);
  return near.length > 0 ? near : best.slice(0, 4);
}

/** @param {Page} page */
function auto({ state: { lang }, asked, datum }) {
  return h("label", { class: "datum" }, radio("", asked.datum === "" && asked.controls.length === 0, datum), h("span", {}, say(lang, "datum_auto")));
}

/**
 * @param {Page} page
 * @param {Api.DatumEvidence} evidence
 */
function way({ state: { lang }, asked, draft, datum }, evidence) {
  const { inside, anchors, anchor_m } = evidence;
  const bar = h("span", { class: "share-bar", "aria-hidden": "true" }, h("span", { class: "share-done" }));
  const done = bar.firstElementChild;
  if (done instanceof HTMLElement) done.style.width = `${100 * inside}%`;
  const taken = draft?.datum?.datum === evidence.datum;
  return h(
    "label",
    { class: `datum ${taken ? "taken" : ""}` },
    radio(evidence.datum, asked.datum === evidence.datum, datum),
    h("span", {}, either(evidence, lang)),
    bar,
    h("span", { class: "label" }, say(lang, "datum_inside", { percent: percent(inside) }), anchors > 0 && anchor_m !== null ? ` · ${say(lang, "datum_anchors", { count: anchors, metres: metres(anchor_m, lang) })}` : ""),
  );
}

/**
 * @param {string} value
 * @param {boolean} on
 * @param {(datum: string) => void} choose
 */
function radio(value, on, choose) {
  return h("input", { type: "radio", name: "datum", value, "data-key": `datum-${value}`, checked: on, onchange: () => choose(value) });
}

/** @param {Page} page */
function other({ state: { lang }, asked, draft, datum }) {
  const listed = asked.datum === "" || draft?.datum?.evidence.some((one) => one.datum === asked.datum);
  const code = h("input", { type: "text", "data-key": "epsg", value: listed ? "" : asked.datum, placeholder: "EPSG:4549", maxlength: 12, inputmode: "text" });
  const use = () => EPSG.test(code.value.trim()) && datum(code.value.trim().toUpperCase().replace(/^(?=\d)/, "EPSG:"));
  return h(
    "div",
    { class: "datum other" },
    h("label", { class: "field" }, h("span", { class: "label" }, say(lang, "datum_other")), code),
    h("button", { type: "button", class: "button small", "data-key": "epsg-use", onclick: use }, say(lang, "datum_use")),
  );
}

/**
 * @param {Page} page
 * @param {Api.Draft} draft
 */
function controls(page, { controls: fit }) {
  const { lang } = page.state;
  const rows = page.controls;
  return h(
    "details",
    { class: "controls-form", open: page.opened.has("controls") || fit !== null || page.asked.controls.length > 0, ontoggle: (event) => page.remember("controls", event) },
    h("summary", {}, say(lang, "controls_title")),
    h("p", { class: "note" }, say(lang, "controls_note")),
    rows.map((row, at) => control(page, row, at, fit?.residuals_m ?? null)),
    h("p", { class: "refusal", role: "alert", hidden: !page.controlsRefused }, say(lang, "controls_bad")),
    h(
      "div",
      { class: "buttons-row" },
      rows.length < 4 && h("button", { type: "button", class: "button small", "data-key": "control-more", onclick: () => page.addControl() }, say(lang, "controls_more")),
      h("button", { type: "button", class: "button small primary", "data-key": "control-use", onclick: () => page.useControls(controlsOf(rows)) }, say(lang, "controls_use")),
      page.asked.controls.length > 0 && h("button", { type: "button", class: "button small", "data-key": "control-none", onclick: () => page.ask({ controls: [] }) }, say(lang, "controls_drop")),
    ),
  );
}

/**
 * @param {Page} page
 * @param {import("./asked.js").ControlText} row
 * @param {number} at
 * @param {number[] | null} residuals_m
 */
function control(page, row, at, residuals_m) {
  const { lang } = page.state;
  const n = at + 1;
  return h(
    "div",
    { class: "control-row", role: "group" },
    h("span", { class: "control-n" }, n),
    FIELDS.map((name) =>
      h(
        "label",
        { class: "field" },
        h("span", { class: "label" }, say(lang, `control_${name}`)),
        h("input", { type: "text", inputmode: "decimal", "data-key": `control-${at}-${name}`, value: row[name], "aria-label": say(lang, "control_nth", { n, what: say(lang, `control_${name}`) }), oninput: (event) => (row[name] = event.target instanceof HTMLInputElement ? event.target.value : "") }),
      ),
    ),
    h("button", { type: "button", class: "button small", "data-key": `control-pick-${at}`, "aria-pressed": String(page.picking === at), onclick: () => page.pick(at) }, say(lang, "control_pick")),
    residuals_m !== null && residuals_m[at] !== undefined && h("span", { class: "label" }, `${say(lang, "control_off")} ${residuals_m[at].toFixed(2)} m`),
  );
}
