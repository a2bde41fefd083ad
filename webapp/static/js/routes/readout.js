/** The strip told in words at one place: what a finger on it reads. */
import { say, sayCode } from "../say/say.js";
import { whole } from "../say/number.js";
import { nameOf } from "../say/say.js";
import { barAt } from "./lanes.js";

const NEAR_M = 25;

/**
 * @param {{lanes: import("./lanes.js").Lane[], features: Record<string, Api.Collection | undefined>, lang: Api.Lang}} strip
 * @param {number} chainage  metres
 * @returns {string} “在 1,250 米处：暗，路宽 3 米，沥青；25 米内有路口（富平路）”
 */
export function readout({ lanes, features, lang }, chainage) {
  const stretch = rowAt(features.stretches, chainage);
  const parts = [
    ...lanes.flatMap((lane) => told(lane.key, stretch, lang)),
    ...(lanes.some(({ key }) => key === "works") && rowAt(features.works, chainage) ? [say(lang, "strip_works")] : []),
    ...near(features, chainage, lang),
  ];
  return `${say(lang, "strip_at", { at: whole(chainage) })}${parts.join(say(lang, "strip_comma")) || say(lang, "strip_nothing")}`;
}

/**
 * @param {string} key  of a lane
 * @param {Api.Properties | null} row  the stretch there
 * @param {Api.Lang} lang
 * @returns {string[]}
 */
function told(key, row, lang) {
  if (!row) return [];
  if (key === "light") return [light(row, lang)];
  if (key === "width") return [typeof row.width_m === "number" ? say(lang, "strip_width", { width: short(row.width_m) }) : say(lang, "strip_width_unknown")];
  if (key === "ground") return [ground(row, lang)];
  if ((key === "shade" || key === "green") && typeof row[key] === "number" && row[key] > 0) return [say(lang, "strip_green")];
  if (key === "water" && row.water > 0) return [say(lang, "strip_water")];
  return [];
}

/**
 * @param {Api.Properties} row
 * @param {Api.Lang} lang
 */
function light(row, lang) {
  if (typeof row.lit === "number") return sayCode(lang, "light_", row.lit > 0 ? "lamps" : "none");
  const code = row.light ?? "unknown";
  const lux = typeof row.lux === "number" && code !== "dark" ? ` ${short(row.lux)} lx` : "";
  return `${sayCode(lang, "light_", code)}${lux}`;
}

/**
 * @param {Api.Properties} row
 * @param {Api.Lang} lang
 */
function ground(row, lang) {
  const surface = row.surface ? sayCode(lang, "code_", row.surface) : say(lang, "strip_surface_unknown");
  return row.step_free === false ? `${surface}${say(lang, "strip_comma")}${say(lang, "strip_steps")}` : surface;
}

/**
 * What stands within a few steps: crossings, stops, places.
 * @param {Record<string, Api.Collection | undefined>} features
 * @param {number} chainage
 * @param {Api.Lang} lang
 */
function near(features, chainage, lang) {
  return ["crossings", "stops", "amenities"].flatMap((layer) =>
    (features[layer]?.features ?? [])
      .filter(({ properties }) => Math.abs((properties?.chainage_m ?? Infinity) - chainage) <= NEAR_M)
      .map(({ properties }) => {
        const name = nameOf(properties, lang) || (lang === "en" && properties?.street_en) || properties?.street || "";
        const kind = sayCode(lang, "code_", properties?.kind);
        return name && !name.includes(kind) ? say(lang, "strip_near", { kind, name }) : name || kind;
      }),
  );
}

/**
 * The row over a chainage; the last one also at the very end.
 * @param {Api.Collection | undefined} collection
 * @param {number} chainage
 */
export function rowAt(collection, chainage) {
  const rows = (collection?.features ?? []).map(({ properties }) => properties ?? {});
  return rows.find(({ from_m, to_m }) => chainage >= from_m && chainage < to_m) ?? rows.filter(({ to_m }) => Math.abs(chainage - to_m) < 1).pop() ?? null;
}

/** @param {number} value */
function short(value) {
  return String(Number(value.toFixed(1)));
}
