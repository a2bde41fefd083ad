/** By what is audited: the standards, the hour, steps or none; told on one button, chosen in one dialog. */
import { DAYS } from "../hours/parse.js";
import { sayWhen } from "../hours/tell.js";
import { at, fill, h } from "../panel/dom.js";
import { either, say } from "../say/say.js";
import { PRESETS, whenOf } from "../state/when.js";
import { packName } from "./marks.js";

/** @typedef {import("./url.js").AuditState} AuditState */
/** @typedef {Pick<AuditState, "standard" | "when" | "evening" | "stepFree">} Asked */

const CLOCKS = Array.from({ length: 48 }, (_, half) => `${String(half >> 1).padStart(2, "0")}:${half % 2 ? "30" : "00"}`);
const USUAL = "Tu-10:00";

/**
 * The packs that a state asks for.
 * @param {Api.Standard[]} packs
 * @param {string} standard
 */
export function asked(packs, standard) {
  return standard === "all" ? packs : packs.filter(({ id }) => standard.split(",").includes(id));
}

/**
 * The button that says by what is audited and opens the choice.
 * @param {Api.Standard[]} packs
 * @param {AuditState} state
 * @param {(change: Asked) => void} apply
 */
export function optionsButton(packs, state, apply) {
  const { lang, when, stepFree } = state;
  const own = asked(packs, state.standard);
  const unverified = own.reduce((sum, pack) => sum + pack.unverified, 0);
  const name = own.length === 1 ? packName(own[0], lang) : own.length === 0 ? state.standard : say(lang, "options_count", { count: own.length });
  const button = at("options-open");
  button.setAttribute("aria-label", `${say(lang, "options_open")}: ${name}`);
  button.setAttribute("aria-haspopup", "dialog");
  button.onclick = () => optionsDialog(packs, state, apply);
  fill(
    button,
    h("span", { class: "label wide-only" }, say(lang, "options")),
    h("span", { class: "options-name" }, name),
    unverified > 0 && h("span", { class: "clause-mark wide-only" }, say(lang, "unverified_count", { count: unverified })),
    h("span", { class: "options-more" }, [when === null ? say(lang, "options_no_hour_short") : sayWhen(when, lang), stepFree ? say(lang, "options_step_free_short") : ""].filter(Boolean).join(" · ")),
    h("span", { class: "options-arrow", "aria-hidden": "true" }, "▾"),
  );
}

/**
 * @param {Api.Standard[]} packs
 * @param {AuditState} state
 * @param {(change: Asked) => void} apply
 */
function optionsDialog(packs, state, apply) {
  const { lang } = state;
  const dialog = /** @type {HTMLDialogElement} */ (at("options"));
  const own = asked(packs, state.standard);
  const boxes = packs.map((pack) => h("input", { type: "checkbox", value: pack.id, checked: own.includes(pack) }));
  const { day, clock } = whenOf(state.when ?? USUAL);
  const select = (/** @type {string} */ word, /** @type {[string, string][]} */ offered, /** @type {string} */ value) =>
    h("select", { "aria-label": word }, offered.map(([code, text]) => h("option", { value: code, selected: code === value }, text)));
  const clocks = (/** @type {string} */ value) => /** @type {[string, string][]} */ ([...new Set([...CLOCKS, value])].sort().map((one) => [one, one]));
  const days = select(say(lang, "when"), DAYS.map((one) => [one, dayName(one, lang)]), day);
  const time = select(say(lang, "when_own_time"), clocks(clock), clock);
  const evening = select(say(lang, "options_evening"), clocks(state.evening), state.evening);
  const noHour = h("input", { type: "radio", name: "hour", checked: state.when === null });
  const atHour = h("input", { type: "radio", name: "hour", checked: state.when !== null });
  const steps = h("input", { type: "checkbox", checked: state.stepFree });
  const refusal = h("p", { class: "failure", role: "alert" });
  for (const one of [days, time]) one.addEventListener("change", () => (atHour.checked = true));
  const all = h("button", { type: "button", class: "button small" }, say(lang, "options_all"));
  all.addEventListener("click", () => {
    const every = boxes.every(({ checked }) => checked);
    for (const [i, box] of boxes.entries()) box.checked = !every || packs[i].id === "gb50180";
  });
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    const chosen = boxes.filter(({ checked }) => checked).map(({ value }) => value);
    refusal.textContent = chosen.length === 0 ? say(lang, "options_none") : "";
    if (chosen.length === 0) return;
    dialog.close();
    const standard = chosen.length === packs.length && packs.length > 1 ? "all" : chosen.join(",");
    apply({ standard, when: atHour.checked ? `${days.value}-${time.value}` : null, evening: evening.value, stepFree: steps.checked });
  };
  dialog.setAttribute("aria-label", say(lang, "options_open"));
  fill(
    dialog,
    h("div", { class: "detail-head" }, h("h2", { class: "detail-title" }, say(lang, "options_open")), h("button", { type: "button", class: "close", "aria-label": say(lang, "close"), onclick: () => dialog.close() }, "×")),
    h(
      "form",
      { onsubmit: submit },
      h("fieldset", { class: "packs" }, h("legend", { class: "label" }, say(lang, "options_standards")), all, packs.map((pack, i) => h("label", { class: "pack" }, boxes[i], packText(pack, lang)))),
      h(
        "fieldset",
        {},
        h("legend", { class: "label" }, say(lang, "options_hour")),
        h("label", { class: "pack" }, noHour, h("span", {}, say(lang, "options_no_hour"))),
        h("label", { class: "pack" }, atHour, h("span", {}, say(lang, "options_at_hour"))),
        h("div", { class: "row indent" }, days, time),
        h("label", { class: "row evening" }, h("span", {}, say(lang, "options_evening")), evening),
        h("label", { class: "pack" }, steps, h("span", {}, say(lang, "options_step_free"))),
      ),
      refusal,
      h("button", { type: "submit", class: "button primary", "data-key": "apply" }, say(lang, "options_apply")),
    ),
  );
  dialog.onclick = (event) => {
    if (event.target === dialog) dialog.close(); // a click beside it; a handler that returned false would undo the tick
  };
  dialog.showModal();
}

/**
 * @param {Api.Standard} pack
 * @param {Api.Lang} lang
 */
function packText(pack, lang) {
  return h(
    "span",
    { class: "pack-text" },
    h("span", {}, either(pack, lang)),
    h(
      "small",
      {},
      say(lang, "options_pack", { version: pack.version, clauses: pack.clauses }),
      pack.origin === "workspace" ? ` · ${say(lang, "options_own")}` : "",
      pack.unverified > 0 && h("span", { class: "clause-mark" }, say(lang, "unverified_count", { count: pack.unverified })),
    ),
  );
}

/** @param {typeof DAYS[number]} day @param {Api.Lang} lang */
function dayName(day, lang) {
  const usual = PRESETS[0];
  return whenOf(usual.when).day === day ? say(lang, usual.day) : say(lang, `day_${day}`);
}
