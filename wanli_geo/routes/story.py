"""The stops of a walk in the order they are told: what going back and forth costs, when one arrives, how far apart they lie."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from wanli_geo.network.graph import Floats, Ints


@dataclass(frozen=True, eq=False)
class Story:
    """Stops as they are told.

    Attributes:
        rows: (s,) the stops in order. `stated`: by their own numbers, else by chainage.
        turned: whether the story begins at the end of the line and goes back to its beginning.
        walked: (s,) metres walked to each of them from where the story begins, in that order, there and back again included.
        back_m: how much longer than the line the whole walk is, to its other end: 0 where the order goes with the line.
    """

    rows: Ints
    stated: bool
    turned: bool
    walked: Floats
    back_m: float

    @property
    def next_m(self) -> Floats:
        """(s,) metres to the next stop; NaN after the last."""
        return np.append(np.diff(self.walked), np.nan)[: len(self.rows)]

    def minutes(self, m_per_s: float, stop_min: float) -> Floats:
        """(s,) minutes from the start until one arrives, with `stop_min` spent at each stop before."""
        return self.walked / m_per_s / 60 + stop_min * np.arange(len(self.rows))


def told_in_order(chainage: Floats, order: Floats, length_m: float) -> Story:
    """Order stops (s,) by their numbers, where each has one (NaN: none) and no two the same; else by chainage.

    Numbers that run against the line are told from its end: of the two ways the one with less walked back and forth, of two alike the line's.
    """
    stated = bool(len(order)) and bool(np.isfinite(order).all()) and len(np.unique(order)) == len(order)
    rows = (np.lexsort((chainage, order)) if stated else np.argsort(chainage, kind="stable")).astype(np.int64)
    there, back = _walked(chainage[rows]), _walked(length_m - chainage[rows])
    turned = back[1] < there[1]
    walked, back_m = back if turned else there
    return Story(rows, stated, turned, walked, back_m)


def _walked(chainage: Floats) -> tuple[Floats, float]:
    """(s,) metres walked from 0 to each chainage in turn, and how much of them goes back and forth."""
    walked = np.cumsum(np.abs(np.diff(chainage, prepend=0.0)))
    return walked, float(walked[-1] - chainage[-1]) if len(walked) else 0.0
