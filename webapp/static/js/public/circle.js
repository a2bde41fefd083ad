/** The page circle.html: choose a service, see where they are and what lies within 15 minutes of them. */
import { at, fill, h, keepFocus } from "../panel/dom.js";
import { either, nameOf } from "../say/name.js";
import { DrawnWalk } from "./drawn_walk.js";
import { bytes, json } from "./files.js";
import { openMap } from "./map.js";
import { rest } from "./rest.js";
import { LANG, say } from "./say.js";
import { isOn } from "./settings.js";
import { dress } from "./shell.js";
import { Signs } from "./signs.js";

/** @typedef {import("./nearby.js").Places} Places */

const MINUTES = 15;
const WHEN = /** @type {const} */ ({ day: "Tu", minute: 600 }); // as the figures beside are reckoned

class Circle {
  /** @type {string | null} */
  kind = null;
  turn = 0;

  /**
   * @param {import("./map.js").PublicMap} publicMap
   * @param {Places} places
   * @param {string[]} kinds
   */
  constructor(publicMap, places, kinds) {
    this.publicMap = publicMap;
    this.places = places;
    this.kinds = places.kinds.filter(({ code }) => kinds.includes(code));
    this.signs = new Signs(publicMap);
    this.buttons();
  }

  buttons() {
    keepFocus(at("choose"), () =>
      fill(at("choose"), h("p", {}, say("circle_choose")), h("div", { class: "chips", role: "group", "aria-label": say("circle_choose") },
        this.kinds.map((kind) => h("button", { type: "button", class: "chip", "data-key": kind.code, "aria-pressed": String(kind.code === this.kind), onclick: () => this.choose(kind.code) }, either(kind, LANG))))),
    );
  }

  /** @param {string} code */
  async choose(code) {
    const turn = ++this.turn;
    this.kind = this.kind === code ? null : code;
    this.buttons();
    const number = this.places.kinds.findIndex((one) => one.code === this.kind);
    const shown = this.places.places.filter(({ kind }) => kind === number);
    this.signs.show(shown.map((place) => ({ at: place.at, glyph: this.places.kinds[number].glyph, label: nameOf(place, LANG) || either(this.places.kinds[number], LANG) })));
    const drawn = await this.#drawn();
    if (turn !== this.turn) return;
    drawn.around(shown.length > 0 ? number : null, MINUTES);
    at("live").textContent = number < 0 ? "" : say("circle_live", { count: shown.length, kind: either(this.places.kinds[number], LANG) });
  }

  /** @type {Promise<Reach> | null} */
  #reach = null;

  #drawn() {
    this.#reach = this.#reach ?? this.#make();
    return this.#reach;
  }

  async #make() {
    const [walking, pack] = await Promise.all([import("../walk/engine.js"), bytes("data/walks.bin")]);
    await rest();
    const walkable = new walking.Walkable(walking.unpack(pack));
    await rest();
    return new Reach(this.publicMap, walkable, walking);
  }
}

/** What lies within a walk of any of many places. */
class Reach {
  /**
   * @param {import("./map.js").PublicMap} publicMap
   * @param {import("../walk/walkable.js").Walkable} walkable
   * @param {typeof import("../walk/engine.js")} walking
   */
  constructor(publicMap, walkable, walking) {
    this.walkable = walkable;
    this.walker = walkable.walkers[0];
    this.prepared = new walking.Walks(walkable).at(this.walker, WHEN);
    this.drawn = new DrawnWalk(publicMap, walkable, walking, { night: () => isOn("night"), moved: () => {}, label: "" });
  }

  /** @param {number | null} kind  row of the kinds; null to clear @param {number} minutes */
  around(kind, minutes) {
    const { walkable, prepared, walker, drawn } = this;
    if (kind === null) return drawn.bands(null);
    const doors = prepared.doors.filter((door) => walkable.facilityKind[walkable.doors[door].owner] === kind);
    const limit = minutes * 60 * walker.m_per_s;
    drawn.bands(prepared.fromDoors(doors, walker.m_per_s, limit), () => limit, 1);
  }
}

async function begin() {
  dress();
  const publicMap = await openMap();
  if (!publicMap) return;
  const [places, { kinds }] = await Promise.all([json("data/places.json"), json("data/circle.json")]);
  new Circle(publicMap, places, kinds);
}

begin();
