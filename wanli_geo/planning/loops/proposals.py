"""Several truly different loops from one place, as lines; on a stem where there is no other loop."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import shapely
from scipy.spatial import KDTree

from wanli_geo.network.graph import Floats, Ints
from wanli_geo.network.search import Field, spread, stretch, ways_of
from wanli_geo.network.snap import Attachments
from wanli_geo.planning.loops.crossings import crossed
from wanli_geo.planning.loops.graph import LoopGraph
from wanli_geo.planning.loops.halves import search_by_halves
from wanli_geo.planning.loops.score import score
from wanli_geo.planning.loops.search import SCORE_DECIMALS, Loop, Place, Wish, corner_at, search

Lollipop = Literal["auto", "never", "always"]
# Two proposals share at most this part of the shorter one.
SHARED = 0.5
# A loop is no loop to run where more than this part of it lies within so many metres of another part of itself.
BESIDE_SHARE, BESIDE_M = 0.2, 20.0
# Parts no farther apart along the loop than this are one stretch, however it bends.
_APART_M, _SAMPLE_M = 80.0, 10.0
# Places at which a stem may meet its loop, the nearest first; and of the loops found, how many are looked at for proposals.
HUBS, LOOKED_AT = 8, 400

# In a tangle of little ways the best paths all stay in it: then so many are kept, one at a corner.
FAR, FAR_SHARE = 1_500, 0.5

Part = tuple[int, float, float]


@dataclass(frozen=True, eq=False)
class Proposal:
    """A loop to run.

    Attributes:
        parts: of each edge run along, from and to how many metres from its tail; the way out along a stem and back included.
        twice_m: metres run twice, once each way.
        beside: the share of the length that lies beside another part of it, 0 to 1.
    """

    xy: Floats
    parts: tuple[Part, ...]
    metres: float
    pleasant: float
    crossings: int
    twice_m: float = 0.0
    beside: float = 0.0

    @property
    def score(self) -> float:
        return score(self.pleasant, self.metres, float(self.crossings))


def propose(graph: LoopGraph, edge: int, offset: float, wish: Wish, *, count: int = 3, lollipop: Lollipop = "auto") -> list[Proposal]:
    """Propose loops from a place on an edge, the best first, each unlike those before it; none where none was found."""
    chain, metres = graph.on_chain(edge, offset)
    found: list[Proposal] = []
    if lollipop != "always" and chain >= 0:
        place = Place(chain, metres)
        found = _found(graph, place, wish, count)
    if found or lollipop == "never":
        return found
    return different(iter(_on_stems(graph, edge, offset, wish)), count)


def _found(graph: LoopGraph, place: Place, wish: Wish, count: int) -> list[Proposal]:
    """Loops by the beam; where it finds too few that differ, by one that keeps little at every corner too; where none, by halves."""
    loops = search(graph, place, wish)
    found = different((_drawn(graph, loop) for loop in loops[:LOOKED_AT]), count)
    if len(found) < count:
        further = sorted([*loops, *search(graph, place, wish, beam=FAR, share=FAR_SHARE)], key=lambda loop: loop.rank)
        found = different((_drawn(graph, loop) for loop in further[: 2 * LOOKED_AT]), count)
    return found or different((_drawn(graph, loop) for loop in search_by_halves(graph, place, wish)[:LOOKED_AT]), count)


def thorough(graph: LoopGraph, place: Place, wish: Wish) -> list[Loop]:
    """Search by the beam; where it finds nothing, by one that keeps little at every corner; then by halves."""
    return search(graph, place, wish) or search(graph, place, wish, beam=FAR, share=FAR_SHARE) or search_by_halves(graph, place, wish)


def different(loops: Iterable[Proposal], count: int) -> list[Proposal]:
    """Choose from loops, best first, those that share little with a better one; such as run beside themselves only where all do."""
    chosen, spare = list[Proposal](), list[Proposal]()
    for loop in loops:
        # No corner twice is not enough: a way over a bridge may cross the way under it, and on a map that is no simple loop.
        if (loop.twice_m or shapely.linestrings(loop.xy).is_simple) and all(shared(loop, other) <= SHARED for other in chosen):
            beside = beside_itself(loop.xy)
            (chosen if beside <= BESIDE_SHARE or loop.twice_m else spare).append(replace(loop, beside=beside))
        if len(chosen) == count:
            break
    return chosen or sorted(spare, key=lambda loop: loop.beside)[:1]


def shared(one: Proposal, other: Proposal) -> float:
    """The part of the shorter of two loops that runs on edges of both, 0 to 1."""
    mine, theirs = _metres_on(one), _metres_on(other)
    return sum(min(metres, theirs.get(edge, 0.0)) for edge, metres in mine.items()) / min(one.metres, other.metres)


def _metres_on(loop: Proposal) -> dict[int, float]:
    metres: dict[int, float] = {}
    for edge, start, end in loop.parts:
        metres[edge] = metres.get(edge, 0.0) + abs(end - start)
    return metres


def beside_itself(xy: Floats) -> float:
    """The share of a closed line (v, 2) that lies within BESIDE_M of another part of it: up one pavement and down the other."""
    chainage = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(xy, axis=0).T))])
    where = np.arange(0.0, chainage[-1], _SAMPLE_M)
    points = np.column_stack([np.interp(where, chainage, axis) for axis in xy.T])
    pairs = KDTree(points).query_pairs(BESIDE_M, output_type="ndarray")
    apart = np.abs(where[pairs[:, 0]] - where[pairs[:, 1]])
    far = np.minimum(apart, chainage[-1] - apart) > _APART_M
    return len(np.unique(pairs[far])) / len(where)


def _drawn(graph: LoopGraph, loop: Loop) -> Proposal:
    parts = tuple(_parts(graph, loop))
    return Proposal(_line(graph, parts), parts, loop.metres, loop.pleasant, loop.crossings)


def _line(graph: LoopGraph, parts: Sequence[Part]) -> Floats:
    pieces = [stretch(graph.network, edge, start, end) for edge, start, end in parts]
    xy = np.concatenate([pieces[0][:1], *(piece[1:] for piece in pieces)])
    xy[-1] = xy[0]
    return xy


def _parts(graph: LoopGraph, loop: Loop) -> list[Part]:
    """The edges of a loop in order, the first and last only as far as they are run."""
    parts, whole = list[Part](), corner_at(graph, loop.start) >= 0
    for number, arc in enumerate(loop.arcs):
        length = float(graph.chains.length[arc >> 1])
        at = length - loop.start.metres if arc & 1 else loop.start.metres
        low = at if number == 0 and not whole else 0.0
        high = at if number == len(loop.arcs) - 1 and not whole else length
        parts += _cut(graph, arc, low, high)
    return parts


def _cut(graph: LoopGraph, arc: int, low: float, high: float) -> list[Part]:
    steps = graph.steps[arc >> 1]
    steps = steps[::-1] ^ 1 if arc & 1 else steps
    size = graph.network.length[steps >> 1]
    begin = np.cumsum(size) - size
    parts = []
    for step, metres, start in zip(steps.tolist(), size.tolist(), begin.tolist(), strict=True):
        first, last = max(low - start, 0.0), min(high - start, metres)
        if last - first > 1e-9:
            parts.append((step >> 1, metres - first, metres - last) if step & 1 else (step >> 1, first, last))
    return parts


def _on_stems(graph: LoopGraph, edge: int, offset: float, wish: Wish) -> list[Proposal]:
    """Loops at the end of a way out and back: to the nearest places that lie on loops."""
    none = np.zeros(1, dtype=np.int64)
    here = Attachments(none, np.array([edge]), np.array([offset]), np.zeros(1), none - 1)
    field = spread(graph.network, here, limit_m=wish.most / 2)
    core = np.flatnonzero(graph.chain >= 0)
    hubs = np.unique(np.concatenate([graph.network.tail[core], graph.network.head[core]]))
    hubs = hubs[np.isfinite(field.metres[hubs])]
    order = np.lexsort((*np.rint(graph.network.nodes[hubs] * 1000).T, field.metres[hubs]))
    found = [loop for hub in hubs[order[:HUBS]].tolist() for loop in _on_stem(graph, field, hub, wish)]
    return sorted(found, key=lambda loop: -round(loop.score, SCORE_DECIMALS))


def _on_stem(graph: LoopGraph, field: Field, hub: int, wish: Wish) -> list[Proposal]:
    stem, passed = _stem(graph, field, hub)
    out_m = sum(abs(end - start) for _, start, end in stem)
    rest = wish.metres - 2 * out_m
    if rest <= 0:
        return []
    own = next(iter(np.flatnonzero(((graph.network.tail == hub) | (graph.network.head == hub)) & (graph.chain >= 0)).tolist()))
    place = Place(*graph.on_chain(own, 0.0 if graph.network.tail[own] == hub else float(graph.network.length[own])))
    touched = np.isin(graph.network.tail, passed) | np.isin(graph.network.head, passed)
    touched[[edge for edge, _, _ in stem]] = True
    smaller = replace(wish, metres=rest, tolerance=wish.tolerance * wish.metres / rest,
                      without=wish.without | frozenset(graph.chain[touched & (graph.chain >= 0)].tolist()))
    if place.chain in smaller.without and corner_at(graph, place) < 0:
        return []
    return [_stemmed(graph, stem, loop, out_m) for loop in thorough(graph, place, smaller)[:LOOKED_AT // HUBS]]


def _stem(graph: LoopGraph, field: Field, hub: int) -> tuple[list[Part], Ints]:
    """The parts of the way from the start to a corner, and the corners passed before it."""
    network, corner, parts, passed = graph.network, hub, list[Part](), list[int]()
    _, end, _, way = network.neighbours
    while (onward := int(field.previous[corner])) >= 0:
        rows = ways_of(network, np.array([corner]))[1]
        edge = int(way[rows[end[rows] == onward][0]])
        length = float(network.length[edge])
        parts.append((edge, 0.0, length) if network.tail[edge] == onward else (edge, length, 0.0))
        corner = onward
        passed.append(corner)
    edge, offset = int(field.sources.edge[0]), float(field.sources.offset[0])
    by_tail, length = network.tail[edge] == corner, float(network.length[edge])
    if by_tail and network.head[edge] == corner:
        by_tail = offset <= length / 2
    if abs(offset - (0.0 if by_tail else length)) > 1e-9:
        parts.append((edge, offset, 0.0 if by_tail else length))
    return parts[::-1], np.array(passed, dtype=np.int64)


def _stemmed(graph: LoopGraph, stem: list[Part], loop: Loop, out_m: float) -> Proposal:
    back = [(edge, end, start) for edge, start, end in reversed(stem)]
    parts = (*stem, *_parts(graph, loop), *back)
    steps = np.array([2 * edge + (end < start) for edge, start, end in parts], dtype=np.int64)
    share = [abs(end - start) / float(graph.network.length[edge]) for edge, start, end in stem]
    pleasant = 2 * sum(float(graph.pleasant_by_edge[edge]) * part for (edge, _, _), part in zip(stem, share, strict=True))
    crossings = int(_crossed(graph, steps).sum())
    return Proposal(_line(graph, parts), parts, loop.metres + 2 * out_m, loop.pleasant + pleasant, crossings, out_m)


def _crossed(graph: LoopGraph, steps: Ints) -> Ints:
    return crossed(graph.corners, steps[:-1], steps[1:])


def crossed_at(graph: LoopGraph, loop: Proposal) -> tuple[Floats, Ints]:
    """Where a loop crosses roads: metres from its start (k,), and how many roads at once (k,)."""
    steps = np.array([2 * edge + (end < start) for edge, start, end in loop.parts], dtype=np.int64)
    ends = np.cumsum([abs(end - start) for _, start, end in loop.parts])[:-1]
    roads = _crossed(graph, steps)
    return ends[roads > 0], roads[roads > 0]


def nearest_length(graph: LoopGraph, edge: int, offset: float, wish: Wish, *, lollipop: Lollipop = "auto") -> float | None:
    """The length nearest to the one wished for that a loop was found of; None where none was."""
    chain, metres = graph.on_chain(edge, offset)
    for tolerance in (0.03, 0.1, 0.3, 0.9):
        wider = replace(wish, tolerance=tolerance)
        loops = search(graph, Place(chain, metres), wider) if chain >= 0 else []
        found = [_drawn(graph, loop) for loop in sorted(loops, key=lambda loop: abs(loop.metres - wish.metres))[:LOOKED_AT]]
        found = [loop for loop in found if shapely.linestrings(loop.xy).is_simple]
        if not found and lollipop != "never":
            found = _on_stems(graph, edge, offset, wider)
        if found:
            return min((loop.metres for loop in found), key=lambda length: abs(length - wish.metres))
    return None
