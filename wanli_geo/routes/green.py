"""Walks in the green: the stretches of a network that lie in it, the greens they join into clusters, and how connected these are."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import shapely
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from wanli_geo.network.graph import Floats, Ints, WalkNetwork
from wanli_geo.network.search import stretch
from wanli_geo.network.snap import Attachments, together
from wanli_geo.routes.line import Shapes
from wanli_geo.routes.meetings import meetings

# A stretch shorter than the centimetre of coordinates at rest is none.
_NONE_M = 0.01


@dataclass(frozen=True, eq=False)
class GreenWalks:
    """Stretches of edges in the green; metric.

    Attributes:
        edge, start, end: (s,) from and to which metre of which edge; no two of one edge touch.
        walk: (s,) which walk each belongs to: stretches that meet at corners are one.
    """

    network: WalkNetwork
    edge: Ints
    start: Floats
    end: Floats
    walk: Ints

    @property
    def count(self) -> int:
        return int(self.walk.max(initial=-1)) + 1

    @property
    def metres(self) -> Floats:
        """(walks,) how long each walk is, all its ways together."""
        return np.bincount(self.walk, self.end - self.start, minlength=self.count).astype(np.float64)

    @property
    def ends(self) -> Attachments:
        """Both ends of every stretch, as places on the network; the place is the walk."""
        rows = np.repeat(np.arange(len(self.edge)), 2)
        offset = np.column_stack([self.start, self.end]).ravel()
        return Attachments(self.walk[rows], self.edge[rows], offset, np.zeros(len(rows)), np.full(len(rows), -1, dtype=np.int64))

    def shape(self, walk: int) -> shapely.MultiLineString:
        """A walk as drawn."""
        own = np.flatnonzero(self.walk == walk)
        lines = [stretch(self.network, int(self.edge[row]), float(self.start[row]), float(self.end[row])) for row in own]
        return shapely.multilinestrings([shapely.linestrings(xy) for xy in lines])


def green_walks(network: WalkNetwork, zone: shapely.Geometry) -> GreenWalks:
    """Find the stretches of a network inside an area, exactly where its edges cross the outline, and join those that meet."""
    edge, low, high = _pieces(network, zone)
    middle = shapely.line_interpolate_point(network.lines[edge], (low + high) / 2)
    inside = shapely.intersects(zone, middle) & (high - low > _NONE_M)
    edge, low, high = edge[inside], low[inside], high[inside]
    goes_on = (edge[1:] == edge[:-1]) & (low[1:] - high[:-1] <= _NONE_M)
    first = np.flatnonzero(np.append(True, ~goes_on)[: len(edge)])
    last = np.append(first[1:], len(edge))[: len(first)] - 1
    edge, start, end = edge[first], low[first], high[last]
    return GreenWalks(network, edge, start, end, _meeting_at_corners(network, edge, start, end))


def _pieces(network: WalkNetwork, zone: shapely.Geometry) -> tuple[Ints, Floats, Floats]:
    """The edges that touch an area, cut wherever they cross its outline: edge, from, to; in order."""
    near = np.sort(network.tree.query(zone, predicate="intersects"))
    met, own = shapely.get_coordinates(shapely.intersection(network.lines[near], shapely.boundary(zone)), return_index=True)
    cut = shapely.line_locate_point(network.lines[near[own]], shapely.points(met))
    edge = np.concatenate([near, near[own], near])
    at = np.concatenate([np.zeros(len(near)), cut, network.length[near]])
    order = np.lexsort((at, edge))
    edge, at = edge[order], at[order]
    same = np.flatnonzero(edge[1:] == edge[:-1])
    return edge[same], at[same], at[same + 1]


def _meeting_at_corners(network: WalkNetwork, edge: Ints, start: Floats, end: Floats) -> Ints:
    """(s,) which walk each stretch belongs to, numbered from 0."""
    from_tail, to_head = start <= _NONE_M, end >= network.length[edge] - _NONE_M
    row = np.concatenate([np.flatnonzero(from_tail), np.flatnonzero(to_head)])
    corner = np.concatenate([network.tail[edge[from_tail]], network.head[edge[to_head]]])
    return grouped(len(edge) + len(network.nodes), row, len(edge) + corner)[: len(edge)]


def grouped(count: int, one: Ints, other: Ints) -> Ints:
    """(count,) which group each belongs to where `one` and `other` (k,) are joined, numbered by their first members."""
    if not count:
        return np.empty(0, dtype=np.int64)
    label = connected_components(coo_array((np.ones(len(one)), (one, other)), shape=(count, count)), directed=False)[1]
    firsts = np.unique(label, return_index=True)[1]
    return np.argsort(np.argsort(firsts))[label].astype(np.int64)


@dataclass(frozen=True, eq=False)
class Clusters:
    """Greens joined by walks in the green.

    Attributes:
        of_patch: (p,) the cluster of each patch, numbered from 0 by area, the largest first.
        of_walk: (w,) the cluster of each walk in the green; -1 where it leads to no patch.
        area_m2: (c,) of each cluster.
    """

    of_patch: Ints
    of_walk: Ints
    area_m2: Floats


def clusters(walks: GreenWalks, doors: Attachments, area_m2: Floats, touching: tuple[Ints, Ints], *, gap_m: float) -> Clusters:
    """Join the patches whose entrances are joined by walks in the green, with no more than `gap_m` out of it at a time.

    Args:
        doors: where the entrances step onto the network; the place is the patch, whose inside joins its entrances.
        area_m2: (p,) of each patch.
        touching: pairs of patches that share ground or an edge, and so are one anyway.
    """
    patches = len(area_m2)
    sources = together(doors, replace(walks.ends, place=walks.ends.place + patches))
    near = meetings(walks.network, sources, limit_m=gap_m)
    group = grouped(patches + walks.count, np.concatenate([near.one, touching[0]]), np.concatenate([near.other, touching[1]]))
    area = np.bincount(group[:patches], area_m2, minlength=int(group.max(initial=-1)) + 1).astype(np.float64)
    held = np.unique(group[:patches])
    held = held[np.argsort(-area[held], kind="stable")]
    rank = np.full(len(area), -1, dtype=np.int64)
    rank[held] = np.arange(len(held))
    return Clusters(rank[group[:patches]], rank[group[patches:]], area[held])


def connected_m2(area_m2: Floats) -> float:
    """The equivalent connected area of clusters (c,): one green as large would be as connected, √Σ a_i a_j over the joined pairs.

    Saura, Estreguil, Mouton and Rodríguez-Freire 2011, Ecological Indicators 11: 407–416, with the binary links of the integral index of
    connectivity (Pascual-Hortal and Saura 2006): patches of one cluster are joined for certain, however many links lie between.
    """
    return float(np.sqrt((area_m2**2).sum()))


def connected_gain_m2(area_m2: Floats, one: Ints, other: Ints) -> Floats:
    """(k,) by how much the equivalent connected area grows when two clusters become one."""
    return np.asarray(np.sqrt((area_m2**2).sum() + 2 * area_m2[one] * area_m2[other]) - connected_m2(area_m2))


def own_ground(shapes: Shapes) -> tuple[Floats, tuple[Ints, Ints]]:
    """Give each area the ground no larger one holds, so that every square metre counts once: (p,) m²; and the pairs that touch."""
    area = shapely.area(shapes)
    one, other = shapely.STRtree(shapes).query(shapes, predicate="intersects") if len(shapes) else np.empty((2, 0), dtype=np.int64)
    smaller = (area[one] < area[other]) | ((area[one] == area[other]) & (one > other))
    one, other = one[smaller], other[smaller]
    own = area.copy()
    for row in np.unique(one):
        larger = shapely.union_all(shapes[other[one == row]])
        own[row] = shapely.area(shapely.difference(shapes[row], larger))
    return own, (one.astype(np.int64), other.astype(np.int64))
