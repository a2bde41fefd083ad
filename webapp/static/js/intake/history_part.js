/** What was taken in before, the last first; the last one can be undone. */
import { fill, h } from "../panel/dom.js";
import { whole } from "../say/number.js";
import { either, say } from "../say/say.js";

/** @typedef {import("./intake.js").Intake} Page */

/**
 * @param {Element} panel
 * @param {Page} page
 * @param {Api.Version[]} versions
 */
export function historyPart(panel, page, versions) {
  const { lang } = page.state;
  const last = versions.find(({ undone }) => !undone);
  fill(
    panel,
    versions.length === 0
      ? h("p", { class: "note" }, say(lang, "in_history_none"))
      : h("ul", { class: "versions" }, versions.map((version) => line(page, version, version === last))),
  );
}

/**
 * @param {Page} page
 * @param {Api.Version} version
 * @param {boolean} last
 */
function line(page, version, last) {
  const { lang } = page.state;
  const layer = page.intake.layers.find(({ name }) => name === version.layer);
  const what = `${version.file} → ${layer ? either(layer, lang) : version.layer}`;
  const counts = /** @type {const} */ (["added", "changed", "removed"]).filter((one) => version.counts[one] > 0).map((one) => `${say(lang, `in_${one}`)} ${whole(version.counts[one])}`);
  return h(
    "li",
    { class: `version ${version.undone ? "undone" : ""}` },
    h("span", { class: "version-what" }, what, h("small", {}, `${version.when.slice(0, 16).replace("T", " ")} · ${version.undone ? say(lang, "in_undone_short") : counts.join(" · ")}`)),
    last && page.intake.edit && h("button", { type: "button", class: "button small", "data-key": `undo-${version.number}`, "aria-label": say(lang, "in_undo_say", { what }), onclick: () => page.handing.undo(version) }, say(lang, "in_undo")),
  );
}
