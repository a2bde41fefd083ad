/** Names that contain a text, the best first. */

/**
 * @typedef {object} Entry
 * @property {"compound" | "street" | "facility"} what
 * @property {string} id
 * @property {Api.Properties} properties  with `name`, `name_en`
 * @property {[number, number]} at  longitude, latitude
 * @property {string} [note]  what it is, where `what` does not say enough
 */

/**
 * @param {Entry[]} entries
 * @param {string} text
 * @param {number} [most]
 * @returns {Entry[]} names that begin with the text first, then by length
 */
export function find(entries, text, most = 8) {
  const wanted = plain(text);
  if (wanted === "") return [];
  return entries
    .map((entry) => ({
      entry,
      at: best([entry.properties.name, entry.properties.name_en, ...(entry.properties.other_names ?? [])], wanted),
    }))
    .filter(({ at }) => at < Infinity)
    .sort((a, b) => a.at - b.at || String(a.entry.properties.name).length - String(b.entry.properties.name).length)
    .slice(0, most)
    .map(({ entry }) => entry);
}

/**
 * @param {(string | undefined)[]} names
 * @param {string} wanted
 */
function best(names, wanted) {
  const places = names.map((name) => (name ? plain(name).indexOf(wanted) : -1)).filter((at) => at >= 0);
  return Math.min(Infinity, ...places);
}

/** @param {string} text */
function plain(text) {
  return text.normalize("NFKC").toLowerCase().replaceAll(/\s+/g, "");
}
