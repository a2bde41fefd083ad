/** How far the import is: which part is done, which is asked of the planner now, which needs mending. */

export const STEPS = /** @type {const} */ (["file", "columns", "datum", "findings", "changes"]);
/** @typedef {typeof STEPS[number]} Step */
/** @typedef {"done" | "now" | "trouble" | "later"} StepState */

/**
 * @param {Api.Draft | null} draft  null before there is one
 * @param {boolean} applied
 * @returns {Record<Step, StepState>}
 */
export function stepsOf(draft, applied) {
  if (applied) return { file: "done", columns: "done", datum: "done", findings: "done", changes: "done" };
  if (draft === null) return { file: "now", columns: "later", datum: "later", findings: "later", changes: "later" };
  const open = isOpen(draft.datum);
  const stopped = open || draft.refused;
  return {
    file: "done",
    columns: draft.findings.some(({ severity, code }) => severity === "error" && code === "missing_column") ? "trouble" : "done",
    datum: open ? "trouble" : "done",
    findings: open ? "later" : draft.refused ? "trouble" : "done",
    changes: stopped ? "later" : "now",
  };
}

/**
 * Must the datum still be chosen?
 * @param {Api.DraftDatum | null} datum
 */
export function isOpen(datum) {
  return datum !== null && (datum.verdict === "ambiguous" || datum.verdict === "outside");
}

/**
 * May the draft be applied as it stands?
 * @param {Api.Draft} draft
 * @returns {"yes" | "datum" | "errors" | "nothing"}
 */
export function mayApply(draft) {
  if (isOpen(draft.datum)) return "datum";
  if (draft.refused) return "errors";
  const { added, changed, removed } = draft.counts;
  return added + changed + removed > 0 ? "yes" : "nothing";
}
