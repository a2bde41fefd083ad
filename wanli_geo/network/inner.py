"""Ways inside a compound: along its own paths where they are drawn, else straight, lengthened by a stated factor.

The paths of a compound hang together with no other compound's, even where the lines touch: nobody passes from one into the next but by
the gates. Paths lead from a place to a goal where both stand within reach of the same paths, and nearer to them than to one another, or
where the straight line is barred: then they are what is walked, however short the crow's line; the steps off them are straight and
lengthened like any other.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import shapely
from numpy.typing import NDArray

from wanli_geo.network.graph import Floats, Ints, WalkNetwork, build_network
from wanli_geo.network.search import Walks, meet, route, spread
from wanli_geo.network.snap import SNAP_M, Attachments, Shapes, attached, feet, nearest_of_part, on_pieces, touched
from wanli_geo.network.turns import Stretch, stretches

# Metres walked for a metre of straight line between houses: a planner's assumption (detour index of paths in estates), unverified.
DETOUR = 1.2
MOST_DETOUR = 2.0
# A path belongs to the compound that more than this share of its length lies in.
_MOSTLY = 0.5


@dataclass(frozen=True, eq=False)
class Inner:
    """The paths inside compounds, and what no straight line inside cuts through.

    Attributes:
        network: the paths, each compound's apart; its `street` names rows of the lines given to `inner_of`.
        compound: (e,) row of the compound whose path each edge is.
        detour: metres walked for a metre of straight line, ≥ 1.
        closed: (b,) water, railways, walled compounds; `closed_of` (b,) row of the compound each is, -1 for what is none.
    """

    network: WalkNetwork
    compound: Ints
    detour: float
    closed: Shapes
    closed_of: Ints

    @cached_property
    def paths(self) -> shapely.STRtree:
        return shapely.STRtree(self.network.lines)

    @cached_property
    def obstacles(self) -> shapely.STRtree:
        return shapely.STRtree(self.closed)


@dataclass(frozen=True, eq=False)
class Inside:
    """Places and goals of one compound, paired: a row a pair, by place, then goal.

    Attributes:
        place, goal: (k,) rows in the order given.
        metres: (k,) from the one to the other inside the compound.
        by_path: (k,) whether the compound's paths lead there.
        barred: (k,) no path leads there, and water, a railway or another compound lies across the straight line.
    """

    place: Ints
    goal: Ints
    metres: Floats
    by_path: NDArray[np.bool_]
    barred: NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Way:
    """One way inside a compound: `xy` (v, 2) and `parts` along its paths, empty where it is straight; the metres before and after them."""

    xy: Floats
    parts: list[Stretch]
    first_m: float
    last_m: float


def inner_of(lines: Shapes, compounds: Shapes, detour: float, closed: Shapes, closed_of: Ints) -> Inner:
    """Join the paths of each compound.

    Args:
        lines: (s,) ways reserved to residents, metric; one that lies mostly outside every compound is nobody's inner path.
        compounds: (c,) outlines.
    """
    owner = _owner(lines, compounds)
    inside = np.flatnonzero(owner >= 0)
    network = build_network(lines[inside])
    compound = owner[inside][network.street]
    return Inner(_apart(replace(network, street=inside[network.street]), compound), compound, detour, closed, closed_of)


def _owner(lines: Shapes, compounds: Shapes) -> Ints:
    """(s,) row of the compound each line lies mostly in, -1 for none."""
    owner = np.full(len(lines), -1, dtype=np.int64)
    if len(lines) and len(compounds):
        line, compound = shapely.STRtree(compounds).query(lines, predicate="intersects")
        share = shapely.length(shapely.intersection(lines[line], compounds[compound])) / shapely.length(lines[line])
        order = np.argsort(share, kind="stable")
        order = order[share[order] > _MOSTLY]
        owner[line[order]] = compound[order]
    return owner


def _apart(network: WalkNetwork, compound: Ints) -> WalkNetwork:
    """Give every compound corners of its own."""
    count = int(compound.max(initial=0)) + 1
    own, numbered = np.unique(np.concatenate([network.tail, network.head]) * count + np.tile(compound, 2), return_inverse=True)
    tail, head = np.split(numbered.astype(np.int64), 2)
    return replace(network, nodes=network.nodes[own // count], tail=tail, head=head)


def ways_inside(inner: Inner, xy: Floats, compound: Ints, goals_xy: Floats, goal_compound: Ints) -> Inside:
    """Measure the way from every place to every goal of its compound.

    Args:
        xy: (p, 2) places; `compound` (p,) the compound each lies in, -1 for none (such a place gets no row).
        goals_xy: (g, 2) gates or doors; `goal_compound` (g,) likewise.
    """
    place, goal, nth = _pairs(compound, goal_compound)
    start, end = xy[place], goals_xy[goal]
    straight = inner.detour * np.hypot(*(start - end).T)
    metres, off_path = _by_paths(inner, xy, compound, goals_xy, goal_compound, place, goal, nth)
    by_path = off_path < straight
    barred = np.zeros(len(place), dtype=bool)
    unled = np.flatnonzero(~by_path)
    barred[unled] = _cut(inner, start[unled], end[unled], compound[place[unled]])
    by_path |= barred & np.isfinite(metres)
    barred &= ~by_path
    return Inside(place, goal, np.where(by_path, metres, straight), by_path, barred)


def _pairs(compound: Ints, goal_compound: Ints) -> tuple[Ints, Ints, Ints]:
    """Pair places and goals of one compound: (place, goal, which of the compound's goals it is, from 0)."""
    order = np.argsort(goal_compound, kind="stable")
    sorted_goals = goal_compound[order]
    low, high = np.searchsorted(sorted_goals, compound, "left"), np.searchsorted(sorted_goals, compound, "right")
    count = np.where(compound >= 0, high - low, 0)
    place = np.repeat(np.arange(len(compound)), count)
    nth = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
    return place.astype(np.int64), order[np.repeat(low, count) + nth].astype(np.int64), nth.astype(np.int64)


def _by_paths(
    inner: Inner, xy: Floats, compound: Ints, goals_xy: Floats, goal_compound: Ints, place: Ints, goal: Ints, nth: Ints
) -> tuple[Floats, Floats]:
    """(k,) metres of each pair by the paths, and (k,) the part of them off the paths; `inf` where none lead there.

    One search for the first goal of every compound together, one for the second, …: their paths hang nowhere together.
    """
    metres, off_path = np.full(len(place), np.inf), np.full(len(place), np.inf)
    pathed = np.isin(compound[place], inner.compound)
    if not pathed.any():
        return metres, off_path
    asked, wanted = np.unique(place[pathed]), np.unique(goal[pathed])
    homes = _onto(inner, xy, compound, asked)
    goals = _onto(inner, goals_xy, goal_compound, wanted)
    rank = np.full(len(goals_xy), -1, dtype=np.int64)
    rank[goal] = nth
    for number in range(int(nth[pathed].max()) + 1):
        sources = goals.take(rank[goals.place] == number)
        walks = meet(inner.network, spread(inner.network, sources), homes, len(xy))
        row = np.flatnonzero((nth == number) & np.isfinite(walks.metres[place]))
        metres[row], off_path[row] = walks.metres[place[row]], _off_path(homes, sources, walks, place[row])
    return metres, off_path


def _off_path(homes: Attachments, sources: Attachments, walks: Walks, place: Ints) -> Floats:
    return homes.leg[walks.row[place]] + sources.leg[walks.via[place]]


def _onto(inner: Inner, xy: Floats, compound: Ints, which: Ints) -> Attachments:
    """Attach some places to the nearest spot of each connected part of their compound's paths, legs lengthened by the factor."""
    points = shapely.points(xy)
    near, edge = inner.paths.query(points[which], predicate="dwithin", distance=SNAP_M)
    place, edge = which[near], edge.astype(np.int64)
    own = inner.compound[edge] == compound[place]
    found = nearest_of_part(inner.network, attached(inner.network, points, place[own], edge[own]))
    barred = np.unique(found.place[_cut(inner, xy[found.place], feet(inner.network, found), compound[found.place], goals_stand=False)])
    if len(barred):
        looked = np.isin(place[own], barred)
        again = on_pieces(inner.network, xy, place[own][looked], edge[own][looked], SNAP_M)
        clear = again.take(~_cut(inner, xy[again.place], feet(inner.network, again), compound[again.place], goals_stand=False))
        both = [found.take(~np.isin(found.place, barred)), nearest_of_part(inner.network, clear)]
        found = Attachments(*(np.concatenate([getattr(part, name) for part in both]) for name in ("place", "edge", "offset", "leg", "gate")))
    return replace(found, leg=inner.detour * found.leg)


def _cut(inner: Inner, start: Floats, end: Floats, compound: Ints, *, goals_stand: bool = True) -> NDArray[np.bool_]:
    """(k,) whether something closed lies across each straight line; its own compound does not, nor what it starts in.

    Args:
        goals_stand: nor what it ends in, such as another compound that a gate was drawn a little inside of.
    """
    cut = np.zeros(len(start), dtype=bool)
    line, shape = touched(inner.obstacles, start, end)
    other = inner.closed_of[shape] != compound[line]
    if goals_stand:
        other &= ~shapely.intersects(inner.closed[shape], shapely.points(end[line]))
    cut[line[other]] = True
    return cut


def through_gates(
    inner: Inner, xy: Floats, compound: Ints, gates_xy: Floats, gate_compound: Ints, gates: Attachments
) -> tuple[Attachments, Ints]:
    """Attach places inside compounds through the gates of their compound.

    Args:
        xy: (p, 2) places; `compound` (p,) the compound each lies in, -1 for none (such a place gets no row).
        gates_xy: (g, 2) gates; `gate_compound` (g,) whose they are; `gates` where those one may pass meet the network.

    Returns:
        the attachments, by place; and the places that no way leads out of for water, a railway or another compound in between: they
        are attached by the straight line all the same.
    """
    usable = np.unique(gates.place)
    ways = ways_inside(inner, xy, compound, gates_xy[usable], gate_compound[usable])
    shut_in = np.setdiff1d(ways.place[ways.barred], ways.place[~ways.barred])
    kept = np.flatnonzero(~ways.barred | np.isin(ways.place, shut_in))
    way, row = _expanded(ways.goal[kept], np.searchsorted(usable, gates.place), len(usable))
    way = kept[way]
    leg = ways.metres[way] + gates.leg[row]
    return Attachments(ways.place[way], gates.edge[row], gates.offset[row], leg, gates.place[row]), shut_in


def _expanded(wanted: Ints, numbers: Ints, count: int) -> tuple[Ints, Ints]:
    """Pair each number wanted with every row that has it: (place in `wanted`, row of `numbers`)."""
    order = np.argsort(numbers, kind="stable")
    many = np.bincount(numbers, minlength=count)
    first = np.cumsum(many) - many
    size = many[wanted]
    nth = np.arange(size.sum()) - np.repeat(np.cumsum(size) - size, size)
    return np.repeat(np.arange(len(wanted)), size), order[np.repeat(first[wanted], size) + nth]


def lengthened(inner: Inner, network: WalkNetwork, xy: Floats, rows: Attachments, compound: Ints, compounds: Shapes) -> Attachments:
    """Lengthen the part of each straight leg to a street that lies inside the place's own compound.

    Args:
        compound: (p,) row of the compound of each place, -1 for none; `compounds` (c,) outlines.
    """
    own = np.flatnonzero(compound[rows.place] >= 0)
    leg = rows.leg.copy()
    if len(own):
        place = rows.place[own]
        lines = shapely.linestrings(np.stack([xy[place], feet(network, rows.take(own))], axis=1))
        leg[own] += (inner.detour - 1) * shapely.length(shapely.intersection(lines, compounds[compound[place]]))
    return replace(rows, leg=leg)


def way_inside(inner: Inner, start: Floats, end: Floats, compound: int) -> Way:
    """Trace the way from one place (2,) to another of the same compound, as `ways_inside` measures it."""
    whose = np.array([compound], dtype=np.int64)
    found = ways_inside(inner, start[None], whose, end[None], whose)
    if not len(found.place) or not found.by_path[0]:
        return Way(np.empty((0, 2)), [], inner.detour * float(np.hypot(*(start - end))), 0.0)
    homes, goals = (_onto(inner, xy[None], whose, np.zeros(1, dtype=np.int64)) for xy in (start, end))
    field = spread(inner.network, goals)
    walks = meet(inner.network, field, homes, 1)
    parts = stretches(inner.network, field, homes, walks, 0)
    xy = route(inner.network, field, homes, walks, 0)
    return Way(xy, parts, float(homes.leg[walks.row[0]]), float(goals.leg[walks.via[0]]))
