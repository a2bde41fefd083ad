/** The hour that a question is asked for: a day and a time of it, "Tu-22:30". */

/** @typedef {"Mo" | "Tu" | "We" | "Th" | "Fr" | "Sa" | "Su" | "PH"} Day */
/** @typedef {{day: Day, clock: string, minute: number}} When  `minute` after the day's midnight */

export const FORM = /^(Mo|Tu|We|Th|Fr|Sa|Su|PH)-([01][0-9]|2[0-3]):[0-5][0-9]$/;

/** The hours offered by name; a working day is a Tuesday, as the engine takes it. */
export const PRESETS = Object.freeze(
  /** @type {const} */ ([
    { when: "Tu-10:00", day: "workday", word: "when_day" },
    { when: "Tu-19:30", day: "workday", word: "when_evening" },
    { when: "Tu-22:30", day: "workday", word: "when_night" },
    { when: "Sa-10:00", day: "weekend", word: "when_weekend" },
  ]),
);

/**
 * The hour that an answer was made for.
 * @param {Api.Properties} params  of the answer
 */
export function whenAt({ day, minute }) {
  return `${day}-${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
}

/**
 * @param {string} when  of the form "Tu-22:30"
 * @returns {When}
 */
export function whenOf(when) {
  const [day, clock] = when.split("-");
  const [hours, minutes] = clock.split(":").map(Number);
  return { day: /** @type {Day} */ (day), clock, minute: hours * 60 + minutes };
}
