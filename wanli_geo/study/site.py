"""A closure on the ground of one walker: the walks of every home with and without what is closed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from wanli_geo.network.closing import Closing, closing
from wanli_geo.network.graph import Floats
from wanli_geo.network.search import nearest
from wanli_geo.planning.closures import Closed
from wanli_geo.study.choices import Goals, homes_of
from wanli_geo.study.ground import Ground
from wanli_geo.workspace.kinds import Kind

# Who walks at least so much farther is affected; less is what a drawn line is off by.
AFFECTED_M = 10.0


@dataclass(frozen=True, eq=False)
class Site:
    """A closure on the ground of one walker: the streets as they are, and what is left of them."""

    ground: Ground
    closed: Closed

    @cached_property
    def rest(self) -> Closing:
        """The network without what is closed."""
        network = self.ground.network
        ids = self.ground.workspace.layer("streets")["id"].to_numpy(object)[self.closed.row]
        place = {identity: row for row, identity in enumerate(self.ground.streets["id"])}
        edge, start, end = [np.empty(0, dtype=np.int64)], [np.empty(0)], [np.empty(0)]
        for identity, low, high in zip(ids, self.closed.start, self.closed.end, strict=True):
            own = np.flatnonzero(network.street == place.get(identity, -1))
            begins = np.cumsum(network.length[own]) - network.length[own]  # the edges of a street follow one another, its links come last
            edge.append(own)
            start.append(np.clip(low - begins, 0.0, network.length[own]))
            end.append(np.clip(high - begins, 0.0, network.length[own]))
        return closing(network, np.concatenate(edge), np.concatenate(start), np.concatenate(end))

    @cached_property
    def fronting(self) -> NDArray[np.bool_]:
        """(n,) whether a home's every way onto the streets meets what is closed."""
        had, has = np.zeros((2, len(self.ground.demand.ids)), dtype=bool)
        had[self.ground.homes.place] = has[self.rest.kept(self.ground.homes).place] = True
        return np.asarray(had & ~has)

    def walks(self, goals: Goals) -> tuple[Floats, Floats]:
        """(n,) metres from every home to its nearest door, before and after; both leave by the same ways, those still open."""
        homes = homes_of(self.ground)
        beside = goals.beside(homes)
        found = []
        for network, doors, rows in ((self.ground.network, goals.rows, homes.rows),
                                     (self.rest.network, self.rest.kept(goals.rows), self.rest.kept(homes.rows))):
            metres = nearest(network, doors, rows, len(homes.xy)).metres.copy()
            np.minimum.at(metres, beside.place, beside.metres)
            found.append(metres)
        return found[0], found[1]


@dataclass(frozen=True, eq=False)
class Extra:
    """What a closure adds to walks: (kinds, n) metres `before` and `after`, `inf` where there is no way.

    `fronting` (n,) says who has no way onto the streets but the closed stretch.
    """

    kinds: Sequence[Kind]
    before: Floats
    after: Floats
    fronting: NDArray[np.bool_]

    @cached_property
    def metres(self) -> Floats:
        """(kinds, n) metres more; NaN where there was no way before or is none after."""
        both = np.isfinite(self.before) & np.isfinite(self.after)
        return np.subtract(self.after, self.before, out=np.full(self.before.shape, np.nan), where=both)

    @cached_property
    def lost(self) -> NDArray[np.bool_]:
        """(kinds, n) whether there was a way and is none."""
        return np.isfinite(self.before) & ~np.isfinite(self.after)

    @cached_property
    def worst(self) -> Floats:
        """(n,) metres more to the kind that suffers most; 0 where none can be compared."""
        return np.nan_to_num(self.metres).max(axis=0, initial=0.0)

    @cached_property
    def cut_off(self) -> NDArray[np.bool_]:
        """(n,) whether one walked to something and now walks to nothing."""
        return np.asarray(self.lost.any(axis=0) & ~np.isfinite(self.after).any(axis=0))

    @cached_property
    def affected(self) -> NDArray[np.bool_]:
        """(n,) whether a walk grows by `AFFECTED_M` or ends."""
        return np.asarray((self.worst >= AFFECTED_M) | self.lost.any(axis=0))

    @cached_property
    def unknown(self) -> NDArray[np.bool_]:
        """(n,) whether nothing was walked to before either."""
        return np.asarray(~np.isfinite(self.before).any(axis=0))


def extra_of(site: Site, goals: Sequence[Goals]) -> Extra:
    """Compare the walks to the nearest of each kind."""
    walks = np.array([site.walks(one) for one in goals]).reshape(len(goals), 2, len(site.ground.demand.ids))
    return Extra([one.kind for one in goals], walks[:, 0], walks[:, 1], site.fronting)
