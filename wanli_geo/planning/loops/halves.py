"""The thorough search, for places where the beam finds nothing: half loops from the start, joined where two of them meet.

A path of a whole length shuts itself off from home; one of half the length has hardly begun to. Every simple loop has a corner, the last
within half its length, at which it falls into two paths from the start that share nothing else, and some thousand halves hold millions of
loops. What is kept of one length is not the best but the most different: some of the best at every corner, for each way of setting out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from wanli_geo.network.graph import Ints
from wanli_geo.planning.loops.graph import LoopGraph
from wanli_geo.planning.loops.search import BUCKETS, Loop, Paths, Place, Search, Wish

# How many halves of about one length are kept at one corner, for each way of setting out.
AT_ONE_CORNER = 1
# How many loops are given at most; how many pairs of halves are looked at in one go.
MOST, PAIRS = 400, 100_000


def search_by_halves(graph: LoopGraph, start: Place, wish: Wish, *, at_one_corner: int = AT_ONE_CORNER) -> list[Loop]:
    """Look for simple loops from a place, the best first; with all halves kept, none given means that there is none."""
    search, whole = Search(graph, start, wish), list[Loop]()
    paths = _all_halves(search, at_one_corner, whole)
    one, other = _pairs(search, paths)
    best = np.argsort(-(paths.costs[one, 1] + paths.costs[other, 1]), kind="stable")[:MOST]
    loops = [loop for row in best.tolist() for loop in _both_ways(search, paths, int(one[row]), int(other[row]))]
    return sorted((*loops, *whole), key=lambda loop: loop.rank)


def _all_halves(search: Search, at_one_corner: int, whole: list[Loop]) -> Paths:
    """Grow the halves that leave the start by one way, then by the next: the two of a loop never leave by the same."""
    first = search.set_out(whole)
    grown = [first.take(np.empty(0, dtype=np.int64))]
    for row in range(len(first.arc)):
        count = sum(len(part.arc) for part in grown)
        part = _halves(search, first.take(np.array([row])), at_one_corner)
        grown.append(replace(part, before=np.where(part.before >= 0, part.before + count, -1)))
    return Paths.of(grown)


def _halves(search: Search, waiting: Paths, at_one_corner: int) -> Paths:
    """Grow halves bucket by bucket until each is as long as half a loop."""
    half, kept, count = search.wish.most / 2, list[Paths](), 0
    edge = bucket = search.wish.most / BUCKETS
    while len(waiting.arc):
        now = waiting.costs[:, 0] < edge
        if not now.any():
            edge += bucket
            continue
        here = waiting.take(now)
        chosen = search.best_at_corners(here, at_one_corner)
        kept.append(chosen)
        going = np.flatnonzero(chosen.costs[:, 0] <= half)
        onward, _ = search.step(chosen.take(going), 0)
        waiting = waiting.take(~now).joined(replace(onward, before=going[onward.before] + count))
        count += len(chosen.arc)
    return Paths.of(kept)


def _pairs(search: Search, paths: Paths) -> tuple[Ints, Ints]:
    """Rows of two halves each that end at one corner, have no other in common and are a loop as wished, the shorter half first."""
    wish, metres, at = search.wish, paths.costs[:, 0], search.reached[paths.arc]
    order = np.lexsort((metres, at))
    key = at[order] * (2 * wish.most) + metres[order]  # by corner, then by length
    rows = np.flatnonzero((metres <= wish.most / 2) & (metres + metres.max(initial=0.0) >= wish.least))
    begin = at[rows] * (2 * wish.most)
    low = np.searchsorted(key, begin + np.maximum(wish.least - metres[rows], metres[rows]), "left")
    high = np.searchsorted(key, begin + wish.most - metres[rows], "right")
    found = [(one[fits], other[fits]) for one, other in _in_portions(rows, low, np.maximum(high - low, 0), order)
             if (fits := _are_loops(search, paths, one, other)).any()]
    if not found:
        return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
    return np.concatenate([one for one, _ in found]), np.concatenate([other for _, other in found])


def _in_portions(rows: Ints, low: Ints, size: Ints, order: Ints) -> Iterator[tuple[Ints, Ints]]:
    """Each of `rows` with those of `order` from `low` on, `size` of them, some pairs at a time."""
    ends = np.cumsum(size)
    cuts = np.unique(np.searchsorted(ends, np.arange(0, ends[-1] + PAIRS, PAIRS), "left")) if len(ends) else np.zeros(1, dtype=np.int64)
    for first, last in pairwise(np.unique(np.append(cuts.clip(max=len(rows)), len(rows))).tolist()):
        count = size[first:last]
        nth = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
        yield np.repeat(rows[first:last], count), order[np.repeat(low[first:last], count) + nth]


def _are_loops(search: Search, paths: Paths, one: Ints, other: Ints) -> NDArray[np.bool_]:
    """(k,) whether two halves have in common only the corner they meet at, and the start where it is one, and pass all that is to be passed."""
    allowed = np.zeros((len(one), search.words), dtype=np.uint64)
    corner = search.reached[paths.arc[one]]
    allowed[np.arange(len(one)), search.word[corner]] = search.bit[corner]
    if (start := search.ends.corner) >= 0:
        allowed[:, search.word[start]] |= search.bit[start]
    apart = np.all((paths.visited[one] & paths.visited[other]) == allowed, axis=1)
    return apart & (one != other) & ((paths.passed[one] | paths.passed[other]) == search.everything)


def _both_ways(search: Search, paths: Paths, one: int, other: int) -> list[Loop]:
    """The loop of two halves, and the same walked round the other way: its runner crosses other roads."""
    out = (*_arcs(paths, one), *(arc ^ 1 for arc in reversed(_arcs(paths, other))))
    metres, pleasant = (paths.costs[one, :2] + paths.costs[other, :2]).tolist()
    return [Loop(search.start, arcs, metres, pleasant, _crossings(search, arcs)) for arcs in (out, tuple(arc ^ 1 for arc in reversed(out)))]


def _arcs(paths: Paths, row: int) -> list[int]:
    arcs = []
    while row >= 0:
        arcs.append(int(paths.arc[row]))
        row = int(paths.before[row])
    return arcs[::-1]


def _crossings(search: Search, arcs: tuple[int, ...]) -> int:
    """Roads crossed on a loop: within its arcs, the first and last only in part, and at the corners between them."""
    graph, ends = search.graph, search.ends
    set_out = dict(zip(ends.first.tolist(), ends.costs[:, 2].tolist(), strict=True))
    total = set_out[arcs[0]] + float(ends.arc_costs[list(arcs[1:]), 2].sum())
    for come, go in pairwise(arcs):
        low, high = graph.indptr[come], graph.indptr[come + 1]
        total += graph.turns[low:high][graph.following[low:high] == go][0]
    return int(total)
