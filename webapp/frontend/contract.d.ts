// What the server's JSON looks like to the page. Types only; nothing of this file is served.
declare namespace Api {
  type Lang = "zh" | "en";
  type Collection = GeoJSON.FeatureCollection;
  type Feature = GeoJSON.Feature;
  type Properties = Record<string, any>;

  interface Kind { code: string; zh: string; en: string; glyph: string; group: string; first_page: boolean; survey: "complete" | "partial" | "none"; count: number; planned?: number }
  interface Theme { code: string; zh: string; en: string; color: string; summary_zh: string; summary_en: string }
  interface Profile { code: string; zh: string; en: string; m_per_s: number }
  interface People { code: string; zh: string; en: string }

  interface Workspace {
    name: string; name_en: string; bounds: [number, number, number, number]; accuracy: string | null; date: string | null; attribution: string[];
    kinds: Kind[]; groups: Record<string, [string, string]>; themes: Theme[]; profiles: Profile[]; people: People[]; version: string;
  }

  type Base = Record<string, Collection>;

  interface Fact { label: string; label_en: string; value: number | string | null; unit: string }
  interface Caveat { key: string; zh: string; en: string }
  interface Made { layer: string; sha256: string; source: string; date: string; accuracy: string; licence: string; attribution: string }
  interface Answer {
    question: string; run_id: string; params: Properties; facts: Record<string, Fact>; tables: Record<string, Properties[]>;
    caveats: Caveat[]; made_of: Made[];
  }

  interface RouteReply { answer: Answer; features: Record<string, Collection> }
  interface Check { key: string; zh: string; en?: string; check_en?: string; status: "ok" | "short" | "unknown"; value: number | string | null; wanted: number | string | null; unit: string; clause?: string; clause_en?: string }

  interface GapClass { color: string; from_m: number; to_m: number | null }
  interface CoverageLegend { covered: string; gap: GapClass[]; unknown: string }
  interface Coverage { answer: Answer; features: { units: Collection; homes: Collection; facilities: Collection }; legend: CoverageLegend; houses?: boolean }
  interface Isochrone { answer: Answer; features: { bands: Collection; origin: Collection; reach?: Collection } }
  interface Walk { answer: Answer; features: { walk: Collection; ends: Collection } }

  interface Standard {
    id: string; zh: string; en: string; version: string; source: string; origin: "bundled" | "workspace"; clauses: number; unverified: number; references: number;
  }
  interface Tally { people: number; people_covered: number; people_gap: number; people_unknown: number; people_not_concerned: number; share_covered: number | null }
  interface ClauseRow extends Tally {
    standard: string; clause: string; code: string; tier: string; name: string; name_en: string; required: "must" | "should"; measure: string;
    basis: "clause" | "tier"; verified: boolean; kinds: string; serves: string; min_area_m2: number | null; people_straight: number | null;
    people_circle_only: number | null; people_backed: number | null; people_evening: number | null; gap_borderline: number; covered_borderline: number;
    reason: string | null; units_gap: number; facilities: number; facilities_area_unknown: number; facilities_too_small: number;
    facilities_not_in_use: number; surveyed: boolean; source: string;
  }
  interface CommitteeRow extends Tally { standard: string; clause: string; committee_id: string | null; committee: string; committee_en: string; verified: boolean }
  interface AgeRow extends Tally { standard: string; clause: string; group: string; name: string; name_en: string; verified: boolean }
  interface GapRow {
    standard: string; clause: string; clause_name: string; clause_name_en: string; required: "must" | "should"; measure: string; basis: "clause" | "tier";
    verified: boolean; id: string; name: string | null; name_en: string | null; committee: string | null; committee_id: string | null; people: number;
    people_gap: number; walk_m: number | null; walk_min: number | null; beyond_m: number | null; burden: number; nearest_name: string | null;
    reason: string | null; gap_borderline: number; firm: "firm" | "borderline" | "partly";
  }
  interface CompoundRow {
    id: string; name: string | null; name_en: string | null; committee: string | null; committee_id: string | null; people: number;
    clauses_covered: number; clauses_gap: number; clauses_gap_firm: number; clauses_unknown: number; burden: number;
  }
  interface SupplyRow {
    standard: string; clause: string; name: string; name_en: string; required: "must" | "should"; measure: string; basis: "clause" | "tier"; tier: string;
    verified: boolean; m2_in_use: number | null; facilities_not_counted: number; m2_per_1000: number | null; index_min: number; index_max: number | null;
    verdict: "covered" | "gap" | "unknown";
  }
  interface SurveyRow { what: string; kind: string | null; zh: string; en: string; people_clauses: number; clauses: number; facilities: number }
  interface ReferenceRow { standard: string; code: string; tier: string; name: string; name_en: string; text: string; verified: boolean; source: string }
  interface FindingRow { severity: string; code: string; count: number; zh: string; en: string }
  interface AuditTables {
    clauses: ClauseRow[]; matrix: CommitteeRow[]; ages: AgeRow[]; gaps: GapRow[]; compounds: CompoundRow[]; supply: SupplyRow[]; survey: SurveyRow[];
    references: ReferenceRow[]; findings: FindingRow[];
  }
  interface Audit { answer: Answer & { tables: AuditTables }; legend: CoverageLegend }
  /** A row of a compound's sheet. */
  interface SheetRow extends Tally {
    standard: string; clause: string; code: string; tier: string; name: string; name_en: string; required: "must" | "should"; measure: string;
    basis: "clause" | "tier"; verified: boolean; status: "covered" | "gap" | "unknown" | "empty"; walk_m: number | null; walk_min: number | null;
    beyond_m: number | null; nearest_id: string | null; nearest_name: string | null; reason: string | null;
    gap_borderline: number; burden: number; second_m: number | null; second_min: number | null; second_name: string | null;
  }

