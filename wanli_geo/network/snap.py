"""Places meet the network at the exact position along an edge."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import shapely
from numpy.typing import NDArray

from wanli_geo.network import kernels
from wanli_geo.network.graph import Floats, Ints, WalkNetwork
from wanli_geo.network.grid import nearest_on_grid

SNAP_M = 100.0
# More than two ways of reckoning one distance differ by.
_SLACK_M = 1e-6
Shapes = NDArray[np.object_]


@dataclass(frozen=True, eq=False)
class Attachments:
    """Where places step onto the network; a place may have several rows, or none.

    Attributes:
        place: (k,) which place, its row in the order given.
        edge: (k,) the edge met.
        offset: (k,) metres along the edge from its tail.
        leg: (k,) metres walked off the network to get there.
        gate: (k,) the gate passed, its row among the gates; -1 where none.
    """

    place: Ints
    edge: Ints
    offset: Floats
    leg: Floats
    gate: Ints

    def __len__(self) -> int:
        return len(self.place)

    def take(self, rows: Ints | NDArray[np.bool_]) -> Attachments:
        return Attachments(self.place[rows], self.edge[rows], self.offset[rows], self.leg[rows], self.gate[rows])


def together(*parts: Attachments) -> Attachments:
    """Join attachments, ordered by place."""
    place = np.concatenate([part.place for part in parts])
    order = np.argsort(place, kind="stable")
    return Attachments(
        place[order],
        np.concatenate([part.edge for part in parts])[order],
        np.concatenate([part.offset for part in parts])[order],
        np.concatenate([part.leg for part in parts])[order],
        np.concatenate([part.gate for part in parts])[order],
    )


def snap(network: WalkNetwork, xy: Floats, *, within_m: float = SNAP_M, barred_by: Shapes | None = None) -> Attachments:
    """Attach places to the nearest edge of every connected part of the network within reach.

    A place near an island is attached to the mainland too where that is in reach, so a search takes the better total and never
    ends on an island for want of looking. Nobody steps on a footbridge or into an underpass from beside. Equally near edges are all
    kept, so the order of rows changes nothing.

    Args:
        xy: (p, 2) metric coordinates.
        within_m: a place farther than this from every edge gets no row.
        barred_by: water, railways and the like, which no leg may cross; an edge behind one gives way to the nearest straight piece of any
            edge that is not.
    """
    mainland, islands = network.footing == 0, np.flatnonzero(network.footing > 0)
    city = mainland.any() and kernels.serve(len(network.nodes))
    found = _nearest_by_kernel(network, xy, within_m) if city else _nearest_by_tree(network, xy, within_m)
    if len(islands):
        by_an_island = np.unique(nearest_on_grid(network.islands_grid, xy, within_m + _SLACK_M)[0]) if city else np.arange(len(xy))
        near_islands = _nearest_by_part(network, islands, shapely.points(xy[by_an_island]), within_m)
        found = together(found, replace(near_islands, place=by_an_island[near_islands.place]))
        found = found.take(np.lexsort((found.edge, found.place)))
    if barred_by is None or not len(barred_by):
        return found
    obstacles = shapely.STRtree(barred_by)
    barred = np.unique(found.place[_crosses(network, xy, found, obstacles)])
    near, edge = network.tree.query(shapely.points(xy[barred]), predicate="dwithin", distance=within_m)
    open_to = network.footing[edge] >= 0
    instead = on_pieces(network, xy, barred[near[open_to]], edge[open_to].astype(np.int64), within_m)
    instead = nearest_of_part(network, instead.take(~_crosses(network, xy, instead, obstacles)))
    return together(found.take(~np.isin(found.place, barred)), instead)


def attached(network: WalkNetwork, points: Shapes, place: Ints, edge: Ints) -> Attachments:
    """Attach places to edges named beforehand, pair by pair, each at the foot of the perpendicular."""
    order = np.lexsort((edge, place))
    place, edge = place[order].astype(np.int64), edge[order]
    offset = np.clip(shapely.line_locate_point(network.lines[edge], points[place]), 0.0, network.length[edge])
    leg = shapely.distance(network.lines[edge], points[place])
    return Attachments(place, edge, offset, leg, np.full(len(place), -1, dtype=np.int64))


def on_pieces(network: WalkNetwork, xy: Floats, place: Ints, edge: Ints, within_m: float) -> Attachments:
    """Attach places to every straight piece, within reach, of edges named beforehand.

    Where the way to the nearest spot of an edge is barred, the way to another may not be.
    """
    count = network.first[edge + 1] - network.first[edge] - 1
    row = np.repeat(np.arange(len(edge)), count)
    nth = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
    vertex = network.first[edge[row]] + nth
    start, step = network.xy[vertex], network.xy[vertex + 1] - network.xy[vertex]
    size = np.hypot(*step.T)
    before = np.cumsum(size) - size
    before -= np.repeat(before[np.cumsum(count) - count], count)
    to = xy[place[row]] - start
    along = np.clip(np.divide((to * step).sum(axis=1), size, out=np.zeros(len(size)), where=size > 0), 0.0, size)
    foot = start + step * np.divide(along, size, out=np.zeros(len(size)), where=size > 0)[:, None]
    leg = np.hypot(*(xy[place[row]] - foot).T)
    offset = np.minimum(before + along, network.length[edge[row]])
    _, first = np.unique(np.column_stack([place[row], edge[row], np.rint(offset * 1000)]), axis=0, return_index=True)
    kept = first[leg[first] <= within_m]
    return Attachments(place[row[kept]], edge[row[kept]], offset[kept], leg[kept], np.full(len(kept), -1, dtype=np.int64))


def _nearest_by_kernel(network: WalkNetwork, xy: Floats, within_m: float) -> Attachments:
    """Attach each place to the nearest edge of the mainland, ties included."""
    place, edge, offset, leg = nearest_on_grid(network.grid, xy, within_m)
    return Attachments(place, edge, np.minimum(offset, network.length[edge]), leg, np.full(len(place), -1, dtype=np.int64))


def _nearest_by_tree(network: WalkNetwork, xy: Floats, within_m: float) -> Attachments:
    """Attach each place to the nearest edge of the mainland, ties included."""
    edges, tree = network.mainland
    points = shapely.points(xy)
    if not len(edges) or not len(xy):
        return attached(network, points, *np.empty((2, 0), dtype=np.int64))
    place, nearest = tree.query_nearest(points, max_distance=within_m)
    return attached(network, points, place.astype(np.int64), edges[nearest])


def _nearest_by_part(network: WalkNetwork, edges: Ints, points: Shapes, within_m: float) -> Attachments:
    """Attach each place to the nearest of these edges on each connected part, ties included."""
    if not len(points):
        return attached(network, points, *np.empty((2, 0), dtype=np.int64))
    place, near = shapely.STRtree(network.lines[edges]).query(points, predicate="dwithin", distance=within_m)
    return nearest_of_part(network, attached(network, points, place, edges[near]))


def nearest_of_part(network: WalkNetwork, rows: Attachments) -> Attachments:
    """Keep, for each place and connected part, the row with the shortest leg, ties included."""
    part = network.component[rows.edge]
    order = np.lexsort((rows.edge, rows.leg, part, rows.place))
    place, part, leg = rows.place[order], part[order], rows.leg[order]
    group = np.cumsum(np.append(True, (place[1:] != place[:-1]) | (part[1:] != part[:-1]))) if len(order) else order
    shortest = leg[np.unique(group, return_index=True)[1]]
    return rows.take(order[leg == shortest[group - 1]])


def _crosses(network: WalkNetwork, xy: Floats, rows: Attachments, obstacles: shapely.STRtree) -> NDArray[np.bool_]:
    """(k,) whether the straight leg of a row touches an obstacle that its place does not itself stand in."""
    crossed = np.zeros(len(rows), dtype=bool)
    crossed[touched(obstacles, xy[rows.place], feet(network, rows))[0]] = True
    return crossed


def feet(network: WalkNetwork, rows: Attachments) -> Floats:
    """(k, 2) where each row meets its edge."""
    return shapely.get_coordinates(shapely.line_interpolate_point(network.lines[rows.edge], rows.offset)).reshape(-1, 2)


def touched(obstacles: shapely.STRtree, start: Floats, end: Floats) -> tuple[Ints, Ints]:
    """Pair each straight line from start to end with the obstacles it touches and its start does not stand in: (line, obstacle)."""
    if not len(start) or not len(obstacles.geometries):
        return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
    row, obstacle = crossed(obstacles, start, end)
    away = ~shapely.intersects_xy(obstacles.geometries[obstacle], start[row])
    return row[away], obstacle[away]


def crossed(obstacles: shapely.STRtree, start: Floats, end: Floats) -> tuple[Ints, Ints]:
    """Pair each straight line from start to end with the obstacles it touches: (line, obstacle)."""
    lines = shapely.linestrings(np.stack([start, end], axis=1))
    row, obstacle = obstacles.query(lines)
    shapely.prepare(obstacles.geometries)  # a river has thousands of vertices, a line two
    across = shapely.intersects(obstacles.geometries[obstacle], lines[row])
    return row[across], obstacle[across]


def at_border(network: WalkNetwork, area: shapely.Geometry, *, touch_m: float = 1.0) -> Attachments:
    """Attach the points where a street leaves an area, or ends within `touch_m` of its border: there the data ends."""
    border = shapely.boundary(area)
    shapely.prepare(border)
    lines = network.lines
    crossing = np.flatnonzero(shapely.intersects(lines, border)) if len(lines) else np.empty(0, dtype=np.int64)
    xy, row = shapely.get_coordinates(shapely.intersection(lines[crossing], border), return_index=True)
    at = crossing[row]
    degree = np.bincount(np.concatenate([network.tail, network.head]), minlength=len(network.nodes))
    loose = np.flatnonzero(degree == 1)
    loose = loose[shapely.dwithin(shapely.points(network.nodes[loose]), border, touch_m)] if len(loose) else loose
    tails = np.flatnonzero(np.isin(network.tail, loose))
    heads = np.flatnonzero(np.isin(network.head, loose))
    edge = np.concatenate([at, tails, heads]).astype(np.int64)
    offset = np.concatenate(
        [shapely.line_locate_point(lines[at], shapely.points(xy)), np.zeros(len(tails)), network.length[heads]]
    )
    count = len(edge)
    return Attachments(np.arange(count), edge, offset, np.zeros(count), np.full(count, -1, dtype=np.int64))
