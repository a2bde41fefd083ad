/** How far the import is: which part is done, which is asked of the planner now, which needs mending. */

export const STEPS = /** @type {const} */ (["file", "columns", "datum", "findings", "changes"]);
/** @typedef {typeof STEPS[number]} Step */
/** @typedef {"done" | "now" | "trouble" | "later"} StepState */

/**
 * @param {Api.Draft | null} draft  null before there is one
 * @param {{skip_bad_rows: boolean}} asked
 * @param {boolean} applied
 * @returns {Record<Step, StepState>}
 */
export function stepsOf(draft, asked, applied) {
  if (draft === null) return { file: "now", columns: "later", datum: "later", findings: "later", changes: "later" };
  const open = isOpen(draft.datum);
  const wrong = errorsOf(draft) > 0;
  const stopped = open || (wrong && !asked.skip_bad_rows);
  return {
    file: "done",
    columns: draft.findings.some(({ severity, code }) => severity === "error" && code === "missing_column") ? "trouble" : "done",
    datum: open ? "trouble" : "done",
    findings: open ? "later" : wrong && !asked.skip_bad_rows ? "trouble" : "done",
    changes: stopped ? "later" : applied ? "done" : "now",
  };
}

/**
 * Must the datum still be chosen?
 * @param {Api.DraftDatum | null} datum
 */
export function isOpen(datum) {
  return datum !== null && (datum.verdict === "ambiguous" || datum.verdict === "outside");
}

/** @param {Api.Draft} draft */
export function errorsOf({ findings }) {
  return findings.filter(({ severity }) => severity === "error").length;
}

/**
 * May the draft be applied as it stands?
 * @param {Api.Draft} draft
 * @param {{skip_bad_rows: boolean}} asked
 * @returns {"yes" | "datum" | "errors" | "nothing"}
 */
export function mayApply(draft, asked) {
  if (isOpen(draft.datum)) return "datum";
  if (errorsOf(draft) > 0 && !asked.skip_bad_rows) return "errors";
  const { add, change, remove } = draft.counts;
  return add + change + remove > 0 ? "yes" : "nothing";
}
