/** The page where files are taken in: from what the planner says to the draft, from the draft to the parts and the map. */
import * as L from "/vendor/leaflet/leaflet-src.esm.js";
import * as api from "../api.js";
import { Local } from "../geo/local.js";
import { Camera } from "../map/camera.js";
import { Picture } from "../map/picture.js";
import { scaleBar, stage, still } from "../map/stage.js";
import { bar } from "../panel/bar.js";
import { copy } from "../panel/copy.js";
import { at, fill, h, keepFocus } from "../panel/dom.js";
import { furniture } from "../panel/furniture.js";
import { address as publishAddress } from "../publish/url.js";
import { metres } from "../say/number.js";
import { either, nameOf, say } from "../say/say.js";
import { Store } from "../state/store.js";
import { forLayer, unsaid, withColumn, withDatum } from "./asked.js";
import { Handing } from "./handing.js";
import { Marks } from "./marks.js";
import { drawParts, keepPlace } from "./parts.js";
import { read, write } from "./url.js";

const NEAR_ZOOM = 16;
const LEFT_OUT = "-"; // as the server calls it; it is told so by ""

/** @typedef {import("./url.js").IntakeState} IntakeState */
/** @typedef {import("./sift.js").Wanted} Wanted */

export class Intake {
  /** @type {Api.Draft | null} */
  draft = null;
  /** @type {Api.Version | null} what was just written, or taken back */
  version = null;
  /** @type {Api.Version[]} */
  versions = [];
  /** @type {api.ApiError | null} */
  refusal = null;
  busy = false;
  applying = false;
  how = { part: "", encoding: "" };
  /** @type {Wanted} */
  wanted = { severity: "all", column: "" };
  /** @type {Api.What | null} */
  what = null;
  /** @type {number | null} */
  chosen = null;
  /** Rows shown beyond the first. */
  more = { findings: 0, changes: 0 };
  /** @type {Set<string>} which folds the planner opened */
  opened = new Set();
  /** @type {import("./asked.js").ControlText[]} */
  controls = [{ x: "", y: "", lon: "", lat: "" }, { x: "", y: "", lon: "", lat: "" }];
  controlsRefused = false;
  /** @type {number | null} which control point is being picked on the map */
  picking = null;

