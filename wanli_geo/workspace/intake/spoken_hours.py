"""Opening hours as a notice on a door says them, brought to the grammar of `workspace/hours.py`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from wanli_geo.errors import BadHours
from wanli_geo.workspace.hours import parse_hours

_WEEK = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_DAY_OF = {**{sign: day for signs in ("一二三四五六日", "1234567") for sign, day in zip(signs, _WEEK, strict=True)}, "天": "Su"}
_WHOLE = {"每天": "Mo-Su", "每日": "Mo-Su", "天天": "Mo-Su", "全年": "Mo-Su", "全周": "Mo-Su",
          "工作日": "Mo-Fr", "平日": "Mo-Fr", "周末": "Sa-Su", "双休日": "Sa-Su",
          "双休": "Sa-Su", "法定节假日": "PH", "国定节假日": "PH", "法定假日": "PH", "国家法定节假日": "PH", "节假日": "PH", "节日": "PH"}
_SPAN = r"每?(?:周|星期|礼拜)[一二三四五六日天1-7](?:\s*[-、,及和/至到]?\s*(?:周|星期|礼拜)?[一二三四五六日天]|[-至到][1-7](?![\d:点]))*"
_CLOCK = r"(?:上午|下午|早上|早晨|中午|晚上|晚间|晚|早)?\s*(?:次日|第二天|凌晨)?\s*\d{1,2}\s*(?:[:.]\s*\d{2}|[点时](?:\d{1,2}分?|半|整)?)"
_TOKEN = re.compile(
    rf"(?P<but>除)?(?P<days>{_SPAN}|{'|'.join(sorted(_WHOLE, key=len, reverse=True))})(?P<except>除外|外)?"
    rf"|(?P<times>{_CLOCK}\s*[-至到]+\s*{_CLOCK})"
    r"|(?P<always>24\s*小时(?:营业|开放|服务)?|24h|全天候?|24/7)"
    r"|(?P<off>休息|不开放|不营业|关闭|闭馆|停诊|停业|歇业|休馆|休|off)"
    r"|(?P<filler>(?:全年)?无休|(?:开放|营业|服务|办公|接待|运营|门诊)(?:时间)?|对外|均|为|正常|[\s:,;、。/&()\[\]和及]+)",
)
_CLOCK_PARTS = re.compile(r"(?P<half>上午|下午|早上|早晨|中午|晚上|晚间|晚|早)?\s*(?P<next>次日|第二天|凌晨)?\s*(?P<hour>\d{1,2})\s*"
                          r"(?:[:.]\s*(?P<minute>\d{2})|[点时](?P<said>\d{1,2}分?|半|整)?)")
_EVENING = ("晚上", "晚间", "晚")


@dataclass
class _Rule:
    """Days (none: all) and what is said of them: ranges, or `off`."""

    days: list[str]
    times: list[str]


def hours_of(text: str) -> str | None:
    """Read opening hours in Chinese, or in the grammar itself; None for what cannot be read in every word."""
    plain = _plain(text)
    if re.search("[A-Z]", plain) and _is_hours(plain):
        return plain
    rules, never = list[_Rule](), list[str]()
    at = 0
    while at < len(plain):
        token = _TOKEN.match(plain, at)
        if token is None:
            return None
        if token["but"] or token["except"]:
            never += _days(token["days"])
        elif not _take(token, rules):
            return None
        at = token.end()
    return _written(_joined(rules) + [_Rule(never, ["off"])] * bool(never))


def _plain(text: str) -> str:
    return re.sub("[–—―~〜∼－-]+", "-", unicodedata.normalize("NFKC", text)).strip()


def _is_hours(text: str) -> bool:
    try:
        parse_hours(text)
    except BadHours:
        return False
    return True


def _take(token: re.Match[str], rules: list[_Rule]) -> bool:
    """Add what one token says to the rules; tell whether it makes sense there."""
    if token["days"]:
        if rules and not rules[-1].times:
            rules[-1].days += _days(token["days"])
        else:
            rules.append(_Rule(_days(token["days"]), []))
    if token["days"] or token["filler"]:
        return True
    said = "off" if token["off"] else "00:00-24:00" if token["always"] else _range(token["times"])
    if said is None:
        return False
    if not rules or (rules[-1].times and (said == "off") != (rules[-1].times == ["off"])):
        rules.append(_Rule([], []))
    rules[-1].times.append(said)
    return True


def _days(text: str) -> list[str]:
    if text in _WHOLE:
        return [_WHOLE[text]]
    spans = list[str]()
    for first, last in _spans(text):
        spans.append(f"{_DAY_OF[first]}-{_DAY_OF[last]}" if last else _DAY_OF[first])
    return spans


def _spans(text: str) -> Iterator[tuple[str, str]]:
    for part in re.findall(r"([一二三四五六日天1-7])(?:\s*[-至到]\s*(?:周|星期|礼拜)?([一二三四五六日天1-7]))?", text.replace("星期", "周")):
        yield part[0], part[1]


def _range(text: str) -> str | None:
    """Two clock times as HH:MM-HH:MM; None where the second is earlier and nothing says that it is of the next day or of the afternoon."""
    clocks = list(_CLOCK_PARTS.finditer(text))
    if len(clocks) != 2:
        return None
    start, end = (_minutes(clock) for clock in clocks)
    if end <= start and clocks[0]["half"] and not clocks[1]["half"] and not clocks[1]["next"] and end < 12 * 60:
        end += 12 * 60
    # “13:30-5:00” is an afternoon as likely as a night: only what begins late, or ends soon after midnight, runs into the next day.
    overnight = bool(clocks[1]["next"]) or start >= 17 * 60 or (start >= 12 * 60 and end <= 3 * 60)
    if start == end or (end < start and not overnight):
        return None
    return f"{start // 60:02}:{start % 60:02}-{end // 60:02}:{end % 60:02}"


def _minutes(clock: re.Match[str]) -> int:
    said = clock["said"] or ""
    minute = int(clock["minute"] or 0) or (30 if said == "半" else int(re.sub(r"\D", "", said) or 0))
    return _hour(int(clock["hour"]), clock["half"] or "") * 60 + minute


def _hour(hour: int, half: str) -> int:
    """The hour of the day: 下午2点 is 14, 中午1点 13, 晚上8点 20, 晚上12点 24."""
    if half in _EVENING:
        return hour if hour > 12 else hour + 12 if hour > 4 else hour + 24
    return hour + 12 if (half == "下午" and hour < 12) or (half == "中午" and hour < 11) else hour


def _joined(rules: list[_Rule]) -> list[_Rule]:
    """Days that end a text with nothing said of them belong to the times before: “8:30-17:00（周一至周五）”."""
    if len(rules) == 2 and rules[0].times and not rules[0].days and not rules[1].times:
        return [_Rule(rules[1].days, rules[0].times)]
    return rules


def _written(rules: list[_Rule]) -> str | None:
    if any(not rule.times for rule in rules) or all(rule.times == ["off"] for rule in rules):
        return None  # “节假日休息” alone does not say when it is open
    if any(not rule.days for rule in rules) and any(rule.times != ["off"] for rule in rules[1:]):
        return None  # “8:00-17:00，周六 9:00-12:00”: whether Sunday is of the first is not said
    if len(rules) == 1 and rules[0].days in ([], ["Mo-Su"]) and rules[0].times == ["00:00-24:00"]:
        return "24/7"
    parts = [f"{','.join(rule.days) or 'Mo-Su'} {','.join(dict.fromkeys(rule.times))}" for rule in rules]
    text = "; ".join(parts)
    return text if _is_hours(text) else None
