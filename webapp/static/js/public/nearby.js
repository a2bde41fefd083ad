/** What is near: of each kind of service the walk to the nearest, in the order of the walk. */
import { isOpen } from "../hours/parse.js";

/** @typedef {import("../walk/walks.js").Start} Start */
/** @typedef {import("../walk/walks.js").Found} Found */
/** @typedef {{code: string, zh: string, en: string, glyph: string, group: string, first_page: boolean, survey: "complete" | "partial" | "none"}} Kind */
/** @typedef {{kind: number, id: string, at: [number, number], name?: string, name_en?: string, address?: string, open_hours?: string, step_free?: boolean, floor?: string, phone?: string}} Place */
/** @typedef {{kinds: Kind[], groups: Record<string, [string, string]>, places: Place[]}} Places */

/**
 * @typedef {object} Nearest
 * @property {Kind} kind
 * @property {Place | null} place   null: none within the walk
 * @property {Found | null} found
 * @property {number} minutes
 * @property {boolean | null} open  at the hour; null where no hours are on record
 * @property {boolean} unsure   a nearer one may be that is not on record
 */

/**
 * @param {Places} places
 * @param {Start} start
 * @param {import("../state/when.js").When} when
 * @param {{open: boolean}} wanted  `open`: only what is known to be open then, or has no hours on record
 * @returns {Nearest[]} those of the first page first, each by the walk
 */
export function nearest({ kinds, places }, start, when, { open }) {
  const found = start.facilities();
  const edge = start.toEdge;
  /** @type {(number | null)[]} */
  const best = kinds.map(() => null);
  found.forEach((one, row) => {
    const { kind, open_hours } = places[row];
    if (!one || (open && isOpen(open_hours, when) === false)) return;
    const before = best[kind];
    if (before === null || one.cost < /** @type {Found} */ (found[before]).cost) best[kind] = row;
  });
  return kinds
    .map((kind, number) => {
      const row = best[number];
      const place = row === null ? null : places[row];
      const one = row === null ? null : found[row];
      const cost = one?.cost ?? Infinity;
      return {
        kind,
        place,
        found: one,
        minutes: start.minutes(cost),
        open: place?.open_hours ? isOpen(place.open_hours, when) : null,
        unsure: kind.survey !== "complete" || edge < Math.min(cost, start.limit),
      };
    })
    .sort((one, two) => Number(two.kind.first_page) - Number(one.kind.first_page) || one.minutes - two.minutes);
}
