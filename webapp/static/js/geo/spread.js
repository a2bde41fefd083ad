/** Signs that would lie over one another step aside, each as little as it must. */

/** @typedef {import("./local.js").XY} XY */

const ROUNDS = 300; // a crowd of twenty needs about a hundred

/**
 * @param {XY[]} places  in pixels
 * @param {number} apart  pixels between any two
 * @returns {XY[]} in the order given; where there is room none is nearer to another than `apart`, and who stood alone has not moved
 */
export function spread(places, apart) {
  const moved = places.map(([x, y]) => /** @type {XY} */ ([x, y]));
  for (let round = 0; round < ROUNDS; round++) {
    let still = true;
    for (let i = 0; i < moved.length; i++)
      for (let j = 0; j < i; j++) {
        const [dx, dy] = [moved[i][0] - moved[j][0], moved[i][1] - moved[j][1]];
        const far = Math.hypot(dx, dy);
        if (far >= apart - 0.01) continue;
        still = false;
        const angle = far > 0 ? Math.atan2(dy, dx) : 2.4 * i; // those on one place go each its own way
        const by = (apart - far) / 2;
        moved[i] = [moved[i][0] + by * Math.cos(angle), moved[i][1] + by * Math.sin(angle)];
        moved[j] = [moved[j][0] - by * Math.cos(angle), moved[j][1] - by * Math.sin(angle)];
      }
    if (still) break;
  }
  return moved;
}
