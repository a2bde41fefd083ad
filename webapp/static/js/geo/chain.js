/** Pieces of a street joined end to end, so that its name is written along the whole of it. */

/** @typedef {import("./local.js").XY} XY */

/**
 * Join lines that share an end into longer ones. Where more than two meet, two go on and the others begin anew.
 * @param {XY[][]} pieces
 * @returns {XY[][]}
 */
export function chain(pieces) {
  const rest = pieces.filter((piece) => piece.length > 1).map((piece) => [...piece]);
  /** @type {XY[][]} */
  const chains = [];
  while (rest.length > 0) {
    let line = /** @type {XY[]} */ (rest.shift());
    for (let at = next(line, rest); at >= 0; at = next(line, rest)) line = joined(line, rest.splice(at, 1)[0]);
    chains.push(line);
  }
  return chains;
}

/**
 * @param {XY[]} line
 * @param {XY[][]} rest
 */
function next(line, rest) {
  if (same(line[0], line[line.length - 1])) return -1;
  return rest.findIndex((piece) => ends(piece).some((end) => ends(line).some((mine) => same(mine, end))));
}

/**
 * @param {XY[]} line
 * @param {XY[]} piece  shares an end with it
 */
function joined(line, piece) {
  const [first, last] = ends(line);
  const [from, to] = ends(piece);
  if (same(last, from)) return [...line, ...piece.slice(1)];
  if (same(last, to)) return [...line, ...[...piece].reverse().slice(1)];
  if (same(first, to)) return [...piece, ...line.slice(1)];
  return [...[...piece].reverse(), ...line.slice(1)];
}

/** @param {XY[]} line */
function ends(line) {
  return [line[0], line[line.length - 1]];
}

/**
 * @param {XY} a
 * @param {XY} b
 */
function same(a, b) {
  return Math.abs(a[0] - b[0]) < 0.05 && Math.abs(a[1] - b[1]) < 0.05;
}
