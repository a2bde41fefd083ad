"""Where street lines meet or nearly meet without a vertex in common: for the check, which tells of it and mends nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from scipy.spatial import cKDTree

NEAR_MISS_M = 2.0
SAME_VERTEX_M = 0.05  # how near a crossing must be to the vertex that stands for it
_CLOSE_M = 5.0  # an end connected with a street this near is not said to miss it

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


def pairs(shapes: npt.NDArray[np.object_]) -> npt.NDArray[np.int64]:
    """(n, 2) places of shapes that meet, each pair once, in order."""
    one, other = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    met = np.column_stack([one, other])[one < other]
    return met[np.lexsort((met[:, 1], met[:, 0]))]


@dataclass(frozen=True)
class Streets:
    """Street lines with their vertices numbered: vertices that agree to a millimetre have one number.

    Attributes:
        lines: (n,) metric lines.
        xy: (k, 2) the vertices.
        uses: sorted codes street × k + vertex, one for every vertex that a street has.
    """

    lines: npt.NDArray[np.object_]
    xy: npt.NDArray[np.float64]
    uses: Ints

    @classmethod
    def of(cls, lines: npt.NDArray[np.object_]) -> Streets:
        xy, owner = shapely.get_coordinates(lines, return_index=True)
        mm, vertex = np.unique(np.round(xy * 1000).astype(np.int64), axis=0, return_inverse=True)
        return cls(lines, mm / 1000, np.unique(owner.astype(np.int64) * len(mm) + vertex.ravel()))

    def has(self, street: Ints, vertex: Ints) -> Bools:
        code = street * len(self.xy) + vertex
        return self.uses[np.searchsorted(self.uses, code).clip(max=len(self.uses) - 1)] == code

    def unjoined(self, can_meet: Callable[[Ints, Ints], Bools]) -> Iterator[tuple[int, int, Any]]:
        """Pairs of streets that meet where one of them has no vertex, or not the other's: (street, street, the first such place)."""
        met = pairs(self.lines)
        met = met[can_meet(met[:, 0], met[:, 1])]
        meeting, pair = shapely.get_coordinates(shapely.intersection(self.lines[met[:, 0]], self.lines[met[:, 1]]), return_index=True)
        if not len(pair):
            return
        off_m, vertex = cKDTree(self.xy).query(meeting)
        joined = (off_m < SAME_VERTEX_M) & self.has(met[pair, 0], vertex) & self.has(met[pair, 1], vertex)
        _, first = np.unique(pair[~joined], return_index=True)
        for at in np.flatnonzero(~joined)[first]:
            yield int(met[pair[at], 0]), int(met[pair[at], 1]), meeting[at]

    def near_misses(self, can_meet: Callable[[Ints, Ints], Bools]) -> Iterator[tuple[int, int, Any, float]]:
        """Dead ends that stop short of another street: (street, the nearest other, the end, metres between)."""
        parts, owner = shapely.get_parts(self.lines, return_index=True)
        open_lines = ~shapely.is_closed(parts)
        parts, owner = parts[open_lines], owner[open_lines]
        ends = np.concatenate([shapely.get_coordinates(shapely.get_point(parts, at)) for at in (0, -1)])
        street = np.tile(owner, 2).astype(np.int64)
        vertices = cKDTree(self.xy)
        vertex = vertices.query(ends)[1]
        dead = np.bincount(self.uses % len(self.xy), minlength=len(self.xy))[vertex] == 1
        ends, street, vertex = ends[dead], street[dead], vertex[dead]
        points = shapely.points(ends)
        end, other = shapely.STRtree(self.lines).query(points, predicate="dwithin", distance=NEAR_MISS_M)
        mine = (street[end] != other) & can_meet(street[end], other)
        end, other = end[mine], other[mine]
        close = [self._share(vertices.query_ball_point(ends[one], _CLOSE_M), street[one], two) for one, two in zip(end, other, strict=True)]
        end, other = end[~np.array(close, dtype=bool)], other[~np.array(close, dtype=bool)]
        metres = shapely.distance(points[end], self.lines[other])
        order = np.lexsort((other, metres, end))
        end, other, metres = end[order], other[order], metres[order]
        for at in np.unique(end, return_index=True)[1]:
            yield int(street[end[at]]), int(other[at]), ends[end[at]], float(metres[at])

    def _share(self, vertices: list[int], one: np.int64, other: np.int64) -> bool:
        """Tell whether two streets share one of these vertices."""
        near = np.array(vertices, dtype=np.int64)
        return bool((self.has(np.full(len(near), one), near) & self.has(np.full(len(near), other), near)).any())
