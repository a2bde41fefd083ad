/** The one place that holds the state, keeps the address in step with it and tells who listens what changed. */
import { read, write } from "./url.js";

/**
 * How a page's state stands in its address, there and back.
 * @template {object} S
 * @typedef {{read: (search: string) => S, write: (state: S) => string}} Codec
 */

/**
 * @template {object} [S=import("./url.js").State]
 */
export class Store {
  /** @type {((state: S, changed: Set<keyof S>) => void)[]} */
  #listeners = [];
  /** @type {S} */
  #state;
  #window;
  /** @type {Codec<S>} */
  #codec;

  /**
   * @param {Window} window_  whose address is kept
   * @param {Codec<S>} [codec]  of the page; the desk's where none is given
   */
  constructor(window_, codec) {
    this.#window = window_;
    this.#codec = codec ?? /** @type {Codec<any>} */ ({ read, write });
    this.#state = this.#codec.read(window_.location.search);
    window_.addEventListener("popstate", () => this.#become(this.#codec.read(window_.location.search)));
  }

  get state() {
    return this.#state;
  }

  /** @param {(state: S, changed: Set<keyof S>) => void} listener */
  listen(listener) {
    this.#listeners.push(listener);
  }

  /**
   * Change the state; a step the reader can go back from, unless `quietly`.
   * @param {Partial<S>} change
   * @param {{quietly?: boolean}} [how]
   */
  set(change, { quietly = false } = {}) {
    const next = { ...this.#state, ...change };
    const address = this.#window.location.pathname + this.#codec.write(next);
    if (quietly) this.#window.history.replaceState(null, "", address);
    else if (this.#codec.write(next) !== this.#window.location.search) this.#window.history.pushState(null, "", address);
    this.#become(next);
  }

  /** @param {S} next */
  #become(next) {
    const before = this.#state;
    const keys = /** @type {(keyof S)[]} */ (Object.keys(next));
    const changed = new Set(keys.filter((key) => JSON.stringify(next[key]) !== JSON.stringify(before[key])));
    this.#state = next;
    if (changed.size > 0) for (const listener of this.#listeners) listener(next, changed);
  }
}
