"""Ground sampled place by place: on how much of an area something holds, without drawing where."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from wanli_geo.network.graph import Floats, Ints


@dataclass(frozen=True, eq=False)
class Samples:
    """Places spread evenly over areas.

    Attributes:
        xy: (k, 2) metric; `owner` (k,) row of the area each lies in.
        area_m2: (k,) how much of its area each stands for; those of one area add up to it.
    """

    xy: Floats
    owner: Ints
    area_m2: Floats


def sampled(shapes: NDArray[np.object_], cell_m: float) -> Samples:
    """Take the centres of the cells of one fixed grid that lie inside each area; of an area that has none, a point inside it."""
    low, high = np.split(np.floor(shapely.bounds(shapes).reshape(-1, 4) / cell_m).astype(np.int64), 2, axis=1)
    across = high - low + 1
    count = across.prod(axis=1)
    owner = np.repeat(np.arange(len(shapes)), count)
    nth = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
    xy = (low[owner] + np.column_stack([nth % across[owner, 0], nth // across[owner, 0]]) + 0.5) * cell_m
    shapely.prepare(shapes)
    inside = shapely.contains_xy(shapes[owner], xy[:, 0], xy[:, 1])
    missed = np.setdiff1d(np.arange(len(shapes)), owner[inside])
    points = shapely.get_coordinates(shapely.point_on_surface(shapes[missed])).reshape(-1, 2)
    owner, xy = np.concatenate([owner[inside], missed]), np.concatenate([xy[inside], points])
    order = np.argsort(owner, kind="stable")
    owner = owner[order]
    return Samples(xy[order], owner, (shapely.area(shapes) / np.bincount(owner, minlength=len(shapes)))[owner])


def areas_by_status(samples: Samples, areas: int, status: Ints) -> Floats:
    """(areas, 3) m² of every area that are covered, in a gap, unknown."""
    cell = samples.owner * 3 + status
    return np.bincount(cell, samples.area_m2, minlength=areas * 3).reshape(areas, 3).astype(np.float64)
