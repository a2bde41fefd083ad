// The audit's matrix: its model, order, shades, words, and its state in the address.
import assert from "node:assert/strict";
import { test } from "node:test";
import { gapsOf, overviewOf } from "../../webapp/static/js/audit/gaps.js";
import { keyOf, matrixOf, sumOf } from "../../webapp/static/js/audit/model.js";
import { arranged, counts, grouped } from "../../webapp/static/js/audit/order.js";
import { SHADES, shadeOf } from "../../webapp/static/js/audit/shade.js";
import { shorten } from "../../webapp/static/js/audit/shorten.js";
import { FIRST, address, read, write } from "../../webapp/static/js/audit/url.js";
import { cellShare, measureOf } from "../../webapp/static/js/say/share.js";
import { Store } from "../../webapp/static/js/state/store.js";

const tally = (covered, gap, unknown, apart = 0) => ({ people_covered: covered, people_gap: gap, people_unknown: unknown, people_not_concerned: apart });
const clause = (id, tier, required, ...people) => ({ standard: "gb", clause: id, tier, required, name: id, name_en: id, ...tally(...people) });
const TABLES = {
  clauses: [clause("15-A", "15", "must", 60, 40, 0), clause("15-B", "15", "should", 0, 0, 100), clause("5-C", "5", "must", 10, 20, 0, 70), clause("5-D", "5", "must", 100, 0, 0)],
  matrix: ["15-A", "15-B", "5-C", "5-D"].flatMap((id) => [
    { standard: "gb", clause: id, committee_id: "c1", committee: "示意居民区 1 · 真北", committee_en: "Committee 1 · Zhenbei", ...tally(1, 1, 0) },
    { standard: "gb", clause: id, committee_id: null, committee: "不在任何居委会", committee_en: "In no committee", ...tally(0, 0, 3) },
  ]),
  ages: [{ standard: "gb", clause: "15-A", group: "0-6", name: "0–6 岁", name_en: "aged 0–6", ...tally(1, 2, 3) }],
  gaps: [
    { standard: "gb", clause: "5-C", id: "u1", committee_id: "c1", people_gap: 20, burden: 900 },
    { standard: "gb", clause: "15-A", id: "u2", committee_id: null, people_gap: 40, burden: 400 },
  ],
};

test("a matrix has a row for each clause, a column for each committee, and the whole", () => {
  const { columns, rows } = matrixOf(TABLES, "committee", "zh");
  assert.deepEqual(columns.map(({ id }) => id), ["c1", "-"]);
  assert.deepEqual(rows.map(({ key }) => key), ["gb/15-A", "gb/15-B", "gb/5-C", "gb/5-D"]);
  assert.deepEqual(rows[0].total, { covered: 60, gap: 40, unknown: 0, apart: 0, share: 0.6 });
  assert.deepEqual(rows[0].cells[1], { covered: 0, gap: 0, unknown: 3, apart: 0, share: null });
  assert.equal(rows[2].burden, 900);
  assert.equal(matrixOf(TABLES, "committee", "en").columns[1].full, "In no committee");
});

test("by age, a clause of which nothing is told of a group has no cell there", () => {
  const { columns, rows } = matrixOf(TABLES, "age", "en");
  assert.deepEqual(columns, [{ id: "0-6", short: "aged 0–6", full: "aged 0–6" }]);
  assert.equal(rows[1].cells[0], null);
});

test("a workspace without committees, ages or clauses still gives a matrix", () => {
  const bare = matrixOf({ clauses: [], matrix: [], ages: [], gaps: [] }, "age", "zh");
  assert.deepEqual(bare, { columns: [], rows: [] });
  assert.equal(sumOf([]).share, null);
});

test("people × clauses add up, and the unknown count in the share", () => {
  assert.deepEqual(sumOf(TABLES.clauses), { covered: 170, gap: 60, unknown: 100, apart: 70, share: 170 / 330 });
});

