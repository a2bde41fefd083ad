/** All that is drawn: the ground, the names, the signs, what was chosen. Told what to show, it redraws what changed. */
import * as L from "/vendor/leaflet/leaflet-src.esm.js";
import { paintLabels } from "../labels/layer.js";
import { CanvasLayer } from "./canvas_layer.js";
import { Choice } from "./choice.js";
import { coverOf } from "./cover.js";
import { paintGround } from "./ground.js";
import { look } from "./look.js";
import { namesOf, sceneOf } from "./scene.js";
import { Services } from "./services.js";
import { Gates } from "./gates.js";
import { ThemeLayer } from "./theme_layer.js";

/** @typedef {import("./cover.js").Cover} Cover */
/** @typedef {import("../geo/local.js").Local} Local */

export class Picture {
  /** @type {{night: boolean, lang: Api.Lang, faint: boolean, chosen: string | null}} */
  #mood = { night: false, lang: "zh", faint: false, chosen: null };
  /** @type {Cover | null} */
  #cover = null;

  /**
   * @param {L.Map} map
   * @param {Api.Base} base
   * @param {Local} local
   * @param {{item: (id: string) => void, gate: (id: string | null) => void, assume: (gate: string, what: "open" | "close" | null) => void}} choose
   */
  constructor(map, base, local, choose) {
    this.local = local;
    const [scene, names] = [sceneOf(base, local), namesOf(base, local)];
    this.services = new Services(map);
    this.choice = new Choice(map);
    this.gates = new Gates(map, choose);
    this.theme = new ThemeLayer(map, local, choose.item);
    this.ground = new CanvasLayer(
      local,
      (frame) =>
        paintGround(frame, scene, look(this.#mood.night), { cover: this.#cover, night: this.#mood.night, faint: this.#mood.faint }),
      { pane: "ground" },
    ).addTo(map);
    this.names = new CanvasLayer(
      local,
      (frame) => {
        const signs = [...this.services.obstacles, ...this.gates.obstacles, ...this.theme.obstacles].map(({ lonLat, ...sign }) => ({
          ...sign,
          at: local.xy(lonLat),
        }));
        paintLabels(frame, names, look(this.#mood.night), { lang: this.#mood.lang, signs, chosen: this.#mood.chosen });
      },
      { pane: "names" },
    ).addTo(map);
  }

  /** @param {Partial<{night: boolean, lang: Api.Lang, faint: boolean, chosen: string | null}>} mood */
  set(mood) {
    this.#mood = { ...this.#mood, ...mood };
    this.redraw();
  }

  /**
   * @param {Api.Coverage | null} coverage
   * @param {string} glyph
   */
  cover(coverage, glyph) {
    this.#cover = coverage && coverOf(coverage, this.local);
    this.services.show(coverage?.features.facilities.features ?? [], glyph, this.#mood.lang);
    this.redraw();
  }

  redraw() {
    this.ground.redraw();
    this.names.redraw();
  }
}
