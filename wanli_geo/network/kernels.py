"""Searches compiled by numba, for networks of a city's size. The only file that knows numba, which the extra `city` brings.

Each kernel is a plain function of arrays that Python can run as well, slowly; `compiled` turns it into machine code that lets other
threads run. Labels are float64 metres, added up along the walk and never rounded, so the distances are SciPy's to the last bit: all
searches end at the same least sums, whatever the order they take corners in.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Small = NDArray[np.int32]
Flags = NDArray[np.uint8]

# From this many corners on the kernels search, where the extra is installed. Loading them takes as long (0.35 s) as they save in the
# first five questions of 17,000 homes at 50,000 corners; below, SciPy and Shapely are done sooner.
CITY_CORNERS = 50_000
# Kinds that `sweep` takes at once: whole vectors, twice four of them, and no more than leave a thousand corners in the cache. Below
# FEW_KINDS the vectors would be empty for the most part.
KINDS_AT_ONCE, KINDS_STEP, FEW_KINDS = 32, 8, 4
# Corners that `sweep` goes over before the next, and how often at most; corners handed over in one go.
SWEPT_AT_ONCE, SWEEPS_AT_ONCE, HANDED_AT_ONCE = 1024, 4, 256
# A strip of the curve is as high as so many corners where they are spread evenly: a thousand corners are then a block, not a line.
_STRIP_CORNERS = 8


@cache
def present() -> bool:
    """Whether the extra `city` is installed, and works: numba refuses a NumPy newer than it knows."""
    try:
        import numba  # noqa: F401, PLC0415  the one door of the extra `city`
    except ImportError:
        return False
    return True


def serve(corners: int) -> bool:
    """Whether the kernels search a network of so many corners; SciPy and Shapely do otherwise, and find the same."""
    return corners >= CITY_CORNERS and present()


@cache
def compiled(kernel: Callable[..., Any]) -> Callable[..., Any]:
    """Compile a kernel; the machine code is kept on disk where a place for it can be written, so only the first use ever waits."""
    from numba import njit  # noqa: PLC0415  the one door of the extra `city`

    try:
        return njit(nogil=True, cache=True)(kernel)
    except RuntimeError:  # no folder to keep the code in
        return njit(nogil=True)(kernel)


def lanes(kinds: int) -> int:
    """How many columns the labels of so many kinds take in `sweep`, the empty ones of the last vectors counted."""
    return kinds if kinds <= FEW_KINDS else max(2 * KINDS_STEP, -(-kinds // KINDS_STEP) * KINDS_STEP)


@dataclass(frozen=True, eq=False)
class Curve:
    """A network with its corners numbered strip by strip from south to north, so that neighbours lie near one another in memory.

    Attributes:
        order: (n,) the corner at each position of the curve; `rank` (n,) the position of each corner.
        indptr: (n + 1,), index: (m,) positions reached, metres: (m,): the ways out of each position, both ways of every edge but loops.
    """

    order: Ints
    rank: Ints
    indptr: Ints
    index: Small
    metres: Floats


def curve(nodes: Floats, tail: Ints, head: Ints, length: Floats) -> Curve:
    """Number the corners (n, 2) along the strips and list the ways out of each."""
    low = nodes.min(axis=0)
    wide, high = (np.ptp(nodes, axis=0) + 1.0).tolist()
    strip = np.floor((nodes[:, 1] - low[1]) / (_STRIP_CORNERS * np.sqrt(wide * high / len(nodes))))
    order = np.argsort(strip * wide + (nodes[:, 0] - low[0]))
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    return Curve(order, rank, *compiled(ways_out)(rank, tail, head, length))


def ways_out(rank: Ints, tail: Ints, head: Ints, length: Floats) -> tuple[Ints, Small, Floats]:
    """CSR of an undirected network by counting: `indptr` (n + 1,), positions reached (m,), metres (m,); loops lead nowhere."""
    indptr = np.zeros(len(rank) + 1, dtype=np.int64)
    for edge in range(len(tail)):
        if tail[edge] != head[edge]:
            indptr[rank[tail[edge]] + 1] += 1
            indptr[rank[head[edge]] + 1] += 1
    for position in range(len(rank)):
        indptr[position + 1] += indptr[position]
    index = np.empty(indptr[-1], dtype=np.int32)
    metres = np.empty(indptr[-1], dtype=np.float64)
    free = indptr[:-1].copy()
    for edge in range(len(tail)):
        if tail[edge] != head[edge]:
            start, end = rank[tail[edge]], rank[head[edge]]
            index[free[start]], index[free[end]] = end, start
            metres[free[start]] = metres[free[end]] = length[edge]
            free[start] += 1
            free[end] += 1
    return indptr, index, metres


def spread_few(  # noqa: PLR0912  one loop, written out: a kernel calls nothing
    indptr: Ints, index: Small, metres: Floats, found: Floats, who: Small, limit_m: float
) -> Small:
    """Walk on from every position that has a label, until no label can be bettered; `found` and `who` are filled in place.

    A position whose labels changed waits in a ring for its turn, and then offers them to its neighbours. The few that have their turn
    more than twice cost less than a queue that keeps the nearest in front. It ends: a round of the ring leaves every nearest walk of one
    edge more with its label.
    Moore, E. F. (1959): The shortest path through a maze. Proc. International Symposium on the Theory of Switching, part 2, 285–292.

    Args:
        found: (n, few) metres to the nearest ids known so far, nearest first, `inf` behind them; `who` (n, few) these ids, each once.

    Returns:
        (n,) the position walked to next on the way to the nearest, -1 where it began with that label.
    """
    corners, few = found.shape
    previous = np.full(corners, -1, dtype=np.int32)
    # Who waits, and from which label on it has news, counted from 1.
    ring, waits = np.empty(corners, dtype=np.int32), np.zeros(corners, dtype=np.int32)
    count, turn = 0, 0
    for row in range(corners):
        if found[row, 0] < np.inf:
            ring[count], waits[row] = row, 1
            count += 1
    free = count % corners
    while count > 0:
        at = ring[turn]
        turn = turn + 1 if turn + 1 < corners else 0
        count -= 1
        begin = waits[at] - 1
        waits[at] = 0
        for way in range(indptr[at], indptr[at + 1]):
            there, first = index[way], few
            for nth in range(begin, few):
                walked, own = found[at, nth] + metres[way], who[at, nth]
                if walked >= found[there, few - 1] or walked > limit_m:
                    break
                # The place this label takes among the few: at most where its id already stands.
                slot = few - 1
                for other in range(few - 1):
                    if who[there, other] == own:
                        slot = other
                        break
                if walked >= found[there, slot]:
                    continue
                while slot > 0 and walked < found[there, slot - 1]:
                    found[there, slot], who[there, slot] = found[there, slot - 1], who[there, slot - 1]
                    slot -= 1
                found[there, slot], who[there, slot] = walked, own
                first = min(first, slot)
                if slot == 0:
                    previous[there] = at
            if first < few and waits[there] == 0:
                ring[free], waits[there] = there, first + 1
                free = free + 1 if free + 1 < corners else 0
                count += 1
            elif first + 1 < waits[there]:
                waits[there] = first + 1
    return previous


def sweep(indptr: Ints, index: Small, metres: Floats, found: Floats, who: Small, waits: Flags, limit_m: float) -> None:
    """Walk on for many kinds at once, until no label can be bettered; all arrays (n, …) are filled in place.

    Positions are taken along the curve, forth and back, some thousand at a time while they are at hand, and all kinds of one in a single
    step without a branch, which the compiler turns into vector instructions. That each kind is done ten times over costs less than a
    queue for each. It ends: a pass over all positions leaves every nearest walk of one edge more with its label.
    Zhao, H. (2005): A fast sweeping method for eikonal equations. Mathematics of Computation 74 (250), 603–627.

    Args:
        found: (n, kinds) metres where a walk may begin, else `inf`; `who` (n, kinds) what is there, else -1.
        waits: (n,) 1 where a label stands, else 0.
    """
    corners, kinds = found.shape
    busy = True
    while busy:
        busy = False
        for low in range(0, corners, SWEPT_AT_ONCE):
            size = min(SWEPT_AT_ONCE, corners - low)
            for turn in range(SWEEPS_AT_ONCE):
                some = np.uint8(0)
                for row in range(low, low + size):
                    some |= waits[row]
                if some == 0:
                    break
                busy = True
                for step in range(size):
                    at = low + step if turn % 2 == 0 else low + size - 1 - step
                    if waits[at] == 0:
                        continue
                    waits[at] = 0
                    found_at, who_at = found[at], who[at]
                    for way in range(indptr[at], indptr[at + 1]):
                        there, onward = index[way], metres[way]
                        found_there, who_there = found[there], who[there]
                        bettered = np.uint8(0)
                        for kind in range(kinds):
                            walked, known = found_at[kind] + onward, found_there[kind]
                            own, other = who_at[kind], who_there[kind]
                            better = (walked < known) & (walked <= limit_m)
                            bettered |= better
                            who_there[kind] = own if better else other
                            found_there[kind] = walked if better else known
                        waits[there] |= bettered


def hand_over(rank: Ints, found: Floats, who: Small, metres: Floats, via: Small) -> None:
    """Write the labels (n, kinds or more) of `sweep` in the order of corners into `metres` and `via` (kinds, n)."""
    corners = len(rank)
    for low in range(0, corners, HANDED_AT_ONCE):
        high = min(low + HANDED_AT_ONCE, corners)
        for kind in range(len(metres)):
            for corner in range(low, high):
                metres[kind, corner], via[kind, corner] = found[rank[corner], kind], who[rank[corner], kind]


def sums_within(indptr: Ints, index: Small, metres: Floats, amounts: Floats, begin: int, end: int, limit_m: float) -> Floats:
    """Search from each position of `begin` up to `end` by itself, as `spread_few` does, and add up the `amounts` (n,) within the limit."""
    corners = len(indptr) - 1
    total, found = np.zeros(end - begin), np.full(corners, np.inf)
    ring, waits = np.empty(corners, dtype=np.int32), np.zeros(corners, dtype=np.uint8)
    met = np.empty(corners, dtype=np.int32)
    for origin in range(begin, end):
        found[origin], met[0], ring[0] = 0.0, origin, origin
        known, count, turn, free = 1, 1, 0, 1 % corners
        while count > 0:
            at = ring[turn]
            turn = turn + 1 if turn + 1 < corners else 0
            count -= 1
            waits[at] = 0
            for way in range(indptr[at], indptr[at + 1]):
                there, walked = index[way], found[at] + metres[way]
                if walked >= found[there] or walked > limit_m:
                    continue
                if found[there] == np.inf:
                    met[known] = there
                    known += 1
                found[there] = walked
                if waits[there] == 0:
                    ring[free], waits[there] = there, 1
                    free = free + 1 if free + 1 < corners else 0
                    count += 1
        for row in range(known):
            total[origin - begin] += amounts[met[row]]
            found[met[row]] = np.inf
    return total
