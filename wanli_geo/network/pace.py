"""Walking in time: what a crossing, a slope and stairs cost, told as the metres one would have walked meanwhile.

The wait of a crossing lies evenly along its line. So a walk from kerb to kerb pays it once, however many corners cut the line; a walk
that steps on half way, from the middle of the road it crosses, pays half; and there and back cost the same. A network in time is a
network like any other, only longer at its crossings: the search, the exact places along an edge and the reach cut inside it stay as
they are. A footbridge or underpass drawn in several pieces, end to end, is one crossing; steps drawn beside it are walked at the pace of
stairs on top of its wait.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csgraph, csr_array

from wanli_geo.errors import BadMeasure
from wanli_geo.network.graph import Floats, Ints, WalkNetwork
from wanli_geo.network.search import Field, Walks
from wanli_geo.network.snap import Attachments

_LONGEST_WAIT_S = 600.0
_SLOWEST_STAIRS = 10.0
# W. Tobler, Three presentations on geographical analysis and modeling (NCGIA 93-1, 1993): km/h = 6 exp(-3.5 |rise / run + 0.05|).
_TOBLER, _EASIEST = 3.5, 0.05


@dataclass(frozen=True)
class Waits:
    """Seconds lost at one crossing; planner's assumptions, not measured here. One not known to have lights counts as without.

    `stairs_factor` is how many times longer a metre of steps lasts than one on the level, up and down together: people on stairs get
    on at about half their speed (T. Fujiyama, N. Tyler, Predicting the walking speed of pedestrians on stairs, 2010), so 2.
    """

    signalised_s: float = 30.0
    unsignalised_s: float = 10.0
    over_or_under_s: float = 60.0
    stairs_factor: float = 2.0

    def __post_init__(self) -> None:
        for seconds in (self.signalised_s, self.unsignalised_s, self.over_or_under_s):
            if not 0 <= seconds <= _LONGEST_WAIT_S:
                raise BadMeasure(
                    f"过街等候 {seconds:g} 秒不合理；请给 0 到 {_LONGEST_WAIT_S:g} 秒。",
                    f"A wait of {seconds:g} s at a crossing makes no sense; give 0 to {_LONGEST_WAIT_S:g} s.",
                )
        if not 1 <= self.stairs_factor <= _SLOWEST_STAIRS:
            raise BadMeasure(
                f"台阶的用时倍数 {self.stairs_factor:g} 不合理；请给 1 到 {_SLOWEST_STAIRS:g}。",
                f"Stairs that last {self.stairs_factor:g} times as long make no sense; give 1 to {_SLOWEST_STAIRS:g}.",
            )


    def times(self, factor: float) -> Waits:
        """Waits so many times as long, none beyond the longest; the pace on stairs stays."""
        longest = _LONGEST_WAIT_S
        return replace(self, signalised_s=min(self.signalised_s * factor, longest), unsignalised_s=min(self.unsignalised_s * factor, longest),
                       over_or_under_s=min(self.over_or_under_s * factor, longest))


@dataclass(frozen=True)
class Pace:
    """A walker in time mode: the speed on the way, the waits at crossings."""

    m_per_s: float
    waits: Waits


def uphill_and_down(slope_pct: Floats) -> Floats:
    """(s,) how many times longer a metre of slope lasts than one on the level: the mean of the way up and the way down.

    By Tobler (1993), made 1 on the level; walking there and back is what is judged, so which way is up does not matter.

    Args:
        slope_pct: (s,) percent, either sign; NaN, not known, counts as level.
    """
    rise = np.abs(np.nan_to_num(slope_pct)) / 100
    up, down = (np.exp(_TOBLER * (np.abs(way + _EASIEST) - _EASIEST)) for way in (rise, -rise))
    return np.asarray((up + down) / 2, dtype=np.float64)


def slowed(network: WalkNetwork, factor: Floats, m_per_s: float) -> Floats:
    """(e,) seconds that each edge lasts longer than on the level, where its street's `factor` (s,) says so."""
    return network.length * (factor[network.street] - 1) / m_per_s


