/** Streets by the names of the map: an answer tells a street in Chinese, the map knows what it is called in English. */

/**
 * The answer with `street_en` beside each `street` that the map has an English name for, `streets_en` beside a list of `streets`.
 * @param {Api.RouteReply} reply
 * @param {Api.Base} base
 * @returns {Api.RouteReply}
 */
export function callStreets({ answer, features }, base) {
  const names = new Map((base.streets?.features ?? []).filter(({ properties }) => properties?.name && properties.name_en).map(({ properties }) => [properties?.name, properties?.name_en]));
  const several = (/** @type {string} */ list) => list.split("、").map((name) => names.get(name) ?? name).join(", ");
  const called = (/** @type {Api.Properties} */ row) => ({ ...(names.has(row.street) && { street_en: names.get(row.street) }), ...(typeof row.streets === "string" && { streets_en: several(row.streets) }), ...row });
  return {
    answer: { ...answer, tables: each(answer.tables, (rows) => rows.map(called)) },
    features: each(features, (layer) => ({ ...layer, features: layer.features.map((one) => ({ ...one, properties: called(one.properties ?? {}) })) })),
  };
}

/**
 * @template T
 * @param {Record<string, T>} parts
 * @param {(part: T) => T} change
 * @returns {Record<string, T>}
 */
function each(parts, change) {
  return Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, change(part)]));
}
