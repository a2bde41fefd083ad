/** One stop of the walkway: its story in the reader's language, what hangs there, its QR code, the way to its neighbours. */
import { h } from "../panel/dom.js";
import { minutes, whole } from "../say/number.js";
import { nameOf, say, sayCode } from "../say/say.js";

/**
 * @param {Api.RouteReply} reply
 * @param {{item: string | null, lang: Api.Lang}} state
 * @param {(id: string | null) => void} choose
 * @returns {HTMLElement | null} null where no stop is chosen
 */
export function stopCard({ features, answer }, { item, lang }, choose) {
  const stops = features.stops?.features ?? [];
  const here = stops.findIndex(({ id }) => String(id) === item);
  if (here < 0) return null;
  const properties = stops[here].properties ?? {};
  const { kind, order, chainage_m, minutes: walked } = properties;
  const story = (lang === "en" && properties.story_en) || properties.story;
  const beside = (/** @type {number} */ by, /** @type {"stop_before" | "stop_next"} */ word) => {
    const other = stops[here + by];
    return h("button", { type: "button", class: "button", "data-key": word, disabled: !other, onclick: () => other && choose(String(other.id)) }, say(lang, word));
  };
  return h(
    "section",
    { class: "stop-card", "aria-labelledby": "stop-title" },
    h("div", { class: "detail-head" }, h("p", { class: "label" }, `${say(lang, "stop_of", { order: order ?? here + 1, count: stops.length })} · ${sayCode(lang, "code_", kind)}`), h("button", { type: "button", class: "close", "data-key": "stop-close", "aria-label": say(lang, "close"), onclick: () => choose(null) }, "×")),
    h("h2", { id: "stop-title", class: "detail-title" }, nameOf(properties, lang)),
    h("p", { class: "note" }, say(lang, "stop_at", { at: whole(chainage_m ?? 0), minutes: minutes(walked, lang) })),
    story && h("p", { class: "story" }, story),
    h("ul", { class: "stop-files" }, /** @type {const} */ (["picture", "audio", "maker"]).filter((key) => properties[key]).map((key) => h("li", { class: "note" }, say(lang, `stop_${key}`, { name: properties[key] })))),
    qr(properties, answer, lang),
    h("div", { class: "buttons" }, beside(-1, "stop_before"), beside(1, "stop_next")),
  );
}

/**
 * @param {Api.Properties} properties
 * @param {Api.Answer} answer
 * @param {Api.Lang} lang
 */
function qr({ id, address }, { params }, lang) {
  if (!address || !params.public_url) return h("p", { class: "note" }, say(lang, "stop_no_qr"));
  return h("figure", { class: "stop-qr" }, h("img", { src: `/api/route/stop_qr?stop=${encodeURIComponent(id)}`, alt: say(lang, "stop_qr"), width: 132, height: 132 }), h("figcaption", { class: "note" }, address));
}
