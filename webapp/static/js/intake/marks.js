/** The places of a draft on the map: added, changed, removed, unchanged and with errors, each with a shape of its own. */
import * as L from "/vendor/leaflet/leaflet-src.esm.js";
import { CanvasLayer } from "../map/canvas_layer.js";

/** @typedef {import("../geo/local.js").Local} Local */
/** @typedef {import("../map/canvas_layer.js").Frame} Frame */
/** @typedef {Api.Status} Sort */

const COLORS = /** @type {const} */ ({
  day: { added: "#1b7a4b", changed: "#1f6fb2", removed: "#a02218", unchanged: "#6b675d", bad: "#c3272b", paper: "#fff", ink: "#1d2a3a" },
  night: { added: "#6fdca4", changed: "#8cc4ff", removed: "#ff9d92", unchanged: "#a3afc6", bad: "#ff8a80", paper: "#121a2b", ink: "#ffd27a" },
});
const NEAR_PX = 14;

export class Marks {
  /** @type {Api.Feature[]} */
  features = [];
  /** @type {Api.What | null} */
  only = null;
  /** @type {number | null} */
  chosen = null;
  night = false;

  /**
   * @param {L.Map} map
   * @param {Local} local
   * @param {(row: number) => void} choose
   */
  constructor(map, local, choose) {
    this.map = map;
    this.local = local;
    this.layer = new CanvasLayer(local, (frame) => this.#paint(frame), { pane: "theme" }).addTo(map);
    map.on("click", ({ latlng }) => {
      const row = this.#at(latlng);
      if (row !== null) choose(row);
    });
  }

  /**
   * @param {Api.Draft | null} draft
   * @param {{only: Api.What | null, chosen: number | null, night: boolean}} how
   */
  show(draft, { only, chosen, night }) {
    this.features = draft?.features.features ?? [];
    Object.assign(this, { only, chosen, night });
    this.layer.redraw();
  }

  /** The box of all that is shown; null where nothing is. */
  bounds() {
    const box = L.latLngBounds([]);
    for (const feature of this.features) box.extend(L.geoJSON(feature).getBounds());
    return box.isValid() ? box : null;
  }

  /** Where a row lies; null where it lies nowhere. @param {number} row */
  place(row) {
    const feature = this.features.find(({ properties }) => properties?.row === row);
    return feature ? L.geoJSON(feature).getBounds() : null;
  }

  /** @param {L.LatLng} latLng */
  #at({ lat, lng }) {
    const [x, y] = this.local.xy([lng, lat]);
    const near = NEAR_PX / this.local.pixelsPerMetre(this.map.getZoom());
    let [best, row] = [near, /** @type {number | null} */ (null)];
    for (const { geometry, properties } of this.#shown()) {
      const [px, py] = this.local.xy(anchor(geometry));
      const far = Math.hypot(px - x, py - y);
      if (far < best && typeof properties?.row === "number") [best, row] = [far, properties.row];
    }
    return row;
  }

  #shown() {
    return this.features.filter(({ geometry, properties }) => geometry && (this.only === null || properties?.status === this.only));
  }

  /** @param {Frame} frame */
  #paint(frame) {
    const { ctx, k, tx, ty } = frame;
    const colors = COLORS[this.night ? "night" : "day"];
    const pixel = (/** @type {number[]} */ position) => {
      const [x, y] = this.local.xy(position);
      return /** @type {[number, number]} */ ([x * k + tx, y * k + ty]);
    };
    const order = this.#shown().sort((a, b) => Number(this.#isChosen(a)) - Number(this.#isChosen(b)));
    for (const feature of order) {
      const sort = this.#sort(feature);
      const drawn = { ctx, pixel, color: colors[sort], paper: colors.paper, sort };
      if (!feature.geometry.type.endsWith("Point")) outline(drawn, feature.geometry);
      symbol(drawn, pixel(anchor(feature.geometry)), this.#isChosen(feature) ? colors.ink : null);
    }
  }

  /** @param {Api.Feature} feature */
  #isChosen({ properties }) {
    return this.chosen !== null && properties?.row === this.chosen;
  }

  /** @param {Api.Feature} feature @returns {Sort} */
  #sort({ properties }) {
    return properties?.status ?? "unchanged";
  }
}

