/** A theme drawn over the ground, each feature by the sign that the legend gives it. */
import * as L from "/vendor/leaflet/leaflet-src.esm.js";
import { chainageOf, part, placeAt, runs } from "../geo/line.js";
import { length, lines } from "../geo/shapes.js";
import { spread } from "../geo/spread.js";
import { nameOf } from "../say/name.js";
import { pointOf, sign } from "./sign.js";

/** @typedef {import("../geo/local.js").Local} Local */
/** @typedef {{lonLat: [number, number], radius: number, how: Parameters<typeof sign>[1]}} Sign  what is to stand where, and its pixels */

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
const NEAR = 16;
/** Farther away than this the many signs of the plan stand as dots too. */
const FAR = 14.5;
const APART = 32; // pixels between two signs that can be pressed

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
    map.on("zoomend", () => this.shown && this.#draw()); // signs step aside by pixels
  }

  /**
   * @param {{view: Api.ThemeView, code: string, lang: Api.Lang, item: string | null} | null} what
   */
  show(what) {
    this.shown = what;
    this.#draw();
  }

  /** @param {string} layer */
  #isSmall(layer) {
    const zoom = this.map.getZoom();
    if (layer === "plan_projects") return zoom < FAR;
    return SMALL.has(layer) && !(layer === "signs" && zoom >= NEAR);
  }

  #draw() {
    this.#group.clearLayers();
    this.obstacles = [];
    if (!this.shown) return;
    const { view, code } = this.shown;
    /** @type {Sign[]} */
    const signs = [];
    for (const [layer, { features }] of Object.entries(view.layers)) {
      const shapes = features.filter(({ geometry }) => geometry && geometry.type !== "Point");
      const dots = features.filter(({ geometry }) => geometry?.type === "Point");
      const row = (/** @type {Api.Feature} */ { properties }) => rowOf(view.legend, layer, properties);
      for (const feature of shapes) this.#shape(layer, feature, row(feature));
      for (const feature of [...shapes.filter((shape) => row(shape)?.symbol === "glyph"), ...dots])
        signs.push(this.#sign(layer, feature, row(feature)));
    }
    if (code === "night")
      for (const loop of view.layers.night_run?.features ?? []) signs.push(...this.#loop(loop, view.layers.lamps?.features ?? []));
    this.#put(signs);
  }

  /**
   * Put the signs on the map: those that can be pressed, and the milestones, step aside for one another.
   * @param {Sign[]} signs
   */
  #put(signs) {
    const pixel = (/** @type {Sign} */ { lonLat: [lon, lat] }) => this.map.latLngToLayerPoint([lat, lon]);
    const large = signs.filter(({ radius }) => radius > 10);
    const aside = spread(
      large.map((one) => [pixel(one).x, pixel(one).y]),
      APART,
    );
    for (const [i, [x, y]] of aside.entries()) {
      const { lat, lng } = this.map.layerPointToLatLng([x, y]);
      large[i].lonLat = [lng, lat];
    }
    for (const { lonLat, radius, how } of signs) {
      this.obstacles.push({ lonLat, radius });
      sign(lonLat, how).addTo(this.#group);
    }
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
    const chosen = String(feature.id) === this.shown?.item;
    const name = `theme-${layer} ${chosen ? "is-chosen" : ""}`;
    if (area && layer === "plan_projects" && !chosen) return; // most of them are the whole neighbourhood: its sign says enough
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
  }

  /**
   * @param {string} layer
   * @param {Api.Feature} feature
   * @param {Api.LegendRow | undefined} row
   * @returns {Sign}
   */
  #sign(layer, feature, row) {
    const lang = this.shown?.lang ?? "zh";
    const properties = feature.properties ?? {};
    const id = String(feature.id);
    const small = this.#isSmall(layer);
    const pressed = !SMALL.has(layer) || !small;
    const numbered = layer === "walkway_stops";
    const glyph = numbered ? String(properties.order ?? "") : small ? "" : (row?.glyph ?? "");
    const kind = row ? (lang === "zh" ? row.zh : row.en) : "";
    const label = [numbered ? `${properties.order}` : "", nameOf(properties, lang), kind]
      .filter((part, i, all) => part && all.indexOf(part) === i)
      .join(" · ");
    const dark = layer === "lamps" && properties.in_use === false;
    const look = `${layer} ${small ? "small" : ""} ${dark ? "dark" : ""} ${id === this.shown?.item ? "chosen" : ""}`;
    const radius = layer === "lamps" ? 2 : pressed ? 15 : 6;
    const choose = pressed ? () => this.choose(id) : undefined;
    return { lonLat: pointOf(feature), radius, how: { glyph, label, color: row?.color, look, choose } };
  }

  /**
   * A ring at each half kilometre of the loop, a dot at each hundred metres, and grey dashes where the lamps are dark.
   * @param {Api.Feature} loop
   * @param {Api.Feature[]} lamps
   * @returns {Sign[]} the rings
   */
  #loop(loop, lamps) {
    const [line] = lines(loop.geometry, this.local);
    if (!line) return [];
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
    const rings = Array.from({ length: Math.ceil((total - 120) / 500) }, (_, half) => half / 2);
    return rings.map((km) => ({
      lonLat: this.local.lonLat(placeAt(line, km * 1000)),
      radius: 14,
      how: { glyph: String(km), label: `${km} km`, look: "milestone" },
    }));
  }

  /** @param {import("../geo/local.js").XY} xy */
  #latLng(xy) {
    const [lon, lat] = this.local.lonLat(xy);
    return L.latLng(lat, lon);
  }
}
