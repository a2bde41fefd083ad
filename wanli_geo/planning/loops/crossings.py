"""How many roads one crosses at a corner, keeping to the right-hand pavement.

A directed edge is 2 × edge, + 1 where it is walked from head to tail; `^ 1` turns it round.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wanli_geo.network.graph import Floats, Ints, WalkNetwork

Flags = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Kinds:
    """(e,) what each edge is: a `road` that others cross, a marked `crossing`, or a way `over` or under."""

    road: Flags
    crossing: Flags
    over: Flags


@dataclass(frozen=True, eq=False)
class Corners:
    """The arms of every corner counter-clockwise.

    Attributes:
        place: (2e,) where each directed edge, taken as an arm of the corner it leaves, stands among all arms in order.
        first, after: (2e,) where the arms of its corner begin and end.
        roads: (2e + 1,) how many arms before each place are roads.
    """

    kinds: Kinds
    place: Ints
    first: Ints
    after: Ints
    roads: Ints


def corners_of(network: WalkNetwork, kinds: Kinds) -> Corners:
    """Sort the arms of every corner by the direction of their first piece."""
    leaves = np.column_stack([network.tail, network.head]).ravel()
    order = np.lexsort((_angles(network), leaves))
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    bounds = np.concatenate([[0], np.cumsum(np.bincount(leaves, minlength=len(network.nodes)))])
    roads = np.concatenate([[0], np.cumsum(np.repeat(kinds.road, 2)[order])])
    return Corners(kinds, place, bounds[leaves], bounds[leaves + 1], roads)


def _angles(network: WalkNetwork) -> Floats:
    begin, end = network.first[:-1], network.first[1:] - 1
    ahead = network.xy[begin + 1] - network.xy[begin]
    back = network.xy[end - 1] - network.xy[end]
    return np.column_stack([np.arctan2(step[:, 1], step[:, 0]) for step in (ahead, back)]).ravel()


def crossed(corners: Corners, come: Ints, go: Ints) -> Ints:
    """Count the roads crossed from directed edges `come` (k,) into `go` (k,) at the corner where these meet.

    Keeping right, one crosses the roads that lie on the right between the two. Stepping onto a marked crossing is one, and what it
    crosses is not counted again; a way over or under crosses none.
    """
    kinds, before = corners.kinds, come >> 1
    start, end = corners.place[come ^ 1], corners.place[go]
    roads = corners.roads
    straight = roads[end] - roads[np.minimum(start + 1, len(roads) - 1)]
    round_ = roads[corners.after[go]] - roads[np.minimum(start + 1, len(roads) - 1)] + roads[end] - roads[corners.first[go]]
    arms = np.where(end > start, straight, round_)
    marked = kinds.crossing[go >> 1] & ~kinds.crossing[before]
    free = kinds.crossing[go >> 1] | kinds.crossing[before] | kinds.over[go >> 1] | kinds.over[before]
    return np.where(free, marked.astype(np.int64), arms)
