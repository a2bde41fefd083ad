/** What crossings cost: each its seconds once, spread over its edges by length; the same rules as wanli_geo/network/pace.py. */

/** @typedef {import("./graph.js").Graph} Graph */

/**
 * @param {Graph} graph
 * @param {Float64Array} wait  seconds of each street
 * @returns {Float64Array} seconds of each edge
 */
export function waitsAlong(graph, wait) {
  const { network, kept } = graph;
  const seconds = new Float64Array(network.edges);
  const edges = [...network.street.keys()].filter((edge) => kept[edge] && wait[network.street[edge]] > 0);
  const crossing = crossings(graph, edges);
  /** @type {Map<number, number>} */
  const whole = new Map();
  for (const edge of edges) whole.set(crossing(edge), (whole.get(crossing(edge)) ?? 0) + network.length[edge]);
  for (const edge of edges) seconds[edge] = (wait[network.street[edge]] * network.length[edge]) / (whole.get(crossing(edge)) ?? 1);
  return seconds;
}

/**
 * The crossing each edge is part of: edges of one street that touch, and pieces over or under continued end to end.
 * @param {Graph} graph
 * @param {number[]} edges
 * @returns {(edge: number) => number}
 */
function crossings({ network, begin }, edges) {
  const { tail, head, street, over } = network;
  const above = new Map(edges.map((edge) => [edge, edge]));
  const root = (/** @type {number} */ edge) => {
    let at = edge;
    for (let next = above.get(at); next !== undefined && next !== at; next = above.get(at)) at = next;
    return at;
  };
  /** @type {Map<string, number>} */
  const met = new Map();
  for (const edge of edges)
    for (const corner of [tail[edge], head[edge]]) {
      const piece = over[edge] === 1 && begin[corner + 1] - begin[corner] === 2;
      const key = `${corner} ${piece ? "piece" : street[edge]}`;
      const other = met.get(key);
      if (other === undefined) met.set(key, edge);
      else above.set(root(edge), root(other));
    }
  return root;
}
