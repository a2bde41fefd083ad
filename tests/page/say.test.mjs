// Words and numbers as the reader meets them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { fact, metres, minutes, people, percent, reach } from "../../webapp/static/js/say/number.js";
import { either, nameOf, one, say, sayCode } from "../../webapp/static/js/say/say.js";
import { shortName } from "../../webapp/static/js/say/short.js";
import { WORDS } from "../../webapp/static/js/say/words.js";

const holes = (text) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();

test("every word is said in both languages with the same values", () => {
  for (const [word, both] of Object.entries(WORDS)) {
    assert.equal(both.length, 2, word);
    assert.ok(
      both.every((text) => text.length > 0),
      word,
    );
    assert.deepEqual(holes(both[0]), holes(both[1]), word);
  }
});

test("English words hold no Chinese", () => {
  for (const [word, [, en]] of Object.entries(WORDS))
    if (word !== "other_language" && word !== "other_language_label") assert.doesNotMatch(en, /\p{Script=Han}/u, word);
});

test("a sentence takes its values, a missing one leaves no brace", () => {
  assert.equal(say("zh", "more", { count: 63 }), "更多 63");
  assert.equal(say("en", "more", {}), " more");
});

test("a share never rounds to all or nothing", () => {
  assert.equal(percent(1), "100");
  assert.equal(percent(0.99999), "99.9");
  assert.equal(percent(0), "0");
  assert.equal(percent(0.00001), "0.1");
  assert.equal(percent(0.4617), "46.2");
  assert.equal(percent(null), "—");
});

test("lengths are metres up to a kilometre, then kilometres without false zeros", () => {
  assert.equal(metres(412.4, "zh"), "412 米");
  assert.equal(metres(999.6, "en"), "1 km");
  assert.equal(metres(1570, "zh"), "1.57 公里");
  assert.equal(metres(2500, "en"), "2.5 km");
  assert.equal(metres(12_340, "en"), "12.3 km");
  assert.equal(metres(20_000, "en"), "20 km");
  assert.equal(metres(null, "zh"), "—");
});

test("a walk is never of no minutes", () => {
  assert.equal(minutes(0.2, "zh"), "1 分钟");
  assert.equal(minutes(12.4, "en"), "12 min");
  assert.equal(minutes(undefined, "en"), "—");
});

test("people are whole, with their noun", () => {
  assert.equal(people(27_700.4, "zh"), "27,700 人");
  assert.equal(people(1, "en"), "1 person");
  assert.equal(people(null, "en"), "—");
});

test("a reach says what was asked, unrounded", () => {
  assert.equal(reach({ mode: "distance", amount: 1000 }, "zh"), "1000 米");
  assert.equal(reach({ mode: "time", amount: 15 }, "en"), "15 min");
});

test("a fact is said with its unit, and not known is not zero", () => {
  assert.equal(fact(4510, "m", "zh"), "4.51 公里");
  assert.equal(fact(33.42, "ha", "en"), "33.4 ha");
  assert.equal(fact(23, "", "zh"), "23");
  assert.equal(fact(0.5, "share", "en"), "50.0 %");
  assert.equal(fact(null, "m", "en"), "not known");
  assert.equal(fact("西岸", "", "zh"), "西岸");
});

test("names are English where there is an English one, else Chinese", () => {
  assert.equal(nameOf({ name: "新村路", name_en: "Xincun Road" }, "en"), "Xincun Road");
  assert.equal(nameOf({ name: "美墅" }, "en"), "美墅");
  assert.equal(nameOf({ name: "美墅", name_en: "Meishu" }, "zh"), "美墅");
  assert.equal(nameOf(null, "zh"), "");
  assert.equal(either({ zh: "蓝网", en: "" }, "en"), "蓝网");
});

test("English takes the right article and keeps its acronyms", () => {
  assert.equal(one("Pharmacy"), "a pharmacy");
  assert.equal(one("Elder day-care"), "an elder day-care");
  assert.equal(one("AED"), "an AED");
});

test("reasons are words; a reason unknown to the page is shown as it came", () => {
  assert.equal(sayCode("zh", "reason_", "river"), "隔河或隔铁路");
  assert.equal(sayCode("en", "reason_", "something_new"), "something_new");
  assert.equal(sayCode("en", "reason_", null), "");
});

test("a chip is short, and whole where no short name is known", () => {
  assert.equal(shortName({ code: "MARKET", zh: "菜市场或生鲜超市", en: "Wet market or fresh supermarket" }, "zh"), "菜市场");
  assert.equal(shortName({ code: "CINEMA", zh: "影剧院", en: "Cinema or theatre" }, "en"), "Cinema or theatre");
});

test("every word is used somewhere on the page", async () => {
  const { readFile, readdir } = await import("node:fs/promises");
  const home = new URL("../../webapp/static/js/", import.meta.url);
  const files = (await readdir(home, { recursive: true })).filter((name) => name.endsWith(".js") && !name.endsWith("words.js"));
  const source = (await Promise.all(files.map((name) => readFile(new URL(name.replaceAll("\\", "/"), home), "utf8")))).join("\n");
  const starts = (word) => [...word.matchAll(/_/g)].map(({ index }) => word.slice(0, index + 1));
  const made = (word) => starts(word).some((start) => source.includes(`\`${start}\${`)); // as in `day_${code}`
  const unused = Object.keys(WORDS).filter((word) => !/^(reason|status|survey|why|how|place|code|light|role)_/.test(word) && !source.includes(`"${word}"`) && !made(word));
  assert.deepEqual(unused, []);
});
