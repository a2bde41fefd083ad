/** Running a loop: where one is along it, which way round, what comes next. Lengths in metres from the start, the way the loop is drawn. */

/** @typedef {{kind: string, chainage_m: number, walk_m: number | null, name?: string | null, name_en?: string | null}} Beside */

/** @typedef {1 | -1} Way  round: as the loop is drawn, or against it */

/** Who has come so far has turned; less is the phone's own wavering. */
const TURNED_M = 30;

/**
 * Metres to run on from one place of the loop to another.
 * @param {number} from
 * @param {number} to
 * @param {number} length  of the lap
 * @param {Way} [way]
 */
export function onward(from, to, length, way = 1) {
  return ((((way * (to - from)) % length) + length) % length) || 0;
}

/** Which way round one runs, told by where one was. */
export class Course {
  /** @type {Way} as drawn, until it is seen to be otherwise */
  way = 1;
  /** @type {number | null} as far as one has come this way */
  #farthest = null;

  /**
   * @param {number} chainage
   * @param {number} length
   * @returns {Way}
   */
  follow(chainage, length) {
    if (this.#farthest === null) this.#farthest = chainage;
    const on = onward(this.#farthest, chainage, length, this.way);
    const gone = on > length / 2 ? on - length : on;
    if (gone < -TURNED_M) this.way = this.way === 1 ? -1 : 1;
    if (gone > 0 || gone < -TURNED_M) this.#farthest = chainage;
    return this.way;
  }
}

/**
 * The next thing of a kind ahead; null where the loop has none.
 * @template {{chainage_m: number}} T
 * @param {T[]} things
 * @param {number} from
 * @param {number} length
 * @param {Way} [way]
 * @returns {{thing: T, metres: number} | null}
 */
export function ahead(things, from, length, way = 1) {
  const far = things.map((thing) => ({ thing, metres: onward(from, thing.chainage_m, length, way) }));
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
