/** Points, straight lines and areas in the plane. */

/** @typedef {[number, number]} XY */
/** @typedef {[number, number, number, number]} Box  west, south, east, north */
/** @typedef {XY[][]} Rings  outer rings and holes alike: what is inside an odd number of them is inside */

/**
 * The spot of a straight piece nearest to a point.
 * @param {XY} p
 * @param {number} ax
 * @param {number} ay
 * @param {number} bx
 * @param {number} by
 * @returns {{share: number, away: number}} how far along the piece (0 to 1), and metres to it
 */
export function foot([x, y], ax, ay, bx, by) {
  const [dx, dy] = [bx - ax, by - ay];
  const size = dx * dx + dy * dy;
  const share = size > 0 ? Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / size)) : 0;
  return { share, away: Math.hypot(x - ax - share * dx, y - ay - share * dy) };
}

/**
 * @param {Rings} rings
 * @returns {Box}
 */
export function boxOf(rings) {
  /** @type {Box} */
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  for (const ring of rings)
    for (const [x, y] of ring) {
      box[0] = Math.min(box[0], x);
      box[1] = Math.min(box[1], y);
      box[2] = Math.max(box[2], x);
      box[3] = Math.max(box[3], y);
    }
  return box;
}

/**
 * @param {XY} p
 * @param {Rings} rings
 */
export function isInside([x, y], rings) {
  let inside = false;
  for (const ring of rings)
    for (let i = 1; i < ring.length; i++) {
      const [ax, ay] = ring[i - 1];
      const [bx, by] = ring[i];
      if (ay > y !== by > y && x < ax + ((y - ay) / (by - ay)) * (bx - ax)) inside = !inside;
    }
  return inside;
}

/**
 * Metres from a point to the nearest ring.
 * @param {XY} p
 * @param {Rings} rings
 */
export function toRings(p, rings) {
  let least = Infinity;
  for (const ring of rings)
    for (let i = 1; i < ring.length; i++) least = Math.min(least, foot(p, ring[i - 1][0], ring[i - 1][1], ring[i][0], ring[i][1]).away);
  return least;
}

/**
 * Where a straight line meets rings or lines, as shares of its way, rising.
 * @param {XY} a
 * @param {XY} b
 * @param {Rings} rings
 */
export function meetings(a, b, rings) {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
  const [west, south, east, north] = [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[0], b[0]), Math.max(a[1], b[1])];
  const shares = [];
  for (const ring of rings)
    for (let i = 1; i < ring.length; i++) {
      const [px, py] = ring[i - 1];
      const [qx, qy] = ring[i];
      if (Math.max(px, qx) < west || Math.min(px, qx) > east || Math.max(py, qy) < south || Math.min(py, qy) > north) continue;
      const [ex, ey] = [qx - px, qy - py];
      const turn = dx * ey - dy * ex;
      if (turn === 0) continue;
      const share = ((px - a[0]) * ey - (py - a[1]) * ex) / turn;
      const other = ((px - a[0]) * dy - (py - a[1]) * dx) / turn;
      if (share >= 0 && share <= 1 && other >= 0 && other <= 1) shares.push(share);
    }
  return shares.sort((one, two) => one - two);
}

/**
 * How much of a straight line lies inside an area, in metres.
 * @param {XY} a
 * @param {XY} b
 * @param {Rings} rings
 */
export function lengthInside(a, b, rings) {
  return stretchesInside(a, b, rings).reduce((sum, [from, to]) => sum + to - from, 0) * Math.hypot(b[0] - a[0], b[1] - a[1]);
}

/**
 * The parts of a straight line inside an area, as shares of its way.
 * @param {XY} a
 * @param {XY} b
 * @param {Rings} rings
 * @returns {[number, number][]}
 */
export function stretchesInside(a, b, rings) {
  const cuts = [0, ...meetings(a, b, rings), 1];
  /** @type {[number, number][]} */
  const inside = [];
  for (let i = 1; i < cuts.length; i++)
    if (cuts[i] > cuts[i - 1] && isInside(between(a, b, (cuts[i] + cuts[i - 1]) / 2), rings)) inside.push([cuts[i - 1], cuts[i]]);
  return inside;
}

/**
 * @param {XY} a
 * @param {XY} b
 * @param {number} share
 * @returns {XY}
 */
export function between(a, b, share) {
  return [a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])];
}
