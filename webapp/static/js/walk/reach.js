/** What a walk of so many metres comes to: the parts of the streets that are reached. */

/** @typedef {import("./flat.js").XY} XY */

/**
 * @param {import("./walks.js").Reaching} start
 * @param {number} limit  metres of cost
 * @returns {XY[][]} lines, metric
 */
export function reached({ tree }, limit) {
  const { network, kept } = tree.graph;
  /** @type {XY[][]} */
  const lines = [];
  for (let edge = 0; edge < network.edges; edge++) {
    if (!kept[edge]) continue;
    for (const [from, to] of stretches(tree, edge, limit)) lines.push(network.stretch(edge, from, to));
  }
  return lines;
}

/**
 * Where a walk of so many metres comes into compounds, and how many metres are left there.
 * @param {import("./walks.js").Reaching} start
 * @param {number} limit
 * @returns {{compound: number, at: XY, left: number}[]}
 */
export function entered({ tree, prepared }, limit) {
  return prepared.hour.exits.flatMap(({ at, compound, rows }) => {
    const cost = tree.to(rows)?.cost ?? Infinity;
    return cost < limit ? [{ compound, at, left: limit - cost }] : [];
  });
}

/**
 * The parts of an edge within the limit: from its tail, from its head, and round where one steps onto it.
 * @param {import("./graph.js").Tree} tree
 * @param {number} edge
 * @param {number} limit
 * @returns {[number, number][]} metres along the edge, apart and rising
 */
function stretches(tree, edge, limit) {
  const { tail, head, length } = tree.graph.network;
  const slow = tree.slow(edge);
  const whole = length[edge];
  const left = (/** @type {number} */ far) => Math.max(0, (limit - far) / slow);
  /** @type {[number, number][]} */
  const parts = [];
  if (tree.far[tail[edge]] <= limit) parts.push([0, Math.min(whole, left(tree.far[tail[edge]]))]);
  if (tree.far[head[edge]] <= limit) parts.push([Math.max(0, whole - left(tree.far[head[edge]])), whole]);
  for (const row of tree.rows)
    if (row.edge === edge && row.leg <= limit) parts.push([Math.max(0, row.offset - left(row.leg)), Math.min(whole, row.offset + left(row.leg))]);
  return joined(parts);
}

/** @param {[number, number][]} parts */
function joined(parts) {
  parts.sort((one, two) => one[0] - two[0]);
  /** @type {[number, number][]} */
  const apart = [];
  for (const [from, to] of parts) {
    const last = apart[apart.length - 1];
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else if (to > from) apart.push([from, to]);
  }
  return apart;
}
