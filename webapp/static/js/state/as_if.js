/** Gates taken as open all day or as shut: what is assumed, and what to assume next. */

/** @typedef {{open: readonly string[], close: readonly string[]}} AsIf  ids, sorted, none in both */

/** Nothing is assumed. @type {Readonly<AsIf>} */
export const AS_IT_IS = Object.freeze({ open: Object.freeze(/** @type {string[]} */ ([])), close: Object.freeze(/** @type {string[]} */ ([])) });

/** @param {AsIf} asIf */
export function assumed({ open, close }) {
  return open.length + close.length > 0;
}

/**
 * Assume one thing of a gate, or with null take it as it is.
 * @param {AsIf} asIf
 * @param {string} gate
 * @param {"open" | "close" | null} what
 * @returns {AsIf}
 */
export function assume({ open, close }, gate, what) {
  const without = (/** @type {readonly string[]} */ ids) => ids.filter((id) => id !== gate);
  const list = (/** @type {"open" | "close"} */ key, /** @type {readonly string[]} */ ids) => (what === key ? [...without(ids), gate].sort() : without(ids));
  return { open: list("open", open), close: list("close", close) };
}

/**
 * The base map with its gates as assumed, as the engine takes them; each gate changed says under `as_if` what is assumed and how it is today.
 * @param {Api.Base} base
 * @param {AsIf} asIf
 * @returns {Api.Base}
 */
export function baseAsIf(base, asIf) {
  if (!assumed(asIf) || !base.gates) return base;
  return { ...base, gates: { ...base.gates, features: base.gates.features.map((gate) => gateAsIf(gate, asIf)) } };
}

/**
 * @param {Api.Feature} gate
 * @param {AsIf} asIf
 * @returns {Api.Feature}
 */
function gateAsIf(gate, { open, close }) {
  const id = String(gate.id);
  const today = gate.properties;
  if (open.includes(id))
    return { ...gate, properties: { ...today, status: "existing", open_hours: "24/7", residents_only: false, as_if: { what: "open", today } } };
  // “off”, not closed for good: the sign stays where the reader shut it.
  if (close.includes(id)) return { ...gate, properties: { ...today, status: "existing", open_hours: "off", as_if: { what: "close", today } } };
  return gate;
}

/**
 * What may be asked of a gate: what it is not yet. The last one that leads out of its compound is not shut: the engine refuses that.
 * @param {Api.Feature} gate  as assumed
 * @param {boolean} shut  at the hour asked for
 * @param {Api.Feature[]} own  all gates of its compound that stand, as assumed
 * @returns {("open" | "close" | null)[]}  null: as it is today
 */
export function offered({ id, properties }, shut, own) {
  if (properties?.as_if) return [null];
  const always = properties?.open_hours === "24/7" && !properties?.residents_only;
  const others = own.some((one) => one.id !== id && one.properties?.as_if?.what !== "close");
  return [...(always ? [] : [/** @type {const} */ ("open")]), ...(others && !shut ? [/** @type {const} */ ("close")] : [])];
}
