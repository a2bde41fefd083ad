/** The map of a public page: our own drawing over the little picture that the page came with. */
import * as L from "/vendor/leaflet/leaflet-src.esm.js";
import { Local } from "../geo/local.js";
import { paintLabels } from "../labels/layer.js";
import { Camera } from "../map/camera.js";
import { CanvasLayer } from "../map/canvas_layer.js";
import { paintGround } from "../map/ground.js";
import { look } from "../map/look.js";
import { NAMERS, sceneOf } from "../map/scene.js";
import { scaleBar, stage } from "../map/stage.js";
import { at, fill, h } from "../panel/dom.js";
import { metres } from "../say/number.js";
import { unpack } from "../walk/pack.js";
import { bytes, config } from "./files.js";
import { baseOf } from "./ground.js";
import { rest } from "./rest.js";
import { LANG, say } from "./say.js";
import { isOn, onSetting } from "./settings.js";

/** @typedef {{lonLat: [number, number], radius: number, text?: string}} Obstacle  what names keep clear of */

/** So much of the window is drawn beyond each side: on an old phone every pixel costs. */
const BEYOND = 0.15;

export class PublicMap {
  /** What the names keep clear of; set it, then `redraw`. @type {() => Obstacle[]} */
  obstacles = () => [];
  /** Do the ground's colours stand back for what is drawn over them? */
  faint = false;

  /** @type {import("../map/scene.js").Names | null} */
  #written = null;

  /** @param {Api.Base} base */
  constructor(base) {
    const { bounds } = config();
    const [west, south, east, north] = bounds;
    this.base = base;
    this.local = new Local((west + east) / 2, (south + north) / 2);
    this.bounds = L.latLngBounds([south, west], [north, east]);
    this.scene = sceneOf(base, this.local);
    this.map = stage(at("map"), bounds);
    this.camera = new Camera(this.map, at("furniture"));
    this.camera.show(this.bounds);
    const dressed = () => look(isOn("night"));
    this.ground = new CanvasLayer(
      this.local,
      (frame) => paintGround(frame, this.scene, dressed(), { cover: null, night: isOn("night"), faint: this.faint, border: false }),
      { pane: "ground", padding: BEYOND },
    );
    this.names = new CanvasLayer(
      this.local,
      (frame) => {
        if (!this.#written) return;
        const signs = this.obstacles().map(({ lonLat, ...sign }) => ({ ...sign, at: this.local.xy(lonLat) }));
        paintLabels(frame, this.#written, dressed(), { lang: LANG, signs, chosen: null, larger: isOn("elder") ? 1.5 : 1.15 });
      },
      { pane: "names", padding: BEYOND },
    );
    this.#furnish();
    onSetting(() => this.redraw());
    window.addEventListener("resize", () => this.map.invalidateSize({ animate: false }));
    document.addEventListener("keydown", () => (document.documentElement.dataset.keys = "true"));
    document.addEventListener("pointerdown", () => delete document.documentElement.dataset.keys);
    window.matchMedia("print").addEventListener("change", () => this.camera.show(this.shown));
  }

  /** Draw the ground, then the names: an old phone answers to a finger in between. */
  async draw() {
    this.ground.addTo(this.map);
    at("map").querySelector(".poster")?.remove();
    await rest();
    const names = /** @type {any} */ ({});
    for (const [group, name] of Object.entries(NAMERS)) {
      names[group] = name(this.base, this.local);
      await rest();
    }
    this.#written = names;
    this.names.addTo(this.map);
  }

  /** What is to be seen at once. @type {L.LatLngBounds | null} */
  #shown = null;

  get shown() {
    return this.#shown ?? this.bounds;
  }

  /** Show a part of the neighbourhood, and come back to it when asked for the whole. @param {L.LatLngBounds} bounds */
  show(bounds) {
    this.#shown = bounds.isValid() ? bounds : null;
    this.camera.show(this.shown);
  }

  redraw() {
    this.ground.redraw();
    this.names.redraw();
  }

  /** Scale, north and the buttons to come nearer. */
  #furnish() {
    const button = (/** @type {string} */ sign, /** @type {import("./words.js").Word} */ word, /** @type {() => void} */ press) =>
      h("button", { type: "button", "aria-label": say(word), title: say(word), onclick: press }, sign);
    const scale = h("div", { class: "scale" });
    fill(
      at("furniture"),
      h("div", { class: "zoom" }, button("＋", "zoom_in", () => this.map.zoomIn()), button("－", "zoom_out", () => this.map.zoomOut()), button("⤢", "fit", () => this.camera.show(this.shown))),
      h("div", { class: "north" }, h("span", {}, say("north")), h("span", { class: "needle", "aria-hidden": "true" })),
      scale,
    );
    scaleBar(this.map, scale, (length) => metres(length, LANG))();
    at("map").setAttribute("role", "application");
    at("map").setAttribute("aria-label", say("map_label"));
    at("map").setAttribute("tabindex", "0");
  }
}

/**
 * Open the page's map; where it cannot be opened the page says so and keeps its picture and its lists.
 * @returns {Promise<PublicMap | null>}
 */
export async function openMap() {
  try {
    const ground = await bytes("data/ground.bin");
    await rest();
    const base = baseOf(unpack(ground));
    await rest();
    const publicMap = new PublicMap(base);
    await rest();
    await publicMap.draw();
    return publicMap;
  } catch (error) {
    at("live").textContent = say("map_failed", { why: error instanceof Error ? error.message : "" });
    return null;
  }
}
