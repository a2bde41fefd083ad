/** A name broken into lines that fit. */

/**
 * Break a name into the fewest lines, at most two, that fit a width; Chinese breaks anywhere but leaves no single character, other scripts at a space.
 * @param {string} text
 * @param {number} width
 * @param {(text: string) => number} measure
 * @returns {string[] | null} null where two lines are not enough
 */
export function wrap(text, width, measure) {
  if (measure(text) <= width) return [text];
  const fitting = breaks(text).filter(([a, b]) => measure(a) <= width && measure(b) <= width);
  if (fitting.length === 0) return null;
  const unevenness = (/** @type {[string, string]} */ [a, b]) => Math.abs(measure(a) - measure(b)) + (measure(a) < measure(b) ? 0.1 : 0);
  return fitting.reduce((best, pair) => (unevenness(pair) < unevenness(best) ? pair : best));
}

/**
 * @param {string} text
 * @returns {[string, string][]}
 */
function breaks(text) {
  if (text.includes(" ")) return [...text.matchAll(/ /g)].map(({ index }) => [text.slice(0, index), text.slice(index + 1)]);
  const glyphs = [...text];
  if (!/\p{Script=Han}/u.test(text)) return [];
  return glyphs.slice(2, -1).map((_, i) => [glyphs.slice(0, i + 2).join(""), glyphs.slice(i + 2).join("")]);
}
