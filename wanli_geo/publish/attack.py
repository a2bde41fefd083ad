"""The attack on published counts: what can be worked out of those withheld from those that are told."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.optimize import linprog

from wanli_geo.publish.counts import LEAST


def bounds(told: Sequence[float | None], totals: Sequence[tuple[Sequence[int], float]]) -> list[tuple[float, float]]:
    """Give the least and the most that every cell can be, for one who knows the cells told and some sums.

    Args:
        told: (c,) cells, None where withheld; no cell is negative.
        totals: sums that are known: the cells that add up, and to what.
    """
    sums = np.zeros((len(totals), len(told)))
    for row, (cells, _) in enumerate(totals):
        sums[row, list(cells)] = 1.0
    known = [(0.0, None) if value is None else (float(value), float(value)) for value in told]
    wanted = np.array([total for _, total in totals])
    found = []
    for cell, value in enumerate(told):
        if value is not None:
            found.append((float(value), float(value)))
            continue
        ends = []
        for sign in (1.0, -1.0):
            aim = np.zeros(len(told))
            aim[cell] = sign
            solved = linprog(aim, A_eq=sums if len(totals) else None, b_eq=wanted if len(totals) else None, bounds=known, method="highs")
            ends.append(sign * float(solved.fun) if solved.status == 0 else (0.0 if sign > 0 else np.inf))
        found.append((ends[0], ends[1]))
    return found


def small_counts(told: Sequence[float | None], totals: Sequence[tuple[Sequence[int], float]]) -> list[int]:
    """Name the cells that are told to be, or can be worked out to be, fewer than ten people; a nought that is certain is no count of anybody."""
    return [cell for cell, (_, high) in enumerate(bounds(told, totals)) if 1 <= high < LEAST]
