"""Whether a line is one loop, walked once: does it close, cross itself, run over itself."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from wanli_geo.network.graph import Floats
from wanli_geo.routes.alongside import STEP_M, aslant_deg
from wanli_geo.routes.line import Route, at, bearing
from wanli_geo.routes.stretches import Stretches, middles, of_samples

# Two passes nearer than this, in one direction or the other, are one street walked twice.
TWICE_M = 2.0
_ALONG_DEG = 35.0
# What is nearer along the line than this is the same pass.
_SAME_PASS_M = 15.0


@dataclass(frozen=True, eq=False)
class Soundness:
    """How sound a line is.

    Attributes:
        gap_m: from its end to its beginning; 0 where it is closed.
        crossed: (k,) chainages of the first pass through each place where it crosses or touches itself.
        twice: stretches walked twice, each pass of them.
    """

    gap_m: float
    crossed: Floats
    twice: Stretches

    @property
    def simple(self) -> bool:
        return not len(self.crossed) and not len(self.twice)


def soundness(route: Route) -> Soundness:
    """Examine a line."""
    gap = 0.0 if route.closed else float(np.hypot(*(route.xy[-1] - route.xy[0])))
    twice = _twice(route)
    return Soundness(gap, _crossed(route, twice), twice)


def _pieces(route: Route) -> np.ndarray:
    return np.asarray(shapely.linestrings(np.stack([route.xy[:-1], route.xy[1:]], axis=1)))


def _twice(route: Route) -> Stretches:
    """The stretches near which another pass runs the same way or back."""
    pieces, where = _pieces(route), middles(route.length_m, STEP_M)
    points = shapely.points(at(route, where))
    sample, piece = shapely.STRtree(pieces).query(points, predicate="dwithin", distance=TWICE_M)
    there = route.chainage[piece] + shapely.line_locate_point(pieces[piece], points[sample])
    apart = np.abs(there - where[sample])
    apart = np.minimum(apart, route.length_m - apart) if route.closed else apart
    # A spike: the way back lies on the way out, however near its point is.
    back = np.abs(np.mod(bearing(route, route.chainage[piece]) - bearing(route, where[sample]), 360.0) - 180.0) < 1.0
    again = (aslant_deg(pieces[piece], points[sample], bearing(route, where[sample])) <= _ALONG_DEG) & ((apart > _SAME_PASS_M) | back)
    found = np.zeros(len(where), dtype=bool)
    found[sample[again]] = True
    parts = of_samples(found, route.length_m)
    return parts.where(parts.value)


def _crossed(route: Route, twice: Stretches) -> Floats:
    """Where pieces that are no neighbours meet in a point, away from the stretches walked twice."""
    pieces = _pieces(route)
    one, other = shapely.STRtree(pieces).query(pieces, predicate="intersects")
    last = len(pieces) - 1
    meet = (other > one + 1) & ~(route.closed & (one == 0) & (other == last))
    met = shapely.intersection(pieces[one[meet]], pieces[other[meet]])
    points = shapely.get_type_id(met) == 0
    chainage = route.chainage[one[meet][points]] + shapely.line_locate_point(pieces[one[meet][points]], met[points])
    away = [not ((twice.start - TWICE_M <= place) & (place <= twice.end + TWICE_M)).any() for place in chainage]
    return np.unique(np.round(chainage[np.array(away, dtype=bool)], 3))
