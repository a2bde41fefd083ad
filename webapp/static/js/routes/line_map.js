/** An answer about a line on the map: its strokes, its signs, the dot that follows the strip's cursor. */
import * as L from "/vendor/leaflet/leaflet-src.esm.js";
import { spread } from "../geo/spread.js";
import { pointOf, sign } from "../map/sign.js";
import { nameOf, say, sayCode } from "../say/say.js";
import { ORDER, signOf, strokesOf } from "./drawn.js";

/** @typedef {{line: string, features: Record<string, Api.Collection>, lang: Api.Lang, night: boolean, item: string | null}} Shown */

/** Lines that are pressed for the place, not to be chosen. */
const PRESSED_THROUGH = new Set(["route", "loops", "others", "stretches", "closed"]);
/** What is called by what it is for. @type {Record<string, import("../say/words.js").Word>} */
const CALLED = { start: "loop_set_start", through: "loop_set_through", avoid: "loop_set_avoid", ends: "works_end" };
const APART = 25; // pixels between two signs
const NEAR = 15.2; // from here on the lesser signs stand too

export class LineMap {
  #group = L.layerGroup();
  #cursor = L.circleMarker([0, 0], { pane: "chosen", radius: 8, interactive: false, className: "r-cursor" });
  /** @type {Shown | null} */
  shown = null;
  /** What the labels must keep clear of. @type {{lonLat: [number, number], radius: number}[]} */
  obstacles = [];

  /**
   * @param {L.Map} map
   * @param {import("../geo/local.js").Local} local
   * @param {(id: string) => void} choose
   */
  constructor(map, local, choose) {
    this.map = map;
    this.local = local;
    this.choose = choose;
    this.#group.addTo(map);
    map.on("zoomend", () => this.#draw());
  }

  /** @param {Shown | null} shown */
  show(shown) {
    this.shown = shown;
    this.#draw();
  }

  /** @param {import("../geo/local.js").XY | null} xy */
  cursor(xy) {
    if (!xy) return void this.#cursor.remove();
    const [lon, lat] = this.local.lonLat(xy);
    this.#cursor.setLatLng([lat, lon]);
    this.#cursor.addTo(this.map);
  }

  /** The box of what is drawn. */
  bounds() {
    /** @type {Record<string, Api.Collection>} */
    const features = this.shown?.features ?? {};
    const main = ["route", "loops", "closed", "detour"].filter((name) => (features[name]?.features.length ?? 0) > 0);
    return L.featureGroup(main.map((name) => L.geoJSON(features[name]))).getBounds();
  }

  #draw() {
    this.#group.clearLayers();
    this.obstacles = [];
    if (!this.shown) return;
    /** @type {{feature: Api.Feature, layer: string}[]} */
    const points = [];
    for (const layer of ORDER)
      for (const feature of this.shown.features[layer]?.features ?? []) {
        if (feature.geometry && feature.geometry.type !== "Point") this.#shape(layer, feature);
        if (feature.geometry && (feature.geometry.type === "Point" || layer === "breaks" || layer === "missing")) points.push({ layer, feature });
      }
    this.#signs(points);
  }

  /**
   * @param {string} layer
   * @param {Api.Feature} feature
   */
  #shape(layer, feature) {
    const { line, night, item } = /** @type {Shown} */ (this.shown);
    const id = String(feature.id);
    const area = feature.geometry.type.endsWith("Polygon");
    for (const { look, weight, dash } of strokesOf(layer, feature.properties ?? {}, { line, night, chosen: id === item })) {
      const shape = L.geoJSON(feature, { style: { pane: area ? "area" : "theme", weight, className: look, dashArray: dash, lineCap: dash ? "butt" : "round", fill: area, fillOpacity: 0.35 } });
      if (!PRESSED_THROUGH.has(layer)) shape.on("click", (event) => (L.DomEvent.stopPropagation(event), this.choose(id)));
      shape.addTo(this.#group);
    }
  }

  /** @param {{feature: Api.Feature, layer: string}[]} points */
  #signs(points) {
    const { lang, line } = /** @type {Shown} */ (this.shown);
    const near = this.map.getZoom() >= NEAR;
    const shown = points.flatMap(({ layer, feature }) => {
      const how = signOf(layer, feature.properties ?? {}, lang, line);
      if (!how && layer === "marks") this.#dot(feature);
      return how && (near || !how.minor || String(feature.id) === this.shown?.item) ? [{ layer, feature, how, lonLat: pointOf(feature) }] : [];
    });
    const large = shown.filter(({ how }) => !how.small && !how.plate);
    const pixels = large.map(({ lonLat: [lon, lat] }) => this.map.latLngToLayerPoint([lat, lon]));
    for (const [i, [x, y]] of spread(pixels.map(({ x, y }) => [x, y]), APART).entries()) {
      const { lat, lng } = this.map.layerPointToLatLng([x, y]);
      large[i].lonLat = [lng, lat];
    }
    for (const one of shown) this.#sign(one);
  }

  /** @param {Api.Feature} feature */
  #dot(feature) {
    const [lon, lat] = pointOf(feature);
    L.circleMarker([lat, lon], { pane: "theme", radius: 1.8, interactive: false, className: "hundred" }).addTo(this.#group);
  }

  /** @param {{layer: string, feature: Api.Feature, how: import("./drawn.js").Sign, lonLat: [number, number]}} one */
  #sign({ layer, feature, how, lonLat }) {
    const { lang, item } = /** @type {Shown} */ (this.shown);
    const properties = feature.properties ?? {};
    const id = String(feature.id);
    const label = [nameOf(properties, lang) || (lang === "en" && properties.street_en) || properties.street || properties.text || "", sayCode(lang, "code_", properties.kind ?? properties.status)].filter((part, i, all) => part && all.indexOf(part) === i).join(" · ");
    const look = `${how.look}${how.small ? " small" : ""}${id === item ? " chosen" : ""}`;
    const choose = ["marks", "start", "ends"].includes(layer) ? undefined : () => this.choose(id);
    this.obstacles.push({ lonLat, radius: how.small ? 6 : 15 });
    sign(lonLat, { glyph: how.glyph, label: label || (layer in CALLED ? say(lang, CALLED[layer]) : ""), look, choose }).addTo(this.#group);
  }
}
