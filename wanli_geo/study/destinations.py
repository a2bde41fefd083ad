"""What signs lead to: the doors of a place, the walk there of an adult and of an elder, and which way it sets out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from wanli_geo.access.reach import Profile
from wanli_geo.network.graph import Floats, Ints, WalkNetwork
from wanli_geo.network.pace import Pace, drawn, placed
from wanli_geo.network.search import Field, Walks, meet, route, spread
from wanli_geo.network.snap import Attachments
from wanli_geo.network.turns import stretches
from wanli_geo.routes.signs import heading
from wanli_geo.study.ground import FRONT_M, Ground
from wanli_geo.workspace.hours import usable
from wanli_geo.workspace.named import Place
from wanli_geo.workspace.services import edge_doors, in_service
from wanli_geo.workspace.store import Workspace

# One steps onto a line anywhere; looked at every so many metres.
LINE_STEP_M = 5.0
# Lines along streets that are there already: while they are being done up one still walks to them.
_WALKED = ("red_walkway", "night_run")


@dataclass(frozen=True)
class Main:
    """A kind of place that residents are led to: of `layer` the features of these kinds (none: all of them)."""

    key: str
    zh: str
    en: str
    layer: str
    kinds: tuple[str, ...] = ()


# The main destinations of a subdistrict's signs: what the plan leads people to, and what a stranger asks for.
MAIN = (
    Main("walkway", "红色步道", "red walkway", "red_walkway"),
    Main("park", "公园", "park", "green_vein", ("park",)),
    Main("metro", "地铁站", "metro station", "facilities", ("METRO",)),
    Main("health", "社区卫生", "community health", "facilities", ("HEALTH_STATION", "HEALTH_CENTRE")),
    Main("service", "社区服务", "community services", "facilities", ("HUB", "SERVICE_CENTRE", "AFFAIRS_CENTRE")),
    Main("office", "街道办事处", "subdistrict office", "facilities", ("ADMIN_OFFICE",)),
)


@dataclass(frozen=True, eq=False)
class Goal:
    """Where one is led: `places`, and where they are entered: `doors` (d, 2) metric, `owner` (d,) the place each belongs to.

    `shut` says why there is no door: `closed`, `planned` or `shut` at the time asked for; empty where there is one.
    """

    places: tuple[Place, ...]
    doors: Floats
    owner: Ints
    shut: str = ""


def main_goal(ground: Ground, main: Main, places: Sequence[Place]) -> Goal:
    """Gather the named places of a main destination that can be entered."""
    frame = ground.workspace.layer(main.layer)
    own = [place for place in places if place.layer == main.layer and (not main.kinds or frame["kind"].iloc[place.rows[0]] in main.kinds)]
    goals = [goal_of(ground, place) for place in own]
    owner = np.repeat(np.arange(len(goals)), [len(goal.doors) for goal in goals])
    return Goal(tuple(own), np.concatenate([np.empty((0, 2)), *(goal.doors for goal in goals)]), owner.astype(np.int64))


def goal_of(ground: Ground, place: Place) -> Goal:
    """Find where a place is entered: by its entrances that are open, a compound by its gates, water where one reaches it, else anywhere."""
    workspace, rows = ground.workspace, np.array(place.rows)
    layer = workspace.layer(place.layer).iloc[rows]
    stands = in_service(layer) | ((layer["status"] == "works").to_numpy(bool) & (place.layer in _WALKED))
    if not stands.any():
        planned = layer["status"].isin(("planned", "works")).any()
        return Goal((place,), np.empty((0, 2)), np.empty(0, dtype=np.int64), "planned" if planned else "closed")
    doors, any_door = _recorded(ground, place.layer, rows[stands])
    if not any_door:
        shapes = workspace.metric(place.layer).geometry.to_numpy()[rows[stands]]
        lines = shapely.get_dimensions(shapes) == 1
        shapes[lines] = shapely.segmentize(shapes[lines], LINE_STEP_M)
        doors = edge_doors(shapes, np.arange(len(shapes)))[1]
    return Goal((place,), doors, np.zeros(len(doors), dtype=np.int64), "" if len(doors) else "shut")


def _recorded(ground: Ground, layer: str, rows: Ints) -> tuple[Floats, bool]:
    """The doors on record that one may pass at the hour: (d, 2); and whether any is on record at all."""
    workspace = ground.workspace
    if layer == "compounds":
        own = np.isin(ground.gates.compound, rows)
        free = own & ~ground.gates.residents_only
        return ground.gates.xy[free if free.any() else own], bool(own.any())
    ids = workspace.layer(layer)["id"].iloc[rows]
    name, column = ("water_access", "blue_net_id") if layer == "blue_net" else ("entrances", "of")
    doors = workspace.metric(name)
    own = doors[column].isin(ids).to_numpy(bool)
    passable = own & in_service(doors) & _passable(workspace, name, ground)
    return shapely.get_coordinates(doors.geometry.to_numpy()[passable]).reshape(-1, 2), bool(own.any())


def _passable(workspace: Workspace, name: str, ground: Ground) -> NDArray[np.bool_]:
    doors = workspace.layer(name)
    open_then = usable(doors["open_hours"].tolist(), ground.day, ground.minute) if "open_hours" in doors else np.ones(len(doors), dtype=bool)
    return open_then & (ground.steps | doors["step_free"].fillna(True).to_numpy(bool))


@dataclass(frozen=True, eq=False)
class Walker:
    """One who walks in time, with the waits at crossings."""

    ground: Ground
    profile: Profile
    pace: Pace

    def rows(self, xy: Floats) -> Attachments:
        """Where places step onto the network in time, those deep in a compound through its gates."""
        inside = self.ground.compound_at(xy, deep_m=FRONT_M)
        return placed(self.ground.paced(self.pace), self.ground.attach(xy, inside, everyone=False))

    def homes(self) -> Attachments:
        """Where the residents step onto the network in time."""
        return placed(self.ground.paced(self.pace), self.ground.homes)

    def field(self, goal: Goal) -> Field:
        """Search once from all doors of a goal."""
        return spread(self.ground.paced(self.pace), self.rows(goal.doors))

    def minutes(self, walks: Walks) -> Floats:
        return walks.metres / self.pace.m_per_s / 60


@dataclass(frozen=True, eq=False)
class Led:
    """The walks from places to a goal.

    Attributes:
        adult_min, elder_min, metres: (p,) `inf` where there is no way; metres on the ground, of the adult.
        owner: (p,) the place of the goal reached; -1 for none.
        bearing: (p,) degrees from grid north in which the walk sets out; NaN where it has no length.
        street, street_en: (p,) along which street; None where it has no name.
    """

    adult_min: Floats
    elder_min: Floats
    metres: Floats
    owner: Ints
    bearing: Floats
    street: NDArray[np.object_]
    street_en: NDArray[np.object_]


@dataclass(frozen=True, eq=False)
class Guide:
    """Leads to one goal, searched once for each walker, from wherever one stands."""

    goal: Goal
    adult: Walker
    elder: Walker
    fields: tuple[Field, Field]

    @classmethod
    def to(cls, goal: Goal, adult: Walker, elder: Walker) -> Guide:
        return cls(goal, adult, elder, (adult.field(goal), elder.field(goal)))

    def lead(self, xy: Floats) -> Led:
        """Walk to the nearest door from places (p, 2), metric."""
        walk, slower = (_walked(walker, field, xy) for walker, field in zip((self.adult, self.elder), self.fields, strict=True))
        found = walk.walks.source >= 0
        owner = np.where(found, np.append(self.goal.owner, -1)[walk.walks.source], -1)
        bearing, street, street_en = np.full(len(xy), np.nan), *(np.full(len(xy), None, dtype=object) for _ in range(2))
        for place in np.flatnonzero(found).tolist():
            bearing[place] = walk.bearing(place, self.goal.doors[walk.walks.source[place]])
            street[place], street_en[place] = walk.street(place, self.adult.ground.streets)
        metres = drawn(walk.network, walk.field, walk.rows, walk.walks)
        return Led(self.adult.minutes(walk.walks), self.elder.minutes(slower.walks), metres, owner, bearing, street, street_en)


@dataclass(frozen=True, eq=False)
class _Walk:
    """One walker's walks from places to a goal."""

    network: WalkNetwork
    field: Field
    rows: Attachments
    walks: Walks

    def bearing(self, place: int, door: Floats) -> float:
        """Which way a place's walk to its door sets out; NaN where it stands at the door."""
        angle = heading(np.concatenate([route(self.network, self.field, self.rows, self.walks, place), door[None]]))
        return np.nan if angle is None else angle

    def street(self, place: int, streets: gpd.GeoDataFrame) -> tuple[str | None, str | None]:
        """The name, in Chinese and English, of the street it sets out along."""
        for part in stretches(self.network, self.field, self.rows, self.walks, place)[:1]:
            row = streets.iloc[int(self.network.street[part.edge])]
            name, english = (None if pd.isna(row[column]) else str(row[column]) for column in ("name", "name_en"))
            return name, english
        return None, None


def _walked(walker: Walker, field: Field, xy: Floats) -> _Walk:
    network, rows = walker.ground.paced(walker.pace), walker.rows(xy)
    return _Walk(network, field, rows, meet(network, field, rows, len(xy)))
