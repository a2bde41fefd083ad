/** The audit's page: from the state to the questions, from the answers to the matrix, the lists and the map. */
import * as L from "/vendor/leaflet/leaflet-src.esm.js";
import * as api from "../api.js";
import { Local } from "../geo/local.js";
import { Camera } from "../map/camera.js";
import { Picture } from "../map/picture.js";
import { scaleBar, stage } from "../map/stage.js";
import { failed } from "../panel/answer.js";
import { asIfBar } from "../panel/as_if.js";
import { bar } from "../panel/bar.js";
import { copy } from "../panel/copy.js";
import { at, fill, h, keepFocus } from "../panel/dom.js";
import { furniture } from "../panel/furniture.js";
import { onPhone } from "../panel/sheet.js";
import { address as publishAddress } from "../publish/url.js";
import { metres } from "../say/number.js";
import { nameOf, say } from "../say/say.js";
import { baseAsIf } from "../state/as_if.js";
import { Store } from "../state/store.js";
import { Focus } from "./focus.js";
import { head, headSaid, headWaiting } from "./head.js";
import { matrixOf } from "./model.js";
import { asked, optionsButton } from "./options.js";
import { SHADES } from "./shade.js";
import { drawTab } from "./tabs.js";
import { FIRST, TABS, read, write } from "./url.js";
import { address as intakeAddress } from "../intake/url.js";
import { address as routesAddress } from "../routes/url.js";

/** @typedef {import("./url.js").AuditState} AuditState */

const QUESTION = /** @type {const} */ (["standard", "when", "evening", "stepFree", "open", "close"]);
const CHOICE = /** @type {const} */ (["clause", "committee", "people", "unit"]);
const WORK = /** @type {const} */ (["tab", "columns", "rows", "order"]);

export class Audit {
  /** @type {Api.Audit | null} */
  audit = null;
  /** @type {import("./model.js").Matrix} */
  matrix = { columns: [], rows: [] };
  /** @type {import("./matrix.js").MatrixTable | null} */
  table = null;
  /** @type {Api.Feature | null} */
  pointed = null;
  turn = 0;
  printing = false;

  /**
   * @param {Store<AuditState>} store
   * @param {Api.Workspace} workspace
   * @param {Api.Base} base
   * @param {Api.Standard[]} packs
   */
  constructor(store, workspace, base, packs) {
    this.store = store;
    this.workspace = workspace;
    this.base = base;
    this.packs = packs;
    const [west, south, east, north] = workspace.bounds;
    this.local = new Local((west + east) / 2, (south + north) / 2);
    this.bounds = L.latLngBounds([south, west], [north, east]);
    this.map = stage(at("map"), workspace.bounds);
    this.map.setMaxBounds(this.bounds.pad(5)); // the matrix covers most of the map: the whole stands far to its right
    this.camera = new Camera(this.map, at("furniture"));
    this.screen();
    this.place();
    this.picture = new Picture(this.map, base, this.local, { item: () => {}, gate: () => {}, assume: () => {} });
    this.focus = new Focus(this);
    this.drawScale = scaleBar(this.map, at("scale"), (length) => metres(length, this.state.lang));
    this.#listen();
    store.listen((_, changed) => this.update(changed));
  }

  get state() {
    return this.store.state;
  }

  /** The base map with its gates as assumed. */
  get ground() {
    return baseAsIf(this.base, this.state);
  }

  begin() {
    this.dress();
    return this.ask();
  }

  /** @param {Set<keyof AuditState>} changed */
  update(changed) {
    const any = (/** @type {readonly (keyof AuditState)[]} */ keys) => keys.some((key) => changed.has(key));
    const asks = any(QUESTION);
    this.screen();
    if (asks || any(["lang", "night", "tab", "columns", "rows", "order", ...CHOICE])) this.dress();
    if (asks) this.ask();
    else if (changed.has("lang")) this.tell();
    else {
      if (any(["columns"])) this.matrix = this.#matrix();
      if (any(WORK) || (any(CHOICE) && this.state.tab !== "matrix")) this.draw();
      else if (any(CHOICE)) this.mark();
      if (any(["night", "tab", ...CHOICE])) this.focus.show();
      else if (changed.has("step")) this.focus.step();
    }
    if (changed.has("view") && !(this.state.view && this.camera.isAt(this.state.view))) this.place();
  }

  /** On a phone one thing a screen: the work, or the map with what is chosen. */
  screen() {
    const { tab, clause, committee, unit } = this.state;
    const before = document.body.dataset.screen;
    document.body.dataset.screen = (tab === "matrix" || tab === "gaps") && (clause ?? committee ?? unit) !== null ? "focus" : "work";
    document.body.dataset.work = tab;
    if (before !== document.body.dataset.screen && this.map && onPhone()) this.map.invalidateSize({ pan: false });
  }

