/** A coverage answer as canvas paths: one for each colour it is drawn in. */
import { areas } from "./scene.js";
import { gapClass } from "./look.js";

/** @typedef {import("../geo/local.js").Local} Local */

/**
 * @typedef {object} Cover
 * @property {Api.GapClass[]} classes
 * @property {Path2D[]} gaps      one path for each class
 * @property {Path2D} covered
 * @property {Path2D} unknown
 * @property {Path2D} homesCovered
 * @property {Path2D} homesGap
 * @property {Path2D} homesUnknown
 */

/**
 * @param {Api.Coverage} coverage
 * @param {Local} local
 * @returns {Cover}
 */
export function coverOf({ features, legend }, local) {
  const units = features.units.features;
  const homes = features.homes.features;
  const are = (/** @type {Api.Feature[]} */ some, /** @type {string} */ status) =>
    some.filter(({ properties }) => properties?.status === status);
  return {
    classes: legend.gap,
    gaps: legend.gap.map((_, at) =>
      areas(
        are(units, "gap").filter(({ properties }) => gapClass(legend.gap, properties?.beyond_m) === at),
        local,
      ),
    ),
    covered: areas(are(units, "covered"), local),
    unknown: areas(are(units, "unknown"), local),
    homesCovered: areas(are(homes, "covered"), local),
    homesGap: areas(are(homes, "gap"), local),
    homesUnknown: areas(are(homes, "unknown"), local),
  };
}
