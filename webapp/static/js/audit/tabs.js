/** The panels of the work, each drawn from the audit as the state asks. */
import * as api from "../api.js";
import { at, fill, h } from "../panel/dom.js";
import { onPhone } from "../panel/sheet.js";
import { either, nameOf, say } from "../say/say.js";
import { comparePanel } from "./compare_panel.js";
import { gapPanel } from "./gap_panel.js";
import { gapsOf } from "./gaps.js";
import { clauseName } from "./marks.js";
import { matrixPanel } from "./matrix_panel.js";
import { keyOf } from "./model.js";
import { notesPanel } from "./notes_panel.js";
import { sheetPanel } from "./sheet_panel.js";
import { supplyPanel } from "./supply_panel.js";
import { surveyPanel } from "./survey_panel.js";

/** @typedef {import("./audit.js").Audit} Audit */

/**
 * @param {Audit} page
 * @returns {import("./matrix.js").MatrixTable | null} where the matrix is what is drawn
 */
export function drawTab(page) {
  const { state, audit } = page;
  if (!audit) return null;
  const panel = at("panel");
  const { answer } = audit;
  const { tables } = answer;
  const choose = (/** @type {string} */ clause) => page.choose({ clause });
  if (state.tab === "matrix") return matrix(page);
  if (state.tab === "gaps") gaps(page, audit);
  else if (state.tab === "sheet") sheet(page);
  else if (state.tab === "survey") surveyPanel(panel, tables.survey, page.workspace.kinds, state.lang);
  else if (state.tab === "compare") comparePanel(panel, page.matrix.rows, state.evening, state, choose);
  else if (state.tab === "supply") supplyPanel(panel, tables.supply, state, choose);
  else notesPanel(panel, answer, page.workspace, state.lang);
  return null;
}

/** @param {Audit} page */
function matrix(page) {
  const { state } = page;
  return matrixPanel(at("panel"), page.matrix, state, page.own, {
    ask: (change) => page.store.set(change),
    open: ({ clause, column }) => {
      const within = state.columns === "age" ? { people: column ?? "all", committee: null } : { committee: column, people: "all" };
      page.choose({ ...within, unit: null, ...(clause === null && state.columns === "age" ? {} : { clause }) });
    },
    phone: onPhone(),
    paper: page.paper,
  });
}

/** @param {Audit} page @param {Api.Audit} audit */
function gaps(page, { answer }) {
  const { state } = page;
  const { clause, committee, lang } = state;
  const row = clause === null ? undefined : answer.tables.clauses.find((one) => keyOf(one) === clause);
  const filters = [
    ...(row ? [{ name: clauseName(row, lang), drop: () => page.choose({ clause: null }) }] : []),
    ...(committee === null ? [] : [{ name: page.placeName(committee), drop: () => page.choose({ committee: null }) }]),
  ];
  gapPanel(at("panel"), gapsOf(answer.tables.gaps, { clause, committee }), answer, state, filters, {
    choose: (gap) => page.choose({ clause: keyOf(gap), unit: gap.id }),
    place: (id) => page.placeName(id),
    phone: onPhone(),
  });
}

/** @param {Audit} page */
async function sheet(page) {
  const { state } = page;
  const { lang, unit } = state;
  const panel = at("panel");
  if (unit === null) return;
  if (panel.querySelector(".sheet-of")?.getAttribute("data-of") !== unit) fill(panel, h("p", { class: "note" }, say(lang, "loading")));
  const found = await api.orSentence(api.auditUnit(unit, state));
  if (page.state.tab !== "sheet" || page.state.unit !== unit || page.state.lang !== lang) return;
  if (!("answer" in found)) return fill(panel, h("p", { class: "failure", role: "alert" }, either(found, lang)));
  const row = page.audit?.answer.tables.compounds.find(({ id }) => id === unit);
  sheetPanel(panel, found.answer, nameOf(row ?? null, lang) || String(found.answer.params.name ?? unit), state, (clause) => page.choose({ clause }));
}
