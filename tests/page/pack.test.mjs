import assert from "node:assert/strict";
import { test } from "node:test";
import { Barrier } from "../../webapp/static/js/walk/barrier.js";
import { isInside, lengthInside } from "../../webapp/static/js/walk/flat.js";
import { Heap } from "../../webapp/static/js/walk/heap.js";
import { unpack } from "../../webapp/static/js/walk/pack.js";
import { nowIs, read, write } from "../../webapp/static/js/public/home_state.js";

/** A pack by hand: the header, then bytes. */
function packOf(header, bytes) {
  const head = new TextEncoder().encode(JSON.stringify(header));
  const whole = new Uint8Array(8 + head.length + bytes.length);
  whole.set([0x57, 0x4c, 0x50, 0x31]);
  new DataView(whole.buffer).setUint32(4, head.length, true);
  whole.set(head, 8);
  whole.set(bytes, 8 + head.length);
  return whole.buffer;
}

test("numbers are zigzag and seven bits a byte, lowest first", () => {
  const { arrays } = unpack(packOf({ arrays: [["a", 5]], steps: {} }, [0, 1, 2, 0x80, 0x01, 0xff, 0x01]));
  assert.deepEqual([...arrays.a], [0, -1, 1, 64, -128]);
});

test("differences are added up to the number so many before", () => {
  const { arrays } = unpack(packOf({ arrays: [["xy", 4]], steps: { xy: 2 } }, [20, 40, 2, 1]));
  assert.deepEqual([...arrays.xy], [10, 20, 11, 19]);
});

test("what is no pack is refused", () => assert.throws(() => unpack(new Uint8Array(20).buffer), /no pack/));

test("the heap gives the least first", () => {
  const heap = new Heap();
  const keys = Array.from({ length: 500 }, (_, i) => (i * 7919) % 503);
  keys.forEach((key, item) => heap.push(key, item));
  const out = keys.map(() => heap.pop()[0]);
  assert.deepEqual(out, [...keys].sort((a, b) => a - b));
  assert.equal(heap.size, 0);
});

const SQUARE = [[[0, 0], [10, 0], [10, 10], [0, 10], [0, 0]]];

test("of a line across a square of ten metres ten lie inside", () => {
  assert.equal(lengthInside([-5, 5], [15, 5], SQUARE), 10);
  assert.equal(isInside([5, 5], SQUARE), true);
  assert.equal(isInside([5, 11], SQUARE), false);
});

test("a wall begins half a metre in: a line along it is free, one that cuts the corner deeper is not", () => {
  const wall = new Barrier({ area: true, rings: SQUARE, deep: 0.5 });
  assert.equal(wall.meets([-5, 0.3], [15, 0.3]), false);
  assert.equal(wall.meets([-5, 0.7], [15, 0.7]), true);
  assert.equal(wall.holds([0.2, 5]), false);
  assert.equal(wall.holds([5, 5]), true);
});

test("a river is crossed where the line meets it, however thin it is drawn", () => {
  const river = new Barrier({ area: false, rings: [[[0, -5], [0, 5]]] });
  assert.equal(river.meets([-1, 0], [1, 0]), true);
  assert.equal(river.meets([-1, 6], [1, 6]), false);
  assert.equal(river.holds([0, 0]), false);
});

test("what is asked stands in the address, there and back; a bad address opens at the beginning", () => {
  const state = { at: [121.401, 31.271], who: "elder", when: "Tu-22:30", open: true, level: true, kind: "CANTEEN", to: "fa-1" };
  assert.deepEqual(read(write(state)), state);
  assert.deepEqual(read("?at=1,2,3&who=king&when=noon&kind=%3Cb%3E"), read(""));
});

test("a clock is read as the day and minute of the hours", () => assert.equal(nowIs(new Date(2026, 10, 24, 9, 5)), "Tu-09:05"));
