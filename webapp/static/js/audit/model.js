/** The audit's tables as one matrix: a row a clause, a column a committee or an age group, the whole first. Pure. */
import { shorten } from "./shorten.js";
import { NO_COMMITTEE } from "./url.js";

/** @typedef {{covered: number, gap: number, unknown: number, apart: number, share: number | null}} Cell  people; `apart`: not served by the clause */
/** @typedef {{id: string, short: string, full: string}} Column */

/**
 * @typedef {object} Row
 * @property {string} key  "gb50180/10-MARKET"
 * @property {Api.ClauseRow} clause
 * @property {Cell} total
 * @property {(Cell | null)[]} cells  in the order of the columns
 * @property {number} burden  people × metres beyond
 */

/** @typedef {{columns: Column[], rows: Row[]}} Matrix */

/** @param {{standard: string, clause: string}} row */
export function keyOf({ standard, clause }) {
  return `${standard}/${clause}`;
}

/**
 * @param {Api.Tally} row
 * @returns {Cell}
 */
export function cellOf(row) {
  const { people_covered: covered, people_gap: gap, people_unknown: unknown, people_not_concerned: apart } = row;
  const known = covered + gap > 0;
  return { covered, gap, unknown, apart, share: known ? covered / (covered + gap + unknown) : null };
}

/**
 * @param {Api.AuditTables} tables
 * @param {"committee" | "age"} by
 * @param {Api.Lang} lang
 * @returns {Matrix}
 */
export function matrixOf(tables, by, lang) {
  const told = by === "age" ? tables.ages.map((row) => ({ row, id: row.group, name: row.name, name_en: row.name_en })) : tables.matrix.map(ofCommittee);
  /** @type {Map<string, {name: string, name_en: string}>} */
  const known = new Map();
  /** @type {Map<string, Map<string, Cell>>} */
  const cells = new Map();
  for (const { row, id, name, name_en } of told) {
    if (!known.has(id)) known.set(id, { name, name_en });
    const key = keyOf(row);
    const own = cells.get(key) ?? new Map();
    cells.set(key, own);
    own.set(id, cellOf(row));
  }
  const ids = [...known.keys()];
  const full = [...known.values()].map((one) => (lang === "en" && one.name_en) || one.name || "");
  const short = by === "age" ? full : shorten(full);
  const burden = burdens(tables.gaps);
  return {
    columns: ids.map((id, i) => ({ id, full: full[i], short: short[i] })),
    rows: tables.clauses.map((clause) => {
      const key = keyOf(clause);
      const own = cells.get(key);
      return { key, clause, total: cellOf(clause), cells: ids.map((id) => own?.get(id) ?? null), burden: burden.get(key) ?? 0 };
    }),
  };
}

/** @param {Api.CommitteeRow} row */
function ofCommittee(row) {
  return { row, id: row.committee_id ?? NO_COMMITTEE, name: row.committee, name_en: row.committee_en };
}

/** @param {Api.GapRow[]} gaps */
function burdens(gaps) {
  /** @type {Map<string, number>} */
  const sums = new Map();
  for (const gap of gaps) sums.set(keyOf(gap), (sums.get(keyOf(gap)) ?? 0) + gap.burden);
  return sums;
}

/**
 * What all clauses together say, as people × clauses.
 * @param {Api.ClauseRow[]} clauses
 * @returns {Cell}
 */
export function sumOf(clauses) {
  const sum = { people: 0, people_covered: 0, people_gap: 0, people_unknown: 0, people_not_concerned: 0, share_covered: null };
  for (const one of clauses) {
    sum.people_covered += one.people_covered;
    sum.people_gap += one.people_gap;
    sum.people_unknown += one.people_unknown;
    sum.people_not_concerned += one.people_not_concerned;
  }
  return cellOf(sum);
}
