"""Stretches of a route by from and to, each with a value; and what a route is like between its ends, sampled or pieced together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wanli_geo.network.graph import Floats

_SAME_M = 1e-6


@dataclass(frozen=True, eq=False)
class Stretches:
    """Stretches in order, none over another: `start` (s,), `end` (s,) chainages, `value` (s,) of any dtype."""

    start: Floats
    end: Floats
    value: NDArray[Any]

    def __len__(self) -> int:
        return len(self.start)

    @property
    def metres(self) -> Floats:
        """(s,) how long each is."""
        return self.end - self.start

    def where(self, chosen: NDArray[np.bool_]) -> Stretches:
        return Stretches(self.start[chosen], self.end[chosen], self.value[chosen])


def of_samples(value: NDArray[Any], length_m: float) -> Stretches:
    """Make stretches of equal value from samples (k,) taken in the middle of k equal parts of a route."""
    bounds = np.linspace(0.0, length_m, len(value) + 1)
    return merge(Stretches(bounds[:-1], bounds[1:], value))


def middles(length_m: float, step_m: float) -> Floats:
    """(k,) chainages in the middle of equal parts no longer than `step_m`; what `of_samples` takes samples at."""
    count = max(1, int(np.ceil(length_m / step_m - _SAME_M)))
    return np.asarray((np.arange(count) + 0.5) * (length_m / count), dtype=np.float64)


def merge(parts: Stretches) -> Stretches:
    """Join neighbours that touch and have one value; NaN equals NaN."""
    if not len(parts):
        return parts
    same = parts.value[1:] == parts.value[:-1]
    if parts.value.dtype.kind == "f":
        same |= np.isnan(parts.value[1:]) & np.isnan(parts.value[:-1])
    new = np.append(True, ~(same & (parts.start[1:] - parts.end[:-1] <= _SAME_M)))
    first = np.flatnonzero(new)
    last = np.append(first[1:], len(parts)) - 1
    return Stretches(parts.start[first], parts.end[last], parts.value[first])


def overlay(layers: Sequence[Stretches]) -> tuple[Floats, Floats, NDArray[np.int64]]:
    """Cut several layers at all their ends: `start` (k,), `end` (k,), and (k, layers) the row of each that holds there, -1 for none."""
    bounds = np.unique(np.concatenate([np.concatenate([layer.start, layer.end]) for layer in layers]))
    bounds = bounds[np.append(True, np.diff(bounds) > _SAME_M)] if len(bounds) else bounds
    start, end = bounds[:-1], bounds[1:]
    return start, end, np.column_stack([rows_at(layer, (start + end) / 2) for layer in layers]).astype(np.int64)


def rows_at(parts: Stretches, chainage: Floats) -> NDArray[np.int64]:
    """(k,) the row of the stretch that holds at each chainage; -1 where none does."""
    if not len(parts):
        return np.full(len(chainage), -1, dtype=np.int64)
    row = np.searchsorted(parts.start, chainage, side="right") - 1
    held = (row >= 0) & (chainage <= parts.end[row])
    return np.where(held, row, -1).astype(np.int64)


def amount(parts: Stretches, start: Floats, end: Floats) -> Floats:
    """(k,) metres of the stretches that lie between `start` (k,) and `end` (k,)."""
    low, high = np.maximum(parts.start[None], start[:, None]), np.minimum(parts.end[None], end[:, None])
    return np.clip(high - low, 0.0, None).sum(axis=1)


def gaps(events: Floats, length_m: float, *, closed: bool) -> tuple[Floats, Floats]:
    """The stretches between events (k,) along a route: (g,) `start` and (g,) metres, in order of `start`.

    On an open route the ends count as events; on a closed one the stretch over the seam is one. Without any event the whole route is one.
    """
    where = np.sort(events)
    if not closed:
        where = np.concatenate([[0.0], where, [length_m]])
        return where[:-1], np.diff(where)
    if not len(where):
        return np.zeros(1), np.array([length_m])
    return where, np.append(np.diff(where), where[0] + length_m - where[-1])
