/** A theme drawn over the ground, each feature by the sign that the legend gives it. */
import * as L from "/vendor/leaflet/leaflet-src.esm.js";
import { chainageOf, part, placeAt, runs } from "../geo/line.js";
import { length, lines } from "../geo/shapes.js";
import { nameOf } from "../say/say.js";
import { pointOf, sign } from "./sign.js";

/** @typedef {import("../geo/local.js").Local} Local */

/** The column that a layer's signs are told apart by; a layer that is not here has one sign. */
const COLUMN = Object.freeze({
  blue_net: "through",
  water_access: "kind",
  green_vein: "kind",
  walkway_stops: "kind",
  run_amenities: "kind",
  plan_projects: "stage",
  structure: "role",
  signs: "level",
});

/** Those whose many points stand as small dots until one comes near. */
const SMALL = new Set(["lamps", "signs", "entrances"]);

/** @type {Record<string, number>} */
const FILL = { green_vein: 0.55, blue_net: 0.28 };
/** @type {Record<string, number>} */
const WEIGHT = { red_walkway: 5, plan_projects: 2.5 };

const DARK_APART_M = 70; // dark lamps nearer than this leave one dark stretch
const DARK_BEYOND_M = 15; // half the usual spacing: as far as a dark lamp would have shone

/**
 * The row of the legend that a feature is drawn by.
 * @param {Api.LegendRow[]} legend
 * @param {string} layer
 * @param {Api.Properties | null} properties
 */
export function rowOf(legend, layer, properties) {
  const column = /** @type {Record<string, string>} */ (COLUMN)[layer];
  const value = column === undefined ? undefined : properties?.[column];
  return legend.find(({ key }) => key === `${layer}:${value}`) ?? legend.find(({ key }) => key === layer);
}

export class ThemeLayer {
  #group = L.layerGroup();

  /**
   * @param {L.Map} map
   * @param {Local} local
   * @param {(id: string) => void} choose
   */
  constructor(map, local, choose) {
    this.map = map;
    this.local = local;
    /** What the labels must keep clear of: places and pixels. @type {{lonLat: [number, number], radius: number}[]} */
    this.obstacles = [];
    this.choose = choose;
    this.#group.addTo(map);
    /** @type {{view: Api.ThemeView, code: string, lang: Api.Lang, item: string | null} | null} */
    this.shown = null;
    this.near = false;
    map.on("zoomend", () => this.shown && this.near !== this.#isNear() && this.#draw());
  }

  /**
   * @param {{view: Api.ThemeView, code: string, lang: Api.Lang, item: string | null} | null} what
   */
  show(what) {
    this.shown = what;
    this.#draw();
  }

  #isNear() {
    return this.map.getZoom() >= 16;
  }

