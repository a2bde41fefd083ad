"""The night run: one lap, where it is lit, what is beside it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import shapely

from wanli_geo.publish.page import Page, Telling
from wanli_geo.publish.poster import Mark
from wanli_geo.publish.telling import choice, line_of, metres, point_of, rows_of, track
from wanli_geo.report import say
from wanli_geo.report.open_hours import hours_told

GPX = "gpx/night_run.gpx"
_AMENITY = ("id", "kind", "name", "name_en", "open_hours", "chainage_m", "walk_m")

_WORDS = {
    "none": ("这里还没有夜跑环道的资料。", "There is no night run in the data yet."),
    "lap": ("一圈 {}", "One lap: {}"),
    "lit": ("有路灯", "lit"),
    "crossings": ("过街（靠右跑）", "crossings, keeping right"),
    "water": ("到饮水点最远", "to water at most"),
    "toilet": ("到厕所最远", "to a toilet at most"),
    "aed": ("到 AED 最远", "to an AED at most"),
    "dark": ("有 {} 处没有灯照到，一共 {}（图上灰色虚线），请慢行。",
             "At {} place(s), {} in all, no lamp reaches the way (dashed grey on the map): go slowly."),
    "all_lit": ("全程有灯照到。", "Lamps reach the whole way."),
    "marks": ("图上每 100 米一个点，每半公里一个圈。", "A dot every 100 m, a ring every half kilometre."),
    "unsure": ("走向还要街道确认。", "The course is still to be confirmed."),
    "gpx": ("下载 GPX", "Save GPX"),
    "amenities": ("沿途", "On the way"),
    "beside": ("离起点 {}，离环道走 {}", "{} from the start, {} off the loop"),
    "on_it": ("离起点 {}，就在路边", "{} from the start, beside the way"),
    "dark_list": ("没有灯照到的路段", "Stretches no lamp reaches"),
    "from_to": ("离起点 {} 到 {}", "from {} to {} along the loop"),
    "lamps": ("路灯照度和等级按城市道路照明标准（CJJ 45）判断，条文按记忆列出、尚未核对原文。",
              "Light is judged by CJJ 45, whose text is quoted from memory and not verified."),
    "safe": ("夜里跑步请靠右、看路、带手机。身体不适马上停下，附近 AED 见下。",
             "By night keep right, watch the way, take a phone. If you feel unwell, stop; AEDs are below."),
}


def _content(telling: Telling) -> Mapping[str, Any]:
    own = {key: telling.pick(*pair) for key, pair in _WORDS.items()}
    answer = telling.sources.answers.get("night_run")
    if answer is None:
        return {"own": own, "lap": "", "tiles": [], "dark": "", "amenities": [], "gaps": [], "unsure": False, "gpx": None}
    lang = telling.lang
    gaps = rows_of(answer.features["dark"].sort_values("from_m"), ("from_m", "to_m", "metres"))
    dark = own["dark"].format(len(gaps), metres(sum(gap["metres"] for gap in gaps), lang)) if gaps else own["all_lit"]
    return {
        "own": own,
        "lap": own["lap"].format(metres(_number(answer.fact("length_ellipsoid_m")), lang)),
        "tiles": _tiles(telling, own),
        "dark": dark if _number(answer.fact("lit_share")) is not None else "",
        "amenities": beside(telling),
        "gaps": [own["from_to"].format(metres(gap["from_m"], lang), metres(gap["to_m"], lang)) for gap in gaps],
        "unsure": bool((telling.layer("night_run")["confirmed"] == False).fillna(False).any()),  # noqa: E712
        "gpx": GPX,
    }


def _number(value: Any) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _tiles(telling: Telling, own: Mapping[str, str]) -> list[tuple[str, str]]:
    """The few figures that a runner asks for; what is not known is left out, not told as nothing."""
    answer, lang = telling.sources.answers["night_run"], telling.lang
    lit, crossings = _number(answer.fact("lit_share")), _number(answer.fact("crossings_right"))
    far = {key: _number(answer.fact(f"{key}_farthest_m")) for key in ("water", "toilet", "aed")}
    told = [
        (None if lit is None else f"{min(lit, 0.999 if lit < 1 else 1):.0%}", own["lit"]),
        (None if crossings is None else say.pick(lang, f"{crossings:.0f} 处", f"{crossings:.0f}"), own["crossings"]),
        *((None if value is None else metres(value, lang), own[key]) for key, value in far.items()),
    ]
    return [(figure, label) for figure, label in told if figure is not None]


def _amenities(telling: Telling) -> list[dict[str, Any]]:
    """What is beside the loop, in running order; features of a layer that may not be shown are left out."""
    places = telling.sources.answers["night_run"].features["amenities"].sort_values("chainage_m")
    seen = set(telling.layer("run_amenities")["id"]) | set(telling.layer("facilities")["id"])
    public = places[places["source_id"].isin(seen)]
    return [{**row, "at": point_of(shape)} for row, shape in zip(rows_of(public, _AMENITY), public.geometry, strict=True)]


def beside(telling: Telling) -> list[dict[str, Any]]:
    """What stands beside the loop, in words and in running order."""
    return [_amenity(telling, row) for row in _amenities(telling)] if "night_run" in telling.sources.answers else []


def _amenity(telling: Telling, row: Mapping[str, Any]) -> dict[str, Any]:
    lang, walk = telling.lang, row["walk_m"] or 0
    where = _WORDS["on_it"] if walk < 15 else _WORDS["beside"]
    return {
        "id": row["id"],
        "kind": choice("run_amenities", "kind", row["kind"], lang),
        "name": telling.name(row),
        "where": telling.pick(*where).format(metres(row["chainage_m"], lang), metres(walk, lang)),
        "hours": hours_told(row["open_hours"], lang),
    }


def _marks(telling: Telling) -> tuple[Mark, ...]:
    answer = telling.sources.answers.get("night_run")
    if answer is None:
        return ()
    marks = answer.features["marks"]
    rings = marks[marks["kind"] != "hundred"]
    texts = [f"{chainage / 1000:g}" for chainage in rings["chainage_m"]]
    return (Mark(shapely.union_all(answer.features["route"].geometry.to_numpy()), "run"),
            *(Mark(shape, "run", text) for shape, text in zip(rings.geometry, texts, strict=True)))


def _data(telling: Telling) -> Mapping[str, Any]:
    answer = telling.sources.answers.get("night_run")
    if answer is None:
        return {"line": [], "length_m": 0, "dark": [], "marks": [], "lamps": [], "places": []}
    marks = answer.features["marks"]
    lamps = telling.layer("lamps")
    stands = ~(lamps["in_use"] == False).fillna(False).to_numpy(bool)  # noqa: E712
    return {
        "line": line_of(answer.features["route"]),
        "length_m": round(_number(answer.fact("length_m")) or 0.0, 1),
        "dark": [{"line": line_of(answer.features["dark"].iloc[[row]]), "from_m": gap["from_m"], "to_m": gap["to_m"]}
                 for row, gap in enumerate(rows_of(answer.features["dark"], ("from_m", "to_m")))],
        "marks": [{"at": point_of(shape), "m": chainage, "ring": kind != "hundred"}
                  for shape, chainage, kind in zip(marks.geometry, marks["chainage_m"].tolist(), marks["kind"], strict=True)
                  if not pd.isna(chainage)],
        "lamps": [{"at": point_of(shape), "on": bool(on)} for shape, on in zip(lamps.geometry, stands, strict=True)],
        "places": _amenities(telling),
    }


def _files(telling: Telling) -> Mapping[str, bytes]:
    answer = telling.sources.answers.get("night_run")
    return {} if answer is None else {GPX: track(answer, ("route", "marks", "amenities"))}


PAGE = Page(
    "night_run", "夜跑环道", "Night run",
    "一圈 2.5 公里：哪里亮、哪里有水和厕所。",
    "A loop of 2.5 km: where it is lit, where there is water and a toilet.",
    _content, _marks, _data, _files, night=True,
)
