"""The red walkway as a story: its stops one by one, each with its own address."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import shapely

from wanli_geo.publish.media import FOLDER, media_file
from wanli_geo.publish.page import Page, Telling
from wanli_geo.publish.poster import Mark
from wanli_geo.publish.telling import choice, line_of, metres, point_of, rows_of, shown, track
from wanli_geo.report import say
from wanli_geo.report.qr import qr_svg

GPX = "gpx/red_walkway.gpx"
# Who the way to the next stop is told for, in this order.
_WALKERS = ("elder", "adult")
_QR_MM = 28.0
_STOP = ("id", "order", "kind", "status", "name", "name_en", "story", "story_en", "picture", "audio", "maker", "chainage_m", "next_m")

_WORDS = {
    "none": ("这里还没有红色步道的资料。", "There is no red walkway in the data yet."),
    "lead": ("全长 {}，{} 站；老人慢慢走、每站停两分钟，约 {}。", "{} in all, {} stops; an elder who stops two minutes at each takes about {}."),
    "unsure": ("走向和站点还要街道确认。", "The course and the stops are still to be confirmed."),
    "stop": ("第 {} 站", "Stop {}"),
    "from_start": ("起点后 {}", "{} from the start"),
    "to_next": ("到下一站 {}：{}", "{} to the next stop: {}"),
    "level": ("全程没有台阶。", "There are no steps on the way."),
    "partly": ("{} 的路没有台阶，其余有台阶或者不知道。", "{} of the way has no steps; the rest has some, or it is not known."),
    "last": ("步道到这里结束。", "The walk ends here."),
    "planned": ("规划中，还没有建", "planned, not yet there"),
    "maker": ("作者：{}", "By {}"),
    "gpx": ("下载 GPX 路线", "Save the route (GPX)"),
    "code": ("扫码直接打开这一站", "This code opens the stop"),
    "way_there": ("从我这里走过去", "The way from where I am"),
    "stops": ("各站", "The stops"),
}


def _content(telling: Telling) -> Mapping[str, Any]:
    own = {key: telling.pick(*pair) for key, pair in _WORDS.items()}
    answer = telling.sources.answers.get("red_walkway")
    if answer is None:
        return {"own": own, "stops": [], "lead": "", "steps": "", "unsure": False, "gpx": None}
    length, minutes = answer.fact("length_m"), answer.fact("walk_min_with_stops")
    told = stops(telling)
    lead = own["lead"].format(metres(_number(length), telling.lang), len(told), say.fact(_number(minutes), "分钟", telling.lang))
    unsure = bool((telling.layer("red_walkway")["confirmed"] == False).fillna(False).any())  # noqa: E712
    return {"own": own, "stops": told, "lead": lead, "steps": _steps(own, answer.fact("step_free_share")), "unsure": unsure, "gpx": GPX}


def _steps(own: Mapping[str, str], share: Any) -> str:
    """Whether there are steps on the way; "" where nothing of it is on record."""
    free = _number(share)
    if free is None:
        return ""
    return own["level"] if free >= 1 else own["partly"].format(say.share(free))


def _number(value: Any) -> float | None:
    return float(value) if isinstance(value, int | float) else None


def stops(telling: Telling) -> list[dict[str, Any]]:
    """Every stop that may be shown, in the order of the story."""
    answer = telling.sources.answers.get("red_walkway")
    if answer is None:
        return []
    rows = shown(telling, "walkway_stops", answer.features["stops"]).sort_values("order")
    return [_stop(telling, row) for row in rows_of(rows, _STOP)]


def _stop(telling: Telling, row: Mapping[str, Any]) -> dict[str, Any]:
    lang, on, folder = telling.lang, row["next_m"], telling.sources.workspace.path
    return {
        **row,
        **{name: row[name] if media_file(folder, row[name]) else None for name in ("picture", "audio")},
        "title": telling.name(row),
        "kind_told": choice("walkway_stops", "kind", row["kind"], lang),
        "told": telling.pick(row["story"] or row["story_en"] or "", row["story_en"] or row["story"] or ""),
        "at_told": metres(row["chainage_m"], lang),
        "next_told": metres(on, lang),
        "next_min": "" if on is None else _minutes(telling, on),
        "code": f"qr/{row['id']}.svg" if telling.publication.public_url else None,
    }


def _minutes(telling: Telling, metres_on: float) -> str:
    """How long each walker takes, without waits at crossings: “老人 4 分钟，成人 3 分钟”."""
    walkers = {one.code: one for one in telling.sources.walkable.walkers}
    told = [telling.pick(one.zh, one.en) + " " + say.fact(max(1, metres_on / one.m_per_s / 60), "分钟", telling.lang)
            for one in (walkers[code] for code in _WALKERS)]
    return telling.pick("，", ", ").join(told)


def _marks(telling: Telling) -> tuple[Mark, ...]:
    answer = telling.sources.answers.get("red_walkway")
    if answer is None:
        return ()
    rows = shown(telling, "walkway_stops", answer.features["stops"])
    return (Mark(shapely.union_all(answer.features["route"].geometry.to_numpy()), "red"),
            *(Mark(row.geometry, "red", str(row["order"])) for _, row in rows.iterrows() if not pd.isna(row["order"])))


def _data(telling: Telling) -> Mapping[str, Any]:
    answer = telling.sources.answers.get("red_walkway")
    if answer is None:
        return {"line": [], "stops": [], "length_m": 0}
    rows = shown(telling, "walkway_stops", answer.features["stops"]).sort_values("order")
    places = dict(zip(rows["id"], rows.geometry, strict=True))
    told = [{"id": stop["id"], "order": stop["order"], "kind": stop["kind"], "at": point_of(places[stop["id"]]), "chainage_m": stop["chainage_m"]}
            for stop in rows_of(rows, ("id", "order", "kind", "chainage_m"))]
    return {"line": line_of(answer.features["route"]), "length_m": round(_number(answer.fact("length_m")) or 0.0, 1), "stops": told}


def _files(telling: Telling) -> Mapping[str, bytes]:
    answer = telling.sources.answers.get("red_walkway")
    if answer is None:
        return {}
    codes = {f"qr/{stop['id']}.svg": qr_svg(telling.publication.address_of(stop["id"]) or "", _QR_MM).encode()
             for stop in stops(telling) if telling.publication.public_url}
    named = [media_file(telling.sources.workspace.path, stop[name]) for stop in stops(telling) for name in ("picture", "audio")]
    return {GPX: track(answer, ("route", "stops", "marks")), **codes, **{f"{FOLDER}/{file.name}": file.read_bytes() for file in named if file}}


PAGE = Page(
    "red_walkway", "红色步道", "Red walkway",
    "一站一站走：绘画、雕塑、新媒体和这里的故事。",
    "Stop by stop: paintings, sculptures, new media and their stories.",
    _content, _marks, _data, _files,
)
