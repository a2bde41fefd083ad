// The page of lines as an address; the places of a loop; figures and cells in words; looks of what is drawn.
import assert from "node:assert/strict";
import { test } from "node:test";
import { ORDER, signOf, strokesOf } from "../../webapp/static/js/routes/drawn.js";
import { figureOf } from "../../webapp/static/js/routes/figures.js";
import { loopShown, ofProposal, placesOf, pressed } from "../../webapp/static/js/routes/loop_places.js";
import { optionsOf } from "../../webapp/static/js/routes/questions.js";
import { TABLES, cell } from "../../webapp/static/js/routes/tables.js";
import { callStreets } from "../../webapp/static/js/routes/streets.js";
import { FIRST, LINES, address, isNight, read, write } from "../../webapp/static/js/routes/url.js";
import { streetNames } from "../../webapp/static/js/routes/works_form.js";
import { toldFact } from "../../webapp/static/js/say/told_fact.js";
import { WORDS } from "../../webapp/static/js/say/words.js";

const answer = (values) => ({ facts: Object.fromEntries(Object.entries(values).map(([key, value]) => [key, { value }])) });

test("every state comes back from its address, and the first one has none", () => {
  assert.equal(write(FIRST), "");
  const state = { ...FIRST, line: "loops", length: 3000, start: [121.4, 31.27], through: [[121.401, 31.271]], avoid: [[121.39, 31.26], [121.41, 31.28]], asked: true, proposal: 2, lang: "en", night: false };
  assert.deepEqual(read(write(state)), state);
  for (const line of LINES) assert.equal(read(write({ ...FIRST, line, at: 1250, item: "dark-1" })).line, line);
});

test("a mistyped address still opens", () => {
  assert.deepEqual(read("?line=nowhere&at=-3&length=9&start=here&proposal=0&through=1,2,3;x"), FIRST);
});

test("running is looked at by night, unless the reader says otherwise", () => {
  assert.equal(isNight({ ...FIRST, line: "night_run" }), true);
  assert.equal(isNight({ ...FIRST, line: "night_run", night: false }), false);
  assert.equal(isNight(FIRST), false);
  assert.equal(address({ lang: "en", night: null }), "/routes?lang=en");
});

test("nothing is asked of works or loops before something is chosen", () => {
  assert.equal(optionsOf({ ...FIRST, line: "works" }), null);
  assert.equal(optionsOf({ ...FIRST, line: "loops" }), null);
  assert.deepEqual(optionsOf({ ...FIRST, line: "works", street: "香泉路" }), { street: "香泉路" });
  assert.deepEqual(optionsOf({ ...FIRST, line: "loops", asked: true, start: [121.4, 31.27] }), { length: "2500", start: "121.40000,31.27000" });
  assert.deepEqual(optionsOf({ ...FIRST, line: "signs" }), {});
});

test("a press sets the start and asks, or adds a place", () => {
  assert.deepEqual(pressed(FIRST, "start", [121.4000001, 31.27]), { start: [121.4, 31.27], asked: true, proposal: 1, item: null, at: null });
  assert.deepEqual(pressed({ ...FIRST, avoid: [[1, 2]] }, "avoid", [3, 4]).avoid, [[1, 2], [3, 4]]);
  assert.equal(placesOf({ start: null, through: [[1, 2]], avoid: [] }).through.features.length, 1);
});

test("one proposal is shown with its own marks, the others beneath", () => {
  const loop = (id) => ({ type: "Feature", id, properties: {}, geometry: { type: "LineString", coordinates: [] } });
  const mark = (loop) => ({ type: "Feature", id: `${loop}-m`, properties: { loop, kind: "km" }, geometry: { type: "Point", coordinates: [] } });
  const all = { loops: { type: "FeatureCollection", features: [loop("loop-1"), loop("loop-2")] }, marks: { type: "FeatureCollection", features: [mark("loop-1"), mark("loop-2")] } };
  const shown = loopShown(all, 2);
  assert.deepEqual([shown.loops, shown.others, shown.marks].map(({ features }) => features.map(({ id }) => id)), [["loop-2"], ["loop-1"], ["loop-2-m"]]);
});

test("the figure tells of the proposal shown, its strip and crossings are its own", () => {
  const row = (id, loop) => ({ type: "Feature", id, properties: { loop }, geometry: { type: "Point", coordinates: [] } });
  const loops = { type: "FeatureCollection", features: [1, 2].map((rank) => ({ type: "Feature", id: `loop-${rank}`, properties: { length_m: 2400 + rank, crossings: rank } })) };
  const of = (...rows) => ({ type: "FeatureCollection", features: rows });
  const shown = loopShown({ loops, along: of(row("a1", "loop-1"), row("a2", "loop-2")), crossings: of(row("c2", "loop-2")) }, 2);
  assert.deepEqual([shown.stretches, shown.crossings].map(({ features }) => features.map(({ id }) => id)), [["a2"], ["c2"]]);
  const told = ofProposal(answer({ length_m: 2401, crossings: 1, proposals: 2 }), loops, 2);
  assert.deepEqual(Object.values(told.facts).map(({ value }) => value), [2402, 2, 2]);
});

