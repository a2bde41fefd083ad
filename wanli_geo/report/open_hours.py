"""Open hours as a reader says them: “周一至周五 08:00–17:00”. The page mirrors this file in hours/tell.js."""

from __future__ import annotations

import re

from wanli_geo.report import say

_DAYS = {
    "Mo": ("周一", "Monday"), "Tu": ("周二", "Tuesday"), "We": ("周三", "Wednesday"), "Th": ("周四", "Thursday"), "Fr": ("周五", "Friday"),
    "Sa": ("周六", "Saturday"), "Su": ("周日", "Sunday"), "PH": ("法定节假日", "public holiday"),
}
_ALWAYS, _OFF, _ALL_DAY, _DAILY = ("全天开放", "always open"), ("不开放", "closed"), ("全天", "all day"), ("每天", "daily")
_RULE = re.compile(r"([A-Z][A-Za-z,\s-]*?)?\s*(\d[\d:,\s-]*|off)?", re.ASCII)


def hours_told(text: str | None, lang: say.Lang) -> str:
    """Say open hours that a layer holds in words; "" where none are on record, the text itself where it cannot be read."""
    rules = [rule.strip() for rule in (text or "").split(";")]
    told = [_rule(rule, lang) for rule in rules if rule]
    return text or "" if None in told else say.pick(lang, "；", "; ").join(one for one in told if one is not None)


def _rule(rule: str, lang: say.Lang) -> str | None:
    if rule == "24/7":
        return say.pick(lang, *_ALWAYS)
    found = _RULE.fullmatch(rule)
    if found is None:
        return None
    days, times = (found[1] or "").replace(" ", ""), found[2] or ""
    every_day = days in ("", "Mo-Su")
    named = [[_DAYS.get(day) for day in span.split("-")] for span in days.split(",")] if not every_day else []
    if any(day is None for span in named for day in span):
        return None
    spans = [say.pick(lang, "至", " to ").join(say.pick(lang, *day) for day in span if day is not None) for span in named]
    when = say.pick(lang, *_DAILY) if every_day else say.pick(lang, "、", ", ").join(spans)
    return f"{when} {_times(times, lang)}"


def _times(times: str, lang: say.Lang) -> str:
    if times in ("off", ""):
        return say.pick(lang, *(_OFF if times == "off" else _ALL_DAY))
    return re.sub(r",\s*", say.pick(lang, "、", ", "), re.sub(r"\s*-\s*", "–", times))
