"""Whether signs tell the truth, where one must choose without a sign, and what the signs to come should say."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from wanli_geo.answer import Answer
from wanli_geo.errors import BadMeasure
from wanli_geo.network.graph import Floats
from wanli_geo.network.search import meet, spread
from wanli_geo.routes.signs import CLOSED, RIGHT, UNKNOWN, WRONG, Decisions, apart, decisions, passing, verdicts
from wanli_geo.study.destinations import MAIN, Guide, Walker, goal_of, main_goal
from wanli_geo.study.ground import FRONT_M, Ground
from wanli_geo.study.sign_schedule import Corners, corner_name, painted_minutes, pointed, schedule
from wanli_geo.study.signs_told import caveats_of, facts_of
from wanli_geo.study.words import made_of, when
from wanli_geo.workspace.named import Called, Place, names_of
from wanli_geo.workspace.store import Workspace, to_degrees

_INPUTS = ("signs", "boundary", "streets", "facilities", "green_vein", "red_walkway", "blue_net", "water_access", "entrances",
           "compounds", "homes", "gates")
# A sign this near serves a corner: along the streets, for it stands at the kerb and they are drawn by their middle.
SIGNED_M = 30.0
# Corners nearer than this to each other are one place to put a sign.
APART_M = 80.0
_MOST_SLACK_MIN = 15.0
_MOST_POINTS = 200
FACES = ("sign_id", "sign", "sign_en", "order", "target", "place", "place_en", "painted_min", "adult_min", "elder_min", "metres", "verdict",
         "right_min", "bearing", "compass", "arrow", "street", "street_en", "reason", "near", "matched")


@dataclass(frozen=True)
class Wish:
    """What is asked: `slack_min` minutes that painted ones may be off, `most` new signs to propose."""

    slack_min: float = 1.0
    most: int = 12

    def __post_init__(self) -> None:
        if not 0 <= self.slack_min <= _MOST_SLACK_MIN:
            raise BadMeasure(f"容许差 {self.slack_min:g} 分钟不合理；请给 0 到 {_MOST_SLACK_MIN:g}。",
                             f"A slack of {self.slack_min:g} min makes no sense; give 0 to {_MOST_SLACK_MIN:g}.")
        if not 0 <= self.most <= _MOST_POINTS:
            raise BadMeasure(f"建议 {self.most} 块新牌不合理；请给 0 到 {_MOST_POINTS}。",
                             f"{self.most} new signs make no sense; give 0 to {_MOST_POINTS}.")


def signs(adult: Walker, elder: Walker, wish: Wish) -> Answer:
    """Hold every painted minute against the walk of an adult and an elder, and find the corners that lack a sign."""
    workspace, ground = adult.ground.workspace, adult.ground
    names = names_of(workspace)
    layer = workspace.metric("signs")
    xy = shapely.get_coordinates(shapely.centroid(layer.geometry.to_numpy())).reshape(-1, 2)
    faces, findings = _painted(layer)
    called = {text: names.called(text) for text in faces["target"].unique()}
    faces = _judged(faces, called, xy, adult, elder, wish.slack_min)
    guides = [Guide.to(goal, adult, elder) for goal in (main_goal(ground, main, names.places) for main in MAIN)]
    corners = _corners(adult, guides, xy)
    made = made_of(workspace, _INPUTS)
    points = _points(ground, corners.lacking)
    tables = {"faces": faces[list(FACES)], "decisions": pd.DataFrame(points.drop(columns=["geometry", "rank"])),
              "schedule": schedule(ground, faces, guides, corners, wish.most)}
    return Answer(
        question="signs",
        params={
            "workspace": workspace.catalogue.name, "slack_min": float(wish.slack_min), "most": wish.most,
            "rule": "adult_min - slack_min <= painted_min <= elder_min + slack_min", "painted_as": "adult minutes, rounded up",
            "profiles": [adult.profile.code, elder.profile.code], "speeds_m_s": [adult.profile.m_per_s, elder.profile.m_per_s], "mode": "time",
            "signed_m": SIGNED_M, "apart_m": APART_M, "destinations": [main.key for main in MAIN],
            "metric_crs": workspace.catalogue.metric_crs, **when(ground, adult.pace),
        },
        features={"signs": _signs(workspace, faces), "decisions": points},
        tables=tables if findings.empty else tables | {"findings": findings},
        facts=facts_of(faces, len(layer), corners.found, points),
        caveats=tuple(caveats_of(ground, (adult, elder), wish.slack_min, faces, findings, guides, made)),
        made_of=made,
    )


def _painted(layer: gpd.GeoDataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """One row a destination of a sign, with the minutes painted beside it; and what is wrong with the lists."""
    rows, findings = [], []
    for sign, row in enumerate(layer[["id", "name", "name_en", "targets", "minutes"]].to_dict("records")):
        targets, minutes = (value if isinstance(value, list) else [] for value in (row["targets"], row["minutes"]))
        name = row["id"] if pd.isna(row["name"]) else row["name"]
        if len(minutes) not in (0, len(targets)):
            findings.append(("lists_differ", row["id"], f"{name}：{len(targets)} 个指向，{len(minutes)} 个分钟数，按次序对应，多出的不计。",
                             f"{name}: {len(targets)} destination(s), {len(minutes)} figure(s) of minutes; taken in order, the rest left out."))
        for order, (target, painted) in enumerate(zip_longest(targets, minutes[: len(targets)])):
            figure = _figure(painted)
            if painted is not None and figure is None:
                findings.append(("not_minutes", row["id"], f"{name}：“{painted}”不是分钟数，算作没有写。",
                                 f"{name}: “{painted}” is no number of minutes and counts as not painted."))
            rows.append((sign, row["id"], name, row["name_en"], order + 1, str(target), figure))
    faces = pd.DataFrame(rows, columns=["row", "sign_id", "sign", "sign_en", "order", "target", "painted_min"]).astype({"painted_min": float})
    return faces, pd.DataFrame(findings, columns=["code", "id", "zh", "en"])


def _figure(painted: object) -> float | None:
    """Minutes as painted: a number, or a text that begins as one (“5”, “5 分钟”)."""
    text = str(painted).strip().removesuffix("分钟").removesuffix("min").strip()
    try:
        figure = float(text)
    except ValueError:
        return None
    return figure if math.isfinite(figure) and figure >= 0 else None


def _judged(
    faces: pd.DataFrame, called: dict[str, Called], xy: Floats, adult: Walker, elder: Walker, slack_min: float
) -> pd.DataFrame:
    """Walk from every sign to every place it names, one search a place, and say what the painted minutes are worth."""
    named = [called[text] for text in faces["target"]]
    places = [one.place for one in named]
    texts: dict[str, Any] = {
        "place": [place and place.name for place in places], "place_en": [place and place.name_en for place in places],
        "matched": [one.how if one.place else None for one in named], "near": ["、".join(one.near) or None for one in named],
        "reason": [None if one.place else one.how for one in named], "street": None, "street_en": None, "verdict": UNKNOWN,
    }
    told = faces.assign(**{column: pd.Series(value, faces.index, dtype=object) for column, value in texts.items()},
                        **dict.fromkeys(("adult_min", "elder_min", "metres", "bearing"), np.nan))
    for text, one in called.items():
        if one.place is not None:
            own = told.index[told["target"] == text]
            _walk_to(told, own, one.place, xy, adult, elder, slack_min)
    return pointed(told.assign(right_min=painted_minutes(told["adult_min"])))


def _walk_to(told: pd.DataFrame, own: pd.Index, place: Place, xy: Floats, adult: Walker, elder: Walker, slack_min: float) -> None:
    """Fill in the rows of one place."""
    goal = goal_of(adult.ground, place)
    if goal.shut:
        told.loc[own, ["verdict", "reason"]] = CLOSED, f"place_{goal.shut}"
        return
    led = Guide.to(goal, adult, elder).lead(xy[told.loc[own, "row"]])
    told.loc[own, "verdict"] = verdicts(told.loc[own, "painted_min"].to_numpy(float), led.adult_min, led.elder_min, slack_min)
    for column in ("adult_min", "elder_min", "metres"):
        told.loc[own, column] = np.where(np.isfinite(led.metres), getattr(led, column), np.nan)
    for column in ("bearing", "street", "street_en"):
        told.loc[own, column] = getattr(led, column)
    told.loc[own[~np.isfinite(led.metres)], "reason"] = "no_way"


def _corners(adult: Walker, guides: Sequence[Guide], xy: Floats) -> Corners:
    """Count the residents' walks to the main destinations through every corner, and find where they part."""
    ground, network = adult.ground, adult.ground.paced(adult.pace)
    if not ground.peopled:
        none = np.empty(0, dtype=np.int64)
        return Corners(None, Decisions(none, none, np.empty(0), np.empty(0)), np.zeros((len(guides), len(network.nodes))))
    reach = ground.attach(xy, ground.compound_at(xy, deep_m=FRONT_M), everyone=False)
    kerbs = replace(reach, leg=np.zeros(len(reach)))
    homes, people = adult.homes(), ground.demand.people
    flows = [passing(network, field, homes, meet(network, field, homes, len(people)), people)
             for field in (guide.fields[0] for guide in guides)]
    found = decisions(network, flows)
    found = found.take(_own(ground.workspace, network.nodes[found.corner]))
    near = spread(ground.network, kerbs, limit_m=SIGNED_M).metres[found.corner] <= SIGNED_M
    order = np.argsort(~near, kind="stable")  # a sign serves the corners round it: they come first, then by rank
    kept = order[apart(network.nodes[found.corner[order]], APART_M)]
    trips = np.array([np.bincount(flow.corner, flow.trips, minlength=len(network.nodes)) for flow in flows])
    return Corners(len(kept), found.take(kept[~near[kept]]), trips)


