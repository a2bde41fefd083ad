/** Names for places to live that have none: houses are told by the street they stand at. */
import { lines, points, polygons } from "../geo/shapes.js";
import { say } from "../say/say.js";

/** @typedef {import("../geo/local.js").Local} Local */
/** @typedef {import("../geo/local.js").XY} XY */

/**
 * Give every unit without a name one in both languages, by its nearest named street; several at one street are numbered, the same for
 * every question. `houses` says whether no unit is a compound.
 * @param {Api.Coverage} coverage
 * @param {Api.Base} base
 * @param {Local} local
 * @returns {Api.Coverage}
 */
export function callUnits(coverage, base, local) {
  const units = coverage.features.units.features;
  const compounds = new Set((base.compounds?.features ?? []).map(({ id }) => String(id)));
  const houses = units.length > 0 && !units.some(({ id }) => compounds.has(String(id)));
  const nameless = units.filter(({ properties }) => !properties?.name);
  const names = nameless.length > 0 ? called(nameless, base.streets?.features ?? [], local) : new Map();
  const named = (/** @type {Api.Properties} */ unit) => ({ ...unit, ...names.get(String(unit.id)) });
  const { answer, features } = coverage;
  return {
    ...coverage,
    houses,
    answer: { ...answer, tables: { ...answer.tables, units: (answer.tables.units ?? []).map(named) } },
    features: {
      ...features,
      units: { ...features.units, features: units.map((unit) => ({ ...unit, properties: named(unit.properties ?? {}) })) },
    },
  };
}

/**
 * @param {Api.Feature[]} nameless
 * @param {Api.Feature[]} streets
 * @param {Local} local
 * @returns {Map<string, {name: string, name_en: string}>} by id
 */
function called(nameless, streets, local) {
  const known = streets
    .filter(({ properties }) => properties?.name)
    .map(({ geometry, properties }) => ({ properties: properties ?? {}, places: lines(geometry, local).flat() }));
  /** @type {Map<string, number>} */
  const counts = new Map();
  const names = new Map();
  for (const unit of [...nameless].sort((a, b) => (String(a.id) < String(b.id) ? -1 : 1))) {
    const street = nearest(middle(unit, local), known);
    if (street === null) continue;
    const count = (counts.get(street.name) ?? 0) + 1;
    counts.set(street.name, count);
    const told = (/** @type {Api.Lang} */ lang, /** @type {string} */ name) => say(lang, "near_street", { street: name, count });
    names.set(String(unit.id), { name: told("zh", street.name), name_en: told("en", street.name_en ?? street.name) });
  }
  return names;
}

/**
 * @param {XY} at
 * @param {{properties: Api.Properties, places: XY[]}[]} streets
 */
function nearest([x, y], streets) {
  /** @type {Api.Properties | null} */
  let best = null;
  let least = Infinity;
  for (const { properties, places } of streets)
    for (const [i, [x2, y2]] of places.entries()) {
      const [x1, y1] = places[Math.max(0, i - 1)];
      const along = (x2 - x1) ** 2 + (y2 - y1) ** 2;
      const share = along === 0 ? 0 : Math.min(1, Math.max(0, ((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / along));
      const far = (x1 + share * (x2 - x1) - x) ** 2 + (y1 + share * (y2 - y1) - y) ** 2;
      if (far < least) [best, least] = [properties, far];
    }
  return best;
}

/**
 * @param {Api.Feature} unit
 * @param {Local} local
 * @returns {XY}
 */
function middle({ geometry }, local) {
  const places = [...points(geometry, local), ...polygons(geometry, local).flat(2)];
  const mean = (/** @type {number} */ axis) => places.reduce((sum, place) => sum + place[axis], 0) / places.length;
  return [mean(0), mean(1)];
}
