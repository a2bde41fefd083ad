/** Names short enough for a chip. A kind that is not here keeps its whole name. */

/** @type {Record<string, [string, string]>} */
const SHORT = {
  CANTEEN: ["社区食堂", "Canteen"],
  ELDER_DAY: ["日间照料", "Elder day-care"],
  ELDER_CENTRE: ["为老中心", "Elder centre"],
  HEALTH_STATION: ["卫生站", "Health station"],
  PHARMACY: ["药店", "Pharmacy"],
  KINDERGARTEN: ["幼儿园", "Kindergarten"],
  EDU_PRIMARY: ["小学", "Primary school"],
  CULTURE_STATION: ["文化站", "Culture"],
  FITNESS_OUTDOOR: ["健身场地", "Fitness"],
  MARKET: ["菜市场", "Market"],
  CONVENIENCE: ["便利店", "Shop"],
  SERVICE_STATION: ["居委服务站", "Committee"],
  BUS_STOP: ["公交站", "Bus stop"],
  TOILET: ["公厕", "Toilet"],
  PARK: ["公园", "Park"],
};

/**
 * @param {Api.Kind} kind
 * @param {Api.Lang} lang
 */
export function shortName(kind, lang) {
  return SHORT[kind.code]?.[lang === "zh" ? 0 : 1] ?? (lang === "zh" ? kind.zh : kind.en);
}
