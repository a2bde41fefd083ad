/** The page red_walkway.html: one stop at a time, the map and the address in step with it. */
import { at, fill, h } from "../panel/dom.js";
import { still } from "../map/stage.js";
import { metres } from "../say/number.js";
import { CAN_READ, readAloud, stopReading } from "./aloud.js";
import { json } from "./files.js";
import { LineLayer, latLng } from "./line_layer.js";
import { openMap } from "./map.js";
import { LANG } from "./say.js";
import { dress } from "./shell.js";
import { Signs } from "./signs.js";
import { named, progress } from "./story.js";
import { say } from "./words_lines.js";

/** @typedef {import("./story.js").Stop} Stop */
/** @typedef {{line: [number, number][][], length_m: number, stops: Stop[]}} Walkway */

const NEAR = 16.25;

class Story {
  /** the place in the order; -1: all stops are listed */
  now = -1;
  reading = false;

  /**
   * @param {Walkway} walkway
   * @param {import("./map.js").PublicMap | null} publicMap
   */
  constructor(walkway, publicMap) {
    this.walkway = walkway;
    this.publicMap = publicMap;
    this.layer = publicMap && new LineLayer(publicMap);
    this.signs = publicMap && new Signs(publicMap);
    this.layer?.line(walkway.line, [["theme-casing", 9], ["walkway-line", 5.5]]);
    at("walk").hidden = false;
    window.addEventListener("hashchange", () => this.follow());
    document.addEventListener("keydown", (event) => {
      if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return; // Alt ← is the browser's own way back
      if (event.target instanceof Element && event.target.closest("input, select, audio, #map")) return;
      if (event.key === "ArrowRight") this.step(1);
      if (event.key === "ArrowLeft") this.step(-1);
    });
    this.follow();
  }

  /** What the address names is shown. */
  follow() {
    this.show(named(this.walkway.stops, window.location.hash));
  }

  /** @param {number} by */
  step(by) {
    const next = this.walkway.stops[this.now + by];
    if (next) window.location.hash = next.id;
  }

  /** All stops as a list again. */
  list() {
    window.history.pushState(null, "", window.location.pathname + window.location.search);
    this.show(-1);
  }

  /** @param {number} now */
  show(now) {
    this.now = now;
    this.quiet();
    const { stops, line } = this.walkway;
    document.documentElement.dataset.story = String(now >= 0);
    for (const [nth, stop] of stops.entries()) document.getElementById(stop.id)?.classList.toggle("is-now", nth === now);
    this.signs?.show(stops.map((stop, nth) => ({ at: stop.at, glyph: String(stop.order), label: `${stop.order} ${at(`${stop.id}-name`).textContent}`, look: `walkway_stops ${nth === now ? "chosen" : ""}`, color: "#c3272b", choose: () => (window.location.hash = stop.id) })));
    if (now < 0) this.layer?.fit(line);
    else this.publicMap?.map.setView(latLng(stops[now].at), Math.max(NEAR, this.publicMap.map.getZoom()), { animate: !still() });
    this.bar();
    if (now >= 0) {
      window.scrollTo({ top: 0, behavior: "instant" }); // the map stays in sight, and the stop begins below it
      at("live").textContent = at(`${stops[now].id}-name`).textContent;
    }
  }

  /** How far one has come, and the buttons onward. */
  bar() {
    const { stops, length_m: length } = this.walkway;
    if (this.now < 0) return fill(at("walk"), h("button", { type: "button", class: "button red", onclick: () => (window.location.hash = stops[0].id) }, say("begin")));
    const { share, previous, next } = progress(stops, this.now, length);
    const bar = h("span", { class: "progress-done" });
    bar.style.width = `${Math.round(share * 100)}%`;
    fill(
      at("walk"),
      h("div", { class: "progress", role: "img", "aria-label": say("progress", { at: this.now + 1, of: stops.length }) }, bar),
      h("p", { class: "progress-told" }, h("span", {}, say("whole", { metres: metres(length, LANG) })), h("span", {}, at(stops[this.now].id).querySelector(".stop-next")?.textContent)),
      h("div", { class: "walk-buttons" },
        h("button", { type: "button", class: "button", disabled: previous === null, onclick: () => this.step(-1) }, say("previous")),
        this.aloud(),
        next ? h("button", { type: "button", class: "button red", onclick: () => this.step(1) }, say("next")) : h("button", { type: "button", class: "button red", onclick: () => this.list() }, say("again"))),
      h("p", { class: "all-stops" }, h("button", { type: "button", class: "link", onclick: () => this.list() }, say("all_stops"))),
    );
  }

  /** Hear the stop told: its own recording, else the browser's voice. */
  aloud() {
    const article = at(this.walkway.stops[this.now].id);
    const recorded = article.querySelector("audio");
    if (!recorded && !CAN_READ) return null;
    const told = `${article.querySelector("h3")?.textContent}。${article.querySelector(".story")?.textContent}`;
    /** @type {HTMLButtonElement} */
    const button = h("button", { type: "button", class: "button", onclick: () => (this.reading ? this.quiet() : begin()) }, say("listen"));
    const done = () => {
      this.reading = false;
      button.textContent = say("listen");
    };
    const begin = () => {
      this.reading = true;
      button.textContent = say("stop_listening");
      if (!recorded) return readAloud(told, done);
      recorded.onended = recorded.onpause = done;
      recorded.play().catch(done);
    };
    this.hush = () => {
      recorded?.pause();
      stopReading();
      done();
    };
    return button;
  }

  hush = () => {};

  quiet() {
    if (this.reading) this.hush();
  }
}

async function begin() {
  dress();
  if (!document.getElementById("walk")) return;
  const [publicMap, walkway] = await Promise.all([openMap(), json("data/red_walkway.json")]);
  new Story(walkway, publicMap);
}

begin();
