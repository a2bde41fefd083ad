/** Ways inside a compound: along its own paths, else straight and lengthened; the same rules as wanli_geo/network/inner.py. */
import { Tree } from "./graph.js";
import { snap } from "./snap.js";

/** @typedef {import("./flat.js").XY} XY */
/** @typedef {import("./graph.js").Row} Row */
/** @typedef {import("./barrier.js").Barrier} Barrier */

/**
 * @typedef {object} Way
 * @property {number} metres
 * @property {boolean} barred  no path leads there, and something closed lies across the straight line
 * @property {{tree: Tree, best: NonNullable<ReturnType<Tree["to"]>>, goals: Row[]} | null} path  null where it is straight
 */

export class Inside {
  /** @type {Map<string, Row[]>} */
  #onto = new Map();

  /**
   * @param {import("./walkable.js").Walkable} walkable
   * @param {import("./graph.js").Graph} graph  of the paths that may be walked
   * @param {Barrier[]} closed
   */
  constructor(walkable, graph, closed) {
    this.walkable = walkable;
    this.graph = graph;
    this.closed = closed;
    this.pathed = new Set(Array.from(walkable.innerCompound).filter((_, edge) => graph.kept[edge]));
  }

  /**
   * The ways from a place to some goals of its compound.
   * @param {XY} p
   * @param {number} compound
   * @param {XY[]} goals
   * @returns {Way[]}
   */
  ways(p, compound, goals) {
    const tree = this.pathed.has(compound) && goals.length > 0 ? new Tree(this.graph, this.walkable.inner.length, this.#rows(p, compound)) : null;
    return goals.map((goal) => this.#way(p, compound, goal, tree));
  }

  /**
   * @param {XY} p
   * @param {number} compound
   * @param {XY} goal
   * @param {Tree | null} tree
   * @returns {Way}
   */
  #way(p, compound, goal, tree) {
    const straight = this.walkable.detour * Math.hypot(p[0] - goal[0], p[1] - goal[1]);
    const goals = tree ? this.#rows(goal, compound) : [];
    const best = tree && tree.to(goals);
    const path = tree && best ? { tree, best, goals } : null;
    if (path && path.tree.rows[path.best.row].leg + goals[path.best.goal].leg < straight) return { metres: path.best.metres, barred: false, path };
    const cut = this.#isCut(p, goal, compound, true);
    if (cut && path) return { metres: path.best.metres, barred: false, path };
    return { metres: straight, barred: cut, path: null };
  }

  /**
   * Where a place meets the paths of its compound, legs lengthened by the factor.
   * @param {XY} p
   * @param {number} compound
   * @returns {Row[]}
   */
  #rows(p, compound) {
    const key = `${p[0]} ${p[1]} ${compound}`;
    const known = this.#onto.get(key);
    if (known) return known;
    const { innerCompound, snapM, detour } = this.walkable;
    const spots = snap(this.graph, p, snapM, (a, b) => this.#isCut(a, b, compound, false), (edge) => innerCompound[edge] === compound);
    const rows = spots.map(({ edge, offset, leg }) => ({ edge, offset, leg: leg * detour }));
    this.#onto.set(key, rows);
    return rows;
  }

  /**
   * Does something closed lie across a straight line? Its own compound does not, nor what it starts in.
   * @param {XY} a
   * @param {XY} b
   * @param {number} compound
   * @param {boolean} goalStands  nor what it ends in
   */
  #isCut(a, b, compound, goalStands) {
    return this.closed.some((barrier) => barrier.of !== compound && barrier.meets(a, b) && !barrier.holds(a) && !(goalStands && barrier.holds(b)));
  }
}
