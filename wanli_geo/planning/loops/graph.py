"""A network prepared for loops, once: only what lies on a simple loop, chains of corners that offer no choice drawn together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely
from scipy.sparse import csgraph, csr_array

from wanli_geo.network.graph import Floats, Ints, WalkNetwork
from wanli_geo.planning.loops.blocks import blocks
from wanli_geo.planning.loops.crossings import Corners, Flags, Kinds, corners_of, crossed

# A start this near to a corner stands on it.
AT_CORNER_M = 1e-6


@dataclass(frozen=True, eq=False)
class LoopGraph:
    """What loops are made of. An arc is a directed chain: 2 × chain, + 1 where it is walked backwards.

    Attributes:
        chains: a network whose edges are the chains and whose nodes are the corners where there is a choice.
        pleasant: (c,) pleasant metres of each chain.
        crossings: (2c,) roads crossed inside each arc.
        block: (c,) simple loops stay within one.
        indptr, following, turns: CSR by arc: the arcs that may follow, and the roads crossed in going over to them.
        chain, before, flipped: (e,) of every edge of the network its chain (-1: on no loop), the metres of the chain before it, and
            whether the chain runs against it.
        steps: the directed edges of each chain.
    """

    network: WalkNetwork
    corners: Corners
    pleasant_by_edge: Floats
    chains: WalkNetwork
    pleasant: Floats
    crossings: Ints
    block: Ints
    indptr: Ints
    following: Ints
    turns: Ints
    chain: Ints
    before: Floats
    flipped: Flags
    steps: tuple[Ints, ...]

    @cached_property
    def passes(self) -> Ints:
        """(k, 2) chains that meet on the map where they have no corner in common: one passes over the other, or both run along one line."""
        chains = self.chains
        one, other = shapely.STRtree(chains.lines).query(chains.lines, predicate="intersects")
        one, other = one[one < other], other[one < other]
        tail, head = chains.tail[other], chains.head[other]
        at_tail, at_head = (np.any([chains.tail[one] == end, chains.head[one] == end], axis=0) for end in (tail, head))
        common = at_tail.astype(int) + (at_head & (tail != head))
        met = shapely.intersection(chains.lines[one], chains.lines[other])
        passed = (shapely.get_dimensions(met) > 0) | (shapely.get_num_coordinates(met) > common)
        return np.column_stack([one, other])[passed].astype(np.int64)

    @cached_property
    def simple(self) -> Flags:
        """(c,) chains that do not cross themselves on the map."""
        return np.asarray(shapely.is_simple(self.chains.lines))

    def on_chain(self, edge: int, offset: float) -> tuple[int, float]:
        """The chain and the metres along it of a place on an edge; chain -1 where no loop passes."""
        along = self.network.length[edge] - offset if self.flipped[edge] else offset
        return int(self.chain[edge]), float(self.before[edge] + along)


def prepared(network: WalkNetwork, pleasantness: Floats, kinds: Kinds, allowed: Flags | None = None) -> LoopGraph:
    """Prepare a network for loops.

    Args:
        pleasantness: (e,) 0 to 1 of each metre of an edge.
        allowed: (e,) edges a loop may use; all where left out.
    """
    usable = np.flatnonzero(np.ones(len(network.length), dtype=bool) if allowed is None else allowed)
    label = blocks(network.tail[usable], network.head[usable], len(network.nodes))
    alone = np.bincount(label, minlength=1)[label] == 1 if len(label) else np.zeros(0, dtype=bool)
    looped = ~alone | (network.tail[usable] == network.head[usable])
    core, label = usable[looped], label[looped]
    block_of = np.full(len(network.length), -1, dtype=np.int64)
    block_of[core] = label
    pieces = _pieces(network, core)
    return _graph(network, corners_of(network, kinds), network.length * pleasantness, pieces, block_of)


def _pieces(network: WalkNetwork, core: Ints) -> list[Ints]:
    """The chains of the core as directed edges, in an order and direction that do not depend on the order of the rows."""
    ends = np.concatenate([network.tail[core], network.head[core]])
    degree = np.bincount(ends, minlength=len(network.nodes))
    rank = np.empty(len(network.nodes), dtype=np.int64)
    rank[np.lexsort(np.rint(network.nodes * 1000).T)] = np.arange(len(network.nodes))
    stop = degree > 2
    stop[_of_rings(network, core, stop, rank)] = True
    out: dict[int, list[int]] = {}
    for edge in core.tolist():
        out.setdefault(int(network.tail[edge]), []).append(2 * edge)
        out.setdefault(int(network.head[edge]), []).append(2 * edge + 1)
    reached = np.column_stack([network.head, network.tail]).ravel()
    used, found = set[int](), []
    for corner in np.flatnonzero(stop).tolist():
        for first in out.get(corner, []):
            if first not in used:
                piece = _followed(first, out, reached, stop)
                used.update([*piece, *(step ^ 1 for step in piece)])
                found.append(np.array(piece, dtype=np.int64))
    return sorted((_canonical(network, piece, rank, reached) for piece in found), key=lambda piece: _key(network, piece, rank, reached))


def _of_rings(network: WalkNetwork, core: Ints, stop: Flags, rank: Ints) -> Ints:
    """One corner of every ring that meets nothing else, so that it too is a chain."""
    count = len(network.nodes)
    joined = csr_array((np.ones(len(core)), (network.tail[core], network.head[core])), shape=(count, count))
    _, part = csgraph.connected_components(joined, directed=False)
    bare = np.setdiff1d(network.tail[core], np.flatnonzero(np.isin(part, part[stop])))
    bare = bare[np.argsort(rank[bare])]
    return bare[np.unique(part[bare], return_index=True)[1]]


def _followed(first: int, out: dict[int, list[int]], reached: Ints, stop: Flags) -> list[int]:
    piece = [first]
    while not stop[corner := int(reached[piece[-1]])]:
        piece.append(next(way for way in out[corner] if way != piece[-1] ^ 1))
    return piece


def _key(network: WalkNetwork, piece: Ints, rank: Ints, reached: Ints) -> tuple[float, ...]:
    (east, north), last = drawn(network, piece[:1])[1], reached[piece[-1]]
    return float(rank[reached[piece[0] ^ 1]]), float(rank[last]), float(np.rint(east * 1000)), float(np.rint(north * 1000))


def _canonical(network: WalkNetwork, piece: Ints, rank: Ints, reached: Ints) -> Ints:
    back = piece[::-1] ^ 1
    return min(piece, back, key=lambda way: _key(network, way, rank, reached))


def drawn(network: WalkNetwork, steps: Sequence[int] | Ints) -> Floats:
    """(v, 2) the vertices of directed edges one after the other."""
    parts: list[Floats] = []
    for step in steps:
        xy = network.xy[network.first[step >> 1] : network.first[(step >> 1) + 1]]
        xy = xy[::-1] if step & 1 else xy
        parts.append(xy[1:] if parts else xy)
    return np.concatenate(parts)


def _graph(network: WalkNetwork, corners: Corners, pleasant: Floats, pieces: list[Ints], block_of: Ints) -> LoopGraph:
    leaves = np.column_stack([network.tail, network.head]).ravel()
    chain, before = np.full(len(network.length), -1, dtype=np.int64), np.zeros(len(network.length))
    flipped = np.zeros(len(network.length), dtype=bool)
    crossings = np.zeros(2 * len(pieces), dtype=np.int64)
    for number, piece in enumerate(pieces):
        edge = piece >> 1
        chain[edge], flipped[edge] = number, (piece & 1).astype(bool)
        before[edge] = np.cumsum(network.length[edge]) - network.length[edge]
        for way, steps in enumerate((piece, piece[::-1] ^ 1)):
            crossings[2 * number + way] = crossed(corners, steps[:-1], steps[1:]).sum()
    lines = [drawn(network, piece) for piece in pieces]
    starts = leaves[[piece[0] for piece in pieces]] if pieces else np.empty(0, dtype=np.int64)
    ends = leaves[[piece[-1] ^ 1 for piece in pieces]] if pieces else np.empty(0, dtype=np.int64)
    old, place = np.unique(np.concatenate([starts, ends]), return_inverse=True)
    tail, head = place[: len(pieces)], place[len(pieces) :]
    chains = WalkNetwork(
        network.nodes[old], tail, head, np.array([network.length[piece >> 1].sum() for piece in pieces]),
        np.concatenate([np.empty((0, 2)), *lines]), np.concatenate([[0], np.cumsum([len(line) for line in lines])]).astype(np.int64),
        np.arange(len(pieces)),
    )
    indptr, following, turns = _turns(corners, pieces, tail, head)
    return LoopGraph(
        network, corners, pleasant, chains, np.array([pleasant[piece >> 1].sum() for piece in pieces]), crossings,
        np.array([block_of[piece[0] >> 1] for piece in pieces], dtype=np.int64), indptr, following, turns, chain, before, flipped, tuple(pieces),
    )


def _turns(corners: Corners, pieces: list[Ints], tail: Ints, head: Ints) -> tuple[Ints, Ints, Ints]:
    """The arcs that may follow each arc, never itself turned round, in order, with the roads crossed between."""
    reached, leaves = np.column_stack([head, tail]).ravel(), np.column_stack([tail, head]).ravel()
    order = np.argsort(leaves, kind="stable")
    bounds = np.searchsorted(leaves[order], [reached, reached + 1])
    count = bounds[1] - bounds[0]
    come = np.repeat(np.arange(len(reached)), count)
    go = order[np.repeat(bounds[0], count) + np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)]
    kept = go != come ^ 1
    come, go = come[kept], go[kept]
    first = np.array([step for piece in pieces for step in (piece[0], piece[-1] ^ 1)], dtype=np.int64)
    last = np.array([step for piece in pieces for step in (piece[-1], piece[0] ^ 1)], dtype=np.int64)
    indptr = np.concatenate([[0], np.cumsum(np.bincount(come, minlength=len(reached)))]).astype(np.int64)
    return indptr, go, crossed(corners, last[come], first[go])