def waits_along(network: WalkNetwork, wait_s: Floats, pieces: NDArray[np.bool_]) -> Floats:
    """Spread the wait of every crossing over its edges, by length.

    Args:
        wait_s: (s,) seconds that each street costs once, in the order given to `build_network`; 0 for what is no crossing.
        pieces: (s,) streets that may be pieces of one crossing: where only two of them meet, they are.

    Returns:
        (e,) seconds on each edge.
    """
    seconds = np.zeros(len(network.length))
    edges = np.flatnonzero(wait_s[network.street] > 0) if len(network.street) else np.empty(0, dtype=np.int64)
    if not len(edges):
        return seconds
    crossing = _crossing(network, edges, pieces)
    whole = np.bincount(crossing, network.length[edges])[crossing]
    seconds[edges] = wait_s[network.street[edges]] * network.length[edges] / whole
    return seconds


def _crossing(network: WalkNetwork, edges: Ints, pieces: NDArray[np.bool_]) -> Ints:
    """(k,) number of the crossing each edge is part of: edges of one street that touch, and pieces continued end to end."""
    row, corner = np.tile(np.arange(len(edges)), 2), np.concatenate([network.tail[edges], network.head[edges]])
    street = network.street[edges][row]
    ways = np.bincount(np.concatenate([network.tail, network.head]), minlength=len(network.nodes))
    shared = np.unique(np.where(pieces[street] & (ways[corner] == 2), -1, street) + (corner + 1) * (len(pieces) + 1), return_inverse=True)[1]
    size = len(edges) + int(shared.max()) + 1
    joined = csr_array((np.ones(len(row)), (row, len(edges) + shared)), shape=(size, size))
    return np.asarray(csgraph.connected_components(joined, directed=False)[1][: len(edges)], dtype=np.int64)


def in_time(network: WalkNetwork, seconds: Floats, m_per_s: float) -> WalkNetwork:
    """Lengthen each edge by the metres walked at `m_per_s` in its `seconds` (e,); corners, edges and lines stay."""
    timed = replace(network, length=network.length + seconds * m_per_s, slow=1.0 + seconds * m_per_s / network.length)
    vars(timed)["ways"] = network.ways  # the same corners and edges: not sorted again at every pace
    return timed


def placed(network: WalkNetwork, rows: Attachments) -> Attachments:
    """Tell where attachments made on the network in metres lie on the same `network` in time."""
    if network.slow is None:
        return rows
    return replace(rows, offset=np.minimum(rows.offset * network.slow[rows.edge], network.length[rows.edge]))


def drawn(network: WalkNetwork, field: Field, places: Attachments, walks: Walks) -> Floats:
    """(p,) metres on the ground of each place's walk, waits left out; `inf` where it has none."""
    if network.slow is None:
        return walks.metres
    slow, sources = network.slow, field.sources
    on_the_way = _to_source(network, slow, field)
    metres = np.full(len(walks.metres), np.inf)
    found = np.flatnonzero(walks.row >= 0)
    row, side, via = walks.row[found], walks.side[found], walks.via[found]
    edge = places.edge[row]
    corner = np.where(side == 0, network.tail[edge], network.head[edge])
    offset = places.offset[row]
    step = np.where(side == 0, offset, network.length[edge] - offset) / slow[edge]
    along = sources.leg[via] + np.abs(offset - sources.offset[via]) / slow[edge]
    metres[found] = places.leg[row] + np.where(side == 2, along, step + on_the_way[corner])
    return metres


def _to_source(network: WalkNetwork, slow: Floats, field: Field) -> Floats:
    """(n,) metres on the ground from each corner to its source, by doubling the stride along the way there."""
    corners = np.arange(len(network.nodes))
    metres, onward = np.zeros(len(corners)), field.previous.copy()
    last = np.flatnonzero((field.via >= 0) & (onward < 0))
    leg, edge = field.sources.leg[field.via[last]], field.sources.edge[field.via[last]]
    metres[last] = leg + (field.metres[last] - leg) / slow[edge]
    moving = np.flatnonzero(onward >= 0)
    indptr, index, _, edges = network.neighbours
    ways = np.repeat(corners, np.diff(indptr)) * len(corners) + index
    way = edges[np.searchsorted(ways, moving * len(corners) + onward[moving])]
    metres[moving] = network.length[way] / slow[way]
    while len(moving):
        ahead = onward[moving]
        metres[moving] += metres[ahead]
        onward[moving] = onward[ahead]
        moving = moving[onward[moving] >= 0]
    return np.where(field.via >= 0, metres, np.inf)
