"""How much choice one has: the k nearest facilities by name, and what lies within a walk, added up. One bounded search a facility."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from wanli_geo.access.catchments import Pairs
from wanli_geo.access.reach import TOLERANCE_M
from wanli_geo.network.graph import Floats, Ints, WalkNetwork
from wanli_geo.network.pace import drawn
from wanli_geo.network.search import meet, spread
from wanli_geo.network.snap import Attachments


@dataclass(frozen=True, eq=False)
class Beside:
    """Walks known beforehand that take no street, such as those inside one compound.

    Attributes:
        place, facility: (w,) rows in the order given; `metres` (w,), the same in a network in time.
    """

    place: Ints
    facility: Ints
    metres: Floats


@dataclass(frozen=True, eq=False)
class Choice:
    """The nearest facilities of every place, nearest first.

    Attributes:
        facility: (p, k) rows, -1 where there are fewer.
        cost: (p, k) what they are chosen by: metres; in a network in time with the time lost as metres. `inf` where there are fewer.
        metres: (p, k) on the ground; `inf` there.
    """

    facility: Ints
    cost: Floats
    metres: Floats


NOTHING = Beside(np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64), np.empty(0))


def k_nearest(
    network: WalkNetwork, doors: Attachments, facility: Ints, places: Attachments, count: int, k: int, *, limit_m: float = np.inf,
    beside: Beside = NOTHING,
) -> Choice:
    """Give each of `count` places its `k` nearest facilities; of equally near ones the first in the order given.

    Args:
        doors: where the doors meet the network; `facility` (d,) row of the facility each door belongs to. Several doors count once.
    """
    rows = np.full((count, k), -1, dtype=np.int64)
    cost, metres = np.full((count, k), np.inf), np.full((count, k), np.inf)
    for number, away, ground in _one_by_one(network, doors, facility, places, count, limit_m, beside):
        near = np.flatnonzero(away < cost[:, -1]) if k else np.empty(0, dtype=np.int64)
        both = np.column_stack([cost[near], away[near]])
        order = np.argsort(both, axis=1, kind="stable")[:, :k]
        cost[near] = np.take_along_axis(both, order, axis=1)
        metres[near] = np.take_along_axis(np.column_stack([metres[near], ground[near]]), order, axis=1)
        rows[near] = np.take_along_axis(np.column_stack([rows[near], np.full(len(near), number)]), order, axis=1)
    return Choice(rows, cost, metres)


def within(
    network: WalkNetwork, doors: Attachments, facility: Ints, worth: Floats, places: Attachments, count: int, radii_m: Floats, *,
    beside: Beside = NOTHING,
) -> Floats:
    """Add up what lies within a walk of each of `count` places: cumulative opportunities.

    Args:
        worth: (f,) what each facility counts for: 1 for a number of them, square metres, seats; people, where the "doors" are homes.
            One not known (NaN) counts nothing: the sums are then at least so much. (f, m) for m such measures at once.
        radii_m: (r,) walks, metres.

    Returns:
        (count, r) sums; (count, r, m) of m measures.
    """
    sums = np.zeros((count, len(radii_m), *worth.shape[1:]))
    limit = float(np.max(radii_m, initial=0.0)) + TOLERANCE_M
    value = np.nan_to_num(worth)
    for number, away, _ in _one_by_one(network, doors, facility, places, count, limit, beside):
        near = np.flatnonzero(away <= limit)
        sums[near] += np.multiply.outer(away[near, None] <= radii_m[None, :] + TOLERANCE_M, value[number])
    return sums


def pairs_within(
    network: WalkNetwork, doors: Attachments, facility: Ints, places: Attachments, count: int, limit_m: float, *, beside: Beside = NOTHING
) -> Pairs:
    """Give every walk of at most `limit_m` between one of `count` places and a facility: by facility, then by place."""
    place, number, cost = [NOTHING.place], [NOTHING.facility], [NOTHING.metres]
    for one, away, _ in _one_by_one(network, doors, facility, places, count, limit_m + TOLERANCE_M, beside):
        near = np.flatnonzero(np.isfinite(away))
        place.append(near)
        number.append(np.full(len(near), one, dtype=np.int64))
        cost.append(away[near])
    return Pairs(np.concatenate(place), np.concatenate(number), np.concatenate(cost))


def _one_by_one(
    network: WalkNetwork, doors: Attachments, facility: Ints, places: Attachments, count: int, limit_m: float, beside: Beside
) -> Iterator[tuple[int, Floats, Floats]]:
    """Each facility that can be walked to, with (count,) the cost of the walk from every place and (count,) its metres."""
    order = np.argsort(facility[doors.place], kind="stable")
    owner = facility[doors.place][order]
    known = np.lexsort((-beside.metres, beside.facility))  # of two ways to one facility the shorter comes last, and stays
    known_owner = beside.facility[known]
    for number in np.unique(np.concatenate([owner, known_owner])).tolist():
        own = doors.take(order[slice(*np.searchsorted(owner, [number, number + 1]))])
        away = spread(network, own, limit_m=limit_m)
        walks = meet(network, away, places, count)
        cost, metres = walks.metres.copy(), drawn(network, away, places, walks).copy()
        ways = known[slice(*np.searchsorted(known_owner, [number, number + 1]))]
        ways = ways[beside.metres[ways] < cost[beside.place[ways]]]
        cost[beside.place[ways]] = metres[beside.place[ways]] = beside.metres[ways]
        cost[cost > limit_m] = np.inf
        yield number, cost, metres
