"""Where the catchments of several sources meet: the shortest walk between each two neighbours, from one search."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from wanli_geo.network.graph import Floats, Ints, WalkNetwork
from wanli_geo.network.search import Field, Walks, meet, route, spread, stretch
from wanli_geo.network.snap import Attachments

# The sides of `Walks`: by the tail of an edge, by its head.
_TAIL, _HEAD = 0, 1


@dataclass(frozen=True, eq=False)
class Meetings:
    """The shortest walk between each two places whose catchments touch, the shortest first.

    Attributes:
        one, other: (m,) the places, `one` < `other`, each pair once.
        metres: (m,) from one to the other, legs off the network included.
        near, far: (m,) the points on either side of where they meet, rows of `points`; `far` is −1 − s where it is source row s itself.
        points, walks: where the catchments were looked at, and the walk from there to the nearest source.
    """

    network: WalkNetwork
    field: Field
    one: Ints
    other: Ints
    metres: Floats
    near: Ints
    far: Ints
    points: Attachments
    walks: Walks

    def __len__(self) -> int:
        return len(self.metres)

    def walk(self, row: int) -> tuple[Floats, int, int]:
        """Trace a walk over the network: (v, 2) its vertices, at least two, and the source rows it begins and ends at."""
        near, far = int(self.near[row]), int(self.far[row])
        there = self._from_source(near)[::-1]
        if far < 0:
            return _as_line(there), int(self.walks.via[near]), -1 - far
        edge, low, high = int(self.points.edge[near]), float(self.points.offset[near]), float(self.points.offset[far])
        between = stretch(self.network, edge, low, high)
        return _as_line(np.concatenate([there, between, self._from_source(far)])), int(self.walks.via[near]), int(self.walks.via[far])

    def _from_source(self, point: int) -> Floats:
        """(v, 2) from a point to its source."""
        return route(self.network, self.field, self.points, self.walks, point)


def _as_line(xy: Floats) -> Floats:
    """Without repeats in a row, but of two vertices at least."""
    kept = xy[np.append(True, np.any(xy[1:] != xy[:-1], axis=1))]
    return np.concatenate([kept, kept]) if len(kept) == 1 else kept


def meetings(network: WalkNetwork, sources: Attachments, *, limit_m: float) -> Meetings:
    """Find the shortest walk between neighbouring places, up to `limit_m`: those whose catchments touch.

    Whoever can be joined by walks of at most some length at all can be so by these alone (Mehlhorn 1988, A faster approximation
    algorithm for the Steiner problem in graphs: the catchments hold a least spanning tree of all the distances).
    """
    field = spread(network, sources, limit_m=limit_m)
    points, walks = _looked_at(network, field)
    whose = walks.source
    order = np.lexsort((points.place, points.offset, points.edge))
    before, after = order[:-1], order[1:]
    along = points.edge[before] == points.edge[after]
    before, after = before[along], after[along]
    stepped = np.arange(len(sources)) + len(network.length)  # a source that is not itself the nearest of where it steps on
    near, far = np.concatenate([before, stepped]), np.concatenate([after, -1 - np.arange(len(sources))])
    one, other = np.concatenate([whose[before], whose[stepped]]), np.concatenate([whose[after], sources.place])
    metres = np.concatenate([
        walks.metres[before] + walks.metres[after] + points.offset[after] - points.offset[before], walks.metres[stepped] + sources.leg,
    ])
    keep = np.flatnonzero((one != other) & (one >= 0) & (other >= 0) & (metres <= limit_m))
    low, high = np.minimum(one, other)[keep], np.maximum(one, other)[keep]
    keep = keep[np.lexsort((metres[keep], high, low))]
    low, high = np.minimum(one, other)[keep], np.maximum(one, other)[keep]
    first = np.append(True, (low[1:] != low[:-1]) | (high[1:] != high[:-1]))[: len(keep)]
    keep = keep[first]
    keep = keep[np.argsort(metres[keep], kind="stable")]
    low, high = np.minimum(one, other)[keep], np.maximum(one, other)[keep]
    return Meetings(network, field, low, high, metres[keep], near[keep], far[keep], points, walks)


def _looked_at(network: WalkNetwork, field: Field) -> tuple[Attachments, Walks]:
    """The tail of every edge, where every source steps on, the head of every edge; and the walk from each to its nearest source."""
    edges, sources = len(network.length), field.sources
    every, none = np.arange(edges), np.zeros(edges)
    count = 2 * edges + len(sources)
    points = Attachments(
        place=np.arange(count),
        edge=np.concatenate([every, sources.edge, every]),
        offset=np.concatenate([none, sources.offset, network.length]),
        leg=np.zeros(count),
        gate=np.full(count, -1, dtype=np.int64),
    )
    stepped = meet(network, field, points.take(np.arange(edges, edges + len(sources))), count)
    on = np.arange(edges, edges + len(sources))
    via = np.concatenate([field.via[network.tail], stepped.via[on], field.via[network.head]])
    walks = Walks(
        metres=np.concatenate([field.metres[network.tail], stepped.metres[on], field.metres[network.head]]),
        source=np.append(sources.place, -1)[via],
        row=np.where(via >= 0, np.arange(count), -1),
        side=np.concatenate([np.full(edges, _TAIL), stepped.side[on], np.full(edges, _HEAD)]),
        via=via,
    )
    return points, walks