test("rows are filtered and sorted; what is unknown is not the least covered", () => {
  const { rows } = matrixOf(TABLES, "committee", "zh");
  const ids = (state) => arranged(rows, state).map((row) => row.clause.clause);
  assert.deepEqual(counts(rows), { all: 4, gap: 2, unknown: 1, must: 3 });
  assert.deepEqual(ids({ rows: "all", order: "clause" }), ["15-A", "15-B", "5-C", "5-D"]);
  assert.deepEqual(ids({ rows: "all", order: "urgent" }), ["5-C", "5-D", "15-A", "15-B"]);
  assert.deepEqual(ids({ rows: "all", order: "share" }), ["5-C", "15-A", "5-D", "15-B"]);
  assert.deepEqual(ids({ rows: "gap", order: "burden" }), ["5-C", "15-A"]);
  assert.deepEqual(ids({ rows: "must", order: "clause" }), ["15-A", "5-C", "5-D"]);
  assert.deepEqual(grouped(arranged(rows, { rows: "all", order: "clause" }), "clause").map(({ tier, rows }) => [tier, rows.length]), [["15", 2], ["5", 2]]);
  assert.equal(grouped(rows, "share").length, 1);
});

test("a cell is never painted covered where some are unknown or in a gap", () => {
  const cell = (covered, gap, unknown) => ({ covered, gap, unknown, apart: 0, share: null });
  assert.equal(shadeOf(cell(10, 0, 0)).tone, "covered");
  assert.equal(shadeOf(cell(99, 0, 1)).tone, "unknown");
  assert.deepEqual(shadeOf(cell(50, 25, 25)), { tone: "gap", shade: 0, from: 0.5, to: 0.75 });
  assert.equal(shadeOf(cell(0, 100, 0)).shade, 3);
  assert.equal(shadeOf(cell(0, 0, 0)).tone, "none");
  assert.equal(shadeOf(null).tone, "none");
});

const light = (color) => {
  const [r, g, b] = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16) / 255).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const contrast = (one, other) => {
  const [dark, bright] = [light(one), light(other)].sort((a, b) => a - b);
  return (bright + 0.05) / (dark + 0.05);
};

test("the number of a cell can be read on every shade, by day and by night", () => {
  for (const { gaps, covered, unknown, hatch, ink } of Object.values(SHADES))
    for (const ground of [...gaps, covered, unknown, hatch]) assert.ok(contrast(ground, ink) >= 4.5, `${ink} on ${ground}: ${contrast(ground, ink)}`);
});

test("the edge of a gap stands out from every shade beside it, in grey too", () => {
  for (const { gaps, covered, edge } of Object.values(SHADES))
    for (const ground of [covered, gaps[0], gaps[1]]) assert.ok(contrast(ground, edge) >= 3, `${edge} on ${ground}: ${contrast(ground, edge)}`);
});

test("a share in a cell never rounds to all or none, and says where it is a least", () => {
  const of = (covered, gap, unknown) => cellShare({ covered, gap, unknown, share: covered + gap > 0 ? covered / (covered + gap + unknown) : null });
  assert.deepEqual([of(1, 999, 0), of(999, 1, 0), of(0, 5, 0), of(5, 0, 0), of(359, 641, 0)], ["<1", ">99", "0", "100", "36"]);
  assert.deepEqual([of(359, 600, 41), of(1, 0, 999), of(0, 0, 9), of(0, 0, 0), cellShare(null)], ["≥35", "≥0", "?", "—", "—"]);
});

test("a measure is said as a reader says it", () => {
  const word = (name) => name;
  assert.deepEqual(["500m", "15min", "presence", "index", "odd"].map((one) => measureOf(one, "zh", word)), ["500 米", "15 分钟", "measure_presence", "measure_index", "odd"]);
  assert.equal(measureOf("0.5m", "en", word), "0.5 m");
});

test("names stand without what all share, and never empty", () => {
  assert.deepEqual(shorten(["示意居民区 1 · 真北", "示意居民区 12 · 富平东"]), ["1 · 真北", "12 · 富平东"]);
  assert.deepEqual(shorten(["真北居委会", "富水居委会", "新村居委会"]), ["真北", "富水", "新村"]);
  assert.deepEqual(shorten(["Committee 1 · Zhenbei", "Committee 15 · Xinquan"]), ["1 · Zhenbei", "15 · Xinquan"]);
  assert.deepEqual(shorten(["North", "Northeast"]), ["North", "Northeast"]);
  assert.deepEqual(shorten(["真北", "真北"]), ["真北", "真北"]);
  assert.deepEqual(shorten(["独一个"]), ["独一个"]);
  assert.deepEqual(shorten([]), []);
});

