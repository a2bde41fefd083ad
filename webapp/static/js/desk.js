/** The page: from the state to the questions, from the answers to the panels and the picture. */
import * as L from "/vendor/leaflet/leaflet-src.esm.js";
import * as api from "./api.js";
import { Local } from "./geo/local.js";
import { inside, lines, points, polygons } from "./geo/shapes.js";
import { Chosen } from "./chosen.js";
import { tellFigures } from "./figures.js";
import { stands } from "./hours/shut.js";
import { gapColor } from "./map/look.js";
import { Camera } from "./map/camera.js";
import { picker } from "./map/pick.js";
import { Picture } from "./map/picture.js";
import { scaleBar, stage } from "./map/stage.js";
import { failed, waiting } from "./panel/answer.js";
import { asIfBar } from "./panel/as_if.js";
import { bar } from "./panel/bar.js";
import { callUnits } from "./panel/call_units.js";
import { copy } from "./panel/copy.js";
import { at } from "./panel/dom.js";
import { entries } from "./panel/entries.js";
import { furniture } from "./panel/furniture.js";
import { list, point } from "./panel/list.js";
import { more } from "./panel/more.js";
import { question } from "./panel/question.js";
import { openSearch, search } from "./panel/search.js";
import { onPhone, Sheet } from "./panel/sheet.js";
import { themes } from "./panel/themes.js";
import { themeView } from "./panel/theme_view.js";
import { metres } from "./say/number.js";
import { either, say } from "./say/say.js";
import { address as auditAddress } from "./audit/url.js";
import { address as intakeAddress } from "./intake/url.js";
import { address as publishAddress } from "./publish/url.js";
import { address as routesAddress } from "./routes/url.js";
import { AS_IT_IS, assume, baseAsIf } from "./state/as_if.js";
import { Store } from "./state/store.js";
import { FIRST } from "./state/url.js";

/** @typedef {import("./state/url.js").State} State */

const QUESTION = /** @type {const} */ (["theme", "kind", "within", "people", "profile", "when", "open", "close"]);
const CHOICE = /** @type {const} */ (["unit", "at", "item"]);

export class Desk {
  /** @type {Api.Coverage | null} */
  coverage = null;
  /** @type {Api.ThemeView | null} */
  view = null;
  /** @type {(lonLat: [number, number]) => Api.Feature | null} */
  pick = () => null;
  /** @type {Api.Feature | null} */
  pointed = null;
  /** @type {[number, number] | null} */
  clicked = null;
  turn = 0;

  /**
   * @param {Store} store
   * @param {Api.Workspace} workspace
   * @param {Api.Base} base
   */
  constructor(store, workspace, base) {
    this.store = store;
    this.workspace = workspace;
    this.base = base;
    const [west, south, east, north] = workspace.bounds;
    this.local = new Local((west + east) / 2, (south + north) / 2);
    this.bounds = L.latLngBounds([south, west], [north, east]);
    this.map = stage(at("map"), workspace.bounds);
    this.camera = new Camera(this.map, at("furniture"));
    this.sheet = new Sheet();
    at("list").hidden = store.state.theme !== "orange";
    this.place(store.state);
    this.picture = new Picture(this.map, base, this.local, {
      item: (id) => this.choose({ item: id }),
      gate: (gate) => this.store.set({ gate }, { quietly: gate === null }),
      assume: (gate, what) => this.store.set(assume(this.state, gate, what)),
    });
    this.chosen = new Chosen(this);
    this.drawScale = scaleBar(this.map, at("scale"), (length) => metres(length, this.state.lang));
    this.listenToMap();
    this.listenToPrinter();
    store.listen((state, changed) => this.update(state, changed));
  }

  get state() {
    return this.store.state;
  }

  /** The base map with its gates as assumed. */
  get ground() {
    return baseAsIf(this.base, this.state);
  }

  get night() {
    return this.state.night ?? this.state.theme === "night";
  }

  get kind() {
    const { kinds } = this.workspace;
    return kinds.find(({ code }) => code === this.state.kind) ?? kinds[0];
  }

  /** Whose people are counted, in the reader's language; "" for everyone. */
  get group() {
    const group = this.workspace.people.find(({ code }) => code === this.state.people);
    return group && group.code !== "all" ? either(group, this.state.lang) : "";
  }

