/** Places along a line by their distance from its start: found, and cut out. */
import { length } from "./shapes.js";

/** @typedef {import("./local.js").XY} XY */

/**
 * How far along a line the place nearest to a point lies.
 * @param {XY[]} line
 * @param {XY} point
 * @returns {number} in the unit of the line
 */
export function chainageOf(line, [px, py]) {
  let done = 0;
  let best = 0;
  let least = Infinity;
  for (let i = 1; i < line.length; i++) {
    const [[x1, y1], [x2, y2]] = [line[i - 1], line[i]];
    const step = Math.hypot(x2 - x1, y2 - y1);
    const share = step === 0 ? 0 : Math.min(1, Math.max(0, ((px - x1) * (x2 - x1) + (py - y1) * (y2 - y1)) / step ** 2));
    const away = Math.hypot(px - x1 - share * (x2 - x1), py - y1 - share * (y2 - y1));
    if (away < least) [least, best] = [away, done + share * step];
    done += step;
  }
  return best;
}

/**
 * The place at a distance from the start, the end where the line is shorter.
 * @param {XY[]} line
 * @param {number} at
 * @returns {XY}
 */
export function placeAt(line, at) {
  let left = at;
  for (let i = 1; i < line.length; i++) {
    const [[x1, y1], [x2, y2]] = [line[i - 1], line[i]];
    const step = Math.hypot(x2 - x1, y2 - y1);
    if (left <= step && step > 0) return [x1 + ((x2 - x1) * left) / step, y1 + ((y2 - y1) * left) / step];
    left -= step;
  }
  return line[line.length - 1];
}

/**
 * The part of a line between two distances from its start.
 * @param {XY[]} line
 * @param {number} from
 * @param {number} to
 * @returns {XY[]}
 */
export function part(line, from, to) {
  const inner = line.filter((_, i) => {
    const at = length(line.slice(0, i + 1));
    return at > from && at < to;
  });
  return [placeAt(line, from), ...inner, placeAt(line, to)];
}

/**
 * Runs of neighbouring distances, each no more than `apart` from the last.
 * @param {number[]} chainages
 * @param {number} apart
 * @returns {[number, number][]} first and last of each run, in order
 */
export function runs(chainages, apart) {
  /** @type {[number, number][]} */
  const found = [];
  for (const at of [...chainages].sort((a, b) => a - b)) {
    const last = found[found.length - 1];
    if (last && at - last[1] <= apart) last[1] = at;
    else found.push([at, at]);
  }
  return found;
}
