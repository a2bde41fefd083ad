"""The walk of one compound to its nearest facility, drawn from the door to the entrance."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from wanli_geo.access.reach import Profile
from wanli_geo.answer import Answer, Fact
from wanli_geo.errors import BadMeasure, OffNetwork
from wanli_geo.network.graph import Floats
from wanli_geo.network.pace import Pace, Waits, placed
from wanli_geo.network.search import route, spread
from wanli_geo.network.turns import metres as part_m
from wanli_geo.network.turns import stretches
from wanli_geo.study.ground import Ground
from wanli_geo.study.turns import turn_list
from wanli_geo.study.words import data_caveats, made_of, walk_caveats, when
from wanli_geo.workspace.kinds import Kind
from wanli_geo.workspace.services import Services, services_of
from wanli_geo.workspace.store import to_degrees

_INPUTS = ("streets", "compounds", "homes", "gates", "entrances")


def walk(ground: Ground, unit: str, kind: Kind, profile: Profile, waits: Waits | None) -> Answer:
    """Draw the walk of the house in the middle: half of the unit's people walk less, half walk more.

    With `waits` the quickest walk, whose minutes count the waits at crossings; without, the shortest, whose minutes are length / speed.

    Raises:
        BadMeasure: there is no such compound or house.
        OffNetwork: nobody of the unit can walk to any facility of the kind.
    """
    workspace, demand = ground.workspace, ground.demand
    found = np.flatnonzero(demand.unit_ids == unit)
    if not len(found):
        raise BadMeasure(
            f"没有编号为“{unit}”的小区或楼；编号见结果表的 id 一列。",
            f"There is no compound or house “{unit}”; ids stand in the table's id column.",
        )
    services = services_of(workspace, kind.code)
    pace = None if waits is None else Pace(profile.m_per_s, waits)
    network, to = ground.paced(pace), ground.walks_to(services, pace)
    walks, door = to.walks, to.door
    places = np.flatnonzero((demand.unit == found[0]) & np.isfinite(to.cost))
    if not len(places):
        raise OffNetwork(
            f"从这里走不到任何{kind.zh}：没有这类设施，或路不通。请看设施图层，或换一类设施。",
            f"No {kind.en.lower()} can be walked to from here: there is none, or no way leads there. See the facilities, or ask for another kind.",
        )
    place = _middle(places, to.cost, demand.people)
    inside = walks.source[place] != door[place] or walks.metres[place] != to.cost[place]
    away, homes = spread(network, to.doors), placed(network, ground.homes)
    path = np.empty((0, 2)) if inside else route(network, away, homes, walks, place)
    whole = _whole(ground, services, place, int(door[place]), path, int(walks.row[place]) if not inside else -1)
    crs = workspace.catalogue.metric_crs
    facility = services.features.iloc[int(services.door_of[door[place]])]
    made = made_of(workspace, (*_INPUTS, "green_vein" if kind.code == "PARK" else "facilities"))
    length, minutes = float(to.metres[place]), float(to.cost[place]) / profile.m_per_s / 60
    line = to_degrees(shapely.linestrings(whole), crs)
    lines = gpd.GeoDataFrame({"id": ["walk"], "metres": [length], "minutes": [minutes]}, geometry=[line], crs="EPSG:4326")
    ends = gpd.GeoDataFrame(
        {"id": ["home", "door"], "name": [_text(demand.ids[place]), _text(facility["name"])], "facility_id": [None, facility["id"]]},
        geometry=to_degrees(shapely.points(whole[[0, -1]]), crs),
        crs="EPSG:4326",
    )
    parts = [] if inside else stretches(network, away, homes, walks, place)
    start_m = 0.0 if inside else float(homes.leg[walks.row[place]])
    turns = turn_list(ground, network, parts, start_m, length - start_m - sum(part_m(network, part) for part in parts))
    return Answer(
        question="walk",
        params={
            "workspace": workspace.catalogue.name,
            "unit": unit,
            "kind": kind.code,
            "mode": "distance" if pace is None else "time",
            "profile": profile.code,
            "speed_m_s": profile.m_per_s,
            "metric_crs": crs,
            **when(ground, pace),
        },
        features={"walk": lines, "ends": ends},
        tables={
            "walk": pd.DataFrame({"from": [demand.ids[place]], "to": [facility["id"]], "metres": [length], "minutes": [minutes]}),
            "turns": turns,
        },
        facts=(
            Fact("walk_m", f"到最近的{kind.zh}", f"To the nearest {kind.en.lower()}", length, "米"),
            Fact("walk_min", f"{profile.zh}步行", f"Walking time, {profile.en}", minutes, "分钟"),
            Fact("nearest_name", "最近的一处", "Nearest", _text(facility["name"])),
            Fact("nearest_id", "编号", "Id", facility["id"]),
        ),
        caveats=(*walk_caveats(ground, profile, pace), *data_caveats(made, 0)),
        made_of=made,
    )


def _text(value: Any) -> str | None:
    return None if value is None or pd.isna(value) else str(value)


def _middle(places: Any, metres: Floats, people: Floats) -> int:
    """The place at the weighted median of the walk; without people, the plain median."""
    order = places[np.argsort(metres[places], kind="stable")]
    weight = np.nan_to_num(people[order])
    weight = weight if weight.sum() > 0 else np.ones(len(order))
    return int(order[np.searchsorted(np.cumsum(weight), weight.sum() / 2)])


def _whole(ground: Ground, services: Services, place: int, door: int, path: Floats, row: int) -> Floats:
    """Home, the gate if one is passed, the streets, the facility's side the same way, the door."""
    gate = ground.homes.gate[row] if row >= 0 else -1
    start = [ground.demand.xy[place]] + ([ground.gates.xy[gate]] if gate >= 0 else [])
    return np.concatenate([np.array(start), path, services.doors[[door]]])
