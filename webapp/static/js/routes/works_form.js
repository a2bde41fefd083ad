/** Which street or which project is closed to walkers. */
import { h } from "../panel/dom.js";
import { nameOf, say } from "../say/say.js";

/** @typedef {import("./url.js").RoutesState} RoutesState */

/**
 * The names that a street can be chosen by, each once.
 * @param {Api.Base} base
 * @param {Api.Lang} lang
 * @returns {{name: string, shown: string}[]}
 */
export function streetNames(base, lang) {
  const named = (base.streets?.features ?? []).filter(({ properties }) => properties?.name && properties.kind !== "crossing");
  const names = new Map(named.map(({ properties }) => [String(properties?.name), nameOf(properties, lang)]));
  return [...names].map(([name, shown]) => ({ name, shown })).sort((a, b) => a.shown.localeCompare(b.shown, lang));
}

/**
 * @param {RoutesState} state
 * @param {{base: Api.Base, projects: Api.Feature[], begun: boolean}} known  `projects`: those drawn as lines; `begun`: one end is pressed on the map
 * @param {(change: Partial<RoutesState>) => void} set
 */
export function worksForm({ lang, street, project, between }, { base, projects, begun }, set) {
  const streets = streetNames(base, lang);
  const told = h("p", { class: "note failure-note", role: "status" });
  const shown = streets.find(({ name }) => name === street)?.shown ?? street ?? "";
  const field = h("input", { type: "text", id: "works-street", class: "search-text", list: "works-streets", autocomplete: "off", value: shown, "data-key": "works-street" });
  const close = (/** @type {string} */ text) => {
    const found = streets.find(({ name, shown }) => text === name || text === shown);
    if (found) set({ street: found.name, project: null, item: null });
    else told.textContent = say(lang, "works_unknown", { name: text });
  };
  field.addEventListener("change", () => field.value.trim() && close(field.value.trim()));
  const form = h(
    "form",
    { class: "works-form", onsubmit: (event) => (event.preventDefault(), close(field.value.trim())) },
    h("label", { for: "works-street", class: "label" }, say(lang, "works_street")),
    h("div", { class: "row" }, field, h("button", { type: "submit", class: "button primary", "data-key": "works-ask" }, say(lang, "works_ask"))),
    h("datalist", { id: "works-streets" }, streets.map(({ shown }) => h("option", { value: shown }))),
    told,
    streets.some(({ name }) => name === street) && h("p", { class: "note works-part" }, say(lang, begun ? "works_other_end" : between.length === 2 ? "works_part" : "works_ends")),
    between.length === 2 && h("button", { type: "button", class: "button small", "data-key": "works-whole", onclick: () => set({ item: null }) }, say(lang, "works_whole")),
  );
  if (projects.length === 0) return form;
  const select = h("select", { id: "works-project", "data-key": "works-project" }, h("option", { value: "" }, say(lang, "works_none")), projects.map(({ id, properties }) => h("option", { value: String(id), selected: String(id) === project }, nameOf(properties, lang) || String(id))));
  select.addEventListener("change", () => set(select.value ? { project: select.value, street: null, item: null } : { project: null, item: null }));
  form.append(h("label", { for: "works-project", class: "label" }, say(lang, "works_project")), select);
  return form;
}
