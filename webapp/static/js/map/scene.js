/** The base layers as canvas paths in local metres, grouped so that each group is one stroke of the brush. */
import { box, lines, points, polygons } from "../geo/shapes.js";
import { seat } from "../geo/seat.js";
import { chain } from "../geo/chain.js";

/** @typedef {import("../geo/local.js").Local} Local */
/** @typedef {import("../geo/local.js").XY} XY */

/** @typedef {{path: Path2D, width: number}} Stroke  width in metres */
/** @typedef {"road" | "lane" | "path" | "private"} Rank */
/** @typedef {{name: Api.Properties, lines: XY[][], width: number, rank: Rank}} NamedLine */
/** @typedef {{name: Api.Properties, id: string, rings: XY[][], seat: import("../geo/seat.js").Seat, weight: number}} NamedArea */

const STATION = 60; // tracks

/**
 * @typedef {object} Scene
 * @property {Path2D} boundary
 * @property {Path2D} waterAreas
 * @property {Stroke[]} waterLines
 * @property {Path2D} greenAreas
 * @property {Stroke[]} greenLines
 * @property {Path2D} compounds
 * @property {Path2D} buildings
 * @property {Path2D} homes
 * @property {Record<Rank, Stroke[]>} streets
 * @property {Stroke[]} bridges
 * @property {Stroke[]} underpasses
 * @property {Path2D} railways
 * @property {boolean} station  are there so many tracks side by side that each can only be a hair?
 * @property {Path2D} walls
 * @property {XY[]} gates
 */

/**
 * @typedef {object} Names  what is written on the map
 * @property {NamedLine[]} streetNames
 * @property {NamedLine[]} waterNames
 * @property {NamedArea[]} greenNames
 * @property {NamedArea[]} compoundNames
 */

const WIDTH = { road: 14, lane: 5, path: 2.5, private: 4 };

/**
 * @param {Api.Base} base
 * @param {Local} local
 * @returns {Scene}
 */
export function sceneOf(base, local) {
  const of = (/** @type {string} */ layer) => base[layer]?.features ?? [];
  const streets = of("streets");
  const plain = streets.filter((street) => !raised(street) && !sunk(street));
  return {
    boundary: areas(of("boundary"), local),
    waterAreas: areas(of("blue_net"), local),
    waterLines: strokes(of("blue_net"), local, 12),
    greenAreas: areas(of("green_vein"), local),
    greenLines: strokes(of("green_vein"), local, 6),
    compounds: areas(of("compounds"), local),
    buildings: areas(of("buildings"), local),
    homes: areas(of("homes"), local),
    streets: {
      road: strokes(
        plain.filter((street) => rank(street) === "road"),
        local,
        WIDTH.road,
      ),
      lane: strokes(
        plain.filter((street) => rank(street) === "lane"),
        local,
        WIDTH.lane,
      ),
      path: strokes(
        plain.filter((street) => rank(street) === "path"),
        local,
        WIDTH.path,
      ),
      private: strokes(
        plain.filter((street) => rank(street) === "private"),
        local,
        WIDTH.private,
      ),
    },
    bridges: strokes(streets.filter(raised), local, WIDTH.path),
    underpasses: strokes(streets.filter(sunk), local, WIDTH.path),
    railways: tracks(
      of("barriers").filter(({ properties }) => properties?.kind === "railway" || properties?.kind === "expressway"),
      local,
    ),
    station: of("barriers").filter(({ properties }) => properties?.kind === "railway").length > STATION,
    walls: tracks(
      of("barriers").filter(({ properties }) => properties?.kind === "wall" || properties?.kind === "fence"),
      local,
    ),
    gates: of("gates").flatMap(({ geometry }) => points(geometry, local)),
  };
}

/** What is written on the map, group by group. @type {{[Group in keyof Names]: (base: Api.Base, local: Local) => Names[Group]}} */
export const NAMERS = Object.freeze({
  streetNames: (base, local) => namedLines((base.streets?.features ?? []).filter((street) => rank(street) !== "private"), local),
  waterNames: (base, local) => namedLines(base.blue_net?.features ?? [], local),
  greenNames: (base, local) => namedAreas(base.green_vein?.features ?? [], local),
  compoundNames: (base, local) => namedAreas(base.compounds?.features ?? [], local),
});

