"""The easy version: large text, plain words, the few things asked for most; and how the site keeps to the standards for old readers."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from wanli_geo.publish.contents import home
from wanli_geo.publish.page import Page, Telling
from wanli_geo.report import say

_POINTS = Path(__file__).parent.parent / "accessibility.toml"
# What old readers ask for first, in their words.
_ASKED: tuple[tuple[str, str, str], ...] = (
    ("CANTEEN", "吃饭", "A meal"), ("HEALTH_STATION", "看病", "A doctor"), ("PHARMACY", "买药", "Medicine"), ("TOILET", "上厕所", "A toilet"),
    ("BUS_STOP", "坐公交", "A bus"), ("PARK", "去公园", "A park"), ("MARKET", "买菜", "Groceries"), ("SERVICE_STATION", "找居委会", "The committee"),
)
_ELDERS = "elder"
_STATUS = {"met": ("做到", "met"), "partly": ("部分做到", "partly"), "not_applicable": ("用不上", "not applicable")}

_WORDS = {
    "lead": ("点一件您要办的事，再点地图上您在的地方，就知道走几分钟、怎么走。",
             "Press what you need, then the map where you are: how many minutes, and which way."),
    "services": ("为老服务", "Services for elders"),
    "more": ("别的服务都在“列表版”", "All other services are in the lists"),
    "how": ("怎么用", "How to use it"),
    "larger": ("字太小：点右上角“大字”。", "Text too small: press “Larger” at the top."),
    "aloud": ("想听：先点“大字”，再点“朗读”。", "To listen: press “Larger”, then “Read aloud”."),
    "night": ("太亮：点“夜间”。", "Too bright: press “Night”."),
    "print": ("要纸的：请家人在电脑上点“打印”。", "On paper: have someone press “Print” on a computer."),
    "standards": ("按标准逐条说明", "The standards, point by point"),
    "memory": ("条文按记忆和新闻报道列出，没有核对原文。", "The clauses are quoted from memory and from news reports; the texts were not at hand."),
    "clause": ("条目", "Clause"),
    "asks": ("要求", "It asks"),
    "does": ("这个网站", "This site"),
    "checked": ("怎么查的", "Checked by"),
    "status": ("结果", "Result"),
    "where": ("最近的在哪里", "Where is the nearest"),
}


def _content(telling: Telling) -> Mapping[str, Any]:
    kinds = home.kinds(telling)
    there = {kind["code"] for kind in kinds if kind["places"]}
    return {
        "own": {key: telling.pick(*pair) for key, pair in _WORDS.items()},
        "asked": [{"code": code, "name": telling.pick(zh, en)} for code, zh, en in _ASKED if code in there],
        "services": [kind for kind in kinds if kind["group"] == _ELDERS and kind["places"]],
        "points": points(telling.lang),
    }


def points(lang: say.Lang) -> list[dict[str, str]]:
    """Every point of the standards: what it asks, what the site does, how that was checked."""
    told = tomllib.loads(_POINTS.read_text("utf-8"))["point"]
    return [{"standard": one["standard"], "clause": one["clause"], "asks": say.pick(lang, one["zh"][0], one["en"][0]),
             "does": say.pick(lang, one["zh"][1], one["en"][1]), "checked": one["checked"], "status": say.pick(lang, *_STATUS[one["status"]])}
            for one in told]


PAGE = Page(
    "elder", "长者版", "Easy version",
    "大字、简单的话：吃饭、看病、买药、坐车、上厕所，最近在哪里。",
    "Large text and plain words: where to eat, see a doctor, buy medicine, take a bus.",
    _content, map=False,
)
