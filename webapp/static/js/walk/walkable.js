/** The neighbourhood out of `data/walks.bin`: streets, compounds, gates and doors, nothing decided yet about the hour or the walker. */
import { boxOf, isInside, toRings } from "./flat.js";
import { Network, metric } from "./network.js";
import { shapes } from "./pack.js";
import { Plane } from "./plane.js";

/** @typedef {import("./pack.js").Pack} Pack */
/** @typedef {import("./flat.js").XY} XY */
/** @typedef {import("./flat.js").Rings} Rings */
/** @typedef {{code: string, zh: string, en: string, m_per_s: number, steps: boolean}} Walker */
/** @typedef {{at: XY, owner: number, hours: string | null, level: boolean, residents: boolean, way: number}} Door  `way`: with which street it stands or falls, -1 none */
/** @typedef {{rings: Rings, box: import("./flat.js").Box, walls: number}} Compound  `walls`: 1 said to be walled, -1 said to be open, 0 not said */

export class Walkable {
  /** @param {Pack} pack */
  constructor(pack) {
    const { header, arrays } = pack;
    const plane = new Plane(header.plane);
    const place = (/** @type {number} */ x, /** @type {number} */ y) => plane.xy(x / 1e7, y / 1e7);
    this.plane = plane;
    this.detour = header.detour;
    this.snapM = header.snap_m;
    this.frontM = header.front_m;
    this.wallM = header.wall_m;
    /** @type {Walker[]} */
    this.walkers = header.walkers;
    /** @type {string[]} */
    this.kinds = header.kinds;
    this.public = new Network(pack, "public", plane);
    this.inner = new Network(pack, "inner", plane);
    this.innerCompound = arrays["inner.compound"];
    /** seconds that each public street costs once, as a crossing */
    this.wait = arrays["public.wait"].map((milli) => milli / 1000);
    /** how often longer than on the level a metre of each public edge lasts */
    this.factor = arrays["public.slow"].map((millionths) => 1 + millionths / 1e6);
    /** @type {[string, string | null][]} */
    this.names = header.names;
    /** the row of `names` of each street, from 1; 0 where it has none */
    this.name = arrays["public.name"];
    /** @type {Compound[]} */
    this.compounds = shapes(pack, "compounds", place).map(({ parts }, row) => {
      const rings = parts.flat();
      return { rings, box: boxOf(rings), walls: arrays["compounds.walls"][row] };
    });
    /** @type {{area: boolean, rings: Rings}[]} */
    this.obstacles = shapes(pack, "obstacles", place).map(({ kind, parts }) => ({ area: kind === 2, rings: parts.flat() }));
    /** where the streets leave the data @type {import("./graph.js").Row[]} */
    this.border = Array.from(arrays["border.edge"], (edge, row) => ({ edge, offset: arrays["border.offset"][row] / 1000, leg: 0 }));
    this.gates = doors(pack, "gates", plane);
    this.edges = doors(pack, "edges", plane);
    this.doors = doors(pack, "doors", plane);
    /** the kind of each facility */
    this.facilityKind = arrays["facility.kind"];
  }

  /**
   * The compound a place lies in, so deep at least; -1 for none.
   * @param {XY} p
   * @param {number} [deep]  metres
   */
  compoundAt(p, deep = 0) {
    return this.compounds.findIndex(
      ({ box: [west, south, east, north], rings }) =>
        p[0] >= west && p[0] <= east && p[1] >= south && p[1] <= north && isInside(p, rings) && (deep === 0 || toRings(p, rings) > deep),
    );
  }
}

/**
 * @param {Pack} pack
 * @param {string} name
 * @param {Plane} plane
 * @returns {Door[]}
 */
function doors({ header, arrays }, name, plane) {
  const of = (/** @type {string} */ part) => arrays[`${name}.${part}`];
  const xy = metric(of("xy"), plane);
  return Array.from(of("owner"), (owner, row) => ({
    at: /** @type {XY} */ ([xy[2 * row], xy[2 * row + 1]]),
    owner,
    hours: of("hours")[row] === 0 ? null : header.hours[of("hours")[row] - 1],
    level: of("level")[row] === 1,
    residents: of("residents")[row] === 1,
    way: of("way")[row],
  }));
}
