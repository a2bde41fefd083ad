/** The page of lines: from the state to the question, from the answer to the card, the strip and the map, each linked with the others. */
import * as L from "/vendor/leaflet/leaflet-src.esm.js";
import * as api from "../api.js";
import { address as auditAddress } from "../audit/url.js";
import { Local } from "../geo/local.js";
import { Track } from "../geo/track.js";
import { address as intakeAddress } from "../intake/url.js";
import { Camera } from "../map/camera.js";
import { Picture } from "../map/picture.js";
import { scaleBar, stage } from "../map/stage.js";
import { failed } from "../panel/answer.js";
import { bar } from "../panel/bar.js";
import { copy } from "../panel/copy.js";
import { at, fill, h } from "../panel/dom.js";
import { furniture } from "../panel/furniture.js";
import { address as publishAddress } from "../publish/url.js";
import { metres } from "../say/number.js";
import { nameOf, say } from "../say/say.js";
import { AS_IT_IS } from "../state/as_if.js";
import { Store } from "../state/store.js";
import { FIRST as AUDIT } from "../audit/url.js";
import { drawAnswer } from "./answer.js";
import { loopCards, loopForm } from "./loop_form.js";
import { collection, loopShown, placesOf, pressed } from "./loop_places.js";
import { lineKey } from "./line_key.js";
import { LineMap } from "./line_map.js";
import { linesList } from "./lines_list.js";
import { optionsOf } from "./questions.js";
import { stopCard } from "./stop_card.js";
import { callStreets } from "./streets.js";
import { Strip } from "./strip.js";
import { FIRST, LINES, isNight, read, write } from "./url.js";
import { worksForm } from "./works_form.js";

/** @typedef {import("./url.js").RoutesState} RoutesState */

const QUESTION = /** @type {const} */ (["line", "street", "project", "between", "asked"]);
const LOOP = /** @type {const} */ (["length", "start", "through", "avoid"]);
const STRIPPED = new Set(["red_walkway", "night_run", "loops"]);
const REACH = 26; // pixels: a finger's breadth beside the line

export class Routes {
  /** @type {Api.RouteReply | null} */
  reply = null;
  /** @type {Map<string, Api.RouteReply>} what is known of other lines, for their figures */
  known = new Map();
  /** @type {Track | null} */
  track = null;
  /** @type {Api.Feature[]} */
  projects = [];
  /** @type {Set<string>} */
  open = new Set();
  /** what a press on the map sets, of a loop @type {import("./loop_form.js").Press} */
  press = "start";
  /** where a closure is to begin, pressed on the map before its other end @type {import("./url.js").LonLat | null} */
  end = null;
  /** that can be broken off @type {AbortController | null} */
  search = null;
  turn = 0;
  printing = false;

  /**
   * @param {Store<RoutesState>} store
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
    this.place();
    this.picture = new Picture(this.map, base, this.local, { item: () => {}, gate: () => {}, assume: () => {} });
    this.lines = new LineMap(this.map, this.local, (id) => this.choose(id));
    this.strip = new Strip(at("strip"), { move: (chainage) => this.pass(chainage), hold: (chainage) => this.hold(chainage), choose: (id) => this.choose(id) });
    this.drawScale = scaleBar(this.map, at("scale"), (length) => metres(length, this.state.lang));
    this.#listen();
    store.listen((_, changed) => this.update(changed));
  }

  get state() {
    return this.store.state;
  }

  /** By night as the reader or the line has it; paper is white. */
  get night() {
    return isNight(this.state) && !this.printing;
  }

  begin() {
    this.dress();
    this.#learnProjects();
    return this.ask();
  }

  /** @param {Set<keyof RoutesState>} changed */
  update(changed) {
    const any = (/** @type {readonly (keyof RoutesState)[]} */ keys) => keys.some((key) => changed.has(key));
    if (any(["lang", "night", "line"])) this.dress();
    if (any(QUESTION) || (any(LOOP) && this.state.asked)) this.ask();
    else if (any(["lang", "night", "item", "proposal", ...LOOP])) this.tell();
    if (changed.has("at") && this.state.at !== null) this.stand(this.state.at);
    if (changed.has("view") && !(this.state.view && this.camera.isAt(this.state.view))) this.place();
  }

