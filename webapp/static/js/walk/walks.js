/** From a place to every service: how far, how long, by which way. */
import { isOpen } from "../hours/parse.js";
import { Tree } from "./graph.js";
import { Hour } from "./hour.js";
import { waitsAlong } from "./waits.js";

/** @typedef {import("../state/when.js").When} When */
/** @typedef {import("./flat.js").XY} XY */
/** @typedef {import("./graph.js").Row} Row */
/** @typedef {import("./walkable.js").Walkable} Walkable */
/** @typedef {import("./walkable.js").Walker} Walker */
/** @typedef {{cost: number, metres: number, door: number, way: import("./inside.js").Way | null}} Found  `way`: where it stays inside the compound */

/** @typedef {{prepared: Prepared, tree: Tree, compound: number, at: XY}} Reaching  what a reach is drawn from; `compound` that it begins in, -1 none */

/** A neighbourhood walked by anyone at any hour; what was worked out for an hour is kept. */
export class Walks {
  /** @type {Map<string, Prepared>} */
  #prepared = new Map();

  /** @param {Walkable} walkable */
  constructor(walkable) {
    this.walkable = walkable;
  }

  /**
   * @param {Walker} walker
   * @param {Pick<When, "day" | "minute">} when
   */
  at(walker, when) {
    const key = `${walker.steps} ${this.#signature(when)}`;
    const kept = this.#prepared.get(key) ?? new Prepared(this.walkable, walker.steps, when);
    this.#prepared.delete(key);
    this.#prepared.set(key, kept);
    if (this.#prepared.size > KEPT) this.#prepared.delete(/** @type {string} */ (this.#prepared.keys().next().value));
    return kept;
  }

  /** Which hours on record are open: two moments with the same ones open are one. @param {Pick<When, "day" | "minute">} when */
  #signature(when) {
    const { gates, doors, public: streets, inner } = this.walkable;
    const texts = new Set([...gates, ...doors].map(({ hours }) => hours).concat(streets.hours, inner.hours));
    return [when.day === "PH", ...[...texts].map((hours) => (isOpen(hours, /** @type {When} */ (when)) === false ? 0 : 1))].join("");
  }
}

const KEPT = 4;
const AT_ONCE = 40; // doors between two rests

class Prepared {
  /** @type {Map<number, Float64Array>} */
  #costs = new Map();
  /** @type {(Row[] | null)[]} */
  #rows = [];

  /**
   * @param {Walkable} walkable
   * @param {boolean} steps
   * @param {Pick<When, "day" | "minute">} when
   */
  constructor(walkable, steps, when) {
    this.walkable = walkable;
    this.hour = new Hour(walkable, { steps, when });
    this.wait = waitsAlong(this.hour.graph, walkable.wait);
    const usable = (/** @type {import("./walkable.js").Door} */ { level, hours }) => (steps || level) && isOpen(hours, /** @type {When} */ (when)) !== false;
    /** the doors that are open: rows of `walkable.doors` */
    this.doors = [...walkable.doors.keys()].filter((door) => usable(walkable.doors[door]));
    /** the compound each door lies deep in */
    this.deepIn = walkable.doors.map(({ at }) => walkable.compoundAt(at, walkable.frontM));
  }

  /** Where a door meets the streets. @param {number} door */
  rowsOf(door) {
    const known = this.#rows[door] ?? this.hour.attach(this.walkable.doors[door].at, this.deepIn[door], { everyone: false });
    this.#rows[door] = known;
    return known;
  }

  /**
   * Work out where all doors meet the streets, so that the first question need not.
   * @param {() => Promise<void>} [rest]  taken now and then
   */
  async prepare(rest = async () => {}) {
    for (const [nth, door] of this.doors.entries()) {
      this.rowsOf(door);
      if (nth % AT_ONCE === AT_ONCE - 1) await rest();
    }
  }

  /** The metres that each edge costs at a speed, the time lost at crossings as metres. @param {number} speed  m/s */
  cost(speed) {
    const known = this.#costs.get(speed);
    if (known) return known;
    const { public: streets, factor } = this.walkable;
    const cost = streets.length.map((length, edge) => length * factor[edge] + this.wait[edge] * speed);
    this.#costs.set(speed, cost);
    return cost;
  }

  /**
   * Walk from many doors at once, no farther than asked: what lies within a walk of any of them.
   * @param {number[]} doors
   * @param {number} speed  m/s
   * @param {number} limit  metres of cost
   * @returns {Reaching}
   */
  fromDoors(doors, speed, limit) {
    const rows = doors.flatMap((door) => this.rowsOf(door));
    return { prepared: this, tree: new Tree(this.hour.graph, this.cost(speed), rows, limit), compound: -1, at: [0, 0] };
  }

  /**
   * Walk from a place (metric), no farther than asked.
   * @param {XY} p
   * @param {number} speed  m/s
   * @param {number} [limit]  metres of cost
   */
  from(p, speed, limit = Infinity) {
    return new Start(this, p, speed, limit);
  }
}

/** All walks from one place. */
export class Start {
  /**
   * @param {Prepared} prepared
   * @param {XY} p
   * @param {number} speed
   * @param {number} limit
   */
  constructor(prepared, p, speed, limit) {
    const { walkable, hour } = prepared;
    this.prepared = prepared;
    this.at = p;
    this.speed = speed;
    this.limit = limit;
    this.compound = walkable.compoundAt(p);
    this.rows = hour.attach(p, this.compound, { everyone: true });
    this.tree = new Tree(hour.graph, prepared.cost(speed), this.rows, limit);
  }

  /** Is there no street one could step onto? */
  get isOff() {
    return this.rows.length === 0;
  }

  /**
   * The best walk to every facility, by its row; null where none leads there within the limit.
   * @returns {(Found | null)[]}
   */
  facilities() {
    const { walkable, doors, deepIn } = this.prepared;
    /** @type {(Found | null)[]} */
    const found = Array.from(walkable.facilityKind, () => null);
    const better = (/** @type {number} */ facility, /** @type {Found} */ one) => {
      const before = found[facility];
      if (one.cost <= this.limit && (before === null || one.cost < before.cost)) found[facility] = one;
    };
    for (const door of doors) {
      const best = this.tree.to(this.prepared.rowsOf(door));
      if (best) better(walkable.doors[door].owner, { cost: best.cost, metres: best.metres, door, way: null });
    }
    const beside = this.compound < 0 ? [] : doors.filter((door) => deepIn[door] === this.compound);
    const ways = this.prepared.hour.inside.ways(this.at, this.compound, beside.map((door) => walkable.doors[door].at));
    ways.forEach((way, nth) => {
      if (!way.barred) better(walkable.doors[beside[nth]].owner, { cost: way.metres, metres: way.metres, door: beside[nth], way });
    });
    return found;
  }

  /** Metres of cost to where the data ends; beyond, a nearer one may be that nobody has recorded. */
  get toEdge() {
    const { hour, walkable } = this.prepared;
    const border = walkable.border.filter(({ edge }) => hour.graph.kept[edge]);
    return this.tree.to(border)?.cost ?? Infinity;
  }

  /** @param {number} cost  metres */
  minutes(cost) {
    return cost / this.speed / 60;
  }
}
