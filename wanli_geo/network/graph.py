"""Streets become a graph of corners and edges. The only file that decides where two streets are joined."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.sparse import csgraph, csr_array

from wanli_geo.network import kernels
from wanli_geo.network.grid import Grid, grid_of

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

# Two vertices are one corner when they agree to a millimetre: far below the 1 cm of GeoJSON's 7 decimals, far above float noise.
CORNER_MM = 1000.0


@dataclass(frozen=True, eq=False)
class WalkNetwork:
    """Streets one may walk, cut at their corners; metric coordinates.

    Attributes:
        nodes: (n, 2) corners.
        tail, head: (e,) corner at each end of an edge; equal for a loop.
        length: (e,) metres along the edge, > 0.
        xy: (v, 2) vertices of all edges, one edge after the other; `first` (e + 1,) says where each begins.
        street: (e,) row of the street, in the order given to `build_network`.
        slow: (e,) how often `length` is longer than the line, in a network in time (pace.py); None where it is the line's own.
        ends_only: (e,) footbridges and underpasses, which one steps on at their ends, never from beside; None where there are none.
    """

    nodes: Floats
    tail: Ints
    head: Ints
    length: Floats
    xy: Floats
    first: Ints
    street: Ints
    slow: Floats | None = None
    ends_only: NDArray[np.bool_] | None = None

    @cached_property
    def lines(self) -> NDArray[Any]:
        """(e,) the edges as LineStrings, from tail to head."""
        if not len(self.length):
            return np.empty(0, dtype=object)
        owner = np.repeat(np.arange(len(self.length)), np.diff(self.first))
        return np.asarray(shapely.linestrings(self.xy, indices=owner))

    @cached_property
    def tree(self) -> shapely.STRtree:
        """All edges, to look near a place."""
        return shapely.STRtree(self.lines)

    @cached_property
    def component(self) -> Ints:
        """(e,) which connected part each edge belongs to, numbered from 0 by total length, longest first."""
        if not len(self.length):
            return np.empty(0, dtype=np.int64)
        count = len(self.nodes)
        joined = csr_array((np.ones(len(self.tail)), (self.tail, self.head)), shape=(count, count))
        _, label = csgraph.connected_components(joined, directed=False)
        of_edge = label[self.tail]
        rank = np.argsort(np.argsort(-np.bincount(of_edge, self.length, label.max() + 1), kind="stable"))
        return rank[of_edge].astype(np.int64)

    @cached_property
    def footing(self) -> Ints:
        """(e,) the connected part of each edge that a place beside it may step on; -1 where none may."""
        return self.component if self.ends_only is None else np.where(self.ends_only, -1, self.component)

    @cached_property
    def mainland(self) -> tuple[Ints, shapely.STRtree]:
        """The edges of the longest connected part, and a tree of their lines to look near a place."""
        edges = np.flatnonzero(self.footing == 0)
        return edges, shapely.STRtree(self.lines[edges])

    @cached_property
    def neighbours(self) -> tuple[Ints, Ints, Floats, Ints]:
        """Each corner's ways out, as CSR: `indptr` (n + 1,), the corner reached, the metres, the edge walked.

        Of parallel edges only the shortest is kept, and loops lead nowhere: neither changes a shortest walk between corners.
        """
        way, edge = self.ways
        first = np.flatnonzero(np.append(True, way[1:] != way[:-1])) if len(way) else np.empty(0, dtype=np.int64)
        if len(first) < len(way):
            shortest = np.repeat(np.minimum.reduceat(self.length[edge], first), np.diff(np.append(first, len(way))))
            edge = np.minimum.reduceat(np.where(self.length[edge] == shortest, edge, len(self.tail)), first)
        start, end = np.divmod(way[first], max(len(self.nodes), 1))
        indptr = np.concatenate([[0], np.cumsum(np.bincount(start, minlength=len(self.nodes)))])
        return indptr.astype(np.int64), end, self.length[edge], edge

    @cached_property
    def ways(self) -> tuple[Ints, Ints]:
        """Both ways of every edge but loops, in order: (m,) the corner left times all corners, plus the corner reached; (m,) the edge."""
        real = np.flatnonzero(self.tail != self.head)
        start = np.concatenate([self.tail[real], self.head[real]])
        end = np.concatenate([self.head[real], self.tail[real]])
        way = start * len(self.nodes) + end
        order = np.argsort(way, kind="stable")
        return way[order], np.concatenate([real, real])[order]

    @cached_property
    def curve(self) -> kernels.Curve:
        """The same ways out in the order the compiled kernels walk them; for these alone, and only where numba is installed."""
        return kernels.curve(self.nodes, self.tail, self.head, self.length)

    @cached_property
    def grid(self) -> Grid:
        """The edges of the longest connected part by the cells they pass; likewise only where numba is installed."""
        return grid_of(self.xy, self.first, np.flatnonzero(self.footing == 0))

    @cached_property
    def islands_grid(self) -> Grid:
        """The same of all other parts together; asked for only where there are any."""
        return grid_of(self.xy, self.first, np.flatnonzero(self.footing > 0))


def build_network(streets: NDArray[Any]) -> WalkNetwork:
    """Cut streets at their corners.

    A corner is an end of a street, or a vertex that two streets (or one street twice) share. Streets that cross without a common
    vertex do not meet: that is how a bridge passes over a road. Stretches without length are left out.

    Args:
        streets: (s,) LineStrings or MultiLineStrings in metric coordinates.
    """
    parts, street_of_part = shapely.get_parts(streets, return_index=True)
    xy, part = shapely.get_coordinates(parts, return_index=True)
    return network_of(xy, part, street_of_part)


def network_of(xy: Floats, part: Ints, street_of_part: Ints) -> WalkNetwork:
    """Cut streets at their corners, as `build_network` does, from vertices alone: no geometry need be made of them first.

    Args:
        xy: (v, 2) vertices of all lines, one line after the other, in metric coordinates.
        part: (v,) the line of each vertex, ascending.
        street_of_part: the street of each line.
    """
    if not len(xy):
        none, nowhere = np.empty(0, dtype=np.int64), np.empty((0, 2))
        return WalkNetwork(nowhere, none, none, np.empty(0), nowhere, np.zeros(1, dtype=np.int64), none)

    keys = np.rint(xy * CORNER_MM).astype(np.int64)
    place = _numbered(keys)
    is_corner = np.bincount(place)[place] > 1
    is_corner[0] = is_corner[-1] = True
    border = np.flatnonzero(part[1:] != part[:-1])
    is_corner[border] = is_corner[border + 1] = True

    corner = np.flatnonzero(is_corner)
    same_part = part[corner[1:]] == part[corner[:-1]]
    begin, end = corner[:-1][same_part], corner[1:][same_part]
    step = np.hypot(*np.diff(xy, axis=0).T)
    step[border] = 0.0  # from one line to the next nobody walks
    return _assembled(xy, place, begin, end, np.add.reduceat(step, begin) if len(begin) else np.empty(0), street_of_part[part[begin]])


def _numbered(keys: Ints) -> Ints:
    """Number equal rows alike, in order of first appearance being irrelevant: only equality counts."""
    low, high = keys.min(axis=0), keys.max(axis=0)
    wide, tall = (int(last) - int(start) + 1 for start, last in zip(low, high, strict=True))
    if wide * tall < 2**63:  # one number a row: sorted ten times as fast
        numbered: Ints = np.unique((keys[:, 0] - low[0]) * tall + (keys[:, 1] - low[1]), return_inverse=True)[1]
        return numbered
    order = np.lexsort((keys[:, 1], keys[:, 0]))
    new = np.ones(len(keys), dtype=np.int64)
    new[1:] = np.any(keys[order[1:]] != keys[order[:-1]], axis=1)
    number = np.empty(len(keys), dtype=np.int64)
    number[order] = np.cumsum(new) - 1
    return number


def _assembled(xy: Floats, place: Ints, begin: Ints, end: Ints, length: Floats, street: Ints) -> WalkNetwork:
    """Gather the vertices of the edges that run from vertex `begin` to vertex `end` of `xy`, renumber the corners."""
    keep = length > 0
    begin, end, street = begin[keep], end[keep], street[keep]
    size = end - begin + 1
    first = np.concatenate([[0], np.cumsum(size)]).astype(np.int64)
    vertex = np.arange(first[-1]) - np.repeat(first[:-1] - begin, size)
    used = np.zeros(len(xy), dtype=bool)
    used[place[begin]] = used[place[end]] = True
    number = np.cumsum(used) - 1
    tail, head = number[place[begin]], number[place[end]]
    nodes = np.empty((int(used.sum()), 2))
    nodes[tail], nodes[head] = xy[begin], xy[end]
    return WalkNetwork(nodes, tail, head, length[keep], xy[vertex], first, street.astype(np.int64))
