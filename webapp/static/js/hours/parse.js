/** Opening hours read: the same grammar and meaning as wanli_geo/workspace/hours.py, which tells it in full. */

/** @typedef {[number, number]} Range  minutes after the day's midnight; the end may lie beyond 1,440 */
/** @typedef {Range[][]} Week  the ranges that begin on each of `DAYS` */
/** @typedef {import("../state/when.js").When} When */

export const DAYS = /** @type {const} */ (["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su", "PH"]);
const MIDNIGHT = 24 * 60;
const LONGEST = 300;

/**
 * Is a place open at that time? One without hours counts as open.
 * @param {string | null | undefined} text
 * @param {When} when
 * @returns {boolean | null}  null where the text is outside the grammar
 */
export function isOpen(text, { day, minute }) {
  if (!text?.trim()) return true;
  const week = parseHours(text);
  if (week === null) return null;
  const today = /** @type {readonly string[]} */ (DAYS).indexOf(day);
  const eve = day === "PH" ? today : (today + 6) % 7; // the eve of a holiday is taken to be one too
  const during = (/** @type {Range[]} */ ranges, /** @type {number} */ at) => ranges.some(([start, end]) => start <= at && at < end);
  return during(week[today], minute) || during(week[eve], minute + MIDNIGHT);
}

/**
 * @param {string} text  "Mo-Fr 08:00-17:00; Sa 09:00-12:00; PH off"
 * @returns {Week | null}  null where the text is outside the grammar
 */
export function parseHours(text) {
  if (text.length > LONGEST) return null;
  /** @type {Map<number, Range[]>} */
  const week = new Map();
  for (const part of text.split(";")) {
    const rule = ruleOf(part.trim());
    if (rule === null) return null;
    for (const day of rule.days) week.set(day, rule.ranges);
  }
  if (!week.has(7)) week.set(7, week.get(6) ?? []);
  return DAYS.map((_, day) => week.get(day) ?? []);
}

/**
 * @param {string} rule
 * @returns {{days: number[], ranges: Range[]} | null}
 */
function ruleOf(rule) {
  const everyDay = [0, 1, 2, 3, 4, 5, 6];
  if (rule === "24/7") return { days: everyDay, ranges: [[0, MIDNIGHT]] };
  const found = /^([A-Z][A-Za-z,\s-]*?)?\s*([0-9][0-9:,\s-]*|off)?$/.exec(rule);
  if (rule === "" || found === null) return null;
  const days = found[1] ? daysOf(found[1]) : everyDay;
  const ranges = found[2] === "off" ? [] : found[2] ? rangesOf(found[2]) : [/** @type {Range} */ ([0, MIDNIGHT])];
  return days === null || ranges === null ? null : { days, ranges };
}

/** @param {string} spans  "Mo-Fr,PH" */
function daysOf(spans) {
  const week = /** @type {string[]} */ (DAYS.slice(0, 7));
  const days = [];
  for (const span of spans.split(",")) {
    const ends = span.split("-").map((end) => end.trim());
    if (ends.length === 1 && ends[0] === "PH") {
      days.push(7);
      continue;
    }
    const [first, last] = [week.indexOf(ends[0]), week.indexOf(ends[ends.length - 1])];
    if (ends.length > 2 || first < 0 || last < 0) return null;
    for (let step = 0; step <= (last - first + 7) % 7; step++) days.push((first + step) % 7);
  }
  return days;
}

/**
 * @param {string} times  "07:00-09:00,16:30-19:00"
 * @returns {Range[] | null}
 */
function rangesOf(times) {
  /** @type {Range[]} */
  const ranges = [];
  for (const part of times.split(",")) {
    const found = /^([0-9]{1,2}):([0-9]{2})\s*-\s*([0-9]{1,2}):([0-9]{2})$/.exec(part.trim());
    if (found === null) return null;
    const [h1, m1, h2, m2] = found.slice(1).map(Number);
    const [start, end] = [h1 * 60 + m1, h2 * 60 + m2];
    if (m1 > 59 || m2 > 59 || start >= MIDNIGHT || end > MIDNIGHT || start === end) return null;
    ranges.push([start, end > start ? end : end + MIDNIGHT]);
  }
  return ranges;
}
