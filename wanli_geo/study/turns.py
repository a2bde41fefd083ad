"""A walk told in words, Chinese and English: along which street, how far, where to turn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import geopandas as gpd
import pandas as pd

from wanli_geo.network.graph import WalkNetwork
from wanli_geo.network.turns import Stretch, metres, turn

_TURNS = {
    "straight": ("直行", "Straight on"),
    "left": ("左转", "Turn left"),
    "right": ("右转", "Turn right"),
    "back": ("掉头", "Turn back"),
}
# What a way without a name is called, and what one does on it; a named street is walked along.
_WAYS = {
    "road": ("沿道路走", "along the road"),
    "lane": ("沿小路走", "along the lane"),
    "path": ("沿步行路走", "along the path"),
    "footbridge": ("过人行天桥", "over the footbridge"),
    "underpass": ("过地道", "through the underpass"),
    "steps": ("走台阶", "by the steps"),
    "crossing": ("过马路", "over the crossing"),
}
_ALONG = ("road", "lane", "path")
# A step off the street shorter than this is not told by itself; the street next to it takes its metres.
TOLD_M = 0.5
# Ways inside a compound are called so, whatever their kind, unless they have a name.
_INSIDE = ("沿小区里的路走", "along the compound's path")
_ON, _OFF, _BETWEEN = "start", "end", "gate"


@dataclass(frozen=True, eq=False)
class Section:
    """The part of a walk on one network: the stretches in order, and the rows of the streets the network was built from.

    `inside` says that it runs along the paths of a compound.
    """

    network: WalkNetwork
    streets: gpd.GeoDataFrame
    parts: Sequence[Stretch]
    inside: bool = False


@dataclass
class _Part:
    turn: str | None
    street: tuple[str, str, str]
    metres: float


def turn_list(sections: Sequence[Section], legs: Sequence[float]) -> pd.DataFrame:
    """Tell a walk: one row a street or turn, `metres` on the ground; they add up to the walk.

    Args:
        sections: the parts of the walk along paths and streets, in order; none may be empty.
        legs: metres off them: from the home, between each two through the gate, and to the door, one more than there are sections.
    """
    told = [_joined(section) for section in sections]
    left = list(legs)
    for number, length in enumerate(legs):
        if told and length < TOLD_M:
            beside = told[number][0] if number < len(told) else told[-1][-1]
            beside.metres, left[number] = beside.metres + length, 0.0
    rows: list[tuple[str, str, float, str, str]] = []
    for number, section in enumerate(sections):
        step = _towards(number, section)
        rows += [(step[0], "", left[number], *step[1:])] if left[number] > 0 else []
        rows += _rows(told[number], step if number and left[number] == 0 else None)
    if left[-1] > 0 or not rows:
        rows.append((_OFF, "", left[-1], "从路上走到门口", "From the street to the door"))
    return pd.DataFrame(
        {
            "turn": [row[0] for row in rows],
            "street": [row[1] for row in rows],
            "metres": [row[2] for row in rows],
            "zh": [f"{row[3]} {_round(row[2])} 米" for row in rows],
            "en": [f"{row[4]}, {_round(row[2])} m" for row in rows],
        }
    )


def _towards(number: int, section: Section) -> tuple[str, str, str]:
    """What one does to step onto a section."""
    if number == 0:
        way = ("从家走到小区里的路上", "From home to the compound's path") if section.inside else ("从家走到路上", "From home to the street")
        return _ON, *way
    return (_BETWEEN, "进小区", "Into the compound") if section.inside else (_BETWEEN, "出小区", "Out of the compound")


def _rows(told: Sequence[_Part], step: tuple[str, str, str] | None) -> list[tuple[str, str, float, str, str]]:
    """The rows of one section; its first is walked without a turn, or with the `step` through the gate that has no row of its own."""
    rows = []
    for number, part in enumerate(told):
        name, zh, en = part.street
        code, lead_zh, lead_en = (part.turn, *_TURNS[part.turn]) if number and part.turn else step or ("go", "", "")
        zh, en = (f"{lead_zh}，{zh}", f"{lead_en}, {en}") if lead_zh else (zh, en[:1].upper() + en[1:])
        rows.append((code, name, part.metres, zh, en))
    return rows


def _round(length: float) -> int:
    """Metres as told to a walker: whole below 20, else to ten."""
    return round(length) if length < 20 else 10 * round(length / 10)


def _joined(section: Section) -> list[_Part]:
    """Stretches of one street that follow each other without a turn are one part."""
    told: list[_Part] = []
    for before, after in zip([None, *section.parts], section.parts, strict=False):
        way = None if before is None else turn(section.network, before, after)
        street, length = _street(section, after), metres(section.network, after)
        if told and street == told[-1].street and way == "straight":
            told[-1].metres += length
        else:
            told.append(_Part(way, street, length))
    return told


def _street(section: Section, part: Stretch) -> tuple[str, str, str]:
    """A street's name (empty without one), and how one goes along it in Chinese and in English."""
    row = section.streets.iloc[int(section.network.street[part.edge])]
    kind = str(row["kind"])
    names = [name if isinstance(name, str) and name.strip() else "" for name in (row["name"], row["name_en"])]
    if kind in _ALONG and names[0]:
        return names[0], f"沿{names[0]}走", f"along {names[1] or names[0]}"
    if kind in _ALONG and section.inside:
        return names[0], *_INSIDE
    return names[0], *_WAYS.get(kind, _WAYS["path"])
