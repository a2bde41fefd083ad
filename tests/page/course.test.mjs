// A walk's line cut into the steps it is told in, and the gates it passes.
import assert from "node:assert/strict";
import { test } from "node:test";
import { cut, gatesPassed, spans, stepOf } from "../../webapp/static/js/geo/course.js";
import { Local } from "../../webapp/static/js/geo/local.js";

// Home at 0,0; the gate 30 m east; 100 m along one street, 50 m along another; the door 10 m off.
const LINE = [[0, 0], [30, 0], [130, 0], [130, 50], [140, 50]];
const step = (turn, metres) => ({ turn, metres });

test("each step begins where the one before ends, and all of them are the walk", () => {
  const parts = spans(LINE, [step("start", 30), step("go", 100), step("left", 50), step("end", 10)]);
  assert.deepEqual(parts, [[0, 30], [30, 130], [130, 180], [180, 190]]);
  assert.deepEqual(cut(LINE, parts[2]), [[130, 0], [130, 50]]);
});

test("a leg told longer than it is drawn takes nothing from the streets", () => {
  const parts = spans(LINE, [step("start", 36), step("go", 100), step("left", 50), step("end", 12)]);
  parts.flat().forEach((at, i) => assert.ok(Math.abs(at - [0, 30, 30, 130, 130, 180, 180, 190][i]) < 1e-9));
});

test("a walk without a leg fills its line, and one without steps has none", () => {
  assert.ok(Math.abs(spans([[0, 0], [100, 0]], [step("go", 99.9)])[0][1] - 100) < 1e-9);
  assert.deepEqual(spans(LINE, []), []);
  assert.deepEqual(spans([[0, 0], [0, 0]], [step("end", 0)]), [[0, 0]]);
});

const local = new Local(121.4, 31.27);
const at = (xy) => local.lonLat(xy);
const square = (id, x1, y1, x2, y2) => ({
  type: "Feature", id, properties: {}, geometry: { type: "Polygon", coordinates: [[[x1, y1], [x2, y1], [x2, y2], [x1, y2], [x1, y1]].map(at)] },
});
const gate = (id, compound_id, xy) => ({ type: "Feature", id, properties: { compound_id }, geometry: { type: "Point", coordinates: at(xy) } });
const collection = (...features) => ({ type: "FeatureCollection", features });

test("a walk goes out by the gate of its own compound and in by that of the other", () => {
  const base = {
    compounds: collection(square("a", -20, -20, 30, 20), square("b", 135, 40, 160, 60)),
    gates: collection(gate("a1", "a", [30, 0]), gate("a2", "a", [-20, 0]), gate("x", "c", [130, 0]), gate("b1", "b", [135, 50])),
  };
  const line = [...LINE.slice(0, 4), [135, 50], [150, 50]];
  const passed = gatesPassed(line, base, local);
  assert.deepEqual(passed.map(({ gate, way, at }) => [gate.id, way, Math.round(at)]), [["a1", "out", 30], ["b1", "in", 185]]);
});

test("a walk that starts and ends on open ground passes no gate, though gates stand beside it", () => {
  assert.deepEqual(gatesPassed(LINE, { compounds: collection(), gates: collection(gate("x", "c", [130, 0])) }, local), []);
});

test("a gate is told with the leg that reaches it", () => {
  const steps = [step("start", 30), step("go", 100), step("left", 50), step("end", 10)];
  assert.equal(stepOf(steps, spans(LINE, steps), 30), 0);
  assert.equal(stepOf(steps, spans(LINE, steps), 180), 3);
  assert.equal(stepOf(steps, spans(LINE, steps), 90), 1);
  const inner = [step("start", 10), step("go", 15), step("gate", 5), step("go", 100), step("left", 50), step("end", 10)];
  assert.equal(stepOf(inner, spans(LINE, inner), 29), 2);
});
