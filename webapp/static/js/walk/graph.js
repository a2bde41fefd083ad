/** The ways that may be walked, as corners and the ways between them; the only file that runs a shortest-path search. */
import { Heap } from "./heap.js";

/** @typedef {import("./network.js").Network} Network */
/** @typedef {import("./network.js").Near} Near */

/**
 * @typedef {object} Row  where a place steps onto the network
 * @property {number} edge
 * @property {number} offset  metres along the edge
 * @property {number} leg  metres to get there
 * @property {number} [exit]  the gate or way out passed
 */

export class Graph {
  /**
   * @param {Network} network
   * @param {(edge: number) => boolean} kept
   */
  constructor(network, kept) {
    this.network = network;
    this.kept = Uint8Array.from({ length: network.edges }, (_, edge) => (kept(edge) ? 1 : 0));
    const size = new Int32Array(network.count + 1);
    this.#ways((from) => size[from + 1]++);
    for (let at = 0; at < network.count; at++) size[at + 1] += size[at];
    this.begin = size;
    this.to = new Int32Array(size[network.count]);
    this.by = new Int32Array(size[network.count]);
    const next = size.slice();
    this.#ways((from, to, edge) => {
      this.to[next[from]] = to;
      this.by[next[from]++] = edge;
    });
    this.part = this.#parts();
  }

  /** @param {(from: number, to: number, edge: number) => void} visit  each way of each edge but loops */
  #ways(visit) {
    const { tail, head, edges } = this.network;
    for (let edge = 0; edge < edges; edge++) {
      if (!this.kept[edge] || tail[edge] === head[edge]) continue;
      visit(tail[edge], head[edge], edge);
      visit(head[edge], tail[edge], edge);
    }
  }

  /** The connected part of each edge, 0 the longest in all; -1 where it may not be walked. */
  #parts() {
    const { tail, length, edges, count } = this.network;
    const label = new Int32Array(count).fill(-1);
    let parts = 0;
    for (let edge = 0; edge < edges; edge++) if (this.kept[edge] && label[tail[edge]] < 0) this.#flood(tail[edge], parts++, label);
    const total = new Float64Array(parts);
    for (let edge = 0; edge < edges; edge++) if (this.kept[edge]) total[label[tail[edge]]] += length[edge];
    const order = Array.from(total.keys()).sort((one, two) => total[two] - total[one] || one - two);
    const rank = new Int32Array(parts);
    order.forEach((part, nth) => (rank[part] = nth));
    return Int32Array.from({ length: edges }, (_, edge) => (this.kept[edge] ? rank[label[tail[edge]]] : -1));
  }

  /**
   * @param {number} start
   * @param {number} number
   * @param {Int32Array} label
   */
  #flood(start, number, label) {
    const waiting = [start];
    label[start] = number;
    for (let node = waiting.pop(); node !== undefined; node = waiting.pop())
      for (let way = this.begin[node]; way < this.begin[node + 1]; way++)
        if (label[this.to[way]] < 0) {
          label[this.to[way]] = number;
          waiting.push(this.to[way]);
        }
  }
}

/** How far every corner is from where one steps on, and the way there. */
export class Tree {
  /**
   * @param {Graph} graph
   * @param {Float64Array} cost  of each edge: metres, or with the time lost at crossings as the metres walked meanwhile
   * @param {Row[]} rows  offsets in metres
   * @param {number} [limit]
   */
  constructor(graph, cost, rows, limit = Infinity) {
    this.graph = graph;
    this.cost = cost;
    this.rows = rows;
    const { count } = graph.network;
    this.far = new Float64Array(count).fill(Infinity);
    this.metres = new Float64Array(count);
    this.row = new Int32Array(count).fill(-1);
    /** the edge by which a corner is reached; -1 where it is the first */
    this.by = new Int32Array(count).fill(-1);
    this.#search(limit);
  }

  /** @param {number} limit */
  #search(limit) {
    const { network, begin, to, by } = this.graph;
    const heap = new Heap();
    const reach = (/** @type {number} */ node, /** @type {number} */ far, /** @type {number} */ metres, /** @type {number} */ row, /** @type {number} */ edge) => {
      if (far >= this.far[node] || far > limit) return;
      this.far[node] = far;
      this.metres[node] = metres;
      this.row[node] = row;
      this.by[node] = edge;
      heap.push(far, node);
    };
    this.rows.forEach(({ edge, offset, leg }, row) => {
      const slow = this.slow(edge);
      const rest = network.length[edge] - offset;
      reach(network.tail[edge], leg + offset * slow, leg + offset, row, -1);
      reach(network.head[edge], leg + rest * slow, leg + rest, row, -1);
    });
    while (heap.size > 0) {
      const [far, node] = heap.pop();
      if (far > this.far[node]) continue;
      for (let way = begin[node]; way < begin[node + 1]; way++)
        reach(to[way], far + this.cost[by[way]], this.metres[node] + network.length[by[way]], this.row[node], by[way]);
    }
  }

  /** How often an edge costs more than its length. @param {number} edge */
  slow(edge) {
    return this.cost[edge] / this.graph.network.length[edge];
  }

  /**
   * The best walk to where another place steps onto the network.
   * @param {Row[]} goals
   * @returns {{cost: number, metres: number, row: number, goal: number, side: "tail" | "head" | "along"} | null}  `row`: where it began; null where no way leads
   */
  to(goals) {
    const { tail, head, length } = this.graph.network;
    let best = null;
    let least = Infinity;
    for (const [goal, { edge, offset, leg }] of goals.entries()) {
      const slow = this.slow(edge);
      for (const [side, corner, step] of /** @type {const} */ ([["tail", tail[edge], offset], ["head", head[edge], length[edge] - offset]])) {
        const cost = this.far[corner] + step * slow + leg;
        if (cost < least) [least, best] = [cost, { cost, metres: this.metres[corner] + step + leg, row: this.row[corner], goal, side }];
      }
      for (const [row, from] of this.rows.entries()) {
        if (from.edge !== edge) continue;
        const step = Math.abs(from.offset - offset);
        const cost = from.leg + step * slow + leg;
        if (cost < least) [least, best] = [cost, { cost, metres: from.leg + step + leg, row, goal, side: /** @type {const} */ ("along") }];
      }
    }
    return best;
  }
}
