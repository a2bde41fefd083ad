/** The map's own layers out of `data/ground.bin`, as the desk's scripts draw them. */
import { shapes } from "../walk/pack.js";

/** @typedef {import("../walk/pack.js").Pack} Pack */

/**
 * @param {Pack} pack
 * @returns {Api.Base}
 */
export function baseOf(pack) {
  const scale = pack.header.per_degree;
  /** @type {Api.Base} */
  const base = {};
  for (const [name, columns] of Object.entries(pack.header.layers)) {
    const features = shapes(pack, name, (x, y) => [x / scale, y / scale]).map(
      (shape, row) => /** @type {Api.Feature} */ ({ type: "Feature", id: `${name}-${row}`, geometry: geometry(shape), properties: properties(columns, row) }),
    );
    base[name] = { type: "FeatureCollection", features };
  }
  return base;
}

/**
 * @param {Record<string, any[]>} columns
 * @param {number} row
 */
function properties(columns, row) {
  return Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, values[row]]));
}

/** @param {{kind: number, parts: [number, number][][][]}} shape */
function geometry({ kind, parts }) {
  if (kind === 2) return parts.length === 1 ? { type: "Polygon", coordinates: parts[0] } : { type: "MultiPolygon", coordinates: parts };
  if (kind === 1) {
    const lines = parts.map(([line]) => line);
    return lines.length === 1 ? { type: "LineString", coordinates: lines[0] } : { type: "MultiLineString", coordinates: lines };
  }
  return { type: "Point", coordinates: parts[0][0][0] };
}
