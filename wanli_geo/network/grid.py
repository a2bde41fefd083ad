"""Streets sorted into the cells of a grid, so that a place finds its nearest ones by looking at a few cells.

For the compiled searches of the extra `city`; `snap` asks Shapely's tree otherwise, and the answers are the same.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from wanli_geo.network.kernels import Floats, Ints, Small, compiled

_SMALLEST_CELL_M = 10.0
_MOST_CELLS = 20_000_000


@dataclass(frozen=True, eq=False)
class Grid:
    """The straight pieces of edges by the cells they touch.

    Attributes:
        low: (2,) south-west corner; `cell` metres a side; `columns`, `rows` how many.
        first: (columns × rows + 1,) where each cell's pieces begin in `piece`, which names rows of the six arrays below.
        start, end: (s, 2) the two ends of a piece; `edge` (s,) whose it is; `before` (s,) metres along the edge to its start.
    """

    low: Floats
    cell: float
    columns: int
    rows: int
    first: Ints
    piece: Small
    start: Floats
    end: Floats
    edge: Ints
    before: Floats


def grid_of(xy: Floats, first: Ints, edges: Ints) -> Grid:
    """Sort some edges into cells, about one piece a cell.

    Args:
        xy, first: vertices of all edges, as in `WalkNetwork`; `edges` (k,) those wanted, at least one.
    """
    owner = np.repeat(np.arange(len(first) - 1), np.diff(first))
    along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(xy, axis=0).T))])
    wanted = np.zeros(len(first) - 1, dtype=bool)
    wanted[edges] = True
    piece = np.flatnonzero((owner[1:] == owner[:-1]) & wanted[owner[1:]])
    before = along[piece] - along[first[owner[piece]]]
    start, end = np.ascontiguousarray(xy[piece]), np.ascontiguousarray(xy[piece + 1])
    low = np.minimum(start, end).min(axis=0)
    wide, high = (np.maximum(start, end).max(axis=0) - low).tolist()
    cell = max(_SMALLEST_CELL_M, float(np.sqrt(wide * high / len(piece))), wide / _MOST_CELLS, high / _MOST_CELLS)
    columns, rows = int(wide / cell) + 1, int(high / cell) + 1
    middle = np.floor(((start + end) / 2 - low) / cell)
    order = np.lexsort((middle[:, 0], middle[:, 1]))  # those of a cell near one another in memory
    piece, before, start, end = piece[order], before[order], start[order], end[order]
    begin, sorted_pieces = compiled(pieces_by_cell)(start - low, end - low, cell, columns, rows)
    return Grid(low, cell, columns, rows, begin, sorted_pieces, start, end, owner[piece].astype(np.int64), before)


def pieces_by_cell(start: Floats, end: Floats, cell: float, columns: int, rows: int) -> tuple[Ints, Small]:
    """CSR of the cells each straight piece passes: column by column, the rows between where it enters and where it leaves.

    Args:
        start, end: (s, 2) metres from the grid's south-west corner.
    """
    first = np.zeros(columns * rows + 1, dtype=np.int64)
    piece = np.empty(0, dtype=np.int32)
    for fill in range(2):
        for row in range(len(start)):
            x0, y0, x1, y1 = start[row, 0], start[row, 1], end[row, 0], end[row, 1]
            if x0 > x1:
                x0, y0, x1, y1 = x1, y1, x0, y0
            for column in range(int(x0 / cell), min(int(x1 / cell), columns - 1) + 1):
                left, right = y0, y1
                if x1 > x0:
                    left = y0 + (y1 - y0) * (max(x0, column * cell) - x0) / (x1 - x0)
                    right = y0 + (y1 - y0) * (min(x1, (column + 1) * cell) - x0) / (x1 - x0)
                # A millimetre to both sides: rounding may not lose the cell whose border the piece runs along.
                bottom = max(int((min(left, right) - 0.001) / cell), 0)
                top = min(int((max(left, right) + 0.001) / cell), rows - 1)
                for level in range(bottom, top + 1):
                    at = level * columns + column
                    if fill == 0:
                        first[at + 1] += 1
                    else:
                        piece[first[at]] = row
                        first[at] += 1
        if fill == 0:
            for at in range(columns * rows):
                first[at + 1] += first[at]
            piece = np.empty(first[-1], dtype=np.int32)
    # Filling moved every beginning to the next cell's.
    for at in range(columns * rows, 0, -1):
        first[at] = first[at - 1]
    first[0] = 0
    return first, piece


def nearest_on_grid(grid: Grid, xy: Floats, within_m: float) -> tuple[Ints, Ints, Floats, Floats]:
    """Find each place's nearest edge, ties included.

    Returns:
        (k,) row of the place, edge, metres along the edge, metres to it; ordered by place, then edge.
    """
    # Places in turn along the grid's rows find the cells of the one before still at hand.
    at = np.floor((xy - grid.low) / grid.cell)
    turn = np.argsort(at[:, 1] * grid.columns + at[:, 0])
    place, edge, offset, leg = compiled(nearest_edges)(
        turn, xy - grid.low, grid.start - grid.low, grid.end - grid.low, grid.edge, grid.before, grid.first, grid.piece,
        grid.cell, grid.columns, grid.rows, float(within_m)
    )
    order = np.lexsort((edge, place))
    return place[order], edge[order], offset[order], leg[order]


def nearest_edges(  # noqa: PLR0912, PLR0915  one loop, written out: a kernel calls nothing
    turn: Ints, xy: Floats, start: Floats, end: Floats, edge: Ints, before: Floats, first: Ints, piece: Small,
    cell: float, columns: int, rows: int, within_m: float
) -> tuple[Ints, Ints, Floats, Floats]:
    """Look from each place at its own cell, then at the ring of cells around it, until none in the next can be as near.

    The distance to a piece is reckoned as GEOS does it (`Distance::pointToSegment`), so that ties are ties here and there.
    """
    places, edges = np.empty(len(xy) + 8, dtype=np.int64), np.empty(len(xy) + 8, dtype=np.int64)
    offsets, legs = np.empty(len(xy) + 8), np.empty(len(xy) + 8)
    used = 0
    for row in turn:
        x, y = xy[row, 0], xy[row, 1]
        column, level = int(np.floor(x / cell)), int(np.floor(y / cell))
        inner = min(x - column * cell, (column + 1) * cell - x, y - level * cell, (level + 1) * cell - y)
        best, begin = within_m, used
        # Rings that lie wholly beside the grid hold nothing.
        ring = max(0, -column, column - columns + 1, -level, level - rows + 1)
        while (ring - 1) * cell + inner - 0.001 <= best:
            for up in range(max(level - ring, 0), min(level + ring, rows - 1) + 1):
                border = up == level - ring or up == level + ring
                stride = 1 if border or ring == 0 else 2 * ring
                for across in range(column - ring, column + ring + 1, stride):
                    if across < 0 or across >= columns:
                        continue
                    beside = max(across * cell - x, x - (across + 1) * cell, 0.0) - 0.001
                    above = max(up * cell - y, y - (up + 1) * cell, 0.0) - 0.001
                    if max(beside, above) > best or (beside > 0.0 and above > 0.0 and beside * beside + above * above > best * best):
                        continue
                    at = up * columns + across
                    for item in range(first[at], first[at + 1]):
                        own = piece[item]
                        ax, ay = start[own, 0], start[own, 1]
                        dx, dy = end[own, 0] - ax, end[own, 1] - ay
                        square = dx * dx + dy * dy
                        share = ((x - ax) * dx + (y - ay) * dy) / square if square > 0 else 0.0
                        if share <= 0.0:
                            share = 0.0
                            apart = np.sqrt((x - ax) ** 2 + (y - ay) ** 2)
                        elif share >= 1.0:
                            share = 1.0
                            apart = np.sqrt((x - end[own, 0]) ** 2 + (y - end[own, 1]) ** 2)
                        else:
                            apart = abs((ay - y) * dx - (ax - x) * dy) / np.sqrt(square)
                        if apart > best:
                            continue
                        if apart < best:
                            best = apart
                            used = begin
                        known = False
                        for other in range(begin, used):
                            if edges[other] == edge[own]:
                                known = True
                        if known:
                            continue
                        if used == len(places):
                            more = np.empty(len(places), dtype=np.int64)
                            places, edges = np.concatenate((places, more)), np.concatenate((edges, more))
                            offsets = np.concatenate((offsets, np.empty(len(more))))
                            legs = np.concatenate((legs, np.empty(len(more))))
                        places[used], edges[used], legs[used] = row, edge[own], apart
                        offsets[used] = before[own] + share * np.sqrt(square)
                        used += 1
            ring += 1
            if ring > columns + rows + max(abs(column), abs(level)):
                break
    return places[:used], edges[:used], offsets[:used], legs[:used]
