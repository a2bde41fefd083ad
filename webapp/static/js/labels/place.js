/** Which labels are shown: the first come first, none over another. */

/** @typedef {[number, number, number, number]} Box  left, top, right, bottom in pixels */

const CELL = 64;

export class Places {
  /** @type {Map<string, Box[]>} */
  #taken = new Map();

  /**
   * Take room for a label if all of it is free.
   * @param {Box[]} boxes  the parts of one label
   * @returns {boolean} whether it was free; where not, nothing is taken
   */
  take(boxes) {
    if (boxes.some((box) => this.#cells(box).some((cell) => (this.#taken.get(cell) ?? []).some((other) => meet(box, other))))) return false;
    this.block(boxes);
    return true;
  }

  /**
   * Take room without asking, for signs that stand whatever the labels do.
   * @param {Box[]} boxes
   */
  block(boxes) {
    for (const box of boxes) {
      for (const cell of this.#cells(box)) {
        const before = this.#taken.get(cell);
        if (before) before.push(box);
        else this.#taken.set(cell, [box]);
      }
    }
  }

  /** @param {Box} box */
  #cells([left, top, right, bottom]) {
    const cells = [];
    for (let x = Math.floor(left / CELL); x <= Math.floor(right / CELL); x++)
      for (let y = Math.floor(top / CELL); y <= Math.floor(bottom / CELL); y++) cells.push(`${x},${y}`);
    return cells;
  }
}

/**
 * Do two boxes overlap? Touching edges do not.
 * @param {Box} a
 * @param {Box} b
 */
export function meet(a, b) {
  return a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
}
