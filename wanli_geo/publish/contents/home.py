"""The first page: what is near me."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wanli_geo.publish.page import Page, Telling
from wanli_geo.publish.places import places
from wanli_geo.publish.telling import flag
from wanli_geo.report.open_hours import hours_told

_WORDS = {
    "lead": ("下面列出全部服务点；按一类看名称、地址和开放时间。", "All places are listed below; press a kind for names, addresses and hours."),
    "all": ("全部服务点", "All places"),
    "count": ("{} 处", "{}"),
    "steps": ("门口有台阶", "steps at the door"),
    "step_free": ("无台阶", "step-free"),
    "not_all": ("没有查全，可能还有", "not fully surveyed, there may be more"),
}


def _content(telling: Telling) -> Mapping[str, Any]:
    return {"kinds": kinds(telling), "own": {key: telling.pick(*pair) for key, pair in _WORDS.items()}}


def kinds(telling: Telling) -> list[dict[str, Any]]:
    """Every kind with its places, those asked for most first."""
    told = places(telling.sources, telling.publication)
    rows = [
        {"name": telling.pick(kind["zh"], kind["en"]), "code": kind["code"], "glyph": kind["glyph"], "all": kind["survey"] == "complete",
         "group": kind["group"],
         "first": kind["first_page"], "places": [_place(telling, one) for one in told["places"] if one["kind"] == number]}
        for number, kind in enumerate(told["kinds"])
    ]
    return sorted(rows, key=lambda kind: not kind["first"])


def _place(telling: Telling, place: Mapping[str, Any]) -> dict[str, Any]:
    door = flag(place.get("step_free"), _WORDS["step_free"], _WORDS["steps"])
    return {"id": place["id"], "name": telling.name(place), "address": place.get("address", ""), "phone": place.get("phone", ""),
            "hours": hours_told(place.get("open_hours"), telling.lang), "door": "" if door is None else telling.pick(*door)}


PAGE = Page(
    "index", "家门口", "Near me",
    "走路几分钟到食堂、卫生站、药店、公园、公交：点一下地图就知道。",
    "How many minutes on foot to the canteen, the clinic, the pharmacy, the park, the bus: press the map.",
    _content,
)
