/** The address of the page of the public map: the language and night; what is stated is in no address. */

/** @typedef {{lang: Api.Lang, night: boolean}} PublishState */

/**
 * @param {string} search
 * @returns {PublishState}
 */
export function read(search) {
  const query = new URLSearchParams(search);
  return { lang: query.get("lang") === "en" ? "en" : "zh", night: query.get("night") === "1" };
}

/** @param {PublishState} state */
export function write({ lang, night }) {
  const query = new URLSearchParams({ ...(lang === "en" && { lang }), ...(night && { night: "1" }) });
  return query.size > 0 ? `?${query}` : "";
}

/**
 * The page as it stands beside another: the same language and night.
 * @param {{lang: Api.Lang, night: boolean | null}} beside
 */
export function address({ lang, night }) {
  return `/publish${write({ lang, night: night === true })}`;
}
