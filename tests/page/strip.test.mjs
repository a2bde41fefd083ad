// The strip along a line: chainage there and back, lanes from rows counted by heart, what is read at a place.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Local } from "../../webapp/static/js/geo/local.js";
import { Track } from "../../webapp/static/js/geo/track.js";
import { axisOf, barAt, glyphOf, lanesOf } from "../../webapp/static/js/routes/lanes.js";
import { readout, rowAt } from "../../webapp/static/js/routes/readout.js";

const collection = (rows) => ({ type: "FeatureCollection", features: rows.map((properties) => ({ type: "Feature", id: properties.id, properties, geometry: { type: "Point", coordinates: [0, 0] } })) });
const FEATURES = {
  stretches: collection([
    { id: "s1", from_m: 0, to_m: 50, light: "high", lux: 12, width_m: 3, surface: "asphalt", step_free: true },
    { id: "s2", from_m: 50, to_m: 100, light: "dark", lux: 0.2, width_m: 1, surface: null, step_free: false },
    { id: "s3", from_m: 100, to_m: 130, light: null, width_m: null, surface: "paving", step_free: null },
  ]),
  crossings: collection([{ id: "c1", kind: "junction", street: "富平路", chainage_m: 60 }]),
  works: collection([{ id: "w1", from_m: 40, to_m: 70 }]),
};
const lanes = lanesOf("night_run", FEATURES);
const lane = (key) => lanes.find((one) => one.key === key);

test("a place along a bent track comes back at the chainage it was taken from, whatever the scale told", () => {
  const track = new Track([[[0, 0], [300, 0], [300, 400]]], 1400);
  assert.deepEqual(track.place(600), [300, 0]);
  assert.deepEqual(track.place(1000), [300, 200]);
  for (const at of [0, 1, 599, 600, 601, 1399, 1400]) assert.ok(Math.abs(track.nearest(track.place(at)).chainage - at) < 1e-6, at);
  assert.equal(track.nearest([310, 200]).away, 10);
});

test("beyond the ends the track stays at its ends", () => {
  const track = new Track([[[0, 0], [100, 0]]], 100);
  assert.deepEqual(track.place(-20), [0, 0]);
  assert.deepEqual(track.place(400), [100, 0]);
});

test("a track in two pieces counts on over the gap without counting the gap", () => {
  const track = new Track([[[0, 0], [100, 0]], [[500, 0], [600, 0]]], 200);
  assert.deepEqual(track.place(150), [550, 0]);
  assert.equal(track.nearest([550, 5]).chainage, 150);
  assert.deepEqual(track.between(50, 150), [[[50, 0], [100, 0]], [[500, 0], [550, 0]]]);
});

test("a route of no lines has no track", () => {
  assert.equal(Track.of([], new Local(121.4, 31.27)), null);
});

test("light is high by its lux, dark is full height and hatched, unknown is never lit", () => {
  assert.deepEqual(lane("light").bars.map(({ height, look }) => [height, look]), [[0.8, "light-high"], [1, "light-dark"], [1, "light-unknown"]]);
});

test("a narrow lane is loud, one of unknown width hatched", () => {
  assert.deepEqual(lane("width").bars.map(({ height, look }) => [height, look]), [[0.6, "plain"], [0.2, "short"], [1, "unknown"]]);
});

test("steps are loud and what is not on record is unknown, not step-free", () => {
  assert.deepEqual(lane("ground").bars.map(({ look, code }) => [look, code]), [["plain", "asphalt"], ["short", "steps"], ["unknown", "unknown"]]);
});

test("lanes that the answer says nothing of are left out", () => {
  assert.deepEqual(lanes.map(({ key }) => key), ["light", "width", "ground", "crossings", "works"]);
  assert.deepEqual(lanesOf("red_walkway", {}), []);
});

test("of a proposed loop the strip tells lamps, green, water and the roads crossed", () => {
  const along = collection([{ id: "a1", from_m: 0, to_m: 400, lit: 1, green: 0.5, water: 0 }, { id: "a2", from_m: 400, to_m: 600, lit: 0, green: 0, water: 1 }]);
  const features = { stretches: along, crossings: collection([{ id: "c1", kind: "road_crossed", chainage_m: 400 }]) };
  const loop = lanesOf("loops", features);
  assert.deepEqual(loop.map(({ key, bars, points }) => [key, ...bars.map(({ look }) => look), ...points.map(({ glyph }) => glyph)]), [
    ["light", "light-stated", "light-dark"], ["green", "green", "none"], ["water", "none", "water"], ["crossings", "◇"],
  ]);
  assert.equal(readout({ lanes: loop, features, lang: "zh" }, 500), "在 500 米处：没有灯的记录，旁有水");
});

test("a place has its mark in the reader's language", () => {
  assert.deepEqual(["toilet", "aed", "junction"].map((kind) => [glyphOf(kind, "zh"), glyphOf(kind, "en")]), [["厕", "WC"], ["心", "♥"], ["◇", "◇"]]);
});

test("the bar under a chainage is found, the last one also at the end", () => {
  assert.equal(barAt(lane("light"), 50).id, "s2");
  assert.equal(barAt(lane("light"), 130).id, "s3");
  assert.equal(rowAt(FEATURES.stretches, 130).id, "s3");
  assert.equal(rowAt(FEATURES.stretches, 200), null);
});

test("the axis says half kilometres, whole ones where the line is long", () => {
  assert.deepEqual(axisOf(2500).map(({ km }) => km), ["0", "0.5", "1", "1.5", "2", "2.5"]);
  assert.deepEqual(axisOf(7000).map(({ at }) => at).slice(0, 3), [0, 1000, 2000]);
});

test("what is read at a place is said in both languages", () => {
  const zh = readout({ lanes, features: FEATURES, lang: "zh" }, 60);
  assert.equal(zh, "在 60 米处：暗，路宽 1 米，路面未知，有台阶，施工，路口（富平路）");
  assert.equal(readout({ lanes, features: FEATURES, lang: "en" }, 10), "At 10 m: bright (class for much use) 12 lx, 3 m wide, asphalt");
  assert.equal(readout({ lanes, features: FEATURES, lang: "zh" }, 120), "在 120 米处：灯光未知，路宽未知，铺装");
});