  interface ThemeFact { key: string; zh: string; en: string; value: number | string | null; unit: string }
  interface LegendRow { key: string; zh: string; en: string; symbol: "area" | "line" | "dash" | "dot" | "glyph"; color: string; glyph?: string }
  interface ThemeView { legend: LegendRow[]; layers: Record<string, Collection>; facts: ThemeFact[] }

  interface Format { format: string; zh: string; en: string }

  // -- files taken in
  interface ColumnSpec { name: string; zh: string; en: string; type: string; required: boolean; unit: string; choices: { code: string; zh: string; en: string }[] }
  interface LayerSpec { name: string; zh: string; en: string; theme: string; geometry: string[]; columns: ColumnSpec[] }
  interface Sentence { zh: string; en: string }
  interface Intake { edit: boolean; most_bytes: number; accept: string[]; too_large: Sentence; editing_off: Sentence; layers: LayerSpec[] }
  interface Control { x: number; y: number; lon: number; lat: number }
  interface Asked {
    layer: string; columns: Record<string, string>; datum: string; controls: Control[]; kind: string; key: string; source: string; date: string;
    licence: string; accuracy: string; replace: boolean; skip_bad_rows: boolean;
  }
  type Cell = string | number | boolean | null;
  interface DraftColumn { heading: string; column: string; how: string; examples: Cell[] }
  interface DatumEvidence { datum: string; swapped: boolean; zh: string; en: string; inside: number; near: number; anchors: number; anchor_m: number | null }
  interface DraftDatum { datum: string; swapped: boolean; verdict: "stated" | "judged" | "ambiguous" | "outside"; evidence: DatumEvidence[] }
  interface DraftFinding { severity: "error" | "warning"; code: string; zh: string; en: string; fix_zh: string; fix_en: string; id: string | null; row: number | null; column: string | null }
  type What = "added" | "changed" | "removed" | "unchanged";
  interface DraftChange { what: What; id: string; name: string | null; row: number | null; columns: Record<string, [any, any]> }
  interface Counts { rows: number; added: number; changed: number; removed: number; unchanged: number; left_out: number; errors: number; warnings: number }
  type Status = "added" | "changed" | "removed" | "unchanged" | "bad";
  interface Draft {
    draft: string; layer: string; file: string; format: string; part: string; parts: string[]; encoding: string; refused: boolean; counts: Counts;
    columns: DraftColumn[]; datum: DraftDatum | null; controls: { residuals_m: number[]; rms_m: number; scale: number; rotation_deg: number } | null;
    added: string[]; removed: string[]; changed: Record<string, Record<string, [any, any]>>; findings: DraftFinding[]; findings_count: number;
    first_rows: { row: number; cells: Cell[] }[]; features: Collection;
  }
  interface Version { number: number; when: string; undone: boolean; file: string; layer: string; counts: Counts }
}
