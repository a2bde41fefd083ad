"""Where a walk of given lengths comes to: the streets reached, cut inside the edge, and the area from which one could have walked it.

The area holds a place exactly when the walk there, by the rule for homes, is at most the limit: along the streets and straight to the
nearest one without crossing what is closed, through the gates of a walled compound, no farther than 100 m off any street. Its border
is drawn on a grid and lies within DRAWN_WITHIN_M of the true one, but for pockets and spikes smaller than a cell, where the walk differs
from the limit by less than a cell; walls and water are cut to 0.3 m. People are never counted by it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from wanli_geo.access.canvas import CELL_M, Canvas, Sheet
from wanli_geo.access.contours import below_zero, solid
from wanli_geo.access.courts import Courts
from wanli_geo.network.graph import Floats, Ints, WalkNetwork
from wanli_geo.network.search import Field

# A border may lie a cell aside where the walk jumps from one cell to the next, and a little more for smoothness.
_SMOOTH_M = 2.0
DRAWN_WITHIN_M = CELL_M + _SMOOTH_M
# How much farther than its limit a search should look, so that a border is seen from both sides.
BEYOND_M = 3 * CELL_M
# A cell exactly at the limit would make contours touch themselves; less than the millimetre that walks are judged to.
_ASIDE_M = 0.0007
Shapes = NDArray[np.object_]


def reached(network: WalkNetwork, field: Field, limit_m: float) -> NDArray[Any]:
    """Give the stretches of street within `limit_m` of the field's sources, as LineStrings, each cut where the walk ends."""
    met = field.metres < limit_m
    near = met[network.tail] | met[network.head]
    near[field.sources.edge[field.sources.leg < limit_m]] = True
    edges = np.flatnonzero(near)
    left_tail = np.clip(limit_m - field.metres[network.tail[edges]], 0.0, network.length[edges])
    left_head = np.clip(limit_m - field.metres[network.head[edges]], 0.0, network.length[edges])
    whole = left_tail + left_head >= network.length[edges]
    parts = _cut(network, field, limit_m, left_tail[~whole], left_head[~whole], edges[~whole])
    return np.concatenate([network.lines[edges[whole]], _stretches(network, *parts)])


def _cut(
    network: WalkNetwork, field: Field, limit_m: float, left_tail: Floats, left_head: Floats, edges: Ints
) -> tuple[Ints, Floats, Floats]:
    """The parts reached of edges not walked whole, from either end and around the sources on them: each metre once."""
    sources = field.sources
    row = np.flatnonzero((sources.leg < limit_m) & np.isin(sources.edge, edges))
    left, length = limit_m - sources.leg[row], network.length
    edge = np.concatenate([edges, edges, sources.edge[row]])
    low = np.concatenate([np.zeros(len(edges)), length[edges] - left_head, np.maximum(sources.offset[row] - left, 0.0)])
    high = np.concatenate([left_tail, length[edges], np.minimum(sources.offset[row] + left, length[sources.edge[row]])])
    order = np.lexsort((high, low, edge))
    order = order[high[order] > low[order]]
    edge, low, high = edge[order], low[order], high[order]
    # Parts of one edge that touch are one: a part begins anew where it starts beyond all that came before on its edge.
    furthest = _running_most(high, np.searchsorted(edge, edge))
    anew = np.ones(len(edge), dtype=bool)
    anew[1:] = (edge[1:] != edge[:-1]) | (low[1:] > furthest[:-1])
    first = np.flatnonzero(anew)
    last = np.append(first[1:], len(edge)) - 1
    return edge[first], low[first], furthest[last] if len(first) else high


def _running_most(value: Floats, start: Ints) -> Floats:
    """(n,) the greatest value so far in each run; `start` (n,) says where the run of each begins."""
    most, nth = value.copy(), np.arange(len(value)) - start
    for turn in range(1, int(nth.max(initial=0)) + 1):
        rows = np.flatnonzero(nth == turn)
        most[rows] = np.maximum(most[rows], most[rows - 1])
    return most


