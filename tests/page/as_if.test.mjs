// Gates as if open or shut: what is assumed, what may be asked next, and how the base map's gates then are.
import assert from "node:assert/strict";
import { test } from "node:test";
import { gateState, shutAt } from "../../webapp/static/js/hours/shut.js";
import { AS_IT_IS, assume, assumed, baseAsIf, offered } from "../../webapp/static/js/state/as_if.js";
import { FIRST, read, write } from "../../webapp/static/js/state/url.js";
import { whenOf } from "../../webapp/static/js/state/when.js";

const gate = (id, properties) => ({ type: "Feature", id, properties, geometry: { type: "Point", coordinates: [0, 0] } });
const MAIN = gate("g1", { open_hours: "24/7", residents_only: false });
const SIDE = gate("g2", { open_hours: "Mo-Su 07:00-09:00", residents_only: true });
const BASE = { gates: { type: "FeatureCollection", features: [MAIN, SIDE] } };
const AT_TEN = whenOf("Tu-10:00");

test("a gate is assumed one thing at a time, and back", () => {
  const open = assume(AS_IT_IS, "g2", "open");
  assert.deepEqual(open, { open: ["g2"], close: [] });
  assert.deepEqual(assume(open, "g1", "open").open, ["g1", "g2"]);
  assert.deepEqual(assume(open, "g2", "close"), { open: [], close: ["g2"] });
  assert.deepEqual(assume(open, "g2", null), AS_IT_IS);
  assert.equal(assumed(open), true);
  assert.equal(assumed(AS_IT_IS), false);
});

test("what is assumed stands in the address and comes back with it", () => {
  const state = { ...FIRST, open: ["gt-04-2", "gt-43-2"], close: ["gt-01-2"], unit: "cp-43" };
  assert.equal(write(state), "?open=gt-04-2,gt-43-2&close=gt-01-2&unit=cp-43");
  assert.deepEqual(read(write(state)), state);
});

test("an address with faults assumes what can be read", () => {
  assert.deepEqual(read("?open=g2,,g1,g2&close=g1,g3"), { ...FIRST, open: ["g1", "g2"], close: ["g3"] });
  assert.deepEqual(read(`?open=${"g".repeat(201)}&close=%00`), FIRST);
});

test("the base map's gates are as assumed, and know how they are today", () => {
  const ground = baseAsIf(BASE, { open: ["g2"], close: ["g1"] });
  const [main, side] = ground.gates.features.map(({ properties }) => properties);
  assert.equal(gateState(side, AT_TEN), "open");
  assert.equal(gateState(main, AT_TEN), "closed");
  assert.deepEqual(side.as_if, { what: "open", today: SIDE.properties });
  assert.deepEqual(shutAt(ground, AT_TEN), { gates: 1, of: 2, streets: 0 });
  assert.equal(SIDE.properties.as_if, undefined);
  assert.equal(baseAsIf(BASE, AS_IT_IS), BASE);
});

test("what is so already is not offered, nor to shut the last gate of a compound", () => {
  assert.deepEqual(offered(MAIN, false, [MAIN, SIDE]), ["close"]);
  assert.deepEqual(offered(SIDE, true, [MAIN, SIDE]), ["open"]);
  assert.deepEqual(offered(SIDE, false, [MAIN, SIDE]), ["open", "close"]);
  assert.deepEqual(offered(MAIN, false, [MAIN]), []);
  const [main, side] = baseAsIf(BASE, { open: [], close: ["g1"] }).gates.features;
  assert.deepEqual(offered(main, true, [main, side]), [null]);
  assert.deepEqual(offered(side, false, [main, side]), ["open"]);
});
