"""A walk told in words, Chinese and English: along which street, how far, where to turn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from wanli_geo.network.graph import WalkNetwork
from wanli_geo.network.turns import Stretch, metres, turn
from wanli_geo.study.ground import Ground

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


@dataclass
class _Part:
    turn: str | None
    street: tuple[str, str, str]
    metres: float


def turn_list(ground: Ground, network: WalkNetwork, parts: Sequence[Stretch], start_m: float, end_m: float) -> pd.DataFrame:
    """Tell a walk: one row a street or turn, `metres` on the ground; they add up to the walk.

    Args:
        parts: the stretches of the walk in order.
        start_m, end_m: metres off the streets, from the home and to the door.
    """
    told = _joined(ground, network, parts)
    if told and start_m < TOLD_M:
        told[0].metres, start_m = told[0].metres + start_m, 0.0
    if told and end_m < TOLD_M:
        told[-1].metres, end_m = told[-1].metres + end_m, 0.0
    rows = [("start", "", start_m, "从家走到路上", "From home to the street")] if start_m > 0 else []
    for number, part in enumerate(told):
        (_, zh, en), (turn_zh, turn_en) = part.street, _TURNS[part.turn or "straight"]
        first = number == 0
        zh, en = (zh, en[:1].upper() + en[1:]) if first else (f"{turn_zh}，{zh}", f"{turn_en}, {en}")
        rows.append(("go" if first else str(part.turn), part.street[0], part.metres, zh, en))
    if end_m > 0 or not rows:
        rows.append(("end", "", end_m, "从路上走到门口", "From the street to the door"))
    return pd.DataFrame(
        {
            "turn": [row[0] for row in rows],
            "street": [row[1] for row in rows],
            "metres": [row[2] for row in rows],
            "zh": [f"{row[3]} {_round(row[2])} 米" for row in rows],
            "en": [f"{row[4]}, {_round(row[2])} m" for row in rows],
        }
    )


def _round(length: float) -> int:
    """Metres as told to a walker: whole below 20, else to ten."""
    return round(length) if length < 20 else 10 * round(length / 10)


def _joined(ground: Ground, network: WalkNetwork, parts: Sequence[Stretch]) -> list[_Part]:
    """Stretches of one street that follow each other without a turn are one part."""
    told: list[_Part] = []
    for before, after in zip([None, *parts], parts, strict=False):
        way = None if before is None else turn(network, before, after)
        street, length = _street(ground, network, after), metres(network, after)
        if told and street == told[-1].street and way == "straight":
            told[-1].metres += length
        else:
            told.append(_Part(way, street, length))
    return told


def _street(ground: Ground, network: WalkNetwork, part: Stretch) -> tuple[str, str, str]:
    """A street's name (empty without one), and how one goes along it in Chinese and in English."""
    row = ground.streets.iloc[int(network.street[part.edge])]
    kind = str(row["kind"])
    names = [name if isinstance(name, str) and name.strip() else "" for name in (row["name"], row["name_en"])]
    if kind in _ALONG and names[0]:
        return names[0], f"沿{names[0]}走", f"along {names[1] or names[0]}"
    return names[0], *_WAYS.get(kind, _WAYS["path"])
