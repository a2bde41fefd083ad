"""The ground inside walled compounds: how much of it a walk through their gates comes to. The only file that draws up to a wall."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import shapely
from numpy.typing import NDArray

from wanli_geo.access.canvas import CELL_M, walked
from wanli_geo.access.contours import below_zero
from wanli_geo.network.graph import Floats, Ints, WalkNetwork
from wanli_geo.network.search import Field
from wanli_geo.network.snap import Attachments

_KEPT = 2_000
_SMOOTH_M = 1.0
Shapes = NDArray[np.object_]


@dataclass(frozen=True, eq=False)
class Cells:
    """The cells about one compound, one beyond its walls to every side, and the ways from each onto the network."""

    x: Floats
    y: Floats
    ways: Attachments


@dataclass(frozen=True, eq=False)
class Inside:
    """The walk to every cell (len(y), len(x)) of one compound, its row in the shapes."""

    court: int
    cells: Cells
    metres: Floats


@dataclass(frozen=True, eq=False)
class Courts:
    """Walled compounds.

    Attributes:
        shapes: (c,) polygons.
        gates: where the gates meet the network; `behind` (k,) the row in `shapes` of the compound behind each of their rows.
        attach: attaches places (p, 2) inside compounds (p,), rows in `shapes`, by the rule for homes.
    """

    shapes: Shapes
    gates: Attachments
    behind: Ints
    attach: Callable[[Floats, Ints], Attachments]
    _cells: dict[int, Cells] = field(default_factory=dict)

    def walks(self, network: WalkNetwork, field: Field, limit_m: float) -> list[Inside]:
        """Walk into every compound that has a gate within `limit_m`."""
        gates = walked(network, field, self.gates.edge, self.gates.offset, self.gates.leg)
        found = []
        for court in np.unique(self.behind[gates <= limit_m]).tolist():
            cells = self._prepared(court)
            metres = np.full(len(cells.y) * len(cells.x), np.inf)
            np.minimum.at(metres, cells.ways.place, walked(network, field, cells.ways.edge, cells.ways.offset, cells.ways.leg))
            found.append(Inside(court, cells, metres.reshape(len(cells.y), len(cells.x))))
        return found

    def _prepared(self, court: int) -> Cells:
        cells = self._cells.pop(court, None)
        if cells is None:
            west, south, east, north = (np.array(shapely.bounds(self.shapes[court])) / CELL_M).tolist()
            x = (np.arange(np.floor(west) - 1, np.floor(east) + 2) + 0.5) * CELL_M
            y = (np.arange(np.floor(south) - 1, np.floor(north) + 2) + 0.5) * CELL_M
            xy = np.column_stack([np.tile(x, len(y)), np.repeat(y, len(x))])
            cells = Cells(x, y, self.attach(xy, np.full(len(xy), court, dtype=np.int64)))
        self._cells[court] = cells
        for oldest in list(self._cells)[:-_KEPT]:
            self._cells.pop(oldest, None)
        return cells

    def entered(self, by_streets: shapely.Geometry, walks: list[Inside], limit_m: float) -> shapely.Geometry:
        """Cut an area drawn as if there were no walls at the walls, and add what of the ground behind them lies within the limit."""
        whole = [one.court for one in walks if one.metres.max() <= limit_m]
        partly = [one for one in walks if one.metres.min() <= limit_m < one.metres.max()]
        pieces = [
            shapely.intersection(below_zero(one.cells.x, one.cells.y, np.clip(one.metres - limit_m, -1e3, 1e3), _SMOOTH_M), self.shapes[one.court])
            for one in partly
        ]
        shut = np.setdiff1d(np.flatnonzero(shapely.intersects(by_streets, self.shapes)), whole)
        outside = shapely.difference(by_streets, shapely.union_all(self.shapes[shut])) if len(shut) else by_streets
        return shapely.union_all([outside, *self.shapes[whole], *pieces])
