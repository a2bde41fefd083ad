"""Every place of the streets from which one is at a stretch of bank: exact, whatever the stretch's samples."""

from __future__ import annotations

import numpy as np
import shapely

from wanli_geo.network.graph import Floats, Ints, WalkNetwork
from wanli_geo.network.snap import Attachments
from wanli_geo.routes.line import Route, Shapes

# A centreline has no width; cut by one as wide as a hair, an area falls into its two sides.
_HAIR_M = 1e-3


def shore(line: shapely.LineString, centreline: Route, within_m: float) -> shapely.Geometry:
    """Give the ground within `within_m` beside a stretch of bank (metric), on its own side of the water's centreline."""
    around = shapely.buffer(line, within_m, cap_style="flat", quad_segs=16)
    parts = shapely.get_parts(shapely.difference(around, shapely.buffer(centreline.line, _HAIR_M)))
    return shapely.union_all(parts[shapely.distance(parts, line) <= _HAIR_M])


def entries(network: WalkNetwork, area: shapely.Geometry, homes: Attachments) -> Attachments:
    """Step onto an area wherever a street lies in it, so that the shortest walk from `homes` to these entries is the shortest to any place of it.

    A walk comes to a piece of street at one of its two ends, unless it begins on it: so the ends of every piece and the homes on it are enough.
    Footbridges and underpasses are stepped on at their ends only, which other streets share.
    """
    edge = network.tree.query(area, predicate="intersects")
    if network.ends_only is not None:
        edge = edge[~network.ends_only[edge]]
    parts, row = shapely.get_parts(shapely.intersection(network.lines[edge], area), return_index=True)
    # Located to a rounding, an end may lie beyond its edge.
    low, high = np.minimum(np.sort(_ends(network.lines[edge[row]], parts), axis=1).T, network.length[edge[row]])
    own = _homes_on(homes, edge[row], low, high)
    edges = np.concatenate([edge[row], edge[row], homes.edge[own]]).astype(np.int64)
    offset = np.concatenate([low, high, homes.offset[own]])
    none = np.zeros(len(edges), dtype=np.int64)
    return Attachments(none, edges, offset, np.zeros(len(edges)), none - 1)


def _ends(lines: Shapes, parts: Shapes) -> Floats:
    """(p, 2) metres along its line of both ends of every part; a part that is a point has them at one place."""
    if not len(parts):
        return np.empty((0, 2))
    xy, owner = shapely.get_coordinates(parts, return_index=True)
    first = np.flatnonzero(np.append(True, np.diff(owner) > 0))
    last = np.append(first[1:], len(owner)) - 1
    return np.column_stack([shapely.line_locate_point(lines, shapely.points(xy[at])) for at in (first, last)])


def _homes_on(homes: Attachments, edge: Ints, low: Floats, high: Floats) -> Ints:
    """Rows of the homes that step onto the network within a piece."""
    near = np.flatnonzero(np.isin(homes.edge, edge))
    offset = homes.offset[near, None]
    within = (homes.edge[near, None] == edge) & (low <= offset) & (offset <= high)
    return near[within.any(axis=1)]