/**
 * @param {Api.Base} base
 * @param {Local} local
 */
export function namesOf(base, local) {
  return /** @type {Names} */ (Object.fromEntries(Object.entries(NAMERS).map(([group, name]) => [group, name(base, local)])));
}

/**
 * @param {Api.Feature} street
 * @returns {Rank}
 */
function rank({ properties }) {
  if (properties?.access === "residents" || properties?.access === "private") return "private";
  return properties?.kind === "road" ? "road" : properties?.kind === "lane" ? "lane" : "path";
}

/** @param {Api.Feature} street */
function raised({ properties }) {
  return properties?.kind === "footbridge" || (properties?.level ?? 0) > 0;
}

/** @param {Api.Feature} street */
function sunk({ properties }) {
  return properties?.kind === "underpass" || (properties?.level ?? 0) < 0;
}

/**
 * All polygons as one path.
 * @param {Api.Feature[]} features
 * @param {Local} local
 */
export function areas(features, local) {
  const path = new Path2D();
  for (const { geometry } of features) {
    for (const rings of polygons(geometry, local)) {
      for (const ring of rings) {
        trace(path, ring);
        path.closePath();
      }
    }
  }
  return path;
}

/**
 * All lines as one path.
 * @param {Api.Feature[]} features
 * @param {Local} local
 */
export function tracks(features, local) {
  const path = new Path2D();
  for (const { geometry } of features) for (const line of lines(geometry, local)) trace(path, line);
  return path;
}

/**
 * Lines as one path for each width.
 * @param {Api.Feature[]} features
 * @param {Local} local
 * @param {number} usual  metres, where the feature says none
 * @returns {Stroke[]}
 */
function strokes(features, local, usual) {
  /** @type {Map<number, Stroke>} */
  const byWidth = new Map();
  for (const { geometry, properties } of features) {
    const width = properties?.width_m || usual;
    const stroke = byWidth.get(width) ?? { path: new Path2D(), width };
    byWidth.set(width, stroke);
    for (const line of lines(geometry, local)) trace(stroke.path, line);
  }
  return [...byWidth.values()].sort((a, b) => a.width - b.width);
}

/**
 * @param {Path2D} path
 * @param {XY[]} line
 */
function trace(path, line) {
  line.forEach(([x, y], i) => (i === 0 ? path.moveTo(x, y) : path.lineTo(x, y)));
}

/**
 * @param {Api.Feature[]} features
 * @param {Local} local
 * @returns {NamedLine[]} one a name, widest first
 */
function namedLines(features, local) {
  /** @type {Map<string, NamedLine>} */
  const byName = new Map();
  for (const feature of features) {
    const properties = feature.properties;
    if (!properties?.name) continue;
    const named = byName.get(properties.name) ?? { name: properties, lines: [], width: 0, rank: rank(feature) };
    byName.set(properties.name, named);
    named.lines.push(...lines(feature.geometry, local));
    named.width = Math.max(named.width, properties.width_m ?? 0);
  }
  const all = [...byName.values()].map((named) => ({ ...named, lines: chain(named.lines) }));
  return all.filter((named) => named.lines.length > 0).sort((a, b) => b.width - a.width);
}

/**
 * @param {Api.Feature[]} features
 * @param {Local} local
 * @returns {NamedArea[]} heaviest first
 */
export function namedAreas(features, local) {
  return features
    .flatMap((feature) => {
      const properties = feature.properties ?? {};
      const parts = properties.name ? polygons(feature.geometry, local) : [];
      const rings = parts.sort((a, b) => extent(b[0]) - extent(a[0]))[0];
      const place = rings && seat(rings);
      if (!place) return [];
      return [
        {
          name: properties,
          id: String(feature.id ?? properties.id ?? ""),
          rings,
          seat: place,
          weight: properties.residents ?? extent(rings[0]),
        },
      ];
    })
    .sort((a, b) => b.weight - a.weight);
}

/** @param {XY[]} ring */
function extent(ring) {
  const [west, top, east, bottom] = box(ring);
  return (east - west) * (bottom - top);
}
