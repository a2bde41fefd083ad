/** What the reader chose, shown on the map and told beside it: a clause, a committee or age group of it, a compound and its walk. */
import * as L from "/vendor/leaflet/leaflet-src.esm.js";
import * as api from "../api.js";
import { wayOf } from "../geo/way.js";
import { gapColor } from "../map/look.js";
import { picker } from "../map/pick.js";
import { callUnits } from "../panel/call_units.js";
import { at, h, keepFocus } from "../panel/dom.js";
import { steps } from "../panel/steps.js";
import { people as sayPeople } from "../say/number.js";
import { either, nameOf, say } from "../say/say.js";
import { card, clauseHead, compoundHead, gapList, missed, unitHead, unitList, urgent } from "./cards.js";
import { gapsOf, overviewOf } from "./gaps.js";
import { cellOf, keyOf } from "./model.js";
import { mapKey } from "./map_key.js";
import { clauseName } from "./marks.js";
import { NO_COMMITTEE } from "./url.js";

/** @typedef {import("./audit.js").Audit} Audit */
/** @typedef {import("./url.js").AuditState} AuditState */

export class Focus {
  /** @type {Api.Coverage | null} the clause drawn, or the overview */
  shown = null;
  /** @type {(lonLat: [number, number]) => Api.Feature | null} */
  pick = () => null;
  #key = "";
  #turn = 0;
  /** @type {[number, number][][]} the walk's steps as places */
  #stretches = [];
  #looked = "";

  /** @param {Audit} page */
  constructor(page) {
    this.page = page;
  }

  get panel() {
    return at("focus");
  }

  /** Show what the state says is chosen. */
  async show() {
    const turn = ++this.#turn;
    const { page } = this;
    const { state, audit } = page;
    if (!audit) return;
    const asked = state.clause !== null && this.row(state.clause) !== null;
    if (asked) this.panel.setAttribute("aria-busy", "true");
    const shown = asked ? await api.orSentence(api.auditClause(String(state.clause), state)) : overviewOf(audit.answer.tables.compounds, page.base, audit.legend.gap.map(({ color }) => color));
    if (turn !== this.#turn) return;
    this.panel.removeAttribute("aria-busy");
    if (!("features" in shown)) return this.#refuse(shown);
    this.#cover(shown, asked);
    this.#choose();
    return state.unit !== null && asked ? this.#unit(turn) : this.#tell();
  }

  /** Nothing can be shown: the audit itself failed. */
  empty() {
    this.#turn += 1;
    this.shown = null;
    this.#key = "";
    this.pick = () => null;
    this.page.picture.cover(null, "");
    this.page.picture.choice.unit(null);
    this.page.picture.choice.several([]);
    this.page.picture.choice.walk(null, this.page.state.lang);
    at("map-key").hidden = true;
    card(this.panel, [], this.page.state.lang);
    this.panel.hidden = true;
  }

  /** @param {string} key */
  row(key) {
    return this.page.audit?.answer.tables.clauses.find((row) => keyOf(row) === key) ?? null;
  }

  /** @param {{zh: string, en: string}} error */
  #refuse(error) {
    const { lang } = this.page.state;
    this.panel.hidden = false;
    card(this.panel, this.#crumbs(), lang, h("p", { class: "failure", role: "alert" }, either(error, lang)));
  }

  /**
   * Draw a clause, once for all that is then chosen of it.
   * @param {Api.Coverage} coverage
   * @param {boolean} ofClause
   */
  #cover(coverage, ofClause) {
    const { page } = this;
    const { state, workspace } = page;
    const key = JSON.stringify([ofClause ? state.clause : null, state.people, state.lang, state.night, page.audit?.answer.run_id]);
    if (key === this.#key) return;
    this.#key = key;
    const glyphs = new Map(workspace.kinds.map(({ code, glyph }) => [code, glyph]));
    for (const { properties } of coverage.features.facilities.features) if (properties) properties.glyph = glyphs.get(properties.kind) ?? "";
    this.shown = callUnits(coverage, page.base, page.local);
    this.pick = picker(this.shown.features.units.features, page.local);
    coverage.legend.gap.forEach((_, i) => document.documentElement.style.setProperty(`--gap-${i}`, gapColor(coverage.legend.gap, i, state.night)));
    page.picture.cover(this.shown, "");
    mapKey(ofClause ? this.row(String(state.clause)) : null, this.shown, state.lang);
    at("map-key").hidden = false;
  }

  /** The features that belong to the committee chosen. */
  members() {
    const { committee } = this.page.state;
    if (committee === null) return [];
    return (this.shown?.features.units.features ?? []).filter(({ properties }) => (properties?.committee_id ?? NO_COMMITTEE) === committee);
  }

  /** @param {string | null} id */
  unit(id) {
    return (id !== null && this.shown?.features.units.features.find((unit) => String(unit.id) === id)) || null;
  }

  /** Outline what is chosen and come near to it. */
  #choose() {
    const { page } = this;
    const { state, picture, camera } = page;
    const [unit, members] = [this.unit(state.unit), this.members()];
    picture.set({ chosen: state.unit });
    picture.choice.several(unit ? [] : members);
    picture.choice.unit(unit);
    if (unit === null || state.clause === null) this.#draw(null);
    const looked = JSON.stringify([state.committee, state.unit]);
    if (looked === this.#looked) return;
    const first = this.#looked === "";
    this.#looked = looked;
    const bounds = L.geoJSON(/** @type {any} */ ({ type: "FeatureCollection", features: unit ? [unit] : members })).getBounds();
    if (first && state.view !== null) return;
    if (unit && state.clause !== null) return; // the walk's turn
    if (bounds.isValid() && (unit || members.length > 0)) picture.choice.approach(bounds, camera.room(), unit ? 0.9 : 0.12);
    else if (!first) page.whole();
  }

  #crumbs() {
    const { page } = this;
    const { state } = page;
    const { lang, clause, committee, people, unit } = state;
    const row = clause === null ? null : this.row(clause);
    const within = committee !== null ? page.placeName(committee) : people !== "all" ? page.groupName(people) : "";
    const own = unit === null ? "" : nameOf(this.unit(unit)?.properties ?? null, lang) || unit;
    const parts = [
      { name: say(lang, state.tab === "gaps" ? "tab_gaps" : "crumb_all"), to: { clause: null, committee: null, people: "all", unit: null } },
      ...(row ? [{ name: clauseName(row, lang), to: { committee: null, people: "all", unit: null } }] : []),
      ...(within ? [{ name: within, to: { unit: null } }] : []),
      ...(own ? [{ name: own, to: {} }] : []),
    ];
    if (parts.length === 1) return [];
    return parts.map(({ name, to }, i) => ({ name, press: i === parts.length - 1 ? null : () => page.choose(to) }));
  }

