/** Where one is in a story told along a way: which stop, how far along, what comes next. */

/** @typedef {{id: string, order: number, at: [number, number], chainage_m: number, kind: string}} Stop */

/**
 * The stop that an address names.
 * @param {Stop[]} stops  in the order of the story
 * @param {string} fragment  "#ws-03"
 * @returns {number} the place in the order; -1 where there is no such stop
 */
export function named(stops, fragment) {
  const id = decoded(fragment.slice(1));
  return stops.findIndex((stop) => stop.id === id);
}

/** @param {string} text  of an address, which somebody may have typed */
function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a lonely %
  }
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
  };
}
