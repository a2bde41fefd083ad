/** The page index.html, 家门口: press the map, look for an address or use your position, and see what is how many minutes away. */
import { sayWhen } from "../hours/tell.js";
import { entries } from "../panel/entries.js";
import { at, fill, h, keepFocus } from "../panel/dom.js";
import { search } from "../panel/search.js";
import { metres } from "../say/number.js";
import { either, filled, nameOf } from "../say/name.js";
import { PRESETS, whenOf } from "../state/when.js";
import { nearList } from "./answer_card.js";
import { DrawnWalk } from "./drawn_walk.js";
import { bytes, json } from "./files.js";
import { nowIs, read, write } from "./home_state.js";
import { openMap } from "./map.js";
import { nearest } from "./nearby.js";
import { nearSigns } from "./near_signs.js";
import { Position } from "./position.js";
import { firstWish, rest } from "./rest.js";
import { LANG, say } from "./say.js";
import { isOn, onSetting } from "./settings.js";
import { dress } from "./shell.js";
import { Signs } from "./signs.js";
import { WORDS } from "./words.js";

/** @typedef {import("./home_state.js").HomeState} HomeState */
/** @typedef {import("./nearby.js").Places} Places */
/** @typedef {typeof import("../walk/engine.js")} Walking */
/** @typedef {{walking: Walking, walkable: import("../walk/walkable.js").Walkable, walks: import("../walk/walks.js").Walks, drawn: DrawnWalk}} Engine */

/** Nobody is sent farther than so many minutes. */
const LIMIT_MIN = 40;
const NEAR_ZOOM = 15;

class Home {
  /** @type {HomeState} */
  state = read(window.location.search);
  /** @type {import("../walk/walks.js").Start | null} */
  start = null;
  /** @type {import("./nearby.js").Nearest[]} */
  near = [];
  /** are the further choices open? */
  more = false;
  /** is the place where the reader stands? */
  located = false;
  turn = 0;
  /** @type {Promise<Engine> | null} */
  #engine = null;