test("gaps are those of the clause and committee chosen, heaviest first", () => {
  assert.equal(gapsOf(TABLES.gaps, { clause: null, committee: null }).length, 2);
  assert.deepEqual(gapsOf(TABLES.gaps, { clause: "gb/5-C", committee: null }).map(({ id }) => id), ["u1"]);
  assert.deepEqual(gapsOf(TABLES.gaps, { clause: null, committee: "-" }).map(({ id }) => id), ["u2"]);
  assert.deepEqual(gapsOf(TABLES.gaps, { clause: "gb/5-C", committee: "-" }), []);
  assert.equal(keyOf(TABLES.gaps[0]), "gb/5-C");
});

test("the overview colours compounds by the clauses they miss, the unknown apart", () => {
  const place = (id) => ({ type: "Feature", id, geometry: null, properties: { id } });
  const rows = [["u1", 8, 1], ["u2", 2, 0], ["u3", 0, 4], ["u4", 0, 0]].map(([id, clauses_gap, clauses_unknown]) => ({ id, clauses_gap, clauses_unknown, people: 9 }));
  const { features, legend } = overviewOf(rows, { compounds: { features: ["u1", "u2", "u3", "u4", "else"].map(place) } }, ["a", "b", "c", "d"]);
  assert.deepEqual(features.units.features.map(({ properties }) => properties.status), ["gap", "gap", "unknown", "covered"]);
  assert.deepEqual(legend.gap.map(({ to_m }) => to_m), [2, 4, 6, null]);
});

test("every part of the audit's state survives the address", () => {
  assert.equal(write(FIRST), "");
  assert.deepEqual(read(""), FIRST);
  const states = [
    { ...FIRST, standard: "gb50180,tdt1062", when: "Fr-21:45", evening: "20:00", stepFree: true, open: ["gt-1"], close: ["gt-2"] },
    { ...FIRST, tab: "gaps", rows: "must", order: "burden", clause: "gb50180/10-MARKET", committee: "cm-01", unit: "cp-43", step: 2 },
    { ...FIRST, columns: "age", people: "60-79", clause: "gb50180/5-ELDER_DAY", lang: "en", night: true, view: { zoom: 15.5, lat: 31.27, lon: 121.4 } },
    { ...FIRST, committee: "-", tab: "sheet", unit: "cp-1" },
    { ...FIRST, columns: "age", people: "80+", standard: "all" },
  ];
  for (const state of states) assert.deepEqual(read(write(state)), state);
  assert.equal(write(states[1]), "?tab=gaps&rows=must&order=burden&clause=gb50180/10-MARKET&committee=cm-01&unit=cp-43&step=2");
});

test("what cannot be read of an audit's address falls back to its default", () => {
  assert.deepEqual(read("?standard=<b>&when=Tu&evening=25:00&tab=x&columns=x&rows=x&order=x&clause=&unit=%00&people=<&step=1&map=1/2&step_free=yes"), FIRST);
  assert.equal(read("?tab=sheet").tab, "matrix");
  assert.equal(read("?people=0-6").people, "all");
  assert.equal(read("?columns=age&committee=cm-01").committee, null);
});

test("the desk leads to the audit with its gates, language and night", () => {
  assert.equal(address({ open: ["gt-1", "gt-2"], close: [], lang: "en", night: true }), "/audit?open=gt-1,gt-2&lang=en&night=1");
  assert.equal(address({ open: [], close: [], lang: "zh", night: null }), "/audit");
});

test("a store keeps the address of whichever page it is of", () => {
  const window = new EventTarget();
  window.location = { pathname: "/audit", search: "?rows=gap" };
  window.history = { pushState: (_, __, to) => (window.location.search = to.slice("/audit".length)) };
  const store = new Store(window, { read, write });
  assert.equal(store.state.rows, "gap");
  store.set({ rows: "must", clause: "gb/5-C" });
  assert.equal(window.location.search, "?rows=must&clause=gb/5-C");
});
