/** Findings and changes as the planner wants to see them: of one grade, of one column, of one sort. */

/** @typedef {{severity: "all" | "error" | "warning", column: string}} Wanted  `column` "": every one */

/**
 * @param {Api.DraftFinding[]} findings
 * @param {Wanted} wanted
 */
export function sift(findings, { severity, column }) {
  return findings.filter((one) => (severity === "all" || one.severity === severity) && (column === "" || one.column === column));
}

/**
 * The columns that findings speak of, in their order.
 * @param {Api.DraftFinding[]} findings
 */
export function columnsOf(findings) {
  return [...new Set(findings.map(({ column }) => column))].filter((column) => column !== null);
}

/**
 * The rows that carry an error.
 * @param {Api.DraftFinding[]} findings
 * @returns {Set<number>}
 */
export function badRows(findings) {
  return new Set(findings.flatMap(({ severity, row }) => (severity === "error" && row !== null ? [row] : [])));
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
  const heading = columns.find(({ heading, target }) => target === column || heading === column)?.heading;
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
