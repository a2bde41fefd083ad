"""The walks of everybody to a set of facilities, as arrays: what a judgement is made from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from wanli_geo.network.graph import Floats, Ints


@dataclass(frozen=True, eq=False)
class Walked:
    """The walk of every place of the demand to the nearest of a set of facilities.

    Attributes:
        cost: (n,) what is judged: metres; in time mode with the time lost as the metres walked meanwhile. `inf` where there is no way.
        metres: (n,) on the ground.
        facility: (n,) row of the offer, -1 for none; `door` (n,) row of its door.
        without_walls: (n,) the cost if one could leave one's own compound anywhere.
        others: the search for the nearest other facility of the set, at most so many metres away: (n,) its cost, `inf` for none, and (n,)
            its row, -1 there. An audit asks it within a threshold; who asks for one compound, without.
    """

    cost: Floats
    metres: Floats
    facility: Ints
    door: Ints
    without_walls: Floats
    others: Callable[[float], tuple[Floats, Ints]]

    @property
    def second(self) -> Floats:
        """(n,) the cost of the walk to the nearest other facility of the set, however far; `inf` for none."""
        return self.others(np.inf)[0]

    @property
    def second_facility(self) -> Ints:
        """(n,) which that is, -1 for none."""
        return self.others(np.inf)[1]
