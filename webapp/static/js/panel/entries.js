/** What can be searched for: compounds, streets, facilities of the service shown. */
import { pointOf } from "../map/sign.js";

/** @typedef {import("./find.js").Entry} Entry */

/**
 * @param {Api.Base} base
 * @param {Api.Feature[]} facilities
 * @param {string} service  its name, said beside each
 * @returns {Entry[]} one for each name
 */
export function entries(base, facilities, service) {
  const of = (/** @type {Entry["what"]} */ what, /** @type {Api.Feature[]} */ features, /** @type {string | undefined} */ note) =>
    features
      .filter(({ properties }) => properties?.name)
      .map((feature) => ({ what, id: String(feature.id), properties: feature.properties ?? {}, at: place(feature), note }));
  const all = [
    ...of("compound", base.compounds?.features ?? [], undefined),
    ...of("facility", facilities, service),
    ...of("street", base.streets?.features ?? [], undefined),
  ];
  return [...new Map(all.map((entry) => [`${entry.what} ${entry.properties.name}`, entry])).values()];
}

/**
 * @param {Api.Feature} feature
 * @returns {[number, number]}
 */
function place(feature) {
  if (feature.geometry.type !== "LineString") return pointOf(feature);
  const [lon, lat] = feature.geometry.coordinates[feature.geometry.coordinates.length >> 1];
  return [lon, lat];
}
