/** Ways cut at their corners, as the pack holds them; and the part of them that may be walked, as a graph. */
import { foot } from "./flat.js";

/** @typedef {import("./flat.js").XY} XY */
/** @typedef {import("./pack.js").Pack} Pack */
/** @typedef {import("./plane.js").Plane} Plane */

const CELL_M = 50;

/**
 * @typedef {object} Near
 * @property {number} edge
 * @property {number} offset  metres along the edge
 * @property {number} leg  metres to it
 * @property {XY} at
 */

export class Network {
  /**
   * @param {Pack} pack
   * @param {string} name  "public" | "inner"
   * @param {Plane} plane
   */
  constructor({ header, arrays }, name, plane) {
    const of = (/** @type {string} */ part) => arrays[`${name}.${part}`];
    this.count = of("nodes").length / 2;
    this.tail = of("tail");
    this.head = of("across").map((across, edge) => this.tail[edge] + across);
    this.edges = this.tail.length;
    this.street = of("street");
    this.over = of("over");
    this.hours = Array.from(of("hours"), (row) => (row === 0 ? null : header.hours[row - 1]));
    this.level = of("level");
    const nodes = metric(of("nodes"), plane);
    this.first = new Float64Array(this.edges + 1);
    of("between").forEach((count, edge) => (this.first[edge + 1] = this.first[edge] + count + 2));
    this.xy = strung(this, nodes, metric(of("xy"), plane));
    this.along = new Float64Array(this.xy.length / 2);
    this.length = new Float64Array(this.edges);
    this.#measure();
    this.#index();
  }

