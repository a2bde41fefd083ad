"""Distances and walks over the network. The only file that runs a shortest-path search."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from wanli_geo.network import kernels
from wanli_geo.network.graph import Floats, Ints, WalkNetwork
from wanli_geo.network.kernels import Small
from wanli_geo.network.snap import Attachments

_TAIL, _HEAD, _ALONG = 0, 1, 2
# Cells of the matrix of distances that SciPy fills at once where every source is searched by itself: 64 MB.
_CELLS = 8_000_000
# Less than two ways of adding up one walk may differ by, but for a walk that nobody walks.
_SAME_M = 1e-9


@dataclass(frozen=True, eq=False)
class Field:
    """How far every corner is from the nearest source, and which way to go there.

    Attributes:
        metres: (n,) `inf` beyond the limit or unreachable.
        via: (n,) row of the source attachment reached; -1 where none.
        previous: (n,) the next corner on the way to the source; -1 where the source's own edge comes next.
    """

    sources: Attachments
    metres: Floats
    via: Ints
    previous: Ints


@dataclass(frozen=True, eq=False)
class Walks:
    """The nearest source of every place.

    Attributes:
        metres: (p,) whole walk, legs off the network included; `inf` where none.
        source: (p,) the source place reached; -1 where none.
        row: (p,) the attachment used on the place's side; -1 where none.
        side: (p,) 0 leaves its edge by the tail, 1 by the head, 2 stays on the edge; meaningless where `row` is -1.
        via: (p,) row of the source attachment reached; -1 where none.
    """

    metres: Floats
    source: Ints
    row: Ints
    side: Ints
    via: Ints


def spread(network: WalkNetwork, sources: Attachments, *, limit_m: float = np.inf) -> Field:
    """Search once from all sources together (walking is the same both ways).

    Each source row becomes a corner of its own with ways to both ends of its edge, so the distance is exact along the edge.
    """
    if not len(sources) or not len(network.nodes):
        nowhere = np.full(len(network.nodes), -1, dtype=np.int64)
        return Field(sources, np.full(len(network.nodes), np.inf), nowhere, nowhere)
    if kernels.serve(len(network.nodes)):
        found, via, onward = _few_by_kernel(network, sources, np.arange(len(sources)), 1, limit_m)
        onward = onward[network.curve.rank]
        return Field(sources, found[:, 0], via[:, 0].astype(np.int64), np.where(onward >= 0, network.curve.order[onward], -1))
    corners = len(network.nodes)
    found, following, via = _min_only(_with_sources(network, [sources]), corners, corners, len(sources), limit_m)
    return Field(sources, found, via.astype(np.int64), np.where(following < corners, following, -1).astype(np.int64))


def _starts(network: WalkNetwork, sources: Attachments) -> tuple[Ints, Floats]:
    """(k, 2) the corners to both sides of each source and (k, 2) the metres to them."""
    rest = network.length[sources.edge] - sources.offset
    ends = np.column_stack([network.tail[sources.edge], network.head[sources.edge]])
    return ends, np.column_stack([sources.leg + sources.offset, sources.leg + rest])


def _with_sources(network: WalkNetwork, kinds: Sequence[Attachments]) -> csr_array:
    """Give the graph of the corners, then of every source row: ways lead from sources into the network, none back."""
    indptr, index, metres, _ = network.neighbours
    ways = [_starts(network, sources) for sources in kinds]
    rows = sum(len(sources) for sources in kinds)
    size = len(network.nodes) + rows
    return csr_array(
        (
            np.concatenate([metres, *[start.ravel() for _, start in ways]]),
            np.concatenate([index, *[ends.ravel() for ends, _ in ways]]).astype(np.int32),
            np.concatenate([indptr, indptr[-1] + 2 * np.arange(1, rows + 1)]).astype(np.int32),
        ),
        shape=(size, size),
    )


def _min_only(graph: csr_array, corners: int, first: int, rows: int, limit_m: float) -> tuple[Floats, Small, Small]:
    """Search once from the `rows` sources that begin at row `first`: metres, next corner or -1, source row or -1, each (corners,)."""
    found, before, root = dijkstra(
        graph, directed=True, indices=np.arange(first, first + rows), limit=limit_m, min_only=True, return_predecessors=True
    )
    found, before, root = found[:corners], before[:corners], root[:corners]
    reached = np.isfinite(found)
    return found, np.where(reached, before, -1), np.where(reached, root - first, -1)


def _begun(network: WalkNetwork, sources: Attachments, ids: Ints, few: int, limit_m: float) -> tuple[Ints, Ints, Floats, Ints]:
    """Give the labels that a search by the kernels begins with: position, nth nearest there, metres, id; `ids` (k,) names the sources."""
    ends, starts = _starts(network, sources)
    near = np.flatnonzero(starts.ravel() <= limit_m)
    at, metres, ids = network.curve.rank[ends.ravel()[near]], starts.ravel()[near], np.repeat(ids, 2)[near]
    order = np.lexsort((metres, ids, at))
    order = order[_differs(at[order]) | _differs(ids[order])]  # of one id at one position the nearest
    order = order[np.lexsort((metres[order], at[order]))]
    first = np.flatnonzero(_differs(at[order]))
    nth = np.arange(len(order)) - np.repeat(first, np.diff(np.append(first, len(order))))
    order, nth = order[nth < few], nth[nth < few]
    return at[order], nth, metres[order], ids[order]


def _differs(values: Ints) -> NDArray[np.bool_]:
    """(k,) whether a value is another than the one before."""
    new: NDArray[np.bool_] = np.ones(len(values), dtype=bool)
    new[1:] = values[1:] != values[:-1]
    return new


def _unlabelled(corners: int, each: int) -> tuple[Floats, Small]:
    return np.full((corners, each), np.inf), np.full((corners, each), -1, dtype=np.int32)


def _few_by_kernel(network: WalkNetwork, sources: Attachments, ids: Ints, few: int, limit_m: float) -> tuple[Floats, Small, Ints]:
    """Search once for the few nearest ids: (n, few) metres and ids; (n,) the next position, by position, or -1."""
    curve, (found, who) = network.curve, _unlabelled(len(network.nodes), few)
    at, nth, metres, own = _begun(network, sources, ids, few, limit_m)
    found[at, nth], who[at, nth] = metres, own
    following = kernels.compiled(kernels.spread_few)(curve.indptr, curve.index, curve.metres, found, who, float(limit_m))
    return np.take(found, curve.rank, axis=0), np.take(who, curve.rank, axis=0), following


def nearest_of_each(
    network: WalkNetwork, kinds: Sequence[Attachments], *, limit_m: float = np.inf, threads: int = 1
) -> tuple[Floats, Small]:
    """Walk from every corner to the nearest source of every kind.

    Args:
        kinds: one set of sources a kind of service.
        threads: searches at a time.

    Returns:
        (kinds, n) metres, `inf` beyond `limit_m` or unreachable; (kinds, n) the row reached among the kind's sources, -1 there.
    """
    if kernels.serve(len(network.nodes)):
        return _each_by_kernel(network, kinds, limit_m, threads)
    corners = len(network.nodes)
    metres, via = np.full((len(kinds), corners), np.inf), np.full((len(kinds), corners), -1, dtype=np.int32)
    asked = [number for number, sources in enumerate(kinds) if len(sources)]
    first = corners + np.concatenate([[0], np.cumsum([len(sources) for sources in kinds])]).astype(np.int64)
    graph = _with_sources(network, kinds)

    def ask(number: int) -> None:
        metres[number], _, via[number] = _min_only(graph, corners, int(first[number]), len(kinds[number]), limit_m)

    _in_threads(ask, asked, threads)
    return metres, via


def _each_by_kernel(network: WalkNetwork, kinds: Sequence[Attachments], limit_m: float, threads: int) -> tuple[Floats, Small]:
    """Search for many kinds together, so many at once that every thread has some."""
    corners, curve = len(network.nodes), network.curve
    metres, via = np.empty((len(kinds), corners)), np.empty((len(kinds), corners), dtype=np.int32)
    size = max(1, min(-(-len(kinds) // max(threads, 1)), kernels.KINDS_AT_ONCE))

    def ask(low: int) -> None:
        some = kinds[low : low + size]
        found, who = _unlabelled(corners, kernels.lanes(len(some)))
        waits = np.zeros(corners, dtype=np.uint8)
        for lane, sources in enumerate(some):
            at, _, walked, row = _begun(network, sources, np.arange(len(sources)), 1, limit_m)
            found[at, lane], who[at, lane], waits[at] = walked, row, 1
        kernels.compiled(kernels.sweep)(curve.indptr, curve.index, curve.metres, found, who, waits, float(limit_m))
        kernels.compiled(kernels.hand_over)(curve.rank, found, who, metres[low : low + size], via[low : low + size])

    _in_threads(ask, range(0, len(kinds), size), threads)
    return metres, via


def _in_threads(ask: Callable[[int], None], numbers: Sequence[int], threads: int) -> None:
    with ThreadPoolExecutor(max(threads, 1)) as pool:
        for _ in pool.map(ask, numbers):
            pass


def nearest_few(network: WalkNetwork, sources: Attachments, few: int, *, limit_m: float = np.inf) -> tuple[Floats, Small]:
    """Walk from every corner to its `few` nearest source places, each counted once however many rows it has.

    Returns:
        (n, few) metres, nearest first, `inf` where there are fewer within `limit_m`; (n, few) the source places, -1 there.
    """
    corners = len(network.nodes)
    if not len(sources) or not corners:
        return np.full((corners, few), np.inf), np.full((corners, few), -1, dtype=np.int32)
    if not kernels.serve(len(network.nodes)):
        return _few_by_scipy(network, sources, few, limit_m)
    found, who, _ = _few_by_kernel(network, sources, sources.place, few, limit_m)
    return found, who


def _few_by_scipy(network: WalkNetwork, sources: Attachments, few: int, limit_m: float) -> tuple[Floats, Small]:
    """One search a source place, a block of places at a time; the few nearest kept from block to block."""
    corners = len(network.nodes)
    graph, places = _with_sources(network, [sources]), np.unique(sources.place)
    found, who = np.full((corners, few), np.inf), np.full((corners, few), -1, dtype=np.int32)
    block = max(1, _CELLS // corners)
    for low in range(0, len(places), block):
        some = places[low : low + block]
        rows = np.flatnonzero(np.isin(sources.place, some))
        walked = dijkstra(graph, directed=True, indices=corners + rows, limit=limit_m)[:, :corners]
        of_place = np.full((len(some), corners), np.inf)
        np.minimum.at(of_place, np.searchsorted(some, sources.place[rows]), walked)
        all_m = np.concatenate([found, of_place.T], axis=1)
        all_who = np.concatenate([who, np.where(np.isfinite(of_place.T), some.astype(np.int32), np.int32(-1))], axis=1)
        best = np.argsort(all_m, axis=1, kind="stable")[:, :few]
        found, who = np.take_along_axis(all_m, best, axis=1), np.take_along_axis(all_who, best, axis=1)
    return found, who


def amount_within(network: WalkNetwork, amounts: Floats, *, limit_m: float, threads: int = 1) -> Floats:
    """Add up what stands at the corners within a walk of every corner, its own included: people, jobs, square metres.

    Args:
        amounts: (n,) what stands at each corner.

    Returns:
        (n,) in the unit of `amounts`.
    """
    corners = len(network.nodes)
    if not kernels.serve(len(network.nodes)):
        return _within_by_scipy(network, amounts, limit_m)
    curve, total = network.curve, np.empty(corners)
    search, sorted_amounts = kernels.compiled(kernels.sums_within), amounts[curve.order].astype(np.float64)
    block = -(-corners // (8 * max(threads, 1)))

    def ask(low: int) -> None:
        end = min(low + block, corners)
        total[curve.order[low:end]] = search(curve.indptr, curve.index, curve.metres, sorted_amounts, low, end, float(limit_m))

    _in_threads(ask, range(0, corners, block), threads)
    return total


def _within_by_scipy(network: WalkNetwork, amounts: Floats, limit_m: float) -> Floats:
    graph, corners = _with_sources(network, []), len(network.nodes)
    block = max(1, _CELLS // max(corners, 1))
    parts = [np.empty(0)]
    for low in range(0, corners, block):
        walked = dijkstra(graph, directed=True, indices=np.arange(low, min(low + block, corners)), limit=limit_m)
        parts.append(np.isfinite(walked) @ amounts)
    return np.concatenate(parts)


def meet(network: WalkNetwork, field: Field, places: Attachments, count: int) -> Walks:
    """Give each of `count` places its nearest source: by the tail of its edge, by the head, or along one shared edge."""
    by_tail = places.leg + places.offset + field.metres[network.tail[places.edge]]
    by_head = places.leg + (network.length[places.edge] - places.offset) + field.metres[network.head[places.edge]]
    row, source_row, along = on_one_edge(places, field.sources)
    everything = np.arange(len(places))
    metres = np.concatenate([by_tail, by_head, along])
    rows = np.concatenate([everything, everything, row])
    side = np.repeat([_TAIL, _HEAD, _ALONG], [len(places), len(places), len(row)])
    via = np.concatenate([field.via[network.tail[places.edge]], field.via[network.head[places.edge]], source_row])
    whose, least = places.place[rows], np.full(count, np.inf)
    np.minimum.at(least, whose, metres)
    best = np.flatnonzero((metres == least[whose]) & np.isfinite(metres))
    best = best[np.lexsort((side[best], rows[best], whose[best]))]  # of equally short ones the first row
    chosen = best[_differs(whose[best])]
    of = whose[chosen]
    blank = np.full(count, -1, dtype=np.int64)
    result = Walks(np.full(count, np.inf), blank.copy(), blank.copy(), blank.copy(), blank.copy())
    result.metres[of], result.row[of], result.side[of], result.via[of] = metres[chosen], rows[chosen], side[chosen], via[chosen]
    result.source[of] = field.sources.place[via[chosen]]
    return result


def on_one_edge(places: Attachments, sources: Attachments) -> tuple[Ints, Ints, Floats]:
    """Pair the rows of places and sources that lie on the same edge: (place row, source row, metres straight along it)."""
    order, near = np.argsort(sources.edge, kind="stable"), np.flatnonzero(np.isin(places.edge, sources.edge))
    on = sources.edge[order]
    low, high = np.searchsorted(on, places.edge[near], "left"), np.searchsorted(on, places.edge[near], "right")
    count = high - low
    row = np.repeat(near, count)
    nth = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
    source = order[np.repeat(low, count) + nth]
    return row, source, places.leg[row] + sources.leg[source] + np.abs(places.offset[row] - sources.offset[source])


def nearest(network: WalkNetwork, sources: Attachments, places: Attachments, count: int, *, limit_m: float = np.inf) -> Walks:
    """Walk from each of `count` places to its nearest source; `inf` beyond `limit_m` or unreachable."""
    walks = meet(network, spread(network, sources, limit_m=limit_m), places, count)
    beyond = walks.metres > limit_m
    walks.metres[beyond] = np.inf
    for column in (walks.source, walks.row, walks.side, walks.via):
        column[beyond] = -1
    return walks


def route(network: WalkNetwork, field: Field, places: Attachments, walks: Walks, place: int) -> Floats:
    """Trace one place's walk over the network, from where it steps on to where its source steps off.

    Returns:
        (v, 2) vertices in walking order; the legs off the network are not in it. Empty where the place has no walk.
    """
    row, side, via = int(walks.row[place]), int(walks.side[place]), int(walks.via[place])
    if row < 0:
        return np.empty((0, 2))
    edge, offset = int(places.edge[row]), float(places.offset[row])
    if side == _ALONG:
        return stretch(network, edge, offset, float(field.sources.offset[via]))
    whole = float(network.length[edge])
    corner = int(network.tail[edge] if side == _TAIL else network.head[edge])
    pieces = [stretch(network, edge, offset, 0.0 if side == _TAIL else whole)]
    while (following := int(field.previous[corner])) >= 0:
        pieces.append(_between(network, corner, following))
        corner = following
    pieces.append(_last_stretch(network, field.sources, via, corner))
    return _without_repeats(np.concatenate(pieces))


def _last_stretch(network: WalkNetwork, sources: Attachments, via: int, corner: int) -> Floats:
    """From the last corner along the source's own edge; on a loop, whose two ends are one corner, the shorter way round."""
    edge, goal = int(sources.edge[via]), float(sources.offset[via])
    whole = float(network.length[edge])
    from_tail = network.tail[edge] == corner
    if network.tail[edge] == network.head[edge]:
        from_tail = 2 * goal <= whole
    return stretch(network, edge, 0.0 if from_tail else whole, goal)


