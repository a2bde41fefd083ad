"""Covered, in a gap, or unknown: the rule, and people counted by it, each once (DESIGN §4.3, §4.4)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wanli_geo.access.reach import TOLERANCE_M
from wanli_geo.network.graph import Floats, Ints

COVERED, GAP, UNKNOWN = 0, 1, 2
STATUS = ("covered", "gap", "unknown")


def judge(walk_m: Floats, to_edge_of_data_m: Floats, attached: NDArray[np.bool_], *, within_m: float, complete: bool) -> Ints:
    """Say of every place whether it is covered (0), in a gap (1), or unknown (2).

    Covered when the walk is at most `within_m`. Else unknown when a walk of at most `within_m` comes to where the data ends, when
    the place could not be attached to the network, or when the kind was not surveyed completely. Else a gap.

    Args:
        walk_m: (n,) metres to the nearest facility, `inf` where none.
        to_edge_of_data_m: (n,) metres to the nearest point where a street leaves the data, `inf` where none.
        attached: (n,) whether the place could be attached to the network.
        complete: whether the facility kind was looked for everywhere.
    """
    limit = within_m + TOLERANCE_M
    blind = (to_edge_of_data_m <= limit) | ~attached | (not complete)
    return np.where(walk_m <= limit, COVERED, np.where(blind, UNKNOWN, GAP)).astype(np.int64)


@dataclass(frozen=True, eq=False)
class Coverage:
    """People counted by status, once each; places whose people are not known are in `unstated`, never zero.

    Attributes:
        covered, gap, unknown: people.
        unstated: how many places have no figure of people.
    """

    covered: float
    gap: float
    unknown: float
    unstated: int

    @property
    def total(self) -> float:
        return self.covered + self.gap + self.unknown

    @property
    def share(self) -> float | None:
        """Covered share of all people counted, 0 to 1, a lower bound where some are unknown; None where it is known of nobody."""
        return self.covered / self.total if self.covered or self.gap else None


def count(status: Ints, people: Floats) -> Coverage:
    """Count people (NaN: not known) by status."""
    known = np.isfinite(people)
    sums = np.bincount(status[known], people[known], minlength=3)
    return Coverage(float(sums[COVERED]), float(sums[GAP]), float(sums[UNKNOWN]), int((~known).sum()))


def by_unit(unit: Ints, units: int, status: Ints, people: Floats) -> Floats:
    """(units, 3) people covered, in a gap, unknown in every unit."""
    known = np.isfinite(people)
    cell = unit[known] * 3 + status[known]
    return np.bincount(cell, people[known], minlength=units * 3).reshape(units, 3).astype(np.float64)


def weighted_mean(unit: Ints, units: int, value: Floats, people: Floats) -> Floats:
    """(units,) mean of `value` weighted by people where both are known; NaN where there is nothing to weigh."""
    known = np.isfinite(value) & np.isfinite(people) & (people > 0)
    weight = np.bincount(unit[known], people[known], minlength=units)
    total = np.bincount(unit[known], people[known] * value[known], minlength=units)
    return np.divide(total, weight, out=np.full(units, np.nan), where=weight > 0)


def most_common(unit: Ints, units: int, value: Ints, people: Floats, kinds: int) -> Ints:
    """(units,) the value most people of a unit share, values below 0 left out; -1 where none."""
    held = (value >= 0) & (np.nan_to_num(people) > 0)
    if not held.any() or not kinds:
        return np.full(units, -1, dtype=np.int64)
    cell = unit[held] * kinds + value[held]
    cells, inverse = np.unique(cell, return_inverse=True)
    weight = np.bincount(inverse, people[held])
    order = np.lexsort((cells, -weight, cells // kinds))
    owner, first = np.unique(cells[order] // kinds, return_index=True)
    result = np.full(units, -1, dtype=np.int64)
    result[owner] = cells[order][first] % kinds
    return result


def status_of_most(people: Floats) -> NDArray[np.object_]:
    """(u,) the status of most people of each unit from (u, 3) people by status; of as many a gap, then unknown, and nobody's is `empty`."""
    worst_first = np.array([GAP, UNKNOWN, COVERED])
    most = worst_first[people[:, worst_first].argmax(axis=1)]
    return np.where(people.sum(axis=1) > 0, np.array(STATUS, dtype=object)[most], "empty")
