/** Where in a polygon a level line of text sits best. */

/** @typedef {import("./local.js").XY} XY */
import { box } from "./shapes.js";

const ROWS = 15;

/**
 * @typedef {{at: XY, width: number, height: number}} Seat  the middle of the text, and the room there, in the unit of the polygon
 */

/**
 * Find the widest level strip inside a polygon: scan lines, each judged by the room that it shares with the lines above and below it.
 * @param {XY[][]} rings  outer ring first
 * @returns {Seat | null} null for a polygon without extent
 */
export function seat(rings) {
  const [, top, , bottom] = box(rings[0] ?? []);
  if (!(bottom > top)) return null;
  const step = (bottom - top) / (ROWS + 1);
  const rows = Array.from({ length: ROWS }, (_, i) => chords(rings, top + (i + 1) * step));
  /** @type {Seat | null} */
  let best = null;
  let bestScore = 0;
  for (let i = 1; i < ROWS - 1; i++) {
    const fromMiddle = Math.abs(i - (ROWS - 1) / 2) / ROWS;
    for (const [west, east] of common(common(rows[i - 1], rows[i]), rows[i + 1])) {
      const score = (east - west) * (1 - 0.6 * fromMiddle);
      if (score <= bestScore) continue;
      bestScore = score;
      best = { at: [(west + east) / 2, top + (i + 1) * step], width: east - west, height: 3 * step };
    }
  }
  return best;
}

/**
 * @param {XY[][]} rings
 * @param {number} y
 * @returns {[number, number][]} the stretches inside along a level line
 */
function chords(rings, y) {
  const crossings = rings
    .flatMap((ring) => ring.map((from, i) => [from, ring[(i + 1) % ring.length]]))
    .filter(([[, y1], [, y2]]) => y1 > y !== y2 > y)
    .map(([[x1, y1], [x2, y2]]) => x1 + ((y - y1) / (y2 - y1)) * (x2 - x1))
    .sort((a, b) => a - b);
  return Array.from({ length: crossings.length >> 1 }, (_, i) => [crossings[2 * i], crossings[2 * i + 1]]);
}

/**
 * @param {[number, number][]} some
 * @param {[number, number][]} others
 * @returns {[number, number][]} the stretches that both have
 */
function common(some, others) {
  return some.flatMap(([a, b]) =>
    others.map(([c, d]) => /** @type {[number, number]} */ ([Math.max(a, c), Math.min(b, d)])).filter(([west, east]) => east > west),
  );
}