  /** Draw everything for the first time. */
  begin() {
    this.dress();
    return Promise.all([this.ask(), this.chosen.show()]);
  }

  /**
   * @param {State} state
   * @param {Set<keyof State>} changed
   */
  update(state, changed) {
    const any = (/** @type {readonly (keyof State)[]} */ keys) => keys.some((key) => changed.has(key));
    if (any(["lang", "night", ...QUESTION])) this.dress();
    if (any(["lang", ...QUESTION])) this.ask();
    if (any(["open", "close"])) this.showGates();
    if (any(["lang", "kind", "profile", "when", "open", "close", "theme", ...CHOICE])) this.chosen.show();
    else if (changed.has("gate")) at("live").textContent = this.picture.gates.ask(state.gate, this.camera.room());
    if (changed.has("step")) this.chosen.step();
    if (changed.has("view") && !(state.view && this.camera.isAt(state.view))) this.place(state);
  }

  /** Everything that follows from language, night and the question itself, before any answer. */
  dress() {
    const { state, workspace } = this;
    const { lang } = state;
    document.documentElement.lang = lang === "zh" ? "zh-Hans" : "en";
    document.documentElement.dataset.night = String(this.night);
    document.documentElement.dataset.theme = state.theme;
    const name = (lang === "en" && workspace.name_en) || workspace.name;
    const night = this.night;
    bar(
      { name, lang, night, others: [{ word: "to_audit", href: auditAddress(state) }, { word: "to_routes", href: routesAddress({ lang, night: state.night }) }, { word: "to_intake", href: intakeAddress({ lang, night }) }, { word: "to_publish", href: publishAddress({ lang, night }) }] },
      {
        lang: () => this.store.set({ lang: lang === "zh" ? "en" : "zh" }),
        night: () => this.store.set({ night: !night === (state.theme === "night") ? null : !night }),
        share: () => this.share(),
        search: openSearch,
      },
    );
    at("skip").textContent = say(lang, "skip");
    at("skip-list").textContent = say(lang, "skip_list");
    at("map").setAttribute("aria-label", say(lang, "map_label"));
    themes(workspace.themes, state, (theme) => {
      this.store.set({ theme, item: null, unit: null, at: null, step: null, gate: null, night: null, view: null });
      if (onPhone()) this.sheet.open("answer");
    });
    this.askPanel();
    asIfBar(this.base, state, (asIf) => this.store.set(asIf));
    this.sheet.draw(lang, state.theme === "orange" ? ["themes", "question", "answer", "list"] : ["themes", "answer"]);
    furniture(workspace, lang, { nearer: () => this.map.zoomIn(), farther: () => this.map.zoomOut(), fit: () => this.whole() });
    this.drawScale();
    at("list").hidden = state.theme !== "orange";
    this.picture.set({ night: this.night, lang });
  }

  askPanel() {
    question(this.workspace, this.state, this.coverage?.legend ?? null, {
      ask: (change) => {
        this.store.set(change);
        if (onPhone() && "kind" in change) this.sheet.open("answer");
      },
      more: () => more(this.workspace, this.state, (kind) => this.store.set({ kind, unit: null, step: null })),
    });
  }

  /** Ask the server what the state asks, and show it; an answer that comes too late for its question is dropped. */
  async ask() {
    const turn = ++this.turn;
    const { state } = this;
    waiting(this.workspace, state);
    try {
      if (state.theme === "orange") {
        const coverage = await api.coverage(state);
        if (turn === this.turn) this.showCoverage(callUnits(coverage, this.base, this.local));
      } else {
        const view = await api.theme(state.theme);
        if (turn === this.turn) this.showTheme(view);
      }
    } catch (error) {
      if (!(error instanceof api.ApiError)) throw error;
      if (turn === this.turn) this.refuse(error);
    }
  }

