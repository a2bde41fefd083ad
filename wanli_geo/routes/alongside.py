"""What a route runs on and beside: the street under it, areas next to it, places within reach of it; sampled every few metres."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray

from wanli_geo.network.graph import Floats, Ints
from wanli_geo.routes.line import Route, Shapes, at, bearing
from wanli_geo.routes.stretches import Stretches, middles, of_samples

STEP_M = 5.0
# A route drawn by hand runs this near to the street it means.
ON_STREET_M = 12.0
# A street that runs more across than this is crossed, not walked.
_ASLANT_DEG = 35.0


def on_streets(route: Route, streets: Shapes, *, within_m: float = ON_STREET_M) -> Stretches:
    """Say which street the route runs on: rows of `streets` (metric lines), -1 where none is near; merged stretches over the whole length.

    Of the streets within reach that run with the route the nearest, so that a crossed street is never taken for the one walked on.
    """
    where = middles(route.length_m, STEP_M)
    points, heading = shapely.points(at(route, where)), bearing(route, where)
    sample, row = shapely.STRtree(streets).query(points, predicate="dwithin", distance=within_m) if len(streets) else _no_pairs()
    aslant = aslant_deg(streets[row], points[sample], heading[sample])
    along = aslant <= _ASLANT_DEG
    sample, row = sample[along], row[along]
    metres = shapely.distance(streets[row], points[sample])
    order = np.lexsort((row, metres, sample))
    first = order[np.unique(sample[order], return_index=True)[1]]
    found = np.full(len(where), -1, dtype=np.int64)
    found[sample[first]] = row[first]
    return of_samples(found, route.length_m)


def _no_pairs() -> tuple[Ints, Ints]:
    return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)


def aslant_deg(lines: Shapes, points: Shapes, heading: Floats) -> Floats:
    """(k,) degrees, 0 to 90, between each line at its nearest to a point and a direction walked either way."""
    foot = shapely.line_locate_point(lines, points)
    ahead, behind = (shapely.get_coordinates(shapely.line_interpolate_point(lines, np.maximum(foot + step, 0.0))) for step in (1.0, -1.0))
    east, north = (ahead - behind).T.reshape(2, -1)
    turn = np.mod(np.degrees(np.arctan2(east, north)) - heading, 180.0)
    return np.minimum(turn, 180.0 - turn)


def beside_areas(route: Route, areas: Shapes, *, within_m: float) -> Stretches:
    """Say where an area or line is no farther than `within_m` from the route: bool, merged stretches over the whole length."""
    where = middles(route.length_m, STEP_M)
    near = np.zeros(len(where), dtype=bool)
    if len(areas):
        near[np.unique(shapely.STRtree(areas).query(shapely.points(at(route, where)), predicate="dwithin", distance=within_m)[0])] = True
    return of_samples(near, route.length_m)


def share(parts: Stretches, length_m: float) -> float:
    """The share of a route's length, 0 to 1, where a layer of bool holds."""
    return float(parts.metres[parts.value.astype(bool)].sum() / length_m)


def values_on(parts: Stretches, value: NDArray[np.object_]) -> Stretches:
    """Give the stretches of `on_streets` the value (streets,) of their street, None where there is none; merged anew."""
    held = np.concatenate([value, np.array([None], dtype=object)])[parts.value]
    starts = np.flatnonzero(np.append(True, [one is not other and one != other for one, other in zip(held[1:], held[:-1], strict=True)]))
    ends = np.append(starts[1:], len(held)) - 1
    return Stretches(parts.start[starts], parts.end[ends], held[starts])
