"""The 15-minute circle: how many residents reach each service on foot, and which they lack."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wanli_geo.answer import Answer
from wanli_geo.publish.counts import Told, told
from wanli_geo.publish.page import Page, Telling
from wanli_geo.workspace.kinds import KINDS

_WORDS = {
    "lead": ("从家里走路 15 分钟，各类服务有多少居民走得到。按路走，不是画圆圈；过街等候算在内。",
             "How many residents reach each service within 15 minutes on foot: along streets, not by a circle, waits at crossings included."),
    "share": ("走得到的居民", "Residents who reach one"),
    "service": ("服务", "Service"),
    "covered": ("走得到", "reach one"),
    "gap": ("走不到", "do not"),
    "unknown": ("不清楚", "not known"),
    "places": ("几处", "Places"),
    "not_all": ("没有查全：走不到已知各处的居民算“不清楚”，不算走不到。",
                "Not fully surveyed: who reaches none of those known counts as “not known”."),
    "elders": ("60 岁以上老人，按老人步速（每秒 0.9 米）", "Residents over 60, at an elder's pace (0.9 m/s)"),
    "all": ("全体居民，按成人步速（每秒 1.2 米）", "All residents, at an adult's pace (1.2 m/s)"),
    "withheld": ("人数少于 10 或为保护隐私不列", "withheld: fewer than 10, or to protect privacy"),
    "none": ("这里没有居民资料，算不出多少人走得到。", "There are no data on residents, so nobody can be counted."),
    "ask": ("查我家走到哪里", "What is near my home"),
    "map": ("点一类服务，看它们在哪里、15 分钟走得到的范围。", "Press a service to see where they are and what lies within 15 minutes."),
}


def _content(telling: Telling) -> Mapping[str, Any]:
    own = {key: telling.pick(*pair) for key, pair in _WORDS.items()}
    return {"own": own, "all": _rows(telling, "coverage/"), "elders": _rows(telling, "elders/")}


def _rows(telling: Telling, prefix: str) -> list[dict[str, Any]]:
    rows = [_row(telling, key.removeprefix(prefix), answer) for key, answer in telling.sources.answers.items() if key.startswith(prefix)]
    return sorted(rows, key=lambda row: (row["percent"] is None, -(row["percent"] or 0.0)))


def _row(telling: Telling, code: str, answer: Answer) -> dict[str, Any]:
    kind = KINDS[code]
    counts = told(answer, telling.lang)
    return {
        "code": code, "name": telling.pick(kind.zh, kind.en), "glyph": kind.glyph, "all": telling.sources.workspace.survey_of(code) == "complete",
        "percent": _percent(counts), **vars(counts),
    }


def _percent(counts: Told) -> float | None:
    """The width of the bar: a whole percent, as it is written."""
    return None if counts.share is None else float(counts.share.rstrip("%"))


def _data(telling: Telling) -> Mapping[str, Any]:
    return {"kinds": [key.removeprefix("coverage/") for key in telling.sources.answers if key.startswith("coverage/")]}


PAGE = Page(
    "circle", "15分钟生活圈", "15-minute circle",
    "每一类服务，15 分钟走得到的居民有多少。",
    "How many residents reach each service in a 15-minute walk.",
    _content, data=_data,
)
