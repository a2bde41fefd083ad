/** The one place that holds the state, keeps the address in step with it and tells who listens what changed. */
import { read, write } from "./url.js";

/** @typedef {import("./url.js").State} State */
/** @typedef {(state: State, changed: Set<keyof State>) => void} Listener */

export class Store {
  /** @type {Listener[]} */
  #listeners = [];
  /** @type {State} */
  #state;
  #window;

  /** @param {Window} window_  whose address is kept */
  constructor(window_) {
    this.#window = window_;
    this.#state = read(window_.location.search);
    window_.addEventListener("popstate", () => this.#become(read(window_.location.search)));
  }

  get state() {
    return this.#state;
  }

  /** @param {Listener} listener */
  listen(listener) {
    this.#listeners.push(listener);
  }

  /**
   * Change the state; a step the reader can go back from, unless `quietly`.
   * @param {Partial<State>} change
   * @param {{quietly?: boolean}} [how]
   */
  set(change, { quietly = false } = {}) {
    const next = { ...this.#state, ...change };
    const address = this.#window.location.pathname + write(next);
    if (quietly) this.#window.history.replaceState(null, "", address);
    else if (write(next) !== this.#window.location.search) this.#window.history.pushState(null, "", address);
    this.#become(next);
  }

  /** @param {State} next */
  #become(next) {
    const before = this.#state;
    const keys = /** @type {(keyof State)[]} */ (Object.keys(next));
    const changed = new Set(keys.filter((key) => JSON.stringify(next[key]) !== JSON.stringify(before[key])));
    this.#state = next;
    if (changed.size > 0) for (const listener of this.#listeners) listener(next, changed);
  }
}
