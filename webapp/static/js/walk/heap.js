/** The least first: a binary heap of numbered things. */

export class Heap {
  /** @type {number[]} */
  #keys = [];
  /** @type {number[]} */
  #items = [];

  get size() {
    return this.#items.length;
  }

  /**
   * @param {number} key
   * @param {number} item
   */
  push(key, item) {
    const [keys, items] = [this.#keys, this.#items];
    let at = items.length;
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (keys[above] <= key) break;
      keys[at] = keys[above];
      items[at] = items[above];
      at = above;
    }
    keys[at] = key;
    items[at] = item;
  }

  /** @returns {[number, number]} key, item */
  pop() {
    const [keys, items] = [this.#keys, this.#items];
    /** @type {[number, number]} */
    const least = [keys[0], items[0]];
    const key = /** @type {number} */ (keys.pop());
    const item = /** @type {number} */ (items.pop());
    const count = items.length;
    if (count > 0) {
      let at = 0;
      for (let below = 1; below < count; below = 2 * at + 1) {
        if (below + 1 < count && keys[below + 1] < keys[below]) below++;
        if (keys[below] >= key) break;
        keys[at] = keys[below];
        items[at] = items[below];
        at = below;
      }
      keys[at] = key;
      items[at] = item;
    }
    return least;
  }
}
