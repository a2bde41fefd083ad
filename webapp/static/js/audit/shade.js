/** The colours of a cell: covered quiet, a gap louder the more people are in it, unknown hatched. Pure. */

/** Shades of a gap by the share of people in it, lightest first; the inks that can be read on all of them. */
export const SHADES = Object.freeze({
  day: { gaps: ["#fbe3c3", "#f7c38b", "#f2a05c", "#e2703a"], covered: "#d5e8e2", unknown: "#eae8e3", hatch: "#cbc6bb", ink: "#2b2a27", edge: "#a8431a" },
  night: { gaps: ["#4a382b", "#6a4729", "#8d5425", "#a9591e"], covered: "#1f3b40", unknown: "#2b3650", hatch: "#3d4966", ink: "#f4f6fb", edge: "#f6ae74" },
});

/** Breaks of the share of people in a gap. */
export const BREAKS = Object.freeze([0.25, 0.5, 0.75]);

/** @typedef {"none" | "covered" | "gap" | "unknown"} Tone */

/**
 * @param {import("./model.js").Cell | null} cell
 * @returns {{tone: Tone, shade: number, from: number, to: number}} `shade`: of `SHADES`; `from` and `to`: where the gap begins and ends, 0 to 1
 */
export function shadeOf(cell) {
  const total = cell ? cell.covered + cell.gap + cell.unknown : 0;
  if (!cell || total <= 0) return { tone: "none", shade: -1, from: 0, to: 0 };
  const [from, to] = [cell.covered / total, (cell.covered + cell.gap) / total];
  const short = cell.gap / total;
  const tone = cell.gap > 0 ? "gap" : cell.unknown > 0 ? "unknown" : "covered";
  return { tone, shade: cell.gap > 0 ? BREAKS.filter((share) => short > share).length : -1, from, to };
}