def _between(network: WalkNetwork, corner: int, following: int) -> Floats:
    indptr, index, _, edges = network.neighbours
    ways = slice(indptr[corner], indptr[corner + 1])
    edge = int(edges[ways][np.flatnonzero(index[ways] == following)[0]])
    whole = float(network.length[edge])
    forward = network.tail[edge] == corner
    return stretch(network, edge, 0.0 if forward else whole, whole if forward else 0.0)


def stretch(network: WalkNetwork, edge: int, start: float, end: float) -> Floats:
    """(v, 2) the vertices of an edge from `start` to `end` metres along it, backwards where `end` < `start`."""
    xy = network.xy[network.first[edge] : network.first[edge + 1]]
    low, high = min(start, end), max(start, end)
    at = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(xy, axis=0).T))])
    if network.slow is not None:
        at = at * network.slow[edge]
    inner = xy[(at > low) & (at < high)]
    ends = np.column_stack([np.interp([low, high], at, xy[:, 0]), np.interp([low, high], at, xy[:, 1])])
    part = np.concatenate([ends[:1], inner, ends[1:]])
    return part if start <= end else part[::-1]


def _without_repeats(xy: Floats) -> Floats:
    keep: NDArray[np.bool_] = np.ones(len(xy), dtype=bool)
    keep[1:] = np.any(np.abs(np.diff(xy, axis=0)) > 1e-9, axis=1)
    return xy[keep]


