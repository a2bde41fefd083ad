/** A walk as a line on the ground, from the place to the door; and its parts by street, to be told. */

/** @typedef {import("./flat.js").XY} XY */
/** @typedef {import("./graph.js").Tree} Tree */
/** @typedef {import("./graph.js").Row} Row */
/** @typedef {import("./walks.js").Start} Start */
/** @typedef {import("./walks.js").Found} Found */
/** @typedef {{edge: number, from: number, to: number}} Part  of an edge, metres along it, in walking order */

/**
 * @param {Start} start
 * @param {Found} found
 * @returns {{line: XY[], parts: Part[]}} `parts` of the public streets walked
 */
export function courseOf(start, { door, way }) {
  const { prepared, at, compound, tree } = start;
  const { walkable, hour } = prepared;
  const goal = walkable.doors[door].at;
  if (way) return { line: [at, ...inside(way), goal], parts: [] };
  const goals = prepared.rowsOf(door);
  const best = tree.to(goals);
  if (!best) return { line: [], parts: [] };
  const parts = trace(tree, best, goals);
  const out = toExit(hour, at, compound, tree.rows[best.row].exit);
  const back = toExit(hour, goal, prepared.deepIn[door], goals[best.goal].exit).reverse();
  return { line: [...out, ...drawn(tree, parts), ...back], parts };
}

/**
 * From a place to the exit of its compound that it uses.
 * @param {import("./hour.js").Hour} hour
 * @param {XY} p
 * @param {number} compound
 * @param {number | undefined} exit
 * @returns {XY[]}
 */
function toExit(hour, p, compound, exit) {
  if (exit === undefined) return [p];
  const gate = hour.exits[exit].at;
  return [p, ...inside(hour.inside.ways(p, compound, [gate])[0]), gate];
}

/**
 * The line of a way inside a compound, without its ends.
 * @param {import("./inside.js").Way} way
 */
function inside({ path }) {
  return path ? drawn(path.tree, trace(path.tree, path.best, path.goals)) : [];
}

/**
 * The edges walked, in order.
 * @param {Tree} tree
 * @param {NonNullable<ReturnType<Tree["to"]>>} best
 * @param {Row[]} goals
 * @returns {Part[]}
 */
export function trace(tree, best, goals) {
  const { tail, head, length } = tree.graph.network;
  const [first, last] = [tree.rows[best.row], goals[best.goal]];
  if (best.side === "along") return [{ edge: last.edge, from: first.offset, to: last.offset }];
  const from = best.side === "tail" ? 0 : length[last.edge];
  /** @type {Part[]} */
  const parts = [{ edge: last.edge, from, to: last.offset }];
  let corner = best.side === "tail" ? tail[last.edge] : head[last.edge];
  for (let edge = tree.by[corner]; edge >= 0; edge = tree.by[corner]) {
    const forward = head[edge] === corner;
    parts.push(forward ? { edge, from: 0, to: length[edge] } : { edge, from: length[edge], to: 0 });
    corner = forward ? tail[edge] : head[edge];
  }
  parts.push({ edge: first.edge, from: first.offset, to: corner === tail[first.edge] && !(isLoop(tree, first.edge) && 2 * first.offset > length[first.edge]) ? 0 : length[first.edge] });
  return parts.reverse().filter(({ from: a, to: b }) => a !== b);
}

/**
 * @param {Tree} tree
 * @param {number} edge
 */
function isLoop({ graph: { network } }, edge) {
  return network.tail[edge] === network.head[edge];
}

/**
 * @param {Tree} tree
 * @param {Part[]} parts
 * @returns {XY[]}
 */
function drawn({ graph: { network } }, parts) {
  return parts.flatMap(({ edge, from, to }) => network.stretch(edge, from, to));
}

/**
 * The streets of a walk by name: how far one keeps to each; what has no name counts to the street before it.
 * @param {Start} start
 * @param {Part[]} parts
 * @returns {{name: [string, string | null] | null, metres: number}[]}
 */
export function streetsOf({ prepared: { walkable } }, parts) {
  /** @type {{name: [string, string | null] | null, metres: number}[]} */
  const told = [];
  for (const { edge, from, to } of parts) {
    const row = walkable.name[walkable.public.street[edge]];
    const name = row === 0 ? null : walkable.names[row - 1];
    const last = told[told.length - 1];
    if (last && (name === null || last.name === null || last.name[0] === name[0])) {
      last.metres += Math.abs(to - from);
      last.name = last.name ?? name;
    } else told.push({ name, metres: Math.abs(to - from) });
  }
  return told;
}
