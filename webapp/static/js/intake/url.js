/** The address of the page where files are taken in: a link opens it at a layer. The file itself is in no address. */

/** @typedef {{layer: string, lang: Api.Lang, night: boolean}} IntakeState */

const LAYER = /^[a-z_]{1,40}$/;

/** @type {Readonly<IntakeState>} */
export const FIRST = Object.freeze({ layer: "facilities", lang: "zh", night: false });

/**
 * @param {string} search
 * @returns {IntakeState}
 */
export function read(search) {
  const query = new URLSearchParams(search);
  const layer = query.get("layer") ?? "";
  return { layer: LAYER.test(layer) ? layer : FIRST.layer, lang: query.get("lang") === "en" ? "en" : "zh", night: query.get("night") === "1" };
}

/** @param {IntakeState} state */
export function write({ layer, lang, night }) {
  const query = new URLSearchParams({ ...(layer !== FIRST.layer && { layer }), ...(lang === "en" && { lang }), ...(night && { night: "1" }) });
  return query.size > 0 ? `?${query}` : "";
}

/**
 * The page as it stands beside another: the same language and night.
 * @param {{lang: Api.Lang, night: boolean | null}} beside
 */
export function address({ lang, night }) {
  return `/import${write({ ...FIRST, lang, night: night === true })}`;
}
