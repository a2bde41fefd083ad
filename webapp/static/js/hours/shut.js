/** What is shut at an hour: gates of compounds and ways. */
import { isOpen } from "./parse.js";

/** @typedef {"open" | "residents" | "closed"} GateState */
/** @typedef {import("../state/when.js").When} When */

/**
 * Does a feature stand, neither planned nor closed for good?
 * @param {Api.Feature} feature
 */
export function stands({ properties }) {
  return !properties?.status || properties.status === "existing";
}

/**
 * How a gate is at that time; one for residents only that is shut is shut.
 * @param {Api.Properties | null} gate
 * @param {When} when
 * @returns {GateState}
 */
export function gateState(gate, when) {
  if (isOpen(gate?.open_hours, when) === false) return "closed";
  return gate?.residents_only ? "residents" : "open";
}

/**
 * How many of the base map's gates and ways are shut at that time, and of how many gates.
 * @param {Api.Base} base
 * @param {When} when
 */
export function shutAt(base, when) {
  const shut = (/** @type {string} */ layer) => (base[layer]?.features ?? []).filter(stands).filter(({ properties }) => isOpen(properties?.open_hours, when) === false).length;
  return { gates: shut("gates"), of: (base.gates?.features ?? []).filter(stands).length, streets: shut("streets") };
}