  /**
   * @param {Store<IntakeState>} store
   * @param {Api.Workspace} workspace
   * @param {Api.Base} base
   * @param {Api.Intake} intake
   */
  constructor(store, workspace, base, intake) {
    this.store = store;
    this.workspace = workspace;
    this.intake = intake;
    this.asked = unsaid(store.state.layer);
    const [west, south, east, north] = workspace.bounds;
    const local = new Local((west + east) / 2, (south + north) / 2);
    this.bounds = L.latLngBounds([south, west], [north, east]);
    this.map = stage(at("map"), workspace.bounds);
    this.map.setMaxBounds(this.bounds.pad(5));
    this.camera = new Camera(this.map, at("furniture"));
    this.camera.show(this.bounds);
    this.picture = new Picture(this.map, base, local, { item: () => {}, gate: () => {}, assume: () => {} });
    this.marks = new Marks(this.map, local, (row) => this.#fromMap(row));
    this.handing = new Handing(this);
    this.drawScale = scaleBar(this.map, at("scale"), (length) => metres(length, this.state.lang));
    this.map.on("click", ({ latlng }) => this.#picked(latlng));
    store.listen((_, changed) => this.update(changed));
  }

  get state() {
    return this.store.state;
  }

  get spec() {
    return this.intake.layers.find(({ name }) => name === this.state.layer) ?? this.intake.layers[0];
  }

  async begin() {
    this.dress();
    this.draw();
    this.versions = await api.history();
    this.draw();
  }

  /** @param {Set<keyof IntakeState>} changed */
  update(changed) {
    if (changed.has("layer")) {
      this.asked = forLayer(this.asked, this.state.layer);
      if (this.handing.file) this.handing.draft();
    }
    if (changed.has("lang") || changed.has("night")) this.dress();
    this.draw();
  }

  dress() {
    const { lang, night } = this.state;
    const root = document.documentElement;
    root.lang = lang === "zh" ? "zh-Hans" : "en";
    root.dataset.night = String(night);
    root.dataset.theme = "orange";
    const query = write({ ...this.state, layer: "facilities" });
    bar(
      { name: nameOf(this.workspace, lang), lang, night, title: "intake_title", others: [{ word: "to_desk", href: `/${query}` }, { word: "to_audit", href: `/audit${query}` }, { word: "to_routes", href: `/routes${query}` }, { word: "to_publish", href: publishAddress({ lang, night }) }] },
      { lang: () => this.store.set({ lang: lang === "zh" ? "en" : "zh" }), night: () => this.store.set({ night: !night }), share: () => this.share() },
    );
    at("skip").textContent = say(lang, "intake_skip");
    at("map").setAttribute("aria-label", say(lang, "in_map"));
    furniture(this.workspace, lang, { nearer: () => this.map.zoomIn(), farther: () => this.map.zoomOut(), fit: () => this.camera.show(this.bounds) });
    this.drawScale();
    this.picture.set({ night, lang });
  }

  /** Draw every part as things stand, and the map. */
  draw() {
    keepPlace(at("work"), () => keepFocus(at("work"), () => drawParts(this)));
    this.marks.show(this.draft, { only: this.what, chosen: this.chosen, night: this.state.night });
  }

  /**
   * Say more of the file; everything is worked out anew. Kept as a value: parts hand it on.
   * @param {Partial<Api.Asked>} change
   */
  ask = (change) => {
    this.asked = { ...this.asked, ...change };
    this.handing.draft();
  };

  /** @param {Partial<{part: string, encoding: string}>} change */
  read = (change) => {
    this.how = { ...this.how, ...change };
    this.handing.draft();
  };

  /** @param {string} heading @param {string} target */
  match = (heading, target) => this.ask(withColumn(this.asked, heading, target === LEFT_OUT ? "" : target || heading));

  /** @param {string} datum */
  datum = (datum) => this.ask(withDatum(this.asked, datum));

  /** A draft came: show where its places lie. @param {Api.Draft} draft */
  show(draft) {
    const first = this.draft === null || this.draft.datum?.datum !== draft.datum?.datum;
    this.draft = draft;
    this.version = null;
    this.draw();
    const box = this.marks.bounds();
    if (first) this.camera.show(box && this.bounds.pad(4).contains(box) ? box.pad(0.08) : this.bounds);
  }

  /** Go to a row: in the lists and on the map. @param {number} row */
  choose = (row) => {
    this.chosen = row;
    const place = this.marks.place(row);
    if (place) this.map.fitBounds(place, { ...this.camera.room(), maxZoom: Math.max(this.map.getZoom(), NEAR_ZOOM), animate: !still() });
    this.draw();
    const where = say(this.state.lang, "in_row_n", { row });
    at("live").textContent = where;
  };

  /** @param {Api.DraftChange} change */
  chooseChange = ({ row }) => row !== null && this.choose(row);

  /** @param {Partial<Wanted>} wanted */
  sift = (wanted) => {
    this.wanted = { ...this.wanted, ...wanted };
    this.draw();
  };

  /** @param {Api.What | null} what */
  showOnly = (what) => {
    this.what = what;
    this.draw();
  };

  /** @param {"findings" | "changes"} list */
  showMore(list) {
    this.more[list] += 200;
    this.draw();
  }

  /**
   * Remember a fold as the planner left it.
   * @param {string} name
   * @param {Event} event
   * @param {boolean} [folded]  is it open at first?
   */
  remember(name, { target }, folded = false) {
    const on = target instanceof HTMLDetailsElement && target.open !== folded;
    if (on) this.opened.add(name);
    else this.opened.delete(name);
  }

  addControl() {
    this.controls.push({ x: "", y: "", lon: "", lat: "" });
    this.draw();
  }

  /** @param {Api.Control[] | null} controls */
  useControls(controls) {
    this.controlsRefused = controls === null;
    if (controls) this.ask({ controls, datum: "" });
    else this.draw();
  }

  /** Let the next click on the map be a control point. @param {number} which */
  pick(which) {
    this.picking = this.picking === which ? null : which;
    document.body.classList.toggle("picking", this.picking !== null);
    at("live").textContent = this.picking === null ? "" : say(this.state.lang, "control_picking", { n: which + 1 });
    this.draw();
  }

  /** A place was pressed: its row comes into view. @param {number} row */
  #fromMap(row) {
    if (this.picking !== null) return;
    this.choose(row);
    at("work").querySelector('tr[aria-current="true"]')?.scrollIntoView({ block: "center" });
  }

  /** @param {L.LatLng} place */
  #picked({ lat, lng }) {
    if (this.picking === null) return;
    Object.assign(this.controls[this.picking], { lon: lng.toFixed(7), lat: lat.toFixed(7) });
    this.pick(this.picking);
  }

  async share() {
    at("live").textContent = say(this.state.lang, (await copy(window.location.href)) ? "shared" : "not_shared");
  }
}

async function start() {
  const store = new Store(window, { read, write });
  const { lang, night } = store.state;
  document.documentElement.lang = lang === "zh" ? "zh-Hans" : "en";
  document.documentElement.dataset.night = String(night);
  try {
    const [workspace, base, intake] = await Promise.all([api.workspace(), api.base(), api.intake()]);
    await new Intake(store, workspace, base, intake).begin();
  } catch (error) {
    if (!(error instanceof api.ApiError)) throw error;
    fill(at("work"), h("section", { class: "card part" }, h("p", { class: "failure", role: "alert" }, either(error, lang)), h("button", { type: "button", class: "button primary", onclick: start }, say(lang, "retry"))));
  }
}

start();
