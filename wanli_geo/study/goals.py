"""Walks from every home to any set of facilities: all doors meet the network once, each set is searched once and kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from wanli_geo.access.walked import Walked
from wanli_geo.network.graph import Floats, Ints, WalkNetwork
from wanli_geo.network.inner import Inside, lengthened, ways_inside
from wanli_geo.network.pace import Pace, drawn, placed
from wanli_geo.network.search import meet, spread
from wanli_geo.network.second import cheapest, least, two_nearest
from wanli_geo.network.snap import Attachments, snap
from wanli_geo.study.ground import FRONT_M, Ground
from wanli_geo.workspace.offer import Offer

Flags = NDArray[np.bool_]
# How many sets of facilities are kept for the next clause.
_KEPT = 400


@dataclass(frozen=True, eq=False)
class Goals:
    """Everything one may walk to from the homes of a ground. `hours` says whether facilities must keep open hours then."""

    ground: Ground
    offer: Offer
    hours: bool = False
    _walked: dict[tuple[bytes, Pace | None], Walked] = field(default_factory=dict)
    _costs: dict[tuple[bytes, Pace | None, float, bool], Floats] = field(default_factory=dict)
    _circles: dict[bytes, tuple[Floats, Ints]] = field(default_factory=dict)

    @cached_property
    def open(self) -> Flags:
        """(f,) facilities that are open at the hour asked for, all of them where none was; but those whose recorded entrances are all shut."""
        ground, offer = self.ground, self.offer
        opened = offer.open_at(ground.day, ground.minute) if self.hours else np.ones(len(offer.ids), dtype=bool)
        entered = np.zeros(len(offer.ids), dtype=bool)
        entered[offer.door_of[offer.doors_at(ground.day, ground.minute, steps=True)]] = True
        return opened & (entered | ~offer.used)

    @cached_property
    def enterable(self) -> Flags:
        """(d,) doors that may be entered by then."""
        ground = self.ground
        return self.offer.doors_at(ground.day, ground.minute, steps=ground.steps)

    @cached_property
    def _inside(self) -> Ints:
        """(d,) row of the compound that a door lies deep in, -1 for none."""
        return self.ground.compound_at(self.offer.doors, deep_m=FRONT_M)

    @cached_property
    def rows(self) -> Attachments:
        return self.ground.attach(self.offer.doors, self._inside.copy(), everyone=False)

    @cached_property
    def _ways(self) -> Inside:
        """The ways to doors inside one's own compound."""
        demand = self.ground.demand
        return ways_inside(self.ground.inner, demand.xy, demand.compound, self.offer.doors, self._inside)

    @cached_property
    def _straight_out(self) -> Attachments:
        """Where the demand would step onto the network if no compound had a wall."""
        ground = self.ground
        rows = snap(ground.network, ground.demand.xy, barred_by=ground.closed_ground)
        return lengthened(ground.inner, ground.network, ground.demand.xy, rows, ground.demand.compound, ground.compounds)

    @cached_property
    def cut_off(self) -> Flags:
        """(f,) used facilities without a door that the public can walk to from the main network."""
        joined = self.rows.place[self.ground.network.component[self.rows.edge] == 0]
        reached = np.zeros(len(self.offer.ids), dtype=bool)
        reached[self.offer.door_of[joined]] = True
        return self.offer.used & ~reached

    def doors_of(self, facilities: Flags) -> Flags:
        """(d,) the doors by which a set of facilities may be entered by then."""
        return facilities[self.offer.door_of] & self.enterable if len(self.offer.door_of) else self.enterable

    def circle(self, facilities: Flags) -> Floats:
        """(n,) metres as the crow flies to the nearest door of a set; `inf` without doors."""
        return self._crow(facilities)[0]

    def nearest_door(self, facilities: Flags) -> Ints:
        """(n,) which of the doors of a set that one is, its row among them."""
        return self._crow(facilities)[1]

    def _crow(self, facilities: Flags) -> tuple[Floats, Ints]:
        key = np.packbits(facilities).tobytes()
        if key not in self._circles:
            doors, xy = self.offer.doors[self.doors_of(facilities)], self.ground.demand.xy
            nowhere = np.full(len(xy), np.inf), np.full(len(xy), -1, dtype=np.int64)
            self._circles[key] = cKDTree(doors).query(xy) if len(doors) else nowhere
        return self._circles[key]

    def walked(self, facilities: Flags, pace: Pace | None = None) -> Walked:
        """Walk from every place of the demand to the nearest of a set (f,) of used facilities; in metres, or in time at a pace."""
        key = (np.packbits(facilities).tobytes(), pace)
        if key not in self._walked:
            _keep(self._walked, _KEPT - 1)
            self._walked[key] = self._searched(self.doors_of(facilities), pace)
        return self._walked[key]

    def cost(self, facilities: Flags, pace: Pace | None = None, *, within_m: float = np.inf, any_hour: bool = False) -> Floats:
        """(n,) what the walk to the nearest of a set costs, `inf` beyond a threshold, and nothing else of it: for comparing.

        At `any_hour` one enters by doors that are shut then too.
        """
        known = None if any_hour else self._walked.get((np.packbits(facilities).tobytes(), pace))
        if known is not None:
            return known.cost
        key = (np.packbits(facilities).tobytes(), pace, within_m, any_hour)
        if key not in self._costs:
            _keep(self._costs, _KEPT - 1)
            offer = self.offer
            passable = facilities[offer.door_of] & (self.ground.steps | offer.door_level) if any_hour else self.doors_of(facilities)
            self._costs[key] = self._cost(passable, pace, within_m)
        return self._costs[key]

    def _cost(self, chosen: Flags, pace: Pace | None, within_m: float) -> Floats:
        network, doors, homes = self._ends(chosen, pace)
        cost = cheapest(network, spread(network, doors, limit_m=within_m), homes, len(self.ground.demand.ids))
        ways = np.flatnonzero(~self._ways.barred & chosen[self._ways.goal])
        np.minimum.at(cost, self._ways.place[ways], self._ways.metres[ways])
        cost[cost > within_m] = np.inf
        return cost

    def _ends(self, chosen: Flags, pace: Pace | None) -> tuple[WalkNetwork, Attachments, Attachments]:
        """The network at a pace, the doors chosen (d,) and the homes on it."""
        network = self.ground.paced(pace)
        return network, placed(network, self.rows.take(chosen[self.rows.place])), placed(network, self.ground.homes)

    def _searched(self, chosen: Flags, pace: Pace | None) -> Walked:
        network, doors, homes = self._ends(chosen, pace)
        count, away = len(self.ground.demand.ids), spread(network, doors)
        walks = meet(network, away, homes, count)
        ways = np.flatnonzero(~self._ways.barred & chosen[self._ways.goal])  # to doors of one's own compound, which pass no gate
        inner, inner_door = least(self._ways.place[ways], self._ways.metres[ways], self._ways.goal[ways], count)
        closer = inner < walks.metres
        cost, door = np.where(closer, inner, walks.metres), np.where(closer, inner_door, walks.source)
        facility = np.full(count, -1, dtype=np.int64)
        facility[door >= 0] = self.offer.door_of[door[door >= 0]]
        return Walked(
            cost=cost,
            metres=np.where(closer, inner, drawn(network, away, homes, walks)),
            facility=facility,
            door=door,
            without_walls=np.minimum(cheapest(network, away, placed(network, self._straight_out), count), cost),
            others=cache(lambda limit_m: self._others(chosen, pace, facility, limit_m)),
        )

    def _others(self, chosen: Flags, pace: Pace | None, nearest: Ints, limit_m: float) -> tuple[Floats, Ints]:
        """(n,) the cost of the walk to the nearest facility but `nearest` (n,), `inf` beyond the limit; (n,) which, -1 there."""
        network, doors, homes = self._ends(chosen, pace)
        count, owner = len(self.ground.demand.ids), self.offer.door_of[doors.place]
        two = two_nearest(network, spread(network, doors, limit_m=limit_m), owner, homes, count, limit_m=limit_m)
        ways = np.flatnonzero(~self._ways.barred & chosen[self._ways.goal])
        if not len(ways):
            return two.second, two.second_owner
        place, everyone = self._ways.place[ways], np.arange(count)
        candidates = np.concatenate([everyone, everyone, place])
        costs = np.concatenate([two.walks.metres, two.second, self._ways.metres[ways]])
        whose = np.concatenate([two.owner, two.second_owner, self.offer.door_of[self._ways.goal[ways]]])
        other = (whose != nearest[candidates]) & (whose >= 0) & (costs <= limit_m)
        return least(candidates[other], costs[other], whose[other], count)


def _keep(found: dict[Any, Any], most: int) -> None:
    """Drop the oldest of what is kept, down to `most`."""
    for oldest in list(found)[: max(len(found) - most, 0)]:
        del found[oldest]