def _stretches(network: WalkNetwork, edge: Ints, low: Floats, high: Floats) -> Shapes:
    """The lines of parts of edges, from `low` to `high` metres along each; `high` > `low`."""
    if not len(edge):
        return np.empty(0, dtype=object)
    if network.slow is not None:
        low, high = low / network.slow[edge], high / network.slow[edge]
    size = np.diff(network.first)[edge]
    begin = np.cumsum(size) - size
    part = np.repeat(np.arange(len(edge)), size)
    xy = network.xy[np.arange(len(part)) + np.repeat(network.first[edge] - begin, size)]
    step = np.hypot(*np.diff(xy, axis=0).T)
    step[begin[1:] - 1] = 1.0  # a metre between one part and the next, so that a place along all of them belongs to one
    along = np.concatenate([[0.0], np.cumsum(step)])
    start, end = along[begin] + low, np.minimum(along[begin] + high, along[begin + size - 1])
    inner = (along > start[part]) & (along < end[part])
    ends = np.concatenate([start, end])
    at = np.concatenate([ends, along[inner]])
    corners = np.concatenate([np.column_stack([np.interp(ends, along, axis) for axis in xy.T]), xy[inner]])
    owner = np.concatenate([np.arange(len(edge)), np.arange(len(edge)), part[inner]])
    order = np.lexsort((at, owner))
    return np.asarray(shapely.linestrings(corners[order], indices=owner[order]), dtype=object)


def areas(
    canvas: Canvas, network: WalkNetwork, field: Field, reaches: Sequence[tuple[float, NDArray[Any]]], *, courts: Courts | None = None,
    water: Shapes | None = None, own: tuple[int, Callable[[Floats], Floats]] | None = None,
) -> list[shapely.Geometry]:
    """Draw one area a band; each contains the one before.

    Args:
        canvas: of the same streets; `network` may be in time. The field should reach BEYOND_M farther than the last limit.
        reaches: limit in metres and the streets reached (as `reached` gives them), shortest first.
        courts: the compounds; None where there are none.
        water: polygons not to be filled.
        own: the compound one starts in, its row, and how far it is from there to places in it without leaving it.

    Returns:
        A valid Polygon or MultiPolygon a band; an empty Polygon where nothing is reached.
    """
    sheets: dict[float, Sheet] = {}
    drawn: list[shapely.Geometry] = []
    inside = [] if courts is None or not reaches else courts.walks(network, field, *reaches[-1], own)
    by_streets: shapely.Geometry = shapely.Polygon()
    for limit_m, lines in reaches:
        if len(lines):
            fine = canvas.fine_enough(limit_m)
            if fine.cell not in sheets:
                widest, all_lines = max((each for each in reaches if canvas.fine_enough(each[0]).cell == fine.cell), key=lambda each: each[0])
                sheets[fine.cell] = fine.sheet(network, field, all_lines, widest)
            outline = _within(fine, sheets[fine.cell], limit_m)
            by_streets = outline if by_streets.is_empty or shapely.covers(outline, by_streets) else shapely.union(outline, by_streets)
        area = by_streets if courts is None else courts.entered(by_streets, inside, limit_m)
        drawn.append(solid(area if water is None or not len(water) else _dry(area, water)))
    return drawn


def _within(canvas: Canvas, sheet: Sheet, limit_m: float) -> shapely.Geometry:
    """The area of a sheet within a limit, with holes; a MultiPolygon, smoothed."""
    cell = canvas.cell
    inside = sheet.metres <= limit_m
    levels, columns = (np.flatnonzero(inside.any(axis=axis)) for axis in (1, 0))
    if not len(levels):
        return shapely.MultiPolygon()
    window = (slice(max(levels[0] - 1, 0), levels[-1] + 2), slice(max(columns[0] - 1, 0), columns[-1] + 2))
    # Where the walk jumps, at a wall or the middle between two streets, the border lies half way between the cells.
    beyond = sheet.metres[window] - limit_m
    np.maximum(beyond, sheet.aside[window], out=beyond)
    beyond -= _ASIDE_M
    np.clip(beyond, -cell, cell, out=beyond)
    x, y = sheet.x[window[1]], sheet.y[window[0]]
    barriers = canvas.lines_about(x[0], y[0], x[-1], y[-1])
    return below_zero(x, y, beyond, min(_SMOOTH_M, cell / 5), onto=barriers, near_m=0.75 * cell)


def _dry(area: shapely.Geometry, water: Shapes) -> shapely.Geometry:
    met = water[shapely.intersects(area, water)]
    return shapely.difference(area, shapely.union_all(met)) if len(met) else area
