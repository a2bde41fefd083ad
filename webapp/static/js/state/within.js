/** "500m", "1km", "10min": the reach of a question, read and written. */

/**
 * @typedef {{mode: "distance" | "time", amount: number}} Reach  metres or minutes
 */

/**
 * @param {string} within
 * @returns {Reach}
 */
export function reachOf(within) {
  if (within.endsWith("min")) return { mode: "time", amount: Number(within.slice(0, -3)) };
  if (within.endsWith("km")) return { mode: "distance", amount: Number(within.slice(0, -2)) * 1000 };
  return { mode: "distance", amount: Number(within.slice(0, -1)) };
}

/** The three steps of each mode, nearest first. */
export const STEPS = Object.freeze({ distance: ["300m", "500m", "1000m"], time: ["5min", "10min", "15min"] });

/**
 * The step of the other mode that stands in the same place: 300 m and 5 min, 500 m and 10 min, 1000 m and 15 min.
 * @param {string} within
 * @param {"distance" | "time"} mode
 */
export function inMode(within, mode) {
  const from = reachOf(within).mode;
  if (from === mode) return within;
  const at = STEPS[from].indexOf(within);
  return STEPS[mode][at < 0 ? 1 : at];
}
