/** The page blue_green.html: banks that can be walked and that cannot, places by the water, parks. */
import { either, nameOf } from "../say/name.js";
import { json } from "./files.js";
import { LineLayer } from "./line_layer.js";
import { openMap } from "./map.js";
import { LANG } from "./say.js";
import { dress } from "./shell.js";
import { Signs } from "./signs.js";

/** @typedef {{id: string, kind: string, name: string | null, name_en: string | null, at: [number, number], glyph?: string}} Place */
/** @typedef {{banks: {state: string, line: [number, number][][]}[], access: Place[], greens: Place[]}} BlueGreen */

const PARKS = new Set(["park", "pocket_park"]);

async function begin() {
  dress();
  const [publicMap, told] = /** @type {[import("./map.js").PublicMap | null, BlueGreen]} */ (await Promise.all([openMap(), json("data/blue_green.json")]));
  if (!publicMap) return;
  const layer = new LineLayer(publicMap);
  for (const { state, line } of told.banks) layer.line(line, [["theme-casing", 8], [`bank ${state}`, 4.5]]);
  const show = (/** @type {string} */ id) => document.getElementById(`p-${id}`)?.scrollIntoView();
  const signs = [
    ...told.access.map((place) => ({ at: place.at, glyph: place.glyph ?? "水", label: nameOf(place, LANG), color: "#1f6fb2", choose: () => show(place.id) })),
    ...told.greens.filter(({ kind }) => PARKS.has(kind)).map((place) => ({ at: place.at, glyph: "园", label: nameOf(place, LANG) || either({ zh: "公园", en: "park" }, LANG), color: "#2f7a3c", choose: () => show(place.id) })),
  ];
  new Signs(publicMap).show(signs);
}

begin();