/**
 * The place that stands for a geometry: its first corner for a point, else the middle of its box.
 * @param {GeoJSON.Geometry} geometry
 * @returns {number[]}
 */
function anchor(geometry) {
  if (geometry.type === "Point") return geometry.coordinates;
  const { lng, lat } = L.geoJSON(geometry).getBounds().getCenter();
  return [lng, lat];
}

/** @typedef {{ctx: CanvasRenderingContext2D, pixel: (position: number[]) => [number, number], color: string, paper: string, sort: Sort}} Drawn */

/**
 * @param {Drawn} drawn
 * @param {GeoJSON.Geometry} geometry
 */
function outline({ ctx, pixel, color, sort }, geometry) {
  ctx.strokeStyle = color;
  ctx.lineWidth = 2.5;
  ctx.setLineDash(sort === "removed" ? [6, 4] : []);
  for (const line of linesOf(geometry)) {
    ctx.beginPath();
    for (const position of line) ctx.lineTo(...pixel(position));
    ctx.stroke();
  }
  ctx.setLineDash([]);
}

/**
 * @param {GeoJSON.Geometry} geometry
 * @returns {number[][][]}
 */
function linesOf(geometry) {
  if (geometry.type === "LineString") return [geometry.coordinates];
  if (geometry.type === "MultiLineString" || geometry.type === "Polygon") return geometry.coordinates;
  if (geometry.type === "MultiPolygon") return geometry.coordinates.flat();
  if (geometry.type === "GeometryCollection") return geometry.geometries.flatMap(linesOf);
  return [];
}

/**
 * Added: a disc with a plus. Changed: a diamond. Removed: a cross. Unchanged: a small ring. With errors: a square.
 * @param {Drawn} drawn
 * @param {[number, number]} at
 * @param {string | null} ring  around the one that is chosen
 */
function symbol({ ctx, color, paper, sort }, [x, y], ring) {
  const path = new Path2D();
  const r = sort === "unchanged" ? 3.5 : 7;
  if (sort === "changed") for (const [dx, dy] of [[0, -r - 1], [r + 1, 0], [0, r + 1], [-r - 1, 0]]) path.lineTo(x + dx, y + dy);
  else if (sort === "bad") path.rect(x - r + 1, y - r + 1, 2 * r - 2, 2 * r - 2);
  else path.arc(x, y, r, 0, 2 * Math.PI);
  path.closePath();
  const hollow = sort === "unchanged" || sort === "removed";
  ctx.lineWidth = 4.5;
  ctx.strokeStyle = paper;
  ctx.stroke(path);
  ctx.fillStyle = hollow ? paper : color;
  ctx.fill(path);
  ctx.lineWidth = hollow ? 2 : 1.5;
  ctx.strokeStyle = hollow ? color : paper;
  ctx.stroke(path);
  if (sort === "added" || sort === "removed" || sort === "bad") strike(ctx, x, y, sort, sort === "removed" ? color : paper);
  if (ring === null) return;
  ctx.beginPath();
  ctx.arc(x, y, r + 6, 0, 2 * Math.PI);
  ctx.lineWidth = 3;
  ctx.strokeStyle = ring;
  ctx.stroke();
}

/**
 * The plus of what is added, the cross of what goes, the bar of what is wrong.
 * @param {CanvasRenderingContext2D} ctx
 * @param {number} x
 * @param {number} y
 * @param {Sort} sort
 * @param {string} color
 */
function strike(ctx, x, y, sort, color) {
  const strokes = sort === "added" ? [[-3.5, 0, 3.5, 0], [0, -3.5, 0, 3.5]] : sort === "bad" ? [[0, -4, 0, 1], [0, 3, 0, 4]] : [[-3, -3, 3, 3], [3, -3, -3, 3]];
  ctx.strokeStyle = color;
  ctx.lineWidth = 2;
  ctx.beginPath();
  for (const [x1, y1, x2, y2] of strokes) {
    ctx.moveTo(x + x1, y + y1);
    ctx.lineTo(x + x2, y + y2);
  }
  ctx.stroke();
}
