/** A walk's drawn line cut into the steps that it is told in, and the gates it passes. */
import { chainageOf, part } from "./line.js";
import { inside, length, polygons } from "./shapes.js";

/** @typedef {import("./local.js").XY} XY */
/** @typedef {import("./local.js").Local} Local */
/** @typedef {{turn: string, metres: number}} Step */
/** @typedef {{gate: Api.Feature, at: number, way: "out" | "in"}} Passed  `at`: how far from the start, in metres of the drawn line */

const LEGS = ["start", "gate", "end"]; // off the streets: drawn straight, but told as what one walks
const GATE_M = 20; // a step's beginning is reckoned from lengths told, which may be that far from where the line has it
const HERE_M = 0.5; // a gate passed is a corner of the walk; both are rounded to a tenth of a metre

/**
 * Where each step begins and ends along the line. On the streets a step is drawn as long as it is told; the legs off them share what is left.
 * @param {XY[]} line
 * @param {Step[]} steps
 * @returns {[number, number][]}
 */
export function spans(line, steps) {
  const sum = (/** @type {Step[]} */ some) => some.reduce((all, { metres }) => all + metres, 0);
  const legs = sum(steps.filter(({ turn }) => LEGS.includes(turn)));
  const whole = length(line);
  const streets = sum(steps) - legs;
  const squeezed = legs > 0 ? Math.max(0, whole - streets) / legs : 1;
  const stretched = legs > 0 && whole > streets ? 1 : whole / (streets || 1);
  let done = 0;
  return steps.map(({ turn, metres }) => {
    const from = done;
    done += metres * (LEGS.includes(turn) ? squeezed : stretched);
    return [from, done];
  });
}

/**
 * @param {XY[]} line
 * @param {[number, number]} span
 */
export function cut(line, [from, to]) {
  return part(line, from, to);
}

/**
 * The gates that a walk goes out and in by: where it turns at a gate of the compound it starts or ends in.
 * @param {XY[]} line
 * @param {Api.Base} base
 * @param {Local} local
 * @returns {Passed[]} in walking order; none for an end that lies in no compound
 */
export function gatesPassed(line, base, local) {
  const out = atGate(line, line[0], base, local);
  const back = atGate([...line].reverse(), line[line.length - 1], base, local);
  /** @type {Passed[]} */
  const passed = out ? [{ ...out, way: "out" }] : [];
  if (back && back.gate !== out?.gate) passed.push({ gate: back.gate, at: length(line) - back.at, way: "in" });
  return passed;
}

/**
 * @param {XY[]} line  away from the end
 * @param {XY} end
 * @param {Api.Base} base
 * @param {Local} local
 * @returns {Omit<Passed, "way"> | null}
 */
function atGate(line, end, base, local) {
  const home = (base.compounds?.features ?? []).find(({ geometry }) => polygons(geometry, local).some((rings) => inside(end, rings)));
  if (!home) return null;
  const own = (base.gates?.features ?? []).filter(({ properties }) => properties?.compound_id === home.id);
  for (const [x, y] of line) {
    const gate = own.find(({ geometry }) => geometry.type === "Point" && away(local.xy(geometry.coordinates), [x, y]) < HERE_M);
    if (gate) return { gate, at: chainageOf(line, [x, y]) };
  }
  return null;
}

/**
 * @param {XY} one
 * @param {XY} other
 */
function away([x1, y1], [x2, y2]) {
  return Math.hypot(x2 - x1, y2 - y1);
}

/**
 * Which step tells of a gate: the one that goes through a gate there, else the leg off the streets that reaches it, else the one it lies on.
 * @param {Step[]} steps
 * @param {[number, number][]} spans
 * @param {number} at
 */
export function stepOf(steps, spans, at) {
  const through = steps.map(({ turn }, i) => (turn === "gate" ? Math.abs(spans[i][0] - at) : Infinity));
  const nearest = through.indexOf(Math.min(...through));
  if (nearest >= 0 && through[nearest] < GATE_M) return nearest;
  const touching = spans.flatMap(([from, to], i) => (at >= from - 2 && at <= to + 2 ? [i] : []));
  return touching.find((i) => LEGS.includes(steps[i].turn)) ?? touching[0] ?? 0;
}
