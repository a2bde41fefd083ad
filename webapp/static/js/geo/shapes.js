/** A GeoJSON geometry taken apart into plain lists, in the metres of a `Local`. */

/** @typedef {import("./local.js").XY} XY */
/** @typedef {import("./local.js").Local} Local */

/**
 * @param {GeoJSON.Geometry | null} geometry
 * @param {Local} local
 * @returns {XY[][][]} polygons of rings, outer rings turning one way and holes the other; empty for points and lines
 */
export function polygons(geometry, local) {
  if (geometry?.type === "Polygon") return [turnedRings(geometry.coordinates, local)];
  if (geometry?.type === "MultiPolygon") return geometry.coordinates.map((rings) => turnedRings(rings, local));
  if (geometry?.type === "GeometryCollection") return geometry.geometries.flatMap((part) => polygons(part, local));
  return [];
}

/**
 * @param {number[][][]} rings  outer ring first
 * @param {Local} local
 */
function turnedRings(rings, local) {
  return rings.map((ring, at) => {
    const placed = ring.map((position) => local.xy(position));
    return area(placed) > 0 === (at === 0) ? placed : placed.reverse();
  });
}

/**
 * The area of a ring, positive where it turns one way, negative where the other.
 * @param {XY[]} ring
 */
export function area(ring) {
  return ring.reduce((sum, [x, y], i) => sum + (ring[(i + 1) % ring.length][0] * y - x * ring[(i + 1) % ring.length][1]) / 2, 0);
}

/**
 * @param {GeoJSON.Geometry | null} geometry
 * @param {Local} local
 * @returns {XY[][]} lines; empty for points and polygons
 */
export function lines(geometry, local) {
  if (geometry?.type === "LineString") return [geometry.coordinates.map((at) => local.xy(at))];
  if (geometry?.type === "MultiLineString") return geometry.coordinates.map((line) => line.map((at) => local.xy(at)));
  if (geometry?.type === "GeometryCollection") return geometry.geometries.flatMap((part) => lines(part, local));
  return [];
}

/**
 * @param {GeoJSON.Geometry | null} geometry
 * @param {Local} local
 * @returns {XY[]}
 */
export function points(geometry, local) {
  if (geometry?.type === "Point") return [local.xy(geometry.coordinates)];
  if (geometry?.type === "MultiPoint") return geometry.coordinates.map((at) => local.xy(at));
  return [];
}

/**
 * Is a place inside a polygon with holes? (Ray to the east, even–odd.)
 * @param {XY} place
 * @param {XY[][]} rings
 */
export function inside([x, y], rings) {
  let odd = false;
  for (const ring of rings) {
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [xi, yi] = ring[i];
      const [xj, yj] = ring[j];
      if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) odd = !odd;
    }
  }
  return odd;
}

/**
 * The box around positions.
 * @param {XY[]} positions
 * @returns {[number, number, number, number]} west, top, east, bottom
 */
export function box(positions) {
  const xs = positions.map(([x]) => x);
  const ys = positions.map(([, y]) => y);
  return [least(xs), least(ys), -least(xs.map((x) => -x)), -least(ys.map((y) => -y))];
}

/** @param {number[]} values */
function least(values) {
  return values.reduce((low, value) => (value < low ? value : low), Infinity);
}

/**
 * The length of a line.
 * @param {XY[]} line
 */
export function length(line) {
  return line.slice(1).reduce((sum, [x, y], i) => sum + Math.hypot(x - line[i][0], y - line[i][1]), 0);
}