  /** Everything that follows from language, night and the question itself, before any answer. */
  dress() {
    const { state, workspace } = this;
    const { lang } = state;
    const { night } = this;
    const root = document.documentElement;
    root.lang = lang === "zh" ? "zh-Hans" : "en";
    root.dataset.night = String(night);
    root.dataset.theme = "orange";
    const shades = SHADES[night ? "night" : "day"];
    shades.gaps.forEach((color, i) => root.style.setProperty(`--cell-gap-${i}`, color));
    for (const [name, color] of Object.entries(shades)) if (typeof color === "string") root.style.setProperty(`--cell-${name}`, color);
    const desk = new URLSearchParams({ ...(state.open.length > 0 && { open: state.open.join(",") }), ...(state.close.length > 0 && { close: state.close.join(",") }), ...(lang === "en" && { lang }), ...(night && { night: "1" }) });
    bar(
      { name: nameOf(workspace, lang), lang, night, title: "audit_title", others: [{ word: "to_desk", href: `/${desk.size > 0 ? `?${desk}` : ""}`.replaceAll("%2C", ",") }, { word: "to_routes", href: routesAddress({ lang, night }) }, { word: "to_intake", href: intakeAddress({ lang, night }) }, { word: "to_publish", href: publishAddress({ lang, night }) }] },
      { lang: () => this.store.set({ lang: lang === "zh" ? "en" : "zh" }), night: () => this.store.set({ night: !state.night }), share: () => this.share() },
    );
    at("skip").textContent = say(lang, "audit_skip");
    at("skip-focus").textContent = say(lang, "audit_skip_focus");
    at("map").setAttribute("aria-label", say(lang, "map"));
    at("focus").setAttribute("aria-label", say(lang, "focus"));
    at("results").setAttribute("aria-label", say(lang, "tabs"));
    if (onPhone()) at("work").prepend(at("options-open"));
    else at("tools").before(at("options-open"));
    optionsButton(this.packs, state, (change) => this.store.set({ ...change, clause: null, committee: null, unit: null, people: "all", step: null }));
    asIfBar(this.base, { ...state, theme: "orange" }, (asIf) => this.store.set(asIf));
    furniture(workspace, lang, { nearer: () => this.map.zoomIn(), farther: () => this.map.zoomOut(), fit: () => this.whole() });
    this.drawScale();
    this.#tabs();
    this.picture.set({ night, lang });
  }

