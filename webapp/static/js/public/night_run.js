/** The page night_run.html: the loop by lamp light, and on it the reader, who may be followed. */
import { Track } from "../geo/track.js";
import { at, fill, h } from "../panel/dom.js";
import { metres } from "../say/number.js";
import { nameOf } from "../say/name.js";
import { json } from "./files.js";
import { Here } from "./here.js";
import { ahead, compass, Course, onward } from "./lap.js";
import { LineLayer, latLng } from "./line_layer.js";
import { openMap } from "./map.js";
import { Position } from "./position.js";
import { LANG } from "./say.js";
import { dress } from "./shell.js";
import { Signs } from "./signs.js";
import { say } from "./words_lines.js";

/** @typedef {[number, number]} LonLat */
/** @typedef {import("./lap.js").Beside & {id: string, at: LonLat}} Amenity */
/** @typedef {{line: LonLat[][], length_m: number, dark: {line: LonLat[][], from_m: number, to_m: number}[], marks: {at: LonLat, m: number, ring: boolean}[], lamps: {at: LonLat, on: boolean}[], places: Amenity[]}} Loop */

const GLYPHS = /** @type {Record<string, string>} */ ({ toilet: "厕", water: "水", aed: "急", start: "起" });
const BESIDE_M = 40; // nearer than this one is on the loop
const NEARBY_M = 150; // farther from the loop a place stands in the list only
const AFAR_M = 3000; // farther than this a position is of no use here
const KINDS = /** @type {const} */ (["water", "toilet", "aed"]);

class NightRun {
  /** the last half kilometre that was told aloud */
  told = -1;
  course = new Course();

  /**
   * @param {Loop} loop
   * @param {import("./map.js").PublicMap} publicMap
   */
  constructor(loop, publicMap) {
    this.loop = loop;
    this.publicMap = publicMap;
    this.layer = new LineLayer(publicMap);
    this.track = Track.of([{ type: "Feature", properties: {}, geometry: { type: "MultiLineString", coordinates: loop.line } }], publicMap.local, loop.length_m);
    this.here = new Here(publicMap.map, { label: say("you"), moved: (place) => this.position.drag(place) });
    this.position = new Position({ onPlace: (place) => this.stand(place), onRefusal: (why) => this.refuse(why) });
    this.draw();
    this.button();
  }

  draw() {
    const { line, dark, marks, lamps, places } = this.loop;
    this.layer.line(line, [["run-glow-wide", 18], ["run-glow", 10], ["run-line", 5]]);
    for (const gap of dark) this.layer.line(gap.line, [["dark-ground", 7], ["dark-dash", 4]]);
    for (const lamp of lamps) this.layer.dot(lamp.at, lamp.on ? "lamp" : "lamp is-dark", 2.2);
    for (const { at: place, ring } of marks) if (!ring) this.layer.dot(place, "hundred", 2.6);
    const rings = marks.filter(({ ring }) => ring).map(({ at: place, m }) => ({ at: place, glyph: String(Math.round(m / 100) / 10), label: say("at_km", { km: Math.round(m / 100) / 10 }), look: "milestone" }));
    const beside = places.filter(({ walk_m: walk }) => (walk ?? 0) <= NEARBY_M).map((place) => ({ at: place.at, glyph: GLYPHS[place.kind] ?? "·", label: [say(/** @type {any} */ (`kind_${place.kind}`)), nameOf(place, LANG)].filter(Boolean).join(" · "), look: "run_amenities", choose: () => document.getElementById(`p-${place.id}`)?.scrollIntoView() }));
    new Signs(this.publicMap).show([...rings, ...beside]);
    this.layer.fit(line);
  }

  /** The button that begins and ends it. */
  button() {
    const on = this.position.isOn;
    fill(at("follow-button"), h("button", { type: "button", class: "button run-button", "aria-pressed": String(on), onclick: () => (on ? this.leave() : this.begin()) }, say(on ? "stop_following" : "follow")));
  }

