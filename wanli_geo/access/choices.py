"""How much choice one has: the k nearest facilities by name, and what lies within a walk, added up. One bounded search a facility."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from wanli_geo.access.reach import TOLERANCE_M
from wanli_geo.network.graph import Floats, Ints, WalkNetwork
from wanli_geo.network.search import nearest
from wanli_geo.network.snap import Attachments


def k_nearest(
    network: WalkNetwork, doors: Attachments, facility: Ints, places: Attachments, count: int, k: int, *, limit_m: float = np.inf
) -> tuple[Ints, Floats]:
    """Give each of `count` places its `k` nearest facilities; of equally near ones the first in the order given.

    Args:
        doors: where the doors meet the network; `facility` (d,) row of the facility each door belongs to. Several doors count once.

    Returns:
        (count, k) rows of the facilities, nearest first, -1 where there are fewer; (count, k) metres, `inf` there.
    """
    rows, metres = np.full((count, k), -1, dtype=np.int64), np.full((count, k), np.inf)
    for number, away in _one_by_one(network, doors, facility, places, count, limit_m):
        near = np.flatnonzero(away < metres[:, -1]) if k else np.empty(0, dtype=np.int64)
        both = np.column_stack([metres[near], away[near]])
        ids = np.column_stack([rows[near], np.full(len(near), number)])
        order = np.argsort(both, axis=1, kind="stable")[:, :k]
        metres[near], rows[near] = np.take_along_axis(both, order, axis=1), np.take_along_axis(ids, order, axis=1)
    return rows, metres


def within(
    network: WalkNetwork, doors: Attachments, facility: Ints, worth: Floats, places: Attachments, count: int, radii_m: Floats
) -> Floats:
    """Add up what lies within a walk of each of `count` places: cumulative opportunities.

    Args:
        worth: (f,) what each facility counts for: 1 for a number of them, square metres, seats; people, where the "doors" are homes.
            One not known (NaN) counts nothing: the sums are then at least so much.
        radii_m: (r,) walks, metres.

    Returns:
        (count, r) sums.
    """
    sums = np.zeros((count, len(radii_m)))
    limit = float(np.max(radii_m, initial=0.0)) + TOLERANCE_M
    for number, away in _one_by_one(network, doors, facility, places, count, limit):
        sums += np.nan_to_num(worth[number]) * (away[:, None] <= radii_m[None, :] + TOLERANCE_M)
    return sums


def _one_by_one(
    network: WalkNetwork, doors: Attachments, facility: Ints, places: Attachments, count: int, limit_m: float
) -> Iterator[tuple[int, Floats]]:
    """Each facility with a door on the network, and the metres (count,) from every place to it."""
    owner = facility[doors.place]
    for number in np.unique(owner).tolist():
        yield number, nearest(network, doors.take(owner == number), places, count, limit_m=limit_m).metres