def _own(workspace: Workspace, xy: Floats) -> NDArray[np.bool_]:
    """(d,) which corners the office may sign: those inside the boundary or at its edge; all where there is none."""
    boundary = workspace.metric("boundary").geometry.to_numpy()
    if not len(boundary):
        return np.ones(len(xy), dtype=bool)
    return np.asarray(shapely.dwithin(shapely.points(xy), shapely.union_all(boundary), SIGNED_M))


def _points(ground: Ground, lacking: Decisions) -> gpd.GeoDataFrame:
    """The decision points without a sign, in the order of their need."""
    network = ground.network
    names = [corner_name(ground, corner) for corner in lacking.corner]
    rank = np.arange(1, len(lacking.corner) + 1)
    points = to_degrees(shapely.points(network.nodes[lacking.corner]), ground.workspace.catalogue.metric_crs)
    columns = {"id": [f"decision-{one}" for one in rank], "rank": rank, "name": [zh for zh, _ in names], "name_en": [en for _, en in names],
               "arms": lacking.arms, "trips": lacking.trips, "turning": lacking.turning,
               "lon": shapely.get_x(points), "lat": shapely.get_y(points)}
    return gpd.GeoDataFrame(columns, geometry=points, crs="EPSG:4326")


def _signs(workspace: Workspace, faces: pd.DataFrame) -> gpd.GeoDataFrame:
    """Every sign with how many of its figures are right: the worst of them is its status."""
    layer = workspace.layer("signs")
    every = tuple(faces["verdict"].unique())
    kinds = {"faces": every, "faces_right": (RIGHT,), "faces_wrong": WRONG, "faces_unknown": ("unknown",), "faces_unpainted": ("unpainted",)}
    counts = {key: faces[faces["verdict"].isin(codes)].groupby("sign_id").size().reindex(layer["id"], fill_value=0).to_numpy()
              for key, codes in kinds.items()}
    status = np.select([counts["faces_wrong"] > 0, counts["faces_unknown"] > 0, counts["faces_right"] > 0], ["wrong", "unknown", RIGHT], "unpainted")
    return layer[["id", "name", "name_en", "level", "geometry"]].assign(status=status, **counts)
