/** A theme drawn over the ground, each feature by the sign that the legend gives it. */
import * as L from "/vendor/leaflet/leaflet-src.esm.js";
import { nameOf } from "../say/say.js";
import { pointOf, sign } from "./sign.js";

/** The column that a layer's signs are told apart by; a layer that is not here has one sign. */
const COLUMN = Object.freeze({ blue_net: "through", water_access: "kind", green_vein: "kind", walkway_stops: "kind", run_amenities: "kind",
  plan_projects: "stage", structure: "role", signs: "level" });

/** Those whose many points stand as small dots until one comes near. */
const SMALL = new Set(["lamps", "signs", "entrances"]);

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
   * @param {(id: string) => void} choose
   */
  constructor(map, choose) {
    this.map = map;
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
    this.near = this.#isNear();
    if (!this.shown) return;
    const { view, code } = this.shown;
    for (const [layer, { features }] of Object.entries(view.layers)) {
      const shapes = features.filter(({ geometry }) => geometry && geometry.type !== "Point");
      const dots = features.filter(({ geometry }) => geometry?.type === "Point");
      for (const feature of shapes) this.#shape(layer, feature, rowOf(view.legend, layer, feature.properties));
      for (const feature of dots) this.#point(layer, feature, rowOf(view.legend, layer, feature.properties));
    }
    if (code === "night") this.#milestones(view.layers.night_run?.features ?? []);
  }

  /**
   * @param {string} layer
   * @param {Api.Feature} feature
   * @param {Api.LegendRow | undefined} row
   */
  #shape(layer, feature, row) {
    const area = feature.geometry.type.endsWith("Polygon");
    const color = row?.color ?? "#8a867b";
    const name = `theme-${layer} ${feature.id === this.shown?.item ? "is-chosen" : ""}`;
    const widths = layer === "night_run" ? [["glow-wide", 18], ["glow", 10], ["line", 4.5]] : area ? [["area", 1.5]] : [["casing", 8], ["line", layer === "red_walkway" ? 5 : 4.5]];
    for (const [part, weight] of /** @type {[string, number][]} */ (widths)) {
      L.geoJSON(feature, {
        style: {
          pane: "theme", weight, interactive: false, className: `${name} theme-${part}`, color: part === "casing" ? undefined : color, fill: area, fillColor: color,
          fillOpacity: layer === "green_vein" ? 0.55 : layer === "blue_net" ? 0.28 : 0.16, dashArray: row?.symbol === "dash" && part === "line" ? "7 7" : undefined,
          lineCap: row?.symbol === "dash" ? "butt" : "round",
        },
      }).addTo(this.#group);
    }
    if (row?.symbol === "glyph" && area) this.#point(layer, feature, row);
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
    const label = [numbered ? `${properties.order}` : "", nameOf(properties, lang), kind].filter((part, i, all) => part && all.indexOf(part) === i).join(" · ");
    const dark = layer === "lamps" && properties.in_use === false;
    const look = `${layer} ${small ? "small" : ""} ${dark ? "dark" : ""} ${id === this.shown?.item ? "chosen" : ""}`;
    sign(pointOf(feature), { glyph, label, color: row?.color, look, choose: small ? undefined : () => this.choose(id) }).addTo(this.#group);
  }

  /**
   * Rings at each half kilometre of the loop, with the distance run.
   * @param {Api.Feature[]} loops
   */
  #milestones(loops) {
    for (const loop of loops) {
      if (loop.geometry.type !== "LineString") continue;
      const places = loop.geometry.coordinates.map(([lon, lat]) => L.latLng(lat, lon));
      const total = places.slice(1).reduce((sum, place, i) => sum + place.distanceTo(places[i]), 0);
      for (let run = 0; run < total - 120; run += 500)
        sign(lonLatAt(places, run), { glyph: String(run / 1000), label: `${run / 1000} km`, look: "milestone" }).addTo(this.#group);
    }
  }
}

/**
 * @param {L.LatLng[]} places
 * @param {number} run  metres from the start
 * @returns {[number, number]} longitude, latitude
 */
function lonLatAt(places, run) {
  let left = run;
  for (let i = 1; i < places.length; i++) {
    const step = places[i].distanceTo(places[i - 1]);
    if (left <= step) {
      const share = step === 0 ? 0 : left / step;
      return [places[i - 1].lng + (places[i].lng - places[i - 1].lng) * share, places[i - 1].lat + (places[i].lat - places[i - 1].lat) * share];
    }
    left -= step;
  }
  return [places[0].lng, places[0].lat];
}