  /** @param {Api.Coverage} coverage */
  showCoverage(coverage) {
    const { state } = this;
    this.coverage = coverage;
    at("list").hidden = false;
    this.view = null;
    if (state.view === null) this.fit();
    this.pick = picker(coverage.features.units.features, this.local);
    coverage.legend.gap.forEach((_, i) =>
      document.documentElement.style.setProperty(`--gap-${i}`, gapColor(coverage.legend.gap, i, this.night)),
    );
    this.picture.theme.show(null);
    this.picture.cover(coverage, this.kind.glyph);
    this.showGates();
    this.askPanel();
    tellFigures(this, coverage);
    list(state, coverage, this.group, { choose: (unit) => this.choose({ unit }), hover: (unit) => this.picture.choice.hover(this.unit(unit)) });
    this.offerSearch(coverage.features.facilities.features);
    this.chosen.show();
  }

  /** The gates' signs, as assumed; they stand beside a coverage only. */
  showGates() {
    const { when, lang } = this.state;
    this.picture.gates.show(this.coverage && { gates: (this.ground.gates?.features ?? []).filter(stands), when, lang });
  }

  /** @param {Api.ThemeView} view */
  showTheme(view) {
    const { state, workspace } = this;
    this.view = view;
    this.coverage = null;
    this.pick = () => null;
    this.picture.cover(null, "");
    this.picture.gates.show(null);
    this.picture.theme.show({ view, code: state.theme, lang: state.lang, item: state.item });
    this.picture.redraw();
    if (state.view === null) this.fit();
    const theme = workspace.themes.find(({ code }) => code === state.theme);
    if (theme) themeView(theme, view, state, this.isCounted(), (id) => this.choose({ item: id }));
    this.offerSearch([]);
    at("live").textContent = theme ? `${either(theme, state.lang)} ${state.lang === "zh" ? theme.summary_zh : theme.summary_en}` : "";
    this.chosen.show();
  }

  /** @param {api.ApiError} error */
  refuse(error) {
    this.coverage = null;
    this.picture.cover(null, "");
    this.picture.gates.show(null);
    this.offerSearch([]);
    at("list").hidden = true;
    const { kind, within, people, profile, theme, when } = FIRST;
    if (error.status >= 400 && error.status < 500)
      failed(error, this.state, "start_over", () => this.store.set({ kind, within, people, profile, theme, when, ...AS_IT_IS }));
    else failed(error, this.state, "retry", () => this.ask());
  }

  /** @param {Api.Feature[]} facilities  those of the service shown */
  offerSearch(facilities) {
    const { lang } = this.state;
    search(entries(this.base, facilities, either(this.kind, lang)), lang, say, (entry) => this.goTo(entry));
  }

  /**
   * Choose one thing, or with {} nothing.
   * @param {Partial<Pick<State, "unit" | "at" | "item">>} what
   */
  choose(what) {
    if (what.unit && what.unit !== this.pointed?.id) this.clicked = null; // chosen in the list: the place of an earlier click is not meant
    this.store.set({ unit: null, at: null, item: null, step: null, gate: null, ...what });
    if (onPhone() && Object.keys(what).length > 0) this.sheet.open("answer");
  }

  /** Which features the list tells: as the figures count them, water and green that touch the neighbourhood; of other themes all. */
  isCounted() {
    if (!["blue", "green"].includes(this.state.theme)) return () => true;
    const rings = (this.base.boundary?.features ?? []).flatMap(({ geometry }) => polygons(geometry, this.local));
    return (/** @type {Api.Feature} */ { geometry }) => {
      const places = [...points(geometry, this.local), ...lines(geometry, this.local).flat(), ...polygons(geometry, this.local).flat(2)];
      return rings.length === 0 || places.some((place) => rings.some((ring) => inside(place, ring)));
    };
  }

  /** @param {string | null} id */
  unit(id) {
    return (id !== null && this.coverage?.features.units.features.find((unit) => String(unit.id) === id)) || null;
  }

  /** @param {import("./panel/find.js").Entry} entry */
  goTo(entry) {
    if (entry.what === "compound" && this.unit(entry.id)) return this.choose({ unit: entry.id });
    this.map.setView([entry.at[1], entry.at[0]], Math.max(this.map.getZoom(), 16.5));
  }

