/** Running a loop: where one is along it, what comes next. Lengths in metres from the start, in the direction of the loop. */

/** @typedef {{kind: string, chainage_m: number, walk_m: number | null, name?: string | null, name_en?: string | null}} Beside */

/**
 * Metres to run on from one place of the loop to another.
 * @param {number} from
 * @param {number} to
 * @param {number} length  of the lap
 */
export function onward(from, to, length) {
  return ((((to - from) % length) + length) % length) || 0;
}

/**
 * The next thing of a kind ahead; null where the loop has none.
 * @template {{chainage_m: number}} T
 * @param {T[]} things
 * @param {number} from
 * @param {number} length
 * @returns {{thing: T, metres: number} | null}
 */
export function ahead(things, from, length) {
  const far = things.map((thing) => ({ thing, metres: onward(from, thing.chainage_m, length) }));
  far.sort((one, two) => one.metres - two.metres);
  return far[0] ?? null;
}

const COMPASS = 8;

/**
 * Which way a place lies, of eight: 0 north, 1 north-east, …
 * @param {[number, number]} from  metres, x east, y down
 * @param {[number, number]} to
 */
export function compass([x, y], [toX, toY]) {
  const turn = Math.atan2(toX - x, y - toY); // from north, clockwise
  return (Math.round((turn / (2 * Math.PI)) * COMPASS) + COMPASS) % COMPASS;
}
