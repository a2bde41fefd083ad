/** Which clauses the matrix shows, in which order, under which heads. Pure. */

/** @typedef {import("./model.js").Row} Row */

/** @type {Record<import("./url.js").AuditState["rows"], (row: Row) => boolean>} */
const SHOWN = {
  all: () => true,
  gap: ({ total }) => total.gap > 0,
  unknown: ({ total }) => total.unknown > 0,
  must: ({ clause }) => clause.required === "must",
};

/**
 * @param {Row[]} rows
 * @returns {Record<import("./url.js").AuditState["rows"], number>} how many each filter leaves
 */
export function counts(rows) {
  const count = (/** @type {keyof typeof SHOWN} */ name) => rows.filter(SHOWN[name]).length;
  return { all: count("all"), gap: count("gap"), unknown: count("unknown"), must: count("must") };
}

/**
 * @param {Row[]} rows
 * @param {{rows: import("./url.js").AuditState["rows"], order: import("./url.js").AuditState["order"]}} state
 * @returns {Row[]} as printed where two are equal
 */
export function arranged(rows, { rows: shown, order }) {
  const kept = rows.filter(SHOWN[shown]);
  if (order === "clause") return kept;
  if (order === "urgent") return urgent(kept);
  // Nobody known of stands last: it is not the least covered.
  const weight = (/** @type {Row} */ row) => (order === "burden" ? -row.burden : (row.total.share ?? 2));
  return [...kept].sort((a, b) => weight(a) - weight(b) || b.total.gap - a.total.gap);
}

/**
 * Tier by tier, the heaviest first, and within each the heaviest clause first; what is wholly unknown last.
 * @param {Row[]} rows
 */
function urgent(rows) {
  const tier = (/** @type {Row} */ { clause }) => `${clause.standard} ${clause.tier}`;
  /** @type {Map<string, number>} */
  const heavy = new Map();
  for (const row of rows) heavy.set(tier(row), (heavy.get(tier(row)) ?? 0) + row.burden);
  const first = new Map([...heavy.keys()].map((name, i) => [name, i]));
  const rank = (/** @type {Row} */ { total }) => (total.gap > 0 ? 0 : total.share !== null ? 1 : 2);
  return [...rows].sort(
    (a, b) =>
      (heavy.get(tier(b)) ?? 0) - (heavy.get(tier(a)) ?? 0) || (first.get(tier(a)) ?? 0) - (first.get(tier(b)) ?? 0) || rank(a) - rank(b) || b.burden - a.burden || b.total.gap - a.total.gap,
  );
}

/**
 * Rows under one head each: of one standard and tier; one head for all where they are sorted otherwise.
 * @param {Row[]} rows
 * @param {string} order
 * @returns {{standard: string, tier: string, rows: Row[]}[]}
 */
export function grouped(rows, order) {
  if (order !== "clause" && order !== "urgent") return rows.length > 0 ? [{ standard: "", tier: "", rows }] : [];
  /** @type {{standard: string, tier: string, rows: Row[]}[]} */
  const groups = [];
  for (const row of rows) {
    const last = groups.at(-1);
    const { standard, tier } = row.clause;
    if (last && last.standard === standard && last.tier === tier) last.rows.push(row);
    else groups.push({ standard, tier, rows: [row] });
  }
  return groups;
}
