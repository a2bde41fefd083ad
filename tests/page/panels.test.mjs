// What panels hand out: found names, tables for WPS, tracks for a watch.
import assert from "node:assert/strict";
import { test } from "node:test";
import { csv } from "../../webapp/static/js/panel/csv.js";
import { find } from "../../webapp/static/js/panel/find.js";
import { gpx } from "../../webapp/static/js/panel/gpx.js";

const entry = (name, name_en, other_names) => ({ what: "compound", id: name, properties: { name, name_en, other_names }, at: [0, 0] });
const ALL = [
  entry("大华愉景华庭", "Dahua Yujing"),
  entry("愉景苑"),
  entry("新村路", "Xincun Road"),
  entry("岚灵小区", undefined, ["灵石路1565弄小区"]),
];
const found = (text) => find(ALL, text).map(({ properties }) => properties.name);

test("names that begin with the text come first", () => {
  assert.deepEqual(found("愉景"), ["愉景苑", "大华愉景华庭"]);
});

test("letter case, width and spaces do not matter; other names count", () => {
  assert.deepEqual(found("XINCUN road"), ["新村路"]);
  assert.deepEqual(found("１５６５弄"), ["岚灵小区"]);
  assert.deepEqual(found("  "), []);
  assert.deepEqual(found("没有"), []);
});

test("a table opens in WPS as it is: its mark, its lines, no formula run", () => {
  const text = csv({ name: "小区", people: "居民" }, [
    { name: '=HYPERLINK("x")', people: 12.345 },
    { name: "甲,乙", people: null },
  ]);
  assert.equal(text, '\ufeff小区,居民\r\n"\'=HYPERLINK(""x"")",12.35\r\n"甲,乙",\r\n');
});

test("a track holds its places and escapes its name", () => {
  const text = gpx("夜跑 <2.5 & 3>", [
    [121.4, 31.27],
    [121.41, 31.28],
  ]);
  assert.match(text, /<name>夜跑 &lt;2\.5 &amp; 3&gt;<\/name>/);
  assert.match(text, /<trkpt lat="31\.27" lon="121\.4"\/><trkpt lat="31\.28" lon="121\.41"\/>/);
});
