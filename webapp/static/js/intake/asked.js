/** What the planner says of a file; a new object for every word said. */

/** @typedef {{x: string, y: string, lon: string, lat: string}} ControlText */

/**
 * Nothing said yet but the layer.
 * @param {string} layer
 * @returns {Api.Asked}
 */
export function unsaid(layer) {
  return { layer, columns: {}, datum: "", controls: [], kind: "", key: "", source: "", date: "", licence: "", accuracy: "official", replace: false, skip_bad_rows: false };
}

/**
 * The same file for another layer: what was said of its columns and kind no longer holds, what it is and where it lies does.
 * @param {Api.Asked} asked
 * @param {string} layer
 */
export function forLayer({ datum, controls, source, date, licence, accuracy }, layer) {
  return { ...unsaid(layer), datum, controls, source, date, licence, accuracy };
}

/**
 * @param {Api.Asked} asked
 * @param {string} heading
 * @param {string} target  a column of the layer or a place; "" leaves the heading out
 */
export function withColumn(asked, heading, target) {
  return { ...asked, columns: { ...asked.columns, [heading]: target } };
}

/**
 * @param {Api.Asked} asked
 * @param {string} datum  "" where it is to be judged
 */
export function withDatum(asked, datum) {
  return { ...asked, datum, controls: [] };
}

const NUMBER = /^[+-]?\d{1,9}(\.\d{1,12})?$/;

/**
 * Read the form of control points; rows left wholly empty do not count.
 * @param {ControlText[]} rows
 * @returns {Api.Control[] | null} null where a number is missing or cannot be read, or fewer than two points are given
 */
export function controlsOf(rows) {
  const given = rows.map(({ x, y, lon, lat }) => [x, y, lon, lat].map((text) => text.trim())).filter((row) => row.some((text) => text !== ""));
  if (given.length < 2 || !given.flat().every((text) => NUMBER.test(text))) return null;
  const controls = given.map((row) => row.map(Number)).map(([x, y, lon, lat]) => ({ x, y, lon, lat }));
  return controls.every(({ lon, lat }) => Math.abs(lon) <= 180 && Math.abs(lat) <= 90) ? controls : null;
}
