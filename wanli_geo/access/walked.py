"""The walks of everybody to a set of facilities, as arrays: what a judgement is made from."""

from __future__ import annotations

from dataclasses import dataclass

from wanli_geo.network.graph import Floats, Ints


@dataclass(frozen=True, eq=False)
class Walked:
    """The walk of every place of the demand to the nearest of a set of facilities.

    Attributes:
        cost: (n,) what is judged: metres; in time mode with the time lost as the metres walked meanwhile. `inf` where there is no way.
        metres: (n,) on the ground.
        facility: (n,) row of the offer, -1 for none; `door` (n,) row of its door.
        second: (n,) the cost of the walk to the nearest other facility of the set, `inf` for none; `second_facility` (n,), -1 there.
        without_walls: (n,) the cost if one could leave one's own compound anywhere.
    """

    cost: Floats
    metres: Floats
    facility: Ints
    door: Ints
    second: Floats
    second_facility: Ints
    without_walls: Floats