  /** Tell a clause, a compound without one, or the heaviest gaps. */
  #tell() {
    const { page } = this;
    const { state, audit } = page;
    if (!audit || !this.shown) return;
    const { lang, clause, committee, people, unit } = state;
    const { tables } = audit.answer;
    const row = clause === null ? null : this.row(clause);
    const chooseGap = (/** @type {Api.GapRow} */ gap) => page.choose({ clause: keyOf(gap), unit: gap.id });
    const compound = unit === null ? undefined : tables.compounds.find(({ id }) => id === unit);
    this.panel.hidden = false;
    /** @type {import("../panel/dom.js").Child[]} */
    let content;
    if (row) {
      const where = committee !== null ? page.placeName(committee) : people !== "all" ? page.groupName(people) : "";
      const members = this.members();
      const units = (this.shown.answer.tables.units ?? []).filter(({ id }) => committee === null || members.some((one) => String(one.id) === String(id)));
      const { facts } = this.shown.answer;
      const number = (/** @type {string} */ key) => (typeof facts[key]?.value === "number" ? facts[key].value : 0);
      const own = page.matrix.rows.find(({ key }) => key === clause);
      const column = page.matrix.columns.findIndex(({ id }) => id === committee);
      const asked = { people: 0, people_covered: number("people_covered"), people_gap: number("people_gap"), people_unknown: number("people_unknown"), people_not_concerned: people === "all" ? number("people_not_concerned") : 0, share_covered: null };
      const cell = committee !== null && column >= 0 && own?.cells[column] ? own.cells[column] : cellOf(asked);
      const told = { clause: clauseName(row, lang), column: where || say(lang, "col_total"), covered: sayPeople(cell.covered, lang), gap: sayPeople(cell.gap, lang), unknown: sayPeople(cell.unknown, lang) };
      at("live").textContent = say(lang, "cell", told);
      content = [...clauseHead(row, cell, where, lang), ...unitList(units, lang, (id) => page.choose({ unit: id }))];
    } else if (compound) {
      content = [
        ...compoundHead(compound, page.placeName(compound.committee_id), lang),
        this.#sheetButton(),
        h("h3", { class: "label" }, say(lang, "unit_worst")),
        gapList(gapsOf(tables.gaps, { clause: null, committee: null, unit }).slice(0, 30), lang, chooseGap, false),
      ];
    } else {
      const gaps = gapsOf(tables.gaps, { clause: null, committee });
      const here = tables.compounds.filter(({ committee_id }) => committee === null || (committee_id ?? NO_COMMITTEE) === committee);
      content = state.tab === "gaps" ? missed(here, lang, (id) => page.choose({ unit: id })) : urgent(gaps, lang, { choose: chooseGap, all: () => page.store.set({ tab: "gaps" }) });
    }
    keepFocus(this.panel, () => card(this.panel, this.#crumbs(), lang, ...content));
    this.#link();
  }

  #sheetButton() {
    const { page } = this;
    return h("button", { type: "button", class: "button small", "data-key": "sheet", onclick: () => page.store.set({ tab: "sheet" }) }, say(page.state.lang, "unit_sheet"));
  }

