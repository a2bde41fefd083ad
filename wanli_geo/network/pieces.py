"""Street lines as straight pieces in flat arrays, and which pieces come near one another. Decides nothing about joining them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from wanli_geo.network.graph import CORNER_MM, Floats, Ints

Bools = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Drawing:
    """Lines to be noded: every part of every street, vertex after vertex; metric coordinates.

    Attributes:
        xy: (v, 2) the vertices; `part` (v,) the part of a street each is of.
        street: (p,) row of the street each part is of.
        level: (p,) the level each part runs at; `link` (p,) whether it leads from one level to another by nature.
        settled: (p,) parts of a source that states its corners itself.
    """

    xy: Floats
    part: Ints
    street: Ints
    level: Floats
    link: Bools
    settled: Bools

    @cached_property
    def corner(self) -> Ints:
        """(v,) number of each vertex's place; vertices that agree to a millimetre have one number."""
        if not len(self.xy):
            return np.empty(0, dtype=np.int64)
        keys = np.rint(self.xy * CORNER_MM).astype(np.int64)
        keys -= keys.min(axis=0)
        return np.unique(keys[:, 0] * (keys[:, 1].max() + 1) + keys[:, 1], return_inverse=True)[1].ravel().astype(np.int64)

    @cached_property
    def piece(self) -> Ints:
        """(m,) the vertex that each straight piece begins at; it runs to the next one. Pieces without length are none."""
        return np.flatnonzero((self.part[1:] == self.part[:-1]) & (self.corner[1:] != self.corner[:-1]))

    @cached_property
    def start(self) -> Floats:
        return self.xy[self.piece]

    @cached_property
    def end(self) -> Floats:
        return self.xy[self.piece + 1]

    @cached_property
    def corners(self) -> Ints:
        """(m, 2) the corners of each piece."""
        return np.column_stack([self.corner[self.piece], self.corner[self.piece + 1]])

    @cached_property
    def is_end(self) -> Bools:
        """(v,) whether a part begins or ends at this vertex; a ring does not, nor does one without length."""
        found = np.zeros(len(self.xy), dtype=bool)
        border = np.flatnonzero(np.diff(self.part[self.piece], prepend=-1, append=-1))
        ends = np.column_stack([self.piece[border[:-1]], self.piece[border[1:] - 1] + 1])
        found[ends[self.corner[ends[:, 0]] != self.corner[ends[:, 1]]]] = True
        return found

    @cached_property
    def uses(self) -> Ints:
        """Sorted codes part × v + corner, one for every corner that a part has."""
        return np.unique(self.part * len(self.xy) + self.corner)

    def has(self, part: Ints, corner: Ints) -> Bools:
        """(k,) whether a part has a vertex at a corner."""
        code = part * len(self.xy) + corner
        return self.uses[np.searchsorted(self.uses, code).clip(max=len(self.uses) - 1)] == code

    def with_vertices(self, piece: Ints, xy: Floats) -> Drawing:
        """Insert vertices (k, 2) into pieces (k,), each where it lies along its piece; the same drawing where all are there already."""
        along = np.sum((xy - self.start[piece]) * (self.end[piece] - self.start[piece]), axis=1)
        key = np.rint(np.concatenate([xy, self.start[piece], self.end[piece]]) * CORNER_MM).astype(np.int64).reshape(3, -1, 2)
        there = np.all(key[0] == key[1], axis=1) | np.all(key[0] == key[2], axis=1)
        order = np.lexsort((along, piece))
        order = order[~there[order]]
        # Of several at one place the first stands for all.
        order = order[np.sort(np.unique(np.column_stack([piece[order], key[0][order]]), axis=0, return_index=True)[1])]
        if not len(order):
            return self
        before = self.piece[piece[order]] + 1
        return replace(self, xy=np.insert(self.xy, before, xy[order], axis=0), part=np.insert(self.part, before, self.part[before]))


