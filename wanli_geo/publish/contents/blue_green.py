"""Water and green: where one walks along the water, where one gets down to it, parks and how one gets in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely

from wanli_geo.publish.page import Page, Telling
from wanli_geo.publish.poster import Mark
from wanli_geo.publish.telling import choice, flag, line_of, point_of, rows_of
from wanli_geo.report.open_hours import hours_told
from wanli_geo.workspace.services import in_service
from wanli_geo.workspace.store import to_metres

_GREEN = ("id", "kind", "name", "name_en", "open_hours", "lit", "step_free", "toilet")
_WATER = ("id", "kind", "name", "name_en", "step_free")
_KINDS = ("park", "pocket_park", "street_green", "greenway")
_GLYPHS = {"steps": "阶", "platform": "台", "view": "景"}

_WORDS = {
    "lead": ("沿河能走到哪里，哪里能下到水边；公园和绿地从哪里进、几点开。",
             "Where one can walk along the water and get down to it; how to enter the parks and greens, and when."),
    "waters": ("河道", "Waterways"),
    "through": ("沿河可以走", "a walk along it"),
    "broken": ("有走不通的地方{}", "broken off in places{}"),
    "not_known": ("能不能走还没有查", "not surveyed yet"),
    "share": ("岸线已经清楚的部分里，{} 可以沿河走。", "Of the banks that are known, {} can be walked."),
    "access": ("亲水点", "By the water"),
    "green": ("公园和绿地", "Parks and greens"),
    "step_free": ("无台阶", "step-free"),
    "steps": ("有台阶", "steps"),
    "lit": ("有照明", "lit"),
    "toilet": ("有厕所", "toilet"),
    "entrances": ("{} 个入口", "{} entrances"),
    "entrance": ("1 个入口", "1 entrance"),
    "hectares": ("{} 公顷", "{} ha"),
    "there": ("走过去", "The way there"),
    "there_to": ("走过去：{}", "The way there: {}"),
    "key_through": ("沿河可走", "walkable bank"),
    "key_broken": ("断点", "broken off"),
    "key_access": ("亲水点", "by the water"),
    "key_green": ("公园绿地", "parks and greens"),
}


def _content(telling: Telling) -> Mapping[str, Any]:
    own = {key: telling.pick(*pair) for key, pair in _WORDS.items()}
    answer = telling.sources.answers.get("blue_net")
    share = None if answer is None else answer.fact("through_share")
    told = own["share"].format(f"{share:.0%}") if isinstance(share, float) else ""
    return {"own": own, "share": told, "waters": waters(telling), "access": access(telling), "greens": greens(telling)}


def waters(telling: Telling) -> list[dict[str, str]]:
    """Each water once, with what is known of the walk along it."""
    layer, own = telling.layer("blue_net"), {key: telling.pick(*pair) for key, pair in _WORDS.items()}
    told = []
    for _, parts in layer[layer["name"].notna()].groupby("name", sort=False):
        first = parts.iloc[0]
        through = parts["through"].dropna().astype(bool) if "through" in parts else pd.Series(dtype=bool)
        state = own["not_known"] if not len(through) else own["through"] if through.all() else own["broken"].format(_reasons(telling, parts))
        told.append({"name": telling.name(first), "state": state})
    return told


def _reasons(telling: Telling, parts: pd.DataFrame) -> str:
    """Why a water is broken off, as the office wrote it: in Chinese only."""
    written = [reason for reason in dict.fromkeys(parts["break_reason"]) if isinstance(reason, str)] if "break_reason" in parts else []
    return telling.pick("：" + "；".join(written), "") if written else ""


def access(telling: Telling) -> list[dict[str, Any]]:
    """Each place where one gets to the water."""
    layer = telling.layer("water_access")
    return [{"id": row["id"], "name": telling.name(row), "kind": choice("water_access", "kind", row["kind"], telling.lang),
             "notes": _notes(telling, row)} for row in rows_of(layer[in_service(layer)], _WATER)]


def greens(telling: Telling) -> list[dict[str, Any]]:
    """Parks and greens by kind: name, how large, hours, entrances, and what one should know before going."""
    layer = telling.layer("green_vein")
    layer = layer[in_service(layer)]
    entrances = telling.layer("entrances")["of"].value_counts()
    area = pd.Series(shapely.area(to_metres(layer.geometry.to_numpy(), telling.sources.workspace.catalogue.metric_crs)), index=layer["id"])
    groups = []
    for kind in _KINDS:
        rows = [_green(telling, row, float(area[row["id"]]), int(entrances.get(row["id"], 0)))
                for row in rows_of(layer[layer["kind"] == kind], _GREEN)]
        if rows:
            groups.append({"kind": choice("green_vein", "kind", kind, telling.lang), "rows": rows})
    return groups


def _green(telling: Telling, row: Mapping[str, Any], area_m2: float, entrances: int) -> dict[str, Any]:
    own = {key: telling.pick(*pair) for key, pair in _WORDS.items()}
    ways_in = [] if not entrances else [own["entrance"] if entrances == 1 else own["entrances"].format(entrances)]
    size = [own["hectares"].format(f"{area_m2 / 10_000:.1f}")] if area_m2 >= 1000 else []
    notes = [*size, *[hours for hours in [hours_told(row["open_hours"], telling.lang)] if hours], *ways_in, *_notes(telling, row)]
    name = telling.name(row) or choice("green_vein", "kind", row["kind"], telling.lang)
    return {"id": row["id"], "name": name, "notes": notes, "park": row["kind"] in ("park", "pocket_park")}


def _notes(telling: Telling, row: Mapping[str, Any]) -> list[str]:
    told = [flag(row.get("step_free"), _WORDS["step_free"], _WORDS["steps"]), flag(row.get("lit"), _WORDS["lit"], None),
            flag(row.get("toilet"), _WORDS["toilet"], None)]
    return [telling.pick(*pair) for pair in told if pair is not None]


def _marks(telling: Telling) -> tuple[Mark, ...]:
    return tuple(Mark(shape, f"bank {state}") for shape, state in _banks(telling))


def _banks(telling: Telling) -> list[tuple[shapely.Geometry, str]]:
    answer = telling.sources.answers.get("blue_net")
    if answer is None:
        return []
    banks: gpd.GeoDataFrame = answer.features["banks"]
    return [(shape, str(state)) for shape, state in zip(banks.geometry, banks["state"], strict=True)]


def _data(telling: Telling) -> Mapping[str, Any]:
    layer = telling.layer("water_access")
    layer = layer[in_service(layer)]
    parks = telling.layer("green_vein")
    parks = parks[in_service(parks) & (shapely.get_dimensions(parks.geometry.to_numpy()) == 2)]
    return {
        "banks": [{"state": state, "line": line_of(gpd.GeoDataFrame(geometry=[shape]))} for shape, state in _banks(telling)],
        "access": [{**row, "at": point_of(shape), "glyph": _GLYPHS.get(row["kind"], "水")}
                   for row, shape in zip(rows_of(layer, ("id", "kind", "name", "name_en")), layer.geometry, strict=True)],
        "greens": [{**row, "at": point_of(shapely.point_on_surface(shape))}
                   for row, shape in zip(rows_of(parks, ("id", "kind", "name", "name_en")), parks.geometry, strict=True)],
    }


PAGE = Page(
    "blue_green", "蓝网绿脉", "Water and green",
    "河道、亲水点、公园和绿地，从哪里进、几点开。",
    "Waterways, places by the water, parks and greens: where to enter, when they are open.",
    _content, _marks, _data,
)
