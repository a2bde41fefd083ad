/** What no straight leg leads through: water, railways, other people's compounds. */
import { between, boxOf, isInside, meetings, stretchesInside, toRings } from "./flat.js";

/** @typedef {import("./flat.js").XY} XY */
/** @typedef {import("./flat.js").Rings} Rings */

const EXACT_M = 1e-3; // a line that stays within so little of the depth is not told from one that reaches it

export class Barrier {
  /**
   * @param {object} how
   * @param {boolean} how.area
   * @param {Rings} how.rings  of an area, or lines
   * @param {number} [how.deep]  metres: an area begins only so far inside its outline
   * @param {number} [how.of]  the compound it is, -1 for none
   */
  constructor({ area, rings, deep = 0, of = -1 }) {
    this.area = area;
    this.rings = rings;
    this.deep = deep;
    this.of = of;
    this.box = boxOf(rings);
  }

  /** @param {XY} p */
  holds(p) {
    const [west, south, east, north] = this.box;
    if (!this.area || p[0] < west || p[0] > east || p[1] < south || p[1] > north || !isInside(p, this.rings)) return false;
    return this.deep === 0 || toRings(p, this.rings) >= this.deep;
  }

  /**
   * Does a straight line touch it?
   * @param {XY} a
   * @param {XY} b
   */
  meets(a, b) {
    const [west, south, east, north] = this.box;
    if (Math.max(a[0], b[0]) < west || Math.min(a[0], b[0]) > east || Math.max(a[1], b[1]) < south || Math.min(a[1], b[1]) > north) return false;
    if (this.deep === 0) return meetings(a, b, this.rings).length > 0 || this.holds(a);
    return stretchesInside(a, b, this.rings).some(([from, to]) => this.#reachesDepth(between(a, b, from), between(a, b, to)));
  }

  /**
   * Does a line inside the outline get as deep as it takes? The depth changes by no more than one walks.
   * @param {XY} a
   * @param {XY} b
   * @returns {boolean}
   */
  #reachesDepth(a, b) {
    const middle = between(a, b, 0.5);
    const depth = toRings(middle, this.rings);
    if (depth >= this.deep) return true;
    const half = Math.hypot(b[0] - a[0], b[1] - a[1]) / 2;
    if (depth + half < this.deep || half < EXACT_M) return false;
    return this.#reachesDepth(a, middle) || this.#reachesDepth(middle, b);
  }
}