  /** Everything that follows from language, night and line, before any answer. */
  dress() {
    const { state, workspace, night } = this;
    const { lang } = state;
    const root = document.documentElement;
    root.lang = lang === "zh" ? "zh-Hans" : "en";
    root.dataset.night = String(night);
    root.dataset.theme = "orange";
    document.body.dataset.line = state.line;
    const desk = new URLSearchParams({ ...(lang === "en" && { lang }), ...(state.night && { night: "1" }) });
    bar(
      {
        name: nameOf(workspace, lang), lang, night, title: "routes_title",
        others: [{ word: "to_desk", href: `/${desk.size > 0 ? `?${desk}` : ""}` }, { word: "to_audit", href: auditAddress({ ...AUDIT, ...AS_IT_IS, lang, night: state.night === true }) }, { word: "to_intake", href: intakeAddress({ lang, night: state.night }) }, { word: "to_publish", href: publishAddress({ lang, night: state.night === true }) }],
      },
      { lang: () => this.store.set({ lang: lang === "zh" ? "en" : "zh" }), night: () => this.store.set({ night: !night }), share: () => this.share() },
    );
    at("skip").textContent = say(lang, "routes_skip");
    at("skip-strip").textContent = say(lang, "routes_skip_strip");
    at("map").setAttribute("aria-label", say(lang, "map"));
    furniture(workspace, lang, { nearer: () => this.map.zoomIn(), farther: () => this.map.zoomOut(), fit: () => this.whole() });
    this.drawScale();
    this.list();
    this.picture.set({ night, lang });
  }

  list() {
    linesList(at("lines"), this.state, this.known, (line) => this.store.set({ line, item: null, at: null, view: null }));
  }

  /** Ask the server what the state asks, and show it; an answer that comes too late for its question is dropped. */
  async ask() {
    const turn = ++this.turn;
    const { state } = this;
    const options = optionsOf(state);
    this.forget();
    if (options === null) return this.choosing();
    this.search = state.line === "loops" ? new AbortController() : null;
    if (this.search) this.choosing();
    at("answer").setAttribute("aria-busy", "true");
    if (at("answer").childElementCount === 0) fill(at("answer"), h("p", { class: "note" }, say(state.lang, "routes_loading")));
    const reply = await api.orSentence(api.route(state.line, options, this.search?.signal));
    if (turn !== this.turn) return;
    this.search = null;
    if (reply instanceof api.ApiError) return this.refuse(reply);
    this.reply = callStreets(reply, this.base);
    this.known.set(state.line, reply);
    this.tell();
    if (state.view === null) this.fit();
    this.stand(this.state.at ?? this.chainageOf(this.state.item) ?? 0);
    this.list();
    at("live").textContent = at("answer").querySelector(".figure")?.textContent ?? "";
    this.learn();
  }

  /** Nothing of the line before is to be seen while the next is asked for. */
  forget() {
    this.search?.abort();
    this.search = null;
    this.reply = null;
    this.track = null;
    this.end = null;
    this.strip.show(null);
    this.show({});
    this.lines.cursor(null);
  }

  /** Draw features on the map, and say what they mean. @param {Record<string, Api.Collection>} features */
  show(features) {
    const { state: { line, lang, item }, night } = this;
    this.lines.show({ line, features, lang, night, item });
    lineKey(at("line-key"), line, features, lang, night);
  }

  /** Nothing is asked yet: what may be chosen. */
  choosing() {
    at("answer").removeAttribute("aria-busy");
    fill(at("answer"), this.form(), this.state.line === "works" && h("p", { class: "note" }, say(this.state.lang, "works_pick")));
    if (this.state.line === "loops") this.showPlaces();
    if (this.state.view === null) this.fit();
  }

  /** What the line is asked by, above its figure. */
  form() {
    const { state } = this;
    if (state.line === "works") return worksForm(state, { base: this.base, projects: this.projects, begun: this.end !== null }, (change) => this.store.set({ between: [], view: null, ...change }));
    if (state.line === "loops") return this.#loopForm();
    return this.reply && state.line === "red_walkway" ? stopCard(this.reply, state, (id) => this.choose(id)) : null;
  }