  #tabs() {
    const { lang, tab, unit } = this.state;
    const go = (/** @type {import("./url.js").Tab} */ to) => this.store.set(onPhone() && to !== "sheet" ? { tab: to, clause: null, committee: null, people: "all", unit: null, step: null } : { tab: to });
    const nav = at("tabs");
    nav.setAttribute("aria-label", say(lang, "tabs"));
    keepFocus(nav, () =>
      fill(
        nav,
        TABS.filter((one) => one !== "sheet" || unit !== null).map((one) =>
          h("button", { type: "button", class: "work-tab", "data-key": `tab-${one}`, "aria-pressed": String(one === tab), onclick: () => go(one) }, say(lang, `tab_${one}`)),
        ),
      ),
    );
  }

  /** Ask the server what the state asks, and show it; an answer that comes too late for its question is dropped. */
  async ask() {
    const turn = ++this.turn;
    const { state } = this;
    headWaiting(state.lang);
    at("results").setAttribute("aria-busy", "true");
    const audit = await api.orSentence(api.audit(state));
    if (turn !== this.turn) return;
    at("results").removeAttribute("aria-busy");
    if (audit instanceof api.ApiError) return this.refuse(audit);
    this.audit = audit;
    at("results").hidden = false;
    document.body.classList.remove("refused");
    this.tell();
    at("live").textContent = headSaid(audit, this.state.lang);
  }

  /** Tell the audit there is in the reader's language. */
  tell() {
    if (!this.audit) return;
    this.matrix = this.#matrix();
    head(this.audit, this.state);
    if (this.state.view === null) this.fit();
    this.draw();
    return this.focus.show();
  }

  #matrix() {
    return this.audit ? matrixOf(this.audit.answer.tables, this.state.columns, this.state.lang) : this.matrix;
  }

  /** Draw the panel of the work. */
  draw() {
    if (!this.audit) return;
    at("tip").hidden = true;
    keepFocus(at("panel"), () => (this.table = drawTab(this)));
    this.mark();
  }

  mark() {
    const { clause, committee, people } = this.state;
    this.table?.mark({ clause, column: committee ?? (people === "all" ? null : people) });
  }

  /** @param {api.ApiError} error */
  refuse(error) {
    this.audit = null;
    this.table = null;
    at("results").hidden = true;
    document.body.classList.add("refused");
    this.focus.empty();
    const { standard, when, evening, stepFree, open, close } = FIRST;
    if (error.status >= 400 && error.status < 500) failed(error, this.state, "start_over", () => this.store.set({ standard, when, evening, stepFree, open, close }));
    else failed(error, this.state, "retry", () => this.ask());
  }

  /**
   * Choose a clause, a cell, a compound, or with nulls go back.
   * @param {Partial<AuditState>} what
   */
  choose(what) {
    const { tab } = this.state;
    const away = onPhone() && tab !== "matrix" && tab !== "gaps" ? { tab: /** @type {const} */ ("matrix") } : {};
    this.store.set({ step: null, ...away, ...(tab === "sheet" && what.unit === null ? { tab: /** @type {const} */ ("matrix") } : {}), ...what });
    if (onPhone()) at("focus").scrollTop = 0;
  }

  /** @param {string | null} id  of a committee */
  placeName(id) {
    const rows = this.audit?.answer.tables.matrix ?? [];
    const row = rows.find(({ committee_id }) => (committee_id ?? "-") === (id ?? "-"));
    if (!row) return id === null || id === "-" ? say(this.state.lang, "col_none") : id;
    return (this.state.lang === "en" && row.committee_en) || row.committee;
  }

  /** @param {string} group */
  groupName(group) {
    const row = this.audit?.answer.tables.ages.find((one) => one.group === group);
    return nameOf(row ?? null, this.state.lang) || group;
  }

  /** By night as the reader has it; paper is white. */
  get night() {
    return this.state.night && !this.printing;
  }

  /** What a printed sheet says of its data. */
  get paper() {
    const { lang } = this.state;
    const { accuracy, date } = this.workspace;
    const run = this.audit?.answer.run_id.slice(0, 8) ?? "";
    return say(lang, "paper", { sketch: accuracy === "sketch" ? `${say(lang, "sketch_long")} · ` : "", date: date ?? "—", run });
  }

  /** The packs that are held against. */
  get own() {
    return asked(this.packs, this.state.standard);
  }

  #listen() {
    const { map } = this;
    const lonLat = (/** @type {L.LatLng} */ { lng, lat }) => /** @type {[number, number]} */ ([lng, lat]);
    map.on("click", ({ latlng }) => {
      const unit = this.focus.pick(lonLat(latlng));
      if (unit && String(unit.id) !== this.state.unit) this.choose({ unit: String(unit.id) });
      else if (this.state.unit !== null) this.choose({ unit: null });
    });
    map.on("mousemove", ({ latlng }) => this.#point(this.focus.pick(lonLat(latlng))));
    map.on("mouseout", () => this.#point(null));
    this.camera.onMove((view) => this.store.set({ view }, { quietly: true })); // a move is no step of history
    window.addEventListener("resize", () => this.state.view === null && this.fit());
    window.matchMedia("(max-width: 759px)").addEventListener("change", () => (this.dress(), this.draw()));
    document.addEventListener("pointerdown", () => delete document.documentElement.dataset.keys);
    document.addEventListener("keydown", (event) => {
      document.documentElement.dataset.keys = "true";
      if (event.key !== "Escape" || document.querySelector("dialog[open]")) return;
      const { unit, committee, people, clause } = this.state;
      if (unit !== null) this.choose({ unit: null });
      else if (committee !== null || people !== "all") this.choose({ committee: null, people: "all" });
      else if (clause !== null) this.choose({ clause: null });
    });
    for (const [name, printing] of /** @type {const} */ ([["beforeprint", true], ["afterprint", false]]))
      window.addEventListener(name, () => {
        this.printing = printing;
        this.dress();
      });
    at("panel").addEventListener("scroll", () => (at("tip").hidden = true), true);
  }

  /** @param {Api.Feature | null} unit */
  #point(unit) {
    if (unit?.id === this.pointed?.id) return;
    this.pointed = unit;
    this.picture.choice.hover(unit);
    this.map.getContainer().classList.toggle("over-unit", unit !== null);
    for (const row of at("focus").querySelectorAll("[data-unit]")) row.classList.toggle("pointed", unit !== null && row instanceof HTMLElement && row.dataset.unit === String(unit.id));
  }

  place() {
    if (this.state.view === null) this.fit();
    else this.camera.lookAt(this.state.view);
  }

  /** Show the whole. */
  fit() {
    this.camera.show(this.bounds);
  }

  /** Forget where the reader had moved the map, and show the whole again. */
  whole() {
    this.store.set({ view: null }, { quietly: true });
    this.fit();
  }

  async share() {
    const told = say(this.state.lang, (await copy(window.location.href)) ? "shared" : "not_shared");
    at("live").textContent = told;
    const button = at("tools").querySelector('[data-key="share"]');
    if (button) button.textContent = told;
  }
}

async function start() {
  const store = new Store(window, { read, write });
  const { lang } = store.state;
  document.documentElement.lang = lang === "zh" ? "zh-Hans" : "en";
  document.documentElement.dataset.night = String(store.state.night);
  document.documentElement.dataset.theme = "orange";
  headWaiting(lang);
  api.audit(store.state).catch(() => {}); // asked ahead; whoever needs it handles its failure
  try {
    const [workspace, base, packs] = await Promise.all([api.workspace(), api.base(), api.standards()]);
    await new Audit(store, workspace, base, packs).begin();
  } catch (error) {
    if (!(error instanceof api.ApiError)) throw error;
    failed(error, store.state, "retry", start);
  }
}

start();
