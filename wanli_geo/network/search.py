"""Distances and walks over the network. The only file that runs a shortest-path search."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from wanli_geo.network.graph import Floats, Ints, WalkNetwork
from wanli_geo.network.snap import Attachments

_TAIL, _HEAD, _ALONG = 0, 1, 2


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
    corners, rows = len(network.nodes), len(sources)
    if not rows or not corners:
        nowhere = np.full(corners, -1, dtype=np.int64)
        return Field(sources, np.full(corners, np.inf), nowhere, nowhere)
    indptr, index, metres, _ = network.neighbours
    ends = np.column_stack([network.tail[sources.edge], network.head[sources.edge]]).ravel()
    rest = network.length[sources.edge] - sources.offset
    starts = np.column_stack([sources.leg + sources.offset, sources.leg + rest]).ravel()
    graph = csr_array(
        (
            np.concatenate([metres, starts]),
            np.concatenate([index, ends]),
            np.concatenate([indptr, indptr[-1] + 2 * np.arange(1, rows + 1)]),
        ),
        shape=(corners + rows, corners + rows),
    )
    found, before, root = dijkstra(
        graph, directed=True, indices=np.arange(corners, corners + rows), limit=limit_m, min_only=True, return_predecessors=True
    )
    found, before, root = found[:corners], before[:corners].astype(np.int64), root[:corners].astype(np.int64)
    reached = np.isfinite(found)
    return Field(sources, found, np.where(reached, root - corners, -1), np.where(reached & (before < corners), before, -1))


def meet(network: WalkNetwork, field: Field, places: Attachments, count: int) -> Walks:
    """Give each of `count` places its nearest source: by the tail of its edge, by the head, or along one shared edge."""
    by_tail = places.leg + places.offset + field.metres[network.tail[places.edge]]
    by_head = places.leg + (network.length[places.edge] - places.offset) + field.metres[network.head[places.edge]]
    row, source_row, along = _on_one_edge(places, field.sources)
    everything = np.arange(len(places))
    metres = np.concatenate([by_tail, by_head, along])
    rows = np.concatenate([everything, everything, row])
    side = np.repeat([_TAIL, _HEAD, _ALONG], [len(places), len(places), len(row)])
    via = np.concatenate([field.via[network.tail[places.edge]], field.via[network.head[places.edge]], source_row])
    order = np.lexsort((side, rows, metres, places.place[rows]))
    place = places.place[rows[order]]
    best = np.ones(len(order), dtype=bool)
    best[1:] = place[1:] != place[:-1]
    best &= np.isfinite(metres[order])
    chosen, of = order[best], place[best]
    blank = np.full(count, -1, dtype=np.int64)
    result = Walks(np.full(count, np.inf), blank.copy(), blank.copy(), blank.copy(), blank.copy())
    result.metres[of], result.row[of], result.side[of], result.via[of] = metres[chosen], rows[chosen], side[chosen], via[chosen]
    result.source[of] = field.sources.place[via[chosen]]
    return result


def _on_one_edge(places: Attachments, sources: Attachments) -> tuple[Ints, Ints, Floats]:
    """Pair the rows of places and sources that lie on the same edge: (place row, source row, metres straight along it)."""
    order = np.argsort(sources.edge, kind="stable")
    on = sources.edge[order]
    low, high = np.searchsorted(on, places.edge, "left"), np.searchsorted(on, places.edge, "right")
    count = high - low
    row = np.repeat(np.arange(len(places)), count)
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