test("of a street all is closed, or the stretch between two places; one place alone is none", () => {
  const between = [[121.408, 31.2658], [121.4086, 31.2669]];
  assert.deepEqual(optionsOf({ ...FIRST, line: "works", street: "香泉路", between }), { street: "香泉路", between: "121.40800,31.26580;121.40860,31.26690" });
  assert.deepEqual(read(write({ ...FIRST, line: "works", street: "香泉路", between })).between, between);
  assert.deepEqual(read("?line=works&street=x&between=121.4,31.2").between, []);
});

test("the night run's figure says its true length, whether it closes, and how dark it is", () => {
  const { before, big, after } = figureOf("night_run", answer({ length_ellipsoid_m: 2499.4, closed: true, dark_gaps: 1, dark_m: 142.7 }), "zh");
  assert.deepEqual([before, big, ...after], ["一圈", "2,499 米", "闭合", "暗段 1 处 143 米"]);
  assert.equal(figureOf("blue_net", answer({ through_share: null, breaks: null, broken_m: null }), "en").big, "—");
});

test("what is not known is said to be so, never 0", () => {
  const fact = (value, unit) => toldFact({ label: "", label_en: "", value, unit }, "zh");
  assert.deepEqual([fact(null, "处"), fact(0, "处"), fact(2517.2, "m"), fact(0.5, "share"), fact(210934, "平方米"), fact(true, "")], ["未知", "0 处", "2.52 公里", "50.0 %", "21.1 公顷", "是"]);
  assert.equal(toldFact({ label: "", label_en: "", value: "靠右 / right", unit: "" }, "en"), "right");
  assert.equal(cell("lux", { lux: null }, "en"), "not known");
  assert.equal(cell("verdict", { verdict: "too_short" }, "zh"), "写少了");
});

test("every table and column of the page has words in both languages", () => {
  for (const shown of Object.values(TABLES).flat()) {
    assert.ok(`table_${shown.table}` in WORDS, shown.table);
    for (const column of shown.columns) assert.ok(`col_${column}` in WORDS, column);
  }
});

test("dark stretches lie over the line, signs over all lines, and stretches are drawn only when chosen", () => {
  assert.ok(ORDER.indexOf("dark") > ORDER.indexOf("route"));
  assert.ok(ORDER.indexOf("stops") > ORDER.indexOf("closed"));
  const how = { line: "night_run", chosen: false, night: true };
  assert.deepEqual(strokesOf("stretches", {}, how), []);
  assert.ok(strokesOf("stretches", {}, { ...how, chosen: true }).length > 0);
  assert.ok(strokesOf("route", {}, how).some(({ look }) => look.includes("glow")));
  assert.equal(signOf("marks", { kind: "hundred" }, "zh"), null);
  assert.equal(signOf("marks", { kind: "half", text: "0.5 公里" }, "zh").glyph, "0.5");
});

test("streets are offered by name, each once, in the reader's language", () => {
  const street = (name, name_en) => ({ type: "Feature", id: name, properties: { name, name_en, kind: "road" }, geometry: { type: "LineString", coordinates: [] } });
  const base = { streets: { type: "FeatureCollection", features: [street("香泉路", "Xiangquan Road"), street("香泉路", "Xiangquan Road"), street(null, null), street("富水路", null)] } };
  assert.deepEqual(streetNames(base, "en").map(({ name, shown }) => [name, shown]).sort(), [["富水路", "富水路"], ["香泉路", "Xiangquan Road"]]);
});

test("a street of an answer is called as the map calls it, and keeps the name the answer gave", () => {
  const base = { streets: { type: "FeatureCollection", features: [{ type: "Feature", properties: { name: "富平路", name_en: "Fuping Road" }, geometry: null }] } };
  const crossing = (street) => ({ type: "Feature", id: street, properties: { street }, geometry: null });
  const reply = { answer: { tables: { crossings: [{ street: "富平路" }] } }, features: { crossings: { type: "FeatureCollection", features: [crossing("富平路"), crossing("某路")] } } };
  const { answer, features } = callStreets(reply, base);
  assert.deepEqual(answer.tables.crossings[0], { street: "富平路", street_en: "Fuping Road" });
  assert.deepEqual(features.crossings.features.map(({ properties }) => properties.street_en), ["Fuping Road", undefined]);
});
