"""The search for loops from one place: a beam that goes out by length and never farther than it can come home.

States are paths from the start that pass no corner twice, nor both over and under one bridge. They are taken up a bucket of length at a
time, so that those weighed against each other are about as long; kept are the best of a bucket by what the finished loop may reach, at no
corner many more than at others. A path whose length with the shortest way home is more than the loop may have is dropped.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wanli_geo.network.graph import Floats, Ints
from wanli_geo.network.search import spread
from wanli_geo.network.snap import Attachments
from wanli_geo.planning.loops.crossings import Flags, crossed
from wanli_geo.planning.loops.graph import AT_CORNER_M, LoopGraph
from wanli_geo.planning.loops.score import score

# How many paths of a bucket are kept, and how many times an equal share of them one corner may have.
BEAM, SHARE = 400, 2.0
BUCKETS = 20
SCORE_DECIMALS = 9


@dataclass(frozen=True)
class Place:
    """A place on a chain, `metres` from its tail."""

    chain: int
    metres: float


@dataclass(frozen=True)
class Wish:
    """What the loop must be: its metres, the share it may be off, the sets of chains of which it must run along one each."""

    metres: float
    tolerance: float = 0.01
    through: tuple[frozenset[int], ...] = ()
    without: frozenset[int] = frozenset()

    @property
    def least(self) -> float:
        return self.metres * (1 - self.tolerance)

    @property
    def most(self) -> float:
        return self.metres * (1 + self.tolerance)


@dataclass(frozen=True, eq=False)
class Loop:
    """A loop from `start`: its arcs in order, the first and last of them only in part where the start lies along a chain."""

    start: Place
    arcs: tuple[int, ...]
    metres: float
    pleasant: float
    crossings: int

    @property
    def score(self) -> float:
        return score(self.pleasant, self.metres, float(self.crossings))

    @property
    def rank(self) -> tuple[float, tuple[int, ...]]:
        """What loops are sorted by, the best first: scores that differ only by the order of adding up are one."""
        return -round(self.score, SCORE_DECIMALS), self.arcs


@dataclass(frozen=True, eq=False)
class _Ends:
    """How one leaves the start and comes back: the first arcs with their (metres, pleasant, crossings), and (2c, …) what each arc costs.

    `closes` (2c,) marks the arcs that end at the start.
    """

    first: Ints
    costs: Floats
    arc_costs: Floats
    closes: Flags
    corner: int


@dataclass(frozen=True, eq=False)
class Paths:
    """Paths under way: `costs` (k, 3) metres, pleasant metres, crossings; the last `arc`, the row of the path `before` it, what it
    `passed` of the must-pass as bits, and (k, w) the corners `visited` as bits."""

    costs: Floats
    arc: Ints
    before: Ints
    passed: Ints
    visited: NDArray[np.uint64]

    def take(self, rows: Ints | Flags | slice) -> Paths:
        return Paths(self.costs[rows], self.arc[rows], self.before[rows], self.passed[rows], self.visited[rows])

    def joined(self, other: Paths) -> Paths:
        return Paths.of([self, other])

    @staticmethod
    def of(parts: Sequence[Paths]) -> Paths:
        """One after the other."""
        return Paths(**{name: np.concatenate([vars(part)[name] for part in parts]) for name in vars(parts[0])})


def search(graph: LoopGraph, start: Place, wish: Wish, *, beam: int = BEAM, share: float = SHARE) -> list[Loop]:
    """Look for simple loops from a place, the best first; none where none was met, which does not prove that there is none.

    Walked round the other way a loop is another one: its runner keeps to its other side and crosses other roads.
    """
    return Search(graph, start, wish).run(beam, share)


class Search:
    """One search: what its paths share."""

    def __init__(self, graph: LoopGraph, start: Place, wish: Wish) -> None:
        self.graph, self.wish, self.start = graph, wish, start
        chains = graph.chains
        self.reached = np.column_stack([chains.head, chains.tail]).ravel()
        self.ends = _ends(graph, start)
        self.bits = np.zeros(len(chains.length), dtype=np.int64)
        self.everything = (1 << len(wish.through)) - 1
        for number, some in enumerate(wish.through):
            self.bits[list(some)] |= 1 << number
        self.home = self._home()
        own = np.isin(graph.block, graph.block[self.ends.first >> 1])
        own[list(wish.without)] = False
        own &= graph.simple
        near = np.minimum(self.home[chains.tail], self.home[chains.head]) <= wish.most
        self.allowed = np.repeat(own & near, 2)
        self.rate = graph.pleasant[own & near].sum() / max(chains.length[own & near].sum(), 1.0)
        reachable = self.home <= wish.most
        nth = np.cumsum(reachable) - 1  # of the corners one may come home from: the bit that says a path has been there
        self.word, self.bit = _bits(nth)
        self.under = self._under(int(reachable.sum()))
        self.words = self.under.shape[1]

    def _home(self) -> Floats:
        """(n,) the shortest way home from each corner."""
        return spread(self.graph.chains, _attachment(self.start), limit_m=self.wish.most).metres

    def _under(self, corners: int) -> NDArray[np.uint64]:
        """(c, words) the bits of the places where each chain passes over another or under it, counted on from the corners.

        Like a corner such a place is passed once only: on a map a loop that crosses itself is none. The start's own chain has none of
        them, for both ends of a loop run on it.
        """
        pairs = self.graph.passes
        pairs = pairs[(self.allowed[::2][pairs]).all(axis=1)]
        under = np.zeros((len(self.graph.chains.length), (corners + len(pairs) + 63) // 64 or 1), dtype=np.uint64)
        word, bit = _bits(corners + np.arange(len(pairs)))
        for side in pairs.T:
            np.bitwise_or.at(under, (side, word), bit)
        if self.ends.corner < 0:
            under[self.start.chain] = 0
        return under

    def run(self, beam: int, share: float) -> list[Loop]:
        kept, count, loops = list[tuple[Ints, Ints]](), 0, list[Loop]()
        under_way = self.set_out(loops)
        width = self.wish.most / BUCKETS
        edge = width
        while len(under_way.arc):
            now = under_way.costs[:, 0] < edge
            if not now.any():
                edge = (np.floor(under_way.costs[:, 0].min() / width) + 1) * width
                continue
            chosen = self.fairest(under_way.take(now), beam, share)
            kept.append((chosen.arc, chosen.before))
            onward, closing = self.step(chosen, count)
            loops += self._closed(closing, kept)
            count += len(chosen.arc)
            under_way = under_way.take(~now).joined(onward)
        return sorted(loops, key=lambda loop: loop.rank)

    def set_out(self, loops: list[Loop]) -> Paths:
        ends, chains = self.ends, self.graph.chains
        usable = self.allowed[ends.first]
        first, costs = ends.first[usable], ends.costs[usable]
        visited = np.zeros((len(first), self.words), dtype=np.uint64)
        if ends.corner >= 0:
            visited[:, self.word[ends.corner]] |= self.bit[ends.corner]
        paths = Paths(costs, first, np.full(len(first), -1), self.bits[first >> 1], visited)
        ring = (chains.tail == chains.head)[first >> 1] & (ends.corner >= 0)  # a chain from the start back to it is a loop already
        loops += self._closed(paths.take(ring & self._fits(paths)), [])
        paths = paths.take(~ring)
        return self._marked(paths)

    def _marked(self, paths: Paths) -> Paths:
        at = self.reached[paths.arc]
        paths.visited[np.arange(len(at)), self.word[at]] |= self.bit[at]
        paths.visited[:] |= self.under[paths.arc >> 1]
        return paths

    def _fits(self, paths: Paths) -> Flags:
        metres = paths.costs[:, 0]
        return (metres >= self.wish.least) & (metres <= self.wish.most) & (paths.passed == self.everything)

    def step(self, paths: Paths, first_row: int) -> tuple[Paths, Paths]:
        """Go one arc on in all ways: paths still under way, and those that came back to the start as wished."""
        graph, ends = self.graph, self.ends
        low = graph.indptr[paths.arc]
        count = graph.indptr[paths.arc + 1] - low
        row = np.repeat(np.arange(len(low)), count)
        way = np.arange(len(row)) + np.repeat(low - (np.cumsum(count) - count), count)
        arc = graph.following[way]
        costs = paths.costs[row] + ends.arc_costs[arc]
        costs[:, 2] += graph.turns[way]
        at, closes = self.reached[arc], ends.closes[arc]
        ahead = np.where(closes, 0.0, self.home[at])
        kept = self.allowed[arc] & (costs[:, 0] + ahead <= self.wish.most)
        kept &= closes | (paths.visited[row, self.word[at]] & self.bit[at] == 0)
        kept[kept] = ~(paths.visited[row[kept]] & self.under[arc[kept] >> 1]).any(axis=1)
        row, arc, costs, closes = row[kept], arc[kept], costs[kept], closes[kept]
        on = Paths(costs, arc, row + first_row, paths.passed[row] | self.bits[arc >> 1], paths.visited[row])
        return self._marked(on.take(~closes)), on.take(closes & self._fits(on))

    def fairest(self, paths: Paths, beam: int, share: float) -> Paths:
        """Keep the best of one bucket; where not all have room, at no corner more than `share` times an equal part of it."""
        if len(paths.arc) <= beam:
            return paths
        corners = len(np.unique(self.reached[paths.arc]))
        return self.best_at_corners(paths, max(1, round(share * beam / corners))).take(slice(beam))

    def best_at_corners(self, paths: Paths, at_one_corner: int) -> Paths:
        """Keep of one bucket at every corner, and of the same passed, the best by what the finished loop may reach; the best of all first."""
        metres, pleasant, crossings = paths.costs.T
        rest = np.maximum(self.wish.metres - metres, 0.0)
        value = score(pleasant + self.rate * rest, metres + rest, crossings)
        key = self.reached[paths.arc] * (1 << len(self.wish.through)) + paths.passed
        order = np.lexsort((-value, key))
        starts = np.flatnonzero(np.append(True, key[order][1:] != key[order][:-1]))
        nth = np.arange(len(order)) - np.repeat(starts, np.diff(np.append(starts, len(order))))
        order = order[nth < at_one_corner]
        return paths.take(order[np.argsort(-value[order], kind="stable")])

    def _closed(self, paths: Paths, kept: Sequence[tuple[Ints, Ints]]) -> list[Loop]:
        if not len(paths.arc):
            return []
        arc = np.concatenate([row[0] for row in kept]) if kept else np.empty(0, dtype=np.int64)
        before = np.concatenate([row[1] for row in kept]) if kept else np.empty(0, dtype=np.int64)
        loops = []
        for (metres, pleasant, crossings), last, origin in zip(paths.costs.tolist(), paths.arc.tolist(), paths.before.tolist(), strict=True):
            arcs, row = [last], origin
            while row >= 0:
                arcs.append(int(arc[row]))
                row = int(before[row])
            loops.append(Loop(self.start, tuple(arcs[::-1]), metres, pleasant, int(crossings)))
        return loops


def _bits(nth: Ints) -> tuple[Ints, NDArray[np.uint64]]:
    """Of numbered places the word and the bit in it that say a path has been there."""
    return nth >> 6, np.uint64(1) << (nth & 63).astype(np.uint64)


def _attachment(place: Place) -> Attachments:
    none = np.zeros(1, dtype=np.int64)
    return Attachments(none, np.array([place.chain]), np.array([place.metres]), np.zeros(1), none - 1)


def _ends(graph: LoopGraph, start: Place) -> _Ends:
    """How one leaves a place and comes back to it: at a corner by all its arcs, along a chain by what is left of it either way."""
    chains, whole = graph.chains, np.column_stack([np.repeat(graph.chains.length, 2), np.repeat(graph.pleasant, 2), graph.crossings])
    reached, leaves = np.column_stack([chains.head, chains.tail]).ravel(), np.column_stack([chains.tail, chains.head]).ravel()
    if (corner := corner_at(graph, start)) >= 0:
        first = np.flatnonzero(leaves == corner)
        return _Ends(first, whole[first], whole, reached == corner, corner)
    ahead, back = 2 * start.chain, 2 * start.chain + 1
    closes = np.zeros(len(whole), dtype=bool)
    closes[[ahead, back]] = True
    rest, done = _parted(graph, start)
    arc_costs = whole.astype(np.float64)
    # Walking the chain forwards one sets out along its rest and comes home along what lies before the start; backwards the other way.
    arc_costs[ahead], arc_costs[back] = done[0], rest[1]
    return _Ends(np.array([ahead, back]), np.array([rest[0], done[1]]), arc_costs, closes, -1)


def corner_at(graph: LoopGraph, start: Place) -> int:
    """The corner that a place stands on; -1 along a chain."""
    if start.metres <= AT_CORNER_M:
        return int(graph.chains.tail[start.chain])
    return int(graph.chains.head[start.chain]) if start.metres >= graph.chains.length[start.chain] - AT_CORNER_M else -1


_Cost = tuple[float, float, float]


def _parted(graph: LoopGraph, start: Place) -> tuple[tuple[_Cost, _Cost], tuple[_Cost, _Cost]]:
    """What the chain costs beyond the start and before it, each walked forwards and backwards."""
    steps = graph.steps[start.chain]
    edge, back = steps >> 1, steps[::-1] ^ 1
    size = graph.network.length[edge]
    ends = np.cumsum(size)
    done_m = np.clip(start.metres - (ends - size), 0.0, size)
    done = float((graph.pleasant_by_edge[edge] * done_m / size).sum())
    before = ends[:-1] <= start.metres
    ahead, behind = crossed(graph.corners, steps[:-1], steps[1:]), crossed(graph.corners, back[:-1], back[1:])[::-1]
    length, pleasant = float(graph.chains.length[start.chain]), float(graph.pleasant[start.chain])
    beyond = [(length - start.metres, pleasant - done, float(turns[~before].sum())) for turns in (ahead, behind)]
    nearer = [(start.metres, done, float(turns[before].sum())) for turns in (ahead, behind)]
    return (beyond[0], beyond[1]), (nearer[0], nearer[1])
