/** A walk's answer as what is drawn and told of it: its steps as places, the gates it passes. */
import { cut, gatesPassed, spans, stepOf } from "./course.js";
import { lines } from "./shapes.js";

/** @typedef {Map<number, {gate: Api.Feature, way: "out" | "in"}[]>} GatesByStep  from 0 */

/**
 * @param {Api.Walk | null} walk
 * @param {Api.Base} base  its gates and compounds
 * @param {import("./local.js").Local} local
 */
export function wayOf(walk, base, local) {
  /** @type {GatesByStep} */
  const gates = new Map();
  const turns = walk?.answer.tables.turns ?? [];
  const line = lines(walk?.features.walk.features[0]?.geometry ?? null, local)[0] ?? [];
  const told = turns.map(({ turn, metres }) => ({ turn: String(turn), metres: Number(metres) }));
  const parts = line.length > 1 ? spans(line, told) : [];
  const passed = line.length > 1 ? gatesPassed(line, base, local) : [];
  for (const { gate, at, way } of passed) {
    const step = stepOf(told, parts, at);
    gates.set(step, [...(gates.get(step) ?? []), { gate, way }]);
  }
  const stretches = parts.map((span) => cut(line, span).map((xy) => local.lonLat(xy)));
  return { stretches, passed: passed.map(({ gate }) => gate), turns, gates };
}
