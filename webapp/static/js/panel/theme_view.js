/** A theme told in words: its large figure, its facts, its legend, its items one after the other. */
import { at, fill, h, keepFocus } from "./dom.js";
import { nameOf, say } from "../say/say.js";
import { fact as sayFact, metres, minutes } from "../say/number.js";
import { rowOf } from "../map/theme_layer.js";
import { signLegend } from "./legend.js";
import { gpx } from "./gpx.js";

/** @typedef {import("../state/url.js").State} State */

const ITEMS = Object.freeze({ blue: "blue_net", green: "green_vein", red: "walkway_stops", night: "run_amenities", plan: "plan_projects" });
/** Facts of which nothing need be said where there is none. */
const SILENT_AT_ZERO = /^(projects_|blue_not_known)/;
const STROLL_M_PER_MIN = 72; // 1.2 m/s

/**
 * @param {Api.Theme} theme
 * @param {Api.ThemeView} view
 * @param {State} state
 * @param {(item: Api.Feature) => boolean} isInside
 * @param {(id: string) => void} choose
 */
export function themeView(theme, view, state, isInside, choose) {
  const { lang } = state;
  const panel = at("answer");
  panel.removeAttribute("aria-busy");
  const [first, ...rest] = view.facts;
  const items = itemsOf(view, theme.code).filter(isInside);
  const empty = items.length === 0 && !first?.value;
  keepFocus(panel, () =>
    fill(
      panel,
      h("h2", { id: "answer-title", class: "label" }, lang === "zh" ? theme.zh : theme.en),
      empty ? h("p", { class: "failure" }, say(lang, "no_theme_data", { theme: lang === "zh" ? theme.zh : theme.en })) : null,
      first && !empty
        ? h(
            "p",
            { class: "figure theme-figure-large" },
            h("strong", {}, sayFact(first.value, first.unit, lang)),
            h("span", { class: "figure-people" }, lang === "zh" ? first.zh : first.en),
          )
        : null,
      h(
        "dl",
        { class: "tiles" },
        rest
          .filter(({ key, value }) => value !== null && (value !== 0 || !(empty || SILENT_AT_ZERO.test(key))))
          .map(({ value, unit, zh, en }) =>
            h("div", { class: "tile" }, h("dd", {}, sayFact(value, unit, lang)), h("dt", {}, lang === "zh" ? zh : en)),
          ),
      ),
      signLegend(view.legend, lang),
      theme.code === "night" && loopOf(view)
        ? h("button", { type: "button", class: "button", "data-key": "gpx", onclick: () => saveLoop(view, lang) }, say(lang, "gpx"))
        : null,
      items.length > 0 ? h("h3", { class: "label" }, `${say(lang, "items")} · ${say(lang, "item_count", { count: items.length })}`) : null,
      h(
        "ol",
        { class: "items" },
        items.map((item) =>
          h(
            "li",
            {},
            h(
              "button",
              {
                type: "button",
                class: "item",
                "data-key": `item-${item.id}`,
                "aria-pressed": String(String(item.id) === state.item),
                onclick: () => choose(String(item.id)),
              },
              itemLine(item, view, ITEMS[/** @type {keyof typeof ITEMS} */ (theme.code)], lang),
            ),
          ),
        ),
      ),
    ),
  );
}

/**
 * The items of a theme in their order; those without a name or a sign are left out, and the pieces of one thing told alike are told once.
 * @param {Api.ThemeView} view
 * @param {string} code
 */
export function itemsOf(view, code) {
  const layer = /** @type {Record<string, string>} */ (ITEMS)[code];
  const features = (view.layers[layer]?.features ?? []).filter(
    ({ properties }) => titleOf(properties, "zh") && rowOf(view.legend, layer, properties),
  );
  const told = (/** @type {Api.Feature} */ { id, properties }) =>
    code === "red" ? id : [titleOf(properties, "zh"), rowOf(view.legend, layer, properties)?.key, properties?.break_reason].join("|");
  return [...new Map(features.map((feature) => [told(feature), feature])).values()].sort(
    (a, b) => (a.properties?.order ?? 0) - (b.properties?.order ?? 0),
  );
}

/**
 * @param {Api.Properties | null} properties
 * @param {Api.Lang} lang
 */
function titleOf(properties, lang) {
  return (lang === "en" && properties?.project_en) || properties?.project || nameOf(properties, lang);
}

/**
 * What an office wrote, in Chinese; in English only where it wrote that too.
 * @param {Api.Properties} properties
 * @param {string} column
 * @param {Api.Lang} lang
 * @returns {string}
 */
function ownWords(properties, column, lang) {
  return properties[lang === "zh" ? column : `${column}_en`] ?? "";
}

/**
 * @param {Api.Feature} item
 * @param {Api.ThemeView} view
 * @param {string} layer
 * @param {Api.Lang} lang
 */