  begin() {
    fill(at("follow"), h("p", { class: "note" }, say("asking")));
    this.position.start();
    this.button();
  }

  leave() {
    this.position.stop();
    this.course = new Course();
    this.here.show(null);
    fill(at("follow"));
    this.button();
  }

  /** @param {import("./position.js").Refusal} why */
  refuse(why) {
    this.here.show(null);
    fill(at("follow"), h("p", {}, say(/** @type {const} */ (`refused_${why}`))));
    this.button();
  }

  /** The reader stands here: say what that means. @param {import("./position.js").Place} place */
  stand(place) {
    const { track, publicMap, loop } = this;
    if (!track) return;
    const xy = publicMap.local.xy(place.at);
    const { chainage, away } = track.nearest(xy);
    const way = away > BESIDE_M ? this.course.way : this.course.follow(chainage, loop.length_m);
    this.here.show(place);
    if (!publicMap.map.getBounds().pad(-0.1).contains(latLng(place.at)) && away < AFAR_M) publicMap.map.panTo(latLng(place.at));
    if (away > AFAR_M) fill(at("follow"), h("p", {}, say("afar", { metres: metres(away, LANG) })), this.mending());
    else if (away > BESIDE_M) fill(at("follow"), h("p", { class: "follow-now" }, say("off_loop", { metres: metres(away, LANG), way: say(/** @type {any} */ (`way_${compass(xy, track.place(chainage))}`)) })), this.mending());
    else fill(at("follow"), h("p", { class: "follow-now" }, say("on_loop", { metres: metres(chainage, LANG) })), this.next(chainage, way), this.mending());
    this.announce(chainage, away, onward(chainage, 0, loop.length_m, way) || loop.length_m);
  }

  /**
   * What comes next, running on.
   * @param {number} chainage
   * @param {import("./lap.js").Way} way
   */
  next(chainage, way) {
    const { loop } = this;
    // The start is no mark ahead: how far it is back to it is told first.
    const mark = ahead(loop.marks.filter(({ ring, m }) => ring && m > 0).map(({ m }) => ({ chainage_m: m })), chainage, loop.length_m, way);
    const rows = KINDS.map((kind) => ({ kind, found: ahead(loop.places.filter((place) => place.kind === kind), chainage, loop.length_m, way) }));
    return h("ul", { class: "follow-next" },
      h("li", {}, say("left", { metres: metres(onward(chainage, 0, loop.length_m, way) || loop.length_m, LANG) })),
      mark && h("li", {}, say("next_mark", { km: Math.round(mark.thing.chainage_m / 100) / 10, metres: metres(mark.metres, LANG) })),
      rows.map(({ kind, found }) => found && h("li", {}, say("next_kind", { kind: say(`kind_${kind}`), metres: metres(found.metres, LANG) }))));
  }

  /** What to do where the point is not where one stands. */
  mending() {
    return h("div", { class: "follow-mend" }, h("p", { class: "note" }, say("drag")),
      this.position.isOn && h("button", { type: "button", class: "button small", "aria-pressed": String(this.position.shifted), onclick: () => this.position.correct(!this.position.shifted) }, say(this.position.shifted ? "unshift" : "shift")));
  }

  /**
   * Say every half kilometre once, for who does not look.
   * @param {number} chainage
   * @param {number} away
   * @param {number} left  to the start
   */
  announce(chainage, away, left) {
    const half = Math.floor(chainage / 500);
    if (away > BESIDE_M || half === this.told) return;
    this.told = half;
    at("live").textContent = say("live", { metres: metres(chainage, LANG), left: metres(left, LANG) });
  }
}

async function begin() {
  dress();
  if (!document.getElementById("follow")) return;
  const [publicMap, loop] = await Promise.all([openMap(), json("data/night_run.json")]);
  if (publicMap) new NightRun(loop, publicMap);
}

begin();