  #loopForm() {
    const { state, press } = this;
    const form = loopForm(state, { press, searching: this.search !== null }, {
      set: (change) => this.store.set(change),
      press: (one) => ((this.press = one), this.tell()),
      cancel: () => this.store.set({ asked: false }),
    });
    if (!this.reply) return form;
    const box = h("details", { class: "loop-again", open: this.open.has("loop-form") }, h("summary", { "data-key": "loop-again" }, say(state.lang, "loop_again")), form);
    box.addEventListener("toggle", () => (box.open ? this.open.add("loop-form") : this.open.delete("loop-form")));
    return box;
  }

  #loopCards() {
    const loops = this.reply?.features.loops?.features ?? [];
    return loops.length > 0 ? loopCards(loops, this.state, (proposal) => this.store.set({ proposal, at: null })) : null;
  }

  /** The places a loop is asked by, before there is one. */
  showPlaces() {
    this.show(placesOf(this.state));
  }

  /** Tell the answer there is in the reader's language. */
  tell() {
    const { state, reply } = this;
    if (!reply) return optionsOf(state) === null ? this.choosing() : undefined;
    const { line, lang, item } = state;
    const drawn = this.#drawn(reply.features);
    this.track = STRIPPED.has(line) ? this.#trackOf(drawn) : null;
    drawAnswer(at("answer"), state, reply, { choose: (id) => this.choose(id), before: this.form(), under: this.#loopCards(), options: optionsOf(state) ?? {}, open: this.open });
    this.show(drawn);
    this.strip.show(this.track && { line: /** @type {"night_run" | "red_walkway" | "loops"} */ (line), features: drawn, metres: this.track.metres, lang });
    this.strip.mark(item);
    this.picture.redraw();
  }

  /**
   * What is drawn of an answer: of loops one, of a closure also where the next is to begin.
   * @param {Record<string, Api.Collection>} features
   * @returns {Record<string, Api.Collection>}
   */
  #drawn(features) {
    const { state, end } = this;
    if (state.line === "loops") return { ...placesOf(state), ...loopShown(features, state.proposal) };
    return end ? { ...features, ends: collection("ends", [end]) } : features;
  }

  /**
   * The line that the strip goes along: the one there is, or the proposal shown.
   * @param {Record<string, Api.Collection>} drawn
   */
  #trackOf({ route, loops }) {
    const along = (route ?? loops)?.features ?? [];
    const length = loops ? along[0]?.properties?.length_m : this.reply?.answer.facts.length_m?.value;
    return Track.of(along, this.local, typeof length === "number" ? length : null);
  }

  /** Ask quietly for the figures of the other lines, one after another. */
  async learn() {
    const turn = this.turn;
    for (const line of LINES) {
      const options = line === "loops" ? null : optionsOf({ ...this.state, line });
      if (this.known.has(line) || options === null) continue;
      const reply = await api.orSentence(api.route(line, options));
      if (turn !== this.turn) return;
      if (!(reply instanceof api.ApiError)) this.known.set(line, reply);
      this.list();
    }
  }

  /** The projects that are drawn as lines: those may be closed. */
  async #learnProjects() {
    const plan = await api.orSentence(api.theme("plan"));
    if (plan instanceof api.ApiError) return;
    this.projects = (plan.layers.plan_projects?.features ?? []).filter(({ geometry }) => geometry?.type.endsWith("LineString"));
    if (this.state.line === "works") this.tell();
  }

  /** @param {api.ApiError} error */
  refuse(error) {
    const { lang, line } = this.state;
    const back = () => this.store.set({ ...FIRST, lang, line, view: null });
    if (error.status >= 400 && error.status < 500) failed(error, this.state, "start_over", back);
    else failed(error, this.state, "retry", () => this.ask());
    const form = this.form();
    if (form) at("answer").prepend(form);
  }

  /**
   * Choose a thing by its id, or with null nothing; the cursor goes to it.
   * @param {string | null} id
   */
  choose(id) {
    const there = this.chainageOf(id);
    this.store.set({ item: id, ...(there !== null && { at: there }) });
    const found = this.feature(id);
    if (found?.geometry) this.#bringIntoView(found);
  }

  /** @param {string | null} id */
  feature(id) {
    return Object.values(this.reply?.features ?? {}).flatMap(({ features }) => features).find((feature) => String(feature.id) === id);
  }

  /**
   * Where along the line a thing is, the middle of a stretch; null where there is no line or it is not on it.
   * @param {string | null} id
   * @returns {number | null} metres
   */
  chainageOf(id) {
    if (!this.track || id === null) return null;
    const { chainage_m, from_m, to_m } = this.feature(id)?.properties ?? {};
    return chainage_m ?? (typeof from_m === "number" && typeof to_m === "number" ? (from_m + to_m) / 2 : null);
  }

  /** @param {Api.Feature} feature */
  #bringIntoView(feature) {
    const centre = L.geoJSON(feature).getBounds().getCenter();
    if (this.map.getBounds().pad(-0.15).contains(centre)) return;
    this.map.panTo(centre);
  }

  /** @param {number | null} chainage  null: back to where the cursor is held */
  pass(chainage) {
    this.stand(chainage ?? this.state.at ?? 0);
  }

  /** @param {number} chainage */
  hold(chainage) {
    this.stand(chainage);
    this.store.set({ at: Math.round(chainage) }, { quietly: true });
  }

  /** The cursor at a chainage, on the strip and on the map. @param {number} chainage */
  stand(chainage) {
    if (!this.track) return;
    this.strip.stand(chainage);
    this.lines.cursor(this.track.place(Math.min(chainage, this.track.metres)));
  }

  #listen() {
    const { map } = this;
    const under = (/** @type {L.LatLng} */ { lng, lat }) => {
      const found = this.track?.nearest(this.local.xy([lng, lat]));
      return found && found.away * this.local.pixelsPerMetre(map.getZoom()) <= REACH ? found.chainage : null;
    };
    map.on("mousemove", ({ latlng }) => this.track && this.pass(under(latlng)));
    map.on("mouseout", () => this.track && this.pass(null));
    map.on("click", ({ latlng }) => {
      if (this.#pressed(latlng)) return;
      const chainage = under(latlng);
      if (chainage !== null) this.hold(chainage);
      else if (this.state.item !== null) this.choose(null);
    });
    map.getContainer().addEventListener("keydown", (event) => {
      if (event.key === "Enter" && event.target === map.getContainer()) this.#pressed(this.camera.middle());
    });
    this.camera.onMove((view) => this.store.set({ view }, { quietly: true })); // a move is no step of history
    window.addEventListener("resize", () => this.state.view === null && this.fit());
    document.addEventListener("pointerdown", () => delete document.documentElement.dataset.keys);
    document.addEventListener("keydown", (event) => {
      document.documentElement.dataset.keys = "true";
      if (event.key === "Escape" && !document.querySelector("dialog[open]") && this.state.item !== null) this.choose(null);
    });
    window.matchMedia("print").addEventListener("change", ({ matches }) => {
      this.printing = matches;
      this.dress();
      this.tell();
      if (matches) this.fit(); // on paper the map has another shape
      else this.place();
      this.stand(this.strip.at);
    });
  }

  /**
   * A place of a loop, or an end of the stretch to close, is pressed on the map.
   * @param {{lng: number, lat: number}} place
   * @returns {boolean} was a place asked for?
   */
  #pressed({ lng, lat }) {
    const { state, end } = this;
    if (state.line === "loops") this.store.set(pressed(state, this.press, [lng, lat]));
    else if (state.line !== "works" || state.street === null || !this.reply) return false;
    else if (end) this.store.set({ between: [end, [lng, lat]], item: null, view: null });
    else {
      this.end = [lng, lat];
      this.tell();
    }
    return true;
  }

  place() {
    if (this.state.view === null) this.fit();
    else this.camera.lookAt(this.state.view);
  }

  /** Show the line, or where there is none the whole. */
  fit() {
    const own = this.lines?.bounds();
    this.camera.show(own?.isValid() ? own.pad(0.08) : this.bounds);
  }

  /** Forget where the reader had moved the map, and show the whole line again. */
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
  document.documentElement.dataset.night = String(isNight(store.state));
  fill(at("answer"), h("p", { class: "note" }, say(lang, "routes_loading")));
  try {
    const [workspace, base] = await Promise.all([api.workspace(), api.base()]);
    await new Routes(store, workspace, base).begin();
  } catch (error) {
    if (!(error instanceof api.ApiError)) throw error;
    failed(error, store.state, "retry", start);
  }
}

start();
