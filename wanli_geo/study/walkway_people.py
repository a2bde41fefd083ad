"""Who lives within a few minutes' walk of a line: of any place of it, by the streets."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np

from wanli_geo.access.coverage import UNKNOWN, Coverage, by_unit, count, judge, status_of_most, weighted_mean
from wanli_geo.access.reach import Reach
from wanli_geo.network.graph import Floats, Ints
from wanli_geo.network.pace import Pace
from wanli_geo.study.coverage import unit_names, unit_shapes
from wanli_geo.study.ground import Ground
from wanli_geo.workspace.services import Services, edge_doors


@dataclass(frozen=True, eq=False)
class Neighbours:
    """The demand by its walk to a line: `status` (n,) covered, gap or unknown, `cost` (n,) what was judged, as metres."""

    status: Ints
    cost: Floats
    totals: Coverage


def neighbours(ground: Ground, lines: gpd.GeoDataFrame, reach: Reach, pace: Pace | None) -> Neighbours:
    """Judge every home by its walk to the nearest place of the lines (metric), looked at every 25 m and at every vertex."""
    to = ground.walks_to(_entered_anywhere(lines), pace)
    attached = np.isin(np.arange(len(ground.demand.ids)), ground.homes.place)
    status = judge(to.cost, ground.to_edge_of_data(pace), attached, within_m=reach.metres, complete=True)
    return Neighbours(status, to.cost, count(status, ground.demand.people))


def _entered_anywhere(lines: gpd.GeoDataFrame) -> Services:
    """Lines as one walks to them: a door at every step along them."""
    rows = np.arange(len(lines))
    door_of, doors = edge_doors(lines.geometry.to_numpy(), rows)
    none = np.zeros(len(lines), dtype=bool)
    return Services(lines, ~none, door_of, doors, 0, none, np.full(len(lines), np.nan), none, none)


def units_of(ground: Ground, found: Neighbours, m_per_s: float) -> gpd.GeoDataFrame:
    """One row a compound or lone house: its people by status, and their mean walk."""
    demand, number = ground.demand, len(ground.demand.unit_ids)
    people = by_unit(demand.unit, number, found.status, demand.people)
    walk = weighted_mean(demand.unit, number, found.cost, demand.people)
    return gpd.GeoDataFrame(
        {
            "id": demand.unit_ids, **unit_names(ground.workspace, demand), "people": people.sum(axis=1), "people_covered": people[:, 0],
            "people_gap": people[:, 1], "people_unknown": people[:, UNKNOWN], "status": status_of_most(people), "walk_min": walk / m_per_s / 60,
        },
        geometry=unit_shapes(ground.workspace, demand), crs="EPSG:4326",
    )
