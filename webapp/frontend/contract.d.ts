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

  interface GapClass { color: string; from_m: number; to_m: number | null }
  interface CoverageLegend { covered: string; gap: GapClass[]; unknown: string }
  interface Coverage { answer: Answer; features: { units: Collection; homes: Collection; facilities: Collection }; legend: CoverageLegend; houses?: boolean }
  interface Isochrone { answer: Answer; features: { bands: Collection; origin: Collection; reach?: Collection } }
  interface Walk { answer: Answer; features: { walk: Collection; ends: Collection } }

  interface ThemeFact { key: string; zh: string; en: string; value: number | string | null; unit: string }
  interface LegendRow { key: string; zh: string; en: string; symbol: "area" | "line" | "dash" | "dot" | "glyph"; color: string; glyph?: string }
  interface ThemeView { legend: LegendRow[]; layers: Record<string, Collection>; facts: ThemeFact[] }
}
