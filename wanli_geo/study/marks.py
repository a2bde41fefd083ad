"""The distance marks of a line of the workspace: where each stands, which way one walks there, what it says."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd

from wanli_geo.answer import Answer, Caveat, Fact
from wanli_geo.errors import BadMeasure
from wanli_geo.routes.line import bearing
from wanli_geo.routes.marks import marks_of
from wanli_geo.study.drawn import Drawn, drawn
from wanli_geo.study.words import data_caveats, made_of
from wanli_geo.workspace.store import Workspace

LAYERS = ("night_run", "red_walkway")
_LEAST_M = 10.0


def marks(workspace: Workspace, layer: str, every_m: float) -> Answer:
    """Place the marks of a line.

    Raises:
        BadMeasure: another layer, or marks less than 10 m apart.
        NothingToAnswer: the layer has no line.
    """
    if layer not in LAYERS:
        raise BadMeasure(f"图层 {layer} 没有里程标；请用 {'、'.join(LAYERS)}。", f"{layer} has no distance marks; use {' or '.join(LAYERS)}.")
    if not _LEAST_M <= every_m < float("inf"):
        raise BadMeasure(f"里程标间隔 {every_m:g} 米太密或写错了；请给 {_LEAST_M:g} 米以上。",
                         f"Marks every {every_m:g} m make no sense; give {_LEAST_M:g} m or more.")
    line = drawn(workspace, layer)
    placed = mark_features(line, every_m)
    made = made_of(workspace, (layer, "run_amenities"))
    return Answer(
        question="marks",
        params={"workspace": workspace.catalogue.name, "layer": layer, "every_m": float(every_m), "metric_crs": workspace.catalogue.metric_crs},
        features={"route": route_feature(line), "marks": placed},
        tables={"marks": pd.DataFrame(placed.drop(columns="geometry"))},
        facts=(
            Fact("marks", "里程标", "Distance marks", len(placed), "处"),
            Fact("length_m", "路线长度", "Length of the line", line.route.length_m, "米"),
        ),
        caveats=(start_caveat(line), *pieces_caveat(line), *data_caveats(made, 0)),
        made_of=made,
    )


def mark_features(line: Drawn, every_m: float) -> gpd.GeoDataFrame:
    """The marks as points: kind, what is written there, the walking direction, metres to the end."""
    found = marks_of(line.route, every_m)
    said = [_text(kind, metres) for kind, metres in zip(found.kind, found.chainage, strict=True)]
    return line.points(
        {"kind": found.kind, "name": [zh for zh, _ in said], "text": [zh for zh, _ in said], "text_en": [en for _, en in said],
         "bearing": np.round(bearing(line.route, found.chainage)) % 360, "from_end_m": line.route.length_m - found.chainage},
        found.chainage, "mark",
    )


def _text(kind: str, metres: float) -> tuple[str, str]:
    if kind == "start":
        return "起点", "Start"
    if kind in ("half", "km"):
        return f"{metres / 1000:g} 公里", f"{metres / 1000:g} km"
    return f"{metres:g} 米", f"{metres:g} m"


def route_feature(line: Drawn) -> gpd.GeoDataFrame:
    """The line itself, with the name of its first row and its length."""
    first, route = line.rows.iloc[0], line.route
    named = {column: [value if isinstance(value := first[column], str) else None] for column in ("name", "name_en")}
    return gpd.GeoDataFrame({"id": ["route"], **named, "length_m": [route.length_m], "closed": [route.closed]},
                            geometry=[line.degrees], crs="EPSG:4326")


def start_caveat(line: Drawn) -> Caveat:
    """From where the metres count."""
    if line.start is not None:
        return Caveat("chainage_start", f"起点距离从“{line.start}”起，沿线画的方向量。", f"Chainage counts from “{line.start}”, the way the line is drawn.")
    return Caveat("chainage_start", "起点距离从线的第一个点起，沿线画的方向量。", "Chainage counts from the first point of the line, the way it is drawn.")


def pieces_caveat(line: Drawn) -> list[Caveat]:
    """That the layer has more lines than the one judged."""
    if not line.others_m:
        return []
    metres = "、".join(f"{value:,.0f}" for value in line.others_m)
    return [Caveat(
        "pieces", f"图层里的线分成 {line.pieces} 段，互不相接；只看最长的一段，其余 {metres} 米没有计入。请把它们首尾相接，或删去多余的。",
        f"The lines of the layer are {line.pieces} pieces that do not meet; only the longest was judged, the others ({metres.replace('、', ', ')} m) "
        "were not. Join them end to end, or delete what is too much.",
    )]