  #draw() {
    this.#group.clearLayers();
    this.obstacles = [];
    this.near = this.#isNear();
    if (!this.shown) return;
    const { view, code } = this.shown;
    for (const [layer, { features }] of Object.entries(view.layers)) {
      const shapes = features.filter(({ geometry }) => geometry && geometry.type !== "Point");
      const dots = features.filter(({ geometry }) => geometry?.type === "Point");
      for (const feature of shapes) this.#shape(layer, feature, rowOf(view.legend, layer, feature.properties));
      for (const feature of dots) this.#point(layer, feature, rowOf(view.legend, layer, feature.properties));
    }
    if (code === "night") for (const loop of view.layers.night_run?.features ?? []) this.#loop(loop, view.layers.lamps?.features ?? []);
  }

  /**
   * @param {string} layer
   * @param {Api.Feature} feature
   * @param {Api.LegendRow | undefined} row
   */
  #shape(layer, feature, row) {
    if (!row) return; // the ground shows it already
    const { color, symbol } = row;
    const area = feature.geometry.type.endsWith("Polygon");
    const name = `theme-${layer} ${feature.id === this.shown?.item ? "is-chosen" : ""}`;
    const widths =
      layer === "night_run"
        ? [
            ["glow-wide", 18],
            ["glow", 10],
            ["line", 4.5],
          ]
        : area
          ? [["area", 1.5]]
          : [
              ["casing", 8],
              ["line", WEIGHT[layer] ?? 4.5],
            ];
    for (const [part, weight] of /** @type {[string, number][]} */ (widths)) {
      L.geoJSON(feature, {
        style: {
          pane: "theme",
          weight,
          interactive: false,
          className: `${name} theme-${part}`,
          color: part === "casing" ? undefined : color,
          fill: area && layer !== "plan_projects",
          fillColor: color,
          fillOpacity: FILL[layer] ?? 0.16,
          dashArray: symbol === "dash" && part === "line" ? "7 7" : undefined,
          lineCap: symbol === "dash" ? "butt" : "round",
        },
      }).addTo(this.#group);
    }
    if (symbol === "glyph") this.#point(layer, feature, row);
  }

  /**
   * @param {string} layer
   * @param {Api.Feature} feature
   * @param {Api.LegendRow | undefined} row
   */
  #point(layer, feature, row) {
    const lang = this.shown?.lang ?? "zh";
    const properties = feature.properties ?? {};
    const id = String(feature.id);
    const small = SMALL.has(layer) && !(layer === "signs" && this.near);
    const numbered = layer === "walkway_stops";
    const glyph = numbered ? String(properties.order ?? "") : small ? "" : (row?.glyph ?? "");
    const kind = row ? (lang === "zh" ? row.zh : row.en) : "";
    const label = [numbered ? `${properties.order}` : "", nameOf(properties, lang), kind]
      .filter((part, i, all) => part && all.indexOf(part) === i)
      .join(" · ");
    const dark = layer === "lamps" && properties.in_use === false;
    const look = `${layer} ${small ? "small" : ""} ${dark ? "dark" : ""} ${id === this.shown?.item ? "chosen" : ""}`;
    this.obstacles.push({ lonLat: pointOf(feature), radius: layer === "lamps" ? 2 : small ? 6 : 15 });
    sign(pointOf(feature), { glyph, label, color: row?.color, look, choose: small ? undefined : () => this.choose(id) }).addTo(this.#group);
  }

  /**
   * A ring at each half kilometre of the loop, a dot at each hundred metres, and grey dashes where the lamps are dark.
   * @param {Api.Feature} loop
   * @param {Api.Feature[]} lamps
   */
  #loop(loop, lamps) {
    const [line] = lines(loop.geometry, this.local);
    if (!line) return;
    const total = length(line);
    const dark = lamps
      .filter(({ properties }) => properties?.in_use === false)
      .map((lamp) => chainageOf(line, this.local.xy(pointOf(lamp))));
    for (const [from, to] of runs(dark, DARK_APART_M)) {
      const places = part(line, Math.max(0, from - DARK_BEYOND_M), Math.min(total, to + DARK_BEYOND_M)).map((xy) => this.#latLng(xy));
      for (const name of ["dark-ground", "dark-dash"])
        L.polyline(places, { pane: "theme", interactive: false, className: name, weight: name === "dark-dash" ? 3.5 : 6 }).addTo(
          this.#group,
        );
    }
    for (let run = 100; run < total - 50; run += 100)
      if (run % 500 !== 0)
        L.circleMarker(this.#latLng(placeAt(line, run)), { pane: "theme", radius: 1.8, interactive: false, className: "hundred" }).addTo(
          this.#group,
        );
    for (let run = 0; run < total - 120; run += 500) {
      const lonLat = this.local.lonLat(placeAt(line, run));
      this.obstacles.push({ lonLat, radius: 14 });
      sign(lonLat, { glyph: String(run / 1000), label: `${run / 1000} km`, look: "milestone" }).addTo(this.#group);
    }
  }

  /** @param {import("../geo/local.js").XY} xy */
  #latLng(xy) {
    const [lon, lat] = this.local.lonLat(xy);
    return L.latLng(lat, lon);
  }
}
