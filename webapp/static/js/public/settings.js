/** What the reader prefers, kept in the browser from page to page: large text, night. Nothing else is kept. */

/** @typedef {"elder" | "night"} Setting */

const root = document.documentElement;
/** @type {(() => void)[]} */
const listeners = [];

/** Put on the page what the reader chose before; where nothing was chosen the page stays as it is written. */
export function recall() {
  for (const name of /** @type {Setting[]} */ (["elder", "night"])) {
    const kept = read(name);
    if (kept !== null) root.dataset[name] = kept === "1" ? "true" : "false";
  }
}

/** @param {Setting} name */
export function isOn(name) {
  return root.dataset[name] === "true";
}

/** @param {Setting} name */
export function toggle(name) {
  const on = !isOn(name);
  write(name, on ? "1" : "0");
  put(name, on);
}

/** Put a setting on the page for now, without keeping it. @param {Setting} name @param {boolean} on */
export function put(name, on) {
  if (isOn(name) === on) return;
  root.dataset[name] = String(on);
  for (const listener of listeners) listener();
}

/** @param {() => void} listener  called after a setting was changed */
export function onSetting(listener) {
  listeners.push(listener);
}

/** @param {Setting} name */
function read(name) {
  try {
    return window.localStorage.getItem(`wanli-${name}`);
  } catch {
    return null; // a browser that keeps nothing
  }
}

/**
 * @param {Setting} name
 * @param {string} value
 */
function write(name, value) {
  try {
    window.localStorage.setItem(`wanli-${name}`, value);
  } catch {
    // a browser that keeps nothing: the setting holds for this page
  }
}
