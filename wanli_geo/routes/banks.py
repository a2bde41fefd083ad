"""The two banks of a water course: where they run, what is on record of them, and where the streets show a walk along them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import shapely
from numpy.typing import NDArray

from wanli_geo.network.graph import Floats
from wanli_geo.routes.alongside import aslant_deg
from wanli_geo.routes.line import Route, Shapes, at, bearing, beside, turned
from wanli_geo.routes.stretches import Stretches, merge, middles

STEP_M = 5.0
WALK_M = 20.0
# A bridge or a street that is crossed does not break a walk; a bit of path alone makes none.
BRIDGED_M, SPECK_M = 25.0, 15.0
# A street that runs more across than this leads away from the water.
ASLANT_DEG = 35.0
# Where no width is on record the water's edge is looked for this far from the centreline.
_WIDEST_M = 100.0
_BEYOND_EDGE_M = 1.0
_SAID = re.compile("[东南西北两]岸")
_NAMED = {"north": "北岸", "south": "南岸", "west": "西岸", "east": "东岸"}

Flags = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Bank:
    """One bank of a course, sampled in the middle of equal parts of its centreline.

    Attributes:
        side: `north`, `south`, `west` or `east`, one for the whole course.
        route: the centreline, running east or north on the whole.
        chainage: (k,) along the centreline; `xy` (k, 2) the bank there, a metre ashore.
    """

    side: str
    route: Route
    chainage: Floats
    xy: Floats


def banks_of(centreline: Route, width_m: Floats, areas: Shapes) -> tuple[Bank, Bank]:
    """Give the left and the right bank of a course, turned to run east or north first.

    Args:
        width_m: (k,) at the samples of the centreline as it is given; NaN where the edge of `areas` (metric polygons) is to be found.
    """
    east, north = centreline.xy[-1] - centreline.xy[0]
    eastward = abs(east) >= abs(north)
    backward = (east if eastward else north) < 0
    route, width = (turned(centreline), width_m[::-1]) if backward else (centreline, width_m)
    where = middles(route.length_m, STEP_M)
    sides = ("north", "south") if eastward else ("west", "east")
    left, right = (_bank(route, where, width, areas, side, sign) for side, sign in zip(sides, (1.0, -1.0), strict=True))
    return left, right


def _bank(route: Route, where: Floats, width_m: Floats, areas: Shapes, side: str, sign: float) -> Bank:
    half = np.where(np.isnan(width_m), _to_edge(route, where, areas, sign), width_m / 2)
    return Bank(side, route, where, beside(route, where, sign * (half + _BEYOND_EDGE_M)))


def _to_edge(route: Route, where: Floats, areas: Shapes, sign: float) -> Floats:
    """(k,) metres from the centreline to where the water ends on one side; 0 where no water is drawn."""
    far = beside(route, where, np.full(len(where), sign * _WIDEST_M))
    rays = shapely.linestrings(np.stack([at(route, where), far], axis=1))
    dry = shapely.difference(rays, shapely.union_all(areas))
    return np.nan_to_num(shapely.distance(shapely.points(at(route, where)), dry), nan=0.0)


def walked(bank: Bank, streets: Shapes) -> Flags:
    """(k,) whether a street runs along the bank within 20 m on its own side of the centreline; short gaps bridged, specks left out."""
    points = shapely.points(bank.xy)
    sample, row = shapely.STRtree(streets).query(points, predicate="dwithin", distance=WALK_M)
    heading = bearing(bank.route, bank.chainage)[sample]
    legs = shapely.shortest_line(points[sample], streets[row])
    along = (aslant_deg(streets[row], points[sample], heading) <= ASLANT_DEG) & ~shapely.intersects(legs, bank.route.line)
    found = np.zeros(len(points), dtype=bool)
    found[sample[along]] = True
    return _smoothed(found, bank.route.length_m / len(points))


def _smoothed(found: Flags, step_m: float) -> Flags:
    bridged = _flipped(found, BRIDGED_M, step_m, value=False, ends=False)
    return _flipped(bridged, SPECK_M - step_m / 2, step_m, value=True, ends=True)


def _flipped(found: Flags, most_m: float, step_m: float, *, value: bool, ends: bool) -> Flags:
    """Turn runs of `value` no longer than `most_m` over; those at an end only where `ends`."""
    bounds = np.concatenate([[0], np.flatnonzero(np.diff(found)) + 1, [len(found)]])
    flipped = found.copy()
    for low, high in pairwise(bounds):
        inner = ends or (low > 0 and high < len(found))
        if found[low] == value and inner and (high - low) * step_m <= most_m:
            flipped[low:high] = not value
    return flipped


def recorded(side: str, through: bool | None, reason: str | None) -> bool | None:
    """Read what is on record of one bank: a reason that names another bank says nothing of this one."""
    if through is not False:
        return through
    said = set(_SAID.findall(reason or ""))
    return False if not said or said & {"两岸", _NAMED[side]} else None


def judged(record: bool | None, seen: bool) -> tuple[str, str | None]:
    """Give the state of a bit of bank and what shows it: the record goes first; without one only a walk that is seen is known."""
    if record is None:
        return ("through", "network") if seen else ("unknown", None)
    if record:
        return "through", "both" if seen else "record"
    return "broken", "disagree" if seen else "record"


def joined_m(parts: Stretches, row: int) -> tuple[float, float]:
    """Say what joining the broken stretch at `row` gives: the length of the one walk that results, and the metres by which that exceeds
    the longer of the walks it joins; `value` of `parts` is the state, touching walks merged."""
    beside_it = [float(parts.metres[other]) for other in neighbours(parts, row)]
    whole = float(parts.metres[row]) + sum(beside_it)
    return whole, whole - max(beside_it, default=0.0)


def neighbours(parts: Stretches, row: int) -> list[int]:
    """The walks that end where the stretch at `row` begins, and begin where it ends."""
    return [other for other in (row - 1, row + 1) if 0 <= other < len(parts) and parts.value[other] == "through"]


def by_state(state: NDArray[np.object_], bank: Bank) -> Stretches:
    """Merged stretches of one state over the whole bank."""
    bounds = np.linspace(0.0, bank.route.length_m, len(state) + 1)
    return merge(Stretches(bounds[:-1], bounds[1:], state))


def drawn(bank: Bank, start: float, end: float) -> shapely.LineString:
    """The line of a bank between two chainages, metric."""
    between = bank.chainage[(bank.chainage > start) & (bank.chainage < end)]
    where = np.concatenate([[start], between, [end]])
    return shapely.linestrings(np.column_stack([np.interp(where, bank.chainage, bank.xy[:, axis]) for axis in (0, 1)]))
