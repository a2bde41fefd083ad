/** Let the page answer to the reader between two pieces of work. @returns {Promise<void>} */
export function rest() {
  return new Promise((go) => setTimeout(go));
}

const WISHES = /** @type {const} */ (["pointerdown", "pointermove", "touchstart", "keydown", "focusin", "wheel"]);

/** Wait until the reader touches the page in any way: what nobody asks for need not be worked out on an old phone. @returns {Promise<void>} */
export function firstWish() {
  return new Promise((go) => {
    const wished = () => {
      for (const wish of WISHES) window.removeEventListener(wish, wished, true);
      go();
    };
    for (const wish of WISHES) window.addEventListener(wish, wished, { capture: true, passive: true });
  });
}
