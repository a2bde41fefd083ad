"""What every question of choice starts from: places to walk from, doors to walk to, and the ways between them inside one compound."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from wanli_geo.access.choices import Beside
from wanli_geo.access.reach import Reach
from wanli_geo.answer import Caveat
from wanli_geo.errors import BadMeasure, OffNetwork
from wanli_geo.network.graph import Floats, Ints
from wanli_geo.network.inner import ways_inside
from wanli_geo.network.pace import Pace, placed
from wanli_geo.network.search import nearest
from wanli_geo.network.snap import SNAP_M, Attachments, at_border
from wanli_geo.study.coverage import kind_caveats
from wanli_geo.study.ground import FRONT_M, Ground
from wanli_geo.workspace.kinds import Kind
from wanli_geo.workspace.services import Services, services_of
from wanli_geo.workspace.store import to_metres


@dataclass(frozen=True, eq=False)
class Start:
    """Where one walks from: (n, 2) metric `xy`, (n,) row of the `compound` each lies in (-1 for none), `rows` onto the network in metres."""

    xy: Floats
    compound: Ints
    rows: Attachments


@dataclass(frozen=True, eq=False)
class Goals:
    """The facilities of one kind as one walks to them; `rows` where their doors meet the network in metres."""

    ground: Ground
    kind: Kind
    services: Services

    @cached_property
    def inside(self) -> Ints:
        """(d,) row of the compound that a door lies deep in, -1 for none."""
        return self.ground.compound_at(self.services.doors, deep_m=FRONT_M)

    @cached_property
    def rows(self) -> Attachments:
        return self.ground.attach(self.services.doors, self.inside.copy(), everyone=False)

    def beside(self, start: Start) -> Beside:
        """The ways that stay inside the compound one starts in."""
        ways = ways_inside(self.ground.inner, start.xy, start.compound, self.services.doors, self.inside)
        free = ~ways.barred
        return Beside(ways.place[free], self.services.door_of[ways.goal[free]], ways.metres[free])

    @cached_property
    def cut_off(self) -> int:
        """How many facilities that count have no door the public can walk to from the main network."""
        joined = self.rows.place[self.ground.network.component[self.rows.edge] == 0]
        return len(np.setdiff1d(self.services.door_of, self.services.door_of[joined]))

    def caveats(self) -> list[Caveat]:
        """How far the kind was surveyed, how its facilities are entered, how many cannot be walked to."""
        workspace, kind = self.ground.workspace, self.kind
        told = kind_caveats(workspace, self.services, kind, self.cut_off)
        survey = workspace.survey_of(kind.code)
        if survey == "complete":
            return told
        zh, en = ("只查了一部分", "only partly surveyed") if survey == "partial" else ("还没有查过", "not surveyed yet")
        instead = Caveat("not_surveyed", f"{kind.zh}{zh}：可能还有更近的、更多的，没有列出不等于没有。",
                         f"“{kind.en}” is {en}: there may be nearer ones and more; what is not listed may exist.")
        return [instead, *(one for one in told if one.key != "not_surveyed")]


def goals_of(ground: Ground, kind: Kind) -> Goals:
    return Goals(ground, kind, services_of(ground.workspace, kind.code, ground.day, ground.minute, steps=ground.steps))


def homes_of(ground: Ground) -> Start:
    """Every place of the demand."""
    return Start(ground.demand.xy, ground.demand.compound, ground.homes)


def point_of(ground: Ground, lon: float, lat: float) -> Start:
    """One place in degrees; inside a walled compound one leaves by its gates, as its residents do.

    Raises:
        BadMeasure: a place that is not on the globe.
        OffNetwork: no street within 100 m.
    """
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise BadMeasure(f"没有 {lon:g},{lat:g} 这个地方；请写经度,纬度，如 121.401,31.271。",
                         f"There is no place {lon:g},{lat:g}; give longitude, latitude such as 121.401,31.271.")
    here = shapely.get_coordinates(to_metres(shapely.points([[lon, lat]]), ground.workspace.catalogue.metric_crs))
    compound = ground.compound_at(here)
    rows = ground.attach(here, compound.copy(), everyone=True)
    if not len(rows):
        raise OffNetwork(f"这里 {SNAP_M:g} 米之内没有路，走不出去；请点在路边或小区里。",
                         f"There is no street within {SNAP_M:g} m of here to walk from; choose a place by a street or in a compound.")
    return Start(here, compound, rows)


def to_edge(ground: Ground, start: Start, pace: Pace | None) -> Floats:
    """(n,) metres from each start to where the data ends; 0 for one outside it."""
    network = ground.paced(pace)
    edges = placed(network, at_border(ground.network, ground.workspace.extent))
    away = nearest(network, edges, placed(network, start.rows), len(start.xy)).metres
    return np.where(shapely.intersects_xy(ground.workspace.extent, start.xy), away, 0.0)


def one_mode(reaches: Sequence[Reach]) -> list[Reach]:
    """Order the thresholds, each once.

    Raises:
        BadMeasure: none, or metres and minutes mixed.
    """
    ordered = sorted(set(reaches), key=lambda reach: reach.metres)
    if not ordered or len({reach.minutes is None for reach in ordered}) > 1:
        raise BadMeasure("请给出一个或几个范围，都用米或都用分钟，如 500m,1000m。",
                         "Give one threshold or several, all in metres or all in minutes, such as 500m,1000m.")
    return ordered


def called(features: gpd.GeoDataFrame, column: str, rows: Ints) -> NDArray[np.object_]:
    """The names at `rows`; None for row -1 and for what has no name."""
    return np.array([*(value if isinstance(value, str) else None for value in features[column]), None], dtype=object)[rows]
