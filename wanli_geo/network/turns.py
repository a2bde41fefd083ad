"""A walk as the edges it takes in turn, and the way one turns from each to the next. The search itself is done already."""

from __future__ import annotations

import math
from dataclasses import dataclass

from wanli_geo.network.graph import Floats, WalkNetwork
from wanli_geo.network.search import Field, Walks, stretch
from wanli_geo.network.snap import Attachments

# Less than this off straight on is no turn; more than that is turning back.
BEND_DEGREES, BACK_DEGREES = 40.0, 150.0


@dataclass(frozen=True)
class Stretch:
    """A part of one edge, walked from `start` to `end` metres along it (pace.py: in a network in time, of its own metres)."""

    edge: int
    start: float
    end: float


def stretches(network: WalkNetwork, field: Field, places: Attachments, walks: Walks, place: int) -> list[Stretch]:
    """List the stretches of one place's walk in walking order; what `route` draws. Empty where the place has no walk."""
    row, side, via = int(walks.row[place]), int(walks.side[place]), int(walks.via[place])
    if row < 0:
        return []
    edge, offset = int(places.edge[row]), float(places.offset[row])
    if side == 2:
        return [Stretch(edge, offset, float(field.sources.offset[via]))]
    corner = int(network.tail[edge] if side == 0 else network.head[edge])
    found = [Stretch(edge, offset, 0.0 if side == 0 else float(network.length[edge]))]
    indptr, index, _, edges = network.neighbours
    while (following := int(field.previous[corner])) >= 0:
        ways = range(int(indptr[corner]), int(indptr[corner + 1]))
        edge = next(int(edges[way]) for way in ways if index[way] == following)
        whole = float(network.length[edge])
        found.append(Stretch(edge, 0.0, whole) if network.tail[edge] == corner else Stretch(edge, whole, 0.0))
        corner = following
    edge, goal = int(field.sources.edge[via]), float(field.sources.offset[via])
    whole = float(network.length[edge])
    from_tail = network.tail[edge] == corner if network.tail[edge] != network.head[edge] else 2 * goal <= whole
    found.append(Stretch(edge, 0.0 if from_tail else whole, goal))
    return [one for one in found if one.start != one.end]


def metres(network: WalkNetwork, part: Stretch) -> float:
    """Length on the ground."""
    slow = 1.0 if network.slow is None else float(network.slow[part.edge])
    return abs(part.end - part.start) / slow


def turn(network: WalkNetwork, before: Stretch, after: Stretch) -> str:
    """Say how one goes on: `straight`, `left`, `right` or `back`."""
    came, goes = _drawn(network, before)[-2:], _drawn(network, after)[:2]
    (x1, y1), (x2, y2) = came[1] - came[0], goes[1] - goes[0]
    degrees = math.degrees(math.atan2(x1 * y2 - y1 * x2, x1 * x2 + y1 * y2))
    if abs(degrees) < BEND_DEGREES:
        return "straight"
    if abs(degrees) > BACK_DEGREES:
        return "back"
    return "left" if degrees > 0 else "right"


def _drawn(network: WalkNetwork, part: Stretch) -> Floats:
    return stretch(network, part.edge, part.start, part.end)