def drawing(streets: NDArray[Any], level: Floats, link: Bools, settled: Bools) -> Drawing:
    """Take street lines (s,), single or multiple, apart; the other arrays are (s,) as `Drawing` has them by part."""
    single = np.all(shapely.get_type_id(streets) == shapely.GeometryType.LINESTRING)  # as most are; taking them apart copies every one
    parts, street = (streets, np.arange(len(streets))) if single else shapely.get_parts(streets, return_index=True)
    xy, part = shapely.get_coordinates(parts, return_index=True)
    return Drawing(xy, part.astype(np.int64), street.astype(np.int64), level[street], link[street], settled[street])


def redrawn(streets: NDArray[Any], before: Drawing, after: Drawing) -> NDArray[Any]:
    """(s,) the streets again, those with new vertices drawn anew, the others as they were."""
    size = len(before.street)
    grown = np.bincount(after.part, minlength=size) > np.bincount(before.part, minlength=size)
    lines = streets.copy()
    for street in np.unique(before.street[grown]):
        parts = [shapely.linestrings(after.xy[after.part == part]) for part in np.flatnonzero(before.street == street)]
        lines[street] = parts[0] if len(parts) == 1 else shapely.multilinestrings(parts)
    return lines


def near_pairs(start: Floats, end: Floats, within_m: float, wanted: Callable[[Ints, Ints], Bools]) -> tuple[Ints, Ints]:
    """Pairs of straight pieces whose bounding boxes are within `within_m`, each once, the lower row first.

    By a grid: its cells are as wide as the pieces are long, and of all the pieces in one cell every two are compared.

    Args:
        wanted: (k,) rows, (k,) rows → (k,) whether the pair is worth keeping; asked before pairs are gathered, so most need no memory.
    """
    if len(start) < 2:
        return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
    code, who = _by_cell(start, end, within_m)
    low, high = np.minimum(start, end)[who] - within_m, np.maximum(start, end)[who]
    at, found, step = np.arange(len(code)), [np.empty(0, dtype=np.int64)], 0
    while len(at):
        step += 1
        at = at[: np.searchsorted(at, len(code) - step)]
        at = at[code[at] == code[at + step]]
        near = (low[at, 0] <= high[at + step, 0]) & (low[at + step, 0] <= high[at, 0])
        near &= (low[at, 1] <= high[at + step, 1]) & (low[at + step, 1] <= high[at, 1])
        one, other = np.minimum(who[at], who[at + step])[near], np.maximum(who[at], who[at + step])[near]
        kept = one != other
        kept[kept] = wanted(one[kept], other[kept])
        found.append(one[kept] * len(start) + other[kept])
    codes = np.sort(np.concatenate(found))
    return np.divmod(codes[np.diff(codes, prepend=-1) > 0], len(start))


def _by_cell(start: Floats, end: Floats, within_m: float) -> tuple[Ints, Ints]:
    """(k,) sorted codes of cells and (k,) the piece in each; a long piece is cut, so that none fills cells that it only passes by."""
    length = np.hypot(*(end - start).T)
    cell = max(2.0 * float(length.mean()), 4.0 * within_m)
    cuts = np.maximum(np.ceil(length / cell), 1).astype(np.int64)
    who = np.repeat(np.arange(len(start)), cuts)
    nth = np.arange(len(who)) - np.repeat(np.cumsum(cuts) - cuts, cuts)
    step = ((end - start) / cuts[:, None])[who]
    one = start[who] + step * nth[:, None]
    other = one + step
    origin = np.minimum(start, end).min(axis=0) - within_m
    low = np.floor((np.minimum(one, other) - within_m - origin) / cell).astype(np.int64)
    high = np.floor((np.maximum(one, other) + within_m - origin) / cell).astype(np.int64)
    rows = int(high[:, 1].max()) + 1
    codes, pieces = [], []
    for across in range(3):
        for up in range(3):
            there = np.flatnonzero((low[:, 0] + across <= high[:, 0]) & (low[:, 1] + up <= high[:, 1]))
            codes.append((low[there, 0] + across) * rows + low[there, 1] + up)
            pieces.append(who[there])
    code, piece = np.concatenate(codes), np.concatenate(pieces)
    order = np.argsort(code, kind="stable")
    return code[order], piece[order]
