// The drawing's geometry on shapes that can be counted by heart.
import assert from "node:assert/strict";
import { test } from "node:test";
import { chain } from "../../webapp/static/js/geo/chain.js";
import { chainageOf, part, placeAt, runs } from "../../webapp/static/js/geo/line.js";
import { Local } from "../../webapp/static/js/geo/local.js";
import { seat } from "../../webapp/static/js/geo/seat.js";
import { area, box, inside, length, lines, points, polygons } from "../../webapp/static/js/geo/shapes.js";
import { spread } from "../../webapp/static/js/geo/spread.js";
import { gapClass, gapColor, look } from "../../webapp/static/js/map/look.js";
import { picker } from "../../webapp/static/js/map/pick.js";

const here = new Local(121.4, 31.27);
const near = (a, b, within) => assert.ok(Math.abs(a - b) <= within, `${a} is not ${b} ± ${within}`);
const SQUARE = [
  [0, 0],
  [100, 0],
  [100, 100],
  [0, 100],
  [0, 0],
];
const HOLE = [
  [40, 40],
  [60, 40],
  [60, 60],
  [40, 60],
  [40, 40],
];

test("a place comes back from the sheet where it was", () => {
  for (const [lon, lat] of [
    [121.4, 31.27],
    [121.3874, 31.2813],
    [121.45, 31.2],
  ]) {
    const [back, up] = here.lonLat(here.xy([lon, lat]));
    near(back, lon, 1e-9);
    near(up, lat, 1e-9);
  }
});

test("a metre on the sheet is a metre on the ground, east and south positive", () => {
  const [x, y] = here.xy([121.4 + 0.01, 31.27 - 0.01]);
  near(x, 951.4, 1);
  near(y, 1113.2, 1);
  near(here.pixelsPerMetre(15), 0.2449, 0.0005);
});

test("geometries are taken apart, others are empty", () => {
  const degrees = (ring) => ring.map((xy) => here.lonLat(xy));
  assert.equal(polygons({ type: "MultiPolygon", coordinates: [[degrees(SQUARE)], [degrees(HOLE)]] }, here).length, 2);
  assert.equal(lines({ type: "MultiLineString", coordinates: [degrees(SQUARE), degrees(HOLE)] }, here).length, 2);
  assert.equal(points({ type: "Point", coordinates: [121.4, 31.27] }, here).length, 1);
  assert.deepEqual([polygons(null, here), lines(null, here), points(null, here)], [[], [], []]);
});

test("holes turn against their outer ring however they were written", () => {
  const degrees = (ring) => ring.map((xy) => here.lonLat(xy));
  for (const hole of [HOLE, [...HOLE].reverse()]) {
    const [[outer, inner]] = polygons({ type: "Polygon", coordinates: [degrees(SQUARE), degrees(hole)] }, here);
    assert.ok(area(outer) > 0 && area(inner) < 0);
  }
});

test("inside is inside, a hole is not", () => {
  assert.ok(inside([20, 20], [SQUARE, HOLE]));
  assert.ok(!inside([50, 50], [SQUARE, HOLE]));
  assert.ok(!inside([150, 50], [SQUARE, HOLE]));
  assert.deepEqual(box(HOLE), [40, 40, 60, 60]);
  assert.equal(length(SQUARE), 400);
});

test("a name sits in the wide part of an L, not in its knee", () => {
  const place = seat([
    [
      [0, 0],
      [20, 0],
      [20, 80],
      [200, 80],
      [200, 140],
      [0, 140],
      [0, 0],
    ],
  ]);
  assert.ok(place.at[1] > 80, `sits at ${place.at}`);
  assert.ok(place.width > 150);
  assert.equal(
    seat([
      [
        [0, 0],
        [10, 0],
        [0, 0],
      ],
    ]),
    null,
  );
});

test("pieces of a street are joined whichever way they were drawn", () => {
  assert.deepEqual(
    chain([
      [
        [0, 0],
        [1, 0],
      ],
      [
        [2, 0],
        [1, 0],
      ],
      [
        [2, 0],
        [3, 0],
      ],
    ]),
    [
      [
        [0, 0],
        [1, 0],
        [2, 0],
        [3, 0],
      ],
    ],
  );
  assert.equal(
    chain([
      [
        [0, 0],
        [1, 0],
      ],
      [
        [5, 0],
        [6, 0],
      ],
    ]).length,
    2,
  );
  assert.equal(
    chain([
      [
        [0, 0],
        [1, 0],
        [1, 1],
        [0, 0],
      ],
      [
        [0, 0],
        [-1, 0],
      ],
    ]).length,
    2,
    "a ring is whole already",
  );
});

test("chainage finds a place along a line and back", () => {
  const line = [
    [0, 0],
    [100, 0],
    [100, 50],
  ];
  assert.equal(chainageOf(line, [30, 7]), 30);
  assert.equal(chainageOf(line, [130, 20]), 120);
  assert.deepEqual(placeAt(line, 120), [100, 20]);
  assert.deepEqual(placeAt(line, 999), [100, 50]);
  assert.deepEqual(part(line, 90, 120), [
    [90, 0],
    [100, 0],
    [100, 20],
  ]);
});

test("neighbouring dark lamps are one dark stretch", () => {
  assert.deepEqual(runs([300, 100, 140, 180], 70), [
    [100, 180],
    [300, 300],
  ]);
  assert.deepEqual(runs([], 70), []);
});

test("the smallest unit around a place is picked", () => {
  const unit = (id, x, size) => ({
    type: "Feature",
    id,
    properties: {},
    geometry: {
      type: "Polygon",
      coordinates: [
        [
          [x, 0],
          [x + size, 0],
          [x + size, size],
          [x, size],
          [x, 0],
        ].map((xy) => here.lonLat(xy)),
      ],
    },
  });
  const pick = picker([unit("big", 0, 100), unit("small", 10, 20)], here);
  const at = (xy) => pick(here.lonLat(xy))?.id ?? null;
  assert.deepEqual([at([15, 5]), at([80, 80]), at([300, 5])], ["small", "big", null]);
});

test("the ramp is read from its lower end; beyond measure is the last class", () => {
  const classes = [
    { color: "a", from_m: 0, to_m: 100 },
    { color: "b", from_m: 100, to_m: 400 },
    { color: "c", from_m: 400, to_m: null },
  ];
  assert.deepEqual(
    [1, 100, 100.1, 400, 5000, null, undefined].map((beyond) => gapClass(classes, beyond)),
    [0, 0, 1, 1, 2, 2, 2],
  );
  assert.equal(gapColor(classes, 1, false), "b");
  assert.notEqual(gapColor(classes, 1, true), "b");
});

test("day and night have the same colours to give", () => {
  assert.deepEqual(Object.keys(look(true)).sort(), Object.keys(look(false)).sort());
});

test("signs that lie over one another step aside, who stands alone stays", () => {
  const moved = spread(
    [
      [0, 0],
      [0, 0],
      [4, 0],
      [100, 0],
    ],
    26,
  );
  assert.deepEqual(moved[3], [100, 0]);
  for (const [i, a] of moved.entries())
    for (const b of moved.slice(0, i)) assert.ok(Math.hypot(a[0] - b[0], a[1] - b[1]) > 25.9);
});
