// The pages of lines: a story told stop by stop, a loop run either way round, the datum that some phones speak.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fromGcj02, toGcj02 } from "../../webapp/static/js/geo/gcj02.js";
import { ahead, compass, Course, onward } from "../../webapp/static/js/public/lap.js";
import { named, progress } from "../../webapp/static/js/public/story.js";

const STOPS = [["ws-01", 0], ["站 2", 400], ["100%", 1000]].map(([id, chainage_m], nth) => ({ id, order: nth + 1, at: [121.4, 31.27], kind: "history", chainage_m }));
const LAP = 2500;

test("an address names its stop as the browser writes it, and none where somebody typed nonsense", () => {
  for (const [nth, { id }] of STOPS.entries()) assert.equal(named(STOPS, `#${encodeURIComponent(id)}`), nth);
  assert.equal(named(STOPS, "#100%"), 2); // no escape, yet no error
  assert.equal(named(STOPS, ""), -1);
  assert.equal(named(STOPS, "#ws-9"), -1);
});

test("progress is the share of the way, and knows its neighbours at both ends", () => {
  assert.deepEqual(progress(STOPS, 1, 1000), { share: 0.4, previous: STOPS[0], next: STOPS[2] });
  assert.equal(progress(STOPS, 0, 1000).previous, null);
  assert.equal(progress(STOPS, 2, 1000).next, null);
  assert.equal(progress(STOPS, 2, 900).share, 1); // the line is drawn a little shorter than its last stop
});

test("running on over the start, the way goes round; against the drawing it is the rest of the lap", () => {
  assert.equal(onward(2400, 100, LAP), 200);
  assert.equal(onward(2400, 100, LAP, -1), 2300);
  assert.equal(onward(700, 700, LAP), 0);
  for (const [from, to] of [[1, 2400], [1200, 1300], [2499, 0]]) assert.equal(onward(from, to, LAP) + onward(from, to, LAP, -1), LAP);
});

test("the next thing ahead is another one for who runs the other way", () => {
  const things = [{ chainage_m: 200 }, { chainage_m: 1500 }];
  assert.deepEqual(ahead(things, 1600, LAP), { thing: things[0], metres: 1100 });
  assert.deepEqual(ahead(things, 1600, LAP, -1), { thing: things[1], metres: 100 });
  assert.equal(ahead([], 0, LAP), null);
});

test("who runs against the drawing is known after thirty metres, also over the start; who wavers has not turned", () => {
  const ways = (places) => places.map(((course) => (at) => course.follow(at, LAP))(new Course()));
  assert.deepEqual(ways([100, 112, 95, 110, 160]), [1, 1, 1, 1, 1]);
  assert.deepEqual(ways([20, 5, 2480, 2440, 2400]), [1, 1, -1, -1, -1]);
  assert.deepEqual(ways([20, 2480, 2440, 2445, 2490, 30]), [1, -1, -1, -1, 1, 1]);
});

test("the compass names eight ways, y going down", () => {
  const around = [[0, -1], [1, -1], [1, 0], [1, 1], [0, 1], [-1, 1], [-1, 0], [-1, -1]];
  assert.deepEqual(around.map((to) => compass([0, 0], to)), [0, 1, 2, 3, 4, 5, 6, 7]);
});

test("there and back between WGS84 and GCJ-02 is where one was; outside China nothing moves", () => {
  for (const place of [[121.4, 31.27], [75.99, 39.47], [126.6, 45.8], [110.3, 20.0]]) {
    const back = fromGcj02(toGcj02(place));
    for (const axis of [0, 1]) assert.ok(Math.abs(back[axis] - place[axis]) < 1e-9, `${place}`);
  }
  assert.deepEqual(fromGcj02([139.69, 35.69]), [139.69, 35.69]);
});

const ORACLE = join(process.env.WANLI_FACTS ?? new URL("../../../shared/facts", import.meta.url).pathname, "gcj02-oracle.csv");

test("GCJ-02 is as an independent table has it", { skip: !existsSync(ORACLE) && "no gcj02-oracle.csv: name its folder in WANLI_FACTS" }, () => {
  const rows = readFileSync(ORACLE, "utf-8").trim().split("\n").slice(1).map((line) => line.split(",").map(Number));
  assert.ok(rows.length > 0);
  for (const [lon, lat, shiftedLon, shiftedLat] of rows) {
    const [[x, y], [wgsLon, wgsLat]] = [toGcj02([lon, lat]), fromGcj02([shiftedLon, shiftedLat])];
    for (const off of [x - shiftedLon, y - shiftedLat, wgsLon - lon, wgsLat - lat]) assert.ok(Math.abs(off) < 2e-7, `${lon} ${lat}: ${off}`);
  }
});
