"""Opening hours: the subset of OSM opening_hours that the layers speak. The page mirrors this file.

Grammar, with blanks allowed around every sign:

    hours  = rule *( ";" rule )
    rule   = "24/7" / "off" / times / days [ times / "off" ]
    days   = span *( "," span )            span   = day [ "-" day ] / "PH"
    day    = "Mo" / "Tu" / "We" / "Th" / "Fr" / "Sa" / "Su"
    times  = range *( "," range )          range  = HH:MM "-" HH:MM       00:00 to 24:00, H:MM is read too

Meaning:
    - A rule without days speaks of Mo to Su; days without times are open all day; `Sa-Mo` runs over the week's end.
    - A later rule replaces what earlier rules said of its days. A day no rule speaks of is closed.
    - A range that ends at or before its start ends on the next day (22:00-02:00), whatever that day's own rule says.
    - A range is open at its start and closed at its end.
    - A text is at most 300 characters long.
    - A public holiday (PH) keeps Sunday's hours unless a rule names PH; its eve is taken to be a holiday too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np
import numpy.typing as npt

from wanli_geo.errors import BadHours, BadMeasure

Day = Literal["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su", "PH"]
Range = tuple[int, int]  # minutes after the day's midnight; the end may lie beyond 1,440
DAYS: tuple[Day, ...] = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su", "PH")
MIDNIGHT = 24 * 60
_LONGEST = 300
_WEEK = DAYS[:7]
_RANGE = re.compile(r"(\d{1,2}):(\d{2})\s*-\s*(\d{1,2}):(\d{2})", re.ASCII)
_RULE = re.compile(r"(?P<days>[A-Z][A-Za-z,\s-]*?)?\s*(?P<times>\d[\d:,\s-]*|off)?", re.ASCII)


@dataclass(frozen=True)
class Hours:
    """When a place is open: the text as written and, for Mo to Su and PH, the ranges that begin on that day."""

    text: str
    ranges: tuple[tuple[Range, ...], ...]

    def is_open(self, day: Day, minute_of_day: int) -> bool:
        """Tell whether it is open at a minute (0 to 1,439) of a day."""
        today = DAYS.index(day)
        eve = today if day == "PH" else (today - 1) % 7
        late = minute_of_day + MIDNIGHT
        return any(start <= minute_of_day < end for start, end in self.ranges[today]) or any(
            start <= late < end for start, end in self.ranges[eve]
        )


@lru_cache(maxsize=4096)
def parse_hours(text: str) -> Hours:
    """Read opening hours by the grammar above.

    Raises:
        BadHours: the text is outside the grammar; the sentence names the part.
    """
    if len(text) > _LONGEST:
        raise _bad(text[:20] + "…", text)
    week: dict[Day, tuple[Range, ...]] = {}
    for rule in text.split(";"):
        days, ranges = _rule(rule.strip(), text)
        week |= dict.fromkeys(days, ranges)
    week.setdefault("PH", week.get("Su", ()))
    return Hours(text, tuple(week.get(day, ()) for day in DAYS))


def usable(values: Sequence[str | None], day: Day = "Tu", minute: int = 600) -> npt.NDArray[np.bool_]:
    """Tell for each text whether it is open at that time; a missing one (None, NaN, empty) counts as open.

    Raises:
        BadHours: a text is outside the grammar.
    """
    return np.array([not isinstance(text, str) or not text.strip() or parse_hours(text).is_open(day, minute) for text in values], dtype=bool)


def moment(day: str, time: str) -> tuple[Day, int]:
    """Read a day (`Mo` to `Su`, `PH`) and a time of it (“10:00”): the day and the minute after its midnight.

    Raises:
        BadMeasure: no such day or time.
    """
    known = next((one for one in DAYS if one.lower() == day.strip().lower()), None)
    clock = re.fullmatch(r"([01]?\d|2[0-3]):([0-5]\d)", time.strip(), re.ASCII)
    if known is None or clock is None:
        raise BadMeasure(
            f"看不懂时间“{day} {time}”；星期请写 {'、'.join(DAYS)} 之一，时间请写 00:00 到 23:59，如 Tu 10:00。",
            f"The time “{day} {time}” cannot be read; the day is one of {', '.join(DAYS)}, the time 00:00 to 23:59, such as Tu 10:00.",
        )
    return known, int(clock[1]) * 60 + int(clock[2])


def _rule(rule: str, text: str) -> tuple[tuple[Day, ...], tuple[Range, ...]]:
    if rule == "24/7":
        return _WEEK, ((0, MIDNIGHT),)
    match = _RULE.fullmatch(rule)
    if not rule or match is None:
        raise _bad(rule, text)
    days = _days(match["days"], text) if match["days"] else _WEEK
    if match["times"] == "off":
        return days, ()
    return days, _ranges(match["times"], text) if match["times"] else ((0, MIDNIGHT),)


def _days(spans: str, text: str) -> tuple[Day, ...]:
    days: list[Day] = []
    for span in spans.split(","):
        ends = [end.strip() for end in span.split("-")]
        if ends == ["PH"]:
            days.append("PH")
            continue
        if not 1 <= len(ends) <= 2 or any(end not in _WEEK for end in ends):
            raise _bad(span.strip(), text)
        first, last = (next(at for at, day in enumerate(_WEEK) if day == end) for end in (ends[0], ends[-1]))
        days += [_WEEK[(first + step) % 7] for step in range((last - first) % 7 + 1)]
    return tuple(days)


def _ranges(times: str, text: str) -> tuple[Range, ...]:
    return tuple(_range(part.strip(), text) for part in times.split(","))


def _range(part: str, text: str) -> Range:
    match = _RANGE.fullmatch(part)
    if match is None:
        raise _bad(part, text)
    h1, m1, h2, m2 = (int(digits) for digits in match.groups())
    start, end = h1 * 60 + m1, h2 * 60 + m2
    if m1 > 59 or m2 > 59 or start >= MIDNIGHT or end > MIDNIGHT or start == end:
        raise _bad(part, text)
    return start, end if end > start else end + MIDNIGHT


def _bad(part: str, text: str) -> BadHours:
    text = text if len(text) <= 60 else text[:60] + "…"
    return BadHours(
        f"开放时间“{text}”里的“{part}”读不懂；请用半角字符写成“Mo-Fr 08:00-17:00; Sa 09:00-12:00; PH off”或“24/7”。",
        f"“{part}” in the open hours “{text}” cannot be read; write them like “Mo-Fr 08:00-17:00; Sa 09:00-12:00; PH off” or “24/7”.",
    )
