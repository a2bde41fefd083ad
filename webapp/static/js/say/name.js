/** Things that carry their own words, in the reader's language. */

/**
 * Choose between the Chinese and the English of a thing that carries both.
 * @param {{zh: string, en: string}} thing
 * @param {Api.Lang} lang
 */
export function either(thing, lang) {
  return (lang === "en" && thing.en) || thing.zh;
}

/**
 * The name of a feature in the reader's language, its Chinese name where there is no English one; "" where it has none.
 * @param {Api.Properties | null} properties
 * @param {Api.Lang} lang
 * @returns {string}
 */
export function nameOf(properties, lang) {
  return (lang === "en" && properties?.name_en) || properties?.name || "";
}

/**
 * A thing within an English sentence: "a pharmacy", "an AED".
 * @param {string} name
 */
export function one(name) {
  const low = /^[A-Z][a-z]/.test(name) ? name[0].toLowerCase() + name.slice(1) : name;
  return `${/^[aeiou]/i.test(low) ? "an" : "a"} ${low}`;
}

/**
 * A sentence with its values filled in, in the reader's language.
 * @param {readonly [string, string]} sentence  Chinese, English
 * @param {Api.Lang} lang
 * @param {Record<string, string | number>} [values]
 */
export function filled(sentence, lang, values = {}) {
  return sentence[lang === "zh" ? 0 : 1].replaceAll(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
}
