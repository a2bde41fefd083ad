/** What is near: of each kind of service the walk to the nearest, in the order of the walk. */
import { isOpen } from "../hours/parse.js";

/** @typedef {import("../walk/walks.js").Start} Start */
/** @typedef {import("../walk/walks.js").Found} Found */
/** @typedef {{code: string, zh: string, en: string, glyph: string, group: string, first_page: boolean, survey: "complete" | "partial" | "none"}} Kind */
/** @typedef {{kind: number, id: string, at: [number, number], name?: string, name_en?: string, address?: string, open_hours?: string, step_free?: boolean, floor?: string, phone?: string}} Place */
/** @typedef {{kinds: Kind[], groups: Record<string, [string, string]>, walkers: import("../walk/walkable.js").Walker[], places: Place[]}} Places */

/**
 * @typedef {object} Nearest
 * @property {string} key   the kind's code; "to" for the one place asked for
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
 * @param {{open: boolean, to: string | null}} wanted  `open`: only what is known to be open then, or has no hours on record; `to`: told before all others
 * @returns {Nearest[]} those of the first page first, each by the walk
 */
export function nearest({ kinds, places }, start, when, { open, to }) {
  const found = start.facilities();
  const edge = start.toEdge;
  /** @type {number[]} */
  const best = kinds.map(() => -1);
  const cost = (/** @type {number} */ row) => found[row]?.cost ?? Infinity;
  for (const [row, { kind, open_hours }] of places.entries())
    if (cost(row) < Infinity && !(open && isOpen(open_hours, when) === false) && (best[kind] < 0 || cost(row) < cost(best[kind]))) best[kind] = row;
  const tell = (/** @type {number} */ row, /** @type {Kind} */ kind, key = kind.code) => {
    const place = row < 0 ? null : places[row];
    const unsure = kind.survey !== "complete" || edge < Math.min(cost(row), start.limit);
    return { key, kind, place, found: place && found[row], minutes: start.minutes(cost(row)), open: place?.open_hours ? isOpen(place.open_hours, when) : null, unsure };
  };
  const near = kinds
    .map((kind, number) => tell(best[number], kind))
    .sort((one, two) => Number(two.kind.first_page) - Number(one.kind.first_page) || one.minutes - two.minutes);
  const asked = places.findIndex(({ id }) => id === to);
  return asked < 0 ? near : [tell(asked, kinds[places[asked].kind], "to"), ...near];
}
