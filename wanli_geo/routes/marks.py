"""Distance marks along a route: the start, every hundred metres or so, each half and whole kilometre."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wanli_geo.network.graph import Floats
from wanli_geo.routes.line import Route

_HALF_M, _KM_M = 500.0, 1000.0
# A mark nearer to the start of a loop than this would stand beside that of the start.
_AT_START_M = 5.0


@dataclass(frozen=True, eq=False)
class Marks:
    """In the order walked: `chainage` (k,), and `kind` (k,): start, hundred, half or km."""

    chainage: Floats
    kind: NDArray[np.object_]


def marks_of(route: Route, every_m: float) -> Marks:
    """Place the marks; half and whole kilometres have theirs whatever `every_m` is."""
    length = route.length_m - _AT_START_M if route.closed else route.length_m
    where = np.unique(np.round(np.concatenate([np.arange(0.0, length + 1e-6, every_m), np.arange(0.0, length + 1e-6, _HALF_M)]), 6))
    whole, half = (np.isclose(np.mod(where, step), 0.0) for step in (_KM_M, _HALF_M))
    kind = np.select([where == 0.0, whole, half], ["start", "km", "half"], "hundred").astype(object)
    return Marks(where, kind)
