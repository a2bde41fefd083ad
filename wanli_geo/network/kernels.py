"""Searches compiled by numba, for networks of a city's size. The only file that knows numba, which the extra `city` brings.

Each kernel is a plain function of arrays that Python can run as well, slowly; `compiled` turns it into machine code that lets other
threads run. The queue is Dial's: entries lie in buckets one `width` apart, a bucket is emptied before the next is opened, and a label
that a later one undercuts is passed over. Labels are float64 metres and never rounded, so the distances are SciPy's.
Dial, R. B. (1969): Algorithm 360, shortest-path forest with topological ordering. Communications of the ACM 12 (11), 632–633.
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

# From this many corners on the kernels search, where the extra is installed. Loading them takes as long (0.35 s) as they save in the
# first five questions of 17,000 homes at 50,000 corners; below, SciPy and Shapely are done sooner.
CITY_CORNERS = 50_000
# Metres a bucket is wide. A tenth of a metre leaves nothing to do twice in one search over the whole network; the many small searches
# of `sums_within` would then open more buckets than they meet corners.
WIDTH_M = 0.1
WIDTH_SMALL_M = 25.0
# The curve has 2 ** 16 cells a side: about 1 m for a metropolis of 65 km.
_CURVE_BITS = 16
_FIRST_ENTRIES = 1024


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


@dataclass(frozen=True, eq=False)
class Curve:
    """A network with its corners numbered along a Hilbert curve, so that neighbours lie near one another in memory.

    Attributes:
        order: (n,) the corner at each position of the curve; `rank` (n,) the position of each corner.
        indptr: (n + 1,), index: (m,) positions reached, metres: (m,): the ways out of each position, both ways of every edge but loops.
        longest: the longest edge, metres.
    """

    order: Ints
    rank: Ints
    indptr: Ints
    index: Small
    metres: Floats
    longest: float


def curve(nodes: Floats, tail: Ints, head: Ints, length: Floats) -> Curve:
    """Number the corners (n, 2) along the curve and list the ways out of each."""
    low = nodes.min(axis=0)
    scale = (2**_CURVE_BITS - 1) / max(float(np.ptp(nodes, axis=0).max()), 1.0)
    order = np.argsort(compiled(hilbert_keys)((nodes - low) * scale, _CURVE_BITS), kind="stable")
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    indptr, index, metres = compiled(ways_out)(rank, tail, head, length)
    return Curve(order, rank, indptr, index, metres, float(length.max(initial=0.0)))


def hilbert_keys(xy: Floats, bits: int) -> Ints:
    """(n,) positions along the Hilbert curve of 2 ** bits cells a side, of (n, 2) coordinates from 0 up to below that.

    Warren, H. S. (2013): Hacker's Delight, 2nd ed., section 16-3.
    """
    keys = np.empty(len(xy), dtype=np.int64)
    for row in range(len(xy)):
        x, y = int(xy[row, 0]), int(xy[row, 1])
        key = 0
        bit = 1 << (bits - 1)
        while bit > 0:
            right, upper = int((x & bit) > 0), int((y & bit) > 0)
            key += bit * bit * ((3 * right) ^ upper)
            if upper == 0:
                if right == 1:
                    x, y = bit - 1 - (x & (bit - 1)), bit - 1 - (y & (bit - 1))
                x, y = y, x
            bit >>= 1
        keys[row] = key
    return keys


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


def nearest_start(
    indptr: Ints, index: Small, metres: Floats, start: Ints, start_m: Floats, start_row: Ints, limit_m: float, longest: float, width: float
) -> tuple[Floats, Small, Small]:
    """Search once from all starts together.

    Args:
        start: (s,) positions where a walk may begin, `start_m` (s,) metres already walked there, `start_row` (s,) the row it belongs to.
        longest: no edge and no `start_m` is longer.

    Returns:
        (n,) metres, `inf` beyond the limit; (n,) the row reached and (n,) the position walked to next, -1 where none.
    """
    corners = len(indptr) - 1
    found = np.full(corners, np.inf)
    via, previous = np.full(corners, -1, dtype=np.int32), np.full(corners, -1, dtype=np.int32)
    per_m, last_bucket = 1.0 / width, 4
    while last_bucket < longest * per_m + 3:
        last_bucket *= 2
    last_bucket -= 1  # a power of two less one: the bucket's number is cut to it, round and round
    first = np.full(last_bucket + 1, -1, dtype=np.int64)
    size = max(_FIRST_ENTRIES, len(start))
    node, label, after = np.empty(size, dtype=np.int64), np.empty(size), np.empty(size, dtype=np.int64)
    used, spare, waiting = 0, -1, 0
    for row in range(len(start)):
        at = start[row]
        if start_m[row] < found[at] and start_m[row] <= limit_m:
            found[at], via[at] = start_m[row], start_row[row]
            bucket = int(start_m[row] * per_m) & last_bucket
            node[used], label[used], after[used] = at, start_m[row], first[bucket]
            first[bucket] = used
            used += 1
            waiting += 1
    bucket = 0
    while waiting > 0:
        entry = first[bucket]
        if entry < 0:
            bucket = (bucket + 1) & last_bucket
            continue
        at, here = node[entry], label[entry]
        first[bucket], after[entry] = after[entry], spare
        spare = entry
        waiting -= 1
        if here != found[at]:
            continue
        low, high = indptr[at], indptr[at + 1]
        if used + high - low > len(node):
            more = np.empty(len(node) + high - low, dtype=np.int64)
            node, after = np.concatenate((node, more)), np.concatenate((after, more))
            label = np.concatenate((label, np.empty(len(more))))
        for way in range(low, high):
            there, walked = index[way], here + metres[way]
            if walked < found[there] and walked <= limit_m:
                found[there], via[there], previous[there] = walked, via[at], at
                if spare >= 0:
                    entry = spare
                    spare = after[entry]
                else:
                    entry = used
                    used += 1
                target = int(walked * per_m) & last_bucket
                node[entry], label[entry], after[entry] = there, walked, first[target]
                first[target] = entry
                waiting += 1
    return found, via, previous


def nearest_few(  # noqa: PLR0912, PLR0915  one loop, written out: a kernel calls nothing
    indptr: Ints, index: Small, metres: Floats, start: Ints, start_m: Floats, start_id: Ints, limit_m: float, longest: float, width: float, few: int
) -> tuple[Floats, Small]:
    """Search once for the `few` nearest ids of every position; arguments as for `nearest_start`, several starts may bear one id.

    Returns:
        (n, few) metres, nearest first, `inf` where there are fewer within the limit; (n, few) their ids, -1 there.
    """
    corners = len(indptr) - 1
    found, who = np.full((corners, few), np.inf), np.full((corners, few), -1, dtype=np.int32)
    per_m, last_bucket = 1.0 / width, 4
    while last_bucket < longest * per_m + 3:
        last_bucket *= 2
    last_bucket -= 1  # a power of two less one: the bucket's number is cut to it, round and round
    first = np.full(last_bucket + 1, -1, dtype=np.int64)
    size = max(_FIRST_ENTRIES, len(start))
    node, label, after = np.empty(size, dtype=np.int64), np.empty(size), np.empty(size, dtype=np.int64)
    whose = np.empty(size, dtype=np.int64)
    used, spare, waiting = 0, -1, 0
    for row in range(len(start)):
        if start_m[row] <= limit_m:
            bucket = int(start_m[row] * per_m) & last_bucket
            node[used], whose[used], label[used], after[used] = start[row], start_id[row], start_m[row], first[bucket]
            first[bucket] = used
            used += 1
            waiting += 1
    bucket = 0
    while waiting > 0:
        entry = first[bucket]
        if entry < 0:
            bucket = (bucket + 1) & last_bucket
            continue
        at, here, own = node[entry], label[entry], whose[entry]
        first[bucket], after[entry] = after[entry], spare
        spare = entry
        waiting -= 1
        # The place this label takes among the few: at most where its id already stands.
        last = few - 1
        for slot in range(few):
            if who[at, slot] == own:
                last = slot
                break
        if here >= found[at, last]:
            continue
        while last > 0 and here < found[at, last - 1]:
            found[at, last], who[at, last] = found[at, last - 1], who[at, last - 1]
            last -= 1
        found[at, last], who[at, last] = here, own
        low, high = indptr[at], indptr[at + 1]
        if used + high - low > len(node):
            more = np.empty(len(node) + high - low, dtype=np.int64)
            node, whose, after = np.concatenate((node, more)), np.concatenate((whose, more)), np.concatenate((after, more))
            label = np.concatenate((label, np.empty(len(more))))
        for way in range(low, high):
            there, walked = index[way], here + metres[way]
            open_to_it = walked <= limit_m and walked < found[there, few - 1]
            for slot in range(few):
                if who[there, slot] == own and found[there, slot] <= walked:
                    open_to_it = False
            if open_to_it:
                if spare >= 0:
                    entry = spare
                    spare = after[entry]
                else:
                    entry = used
                    used += 1
                target = int(walked * per_m) & last_bucket
                node[entry], whose[entry], label[entry], after[entry] = there, own, walked, first[target]
                first[target] = entry
                waiting += 1
    return found, who


def sums_within(  # noqa: PLR0912, PLR0915  one loop, written out
    indptr: Ints, index: Small, metres: Floats, amounts: Floats, begin: int, end: int, limit_m: float, longest: float, width: float
) -> Floats:
    """Search from each position of `begin` up to `end` by itself and add up the `amounts` (n,) within the limit: (end - begin,)."""
    total = np.zeros(end - begin)
    found = np.full(len(indptr) - 1, np.inf)
    per_m, last_bucket = 1.0 / width, 4
    while last_bucket < min(longest, limit_m) * per_m + 3:
        last_bucket *= 2
    last_bucket -= 1
    first = np.full(last_bucket + 1, -1, dtype=np.int64)
    touched = np.empty(_FIRST_ENTRIES, dtype=np.int64)
    node, label, after = np.empty(_FIRST_ENTRIES, dtype=np.int64), np.empty(_FIRST_ENTRIES), np.empty(_FIRST_ENTRIES, dtype=np.int64)
    for origin in range(begin, end):
        found[origin] = 0.0
        touched[0], count = origin, 1
        node[0], label[0], after[0] = origin, 0.0, -1
        first[0] = 0
        used, spare, waiting, bucket = 1, -1, 1, 0
        amount = amounts[origin]
        while waiting > 0:
            entry = first[bucket]
            if entry < 0:
                bucket = (bucket + 1) & last_bucket
                continue
            at, here = node[entry], label[entry]
            first[bucket], after[entry] = after[entry], spare
            spare = entry
            waiting -= 1
            if here != found[at]:
                continue
            low, high = indptr[at], indptr[at + 1]
            if used + high - low > len(node):
                more = np.empty(len(node) + high - low, dtype=np.int64)
                node, after = np.concatenate((node, more)), np.concatenate((after, more))
                label = np.concatenate((label, np.empty(len(more))))
            if count + high - low > len(touched):
                touched = np.concatenate((touched, np.empty(len(touched) + high - low, dtype=np.int64)))
            for way in range(low, high):
                there, walked = index[way], here + metres[way]
                if walked < found[there] and walked <= limit_m:
                    if found[there] == np.inf:
                        touched[count] = there
                        count += 1
                        amount += amounts[there]
                    found[there] = walked
                    if spare >= 0:
                        entry = spare
                        spare = after[entry]
                    else:
                        entry = used
                        used += 1
                    target = int(walked * per_m) & last_bucket
                    node[entry], label[entry], after[entry] = there, walked, first[target]
                    first[target] = entry
                    waiting += 1
        total[origin - begin] = amount
        for row in range(count):
            found[touched[row]] = np.inf
    return total
