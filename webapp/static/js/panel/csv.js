/** A table as CSV that Excel and WPS open rightly: UTF-8 with its mark, formulas disarmed. */

/**
 * @param {Record<string, string>} columns  key of a row → title, in order
 * @param {Record<string, any>[]} rows
 */
export function csv(columns, rows) {
  const keys = Object.keys(columns);
  const lines = [keys.map((key) => columns[key]), ...rows.map((row) => keys.map((key) => row[key]))];
  return "\ufeff" + lines.map((line) => line.map(cell).join(",")).join("\r\n") + "\r\n";
}

/** @param {unknown} value */
function cell(value) {
  if (value === null || value === undefined) return "";
  if (typeof value === "number") return String(Number(value.toFixed(2)));
  const text = /^[=+\-@\t\r]/.test(String(value)) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
