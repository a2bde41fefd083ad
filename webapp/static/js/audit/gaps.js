/** Which gaps the list shows: of the clause, committee and compound chosen. Pure. */
import { keyOf } from "./model.js";
import { NO_COMMITTEE } from "./url.js";

/**
 * @param {Api.GapRow[]} gaps  heaviest first
 * @param {{clause: string | null, committee: string | null, unit?: string | null}} of
 */
export function gapsOf(gaps, { clause, committee, unit = null }) {
  return gaps.filter(
    (gap) =>
      (clause === null || keyOf(gap) === clause) &&
      (committee === null || (gap.committee_id ?? NO_COMMITTEE) === committee) &&
      (unit === null || gap.id === unit),
  );
}

/**
 * Compounds coloured by how many clauses they miss, as a coverage is drawn: the overview while no clause is chosen.
 * @param {Api.CompoundRow[]} rows
 * @param {Api.Base} base
 * @param {string[]} colors  of the gap's ramp
 * @returns {Api.Coverage}
 */
export function overviewOf(rows, base, colors) {
  const byId = new Map(rows.map((row) => [row.id, row]));
  const most = Math.max(1, ...rows.map(({ clauses_gap }) => clauses_gap));
  const step = Math.max(1, Math.ceil(most / colors.length));
  const gap = colors.map((color, i) => ({ color, from_m: i * step, to_m: i === colors.length - 1 ? null : (i + 1) * step }));
  const places = [...(base.compounds?.features ?? []), ...(base.homes?.features ?? [])].filter(({ id }) => byId.has(String(id)));
  const features = places.map((place) => {
    const row = byId.get(String(place.id));
    const { clauses_gap: missed = 0, clauses_unknown: blind = 0, people = 0 } = row ?? {};
    const status = people <= 0 ? "empty" : missed > 0 ? "gap" : blind > 0 ? "unknown" : "covered";
    return { ...place, properties: { ...row, status, beyond_m: missed } };
  });
  const none = { type: /** @type {const} */ ("FeatureCollection"), features: [] };
  const answer = { question: "audit", run_id: "", params: {}, facts: {}, tables: { units: features.map(({ properties }) => properties) }, caveats: [], made_of: [] };
  return { answer, features: { units: { ...none, features }, homes: none, facilities: none }, legend: { covered: "", gap, unknown: "" } };
}
