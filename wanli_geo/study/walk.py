"""The walk of one compound to its nearest facility, drawn from the door to the entrance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from wanli_geo.access.reach import Profile
from wanli_geo.answer import Answer, Fact
from wanli_geo.errors import OffNetwork
from wanli_geo.network.graph import Floats, WalkNetwork
from wanli_geo.network.inner import Way, way_inside
from wanli_geo.network.pace import Pace, Waits, placed
from wanli_geo.network.search import route, spread
from wanli_geo.network.turns import metres as part_m
from wanli_geo.network.turns import stretches
from wanli_geo.study.ground import Ground, ToDoors
from wanli_geo.study.turns import Section, turn_list
from wanli_geo.study.units import unit_called
from wanli_geo.study.words import data_caveats, made_of, walk_caveats, when
from wanli_geo.workspace.kinds import Kind
from wanli_geo.workspace.services import Services, services_of, source_of
from wanli_geo.workspace.store import to_degrees

_INPUTS = ("streets", "compounds", "homes", "gates", "entrances")


def walk(ground: Ground, today: Ground, unit: str, kind: Kind, profile: Profile, waits: Waits | None) -> Answer:
    """Draw the walk of the house in the middle: half of the unit's people walk less, half walk more.

    It is the middle of `today`'s walks, so that “what if” tells of the same house. Without edits `today` is the `ground` itself.
    With `waits` the quickest walk, whose minutes count the waits at crossings; without, the shortest, whose minutes are length / speed.

    Raises:
        BadMeasure: no compound or house has this id or name, or several have.
        OffNetwork: nobody of the unit can walk to any facility of the kind.
    """
    services = services_of(ground.workspace, kind.code, ground.day, ground.minute, steps=ground.steps)
    return walk_to(ground, today, unit, Target(kind, services), profile, waits)


@dataclass(frozen=True, eq=False)
class Target:
    """What one walks to: some facilities, called by one kind."""

    kind: Kind
    services: Services


def walk_to(ground: Ground, today: Ground, unit: str, target: Target, profile: Profile, waits: Waits | None) -> Answer:
    """Draw the walk to the nearest of some facilities, as `walk` does."""
    workspace, demand, kind, services = ground.workspace, ground.demand, target.kind, target.services
    row = unit_called(workspace, demand, unit)
    pace = None if waits is None else Pace(profile.m_per_s, waits)
    network, to = ground.paced(pace), ground.walks_to(services, pace)
    places = np.flatnonzero((demand.unit == row) & np.isfinite(to.cost))
    if not len(places):
        raise OffNetwork(
            f"从这里走不到任何{kind.zh}：没有这类设施，或路不通。请看设施图层，或换一类设施。",
            f"No {kind.en.lower()} can be walked to from here: there is none, or no way leads there. See the facilities, or ask for another kind.",
        )
    place = middle(places, to.cost if today is ground else today.walks_to(services, pace).cost, demand.people)
    door = int(to.door[place])
    within = to.walks.source[place] != door or to.walks.metres[place] != to.cost[place]
    course = _inside(ground, services, place, door) if within else _by_streets(ground, network, to, services, place)
    crs = workspace.catalogue.metric_crs
    facility = services.features.iloc[int(services.door_of[door])]
    made = made_of(workspace, (*_INPUTS, source_of(kind.code).layer))
    length, minutes = float(to.metres[place]), float(to.cost[place]) / profile.m_per_s / 60
    line = to_degrees(shapely.linestrings(course.xy), crs)
    lines = gpd.GeoDataFrame({"id": ["walk"], "metres": [length], "minutes": [minutes]}, geometry=[line], crs="EPSG:4326")
    ends = gpd.GeoDataFrame(
        {"id": ["home", "door"], "name": [_text(demand.ids[place]), _text(facility["name"])], "facility_id": [None, facility["id"]]},
        geometry=to_degrees(shapely.points(course.xy[[0, -1]]), crs),
        crs="EPSG:4326",
    )
    return Answer(
        question="walk",
        params={
            "workspace": workspace.catalogue.name,
            "unit": demand.unit_ids[row],
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
            "turns": _told(course),
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


def middle(places: Any, metres: Floats, people: Floats) -> int:
    """The place at the weighted median of the walk; without people, the plain median."""
    order = places[np.argsort(metres[places], kind="stable")]
    weight = np.nan_to_num(people[order])
    weight = weight if weight.sum() > 0 else np.ones(len(order))
    return int(order[np.searchsorted(np.cumsum(weight), weight.sum() / 2)])


@dataclass(frozen=True, eq=False)
class _Course:
    """A walk from the home to the door: `xy` (v, 2), and in order its sections, with the metres (float) off paths and streets between."""

    xy: Floats
    steps: list[Section | float]


def _inside(ground: Ground, services: Services, place: int, door: int) -> _Course:
    """To a door deep in the same compound, passing no gate."""
    home, goal = ground.demand.xy[place], services.doors[door]
    way = way_inside(ground.inner, home, goal, int(ground.demand.compound[place]))
    return _Course(np.concatenate([home[None], way.xy, goal[None]]), [way.first_m, _section(ground, way), way.last_m])


def _by_streets(ground: Ground, network: WalkNetwork, to: ToDoors, services: Services, place: int) -> _Course:
    """Home, the way out of its compound if it is in one, the streets, the door's side the same way."""
    away, homes = spread(network, to.doors), placed(network, ground.homes)
    row, via = int(to.walks.row[place]), int(to.walks.via[place])
    path, parts = route(network, away, homes, to.walks, place), stretches(network, away, homes, to.walks, place)
    out = _to_exit(ground, ground.demand.xy[place], int(homes.gate[row]), float(homes.leg[row]))
    back = _to_exit(ground, services.doors[int(to.door[place])], int(to.doors.gate[via]), float(to.doors.leg[via]), back=True)
    xy = np.concatenate([out.xy, path, back.xy])
    return _Course(xy, [*out.steps, Section(network, ground.streets, parts), *back.steps])


def _to_exit(ground: Ground, at: Floats, gate: int, leg: float, *, back: bool = False) -> _Course:
    """From a place to the exit of its compound that it uses, or `back` from there, with the leg to the street; gate -1 for none."""
    if gate < 0:
        return _Course(at[None], [leg])
    start, end = (ground.exits.xy[gate], at) if back else (at, ground.exits.xy[gate])
    way = way_inside(ground.inner, start, end, int(ground.exits.compound[gate]))
    section = _section(ground, way)
    along = sum(part_m(section.network, part) for part in section.parts)
    first, last = (leg - along - way.last_m, way.last_m) if back else (way.first_m, leg - along - way.first_m)
    return _Course(np.concatenate([start[None], way.xy, end[None]]), [first, section, last])


def _section(ground: Ground, way: Way) -> Section:
    return Section(ground.inner.network, ground.inner_streets, way.parts, inside=True)


def _told(course: _Course) -> pd.DataFrame:
    """Tell the course; a section nobody walks is left out, and the metres before and after it are one leg."""
    sections, legs = list[Section](), [0.0]
    for step in course.steps:
        if isinstance(step, float):
            legs[-1] += step
        elif step.parts:
            sections.append(step)
            legs.append(0.0)
    return turn_list(sections, legs)
