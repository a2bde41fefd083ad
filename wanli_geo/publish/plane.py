"""From degrees to the metres of the workspace and back, as polynomials that a page works out in no time."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from wanli_geo.network.walkable import Walkable
from wanli_geo.workspace.store import metres_of, to_degrees

Floats = NDArray[np.float64]
_GRID = 25
_MOST_DEGREE = 8
# A tenth of a millimetre: far below what coordinates resolve.
_CLOSE_M = 1e-4


@dataclass(frozen=True, eq=False)
class Plane:
    """Metric coordinates as polynomials of degrees over one box, least squares against PROJ; `worst_m` is the largest error on a grid.

    Attributes:
        degree: of the polynomials; a term x^i y^j stands for every i + j ≤ degree, by i, then j.
        centre, half: (2,) degrees: (degrees - centre) / half is the box from -1 to 1.
        origin, size: (2,) metres likewise.
        forth: (terms, 2) metres - origin; back (terms, 2) degrees - centre.
    """

    degree: int
    centre: Floats
    half: Floats
    origin: Floats
    size: Floats
    forth: Floats
    back: Floats
    worst_m: float

    def to_dict(self) -> dict[str, Any]:
        return {name: value.tolist() if isinstance(value, np.ndarray) else value for name, value in vars(self).items()}


@dataclass(frozen=True, eq=False)
class _Box:
    crs: str
    low: Floats
    high: Floats

    @cached_property
    def degrees(self) -> Floats:
        lon, lat = (np.linspace(self.low[axis], self.high[axis], _GRID) for axis in (0, 1))
        return np.column_stack([one.ravel() for one in np.meshgrid(lon, lat)])

    @cached_property
    def metres(self) -> Floats:
        return np.asarray(metres_of(self.degrees, self.crs))


def plane_of(walkable: Walkable) -> Plane:
    """Fit the plane round all that is walked, of the lowest degree that is close everywhere."""
    everything = np.concatenate([walkable.public.network.nodes, walkable.gates.xy, walkable.doors.xy, shapely.get_coordinates(walkable.compounds)])
    corners = shapely.get_coordinates(to_degrees(shapely.points(everything), walkable.crs))
    margin = 0.005  # half a kilometre: a press beside the last street is placed too
    box = _Box(walkable.crs, corners.min(axis=0) - margin, corners.max(axis=0) + margin)
    fitted = (_fitted(box, degree) for degree in range(2, _MOST_DEGREE + 1))
    return next((plane for plane in fitted if plane.worst_m < _CLOSE_M), _fitted(box, _MOST_DEGREE))


def _fitted(box: _Box, degree: int) -> Plane:
    centre, half = (box.low + box.high) / 2, (box.high - box.low) / 2
    low, high = box.metres.min(axis=0), box.metres.max(axis=0)
    origin, size = np.asarray((low + high) / 2), np.asarray((high - low) / 2)
    there, here = (box.degrees - centre) / half, (box.metres - origin) / size
    forth = np.linalg.lstsq(terms(there, degree), box.metres - origin, rcond=None)[0]
    back = np.linalg.lstsq(terms(here, degree), box.degrees - centre, rcond=None)[0]
    worst = np.abs(terms(there, degree) @ forth - (box.metres - origin)).max()
    back_m = np.abs(terms(here, degree) @ back - (box.degrees - centre)).max() * 111_320
    return Plane(degree, centre, half, origin, size, np.asarray(forth), np.asarray(back), float(max(worst, back_m)))


def terms(xy: Floats, degree: int) -> Floats:
    """(n, terms) x^i y^j for every i + j ≤ degree, by i, then j."""
    return np.column_stack([xy[:, 0] ** i * xy[:, 1] ** j for i in range(degree + 1) for j in range(degree + 1 - i)])
