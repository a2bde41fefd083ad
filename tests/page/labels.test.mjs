// Where names stand.
import assert from "node:assert/strict";
import { test } from "node:test";
import { along } from "../../webapp/static/js/labels/along.js";
import { meet, Places } from "../../webapp/static/js/labels/place.js";
import { wrap } from "../../webapp/static/js/labels/wrap.js";

const THREE = [12, 12, 12];
const near = (a, b, within = 1e-6) => assert.ok(Math.abs(a - b) <= within, `${a} is not ${b}`);

test("on a level line the glyphs stand in order, upright, in the middle", () => {
  const [glyphs] = along(
    [
      [0, 10],
      [100, 10],
    ],
    THREE,
    { stacked: true },
  );
  assert.deepEqual(
    glyphs.map(({ x }) => x),
    [38, 50, 62],
  );
  for (const { y, turn } of glyphs) assert.deepEqual([y, turn], [10, 0]);
});

test("a line drawn from right to left is read from left to right", () => {
  const [glyphs] = along(
    [
      [100, 10],
      [0, 10],
    ],
    THREE,
    { stacked: true },
  );
  assert.ok(glyphs[0].x < glyphs[2].x);
  near(glyphs[0].turn, 0);
});

test("Chinese on a steep line stands upright, one glyph below the other, whichever way the line was drawn", () => {
  for (const line of [
    [
      [5, 0],
      [5, 100],
    ],
    [
      [5, 100],
      [5, 0],
    ],
  ]) {
    const [glyphs] = along(line, THREE, { stacked: true });
    assert.ok(glyphs[0].y < glyphs[1].y && glyphs[1].y < glyphs[2].y);
    for (const { turn } of glyphs) near(turn, 0);
  }
});

test("other scripts on a steep line are read from below upwards", () => {
  const [glyphs] = along(
    [
      [5, 0],
      [5, 100],
    ],
    THREE,
    { stacked: false },
  );
  assert.ok(glyphs[0].y > glyphs[2].y);
  near(glyphs[0].turn, -Math.PI / 2);
});

test("a line too short, or bent too sharply, carries no name", () => {
  assert.deepEqual(
    along(
      [
        [0, 0],
        [30, 0],
      ],
      THREE,
      { stacked: true },
    ),
    [],
  );
  assert.deepEqual(
    along(
      [
        [0, 0],
        [21, 0],
        [21, 21],
        [0, 21],
      ].map(([x, y]) => [x, y]),
      THREE,
      { stacked: true },
    ),
    [],
  );
  assert.deepEqual(along([], THREE, { stacked: true }), []);
  assert.deepEqual(
    along(
      [
        [0, 0],
        [100, 0],
      ],
      [],
      { stacked: true },
    ),
    [],
  );
});

test("a name leaves the bend for the straight part of its line", () => {
  const [glyphs] = along(
    [
      [0, 0],
      [30, 0],
      [30, 30],
      [130, 30],
    ],
    THREE,
    { stacked: true },
  );
  for (const { y } of glyphs) assert.equal(y, 30);
});

test("a long line carries its name once a stretch", () => {
  assert.equal(
    along(
      [
        [0, 0],
        [1300, 0],
      ],
      THREE,
      { stacked: true, every: 420 },
    ).length,
    3,
  );
});

test("the first label keeps its place, whatever overlaps it is left out whole", () => {
  const places = new Places();
  assert.ok(places.take([[0, 0, 50, 10]]));
  assert.ok(
    !places.take([
      [200, 0, 250, 10],
      [40, 5, 90, 15],
    ]),
  );
  assert.ok(places.take([[200, 0, 250, 10]]), "nothing of a refused label is taken");
  assert.ok(places.take([[50, 0, 80, 10]]), "touching is not overlapping");
  places.block([[300, 0, 310, 10]]);
  assert.ok(!places.take([[305, 5, 320, 8]]));
  assert.ok(meet([0, 0, 2, 2], [1, 1, 3, 3]));
});

test("labels far apart and across cells are both kept", () => {
  const places = new Places();
  assert.ok(places.take([[-500, -500, -400, -490]]));
  assert.ok(places.take([[0, 0, 1000, 10]]));
  assert.ok(!places.take([[900, 5, 910, 8]]));
});

test("a name is broken into two even lines, no single character left alone, no number cut", () => {
  const width = (text) => text.length * 10;
  assert.deepEqual(wrap("万里公园", 60, width), ["万里公园"]);
  assert.deepEqual(wrap("大华颐和华城", 45, width), ["大华颐", "和华城"]);
  assert.deepEqual(wrap("交暨路65弄小区", 60, width), ["交暨路65", "弄小区"]);
  assert.deepEqual(wrap("Residential group A2", 120, width), ["Residential", "group A2"]);
  assert.equal(wrap("大华颐和华城二期", 25, width), null);
  assert.equal(wrap("Kaisaniemi", 50, width), null);
});
