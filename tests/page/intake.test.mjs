// What the import page works out before it is drawn: what is said, how far one is, what is sifted, what may be sent.
import assert from "node:assert/strict";
import { test } from "node:test";
import { controlsOf, forLayer, unsaid, withColumn, withDatum } from "../../webapp/static/js/intake/asked.js";
import { fileRefused, mainFirst } from "../../webapp/static/js/intake/files.js";
import { changesOf, columnName, columnsOf, sift, valueOf } from "../../webapp/static/js/intake/sift.js";
import { isOpen, mayApply, stepsOf } from "../../webapp/static/js/intake/steps.js";
import { address, read, write } from "../../webapp/static/js/intake/url.js";

const row = (x, y, lon, lat) => ({ x, y, lon, lat });
const finding = (severity, column, row = null, code = "") => ({ severity, column, row, code });
const draft = (change = {}) => ({
  refused: false, findings: [], datum: { verdict: "judged" }, columns: [{ heading: "名字", column: "name" }],
  counts: { added: 1, changed: 0, removed: 0 }, added: [], removed: [], changed: {}, features: { features: [] }, ...change,
});
const spec = { columns: [{ name: "name", zh: "名称", en: "name", choices: [] }, { name: "kind", zh: "类别", en: "kind", choices: [{ code: "AED", zh: "急救设备", en: "AED" }] }] };

test("what is said is added to what was said, and nothing is changed in place", () => {
  const first = unsaid("facilities");
  const second = withColumn(withColumn(first, "地址", "address"), "备注", "");
  assert.deepEqual(second.columns, { 地址: "address", 备注: "" });
  assert.deepEqual(first.columns, {});
  assert.deepEqual(withDatum({ ...first, controls: [{}] }, "gcj02").controls, []);
});

test("for another layer the columns are asked again, the place and the source hold", () => {
  const asked = forLayer({ ...withColumn(unsaid("facilities"), "a", "name"), datum: "bd09", kind: "AED", source: "街道办" }, "gates");
  assert.deepEqual([asked.layer, asked.columns, asked.kind, asked.datum, asked.source], ["gates", {}, "", "bd09", "街道办"]);
});

test("control points are two at least, whole and on Earth; empty rows do not count", () => {
  const good = [row("1", "2", "121.4", "31.2"), row("-3.5", "4", "121.5", "31.3")];
  assert.deepEqual(controlsOf([...good, row("", " ", "", "")])?.[1], { x: -3.5, y: 4, lon: 121.5, lat: 31.3 });
  for (const bad of [[good[0]], [...good, row("1", "", "2", "3")], [good[0], row("1e9", "2", "3", "4")], [good[0], row("1", "2", "181", "4")]]) assert.equal(controlsOf(bad), null);
});

test("the steps say what is done, what is asked and what comes later", () => {
  assert.deepEqual(Object.values(stepsOf(null, false)), ["now", "later", "later", "later", "later"]);
  assert.deepEqual(Object.values(stepsOf(draft(), false)), ["done", "done", "done", "done", "now"]);
  assert.deepEqual(Object.values(stepsOf(draft({ datum: { verdict: "ambiguous" }, refused: true }), false)), ["done", "done", "trouble", "later", "later"]);
  const missing = draft({ refused: true, findings: [finding("error", "kind", null, "missing_column")] });
  assert.deepEqual(Object.values(stepsOf(missing, false)), ["done", "trouble", "done", "trouble", "later"]);
  assert.deepEqual(new Set(Object.values(stepsOf(null, true))), new Set(["done"]));
});

test("a draft may be applied when nothing stands in its way and something changes", () => {
  assert.equal(mayApply(draft()), "yes");
  assert.equal(mayApply(draft({ refused: true })), "errors");
  assert.equal(mayApply(draft({ refused: true, datum: { verdict: "outside" } })), "datum");
  assert.equal(mayApply(draft({ counts: { added: 0, changed: 0, removed: 0 } })), "nothing");
  assert.equal(isOpen(null), false);
});

test("findings are sifted by grade and column, and call a column what the file calls it", () => {
  const all = [finding("error", "kind", 2), finding("warning", "name", 3), finding("error", null)];
  assert.deepEqual(sift(all, { severity: "all", column: "" }), [all[0], all[2], all[1]]);
  assert.deepEqual(sift(all, { severity: "error", column: "kind" }), [all[0]]);
  assert.deepEqual(columnsOf(all), ["kind", "name"]);
  assert.deepEqual(["name", "kind", "other", null].map((one) => columnName(one, draft(), spec, "zh")), ["名字", "类别", "other", ""]);
});

test("changes are one list: what goes, what changes, what is new, each with its row", () => {
  const changes = changesOf(draft({ added: ["n"], removed: ["r"], changed: { c: { name: ["甲", "乙"] } }, features: { features: [{ id: "c", properties: { name: "乙", row: 5 } }] } }));
  assert.deepEqual(changes.map(({ what, id, name, row }) => [what, id, name, row]), [["removed", "r", null, null], ["changed", "c", "乙", 5], ["added", "n", null, null]]);
  assert.deepEqual(changes[1].columns, { name: ["甲", "乙"] });
});

test("a value is told by its word", () => {
  const kind = spec.columns[1];
  assert.deepEqual([valueOf("AED", kind, "zh"), valueOf(true, undefined, "zh"), valueOf(false, undefined, "en"), valueOf(0, undefined, "zh"), valueOf("", kind, "zh"), valueOf(null, kind, "zh")], ["急救设备", "是", "no", "0", null, null]);
});

test("of a Shapefile all parts of one name go together, the .shp first", () => {
  const names = (...all) => mainFirst(all.map((name) => ({ name }))).map(({ name }) => name);
  assert.deepEqual(names("路.dbf", "路.SHP", "路.prj", "他.dbf"), ["路.SHP", "路.dbf", "路.prj"]);
  assert.deepEqual(names("a.xlsx", "b.xlsx"), ["a.xlsx"]);
  assert.deepEqual(names(), []);
});

test("a file of another sort or too large is refused in the server's words", () => {
  const rules = { accept: [".xlsx", ".csv"], most_bytes: 10, too_large: { zh: "太大", en: "too large" } };
  assert.equal(fileRefused({ name: "A.XLSX", size: 10 }, rules), null);
  assert.equal(fileRefused({ name: "a.csv", size: 11 }, rules), rules.too_large);
  assert.match(fileRefused({ name: "a.exe", size: 1 }, rules)?.zh ?? "", /\.xlsx \.csv/);
  assert.match(fileRefused({ name: "none", size: 1 }, rules)?.en ?? "", /not read/);
});

test("the address holds the layer, the language and the night, and nothing strange", () => {
  assert.equal(write(read("")), "");
  assert.equal(write(read("?layer=gates&lang=en&night=1&x=2")), "?layer=gates&lang=en&night=1");
  assert.equal(read("?layer=../etc").layer, "facilities");
  assert.equal(address({ lang: "zh", night: null }), "/import");
});
