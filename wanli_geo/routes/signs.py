"""Where walks part: people counted down the trees of their walks, the corners where one must choose, and which way a walk sets out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wanli_geo.network.graph import Floats, Ints, WalkNetwork
from wanli_geo.network.search import Field, Walks
from wanli_geo.network.snap import Attachments

# Fewer ways than this meet in no corner where one could go wrong.
ARMS = 3
# A hand points the way that is walked first, so many metres of it.
AHEAD_M = 20.0
COMPASS = ("north", "northeast", "east", "southeast", "south", "southwest", "west", "northwest")
ARROWS = ("↑", "↗", "→", "↘", "↓", "↙", "←", "↖")


# What is said of minutes painted on a sign.
RIGHT, TOO_SHORT, TOO_LONG, UNPAINTED, UNREACHABLE = "accurate", "too_short", "too_long", "unpainted", "unreachable"
CLOSED, UNKNOWN = "not_open", "unknown"
WRONG = (TOO_SHORT, TOO_LONG, CLOSED, UNREACHABLE)


def verdicts(painted: Floats, adult_min: Floats, elder_min: Floats, slack_min: float) -> NDArray[np.object_]:
    """Judge painted minutes (f,): right from the adult's less the slack to the elder's and the slack.

    A sign speaks to both, so any figure between the two walkers is right; `slack_min` forgives the rounding to whole minutes.

    Args:
        painted: NaN where no figure is painted; `adult_min`, `elder_min` `inf` where no way leads there.
    """
    chosen = [~np.isfinite(adult_min), np.isnan(painted), painted < adult_min - slack_min, painted > elder_min + slack_min]
    return np.select(chosen, [UNREACHABLE, UNPAINTED, TOO_SHORT, TOO_LONG], RIGHT).astype(object)


@dataclass(frozen=True, eq=False)
class Passing:
    """The walks to one destination at the corners they pass: a row for each arm of a corner that some come in by.

    Attributes:
        corner, arm, out: (k,) the corner, the edge come by and the edge gone on by.
        trips: (k,) people on their way.
    """

    corner: Ints
    arm: Ints
    out: Ints
    trips: Floats


@dataclass(frozen=True, eq=False)
class Decisions:
    """Corners where people who come by one way must choose between others, most trips off the main stream first.

    Attributes:
        corner: (d,); `arms` (d,) how many ways meet there.
        trips: (d,) trips that come in by an arm where the ways part; a person counts once for each destination.
        turning: (d,) of these the ones that leave the stream most of that arm take: who follows the others goes wrong.
    """

    corner: Ints
    arms: Ints
    trips: Floats
    turning: Floats

    def take(self, rows: Ints | NDArray[np.bool_]) -> Decisions:
        return Decisions(self.corner[rows], self.arms[rows], self.trips[rows], self.turning[rows])


def through(previous: Ints, entering: Floats) -> Floats:
    """(n,) people through each corner of a tree of walks, those who enter it there included; by doubling the stride.

    Args:
        previous: (n,) the next corner on the way, -1 at the last; `entering` (n,) who steps onto the tree there.
    """
    total, onward = np.asarray(entering, dtype=np.float64).copy(), previous.copy()
    while len(moving := np.flatnonzero(onward >= 0)):
        total = total + np.bincount(onward[moving], total[moving], minlength=len(total))
        onward[moving] = onward[onward[moving]]
    return total


def passing(network: WalkNetwork, field: Field, homes: Attachments, walks: Walks, people: Floats) -> Passing:
    """Follow everybody's walk to one destination past every corner.

    Args:
        people: (p,) who sets out from each place of `walks`; unknown people, NaN, are counted as none.
    """
    going = np.flatnonzero((walks.row >= 0) & (walks.side != 2) & (np.nan_to_num(people) > 0))
    edge, side = homes.edge[walks.row[going]], walks.side[going]
    first = np.where(side == 0, network.tail[edge], network.head[edge])
    flow = through(field.previous, np.bincount(first, people[going], len(network.nodes)).astype(np.float64))
    out = ways_on(network, field)
    inner = np.flatnonzero((field.previous >= 0) & (flow > 0))
    corner = np.concatenate([first, field.previous[inner]])
    return Passing(corner, np.concatenate([edge, out[inner]]), out[corner], np.concatenate([people[going], flow[inner]]))


def ways_on(network: WalkNetwork, field: Field) -> Ints:
    """(n,) the edge by which the walk goes on from each corner, at the last one that of the source; -1 where there is no walk."""
    out = np.where(field.via >= 0, field.sources.edge[field.via], -1) if len(field.sources) else np.full(len(network.nodes), -1)
    moving = np.flatnonzero(field.previous >= 0)
    indptr, index, _, edges = network.neighbours
    corners = len(network.nodes)
    ways = np.repeat(np.arange(corners), np.diff(indptr)) * corners + index
    out[moving] = edges[np.searchsorted(ways, moving * corners + field.previous[moving])]
    return np.asarray(out, dtype=np.int64)


def decisions(network: WalkNetwork, flows: Sequence[Passing]) -> Decisions:
    """Find the corners of three arms or more where walks to different destinations that come by one arm part."""
    corner, arm, out = (np.concatenate([getattr(flow, name) for flow in flows]) for name in ("corner", "arm", "out"))
    trips = np.concatenate([flow.trips for flow in flows])
    edges = len(network.length)
    way, streams = _summed((corner * edges + arm) * edges + out, trips)
    come_by, first = np.unique(way // edges, return_index=True)
    total, main = (reduce.reduceat(streams, first) if len(first) else np.empty(0) for reduce in (np.add, np.maximum))
    parts = np.diff(np.append(first, len(way))) > 1
    at, both = _summed(come_by[parts] // edges, total[parts]), _summed(come_by[parts] // edges, total[parts] - main[parts])
    arms = np.bincount(np.concatenate([network.tail, network.head]), minlength=len(network.nodes))[at[0]]
    found = Decisions(at[0], arms, at[1], both[1]).take(arms >= ARMS)
    return found.take(np.lexsort((found.corner, -found.trips, -found.turning)))


def _summed(keys: Ints, amounts: Floats) -> tuple[Ints, Floats]:
    """Add up what has the same key: the keys in order, each once, and their sums."""
    own, row = np.unique(keys, return_inverse=True)
    return own, np.bincount(row, amounts, len(own)).astype(np.float64)


def apart(xy: Floats, metres: float) -> NDArray[np.bool_]:
    """(d,) which places to keep so that no two are nearer than `metres`, the earlier before the later."""
    kept = np.zeros(len(xy), dtype=bool)
    for row in range(len(xy)):
        kept[row] = not (np.hypot(*(xy[:row][kept[:row]] - xy[row]).T) < metres).any()
    return kept


def heading(xy: Floats, ahead_m: float = AHEAD_M) -> float | None:
    """Degrees clockwise from grid north in which a walk (v, 2) sets out, over its first metres; None for a walk of no length."""
    step = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(xy, axis=0).T))]) if len(xy) else np.zeros(1)
    if step[-1] <= 0:
        return None
    ahead = [np.interp(min(ahead_m, step[-1]), step, xy[:, axis]) for axis in (0, 1)]
    east, north = np.array(ahead) - xy[0]
    return float(np.degrees(np.arctan2(east, north)) % 360.0) if east or north else None


def compass(bearing: float) -> int:
    """The eighth of the compass a bearing lies in: a row of `COMPASS` and `ARROWS`."""
    return round(bearing / 45.0) % 8
