"""What a good loop is: the one formula, and what its numbers mean."""

from __future__ import annotations

from typing import TypeVar

import numpy as np

from wanli_geo.network.graph import Floats

# How much of a metre's pleasantness each quality is; together 1. A choice of the house, told in every answer.
WEIGHTS = {"lit": 0.4, "green": 0.25, "water": 0.2, "wide": 0.15}
# Crossing a road spoils a run as much as so many metres without anything pleasant.
CROSSING_M = 60.0

_Number = TypeVar("_Number", float, Floats)


def score(pleasant: _Number, metres: _Number, crossings: _Number) -> _Number:
    """S = pleasant metres / (metres + CROSSING_M × crossings), 0 to 1.

    Above and below are sums along the loop, so of two ways of one length the search can tell which may still become the better loop.
    """
    return pleasant / (metres + CROSSING_M * crossings)


def pleasantness(qualities: dict[str, Floats]) -> Floats:
    """(e,) 0 to 1, from qualities (e,) of 0 to 1 each, by name as in WEIGHTS."""
    return np.asarray(sum(weight * qualities[name] for name, weight in WEIGHTS.items()))