def spread_to_another(network: WalkNetwork, field: Field, owner: Ints, *, limit_m: float = np.inf) -> tuple[Floats, Ints]:
    """Walk from every corner to the nearest source of another owner than the one `field` reached: the second nearest facility.

    The corners nearest to one owner hang together. What comes second there either stands in that cell, or comes in over its edge from a
    corner of the next cell, whose own nearest it then is; so one more search, inside the cells and begun at their edges, is exact.

    Args:
        field: the search from all sources together, as far as `limit_m` at least; `owner` (k,) who each source row belongs to, such as
            its facility.

    Returns:
        (n,) metres, `inf` where there is no other within the limit; (n,) the owner reached, -1 there.
    """
    corners = len(network.nodes)
    own = np.where(field.via >= 0, owner[field.via], -1) if len(owner) else np.full(corners, -1, dtype=np.int64)
    start, way = ways_of(network, np.flatnonzero(own >= 0))
    index, length = (column[way] for column in network.neighbours[1:3])
    ends, starts = (column.ravel() for column in _starts(network, field.sources))
    over, row = own[start] != own[index], np.repeat(np.arange(len(owner)), 2)
    direct = owner[row] != own[ends] if len(owner) else np.empty(0, dtype=bool)
    there = np.concatenate([index[over], ends[direct]])
    walked = np.concatenate([field.metres[start[over]] + length[over], starts[direct]])
    begun, best = _nearest_of(there, walked, np.full(len(walked), np.inf))
    if not len(begun):
        return np.full(corners, np.inf), np.full(corners, -1, dtype=np.int64)
    who = np.concatenate([own[start[over]], owner[row[direct]]])[best]
    inside = own[start] == own[index]
    ways = np.cumsum(np.bincount(start[inside], minlength=corners))
    graph = csr_array(
        (
            np.concatenate([length[inside], walked[best]]),
            np.concatenate([index[inside], begun]).astype(np.int32),
            np.concatenate([[0], ways, ways[-1] + np.arange(1, len(begun) + 1)]).astype(np.int32),
        ),
        shape=(corners + len(begun), corners + len(begun)),
    )
    metres, _, via = _min_only(graph, corners, corners, len(begun), limit_m)
    return metres, np.where(via >= 0, who[via], -1)


