/** Places meet the network at the exact position along an edge; the same rules as wanli_geo/network/snap.py. */

/** @typedef {import("./flat.js").XY} XY */
/** @typedef {import("./graph.js").Graph} Graph */
/** @typedef {import("./network.js").Near} Near */

/**
 * Attach a place to the nearest edge of every connected part within reach; an edge behind something closed gives way to the nearest
 * straight piece of any that is not. Nobody steps on a footbridge or into an underpass from beside.
 * @param {Graph} graph
 * @param {XY} p
 * @param {number} within
 * @param {(a: XY, b: XY) => boolean} isCut  does something closed lie across the straight line?
 * @param {(edge: number) => boolean} [meant]  edges that count
 * @returns {Near[]}
 */
export function snap(graph, p, within, isCut, meant = () => true) {
  const { network, part } = graph;
  const open = (/** @type {number} */ edge) => part[edge] >= 0 && network.over[edge] === 0 && meant(edge);
  const found = nearestOfPart(graph, network.near(p, within, open));
  if (!found.some(({ at }) => isCut(p, at))) return found;
  const pieces = [...network.pieces(p, within)].map((at) => network.onPiece(p, at)).filter(({ edge, leg }) => leg <= within && open(edge));
  return nearestOfPart(graph, pieces.filter(({ at }) => !isCut(p, at)));
}

/**
 * Of each connected part what is nearest, all that are equally near.
 * @param {Graph} graph
 * @param {Near[]} spots
 * @returns {Near[]}
 */
function nearestOfPart({ part }, spots) {
  /** @type {Map<number, number>} */
  const least = new Map();
  for (const { edge, leg } of spots) least.set(part[edge], Math.min(leg, least.get(part[edge]) ?? Infinity));
  return spots.filter(({ edge, leg }) => leg === least.get(part[edge]));
}
