"""The fine grid that areas are drawn on: every cell is a place like any other, attached to the streets by the rule for homes.

How a cell meets the streets does not depend on where one starts, so it is prepared once, tile by tile, where a question needs it.
A search then tells the walk to every cell at once. Cells inside walled compounds and water stand here as if there were no wall: their
values only carry a border smoothly up to the wall, where isochrones.py cuts it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.ndimage import distance_transform_edt
from scipy.spatial import KDTree

from wanli_geo.network.graph import Floats, Ints, WalkNetwork
from wanli_geo.network.search import Field
from wanli_geo.network.snap import SNAP_M

CELL_M = 10.0
# Cells a side of a tile, and tiles kept: 640 m each, some 100 kB; 256 of them cover 100 km².
_TILE, _TILES_KEPT = 64, 256
# Streets are looked for by points this near to one another along them; of the nearest few, the nearest street is then measured exactly.
_POINTS_M, _FEW = 5.0, 3
_FEW_EDGES = 8
Shapes = NDArray[np.object_]


@dataclass(frozen=True, eq=False)
class Rows:
    """Where cells step onto the network: `cell` (k,) which cell, then as `Attachments`; a cell may have several rows, or none."""

    cell: Ints
    edge: Ints
    offset: Floats
    leg: Floats

    def take(self, rows: Ints | NDArray[np.bool_]) -> Rows:
        return Rows(self.cell[rows], self.edge[rows], self.offset[rows], self.leg[rows])


def joined(parts: list[Rows]) -> Rows:
    return Rows(*(np.concatenate([getattr(part, name) for part in parts]) for name in ("cell", "edge", "offset", "leg")))


def walked(network: WalkNetwork, field: Field, edge: Ints, offset: Floats, leg: Floats) -> Floats:
    """(k,) metres of the walk from the field's sources by each way onto the network; `network` in time or not, `offset` on the ground."""
    if network.slow is not None:
        offset = np.minimum(offset * network.slow[edge], network.length[edge])
    # In place: on a sheet of 40,000 cells every array more costs a twentieth of the whole.
    metres, by_head = field.metres[network.tail[edge]], field.metres[network.head[edge]]
    metres += offset
    by_head += network.length[edge]
    by_head -= offset
    np.minimum(metres, by_head, out=metres)
    sources = field.sources
    own = np.unique(sources.edge)
    few = len(own) <= _FEW_EDGES  # one comparison an edge is then far quicker than sorting
    shared = np.flatnonzero(np.logical_or.reduce([edge == one for one in own]) if few else np.isin(edge, own)) if len(own) else own
    if len(shared):
        along = sources.leg + np.abs(offset[shared, None] - sources.offset)
        metres[shared] = np.minimum(metres[shared], np.where(edge[shared, None] == sources.edge, along, np.inf).min(axis=1))
    metres += leg
    return metres


@dataclass(frozen=True, eq=False)
class Sheet:
    """A rectangle of cells and the walk to each.

    Attributes:
        x, y: (c,), (r,) metric coordinates of the cells' centres.
        metres: (r, c) the walk; `inf` where there is none.
        aside: (r, c) metres that its leg off the network is longer than one may go: not above 0 where there is a walk.
    """

    x: Floats
    y: Floats
    metres: Floats
    aside: Floats


