// The hour asked for: opening hours read as the engine reads them, told in words, and what is shut.
import assert from "node:assert/strict";
import { test } from "node:test";
import { isOpen, parseHours } from "../../webapp/static/js/hours/parse.js";
import { gateState, shutAt } from "../../webapp/static/js/hours/shut.js";
import { sayHours, sayWhen } from "../../webapp/static/js/hours/tell.js";
import { FORM, PRESETS, whenAt, whenOf } from "../../webapp/static/js/state/when.js";

const open = (text, when) => isOpen(text, whenOf(when));

test("a range is open at its start and shut at its end", () => {
  const text = "Mo-Su 06:00-22:00";
  assert.deepEqual(["Tu-05:59", "Tu-06:00", "Tu-21:59", "Tu-22:00"].map((when) => open(text, when)), [false, true, true, false]);
});

test("a night runs into the next morning, whatever that day says", () => {
  const text = "Mo-Fr 22:00-02:00; Sa off";
  assert.deepEqual(["Fr-23:00", "Sa-01:59", "Sa-02:00", "Su-01:00", "Mo-01:00"].map((when) => open(text, when)), [true, true, false, false, false]);
});

test("a later rule replaces what earlier ones said of its days, and a day without a rule is shut", () => {
  assert.equal(open("Mo-Su 08:00-17:00; We off", "We-10:00"), false);
  assert.equal(open("Mo-Fr 08:00-17:00", "Sa-10:00"), false);
  assert.equal(open("Sa-Mo", "Su-03:00"), true);
});

test("a public holiday keeps Sunday's hours unless it has its own", () => {
  assert.equal(open("Su 10:00-12:00", "PH-11:00"), true);
  assert.equal(open("Su 10:00-12:00; PH off", "PH-11:00"), false);
  assert.equal(open("24/7", "PH-11:00"), true);
});

test("without hours a place is open; what cannot be read is neither open nor shut", () => {
  for (const text of [null, undefined, "", "  "]) assert.equal(open(text, "Tu-10:00"), true);
  for (const text of ["sunrise", "Mo-Xx 08:00-10:00", "08:00-08:00", "25:00-26:00", "Mo 08:61-10:00", "Mo 08:00-10:00;", "x".repeat(400)]) {
    assert.equal(open(text, "Tu-10:00"), null);
    assert.equal(parseHours(text), null);
  }
});

test("hours are told in both languages", () => {
  assert.equal(sayHours("24/7", "zh"), "全天开放");
  assert.equal(sayHours("Mo-Su 07:00-09:00,16:30-19:00", "zh"), "每天 07:00–09:00、16:30–19:00");
  assert.equal(sayHours("Mo-Fr 08:00-17:00; Sa,PH off", "en"), "Monday to Friday 08:00–17:00; Saturday, public holiday closed");
  assert.equal(sayHours(null, "en"), "no hours on record, taken as open");
  assert.equal(sayHours("<b>when it rains</b>", "zh"), "<b>when it rains</b>");
});

test("the named hours are said by their names, any other by its day", () => {
  assert.equal(sayWhen("Tu-22:30", "zh"), "工作日 22:30");
  assert.equal(sayWhen("Tu-22:35", "zh"), "周二 22:35");
  assert.equal(sayWhen("Sa-10:00", "en"), "weekend 10:00");
  for (const { when } of PRESETS) assert.match(when, FORM);
  assert.equal(whenAt({ day: "PH", minute: 425 }), "PH-07:05");
});

const gate = (open_hours, more = {}) => ({ type: "Feature", id: "g", geometry: null, properties: { open_hours, ...more } });

test("a gate is open, for residents only, or shut, and shut goes before all", () => {
  const night = whenOf("Tu-22:30");
  assert.equal(gateState(gate(undefined).properties, night), "open");
  assert.equal(gateState(gate("24/7", { residents_only: true }).properties, night), "residents");
  assert.equal(gateState(gate("Mo-Su 06:00-20:00", { residents_only: true }).properties, night), "closed");
});

test("what is shut is counted among what stands", () => {
  const base = {
    gates: { features: [gate("Mo-Su 06:00-20:00"), gate("24/7"), gate("Mo-Su 06:00-20:00", { status: "planned" })] },
    streets: { features: [gate("Mo-Su 05:00-21:00"), gate(undefined)] },
  };
  assert.deepEqual(shutAt(base, whenOf("Tu-22:30")), { gates: 1, of: 2, streets: 1 });
  assert.deepEqual(shutAt({}, whenOf("Tu-22:30")), { gates: 0, of: 0, streets: 0 });
});
