/** Days and open hours. */

export const HOUR_WORDS = Object.freeze(
  /** @type {const} */ ({
    workday: ["工作日", "weekday"],
    weekend: ["周末", "weekend"],
    day_Mo: ["周一", "Monday"],
    day_Tu: ["周二", "Tuesday"],
    day_We: ["周三", "Wednesday"],
    day_Th: ["周四", "Thursday"],
    day_Fr: ["周五", "Friday"],
    day_Sa: ["周六", "Saturday"],
    day_Su: ["周日", "Sunday"],
    day_PH: ["法定节假日", "public holiday"],
    hours_unknown: ["开放时间没有登记，按开着算", "no hours on record, taken as open"],
    hours_always: ["全天开放", "always open"],
    hours_off: ["不开放", "closed"],
    hours_all_day: ["全天", "all day"],
    hours_daily: ["每天", "daily"],
  }),
);
