"""Who is beyond a walk of what: the question of coverage, end to end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from wanli_geo.access.coverage import COVERED, GAP, STATUS, UNKNOWN, Coverage, count, judge, status_of_most
from wanli_geo.access.reach import TOLERANCE_M, Profile, Reach
from wanli_geo.access.units import Judged, of_units
from wanli_geo.answer import Answer, Caveat, Fact
from wanli_geo.network.graph import Floats, Ints
from wanli_geo.network.pace import Pace, Waits
from wanli_geo.study.ground import Ground, ToDoors
from wanli_geo.study.words import data_caveats, made_of, walk_caveats, when
from wanli_geo.workspace.kinds import Kind
from wanli_geo.workspace.people import GROUPS, Demand, demand_of
from wanli_geo.workspace.services import Services, services_of, source_of
from wanli_geo.workspace.store import Workspace, to_degrees

# How the share is called when all is known, and when some people are unknown: then it is a lower bound.
SHARE = (("覆盖比例", "Share covered"), ("覆盖比例（至少）", "Share covered, at least"))
INPUTS = ("boundary", "streets", "compounds", "homes", "gates", "entrances", "blue_net", "barriers")
# Why a place is not covered; where several hold, the first. `no_data`: the kind is not surveyed, or the walk leaves the data.
REASONS = ("none_exists", "planned_only", "out_of_use", "off_network", "no_data", "river", "detour", "too_far")


@dataclass(frozen=True, eq=False)
class Found:
    """What the walks say of every place of the demand, arrays in its order (n,).

    `walk_m` is on the ground; `cost_m` is what is judged, in time mode with the waits as the metres walked meanwhile.
    `door` is the row of the door reached, -1 for none; `reason` indexes `REASONS`, -1 for covered; `circle` whether a used
    facility lies within the threshold as the crow flies; `cut_off` how many facilities have no door on the main network.
    """

    walk_m: Floats
    cost_m: Floats
    door: Ints
    status: Ints
    reason: Ints
    circle: NDArray[np.bool_]
    cut_off: int


def coverage(ground: Ground, kind: Kind, reach: Reach, group: str, profile: Profile, waits: Waits) -> Answer:
    """Judge every place of the demand and count its people, once each."""
    workspace, services = ground.workspace, services_of(ground.workspace, kind.code, ground.day, ground.minute, steps=ground.steps)
    demand = demand_of(workspace, group)
    pace = None if reach.minutes is None else Pace(profile.m_per_s, waits)
    found = judged(ground, demand, services, reach, pace, workspace.survey_of(kind.code) == "complete")
    totals = count(found.status, demand.people)
    units = _units(workspace, demand, services, found, reach, profile)
    made = made_of(workspace, (*INPUTS, source_of(kind.code).layer))
    return Answer(
        question="coverage",
        params={**_params(workspace, kind, reach, group, profile), **when(ground, pace)},
        features={"units": units, "homes": _homes(workspace, demand, found, reach), "facilities": _facilities(services)},
        tables={"units": _ranked(units)},
        facts=_facts(totals, demand, found, units, services, kind, reach, group),
        caveats=(
            *walk_caveats(ground, profile, pace),
            *kind_caveats(workspace, services, kind, found.cut_off),
            *data_caveats(made, totals.unstated),
        ),
        made_of=made,
    )


def judged(ground: Ground, demand: Demand, services: Services, reach: Reach, pace: Pace | None, complete: bool) -> Found:
    """Say of every place of the demand whether it is covered, in a gap or unknown, and why.

    Where facilities of a size not known were left out, any of them may be large enough: what is not covered is unknown then.
    """
    complete = complete and not services.unsized.any()
    to = ground.walks_to(services, pace)
    attached = np.zeros(len(demand.ids), dtype=bool)
    attached[ground.homes.place] = True
    status = judge(to.cost, ground.to_edge_of_data(pace), attached, within_m=reach.metres, complete=complete)
    near_m, near_door = _as_the_crow_flies(demand.xy, services.doors)
    circle = near_m <= reach.metres + TOLERANCE_M
    barred = np.zeros(len(demand.ids), dtype=bool)
    ask = np.flatnonzero((status == GAP) & circle)
    barred[ask] = _barred(ground.obstacles, demand.xy[ask], services.doors[near_door[ask]])
    holds = np.stack(
        [
            np.full(len(status), complete and services.small.all()),
            np.full(len(status), complete and not services.small.all() and not services.used.any() and services.planned),
            np.full(len(status), complete and not services.small.all() and not services.used.any()),
            ~attached,
            status == UNKNOWN,
            barred,
            circle,
            np.ones(len(status), dtype=bool),
        ]
    )
    reason = np.where(status == COVERED, -1, holds.argmax(axis=0))
    return Found(to.metres, to.cost, to.door, status, reason, circle, _cut_off(ground, services, to))


def _cut_off(ground: Ground, services: Services, to: ToDoors) -> int:
    """How many facilities that count have no door the public can walk to from the main network."""
    joined = to.doors.place[ground.network.component[to.doors.edge] == 0]
    return len(np.setdiff1d(services.door_of, services.door_of[joined]))


def _as_the_crow_flies(xy: Floats, doors: Floats) -> tuple[Floats, Ints]:
    """Metres in a straight line to the nearest door, and which; `inf` and -1 without doors."""
    if not len(doors):
        return np.full(len(xy), np.inf), np.full(len(xy), -1, dtype=np.int64)
    (_, door), metres = shapely.STRtree(shapely.points(doors)).query_nearest(shapely.points(xy), all_matches=False, return_distance=True)
    return metres, door.astype(np.int64)


def _barred(obstacles: NDArray[np.object_], start: Floats, end: Floats) -> NDArray[np.bool_]:
    """Whether water or a railway lies across the straight line from each start to its end."""
    barred = np.zeros(len(start), dtype=bool)
    if len(obstacles) and len(start):
        lines = shapely.linestrings(np.stack([start, end], axis=1))
        barred[shapely.STRtree(obstacles).query(lines, predicate="intersects")[0]] = True
    return barred


def _params(workspace: Workspace, kind: Kind, reach: Reach, group: str, profile: Profile) -> Mapping[str, Any]:
    return {
        "workspace": workspace.catalogue.name,
        "kind": kind.code,
        "within": reach.text,
        "within_m": reach.metres,
        "mode": "distance" if reach.minutes is None else "time",
        "people": group,
        "profile": profile.code,
        "speed_m_s": profile.m_per_s,
        "metric_crs": workspace.catalogue.metric_crs,
    }


def _facts(
    totals: Coverage, demand: Demand, found: Found, units: gpd.GeoDataFrame, services: Services, kind: Kind, reach: Reach, group: str
) -> tuple[Fact, ...]:
    who_zh, who_en, _ = GROUPS[group]
    circle_only = (found.status != COVERED) & found.circle & np.isfinite(demand.people)
    planned = int((~services.used & ~services.small & ~services.unsized).sum())
    return (
        Fact("people_total", f"{who_zh}总数", f"People in all, {who_en}", totals.total, "人"),
        Fact("people_covered", f"步行 {reach.zh}内有{kind.zh}", f"Within a {reach.en} walk of a {kind.en.lower()}", totals.covered, "人"),
        Fact("share_covered", *SHARE[bool(totals.unknown)], totals.share, "share"),
        Fact("people_gap", "缺口", "In a gap", totals.gap, "人"),
        Fact("people_unknown", "未知（数据到此为止）", "Unknown (the data ends here)", totals.unknown, "人"),
        Fact("people_circle_only", "虚覆盖（圈内却走不到）", "In the circle, not in the walk", float(demand.people[circle_only].sum()), "人"),
        Fact("units_gap", "有缺口的小区", "Compounds with a gap", int((units["people_gap"] > 0).sum()), "个"),
        Fact("facilities_used", f"计入的{kind.zh}", "Facilities counted", int((services.used & ~services.shut).sum()), "处"),
        Fact("facilities_not_counted", "规划、在建或停用，未计入", "Planned, under works or closed: not counted", planned, "处"),
        Fact("places_unstated", "人数不详的楼或小区", "Houses or compounds without a figure of people", totals.unstated, "处"),
    )


def kind_caveats(workspace: Workspace, services: Services, kind: Kind, cut_off: int) -> list[Caveat]:
    """What one must know of the facilities: how far surveyed, how entered, how many cannot be walked to."""
    survey = workspace.survey_of(kind.code)
    notes = []
    if survey != "complete":
        zh, en = ("只查了一部分", "only partly surveyed") if survey == "partial" else ("还没有查过", "not surveyed yet")
        notes.append(
            Caveat(
                "not_surveyed",
                f"{kind.zh}{zh}：步行范围内没有找到的，都算“未知”，不算缺口。",
                f"“{kind.en}” is {en}: where none was found within the walk the answer is “unknown”, not “gap”.",
            )
        )
    if cut_off:
        notes.append(
            Caveat(
                "facilities_cut_off",
                f"{cut_off} 处{kind.zh}接不上主路网：附近没有路、那里的路与别处不相连，或在外人进不去的小区里；请核对位置和道路。",
                f"{cut_off} of “{kind.en}” cannot be walked to from the main network: no street is near, the streets there are cut off, or it lies "
                "in a compound closed to others; see to its place and the streets.",
            )
        )
    if shut := int(services.shut.sum()):
        notes.append(
            Caveat(
                "doors_shut",
                f"{shut} 处{kind.zh}登记的入口此时都关着，按关闭处理，没有计入。",
                f"{shut} of “{kind.en}” have all their recorded entrances shut then: taken as closed, not counted.",
            )
        )
    if services.assumed:
        notes.append(
            Caveat(
                "doors_assumed",
                f"{services.assumed} 处没有登记入口：点位按所在位置，场地按边线任意处可进。",
                f"{services.assumed} without a recorded entrance: a point is entered where it stands, an area anywhere along its edge.",
            )
        )
    return notes


def _units(
    workspace: Workspace, demand: Demand, services: Services, found: Found, reach: Reach, profile: Profile
) -> gpd.GeoDataFrame:
    """One row a unit (a compound, or a house outside any), with its people by status and the walk they have.

    `walk_m` is the mean walk of the people in the gap where there are any, else of all: so `walk_m` less the threshold is `beyond_m`.
    In time mode `walk_min` and `beyond_m` count the waits, `walk_m` is on the ground.
    """
    facility = np.where(found.door >= 0, _taken(services.door_of, found.door), -1)
    same = np.ones(len(demand.ids))
    rows = Judged(demand.unit, demand.people, found.status, found.reason, found.walk_m, found.cost_m, reach.metres * same,
                  profile.m_per_s * same, facility)
    told = of_units(rows, len(demand.unit_ids), len(services.features), len(REASONS))
    people = told.people
    names = unit_names(workspace, demand)
    total = people.sum(axis=1)
    columns = {
        "id": demand.unit_ids,
        **names,
        "people": total,
        "people_covered": people[:, COVERED],
        "people_gap": people[:, GAP],
        "people_unknown": people[:, UNKNOWN],
        "status": status_of_most(people),
        "walk_m": told.walk_m,
        "walk_min": told.walk_min,
        "beyond_m": told.beyond_m,
        "burden": told.burden,
        "nearest_id": named(services.features["id"], told.facility),
        "nearest_name": named(services.features["name"], told.facility),
        "reason": named(REASONS, told.reason),
    }
    return gpd.GeoDataFrame(columns, geometry=unit_shapes(workspace, demand), crs="EPSG:4326")


def _taken(values: Ints, rows: Ints) -> Ints:
    return values[np.clip(rows, 0, None)] if len(values) else np.full(len(rows), -1, dtype=np.int64)


def named(names: Iterable[Any], rows: Ints) -> NDArray[np.object_]:
    """Give the names at `rows`; None for row -1."""
    return np.array([*names, None], dtype=object)[rows]


def unit_names(workspace: Workspace, demand: Demand) -> dict[str, NDArray[np.object_]]:
    compounds, homes = workspace.layer("compounds"), workspace.layer("homes")
    committees = dict(zip(workspace.layer("committees")["id"], workspace.layer("committees")["name"], strict=True))
    lone = demand.unit_ids[demand.unit_compound < 0]
    by_id = homes.set_index("id") if len(lone) else homes
    columns = {}
    for column in ("name", "name_en"):
        own = by_id[column].reindex(lone).to_numpy(object) if len(lone) else np.empty(0, dtype=object)
        columns[column] = np.concatenate([compounds[column].to_numpy(object), own])
    of = [committees.get(identity) for identity in compounds["committee_id"]]
    columns["committee"] = np.array([*of, *[None] * len(lone)], dtype=object)
    return columns


def unit_shapes(workspace: Workspace, demand: Demand) -> NDArray[np.object_]:
    lone = demand.unit_ids[demand.unit_compound < 0]
    compounds = workspace.layer("compounds").geometry.to_numpy()
    if not len(lone):
        return np.asarray(compounds)
    homes = workspace.layer("homes").set_index("id").geometry
    return np.concatenate([compounds, homes.loc[lone].to_numpy()])


def _homes(workspace: Workspace, demand: Demand, found: Found, reach: Reach) -> gpd.GeoDataFrame:
    finite = np.isfinite(found.walk_m)
    columns = {
        "id": demand.ids,
        "unit_id": demand.unit_ids[demand.unit],
        "people": demand.people,
        "status": np.array(STATUS, dtype=object)[found.status],
        "walk_m": np.where(finite, found.walk_m, np.nan),
        "beyond_m": np.where(finite & (found.status == GAP), found.cost_m - reach.metres, np.nan),
        "reason": named(REASONS, found.reason),
    }
    return gpd.GeoDataFrame(columns, geometry=place_shapes(workspace, demand), crs="EPSG:4326")


def place_shapes(workspace: Workspace, demand: Demand) -> NDArray[np.object_]:
    """(n,) how each place of the demand is drawn, WGS84: a house as it stands in its layer, a compound without houses as a point."""
    is_home = demand.layer == "homes"
    shapes = np.empty(len(demand.ids), dtype=object)
    shapes[is_home] = workspace.layer("homes").geometry.to_numpy()
    shapes[~is_home] = to_degrees(shapely.points(demand.xy[~is_home]), workspace.catalogue.metric_crs) if (~is_home).any() else []
    return shapes


def _facilities(services: Services) -> gpd.GeoDataFrame:
    wanted = [column for column in ("id", "name", "name_en", "kind", "status", "address", "open_hours") if column in services.features]
    return services.features[[*wanted, "geometry"]].assign(used=services.used & ~services.shut)


def _ranked(units: gpd.GeoDataFrame) -> pd.DataFrame:
    """Heaviest burden first; then by people in the gap, then by id, so that the order is always the same."""
    table = pd.DataFrame(units.drop(columns="geometry"))
    ranked = table.sort_values(["burden", "people_gap", "people_unknown", "id"], ascending=[False, False, False, True])
    return ranked.reset_index(drop=True)
