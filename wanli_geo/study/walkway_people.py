"""Who lives within a few minutes' walk of a line: of any place of it, by the streets."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import shapely

from wanli_geo.access.coverage import UNKNOWN, Coverage, by_unit, count, judge, status_of_most, weighted_mean
from wanli_geo.access.reach import Reach
from wanli_geo.network.graph import Floats, Ints
from wanli_geo.network.pace import Pace
from wanli_geo.routes.alongside import ON_STREET_M
from wanli_geo.routes.line import Shapes
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
    """Judge every home by its walk to the nearest place of the lines (metric), looked at every 25 m and wherever a street comes to them."""
    to = ground.walks_to(_entered_anywhere(lines, ground.streets.geometry.to_numpy()), pace)
    attached = np.isin(np.arange(len(ground.demand.ids)), ground.homes.place)
    status = judge(to.cost, ground.to_edge_of_data(pace), attached, within_m=reach.metres, complete=True)
    return Neighbours(status, to.cost, count(status, ground.demand.people))


def _entered_anywhere(lines: gpd.GeoDataFrame, streets: Shapes) -> Services:
    """Lines as one walks to them: a door at every step along them, and where one comes to them by a street."""
    steps_of, steps = edge_doors(lines.geometry.to_numpy(), np.arange(len(lines)))
    met_of, met = _met_by(lines.geometry.to_numpy(), streets)
    none = np.zeros(len(lines), dtype=bool)
    doors, door_of = np.concatenate([steps, met]), np.concatenate([steps_of, met_of])
    return Services(lines, ~none, door_of, doors, 0, none, np.full(len(lines), np.nan), none, none)


def _met_by(lines: Shapes, streets: Shapes) -> tuple[Ints, Floats]:
    """(k,) rows of the lines, and (k, 2) where a street crosses them, or has a vertex so near that the line may be meant to run on it."""
    parts, row = shapely.get_parts(lines, return_index=True)
    pieces = [_pieces(part) for part in parts]
    piece, owner = np.concatenate(pieces), np.repeat(row, [len(own) for own in pieces])
    crossed, street = shapely.STRtree(streets).query(piece, predicate="intersects")
    met, which = shapely.get_coordinates(shapely.intersection(piece[crossed], streets[street]), return_index=True)
    vertices = shapely.points(np.unique(shapely.get_coordinates(streets), axis=0))
    vertex, near = shapely.STRtree(piece).query(vertices, predicate="dwithin", distance=ON_STREET_M)
    foot = shapely.line_interpolate_point(piece[near], shapely.line_locate_point(piece[near], vertices[vertex]))
    return np.concatenate([owner[crossed[which]], owner[near]]).astype(np.int64), np.concatenate([met, shapely.get_coordinates(foot).reshape(-1, 2)])


def _pieces(line: shapely.Geometry) -> Shapes:
    """The straight pieces of a line, so that of a longer one they are the same and more."""
    xy = shapely.get_coordinates(line)
    return np.asarray(shapely.linestrings(np.stack([xy[:-1], xy[1:]], axis=1)), dtype=object)


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
