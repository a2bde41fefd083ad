// The state in the address: there and back, and what a mistyped address becomes.
import assert from "node:assert/strict";
import { test } from "node:test";
import { FIRST, read, write } from "../../webapp/static/js/state/url.js";
import { Store } from "../../webapp/static/js/state/store.js";
import { inMode, reachOf } from "../../webapp/static/js/state/within.js";

test("the first page has a bare address", () => {
  assert.equal(write(FIRST), "");
  assert.deepEqual(read(""), FIRST);
});

test("every part of the state survives the address", () => {
  const states = [
    { ...FIRST, theme: "night", lang: "en", night: false, item: "stop 3" },
    { ...FIRST, kind: "MARKET", within: "10min", people: "60+", profile: "elder", unit: "cp-01" },
    { ...FIRST, at: [121.4, 31.27], view: { zoom: 15.25, lat: 31.27, lon: 121.4 } },
    { ...FIRST, unit: "示意 & 小区?#=", people: "80+", night: true },
    { ...FIRST, when: "Fr-21:45", unit: "cp-01", step: 3, gate: "gt-01-2" },
  ];
  for (const state of states) assert.deepEqual(read(write(state)), state);
});

test("what cannot be read falls back to its default", () => {
  const wrong = "?theme=purple&kind=%3Cscript%3E&within=500&people=a b&lang=fr&when=Tu-24:00&step=2&at=121&map=99/1/1&unit=%00";
  assert.deepEqual(read(wrong), FIRST);
  for (const at of ["1,2,3", "NaN,1", "1e9,2", "200,10", "10,89", ",", "0x10,1"]) assert.equal(read(`?at=${at}`).at, null);
});

test("a compound and a place are not chosen at once", () => {
  assert.equal(read("?unit=cp-01&at=121.4,31.27").at, null);
});

test("the hour stands in the address as it is read", () => {
  assert.equal(write({ ...FIRST, when: "Tu-22:30" }), "?when=Tu-22:30");
  for (const when of ["Tu", "22:30", "Xx-10:00", "Tu-9:00", "Tu-10:60"]) assert.equal(read(`?when=${when}`).when, FIRST.when);
});

test("a step is one of a walk", () => {
  assert.equal(read("?unit=cp-01&step=2").step, 2);
  for (const step of ["0", "-1", "1.5", "100", "x"]) assert.equal(read(`?unit=cp-01&step=${step}`).step, null);
});

test("a reach is metres or minutes, and keeps its step when the mode changes", () => {
  assert.deepEqual(reachOf("500m"), { mode: "distance", amount: 500 });
  assert.deepEqual(reachOf("1km"), { mode: "distance", amount: 1000 });
  assert.deepEqual(reachOf("10min"), { mode: "time", amount: 10 });
  assert.equal(inMode("1000m", "time"), "15min");
  assert.equal(inMode("5min", "distance"), "300m");
  assert.equal(inMode("750m", "time"), "10min");
  assert.equal(inMode("750m", "distance"), "750m");
});

/** A window with nothing but an address and its history. */
function bareWindow(search) {
  const window = new EventTarget();
  const visited = [search];
  window.location = { pathname: "/", search };
  const go = (address) => (window.location.search = address.slice(1));
  window.history = {
    pushState: (_, __, address) => (visited.push(address.slice(1)), go(address)),
    replaceState: (_, __, address) => ((visited[visited.length - 1] = address.slice(1)), go(address)),
  };
  return { window, visited };
}

test("a step of the reader is a step of history, a move of the map is not", () => {
  const { window, visited } = bareWindow("");
  const store = new Store(window);
  store.set({ kind: "MARKET" });
  store.set({ view: { zoom: 15, lat: 31, lon: 121 } }, { quietly: true });
  store.set({ kind: "MARKET" });
  assert.deepEqual(visited, ["", "?kind=MARKET&map=15/31.00000/121.00000"]);
});

test("listeners hear what changed, and going back is heard too", () => {
  const { window } = bareWindow("?kind=MARKET");
  const store = new Store(window);
  const heard = [];
  store.listen((state, changed) => heard.push([state.kind, [...changed]]));
  store.set({ kind: "PARK", at: [1, 2] });
  store.set({ kind: "PARK" });
  window.location.search = "?kind=MARKET";
  window.dispatchEvent(new Event("popstate"));
  assert.deepEqual(heard, [
    ["PARK", ["kind", "at"]],
    ["MARKET", ["kind", "at"]],
  ]);
});
