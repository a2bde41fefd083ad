/** A share of people in few glyphs, as a cell has room for: never rounded to all or none, “≥” where some are unknown. */

/**
 * @param {{covered: number, gap: number, unknown: number, share: number | null} | null} cell
 * @returns {string} "36", "≥8", "<1", ">99", "?" where nobody is known of, "—" where nobody is concerned
 */
export function cellShare(cell) {
  if (!cell || cell.covered + cell.gap + cell.unknown <= 0) return "—";
  if (cell.share === null) return "?";
  const whole = Math.round(cell.share * 100);
  if (cell.unknown > 0) return `≥${Math.floor(cell.share * 100)}`;
  if (cell.share > 0 && whole === 0) return "<1";
  if (cell.share < 1 && whole === 100) return ">99";
  return String(whole);
}

/**
 * How a clause is judged: "500 米", "15 min", "看有没有".
 * @param {string} measure  "500m", "15min", "presence", "index"
 * @param {Api.Lang} lang
 * @param {(word: "measure_presence" | "measure_index") => string} word
 */
export function measureOf(measure, lang, word) {
  const [, amount, unit] = /^([0-9.]+)(min|m)$/.exec(measure) ?? [];
  if (unit === "m") return lang === "zh" ? `${amount} 米` : `${amount} m`;
  if (unit === "min") return lang === "zh" ? `${amount} 分钟` : `${amount} min`;
  return measure === "presence" || measure === "index" ? word(`measure_${measure}`) : measure;
}
