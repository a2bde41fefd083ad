/** The page index.html, 家门口: press the map, look for an address or use your position, and see what is how many minutes away. */
import { sayWhen } from "../hours/tell.js";
import { entries } from "../panel/entries.js";
import { at, fill, h, keepFocus } from "../panel/dom.js";
import { search } from "../panel/search.js";
import { either, filled, nameOf } from "../say/name.js";
import { PRESETS, whenOf } from "../state/when.js";
import { courseOf, streetsOf } from "../walk/course.js";
import { unpack } from "../walk/pack.js";
import { Walkable } from "../walk/walkable.js";
import { Walks } from "../walk/walks.js";
import { nearList } from "./answer_card.js";
import { DrawnWalk } from "./drawn_walk.js";
import { bytes, json } from "./files.js";
import { nowIs, read, write } from "./home_state.js";
import { openMap } from "./map.js";
import { nearest } from "./nearby.js";
import { NearSigns } from "./near_signs.js";
import { LANG, say } from "./say.js";
import { isOn, onSetting } from "./settings.js";
import { dress } from "./shell.js";
import { WORDS } from "./words.js";

/** @typedef {import("./home_state.js").HomeState} HomeState */
/** @typedef {import("./nearby.js").Places} Places */

/** Nobody is sent farther than so many minutes. */
const LIMIT_MIN = 40;

class Home {
  /** @type {HomeState} */
  state = read(window.location.search);
  /** @type {import("../walk/walks.js").Start | null} */
  start = null;
  /** @type {import("./nearby.js").Nearest[]} */
  near = [];
  /** are the further choices open? */
  more = false;

