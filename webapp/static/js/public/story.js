/** Where one is in a story told along a way: which stop, how far along, what comes next. */

/** @typedef {{id: string, order: number, at: [number, number], chainage_m: number, kind: string}} Stop */

/**
 * @param {Stop[]} stops  in the order of the story
 * @param {string} id
 * @returns {number} the place in the order; -1 where there is no such stop
 */
export function indexOf(stops, id) {
  return stops.findIndex((stop) => stop.id === id);
}

/**
 * @param {Stop[]} stops
 * @param {number} at
 * @param {number} length  metres of the whole way
 */
export function progress(stops, at, length) {
  const stop = stops[at];
  const next = stops[at + 1] ?? null;
  return {
    share: length > 0 ? Math.min(1, Math.max(0, stop.chainage_m / length)) : 0,
    previous: stops[at - 1] ?? null,
    next,
    toNext: next === null ? null : Math.abs(next.chainage_m - stop.chainage_m),
  };
}
