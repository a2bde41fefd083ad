/** A name broken into lines that fit. */

/**
 * Break a name into the fewest lines, at most two, that fit a width; Chinese breaks anywhere but leaves no single character and no number cut in two, other scripts at a space.
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
  const whole = (/** @type {number} */ at) => /[0-9A-Za-z]/.test(glyphs[at - 1]) && /[0-9A-Za-z]/.test(glyphs[at]);
  return glyphs
    .map((_, at) => at)
    .slice(2, -1)
    .filter((at) => !whole(at))
    .map((at) => [glyphs.slice(0, at).join(""), glyphs.slice(at).join("")]);
}
