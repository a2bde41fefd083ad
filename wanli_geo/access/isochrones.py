"""Where a walk of a given length comes to: the streets reached, cut inside the edge, and an area to draw them by."""

from __future__ import annotations

from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from wanli_geo.network.graph import Floats, WalkNetwork
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
    lines = [network.lines[whole]]
    cuts: list[Floats] = []
    for edge in np.flatnonzero(~whole & (left_tail > 0)):
        cuts.append(stretch(network, int(edge), 0.0, float(left_tail[edge])))
    for edge in np.flatnonzero(~whole & (left_head > 0)):
        length = float(network.length[edge])
        cuts.append(stretch(network, int(edge), length - float(left_head[edge]), length))
    cuts.extend(_around_sources(network, field, limit_m, whole))
    lines.append(np.array([shapely.linestrings(cut) for cut in cuts if len(cut) > 1], dtype=object))
    return np.concatenate(lines)


def _around_sources(network: WalkNetwork, field: Field, limit_m: float, whole: NDArray[np.bool_]) -> list[Floats]:
    """The stretch of its own edge to both sides of a source, where that edge is not walked whole."""
    sources = field.sources
    found = []
    for row in np.flatnonzero((sources.leg < limit_m) & ~whole[sources.edge]):
        edge, offset, left = int(sources.edge[row]), float(sources.offset[row]), limit_m - float(sources.leg[row])
        found.append(stretch(network, edge, max(0.0, offset - left), min(float(network.length[edge]), offset + left)))
    return found


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