  /** A row under the pointer shows its compound on the map. */
  #link() {
    for (const row of this.panel.querySelectorAll("[data-unit]")) {
      const id = row instanceof HTMLElement ? (row.dataset.unit ?? null) : null;
      row.addEventListener("pointerenter", () => this.page.picture.choice.hover(this.unit(id)));
      row.addEventListener("pointerleave", () => this.page.picture.choice.hover(null));
    }
  }

  /**
   * A compound within a clause, with its walk.
   * @param {number} turn
   */
  async #unit(turn) {
    const { page } = this;
    const { state } = page;
    const { lang } = state;
    const unit = this.unit(state.unit);
    const row = state.clause === null ? null : this.row(state.clause);
    if (!unit || !row) return this.#tell();
    const walked = row.measure !== "presence" && row.measure !== "index";
    this.#write(unit, row, null, null, null);
    const [walk, sheet] = await Promise.all([walked ? api.orSentence(api.auditWalk(keyOf(row), String(unit.id), state)) : null, api.orSentence(api.auditUnit(String(unit.id), state))]);
    if (turn !== this.#turn) return;
    const own = "answer" in sheet ? (/** @type {Api.SheetRow[]} */ (sheet.answer.tables.clauses).find((one) => keyOf(one) === state.clause) ?? null) : null;
    const drawn = walk && "answer" in walk ? walk : null;
    const way = this.#draw(drawn);
    const told = drawn && steps(drawn.answer, way, state.step, lang, {
      point: (step) => this.#point(step ?? (page.state.step === null ? null : page.state.step - 1)),
      choose: (step) => page.store.set({ step: page.state.step === step ? null : step }, { quietly: true }),
    });
    this.#write(unit, row, walk, own, told);
    const bounds = L.geoJSON(unit).getBounds();
    if (drawn) bounds.extend(L.geoJSON(drawn.features.walk).getBounds());
    if (state.step !== null) this.step();
    else page.picture.choice.approach(bounds, page.camera.room(), 0.15);
  }

  /**
   * @param {Api.Feature} unit
   * @param {Api.ClauseRow} row
   * @param {Api.Walk | {zh: string, en: string} | null} walk
   * @param {Api.SheetRow | null} own
   * @param {Node | null} way
   */
  #write(unit, row, walk, own, way) {
    const { page } = this;
    const { state } = page;
    const { lang, open, close } = state;
    const called = (/** @type {string} */ name) => nameOf(this.shown?.features.facilities.features.find(({ properties }) => properties?.name === name)?.properties ?? null, lang) || name;
    const [kind] = row.kinds.split(",");
    const within = /^([0-9]+m|[0-9]+min)$/.test(row.measure) ? `&within=${row.measure}` : "";
    const asIf = [open.length > 0 ? `&open=${open.map(encodeURIComponent).join(",")}` : "", close.length > 0 ? `&close=${close.map(encodeURIComponent).join(",")}` : ""].join("");
    const desk = h("a", { class: "button small", "data-key": "desk", href: `/?kind=${kind}${within}${asIf}&unit=${encodeURIComponent(String(unit.id))}${lang === "en" ? "&lang=en" : ""}${state.night ? "&night=1" : ""}` }, say(lang, "unit_try"));
    this.panel.hidden = false;
    keepFocus(this.panel, () =>
      card(this.panel, this.#crumbs(), lang, ...unitHead(unit.properties ?? {}, row, walk, own, lang, called).flat(), way, h("div", { class: "focus-buttons" }, this.#sheetButton(), row.measure === "index" ? null : desk)),
    );
  }

  /** Only the step changed: no new question. */
  step() {
    const { step } = this.page.state;
    this.#point(step === null ? null : step - 1);
    for (const [i, button] of [...this.panel.querySelectorAll(".step")].entries()) button.setAttribute("aria-pressed", String(i + 1 === step));
    if (step !== null && this.#stretches[step - 1])
      this.page.picture.choice.approach(L.polyline(this.#stretches[step - 1].map(([lon, lat]) => [lat, lon])).getBounds(), this.page.camera.room());
  }

  /** @param {Api.Walk | null} walk */
  #draw(walk) {
    const { page } = this;
    const { stretches, passed, turns, gates } = wayOf(walk, page.ground, page.local);
    this.#stretches = stretches;
    page.picture.choice.walk(walk, page.state.lang, passed);
    return { turns, gates };
  }

  /** @param {number | null} step  from 0 */
  #point(step) {
    this.page.picture.choice.step(step === null ? null : (this.#stretches[step] ?? null));
  }
}
