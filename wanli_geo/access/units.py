"""What holds of the people of each unit, from what holds of each place: people by status, the mean walk, the burden, the usual reason."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from wanli_geo.access.coverage import GAP, by_unit, most_common, weighted_mean
from wanli_geo.network.graph import Floats, Ints


@dataclass(frozen=True, eq=False)
class Judged:
    """People judged: a row for every place, or for every place and walker. Arrays (k,); people not known are NaN.

    Attributes:
        unit: row of the place's unit; `people` how many the row speaks of; `status` 0 covered, 1 gap, 2 unknown; `reason` -1 for none.
        metres: the walk on the ground; `cost` what is judged, as metres; `limit` the threshold, likewise. `inf` where there is no way.
        m_per_s: the walker's speed; `facility` the row reached, -1 for none.
    """

    unit: Ints
    people: Floats
    status: Ints
    reason: Ints
    metres: Floats
    cost: Floats
    limit: Floats
    m_per_s: Floats
    facility: Ints


@dataclass(frozen=True, eq=False)
class ByUnit:
    """The same of the units, arrays (u,) but for `people` (u, 3) by status.

    `walk_m` and `walk_min` are the mean of the people in the gap where there are any, else of all: so `walk_m` less the threshold is
    `beyond_m`. `burden` is people × metres beyond; `facility` and `reason` are those of most people, -1 for none.
    """

    people: Floats
    walk_m: Floats
    walk_min: Floats
    beyond_m: Floats
    burden: Floats
    facility: Ints
    reason: Ints


def of_units(rows: Judged, units: int, facilities: int, reasons: int) -> ByUnit:
    """Sum up the rows of every unit."""
    people = by_unit(rows.unit, units, rows.status, rows.people)
    in_gap, known = rows.status == GAP, np.nan_to_num(rows.people)
    walks = np.isfinite(rows.cost)
    beyond = np.where(in_gap & walks, np.where(walks, rows.cost, 0.0) - rows.limit, np.nan)
    has_gap = people[:, GAP] > 0
    told = walks & (in_gap | ~has_gap[rows.unit])
    walk_m, walk_min = (
        weighted_mean(rows.unit, units, np.where(told, value, np.nan), rows.people) for value in (rows.metres, rows.cost / rows.m_per_s / 60)
    )
    return ByUnit(
        people=people,
        walk_m=walk_m,
        walk_min=walk_min,
        beyond_m=weighted_mean(rows.unit, units, beyond, rows.people),
        burden=np.bincount(rows.unit, np.nan_to_num(beyond) * known, minlength=units).astype(np.float64),
        facility=most_common(rows.unit, units, rows.facility, rows.people, facilities),
        reason=most_common(rows.unit, units, rows.reason, rows.people, reasons),
    )