  /**
   * @param {import("./map.js").PublicMap} publicMap
   * @param {Walkable} walkable
   * @param {Places} places
   */
  constructor(publicMap, walkable, places) {
    this.publicMap = publicMap;
    this.walkable = walkable;
    this.walks = new Walks(walkable);
    this.places = places;
    this.drawn = new DrawnWalk(publicMap, walkable, { night: () => isOn("night"), moved: (at_) => this.set({ at: at_ }), label: say("origin") });
    this.signs = new NearSigns(publicMap, (kind) => {
      this.choose(kind);
      document.querySelector(".near-item.is-open")?.scrollIntoView({ block: "nearest" });
    });
    at("map").setAttribute("aria-label", say("map_press"));
    publicMap.map.on("click", ({ latlng }) => this.set({ at: [latlng.lng, latlng.lat], kind: this.state.to && "to" }));
    at("map").addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.target !== at("map")) return;
      const { lng, lat } = publicMap.camera.middle();
      this.set({ at: [lng, lat], kind: this.state.to && "to" });
    });
    onSetting(() => this.drawn.reach.redraw());
    window.addEventListener("popstate", () => {
      this.state = read(window.location.search);
      this.answer();
    });
    this.frame();
    this.answer();
  }

  /** The hour asked for. */
  get when() {
    return whenOf(this.state.when ?? nowIs(new Date()));
  }

  get walker() {
    return this.walkable.walkers.find(({ code }) => code === this.state.who) ?? this.walkable.walkers[0];
  }

  /** @param {Partial<HomeState>} change */
  set(change) {
    this.state = { ...this.state, ...change };
    window.history.replaceState(null, "", window.location.pathname + write(this.state));
    this.answer();
  }

  /** What stands above the answer: search, and how one walks. */
  frame() {
    fill(at("answer"), h("div", { id: "search", class: "search", role: "search" }), h("div", { id: "asked" }), h("div", { id: "near" }));
    const facilities = this.places.places.filter(({ name }) => name).map((place) => /** @type {Api.Feature} */ ({ type: "Feature", id: place.id, geometry: { type: "Point", coordinates: place.at }, properties: { ...place, what: place.kind } }));
    const offered = entries(this.publicMap.base, facilities, say("facility"));
    search(offered, LANG, (_, word, values) => filled(WORDS[word], LANG, values), (entry) => {
      this.set({ at: entry.at, kind: null });
      this.publicMap.map.setView([entry.at[1], entry.at[0]], 16);
    });
  }

  /** Walk from the place, and show what is near. */
  answer() {
    const { state, walker } = this;
    const asked = state.at;
    this.drawn.origin(asked);
    this.asked();
    if (asked === null) {
      this.start = null;
      return this.#nothing("press_map");
    }
    const prepared = this.walks.at({ ...walker, steps: walker.steps && !state.level }, this.when);
    const start = prepared.from(this.walkable.plane.xy(...asked), walker.m_per_s, LIMIT_MIN * 60 * walker.m_per_s);
    this.start = start;
    if (start.isOff) return this.#nothing("off");
    this.near = nearest(this.places, start, this.when, state);
    this.drawn.bands(start, (minutes) => minutes * 60 * walker.m_per_s);
    this.show();
  }

  /** No walk can be told, and why. @param {"press_map" | "off"} why */
  #nothing(why) {
    this.drawn.bands(null);
    this.drawn.walk([], this.publicMap.camera);
    this.signs.show([], null);
    if (why === "off") at("live").textContent = say(why);
    const to = this.places.places.find(({ id }) => id === this.state.to);
    if (to) this.signs.show([{ key: "to", kind: this.places.kinds[to.kind], place: to, found: null, minutes: Infinity, open: null, unsure: false }], "to");
    fill(at("near"), h("p", { class: "lead" }, to && why === "press_map" ? say("press_map_to", { place: nameOf(to, LANG) || either(this.places.kinds[to.kind], LANG) }) : say(why)));
  }

  /** Who walks, when, and what only. */
  asked() {
    const { state } = this;
    const chip = (/** @type {string} */ text, /** @type {boolean} */ on, /** @type {() => void} */ press, /** @type {string} */ key) =>
      h("button", { type: "button", class: "chip", "aria-pressed": String(on), "data-key": key, onclick: press }, text);
    const presets = PRESETS.map(({ when }) => h("option", { value: when, selected: state.when === when }, sayWhen(when, LANG)));
    keepFocus(at("asked"), () =>
      fill(
        at("asked"),
        h("div", { class: "chips", role: "group", "aria-label": say("who") }, this.walkable.walkers.map((one) => chip(either(one, LANG), one.code === this.walker.code, () => this.set({ who: one.code }), `who-${one.code}`))),
        h(
          "details",
          { class: "asked-more", open: this.more, ontoggle: (event) => (this.more = /** @type {HTMLDetailsElement} */ (event.target).open) },
          h("summary", { "data-key": "more" }, this.told()),
          h("div", { class: "chips", role: "group", "aria-label": say("only") },
            h("label", { class: "when" }, h("span", {}, say("when")), h("select", { "data-key": "when", onchange: (event) => this.set({ when: /** @type {HTMLSelectElement} */ (event.target).value || null }) }, h("option", { value: "", selected: state.when === null }, say("now")), presets)),
            chip(say("only_open"), state.open, () => this.set({ open: !state.open }), "open"),
            chip(say("only_level"), state.level, () => this.set({ level: !state.level }), "level")),
        ),
      ),
    );
  }

  /** When, and what only, in a few words. */
  told() {
    const { when, open, level } = this.state;
    return [when ? sayWhen(when, LANG) : say("now"), say(open ? "only_open" : "open_or_not"), say(level ? "only_level" : "steps_too")].join(" · ");
  }

  /** The list, and the walk of the service that is open in it. */
  show() {
    const { start, near, state } = this;
    if (!start) return;
    const chosen = near.find(({ key, place }) => place && key === state.kind);
    const course = chosen?.found ? courseOf(start, chosen.found) : { line: [], parts: [] };
    keepFocus(at("near"), () =>
      fill(
        at("near"),
        h("h2", {}, say("near_title", { place: this.called() })),
        h("p", { class: "reach-key" }, [5, 10, 15].map((minutes) => h("span", { class: `reach-${minutes}` }, say("reach", { minutes })))),
        nearList(near, { kind: state.kind, choose: (kind) => this.choose(kind), streets: () => streetsOf(start, course.parts), limit: LIMIT_MIN }),
        h("p", { class: "note" }, say("method", { who: either(this.walker, LANG), speed: this.walker.m_per_s, when: sayWhen(`${this.when.day}-${this.when.clock}`, LANG) })),
      ),
    );
    this.drawn.walk(course.line, this.publicMap.camera);
    this.signs.show(near, state.kind);
    at("live").textContent = say("near_live", { place: this.called() });
  }

  /** @param {string | null} kind */
  choose(kind) {
    this.state = { ...this.state, kind };
    window.history.replaceState(null, "", window.location.pathname + write(this.state));
    this.show();
  }

  /** What the place is called: the compound it lies in, or the spot pressed. */
  called() {
    const compound = this.start && this.start.compound >= 0 ? this.publicMap.base.compounds.features[this.start.compound] : null;
    return nameOf(compound?.properties ?? null, LANG) || say("this_spot");
  }
}

async function begin() {
  dress();
  const [publicMap, pack, places] = await Promise.all([openMap(), bytes("data/walks.bin"), json("data/places.json")]);
  if (!publicMap) return;
  const home = new Home(publicMap, new Walkable(unpack(pack)), places);
  const idle = window.requestIdleCallback ?? ((/** @type {() => void} */ work) => window.setTimeout(work, 200));
  idle(() => home.walks.at(home.walker, home.when).prepare());
}

begin();
