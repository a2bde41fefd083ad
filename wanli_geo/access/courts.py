"""The ground inside compounds: how much of it a walk comes to by the rule for homes there. The only file that draws up to a wall."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np
import shapely
from numpy.typing import NDArray

from wanli_geo.access.canvas import CELL_M, walked
from wanli_geo.access.contours import below_zero
from wanli_geo.network.graph import Floats, Ints, WalkNetwork
from wanli_geo.network.search import Field
from wanli_geo.network.snap import SNAP_M, Attachments

_KEPT = 2_000
_SMOOTH_M = 1.0
Shapes = NDArray[np.object_]


@dataclass(frozen=True, eq=False)
class Cells:
    """The cells in and just about one compound.

    Attributes:
        x, y: the axes of a grid around it.
        xy: (k, 2) the cells that count; `at` (k,) their number in the grid, row by row.
        ways: how each of the k steps onto the network.
    """

    x: Floats
    y: Floats
    xy: Floats
    at: Ints
    ways: Attachments


@dataclass(frozen=True, eq=False)
class Inside:
    """The walk to every cell (k,) of one compound, its row in the shapes."""

    court: int
    cells: Cells
    metres: Floats

    def beyond(self, limit_m: float) -> Floats:
        """(len(y), len(x)) metres more than a limit, cut off two cells from it."""
        grid = np.full(len(self.cells.y) * len(self.cells.x), np.inf)
        grid[self.cells.at] = self.metres - limit_m
        return np.clip(grid, -2 * CELL_M, 2 * CELL_M).reshape(len(self.cells.y), len(self.cells.x))


@dataclass(frozen=True, eq=False)
class Courts:
    """Compounds.

    Attributes:
        shapes: (c,) polygons.
        exits: where the ways out meet the network; `behind` (k,) row of the compound that each of their rows leads out of.
        free: (c,) compounds that one may also enter elsewhere.
        attach: attaches places (p, 2) of compounds (p,) to the network by the rule for homes.
    """

    shapes: Shapes
    exits: Attachments
    behind: Ints
    free: NDArray[np.bool_]
    attach: Callable[[Floats, Ints], Attachments]
    _cells: dict[int, Cells] = field(default_factory=dict)

    def walks(
        self, network: WalkNetwork, field: Field, limit_m: float, near: Shapes, own: tuple[int, Callable[[Floats], Floats]] | None
    ) -> list[Inside]:
        """Walk into every compound that a walk of `limit_m` may come to.

        Args:
            near: the streets reached; a compound that one may enter anywhere is looked at where they are in reach of it.
            own: the compound one starts in, and how far it is to places in it without leaving it.
        """
        met = self.behind[walked(network, field, self.exits.edge, self.exits.offset, self.exits.leg) <= limit_m]
        free = np.flatnonzero(self.free)
        beside = free[shapely.dwithin(self.shapes[free], shapely.multilinestrings(near), SNAP_M)] if len(near) else free[:0]
        courts = np.unique(np.concatenate([met, beside, [own[0]] if own else []])).astype(np.int64).tolist()
        found = []
        for court, cells in zip(courts, self._prepared(courts), strict=True):
            metres = np.full(len(cells.xy), np.inf)
            np.minimum.at(metres, cells.ways.place, walked(network, field, cells.ways.edge, cells.ways.offset, cells.ways.leg))
            if own is not None and own[0] == court:
                metres = np.minimum(metres, own[1](cells.xy))
            found.append(Inside(court, cells, metres))
        return found

    def _prepared(self, courts: list[int]) -> list[Cells]:
        """The cells of each compound: those not at hand are attached all at once."""
        cells = {court: self._cells.pop(court, None) for court in courts}
        missing = [court for court in courts if cells[court] is None]
        if missing:
            axes = [self._axes(court) for court in missing]
            places = [self._places(court, x, y) for court, (x, y) in zip(missing, axes, strict=True)]
            first = np.concatenate([[0], np.cumsum([len(at) for _, at in places])])
            ways = self.attach(np.concatenate([xy for xy, _ in places]), np.repeat(missing, np.diff(first)))
            rows = np.searchsorted(ways.place, first)
            for nth, (court, (x, y)) in enumerate(zip(missing, axes, strict=True)):
                own = ways.take(np.arange(rows[nth], rows[nth + 1]))
                cells[court] = Cells(x, y, *places[nth], replace(own, place=own.place - first[nth]))
        found = [cell for cell in cells.values() if cell is not None]
        self._cells.update(zip(courts, found, strict=True))
        for oldest in list(self._cells)[:-_KEPT]:
            self._cells.pop(oldest, None)
        return found

    def _places(self, court: int, x: Floats, y: Floats) -> tuple[Floats, Ints]:
        xy = np.column_stack([np.tile(x, len(y)), np.repeat(y, len(x))])
        at = np.flatnonzero(shapely.dwithin(self.shapes[court], shapely.points(xy), 1.5 * CELL_M))
        return xy[at], at

    def _axes(self, court: int) -> tuple[Floats, Floats]:
        west, south, east, north = np.floor(np.array(shapely.bounds(self.shapes[court])) / CELL_M).tolist()
        return (np.arange(west - 1, east + 2) + 0.5) * CELL_M, (np.arange(south - 1, north + 2) + 0.5) * CELL_M

    def entered(self, by_streets: shapely.Geometry, walks: list[Inside], limit_m: float) -> shapely.Geometry:
        """Cut an area drawn as if there were no walls at the walls, and add what of the ground behind them lies within the limit."""
        whole = [one.court for one in walks if one.metres.max() <= limit_m]
        partly = [one for one in walks if one.metres.min() <= limit_m < one.metres.max()]
        reached = [below_zero(one.cells.x, one.cells.y, one.beyond(limit_m), _SMOOTH_M) for one in partly]
        pieces = shapely.intersection(np.array(reached, dtype=object), self.shapes[[one.court for one in partly]]) if partly else []
        shut = np.setdiff1d(np.flatnonzero(shapely.intersects(by_streets, self.shapes)), whole)
        outside = shapely.difference(by_streets, shapely.union_all(self.shapes[shut])) if len(shut) else by_streets
        return shapely.union_all([outside, *self.shapes[whole], *pieces])
