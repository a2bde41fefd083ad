/** Findings and changes as the planner wants to see them: of one grade, of one column, of one sort. */

/** @typedef {{severity: "all" | "error" | "warning", column: string}} Wanted  `column` "": every one */

/**
 * Those wanted, errors first, each sort in the order of the rows.
 * @param {Api.DraftFinding[]} findings
 * @param {Wanted} wanted
 */
export function sift(findings, { severity, column }) {
  return findings.filter((one) => (severity === "all" || one.severity === severity) && (column === "" || one.column === column)).sort((one, other) => Number(one.severity === "warning") - Number(other.severity === "warning"));
}

/**
 * The columns that findings speak of, in their order.
 * @param {Api.DraftFinding[]} findings
 */
export function columnsOf(findings) {
  return [...new Set(findings.map(({ column }) => column))].filter((column) => column !== null);
}

/**
 * Everything that would change as one list: what goes first, then what changes, then what is new.
 * @param {Api.Draft} draft
 * @returns {Api.DraftChange[]}
 */
export function changesOf({ added, changed, removed, features }) {
  const known = new Map(features.features.map(({ id, properties }) => [String(id), properties]));
  const one = (/** @type {Api.What} */ what, /** @type {string} */ id) => ({ what, id, name: known.get(id)?.name ?? null, row: known.get(id)?.row ?? null, columns: changed[id] ?? {} });
  return [...removed.map((id) => one("removed", id)), ...Object.keys(changed).map((id) => one("changed", id)), ...added.map((id) => one("added", id))];
}

/**
 * What the file calls what a finding calls a column: the heading that was matched to it, else its name in the layer.
 * @param {string | null} column
 * @param {Api.Draft} draft
 * @param {Api.LayerSpec} spec
 * @param {Api.Lang} lang
 */
export function columnName(column, { columns }, spec, lang) {
  if (column === null) return "";
  const heading = columns.find((one) => one.column === column || one.heading === column)?.heading;
  const own = spec.columns.find(({ name }) => name === column);
  return heading ?? own?.[lang] ?? column;
}

/**
 * A value as the planner reads it: choices by their word.
 * @param {unknown} value
 * @param {Api.ColumnSpec | undefined} column
 * @param {Api.Lang} lang
 * @returns {string | null} null where there is none
 */
export function valueOf(value, column, lang) {
  if (value === null || value === undefined || value === "") return null;
  if (typeof value === "boolean") return lang === "zh" ? (value ? "是" : "否") : value ? "yes" : "no";
  const choice = column?.choices.find(({ code }) => code === value);
  if (choice) return choice[lang];
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
