/** What a route's strip shows: lanes of bars and marks against metres from the start. Pure: from the Answer's rows to numbers between 0 and 1. */

/** @typedef {{from: number, to: number, height: number, look: string, id: string, code: string}} Bar  `height`: 0 to 1 */
/** @typedef {{at: number, look: string, glyph: string, id: string, name: string, code: string}} Point */
/** @typedef {"light" | "width" | "ground" | "shade" | "crossings" | "amenities" | "stops" | "works" | "green"} LaneKey */
/** @typedef {{key: LaneKey, bars: Bar[], points: Point[]}} Lane */

/** How high the light stands, where the lux are not measured. */
const LIGHT = /** @type {Record<string, number>} */ ({ high: 1, mid: 0.8, low: 0.6, spaced: 0.6, stated: 0.6, below: 0.4, dark: 1, unknown: 1 });
const WIDE_M = 5; // a lane as wide as that is as high as the strip shows
const NARROW_M = 1.5;
const GLYPH = /** @type {Record<string, string>} */ ({
  signalised: "●", unsignalised: "○", footbridge: "⌒", underpass: "⌣", junction: "◇", water: "水", drinking_water: "水", toilet: "厕", aed: "心",
});
const GLYPH_EN = /** @type {Record<string, string>} */ ({ water: "W", drinking_water: "W", toilet: "WC", aed: "♥" });

/**
 * The mark of a crossing or a place along the line.
 * @param {string | undefined} kind
 * @param {Api.Lang} lang
 */
export function glyphOf(kind = "", lang) {
  return (lang === "en" && GLYPH_EN[kind]) || (GLYPH[kind] ?? "•");
}

/**
 * @param {"night_run" | "red_walkway" | "loops"} line
 * @param {Record<string, Api.Collection | undefined>} features  of the answer
 * @param {Api.Lang} [lang]
 * @returns {Lane[]} from the top down; a lane that the answer knows nothing of is left out
 */
export function lanesOf(line, features, lang = "zh") {
  const point = (/** @type {Api.Properties} */ row) => pointIn(row, lang);
  const rows = (/** @type {string} */ name) => (features[name]?.features ?? []).map(({ id, properties }) => ({ ...properties, id: String(id ?? properties?.id ?? "") }));
  const stretches = /** @type {(Api.Properties & {id: string})[]} */ (rows("stretches"));
  const has = (/** @type {string} */ column) => stretches.some((row) => row[column] !== undefined);
  const lanes = [
    has("light") && lane("light", stretches.map(light)),
    has("width_m") && lane("width", stretches.map(width)),
    (has("surface") || has("step_free")) && lane("ground", stretches.map(ground)),
    has("shade") && lane("shade", stretches.map((row) => share(row, "shade"))),
    has("green") && lane("green", stretches.map((row) => share(row, "green"))),
    features.crossings && lane("crossings", [], rows("crossings").map(point)),
    features.stops && lane("stops", [], rows("stops").map((row) => ({ ...point(row), glyph: String(/** @type {Api.Properties} */ (row).order ?? "·") }))),
    features.amenities && lane("amenities", [], rows("amenities").map(point)),
    line !== "loops" && features.works && lane("works", rows("works").map((row) => bar(row, 1, "works", "works"))),
  ];
  return lanes.filter((one) => one !== false && one !== undefined);
}

/**
 * @param {LaneKey} key
 * @param {Bar[]} bars
 * @param {Point[]} [points]
 * @returns {Lane}
 */
function lane(key, bars, points = []) {
  return { key, bars, points };
}

/**
 * @param {Api.Properties} row
 * @param {number} height
 * @param {string} look
 * @param {string} code
 * @returns {Bar}
 */
function bar(row, height, look, code) {
  return { from: row.from_m, to: row.to_m, height: Math.min(1, Math.max(0.08, height)), look, id: row.id, code };
}

/** @param {Api.Properties} row */
function light(row) {
  const code = row.light ?? "unknown";
  return bar(row, typeof row.lux === "number" && code !== "dark" ? row.lux / 15 : (LIGHT[code] ?? 1), `light-${code}`, code);
}

/** @param {Api.Properties} row */
function width(row) {
  if (typeof row.width_m !== "number") return bar(row, 1, "unknown", "unknown");
  return bar(row, row.width_m / WIDE_M, row.width_m < NARROW_M ? "short" : "plain", "width");
}

/** @param {Api.Properties} row */
function ground(row) {
  if (row.step_free === false) return bar(row, 1, "short", "steps");
  if (row.step_free === undefined || row.step_free === null) return bar(row, 1, "unknown", "unknown");
  return bar(row, 0.5, "plain", row.surface ?? "step_free");
}

/**
 * @param {Api.Properties} row
 * @param {string} column
 */
function share(row, column) {
  const value = row[column];
  return typeof value === "number" ? bar(row, value, value > 0 ? "green" : "none", column) : bar(row, 1, "unknown", "unknown");
}

/**
 * @param {Api.Properties} row
 * @param {Api.Lang} lang
 * @returns {Point}
 */
function pointIn(row, lang) {
  const code = row.kind ?? "";
  return { at: row.chainage_m, look: `kind-${code}${row.open === false ? " shut" : ""}`, glyph: glyphOf(code, lang), id: row.id, name: row.name ?? row.street ?? "", code };
}

/**
 * What the axis says: every half kilometre, and the end where it is not crowded.
 * @param {number} metres
 * @returns {{at: number, km: string}[]}
 */
export function axisOf(metres) {
  const step = metres > 6000 ? 1000 : metres > 800 ? 500 : 100;
  const whole = Array.from({ length: Math.floor(metres / step) + 1 }, (_, i) => i * step);
  return whole.map((at) => ({ at, km: String(at / 1000) }));
}

/**
 * Which bar of a lane lies under a chainage.
 * @param {Lane} lane
 * @param {number} chainage
 */
export function barAt({ bars }, chainage) {
  return bars.find(({ from, to }) => chainage >= from && chainage < to) ?? (bars.length > 0 && chainage >= bars[bars.length - 1].to ? bars[bars.length - 1] : undefined);
}