  listenToMap() {
    const { map } = this;
    const lonLat = (/** @type {L.LatLng} */ { lng, lat }) =>
      /** @type {[number, number]} */ ([Number(lng.toFixed(6)), Number(lat.toFixed(6))]);
    map.on("click", ({ latlng }) => {
      if (this.state.theme !== "orange" || !this.coverage) return;
      const place = lonLat(latlng);
      const unit = this.pick(place);
      this.clicked = place;
      this.choose(
        unit && (unit.properties?.people ?? 0) > 0 && String(unit.id) !== this.state.unit ? { unit: String(unit.id) } : { at: place },
      );
    });
    map.on("mousemove", ({ latlng }) => this.pointAt(this.pick(lonLat(latlng))));
    map.on("mouseout", () => this.pointAt(null));
    this.camera.onMove((view) => this.store.set({ view }, { quietly: true })); // a move is no step of history
    window.addEventListener("resize", () => this.state.view === null && this.fit());
    map.getContainer().addEventListener("keydown", (event) => {
      if (event.key === "Enter" && event.target === map.getContainer() && this.state.theme === "orange")
        this.choose({ at: lonLat(this.camera.middle()) });
    });
    document.addEventListener("pointerdown", () => delete document.documentElement.dataset.keys);
    document.addEventListener("keydown", (event) => {
      document.documentElement.dataset.keys = "true"; // whoever steers by keys sees where: the map takes the focus at a click too
      if (
        event.key === "Escape" &&
        !document.querySelector("dialog[open]") &&
        (this.state.gate ?? this.state.unit ?? this.state.at ?? this.state.item) !== null
      )
        this.state.gate === null ? this.choose({}) : this.store.set({ gate: null });
    });
  }

  /** @param {Api.Feature | null} unit */
  pointAt(unit) {
    if (unit?.id === this.pointed?.id) return;
    this.pointed = unit;
    this.picture.choice.hover(unit);
    this.map.getContainer().classList.toggle("over-unit", unit !== null);
    point(unit ? String(unit.id) : null);
  }

  /** @param {State} state */
  place({ view }) {
    if (view === null) this.fit();
    else this.camera.lookAt(view);
  }

  /** Show the whole. */
  fit() {
    this.camera.show(this.extent());
  }

  /** What is to be seen at once: the line of a theme that has one, else the whole neighbourhood. */
  extent() {
    const line = this.view?.layers[this.state.theme === "night" ? "night_run" : "red_walkway"];
    const bounds = L.geoJSON(line).getBounds();
    return bounds.isValid() ? bounds.pad(0.12) : this.bounds;
  }

  /** Forget where the reader had moved the map, and show the whole again. */
  whole() {
    this.store.set({ view: null }, { quietly: true });
    this.fit();
  }

  /** On paper the map has another shape: show the whole there, and come back after. */
  listenToPrinter() {
    window.matchMedia("print").addEventListener("change", ({ matches }) => {
      if (matches) this.fit();
      else this.place(this.state);
    });
  }

  async share() {
    const told = say(this.state.lang, (await copy(window.location.href)) ? "shared" : "not_shared");
    at("live").textContent = told;
    const button = at("tools").querySelector('[data-key="share"]');
    if (button) button.textContent = told;
  }
}

/**
 * The service asked for where the link names none: the usual one, or where there is none of it here the first that there is.
 * @param {Api.Kind[]} kinds
 */
function firstKind(kinds) {
  const has = kinds.filter(({ count, code }) => count > 0 || (code === FIRST.kind && kinds.every((one) => one.count === 0)));
  return (has.find(({ code }) => code === FIRST.kind) ?? has.find(({ first_page }) => first_page) ?? has[0])?.code ?? FIRST.kind;
}

async function start() {
  const store = new Store(window);
  waiting(null, store.state);
  document.documentElement.lang = store.state.lang === "zh" ? "zh-Hans" : "en";
  if (store.state.theme === "orange") api.coverage(store.state).catch(() => {}); // asked ahead; whoever needs it handles its failure
  try {
    const [workspace, base] = await Promise.all([api.workspace(), api.base()]);
    if (!new URLSearchParams(window.location.search).has("kind")) store.set({ kind: firstKind(workspace.kinds) }, { quietly: true });
    await new Desk(store, workspace, base).begin();
  } catch (error) {
    if (!(error instanceof api.ApiError)) throw error;
    failed(error, store.state, "retry", start);
  }
}

start();
