/** The neighbourhood as one walker meets it at one hour: streets, gates and doors that are open; the same rules as wanli_geo/study/ground.py. */
import { isOpen } from "../hours/parse.js";
import { Barrier } from "./barrier.js";
import { lengthInside } from "./flat.js";
import { Graph } from "./graph.js";
import { Inside } from "./inside.js";
import { snap } from "./snap.js";

/** @typedef {import("../state/when.js").When} When */
/** @typedef {import("./flat.js").XY} XY */
/** @typedef {import("./graph.js").Row} Row */
/** @typedef {import("./walkable.js").Door} Door */
/** @typedef {{at: XY, compound: number, residents: boolean, rows: Row[]}} Exit  a gate or another way out of a compound, and where it meets the streets */

const DAY = 24 * 60;
const QUARTER = 15;

export class Hour {
  /**
   * @param {import("./walkable.js").Walkable} walkable
   * @param {{steps: boolean, when: Pick<When, "day" | "minute">}} how  `steps`: can the walker climb them?
   */
  constructor(walkable, { steps, when }) {
    this.walkable = walkable;
    this.steps = steps;
    this.when = /** @type {When} */ (when);
    const { compounds, obstacles, wallM } = walkable;
    this.graph = new Graph(walkable.public, (edge) => this.#passes(walkable.public, edge));
    this.paths = new Graph(walkable.inner, (edge) => this.#passes(walkable.inner, edge));
    const gates = this.#gates();
    const gated = new Set(gates.map(({ compound }) => compound));
    const hard = obstacles.map((shape) => new Barrier(shape));
    const enclosed = [...compounds.keys()].filter((row) => compounds[row].walls === 1 || (compounds[row].walls === 0 && gated.has(row)));
    const walls = enclosed.map((of) => new Barrier({ area: true, rings: compounds[of].rings, deep: wallM, of }));
    this.closed = [...hard, ...walls];
    this.inside = new Inside(walkable, this.paths, this.closed);
    /** @type {Exit[]} */
    this.exits = [...gates.map((gate) => ({ ...gate, rows: this.#snapped(gate.at) })), ...this.#edges()];
    /** compounds one leaves by their gates only */
    this.walled = new Set(this.exits.filter(({ compound, rows }, row) => row < gates.length && rows.length > 0 && compounds[compound].walls >= 0).map(({ compound }) => compound));
  }

  /**
   * @param {import("./network.js").Network} network
   * @param {number} edge
   */
  #passes({ street, level, hours }, edge) {
    const row = street[edge];
    return (this.steps || level[row] === 1) && this.#isOpen(hours[row]);
  }

  /** @param {string | null} hours */
  #isOpen(hours) {
    return isOpen(hours, this.when) !== false;
  }

  /** The gates one may pass now; where all of a compound are shut, its people have the key of the one that is open longest of a day. */
  #gates() {
    const gates = this.walkable.gates.filter(({ level }) => this.steps || level);
    const open = gates.filter(({ hours }) => this.#isOpen(hours));
    const left = new Set(open.map(({ owner }) => owner));
    const shut = gates.filter(({ owner }) => !left.has(owner));
    /** @type {Map<number, number>} */
    const longest = new Map();
    for (const gate of shut) longest.set(gate.owner, Math.max(this.#openFor(gate), longest.get(gate.owner) ?? 0));
    const keys = shut.filter((gate) => this.#openFor(gate) === longest.get(gate.owner));
    const told = (/** @type {Door} */ { at, owner, residents }, /** @type {boolean} */ key) => ({ at, compound: owner, residents: residents || key });
    return [...open.map((gate) => told(gate, false)), ...keys.map((gate) => told(gate, true))];
  }

  /** For how many quarters of an hour of the day a gate is open. @param {Door} gate */
  #openFor({ hours }) {
    const quarters = Array.from({ length: DAY / QUARTER }, (_, nth) => nth * QUARTER);
    return quarters.filter((minute) => isOpen(hours, { ...this.when, minute }) !== false).length;
  }

  /** The ways out along the edges of compounds without walls. @returns {Exit[]} */
  #edges() {
    const { edges, public: streets, inner, compounds } = this.walkable;
    const outside = streets.hours.length;
    const stands = (/** @type {number} */ way) =>
      way < 0 || (way < outside ? this.#streetStands(streets, way) : this.#streetStands(inner, way - outside));
    return edges
      .filter(({ way }) => stands(way))
      .map(({ at, owner }) => ({ at, compound: owner, residents: false, rows: this.#lengthened(at, this.#snapped(at), compounds[owner].rings) }));
  }

  /**
   * @param {import("./network.js").Network} network
   * @param {number} row
   */
  #streetStands({ level, hours }, row) {
    return (this.steps || level[row] === 1) && this.#isOpen(hours[row]);
  }

  /** @param {XY} p */
  #snapped(p) {
    return snap(this.graph, p, this.walkable.snapM, (a, b) => this.closed.some((barrier) => barrier.meets(a, b) && !barrier.holds(a)));
  }

  /**
   * Lengthen the part of each straight leg that lies inside the place's own compound.
   * @param {XY} p
   * @param {import("./network.js").Near[]} spots
   * @param {import("./flat.js").Rings | null} rings
   * @returns {Row[]}
   */
  #lengthened(p, spots, rings) {
    const longer = this.walkable.detour - 1;
    return spots.map(({ edge, offset, leg, at }) => ({ edge, offset, leg: leg + (rings ? longer * lengthInside(p, at, rings) : 0) }));
  }

  /**
   * Where a place steps onto the streets: in a walled compound through its gates, in an open one along its edge too, else straight.
   * @param {XY} p
   * @param {number} compound  that it lies in, -1 for none
   * @param {{everyone: boolean}} who  `everyone`: the people of the compound walk, so gates for them count too
   * @returns {Row[]}
   */
  attach(p, compound, { everyone }) {
    const { compounds } = this.walkable;
    const behindWalls = this.walled.has(compound);
    const byExit = compound >= 0 && (behindWalls || compounds[compound].walls < 0);
    const { rows, shutIn } = byExit ? this.#throughExits(p, compound, everyone) : { rows: [], shutIn: false };
    const out = behindWalls || !shutIn ? rows : [];
    return behindWalls ? out : [...out, ...this.#lengthened(p, this.#snapped(p), compound >= 0 ? compounds[compound].rings : null)];
  }

  /**
   * @param {XY} p
   * @param {number} compound
   * @param {boolean} everyone
   * @returns {{rows: Row[], shutIn: boolean}} `shutIn`: every way out is barred; they are told straight all the same
   */
  #throughExits(p, compound, everyone) {
    const numbers = [...this.exits.keys()].filter((row) => {
      const exit = this.exits[row];
      return exit.compound === compound && exit.rows.length > 0 && (everyone || !exit.residents);
    });
    const ways = this.inside.ways(p, compound, numbers.map((row) => this.exits[row].at));
    const shutIn = ways.length > 0 && ways.every(({ barred }) => barred);
    const rows = ways.flatMap(({ metres, barred }, nth) =>
      barred && !shutIn ? [] : this.exits[numbers[nth]].rows.map((row) => ({ ...row, leg: row.leg + metres, exit: numbers[nth] })),
    );
    return { rows, shutIn };
  }
}
