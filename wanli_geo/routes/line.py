"""Linear referencing: a line one walks, and every place on it or beside it by its chainage, the metres walked from its beginning."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
import shapely
from numpy.typing import NDArray

from wanli_geo.network.graph import Floats

Shapes = NDArray[np.object_]
# Ends nearer than this are one place: a line that comes back so near to its beginning is closed.
JOINED_M = 1.0
# A vertex this near to another is none of its own: a centimetre is what coordinates at rest are worth.
_SAME_M = 1e-6


@dataclass(frozen=True, eq=False)
class Route:
    """A line from its beginning to its end; metric `xy` (v, 2), v ≥ 2, no two vertices in a row at one place."""

    xy: Floats

    @cached_property
    def chainage(self) -> Floats:
        """(v,) metres from the beginning to each vertex."""
        return np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(self.xy, axis=0).T))])

    @property
    def length_m(self) -> float:
        return float(self.chainage[-1])

    @property
    def closed(self) -> bool:
        """Whether it ends where it begins, to a metre; one may walk over the seam then."""
        return bool(np.hypot(*(self.xy[-1] - self.xy[0])) <= JOINED_M) and len(self.xy) > 2

    @cached_property
    def line(self) -> shapely.LineString:
        return shapely.linestrings(self.xy)


@dataclass(frozen=True, eq=False)
class Located:
    """Where places lie by a route.

    Attributes:
        chainage: (p,) of the nearest point of the route; of several equally near the first.
        offset: (p,) metres aside, left of the walking direction positive, right negative.
    """

    chainage: Floats
    offset: Floats


def routes_of(shapes: Shapes) -> list[Route]:
    """Chain lines that meet end to end, to a metre, into routes, the longest first; a single line is walked as drawn.

    Args:
        shapes: LineStrings or MultiLineStrings, metric. A part that runs the other way is turned; the first one gives the direction.
    """
    parts = [_cleaned(shapely.get_coordinates(part)) for part in shapely.get_parts(shapes)]
    loose = [part for part in parts if len(part) > 1]
    routes = []
    while loose:
        chain = loose.pop(0)
        while (fit := _fitting(chain, loose)) is not None:
            row, turned, before = fit
            part = loose.pop(row)
            part = part[::-1] if turned else part
            chain = np.concatenate([part, chain] if before else [chain, part])
        routes.append(Route(_cleaned(chain)))
    return sorted(routes, key=lambda route: -route.length_m)


def _fitting(chain: Floats, loose: Sequence[Floats]) -> tuple[int, bool, bool] | None:
    """The first part that goes on from the end of a chain, else one that leads to its beginning: row, whether turned, whether before."""
    if np.hypot(*(chain[-1] - chain[0])) <= JOINED_M:
        return None
    for before, here in ((False, chain[-1]), (True, chain[0])):
        for row, part in enumerate(loose):
            first, last = (np.hypot(*(end - here)) <= JOINED_M for end in (part[0], part[-1]))
            if first or last:
                return row, bool(first) == before, before
    return None


def _cleaned(xy: Floats) -> Floats:
    """The vertices without repeats in a row."""
    keep = np.append(True, np.hypot(*np.diff(xy, axis=0).T) > _SAME_M) if len(xy) else np.zeros(0, dtype=bool)
    return xy[keep]


def within(route: Route, chainage: Floats) -> Floats:
    """(k,) chainages on the route: over the seam of a closed one they go round, on an open one they stop at its ends."""
    if route.closed:
        whole = np.asarray(chainage, dtype=np.float64)
        return np.where((whole < 0) | (whole > route.length_m), np.mod(whole, route.length_m), whole)
    return np.clip(chainage, 0.0, route.length_m)


def at(route: Route, chainage: Floats) -> Floats:
    """(k, 2) the points at chainages (k,)."""
    where = within(route, np.atleast_1d(np.asarray(chainage, dtype=np.float64)))
    return np.column_stack([np.interp(where, route.chainage, route.xy[:, axis]) for axis in (0, 1)])


def bearing(route: Route, chainage: Floats) -> Floats:
    """(k,) the walking direction at chainages (k,), degrees clockwise from grid north; at a vertex that of the piece that follows."""
    where = within(route, np.atleast_1d(np.asarray(chainage, dtype=np.float64)))
    piece = np.clip(np.searchsorted(route.chainage, where, side="right") - 1, 0, len(route.xy) - 2)
    east, north = (route.xy[piece + 1] - route.xy[piece]).T
    return np.mod(np.degrees(np.arctan2(east, north)), 360.0)


def beside(route: Route, chainage: Floats, offset: Floats) -> Floats:
    """(k, 2) the points `offset` (k,) metres left (positive) or right (negative) of the route at chainages (k,)."""
    angle = np.radians(bearing(route, chainage))
    left = np.column_stack([-np.cos(angle), np.sin(angle)])
    return at(route, chainage) + left * np.atleast_1d(offset)[:, None]


def locate(route: Route, xy: Floats) -> Located:
    """Find places (p, 2) by the route: the chainage of its nearest point, and how far aside on which side."""
    points = shapely.points(np.asarray(xy, dtype=np.float64).reshape(-1, 2))
    chainage = shapely.line_locate_point(route.line, points)
    metres = shapely.distance(route.line, points)
    here = at(route, chainage)
    # Before and behind the foot, so that a place beside a bend is told by the way walked through it.
    ahead, behind = at(route, _stepped(route, chainage, 1.0)), at(route, _stepped(route, chainage, -1.0))
    (east, north), (aside_x, aside_y) = (ahead - behind).T, (xy.reshape(-1, 2) - here).T
    side = np.where(east * aside_y - north * aside_x >= 0, 1.0, -1.0)
    return Located(np.asarray(chainage), side * metres)


def _stepped(route: Route, chainage: Floats, step: float) -> Floats:
    return within(route, chainage + step)


def cut(route: Route, start: float, end: float) -> Route:
    """Give the stretch from one chainage to another: over the seam of a closed route where `end` is not beyond `start`.

    Raises:
        ValueError: the stretch would have no length.
    """
    low, high = (float(value) for value in within(route, np.array([start, end])))
    if route.closed and low >= route.length_m - _SAME_M:
        low = 0.0  # the end of a closed route is its beginning
    if route.closed and high <= low + _SAME_M:
        first, second = _inner(route, low, route.length_m), _inner(route, 0.0, high)
        return Route(_checked(np.concatenate([first, second[1:]])))
    return Route(_checked(_inner(route, low, high)))


def _inner(route: Route, low: float, high: float) -> Floats:
    between = (route.chainage > low) & (route.chainage < high)
    return np.concatenate([at(route, np.array([low])), route.xy[between], at(route, np.array([high]))])


def _checked(xy: Floats) -> Floats:
    cleaned = _cleaned(xy)
    if len(cleaned) < 2:
        raise ValueError("a stretch without length")
    return cleaned


def split(route: Route, chainages: Floats) -> list[Route]:
    """Cut a route at chainages into stretches, in order; cuts at its ends, or twice at one place, make none without length."""
    inner = np.unique(np.round(within(route, np.asarray(chainages, dtype=np.float64)), 6))
    bounds = np.concatenate([[0.0], inner[(inner > _SAME_M) & (inner < route.length_m - _SAME_M)], [route.length_m]])
    return [Route(_checked(_inner(route, low, high))) for low, high in pairwise(bounds)]


def merged(routes: Sequence[Route]) -> Route:
    """Put stretches one after the other into one route.

    Raises:
        ValueError: one does not begin where the one before ends, to a metre.
    """
    for before, after in pairwise(routes):
        if np.hypot(*(after.xy[0] - before.xy[-1])) > JOINED_M:
            raise ValueError("stretches that do not meet")
    return Route(_cleaned(np.concatenate([route.xy for route in routes])))


def turned(route: Route) -> Route:
    """The route walked back: a place at chainage c is at length − c there."""
    return Route(route.xy[::-1])


def carried(old: Route, new: Route, chainage: Floats, offset: Floats | float = 0.0) -> Located:
    """Keep places by chainage (k,) where they are on the ground when their line is redrawn: where they lie by the new line."""
    places = np.broadcast_to(np.asarray(offset, dtype=np.float64), np.shape(np.atleast_1d(chainage)))
    return locate(new, beside(old, chainage, places))
