"""Walks from every home to any set of facilities: all doors meet the network once, each set is searched once and kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from wanli_geo.access.walked import Walked
from wanli_geo.network.graph import Floats, Ints
from wanli_geo.network.inner import Inside, lengthened, ways_inside
from wanli_geo.network.pace import Pace, drawn, placed
from wanli_geo.network.search import spread
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
    _circles: dict[bytes, tuple[Floats, Ints]] = field(default_factory=dict)

    @cached_property
    def open(self) -> Flags:
        """(f,) facilities that are open at the hour asked for; all of them where no hour was asked for."""
        ground = self.ground
        return self.offer.open_at(ground.day, ground.minute) if self.hours else np.ones(len(self.offer.ids), dtype=bool)

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
            while len(self._walked) >= _KEPT:
                del self._walked[next(iter(self._walked))]
            self._walked[key] = self._searched(self.doors_of(facilities), pace)
        return self._walked[key]

    def cost(self, facilities: Flags, pace: Pace | None = None) -> Floats:
        """(n,) what the walk to the nearest of a set costs, and nothing else of it: for comparing."""
        key = (np.packbits(facilities).tobytes(), pace)
        if key in self._walked:
            return self._walked[key].cost
        network, count, chosen = self.ground.paced(pace), len(self.ground.demand.ids), self.doors_of(facilities)
        away = spread(network, placed(network, self.rows.take(chosen[self.rows.place])))
        cost = cheapest(network, away, placed(network, self.ground.homes), count)
        ways = np.flatnonzero(~self._ways.barred & chosen[self._ways.goal])
        np.minimum.at(cost, self._ways.place[ways], self._ways.metres[ways])
        return cost

    def _searched(self, chosen: Flags, pace: Pace | None) -> Walked:
        offer, ground = self.offer, self.ground
        network, count = ground.paced(pace), len(ground.demand.ids)
        doors, homes = placed(network, self.rows.take(chosen[self.rows.place])), placed(network, ground.homes)
        away = spread(network, doors)
        two = two_nearest(network, away, offer.door_of[doors.place], homes, count)
        cost, door = two.walks.metres.copy(), two.walks.source.copy()
        metres = drawn(network, away, homes, two.walks).copy()
        found = Walked(cost, metres, two.owner.copy(), door, two.second, two.second_owner,
                       np.minimum(cheapest(network, away, placed(network, self._straight_out), count), cost))
        ways = np.flatnonzero(~self._ways.barred & chosen[self._ways.goal])
        return self._with_ways(found, ways) if len(ways) else found

    def _with_ways(self, by_streets: Walked, ways: Ints) -> Walked:
        """Take in the ways (w,) to doors of one's own compound, which pass no gate."""
        count, place = len(by_streets.cost), self._ways.place[ways]
        metres, door = self._ways.metres[ways], self._ways.goal[ways]
        everyone, facility = np.arange(count), self.offer.door_of[door]
        inner, inner_door = least(place, metres, door, count)
        closer = inner < by_streets.cost
        cost, first_door = np.where(closer, inner, by_streets.cost), np.where(closer, inner_door, by_streets.door)
        first = np.where(closer, self.offer.door_of[np.clip(inner_door, 0, None)], by_streets.facility)
        candidates = np.concatenate([everyone, everyone, place])
        costs = np.concatenate([by_streets.cost, by_streets.second, metres])
        whose = np.concatenate([by_streets.facility, by_streets.second_facility, facility])
        other = (whose != first[candidates]) & (whose >= 0)
        second, second_facility = least(candidates[other], costs[other], whose[other], count)
        return Walked(cost, np.where(closer, inner, by_streets.metres), first, first_door, second, second_facility,
                      np.minimum(by_streets.without_walls, cost))