def walk_on(network: WalkNetwork, field: Field, rows: Ints, corners: Ints, *, limit_m: float = np.inf) -> Field:
    """Begin at source rows (k,) that `field` has not heeded yet, look on from `corners` (c,) too, and give the field then.

    In waves, each one edge beyond the corners that the last brought nearer: it costs what changes, not the whole network. Who is as
    near as before to `_SAME_M` stays as it was, so that a tie broken by rounding never parts a corner from the one it leads to.
    """
    metres, via, previous = field.metres.copy(), field.via.copy(), field.previous.copy()
    bar = np.minimum(field.metres - _SAME_M, np.nextafter(limit_m, np.inf))
    ends, starts = _starts(network, field.sources.take(rows))
    begun, best = _nearest_of(ends.ravel(), starts.ravel(), bar[ends.ravel()])
    metres[begun], via[begun], previous[begun] = starts.ravel()[best], rows[best // 2], -1
    wave, touched = np.union1d(begun, corners), np.zeros(len(metres), dtype=bool)
    while len(wave):
        start, way = ways_of(network, wave)
        index, length = network.neighbours[1:3]
        there, walked = index[way], metres[start] + length[way]
        wave, best = _nearest_of(there, walked, np.minimum(bar[there], metres[there]))
        metres[wave], previous[wave] = walked[best], start[best]
        touched[wave] = True
    return Field(field.sources, metres, _led_to(via, previous, np.flatnonzero(touched)), previous)


def _nearest_of(corners: Ints, metres: Floats, below: Floats) -> tuple[Ints, Ints]:
    """Of walks to `corners` (k,) the shortest of each that is less than `below` (k,): the corners, each once, and its row."""
    row = np.flatnonzero(metres < below)
    row = row[np.lexsort((metres[row], corners[row]))]
    corner = corners[row]
    first = np.flatnonzero(np.append(True, corner[1:] != corner[:-1])[: len(corner)])
    return corner[first], row[first]


def ways_of(network: WalkNetwork, corners: Ints) -> tuple[Ints, Ints]:
    """List the ways out of `corners` (k,): (w,) the corner each starts from and (w,) its row in `neighbours`."""
    indptr = network.neighbours[0]
    count = indptr[corners + 1] - indptr[corners]
    nth = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
    return np.repeat(corners, count), np.repeat(indptr[corners], count) + nth


def _led_to(via: Ints, previous: Ints, corners: Ints) -> Ints:
    """(n,) the source row of each corner, those of `corners` read anew where their way comes to one that is right, by doubling strides."""
    onward = np.arange(len(via))
    onward[corners] = np.where(previous[corners] >= 0, previous[corners], corners)
    while (onward[corners] != onward[onward[corners]]).any():
        onward[corners] = onward[onward[corners]]
    return via[onward]
