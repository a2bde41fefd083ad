"""Where a walk of a given length comes to: the streets reached, cut inside the edge, and an area to draw them by."""

from __future__ import annotations

from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from wanli_geo.network.graph import Floats, Ints, WalkNetwork
from wanli_geo.network.search import Field, stretch

# The area drawn: everything within 30 m of a street reached, and of what lies between streets no farther than 120 m apart.
# It is for the eye only; people are counted by their walk, never by the area.
BESIDE_M = 30.0
BRIDGE_M = 60.0


def reached(network: WalkNetwork, field: Field, limit_m: float) -> NDArray[Any]:
    """Give the stretches of street within `limit_m` of the field's sources, as LineStrings, each cut where the walk ends."""
    left_tail = np.clip(limit_m - field.metres[network.tail], 0.0, network.length)
    left_head = np.clip(limit_m - field.metres[network.head], 0.0, network.length)
    whole = left_tail + left_head >= network.length
    edge, low, high = _cut(network, field, limit_m, left_tail, left_head, np.flatnonzero(~whole))
    cuts = [stretch(network, *part) for part in zip(edge.tolist(), low.tolist(), high.tolist(), strict=True)]
    return np.concatenate([network.lines[whole], np.array([shapely.linestrings(cut) for cut in cuts if len(cut) > 1], dtype=object)])


def _cut(
    network: WalkNetwork, field: Field, limit_m: float, left_tail: Floats, left_head: Floats, edges: Ints
) -> tuple[Ints, Floats, Floats]:
    """The parts reached of edges not walked whole, from either end and around the sources on them: each metre once."""
    sources = field.sources
    row = np.flatnonzero((sources.leg < limit_m) & np.isin(sources.edge, edges))
    left, length = limit_m - sources.leg[row], network.length
    edge = np.concatenate([edges, edges, sources.edge[row]])
    low = np.concatenate([np.zeros(len(edges)), length[edges] - left_head[edges], np.maximum(sources.offset[row] - left, 0.0)])
    high = np.concatenate([left_tail[edges], length[edges], np.minimum(sources.offset[row] + left, length[sources.edge[row]])])
    order = np.lexsort((high, low, edge))
    order = order[high[order] > low[order]]
    edge, low, high = edge[order], low[order], high[order]
    # Parts of one edge that touch are one: a part begins anew where it starts beyond all that came before on its edge.
    start = np.searchsorted(edge, edge)
    furthest = _running_most(high, start)
    anew = np.ones(len(edge), dtype=bool)
    anew[1:] = (edge[1:] != edge[:-1]) | (low[1:] > furthest[:-1])
    first = np.flatnonzero(anew)
    last = np.append(first[1:], len(edge)) - 1
    return edge[first], low[first], furthest[last] if len(first) else high


def _running_most(value: Floats, start: Ints) -> Floats:
    """(n,) the greatest value so far in each run; `start` (n,) says where the run of each begins."""
    most = value.copy()
    for row in np.flatnonzero(start < np.arange(len(value))):
        most[row] = max(most[row], most[row - 1])
    return most


def areas(reaches: list[NDArray[Any]], water: NDArray[Any]) -> list[shapely.Geometry]:
    """Draw one area a band around the streets reached, water left out; each contains the one before.

    Args:
        reaches: the streets reached, one array a band, shortest walk first.
        water: polygons not to be filled.
    """
    wet = shapely.union_all(water) if len(water) else None
    drawn: list[shapely.Geometry] = []
    for lines in reaches:
        area = _around(lines)
        if wet is not None:
            area = _dry(area, wet, lines)
        if drawn:
            area = shapely.union(area, drawn[-1])
        drawn.append(area)
    return drawn


def _around(lines: NDArray[Any]) -> shapely.Geometry:
    if not len(lines):
        return shapely.Polygon()
    # Street by street, then united: one buffer of a dense net at once is hundreds of times slower.
    wide = shapely.union_all(shapely.buffer(lines, BESIDE_M + BRIDGE_M, quad_segs=3))
    return shapely.buffer(wide, -BRIDGE_M, quad_segs=3)


def _dry(area: shapely.Geometry, wet: shapely.Geometry, lines: NDArray[Any]) -> shapely.Geometry:
    """Take the water out, and the slivers of the far bank that no reached street touches."""
    parts = shapely.get_parts(shapely.difference(area, wet))
    shapely.prepare(parts)
    net = shapely.multilinestrings(lines)
    touched = parts[shapely.intersects(parts, net)]
    return shapely.union_all(touched) if len(touched) else shapely.Polygon()