function itemLine(item, view, layer, lang) {
  const row = rowOf(view.legend, layer, item.properties);
  const properties = item.properties ?? {};
  const number = layer === "walkway_stops" ? String(properties.order ?? "") : (row?.glyph ?? "");
  const mark = h("span", { class: `mark mark-${row?.symbol ?? "dot"}`, "aria-hidden": "true" }, number);
  mark.style.setProperty("--mark", row?.color ?? "#8a867b");
  const more = [
    row ? (lang === "zh" ? row.zh : row.en) : "",
    properties.due ? say(lang, "due", { date: properties.due }) : "",
    ownWords(properties, "break_reason", lang),
    properties.confirmed === false ? say(lang, "unconfirmed") : "",
    typeof properties.chainage_m === "number" ? say(lang, "from_start", { metres: metres(properties.chainage_m, lang) }) : "",
  ]
    .filter(Boolean)
    .join(" · ");
  return [mark, h("span", { class: "item-name" }, titleOf(properties, lang)), h("span", { class: "item-more" }, more)];
}

/**
 * The stop or feature chosen: its story, and for a stop the way to the next.
 * @param {Api.Feature} item
 * @param {Api.ThemeView} view
 * @param {State} state
 * @param {{close: () => void, choose: (id: string) => void}} act
 */
export function itemDetail(item, view, state, { close, choose }) {
  const { lang } = state;
  const properties = item.properties ?? {};
  const layer = Object.keys(view.layers).find((name) => view.layers[name].features.includes(item)) ?? "";
  const row = rowOf(view.legend, layer, properties);
  const kind = row ? (lang === "zh" ? row.zh : row.en) : "";
  const panel = at("detail");
  panel.hidden = false;
  const badge = h(
    "span",
    { class: "badge colored" },
    layer === "walkway_stops" ? say(lang, "stop", { order: properties.order ?? "", kind }) : kind,
  );
  if (row) badge.style.setProperty("--badge", row.color);
  const story =
    (lang === "en" && properties.story_en) ||
    properties.story ||
    (lang === "zh" ? properties.evidence : "") ||
    ownWords(properties, "break_reason", lang);
  const more = [
    typeof properties.chainage_m === "number" ? say(lang, "from_start", { metres: metres(properties.chainage_m, lang) }) : "",
    ownWords(properties, "department", lang),
    properties.due ? say(lang, "due", { date: properties.due }) : "",
    properties.confirmed === false ? say(lang, "unconfirmed") : "",
  ]
    .filter(Boolean)
    .join(" · ");
  fill(
    panel,
    h(
      "div",
      { class: "detail-head" },
      h("p", { class: "detail-line" }, badge, h("span", { class: "note" }, more)),
      h("button", { type: "button", class: "close", "aria-label": say(lang, "close"), onclick: close }, "×"),
    ),
    h("h2", { class: "detail-title large" }, titleOf(properties, lang) || kind),
    story ? h("p", { class: "story" }, story) : null,
    layer === "walkway_stops" ? along(item, view, lang, choose) : null,
  );
}

/**
 * How far along the walkway, and the next stop.
 * @param {Api.Feature} item
 * @param {Api.ThemeView} view
 * @param {Api.Lang} lang
 * @param {(id: string) => void} choose
 */
function along(item, view, lang, choose) {
  const stops = itemsOf(view, "red");
  const at_ = stops.indexOf(item);
  const length = view.facts.find(({ key }) => key === "walkway_length_m")?.value;
  const here = item.properties?.chainage_m ?? 0;
  const [before, next] = [stops[at_ - 1], stops[at_ + 1]];
  const gap = next ? next.properties?.chainage_m - here : null;
  const bar = h("span", { class: "progress-done" });
  bar.style.width = typeof length === "number" && length > 0 ? `${Math.min(100, (here / length) * 100)}%` : "0";
  const button = (
    /** @type {Api.Feature | undefined} */ stop,
    /** @type {import("../say/words.js").Word} */ word,
    /** @type {string} */ look,
  ) => stop && h("button", { type: "button", class: `button ${look}`, onclick: () => choose(String(stop.id)) }, say(lang, word));
  return h(
    "div",
    { class: "walkway" },
    h("div", { class: "progress", "aria-hidden": "true" }, bar),
    h(
      "p",
      { class: "note ends" },
      h("span", {}, typeof length === "number" ? say(lang, "whole_length", { metres: metres(length, lang) }) : ""),
      h(
        "span",
        {},
        gap === null ? "" : say(lang, "to_next", { metres: metres(gap, lang), minutes: minutes(gap / STROLL_M_PER_MIN, lang) }),
      ),
    ),
    h("div", { class: "buttons" }, button(before, "previous_stop", ""), button(next, "next_stop", "primary red")),
  );
}

/** @param {Api.ThemeView} view */
function loopOf(view) {
  return view.layers.night_run?.features.find(({ geometry }) => geometry?.type === "LineString");
}

/**
 * @param {Api.ThemeView} view
 * @param {Api.Lang} lang
 */
function saveLoop(view, lang) {
  const loop = loopOf(view);
  if (loop?.geometry.type !== "LineString") return;
  const text = gpx(nameOf(loop.properties, lang) || "night run", loop.geometry.coordinates);
  const link = h("a", { href: URL.createObjectURL(new Blob([text], { type: "application/gpx+xml" })), download: "night-run.gpx" });
  link.click();
  URL.revokeObjectURL(link.href);
}