  /**
   * @param {import("./map.js").PublicMap} publicMap
   * @param {Places} places
   */
  constructor(publicMap, places) {
    this.publicMap = publicMap;
    this.places = places;
    this.signs = new Signs(publicMap);
    at("map").setAttribute("aria-label", say("map_press"));
    publicMap.map.on("click", ({ latlng }) => this.from([latlng.lng, latlng.lat]));
    at("map").addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.target !== at("map")) return;
      const { lng, lat } = publicMap.camera.middle();
      this.from([lng, lat]);
    });
    window.addEventListener("popstate", () => {
      this.state = read(window.location.search);
      this.answer();
    });
    this.frame();
    this.answer();
  }

  /** What walks, made when it is first asked for. */
  engine() {
    this.#engine = this.#engine ?? this.#make();
    return this.#engine;
  }

  /** @returns {Promise<Engine>} */
  async #make() {
    const [walking, pack] = await Promise.all([import("../walk/engine.js"), bytes("data/walks.bin")]);
    const walkable = new walking.Walkable(walking.unpack(pack));
    await rest();
    const moved = (/** @type {[number, number]} */ place) => this.set({ at: place });
    const drawn = new DrawnWalk(this.publicMap, walkable, walking, { night: () => isOn("night"), moved, label: say("origin") });
    onSetting(() => drawn.reach.redraw());
    return { walking, walkable, walks: new walking.Walks(walkable), drawn };
  }

  /** Have everything at hand for the first question. */
  async warm() {
    const { walks } = await this.engine();
    await rest();
    await walks.at(this.walking, this.when).prepare(rest);
  }

  /** The hour asked for. */
  get when() {
    return whenOf(this.state.when ?? nowIs(new Date()));
  }

  get walker() {
    return this.places.walkers.find(({ code }) => code === this.state.who) ?? this.places.walkers[0];
  }

  /** The same, as asked for: with or without steps. */
  get walking() {
    return { ...this.walker, steps: this.walker.steps && !this.state.level };
  }

  /** @param {Partial<HomeState>} change */
  set(change) {
    this.state = { ...this.state, ...change };
    this.keep();
    this.answer();
  }

  /** Keep the address in step; where the reader stands is no part of it. */
  keep() {
    window.history.replaceState(null, "", window.location.pathname + write(this.located ? { ...this.state, at: null } : this.state));
  }

  /** @param {[number, number]} place  pressed, searched for */
  from(place) {
    this.located = false;
    this.set({ at: place, kind: this.state.to && "to" });
  }

  /** What stands above the answer: search, and how one walks. */
  frame() {
    const locate = h("button", { type: "button", class: "button locate", onclick: () => this.locate() }, say("locate"));
    fill(at("answer"), h("div", { id: "search", class: "search", role: "search" }), locate, h("p", { id: "located", class: "note", hidden: true }), h("div", { id: "asked" }), h("div", { id: "near" }));
    const { base } = this.publicMap;
    const compounds = { ...base.compounds, features: base.compounds.features.map((one) => ({ ...one, properties: findable(one.properties ?? {}) })) };
    const facilities = this.places.places
      .filter(({ name }) => name)
      .map((place) => /** @type {Api.Feature} */ ({ type: "Feature", id: place.id, geometry: { type: "Point", coordinates: place.at }, properties: findable(place) }));
    const offered = entries({ ...base, compounds }, facilities, say("facility"));
    search(offered, LANG, (_, word, values) => filled(WORDS[word], LANG, values), (entry) => this.from(entry.at));
  }

  /** Walk from where the phone says one stands. The place stays out of the address, and in the page. */
  locate() {
    const tell = (/** @type {import("./words.js").Word} */ word, /** @type {Record<string, string | number>} */ values = {}) => {
      at("located").hidden = false;
      at("located").textContent = say(word, values);
    };
    tell("locating");
    const position = new Position({
      onPlace: ({ at: place, accuracy }) => {
        position.stop();
        tell("located", { metres: metres(accuracy, LANG) });
        this.located = true;
        this.set({ at: place, kind: this.state.to && "to" });
      },
      onRefusal: (why) => tell(/** @type {const} */ (`refused_${why}`)),
    });
    position.start();
  }

  /** Walk from the place, and show what is near; an answer that comes too late for its question is dropped. */
  async answer() {
    const turn = ++this.turn;
    const { state, walker } = this;
    this.asked();
    if (state.at === null) {
      this.start = null;
      return this.#nothing("press_map");
    }
    const { walking, walkable, walks, drawn } = await this.engine();
    if (turn !== this.turn) return;
    const start = walks.at(this.walking, this.when).from(walkable.plane.xy(...state.at), walker.m_per_s, LIMIT_MIN * 60 * walker.m_per_s);
    this.start = start;
    drawn.origin(state.at);
    if (start.isOff) return this.#nothing("off");
    this.near = nearest(this.places, start, this.when, state);
    drawn.bands(start, (minutes) => minutes * 60 * walker.m_per_s);
    this.#come(state.at);
    this.show(walking, drawn);
  }

  /** Come near to the place, where it is far or at the edge of the map. @param {[number, number]} place */
  #come([lon, lat]) {
    const { map } = this.publicMap;
    const zoom = map.getZoom();
    if (zoom < NEAR_ZOOM || !map.getBounds().pad(-0.3).contains([lat, lon])) map.setView([lat, lon], Math.max(zoom, NEAR_ZOOM), { animate: false });
  }

  /** No walk can be told, and why. @param {"press_map" | "off"} why */
  async #nothing(why) {
    const to = this.places.places.find(({ id }) => id === this.state.to);
    const asked = to ? [{ key: "to", kind: this.places.kinds[to.kind], place: to, found: null, minutes: Infinity, open: null, unsure: false }] : [];
    this.signs.show(nearSigns(asked, "to", (key) => this.choose(key)), this.state.at);
    if (why === "off") at("live").textContent = say(why);
    fill(at("near"), h("p", { class: "lead" }, to && why === "press_map" ? say("press_map_to", { place: nameOf(to, LANG) || either(this.places.kinds[to.kind], LANG) }) : say(why)));
    if (this.#engine === null) return;
    const { drawn } = await this.#engine;
    drawn.bands(null);
    drawn.walk([], this.publicMap.camera);
    if (why === "press_map") drawn.origin(null);
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
        h("div", { class: "chips", role: "group", "aria-label": say("who") }, this.places.walkers.map((one) => chip(either(one, LANG), one.code === this.walker.code, () => this.set({ who: one.code }), `who-${one.code}`))),
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
  show(/** @type {Walking} */ { courseOf, streetsOf }, /** @type {DrawnWalk} */ drawn) {
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
    drawn.walk(course.line, this.publicMap.camera);
    const open = (/** @type {string} */ key) => {
      this.choose(key);
      document.querySelector(".near-item.is-open")?.scrollIntoView({ block: "nearest" });
    };
    this.signs.show(nearSigns(near, state.kind, open), state.at);
    at("live").textContent = say("near_live", { place: this.called() });
  }

  /** @param {string | null} kind */
  choose(kind) {
    this.state = { ...this.state, kind };
    this.keep();
    this.engine().then(({ walking, drawn }) => this.show(walking, drawn));
  }

  /** What the place is called: the compound it lies in, or the spot pressed. */
  called() {
    const compound = this.start && this.start.compound >= 0 ? this.publicMap.base.compounds.features[this.start.compound] : null;
    return nameOf(compound?.properties ?? null, LANG) || say("this_spot");
  }
}

/**
 * What is found by its address as well as by its names.
 * @param {Api.Properties} properties
 */
function findable(properties) {
  return { ...properties, other_names: [...(properties.other_names ?? []), properties.address].filter(Boolean) };
}

async function begin() {
  dress();
  const wish = firstWish();
  const publicMap = await openMap(); // the map first: what is asked of it comes by the same thin line
  if (!publicMap) return;
  const home = new Home(publicMap, await json("data/places.json"));
  await wish;
  await home.warm();
}

begin();
