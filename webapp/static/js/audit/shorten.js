/** Names without what all of them share: “示意居民区 1 · 真北” stands in a narrow head as “1 · 真北”. Pure. */

const BREAK = /[\s·\-—、（(]/;

/**
 * @param {string[]} names
 * @returns {string[]} in the same order, none empty
 */
export function shorten(names) {
  if (names.length < 2) return names;
  const [before, after] = [commonStart(names), commonStart(names.map(reversed))];
  const short = names.map((name) => name.slice(before, Math.max(before, name.length - after)).trim());
  return short.every((name) => name !== "") ? short : names;
}

/**
 * How many characters all names begin with; in words of letters only whole words are cut away.
 * @param {string[]} names
 */
function commonStart(names) {
  let count = 0;
  while (names.every((name) => count < name.length - 1 && name[count] === names[0][count])) count += 1;
  const letters = (/** @type {string | undefined} */ glyph) => glyph !== undefined && /[\p{Script=Latin}0-9]/u.test(glyph);
  while (count > 0 && names.some((name) => letters(name[count]) && letters(name[count - 1])) && !BREAK.test(names[0][count - 1])) count -= 1;
  return count;
}

/** @param {string} name */
function reversed(name) {
  return [...name].reverse().join("");
}
