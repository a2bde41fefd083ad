/** What the reader chose, shown: a compound with its walk, a place with its bands, an item of a theme, a gate. */
import * as L from "/vendor/leaflet/leaflet-src.esm.js";
import * as api from "./api.js";
import { wayOf } from "./geo/way.js";
import { stands } from "./hours/shut.js";
import { bandsDetail, hideDetail, unitDetail } from "./panel/detail.js";
import { gateList } from "./panel/gate_card.js";
import { mark } from "./panel/list.js";
import { onPhone } from "./panel/sheet.js";
import { byDay, steps } from "./panel/steps.js";
import { sameWay } from "./panel/walked.js";
import { itemDetail } from "./panel/theme_view.js";
import { either, nameOf, say } from "./say/say.js";
import { AS_IT_IS, assumed } from "./state/as_if.js";
import { FIRST } from "./state/url.js";

/** @typedef {import("./desk.js").Desk} Desk */

export class Chosen {
  /** @type {[number, number][][]} its steps as places */
  #stretches = [];

  /** @param {Desk} desk */
  constructor(desk) {
    this.desk = desk;
  }

  /** Show what the state says is chosen, or nothing. */
  async show() {
    const { desk } = this;
    const { state, picture } = desk;
    const close = () => desk.choose({});
    const unit = desk.unit(state.unit);
    const item = this.#item();
    picture.set({ faint: state.at !== null && state.theme === "orange", chosen: state.unit });
    picture.choice.unit(unit);
    picture.gates.ask(state.gate, desk.camera.room());
    mark(state.unit);
    if (desk.view && picture.theme.shown) picture.theme.show({ view: desk.view, code: state.theme, lang: state.lang, item: state.item });
    if (state.at === null) picture.choice.bands(null, state.lang);
    if (unit === null) this.#draw(null);
    if (unit) return this.#unit(unit, close);
    if (state.at && state.theme === "orange") return this.#bands(state.at, close);
    if (!item || !desk.view) return hideDetail();
    itemDetail(item, desk.view, state, { close, choose: (id) => desk.choose({ item: id }) });
    return picture.choice.reveal(L.geoJSON(item).getBounds(), desk.camera.room());
  }