  /** Metres along each edge at its vertices, and its length. */
  #measure() {
    for (let edge = 0; edge < this.edges; edge++) {
      for (let at = this.first[edge] + 1; at < this.first[edge + 1]; at++)
        this.along[at] = this.along[at - 1] + Math.hypot(this.xy[2 * at] - this.xy[2 * at - 2], this.xy[2 * at + 1] - this.xy[2 * at - 1]);
      this.length[edge] = this.along[this.first[edge + 1] - 1];
    }
  }

  /** The straight pieces by the cells that their box covers. @type {Map<number, number[]>} */
  #cells = new Map();
  /** The edge of each vertex. @type {Int32Array} */
  #owner = new Int32Array(0);

  #index() {
    this.#owner = new Int32Array(this.along.length);
    for (let edge = 0; edge < this.edges; edge++)
      for (let at = this.first[edge]; at < this.first[edge + 1]; at++) {
        this.#owner[at] = edge;
        if (at === this.first[edge]) continue;
        const [ax, ay, bx, by] = [this.xy[2 * at - 2], this.xy[2 * at - 1], this.xy[2 * at], this.xy[2 * at + 1]];
        eachCell(Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by), (cell) => {
          const held = this.#cells.get(cell);
          if (held) held.push(at);
          else this.#cells.set(cell, [at]);
        });
      }
  }

  /**
   * Every straight piece within reach of a point, by the vertex it ends at, once.
   * @param {XY} p
   * @param {number} within
   */
  pieces([x, y], within) {
    /** @type {Set<number>} */
    const found = new Set();
    eachCell(x - within, y - within, x + within, y + within, (cell) => this.#cells.get(cell)?.forEach((at) => found.add(at)));
    return found;
  }

  /**
   * The nearest spot of one straight piece.
   * @param {XY} p
   * @param {number} at  the vertex it ends at
   * @returns {Near}
   */
  onPiece(p, at) {
    const { xy, along } = this;
    const { share, away } = foot(p, xy[2 * at - 2], xy[2 * at - 1], xy[2 * at], xy[2 * at + 1]);
    return {
      edge: this.#owner[at],
      offset: along[at - 1] + share * (along[at] - along[at - 1]),
      leg: away,
      at: [xy[2 * at - 2] + share * (xy[2 * at] - xy[2 * at - 2]), xy[2 * at - 1] + share * (xy[2 * at + 1] - xy[2 * at - 1])],
    };
  }

  /**
   * The nearest spot of every edge within reach.
   * @param {XY} p
   * @param {number} within
   * @param {(edge: number) => boolean} kept
   * @returns {Near[]}
   */
  near(p, within, kept) {
    /** @type {Map<number, Near>} */
    const best = new Map();
    for (const at of this.pieces(p, within)) {
      if (!kept(this.#owner[at])) continue;
      const spot = this.onPiece(p, at);
      const before = best.get(spot.edge);
      if (spot.leg <= within && (before === undefined || spot.leg < before.leg)) best.set(spot.edge, spot);
    }
    return [...best.values()];
  }

  /**
   * The line of an edge from one offset to another, backwards where the second is less.
   * @param {number} edge
   * @param {number} from  metres
   * @param {number} to
   * @returns {XY[]}
   */
  stretch(edge, from, to) {
    const [low, high] = from <= to ? [from, to] : [to, from];
    /** @type {XY[]} */
    const line = [this.placeAt(edge, low)];
    for (let at = this.first[edge]; at < this.first[edge + 1]; at++)
      if (this.along[at] > low && this.along[at] < high) line.push([this.xy[2 * at], this.xy[2 * at + 1]]);
    line.push(this.placeAt(edge, high));
    return from <= to ? line : line.reverse();
  }

  /**
   * @param {number} edge
   * @param {number} offset
   * @returns {XY}
   */
  placeAt(edge, offset) {
    let at = this.first[edge] + 1;
    while (at < this.first[edge + 1] - 1 && this.along[at] < offset) at++;
    const size = this.along[at] - this.along[at - 1];
    const share = size > 0 ? Math.min(1, Math.max(0, (offset - this.along[at - 1]) / size)) : 0;
    const [ax, ay, bx, by] = [this.xy[2 * at - 2], this.xy[2 * at - 1], this.xy[2 * at], this.xy[2 * at + 1]];
    return [ax + share * (bx - ax), ay + share * (by - ay)];
  }
}

/**
 * @param {number} west
 * @param {number} south
 * @param {number} east
 * @param {number} north
 * @param {(cell: number) => void} visit
 */
function eachCell(west, south, east, north, visit) {
  const [left, right] = [Math.floor(west / CELL_M), Math.floor(east / CELL_M)];
  const [low, high] = [Math.floor(south / CELL_M), Math.floor(north / CELL_M)];
  for (let i = left; i <= right; i++) for (let j = low; j <= high; j++) visit(i * 1000003 + j);
}

/**
 * @param {Float64Array} degrees  whole numbers: longitude, latitude, longitude, …
 * @param {Plane} plane
 */
export function metric(degrees, plane) {
  const xy = new Float64Array(degrees.length);
  for (let at = 0; at < degrees.length; at += 2) [xy[at], xy[at + 1]] = plane.xy(degrees[at] / 1e7, degrees[at + 1] / 1e7);
  return xy;
}

/**
 * The vertices of all edges, one after the other: the corner it leaves, those between, the corner it reaches.
 * @param {Network} network
 * @param {Float64Array} nodes
 * @param {Float64Array} between
 */
function strung({ tail, head, first, edges }, nodes, between) {
  const xy = new Float64Array(2 * first[edges]);
  let taken = 0;
  for (let edge = 0; edge < edges; edge++) {
    const [from, to] = [first[edge], first[edge + 1]];
    xy.set(nodes.subarray(2 * tail[edge], 2 * tail[edge] + 2), 2 * from);
    const count = to - from - 2;
    xy.set(between.subarray(taken, taken + 2 * count), 2 * from + 2);
    taken += 2 * count;
    xy.set(nodes.subarray(2 * head[edge], 2 * head[edge] + 2), 2 * to - 2);
  }
  return xy;
}
