"""Numbers and codes in the words of paper. The only place of the library that rounds."""

from __future__ import annotations

import math
from typing import Literal, get_args

from wanli_geo.errors import WrongUsage

Lang = Literal["zh", "en"]
NOTHING = "—"

# Units of facts as the reader of each language says them, with how many decimals are honest.
_UNITS: dict[str, tuple[str, str, int]] = {
    "人": (" 人", "", 0),
    "个": (" 个", "", 0),
    "处": (" 处", "", 0),
    "条": (" 条", "", 0),
    "块": (" 块", "", 0),
    "行": (" 行", "", 0),
    "项": (" 项", "", 0),
    "段": (" 段", "", 0),
    "盏": (" 盏", "", 0),
    "片": (" 片", "", 0),
    "m": (" 米", " m", 0),
    "米": (" 米", " m", 0),
    "min": (" 分钟", " min", 0),
    "分钟": (" 分钟", " min", 0),
    "ha": (" 公顷", " ha", 1),
    "平方米": (" 平方米", " m²", 0),
    "平方米/人": (" 平方米/人", " m² a person", 1),
    "处/千人": (" 处/千人", " per 1,000", 3),
    "平方米/千人": (" 平方米/千人", " m² per 1,000", 1),
    "": ("", "", 0),
    "index": ("", "", 3),
}

REASONS: dict[str, tuple[str, str]] = {
    "too_far": ("太远", "too far"),
    "detour": ("绕行", "detour"),
    "river": ("隔河或隔铁路", "river or rail"),
    "none_exists": ("没有此类设施", "there is none"),
    "planned_only": ("只在规划中", "only planned"),
    "off_network": ("接不上路网", "no street near"),
    "no_data": ("资料不全", "data incomplete"),
    "out_of_use": ("已停用", "out of use"),
    "none_here": ("这里没有", "none here"),
    "below_area": ("面积不够", "too small"),
    "below_index": ("总面积不够", "too few square metres"),
    "closed_then": ("此时关门", "closed then"),
    "not_step_free": ("有台阶", "steps on the way"),
    "no_gate": ("缺一扇门（现有的门绕远）", "no gate on that side"),
    "age_unknown": ("年龄不详", "ages not known"),
    "no_zone": ("不知属哪个居委会或小区", "in no known committee or compound"),
    "people_unknown": ("人数不详", "residents not known"),
    "area_unknown": ("面积不详", "area not known"),
    "use_unknown": ("是否在用不详", "not known whether in use"),
    "not_surveyed": ("没有查全", "not fully surveyed"),
    "data_ends": ("走出资料范围", "the data ends"),
}


def lang_of(text: str) -> Lang:
    """Read a language code.

    Raises:
        WrongUsage: neither zh nor en.
    """
    for lang in get_args(Lang):
        if text == lang:
            return lang
    raise WrongUsage(f"没有“{text}”这种语言；可用：zh、en。", f"There is no language “{text}”; use zh or en.")


def pick(lang: Lang, zh: str, en: str) -> str:
    return zh if lang == "zh" else en


def number(value: float, decimals: int = 0) -> str:
    """Round half away from zero, as a person does, with thousands parted: 27700 → 27,700."""
    scale = 10**decimals
    rounded = math.copysign(math.floor(abs(value) * scale + 0.5) / scale, value)
    return f"{rounded + 0:,.{decimals}f}"


def share(value: float) -> str:
    """A share 0 to 1 in percent; nearly none and nearly all are never rounded to none and all."""
    if 0 < value < 0.0005:
        return "<0.1%"
    if 0.9995 <= value < 1:
        return ">99.9%"
    return f"{number(value * 100, 1)}%"


def distance(metres: float, lang: Lang) -> str:
    """A way as people say it: metres below a kilometre, then kilometres, as the page's scripts say it (say/number.js)."""
    if math.floor(metres + 0.5) < 1000:
        return fact(metres, "米", lang)
    kilometres = number(metres / 1000, 2 if metres < 9950 else 1).rstrip("0").rstrip(".")
    return kilometres + pick(lang, " 公里", " km")


def fact(value: float | int | str | None, unit: str, lang: Lang) -> str:
    """A fact's value with its unit; what is not known is a dash."""
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return NOTHING
    if isinstance(value, bool):
        return pick(lang, "是", "yes") if value else pick(lang, "否", "no")
    if isinstance(value, str):
        halves = value.split(" / ")  # a text in both languages
        return pick(lang, halves[0], halves[1]) if len(halves) == 2 else value
    if unit == "share":
        return share(value)
    zh, en, decimals = _UNITS.get(unit, (f" {unit}", f" {unit}", 1))
    if unit == "处" and value % 1:  # a mean of places: 0.4 is not none
        decimals = 1
    return number(value, decimals) + pick(lang, zh, en)


def named(*values: object) -> str:
    """The first of several names that is one; a name missing may be None or, as pandas holds it, NaN."""
    return next((value for value in values if isinstance(value, str) and value.strip()), NOTHING)


def reason(code: str | None, lang: Lang) -> str:
    return NOTHING if not isinstance(code, str) else pick(lang, *REASONS.get(code, (code, code)))