  /** Only the step changed: no new question. */
  step() {
    const { step } = this.desk.state;
    this.#point(step === null ? null : step - 1);
    for (const [i, button] of [...document.querySelectorAll("#detail .step")].entries()) button.setAttribute("aria-pressed", String(i + 1 === step));
    if (step !== null && this.#stretches[step - 1])
      this.desk.picture.choice.approach(L.polyline(this.#stretches[step - 1].map(([lon, lat]) => [lat, lon])).getBounds(), this.desk.camera.room());
  }

  #item() {
    const { view, state } = this.desk;
    if (!view || !state.item) return undefined;
    return Object.values(view.layers)
      .flatMap(({ features }) => features)
      .find(({ id }) => String(id) === state.item);
  }

  /**
   * @param {Api.Feature} unit
   * @param {() => void} close
   */
  async #unit(unit, close) {
    const { desk } = this;
    const asked = desk.state;
    const { lang } = asked;
    const middle = L.geoJSON(unit).getBounds().getCenter();
    const own = (desk.ground.gates?.features ?? []).filter((gate) => gate.properties?.compound_id === unit.id && stands(gate));
    const gates = () => gateList(own, asked.when, lang, (gate) => desk.store.set({ gate }));
    /** @type {(Node | null)[]} */
    let told = [];
    const act = {
      close,
      bands: () => desk.choose({ at: desk.clicked ?? [middle.lng, middle.lat] }),
      called: (/** @type {string} */ name) => this.#called(name),
      group: desk.group,
      more: () => [...told, gates()],
    };
    const still = () => same(desk.state, asked, ["unit", "kind", "within", "profile", "when", "open", "close", "lang"]);
    unitDetail(unit.properties ?? {}, desk.kind, null, lang, act);
    const [walk, today] = await Promise.all([api.walk(String(unit.id), asked), assumed(asked) ? api.walk(String(unit.id), { ...asked, ...AS_IT_IS }) : null].map(api.orSentence));
    if (!walk || !still()) return;
    const before = today && "answer" in today ? today : null;
    const way = this.#draw("answer" in walk ? walk : null, before);
    if ("answer" in walk)
      told = [
        byDay(walk, asked.when === FIRST.when ? null : await api.orSentence(api.walk(String(unit.id), { ...asked, when: FIRST.when })), lang),
        steps(walk.answer, way, desk.state.step, lang, {
          point: (step) => this.#point(step ?? (desk.state.step === null ? null : desk.state.step - 1)),
          choose: (step) => desk.store.set({ step: desk.state.step === step ? null : step }, { quietly: true }),
        }),
      ];
    if (!still()) return;
    unitDetail(unit.properties ?? {}, desk.kind, walk, lang, { ...act, before });
    const bounds = L.geoJSON(unit).getBounds();
    if ("answer" in walk) bounds.extend(L.geoJSON(walk.features.walk).getBounds());
    if (desk.state.step !== null) this.step();
    else if (before && "answer" in walk && !sameWay(walk, before)) this.#compare(walk, before);
    else if (onPhone() && "answer" in walk) desk.picture.choice.approach(bounds, desk.camera.room());
    else desk.picture.choice.reveal(bounds, desk.camera.room());
  }

  /**
   * Draw a walk, cut into its steps.
   * @param {Api.Walk | null} walk
   * @param {Api.Walk | null} [today]  as it is, where another is assumed and goes another way
   */
  #draw(walk, today = null) {
    const { desk } = this;
    const { lang } = desk.state;
    const { stretches, passed, turns, gates } = wayOf(walk, desk.ground, desk.local);
    this.#stretches = stretches;
    desk.picture.choice.walk(walk, lang, passed, walk && today && !sameWay(walk, today) ? today : null);
    return { turns, gates };
  }

  /** Come near enough to tell two walks apart. @param {Api.Walk} walk @param {Api.Walk} today */
  #compare(walk, today) {
    const both = L.geoJSON(walk.features.walk).getBounds().extend(L.geoJSON(today.features.walk).getBounds());
    this.desk.picture.choice.approach(both, this.desk.camera.room(), 0.25);
  }

  /** @param {number | null} step  from 0 */
  #point(step) {
    this.desk.picture.choice.step(step === null ? null : (this.#stretches[step] ?? null));
  }

  /**
   * @param {[number, number]} place
   * @param {() => void} close
   */
  async #bands(place, close) {
    const { desk } = this;
    const asked = desk.state;
    const { lang, profile, when } = asked;
    const walker = desk.workspace.profiles.find(({ code }) => code === profile);
    const said = walker ? `${either(walker, lang)} · ${say(lang, "speed", { speed: walker.m_per_s })}` : "";
    const still = () => same(desk.state, asked, ["at", "lang", "when", "profile", "open", "close"]);
    bandsDetail(null, lang, said, when, close);
    const bands = await api.orSentence(api.isochrone(place, asked));
    if (!still()) return;
    bandsDetail(bands, lang, said, when, close);
    desk.picture.choice.bands("answer" in bands ? bands : null, lang);
  }

  /** A facility's name in the reader's language, told its Chinese one. @param {string} name */
  #called(name) {
    const { coverage, state } = this.desk;
    const facility = coverage?.features.facilities.features.find(({ properties }) => properties?.name === name);
    return nameOf(facility?.properties ?? null, state.lang) || name;
  }
}

/**
 * @param {import("./state/url.js").State} now
 * @param {import("./state/url.js").State} asked
 * @param {(keyof import("./state/url.js").State)[]} keys
 */
function same(now, asked, keys) {
  return keys.every((key) => JSON.stringify(now[key]) === JSON.stringify(asked[key]));
}