@dataclass(frozen=True, eq=False)
class Canvas:
    """The cells of a network's ground.

    Attributes:
        network: in metres.
        closed: what no leg crosses: water, railways, walled compounds.
        cell: metres a side.
    """

    network: WalkNetwork
    closed: Shapes
    cell: float = CELL_M
    _tiles: dict[tuple[int, int], Rows] = field(default_factory=dict)
    _finer: dict[float, Canvas] = field(default_factory=dict)

    def fine_enough(self, limit_m: float) -> Canvas:
        """Give a canvas on which a walk of `limit_m` is at least eight cells long: this one, or one of smaller cells."""
        cell = self.cell
        while cell > limit_m / 8 and cell > self.cell / 1024:
            cell /= 2
        if cell == self.cell:
            return self
        if cell not in self._finer:
            self._finer[cell] = Canvas(self.network, self.closed, cell)
        return self._finer[cell]

    def sheet(self, network: WalkNetwork, field: Field, near: Shapes, beside_m: float) -> Sheet:
        """Tell the walk to every cell about some streets.

        Args:
            network: this canvas's, or the same in time; `field` on it.
            near: the streets reached, at least one.
            beside_m: how far to both sides of them the sheet goes.
        """
        boxes = shapely.bounds(near) + np.array([-1, -1, 1, 1]) * (min(beside_m, SNAP_M) + 2 * self.cell)
        low, high = np.floor(boxes[:, :2] / self.cell).astype(np.int64), np.floor(boxes[:, 2:] / self.cell).astype(np.int64)
        south_west = low.min(axis=0)
        columns, levels = (high.max(axis=0) - south_west + 1).tolist()
        dense, more = self._assembled(low // _TILE, high // _TILE, south_west, columns, levels)
        metres, leg = walked(network, field, dense.edge, dense.offset, dense.leg), dense.leg
        if len(more.cell):
            other = walked(network, field, more.edge, more.offset, more.leg)
            order = np.argsort(-other, kind="stable")  # the least of a cell is written last
            better = order[other[order] < metres[more.cell[order]]]
            metres[more.cell[better]], leg[more.cell[better]] = other[better], more.leg[better]
        x, y = (south_west[0] + np.arange(columns) + 0.5) * self.cell, (south_west[1] + np.arange(levels) + 0.5) * self.cell
        leg -= SNAP_M
        return Sheet(x, y, metres.reshape(levels, columns), leg.reshape(levels, columns))

    def _assembled(self, low: Ints, high: Ints, south_west: Ints, columns: int, levels: int) -> tuple[Rows, Rows]:
        """The first row of every cell of a window, without one `leg` being `inf`; and all further rows."""
        cells = levels * columns
        dense = Rows(np.arange(cells), np.zeros(cells, dtype=np.int64), np.zeros(cells), np.full(cells, np.inf))
        more = [Rows(*(np.empty(0, dtype) for dtype in (np.int64, np.int64, float, float)))]
        for key in _covered(low, high):
            tile = self._tile(key)
            at = np.array(key) * _TILE - south_west
            left, bottom = np.maximum(at, 0).tolist()
            right, top = np.minimum(at + _TILE, (columns, levels)).tolist()
            own = (slice(bottom - at[1], top - at[1]), slice(left - at[0], right - at[0]))
            for name in ("edge", "offset", "leg"):
                window = getattr(dense, name).reshape(levels, columns)
                window[bottom:top, left:right] = getattr(tile, name)[: _TILE * _TILE].reshape(_TILE, _TILE)[own]
            if len(tile.cell) > _TILE * _TILE:
                rest = tile.take(np.arange(_TILE * _TILE, len(tile.cell)))
                level, column = rest.cell // _TILE + at[1], rest.cell % _TILE + at[0]
                inside = (level >= 0) & (level < levels) & (column >= 0) & (column < columns)
                more.append(Rows((level * columns + column)[inside], rest.edge[inside], rest.offset[inside], rest.leg[inside]))
        return dense, joined(more)

    def _tile(self, key: tuple[int, int]) -> Rows:
        """One row for every cell of a tile, in order, without a street `leg` being `inf`; then the further rows."""
        tile = self._tiles.pop(key, None)
        if tile is None:
            tile = self._prepared(key)
        self._tiles[key] = tile
        for oldest in list(self._tiles)[:-_TILES_KEPT]:
            self._tiles.pop(oldest, None)
        return tile

    def _prepared(self, key: tuple[int, int]) -> Rows:
        number = np.arange(_TILE * _TILE)
        low = np.array(key) * _TILE * self.cell
        xy = low + (np.column_stack([number % _TILE, number // _TILE]) + 0.5) * self.cell
        within_m = SNAP_M + 2 * self.cell  # a little farther than one may walk, so that a border is seen from both sides
        box = np.concatenate([low - within_m, low + _TILE * self.cell + within_m])
        edges = np.flatnonzero((self._boxes[:, :2] <= box[2:]).all(axis=1) & (self._boxes[:, 2:] >= box[:2]).all(axis=1))
        edges = edges[self.network.footing[edges] >= 0]
        part = self.network.component[edges]
        found = joined([Rows(*(np.empty(0, dtype) for dtype in (np.int64, np.int64, float, float))),
                        *(_nearest(self.network, edges[part == one], xy, within_m) for one in np.unique(part))])
        closed = self.closed[self._closed_tree.query(shapely.box(*box))] if len(self.closed) else self.closed
        behind = np.zeros(len(xy), dtype=bool)
        if len(closed):
            behind[shapely.STRtree(shapely.points(xy)).query(closed, predicate="intersects")[1]] = True
            found = self._lawful(xy, found.take(~behind[found.cell]), edges, closed, within_m)
        order = np.lexsort((found.edge, found.leg, found.cell))
        found = found.take(order)
        first = np.ones(len(order), dtype=bool)
        first[1:] = found.cell[1:] != found.cell[:-1]
        dense = Rows(number, np.zeros(len(number), dtype=np.int64), np.zeros(len(number)), np.full(len(number), np.inf))
        of = found.cell[first]
        dense.edge[of], dense.offset[of], dense.leg[of] = found.edge[first], found.offset[first], found.leg[first]
        self._carried_on(xy, dense, behind)
        return joined([dense, found.take(~first & (found.leg <= SNAP_M))])

    def _carried_on(self, xy: Floats, dense: Rows, behind: NDArray[np.bool_]) -> None:
        """Let each cell inside what is closed go on as the nearest cell outside does: to the same street."""
        if not behind.any() or behind.all():
            return
        nearest = distance_transform_edt(behind.reshape(_TILE, _TILE), return_distances=False, return_indices=True)
        like = (nearest[0] * _TILE + nearest[1]).ravel()[behind]
        cell = np.flatnonzero(behind)[np.isfinite(dense.leg[like])]
        edge = dense.edge[like[np.isfinite(dense.leg[like])]]
        lines, points = self.network.lines[edge], shapely.points(xy[cell])
        dense.edge[cell], dense.leg[cell] = edge, shapely.distance(lines, points)
        dense.offset[cell] = np.clip(shapely.line_locate_point(lines, points), 0.0, self.network.length[edge])

    @cached_property
    def _boxes(self) -> Floats:
        """(e, 4) west, south, east, north of every edge."""
        xy, first = self.network.xy, self.network.first[:-1]
        return np.concatenate([np.minimum.reduceat(xy, first), np.maximum.reduceat(xy, first)], axis=1)

    def lines_about(self, west: float, south: float, east: float, north: float) -> shapely.Geometry | None:
        """Give the railways, streams and the like that are drawn as lines and pass a rectangle; None where none does."""
        found = self.closed[self._closed_tree.query(shapely.box(west, south, east, north))] if len(self.closed) else self.closed
        lines = shapely.get_parts(found[shapely.get_dimensions(found) == 1])
        return shapely.multilinestrings(lines) if len(lines) else None

    @cached_property
    def _closed_tree(self) -> shapely.STRtree:
        return shapely.STRtree(self.closed)

    def _lawful(self, xy: Floats, found: Rows, edges: Ints, closed: Shapes, within_m: float) -> Rows:
        """Let cells whose leg would cross what is closed take the nearest street whose leg does not."""
        barred = np.unique(found.cell[self._crosses(xy, found, closed)])
        kept = found.take(~np.isin(found.cell, barred))
        return joined([kept, *self._instead(xy, barred, edges, closed, within_m)]) if len(barred) else kept

    def _crosses(self, xy: Floats, rows: Rows, closed: Shapes) -> NDArray[np.bool_]:
        foot = shapely.get_coordinates(shapely.line_interpolate_point(self.network.lines[rows.edge], rows.offset)).reshape(-1, 2)
        crossed = np.zeros(len(rows.cell), dtype=bool)
        legs = shapely.linestrings(np.stack([xy[rows.cell], foot], axis=1))
        crossed[shapely.STRtree(legs).query(closed, predicate="intersects")[1]] = True
        return crossed

    def _instead(self, xy: Floats, barred: Ints, edges: Ints, closed: Shapes, within_m: float) -> Iterator[Rows]:
        """Ask the straight pieces of streets about each barred cell, nearest first, until one is open to it; so on every connected part."""
        start, end, owner, before = _pieces(self.network, edges)
        tree = shapely.STRtree(shapely.linestrings(np.stack([start, end], axis=1)))
        row, piece = tree.query(shapely.points(xy[barred]), predicate="dwithin", distance=within_m)
        cell, edge = barred[row], owner[piece]
        leg, along = _aside(xy[cell], start[piece], end[piece])
        order = np.lexsort((edge, leg, self.network.component[edge], cell))
        rows = Rows(cell[order], edge[order], np.minimum(before[piece] + along, self.network.length[edge])[order], leg[order])
        waiting = np.arange(len(order))
        group = rows.cell * (len(self.network.tail) + 1) + self.network.component[rows.edge]
        while len(waiting):
            first = np.ones(len(waiting), dtype=bool)
            first[1:] = group[waiting[1:]] != group[waiting[:-1]]
            asked = waiting[first]
            crossed = self._crosses(xy, rows.take(asked), closed)
            yield rows.take(asked[~crossed])
            rest = waiting[~first]
            waiting = rest[np.isin(group[rest], group[asked[crossed]])]


def _covered(low: Ints, high: Ints) -> list[tuple[int, int]]:
    """The (column, row) of every tile that one of the boxes touches; `low`, `high` (k, 2) its first and last tile."""
    west, south = low.min(axis=0)
    wide, tall = high.max(axis=0) - (west, south) + 2
    steps = np.zeros((wide, tall), dtype=np.int64)
    for (x, y), sign in (((low[:, 0], low[:, 1]), 1), ((high[:, 0] + 1, low[:, 1]), -1),
                         ((low[:, 0], high[:, 1] + 1), -1), ((high[:, 0] + 1, high[:, 1] + 1), 1)):
        np.add.at(steps, (x - west, y - south), sign)
    x, y = np.nonzero(steps.cumsum(axis=0).cumsum(axis=1))
    return list(zip((x + west).tolist(), (y + south).tolist(), strict=True))


def _nearest(network: WalkNetwork, edges: Ints, xy: Floats, within_m: float) -> Rows:
    """The nearest of these edges to every cell within reach of one: to a hand's breadth where two are all but equally near."""
    start, end, edge, before = _pieces(network, edges)
    count = np.ceil(np.hypot(*(end - start).T) / _POINTS_M).astype(np.int64)
    piece = np.repeat(np.arange(len(edge)), count + 1)
    nth = np.arange(len(piece)) - np.repeat(np.cumsum(count + 1) - count - 1, count + 1)
    tree = KDTree(start[piece] + (nth / count[piece])[:, None] * (end - start)[piece], balanced_tree=False, compact_nodes=False)
    distance, at = tree.query(xy, k=_FEW, distance_upper_bound=within_m + _POINTS_M)
    some = np.flatnonzero(np.isfinite(distance[:, 0]))
    own = piece[np.where(np.isfinite(distance[some]), at[some], at[some, :1])]  # (s, few)
    leg, along = _aside(xy[some, None], start[own], end[own])
    best = (np.arange(len(some)), leg.argmin(axis=1))
    own, leg = own[best], leg[best]
    near = leg <= within_m
    offset = np.minimum(before[own] + along[best], network.length[edge[own]])
    return Rows(some[near], edge[own][near], offset[near], leg[near])


def _aside(xy: Floats, start: Floats, end: Floats) -> tuple[Floats, Floats]:
    """Metres from places (…, 2) to the straight pieces from start to end, and along these to the nearest spot."""
    step, off = end - start, xy - start
    size = np.hypot(step[..., 0], step[..., 1])
    along = np.clip((off * step).sum(axis=-1) / size, 0.0, size)
    rest = off - step * (along / size)[..., None]
    return np.hypot(rest[..., 0], rest[..., 1]), along


def _pieces(network: WalkNetwork, edges: Ints) -> tuple[Floats, Floats, Ints, Floats]:
    """The straight pieces of some edges: both ends (k, 2), the edge, the metres along it to the piece."""
    size = np.diff(network.first)[edges]
    begin = np.cumsum(size) - size
    vertex = np.arange(size.sum()) + np.repeat(network.first[edges] - begin, size)
    xy, edge = network.xy[vertex], np.repeat(edges, size)
    step = np.hypot(*np.diff(xy, axis=0).T)
    along = np.concatenate([[0.0], np.cumsum(step)])
    piece = np.flatnonzero((edge[1:] == edge[:-1]) & (step > 0))
    return xy[piece], xy[piece + 1], edge[piece], (along - np.repeat(along[begin], size))[piece]
