/** The page plan.html: projects as signs by their stage. */
import { nameOf } from "../say/name.js";
import { json } from "./files.js";
import { LineLayer } from "./line_layer.js";
import { openMap } from "./map.js";
import { LANG } from "./say.js";
import { dress } from "./shell.js";
import { Signs } from "./signs.js";

/** @typedef {{lines: [number, number][][], projects: {id: string, name: string | null, name_en: string | null, at: [number, number], glyph: string}[]}} Plan */

async function begin() {
  dress();
  const [publicMap, plan] = /** @type {[import("./map.js").PublicMap | null, Plan]} */ (await Promise.all([openMap(), json("data/plan.json")]));
  if (!publicMap) return;
  new LineLayer(publicMap).line(plan.lines, [["theme-casing", 9], ["plan-line", 5]]);
  new Signs(publicMap).show(plan.projects.map((one) => ({ at: one.at, glyph: one.glyph, label: nameOf(one, LANG), color: "#6b675d", choose: () => document.getElementById(`p-${one.id}`)?.scrollIntoView() })));
}

begin();
