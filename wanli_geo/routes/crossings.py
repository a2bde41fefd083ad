"""Where a route crosses traffic: ways drawn across a road, and roads that a walker keeping to one side has to cross."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from wanli_geo.network.graph import Floats, Ints
from wanli_geo.routes.alongside import ON_STREET_M, aslant_deg, on_streets
from wanli_geo.routes.line import Route, Shapes, bearing

# What comes nearer than this along or across is one crossing: both carriageways of a road, a road and the way drawn across it.
TOGETHER_M = 25.0
# An arm is a road met this far aside; what runs with the route stays nearer.
ASIDE_M = ON_STREET_M + 8.0
# A road that meets the side of the route at less than this runs along it.
_ACROSS_DEG = 35.0
_DRAWN = ("crossing", "footbridge", "underpass")


@dataclass(frozen=True, eq=False)
class Crossings:
    """In the order walked: `chainage` (k,), `kind` (k,) signalised, unsignalised, footbridge, underpass or junction, `row` (k,) of the street."""

    chainage: Floats
    kind: NDArray[np.object_]
    row: Ints

    def __len__(self) -> int:
        return len(self.chainage)


@dataclass(frozen=True, eq=False)
class Sides:
    """The crossings of a walker who keeps to the left of the line, and of one who keeps to the right."""

    left: Crossings
    right: Crossings

    @property
    def better(self) -> str:
        """The side with fewer crossings; of two alike the right, as one walks in China."""
        return "left" if len(self.left) < len(self.right) else "right"

    @property
    def least(self) -> Crossings:
        return self.left if self.better == "left" else self.right


def crossings_of(route: Route, streets: Shapes, kind: NDArray[np.object_], signalised: NDArray[np.bool_]) -> Sides:
    """Find the crossings of a route among `streets` (metric lines, with `kind` and `signalised`, each (s,)).

    A way drawn across (crossing, footbridge, underpass) that the route runs over is one. Elsewhere every road that arrives from one side
    is crossed by whoever keeps to that side: a T costs nothing on the other side, and the outside of a corner costs both arms met there.
    """
    drawn = _drawn(route, streets, kind, signalised)
    left, right = (_with_arms(route, drawn, *_arms(route, streets, kind, side)) for side in (1.0, -1.0))
    return Sides(left, right)


def _drawn(route: Route, streets: Shapes, kind: NDArray[np.object_], signalised: NDArray[np.bool_]) -> Crossings:
    runs = on_streets(route, streets)
    runs = runs.where(np.isin(np.append(kind, "")[runs.value], _DRAWN))
    own = kind[runs.value]
    lights = np.where(signalised[runs.value], "signalised", "unsignalised").astype(object)
    return Crossings((runs.start + runs.end) / 2, np.where(own == "crossing", lights, own), runs.value)


def _arms(route: Route, streets: Shapes, kind: NDArray[np.object_], side: float) -> tuple[Floats, Floats, Ints]:
    """Where roads pass the parallel of the route on a side: (k, 2) points, (k,) chainages, (k,) rows; those that run with the route left out."""
    parallel = _parallel(route, side * ASIDE_M)
    rows = np.flatnonzero(kind == "road")
    met, which = shapely.get_parts(shapely.intersection(streets[rows], parallel), return_index=True)
    points = shapely.get_type_id(met) == 0
    met, which = met[points], rows[which[points]].astype(np.int64)
    chainage = np.asarray(shapely.line_locate_point(route.line, met))
    across = aslant_deg(streets[which], met, bearing(route, chainage)) > _ACROSS_DEG
    # At a corner the direction is one of two: a road straight on is no road that runs with the route.
    before = aslant_deg(streets[which], met, bearing(route, chainage - 1.0)) > _ACROSS_DEG
    across |= before
    order = np.argsort(chainage[across], kind="stable")
    return shapely.get_coordinates(met[across])[order].reshape(-1, 2), chainage[across][order], which[across][order]


def _parallel(route: Route, aside: float) -> shapely.Geometry:
    """The line so far left (positive) or right of the route, with sharp corners; round a closed one it closes."""
    ring = shapely.Polygon(route.xy) if route.closed and len(route.xy) > 3 else None
    if ring is None or not ring.is_valid:
        return shapely.offset_curve(route.line, aside, join_style="mitre")
    inward = aside > 0 if shapely.is_ccw(shapely.get_exterior_ring(ring)) else aside < 0
    return shapely.boundary(shapely.buffer(ring, -abs(aside) if inward else abs(aside), join_style="mitre"))


def _with_arms(route: Route, drawn: Crossings, xy: Floats, chainage: Floats, row: Ints) -> Crossings:
    """The drawn crossings, and one more for every cluster of arms that none of them stands by."""
    apart = _round(route, chainage[:, None] - drawn.chainage[None]).min(axis=1, initial=np.inf) > TOGETHER_M
    xy, chainage, row = xy[apart], chainage[apart], row[apart]
    first = _first_of_clusters(route, xy)
    where = np.concatenate([drawn.chainage, chainage[first]])
    kind = np.concatenate([drawn.kind, np.full(len(first), "junction", dtype=object)])
    order = np.argsort(where, kind="stable")
    return Crossings(where[order], kind[order], np.concatenate([drawn.row, row[first]])[order])


def _first_of_clusters(route: Route, xy: Floats) -> Ints:
    """Rows of the points (k, 2), in the order walked, that are farther than `TOGETHER_M` from the one before; over the seam too."""
    if not len(xy):
        return np.empty(0, dtype=np.int64)
    far = np.hypot(*(xy - np.roll(xy, 1, axis=0)).T) > TOGETHER_M
    if not route.closed or not far.any():
        far[0] = True
    return np.flatnonzero(far)


def _round(route: Route, metres: Floats) -> Floats:
    """Metres along the route between two places, the shorter way round a closed one."""
    apart = np.abs(metres)
    return np.minimum(apart, route.length_m - apart) if route.closed else apart
