"""Street lines noded: a vertex where two truly meet, a short link where an end just misses. The only file that joins what was not drawn joined.

`graph.py` joins streets at the vertices they share and nowhere else; this file gives them those vertices, and reports every one.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.sparse import csgraph, csr_array
from scipy.spatial import cKDTree

from wanli_geo.network.graph import CORNER_MM, Floats, Ints, WalkNetwork, build_network
from wanli_geo.network.pieces import Bools, Drawing, drawing, near_pairs, redrawn

# How a joint came about: two lines cross, an end lies on a line, an end stops short of one.
CROSSES, TOUCHES, NEAR_MISS = "crosses", "touches", "near_miss"
# An end drawn on a line lies up to 1.5 cm beside it once both are rounded to GeoJSON's 7 decimals.
TOUCH_M = 0.02
NEAR_M = 2.0
# A vertex this near a line lies on it: the line takes it up as it is, and bends by less than a corner is wide.
_ON_M = 0.001
# An end needs no link to a street that it is connected with inside a circle of this radius; the first where it touches the street.
_CLOSE_TOUCHING_M, _CLOSE_M = 0.1, 5.0
# Every pass joins all there is to join; a further one is needed only for what the rounding of a new vertex brought about.
_PASSES = 20


@dataclass(frozen=True, eq=False)
class Joints:
    """Where streets were joined, ordered by place.

    Attributes:
        kind: (j,) `crosses`, `touches` or `near_miss`.
        street, other: (j,) rows of the streets; what ends or touches first, on what second.
        xy: (j, 2) the place on the first street; `foot` (j, 2) the one on the other.
        metres: (j,) between the two, walked along a link; 0 where they are one place.
    """

    kind: NDArray[np.object_]
    street: Ints
    other: Ints
    xy: Floats
    foot: Floats
    metres: Floats

    def __len__(self) -> int:
        return len(self.kind)

    def take(self, rows: Ints | Bools) -> Joints:
        return Joints(*(getattr(self, one.name)[rows] for one in fields(self)))

    def among(self, streets: Ints) -> Joints:
        """Keep the joints between two of these streets, and name the streets by their place among them."""
        rows = self.take(np.isin(self.street, streets) & np.isin(self.other, streets))
        order = np.argsort(streets)
        place = [order[np.searchsorted(streets, own, sorter=order)] for own in (rows.street, rows.other)]
        return replace(rows, street=place[0], other=place[1])


@dataclass(frozen=True, eq=False)
class Noded:
    """Streets with a vertex wherever they meet: `lines` (s,) in the order given, and the joints made."""

    lines: NDArray[Any]
    joints: Joints

    def network(self, streets: Ints) -> tuple[WalkNetwork, Joints]:
        """Build the network of some of the streets (k,), with the links between them; its `street` and the joints count among these."""
        joints = self.joints.among(streets)
        linked = joints.take(joints.metres > 0)
        links = shapely.linestrings(np.stack([linked.xy, linked.foot], axis=1)) if len(linked) else np.empty(0, dtype=object)
        network = build_network(np.concatenate([self.lines[streets], links]))
        owner = np.concatenate([np.arange(len(streets)), linked.street])
        return replace(network, street=owner[network.street]), joints


def node(
    streets: NDArray[Any], level: Floats, link: Bools, *, settled: Bools | None = None, barred_by: NDArray[np.object_] | None = None
) -> Noded:
    """Join streets where they truly meet.

    Two streets of one level get a common vertex where they cross, and where a vertex of one lies on the other. An end less than 2 m
    from another street of its level gets a link to it, unless the two are connected close by. The ends of a footbridge, an underpass
    or steps meet streets of every level, unless the way goes on from there: half a footbridge does not end on the road below it.
    What follows depends on the place of the streets alone, not on their order; noding lines that are noded changes nothing.

    Args:
        streets: (s,) LineStrings or MultiLineStrings in metric coordinates.
        level: (s,) the level each runs at; no NaN.
        link: (s,) footbridges, underpasses, steps: what leads from one level to another.
        settled: (s,) streets of a source that states its corners itself, as OSM does: two of these meet at shared vertices only.
        barred_by: what no link to a near street crosses: water, railways, walls. An end that stands in or on one may leave it.
    """
    free = np.zeros(len(streets), dtype=bool) if settled is None else settled
    if free.all():
        return Noded(streets, _joints([]))
    first = drawn = drawing(streets, level, link, free)
    told: list[Joints] = []
    for _ in range(_PASSES):
        one, other = _suspects(drawn)
        if not len(one):
            break
        meeting, piece, xy = _meetings(drawn, one, other)
        links: _Near | None = None
        if not len(piece):
            links = _links(drawn, _near(drawn, one, other), barred_by)
            piece, xy = links.piece, links.foot
        told.append(meeting)
        grown = drawn.with_vertices(piece, xy)
        if links is not None and grown is drawn:
            told.append(links.joints(drawn))
            break
        drawn = grown
    return Noded(redrawn(streets, first, drawn), _joints(told))


def _joints(told: list[Joints]) -> Joints:
    """Put joints together, ordered by place."""
    if not told:
        none = np.empty(0, dtype=np.int64)
        return Joints(np.empty(0, dtype=object), none, none, np.empty((0, 2)), np.empty((0, 2)), np.empty(0))
    joints = Joints(*(np.concatenate([getattr(one, field.name) for one in told]) for field in fields(Joints)))
    return joints.take(np.lexsort((joints.other, joints.street, joints.xy[:, 1], joints.xy[:, 0])))


# -- which pieces may have to do with one another -------------------------------------------------------------------------------------


def _suspects(drawn: Drawing) -> tuple[Ints, Ints]:
    """(k,) and (k,) pieces near each other that may meet elsewhere than in a corner they share."""
    part, corners = drawn.part[drawn.piece], drawn.corners
    level, link, settled = drawn.level[part], drawn.link[part], drawn.settled[part]
    along = drawn.end - drawn.start
    length = np.hypot(*along.T)

    def wanted(one: Ints, other: Ints) -> Bools:
        kept = ((level[one] == level[other]) | link[one] | link[other]) & ~(settled[one] & settled[other])
        first, second = corners[one], corners[other]
        # Piece by piece from the shared corner outwards, if there is one: which end of each it is.
        ends = [(a, b, first[:, a] == second[:, b]) for a in (0, 1) for b in (0, 1)]
        kept &= np.sum([same for *_, same in ends], axis=0) < 2
        for a, b, same in ends:
            rows = np.flatnonzero(same & kept)
            r, w = along[one[rows]] * (1 - 2 * a), along[other[rows]] * (1 - 2 * b)
            apart = np.abs(r[:, 0] * w[:, 1] - r[:, 1] * w[:, 0]) / np.maximum(length[one[rows]], length[other[rows]])
            kept[rows] = (np.sum(r * w, axis=1) > 0) & (apart < NEAR_M)
        return kept

    return near_pairs(drawn.start, drawn.end, NEAR_M, wanted)


# -- where lines truly meet -----------------------------------------------------------------------------------------------------------


def _meetings(drawn: Drawing, one: Ints, other: Ints) -> tuple[Joints, Ints, Floats]:
    """Crossings, and vertices that lie on another line: the joints, and the vertices to insert (k, 2) into which pieces (k,)."""
    crossed, across, at = _crossings(drawn, one, other)
    rows = _vertices_by(drawn, one, other)
    part, street = drawn.part[drawn.piece], drawn.street[drawn.part[drawn.piece]]
    own = drawn.part[rows.vertex]
    rows = rows.take((rows.metres <= _ON_M) & ((own == part[rows.piece]) | ~drawn.has(part[rows.piece], drawn.corner[rows.vertex])))
    on = drawn.xy[rows.vertex]
    # Several streets that end on one and the same place of another are one joint.
    _, first = np.unique(drawn.corner[rows.vertex] * len(drawn.street) + part[rows.piece], return_index=True)
    ends = np.where(drawn.is_end[rows.vertex], TOUCHES, CROSSES).astype(object)[first]
    touching = Joints(ends, drawn.street[drawn.part[rows.vertex]][first], street[rows.piece][first], on[first], on[first], np.zeros(len(first)))
    crossing = Joints(np.full(len(at), CROSSES, dtype=object), street[crossed], street[across], at, at, np.zeros(len(at)))
    return _joints([crossing, touching]), np.concatenate([crossed, across, rows.piece]), np.concatenate([at, at, on])


def _crossings(drawn: Drawing, one: Ints, other: Ints) -> tuple[Ints, Ints, Floats]:
    """Pairs of pieces of one level that cross away from their ends, and (k, 2) where."""
    level, corners = drawn.level[drawn.part[drawn.piece]], drawn.corners
    apart = np.all(corners[one][:, :, None] != corners[other][:, None, :], axis=(1, 2))
    apart &= level[one] == level[other]
    one, other = _in_order(drawn, one[apart], other[apart])
    (a, r), (b, w) = _from_south_west(drawn, one), _from_south_west(drawn, other)
    gap, turn = b - a, r[:, 0] * w[:, 1] - r[:, 1] * w[:, 0]
    with np.errstate(divide="ignore", invalid="ignore"):
        t = (gap[:, 0] * w[:, 1] - gap[:, 1] * w[:, 0]) / turn
        u = (gap[:, 0] * r[:, 1] - gap[:, 1] * r[:, 0]) / turn
    # What runs almost along the other meets it at the vertices where it leaves it.
    sharp = np.abs(turn) > 1e-9 * np.hypot(*r.T) * np.hypot(*w.T)
    rows = np.flatnonzero(sharp & (t > 0) & (t < 1) & (u > 0) & (u < 1))
    at = a[rows] + t[rows, None] * r[rows]
    ends = np.stack([drawn.start[one[rows]], drawn.end[one[rows]], drawn.start[other[rows]], drawn.end[other[rows]]])
    clear = np.hypot(*np.moveaxis(ends - at, 2, 0)).min(axis=0) > _ON_M if len(rows) else np.empty(0, dtype=bool)
    return one[rows[clear]], other[rows[clear]], at[clear]


def _from_south_west(drawn: Drawing, piece: Ints) -> tuple[Floats, Floats]:
    """(k, 2) the western (of two, the southern) end of pieces and (k, 2) the way to the other, so that direction changes no decimal."""
    start, end = drawn.start[piece], drawn.end[piece]
    turned = (start[:, 0] > end[:, 0]) | ((start[:, 0] == end[:, 0]) & (start[:, 1] > end[:, 1]))
    start, end = np.where(turned[:, None], end, start), np.where(turned[:, None], start, end)
    return start, end - start


def _in_order(drawn: Drawing, one: Ints, other: Ints) -> tuple[Ints, Ints]:
    """Name the two pieces of each pair in the order of their places, so that the order of the streets changes no decimal."""
    first, second = (np.concatenate(_from_south_west(drawn, piece), axis=1) for piece in (one, other))
    differ = np.argmax(first != second, axis=1)
    swapped = np.take_along_axis(first > second, differ[:, None], axis=1).ravel()
    return np.where(swapped, other, one), np.where(swapped, one, other)


# -- what comes near ------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class _Near:
    """Vertices (k,) near pieces (k,) they are no part of: the nearest place `foot` (k, 2) on the piece, the metres (k,) there."""

    vertex: Ints
    piece: Ints
    foot: Floats
    metres: Floats

    def take(self, rows: Ints | Bools) -> _Near:
        return _Near(self.vertex[rows], self.piece[rows], self.foot[rows], self.metres[rows])

    def joints(self, drawn: Drawing) -> Joints:
        ends = np.where(drawn.is_end[self.vertex], TOUCHES, CROSSES).astype(object)
        kind = np.where(self.metres > TOUCH_M, NEAR_MISS, ends).astype(object)
        street, other = drawn.street[drawn.part[self.vertex]], drawn.street[drawn.part[drawn.piece[self.piece]]]
        return Joints(kind, street, other, drawn.xy[self.vertex], self.foot, self.metres)


def _vertices_by(drawn: Drawing, one: Ints, other: Ints) -> _Near:
    """Vertices of each piece within reach of the other and allowed to meet it: on one level, or where a link between levels lands."""
    vertex = np.concatenate([drawn.piece[one], drawn.piece[one] + 1, drawn.piece[other], drawn.piece[other] + 1])
    piece = np.concatenate([other, other, one, one])
    part = drawn.part[drawn.piece[piece]]
    meet = (drawn.level[drawn.part[vertex]] == drawn.level[part]) | _lands(drawn)[vertex]
    meet &= np.all(drawn.corner[vertex][:, None] != drawn.corners[piece], axis=1)
    code = np.unique(vertex[meet] * len(drawn.piece) + piece[meet])
    vertex, piece = np.divmod(code, max(len(drawn.piece), 1))
    start, way = _from_south_west(drawn, piece)
    share = np.clip(np.sum((drawn.xy[vertex] - start) * way, axis=1) / np.sum(way * way, axis=1), 0.0, 1.0)
    foot = start + share[:, None] * way
    for end in (drawn.start[piece], drawn.end[piece]):
        foot = np.where((np.hypot(*(foot - end).T) <= _ON_M)[:, None], end, foot)
    metres = np.hypot(*(foot - drawn.xy[vertex]).T)
    within = metres < np.where(drawn.is_end[vertex], NEAR_M, TOUCH_M)
    return _Near(vertex, piece, foot, metres).take(within)


def _lands(drawn: Drawing) -> Bools:
    """(v,) ends of links between levels from which no street of the same level and no other link goes on."""
    found = np.zeros(len(drawn.xy), dtype=bool)
    ends = np.flatnonzero(drawn.is_end & drawn.link[drawn.part])
    if len(ends):
        own, link = drawn.part[ends], drawn.link
        uses = drawn.uses[np.isin(drawn.uses % len(drawn.xy), drawn.corner[ends])]
        part, corner = np.divmod(uses[np.argsort(uses % len(drawn.xy), kind="stable")], len(drawn.xy))
        low, high = np.searchsorted(corner, drawn.corner[ends], "left"), np.searchsorted(corner, drawn.corner[ends], "right")
        end = np.repeat(np.arange(len(ends)), high - low)
        met = part[np.arange(len(end)) + np.repeat(low - np.cumsum(high - low) + high - low, high - low)]
        goes_on = (met != own[end]) & (link[met] | (drawn.level[met] == drawn.level[own[end]]))
        found[ends] = np.bincount(end, goes_on, minlength=len(ends)) == 0
    return found


def _near(drawn: Drawing, one: Ints, other: Ints) -> _Near:
    """What stops short of another part without a vertex there, the nearest piece of each part only."""
    rows = _vertices_by(drawn, one, other)
    part = drawn.part[drawn.piece[rows.piece]]
    own = drawn.part[rows.vertex] == part
    # A street that passes close by itself, as a ramp does, is left as it is drawn; an end on its own line meets it.
    short = (rows.metres > _ON_M) & ~(own & (rows.metres > TOUCH_M)) & (own | ~drawn.has(part, drawn.corner[rows.vertex]))
    rows, part = rows.take(short), part[short]
    nearest = np.lexsort((rows.piece, rows.metres, part, drawn.corner[rows.vertex]))
    place = drawn.corner[rows.vertex][nearest] * len(drawn.street) + part[nearest]
    return rows.take(nearest[np.unique(place, return_index=True)[1]])


def _links(drawn: Drawing, near: _Near, barred_by: NDArray[np.object_] | None) -> _Near:
    """Choose the links to make: the shortest first, and none between what is connected close by, links made before included.

    Those that no better one is near to are made together, round by round; so the outcome is that of taking them one by one.
    """
    near = near.take(~_barred(drawn, near, barred_by)) if len(near.vertex) else near
    if not len(near.vertex):
        return near
    at = drawn.xy[near.vertex]
    near = near.take(_by_merit(near.metres, at))
    at = drawn.xy[near.vertex]
    close = _Close.around(drawn, near)
    rivals = cKDTree(at).query_pairs(_CLOSE_M + NEAR_M, output_type="ndarray").astype(np.int64)
    left, made = np.ones(len(at), dtype=bool), np.zeros(len(at), dtype=bool)
    while left.any():
        left[left] = ~close.connected(np.flatnonzero(left), near.take(made))
        rivals = rivals[left[rivals].all(axis=1)]
        lead = left.copy()
        lead[rivals.max(axis=1)] = False
        made |= lead
        left &= ~lead
    return near.take(made)


def _by_merit(metres: Floats, at: Floats) -> Ints:
    """Order candidates: the shortest first; of equally long ones by a number drawn from their place, so that none waits for a long row."""
    mm = np.rint(at * CORNER_MM).astype(np.int64)
    drawn_lot = (mm[:, 0] * 73_856_093 ^ mm[:, 1] * 19_349_663) % 1_000_003
    return np.lexsort((mm[:, 1], mm[:, 0], drawn_lot, np.rint(metres * CORNER_MM)))


def _barred(drawn: Drawing, near: _Near, barred_by: NDArray[np.object_] | None) -> Bools:
    """(k,) whether something lies between that nobody walks across and that the end does not itself stand in or on."""
    barred = np.zeros(len(near.vertex), dtype=bool)
    if barred_by is None or not len(barred_by):
        return barred
    at = drawn.xy[near.vertex]
    link, obstacle = shapely.STRtree(barred_by).query(shapely.linestrings(np.stack([at, near.foot], axis=1)), predicate="intersects")
    standing = shapely.dwithin(barred_by[obstacle], shapely.points(at[link]), TOUCH_M)
    barred[link[~standing & (near.metres[link] > TOUCH_M)]] = True
    return barred


@dataclass(frozen=True, eq=False)
class _Close:
    """What lies in a circle around the vertex of each candidate for a link.

    Attributes:
        radius: (k,) metres; `row`, `piece` (r,) the pieces that reach into each candidate's circle.
    """

    drawn: Drawing
    near: _Near
    radius: Floats
    row: Ints
    piece: Ints

    @classmethod
    def around(cls, drawn: Drawing, near: _Near) -> _Close:
        radius = np.where(near.metres > TOUCH_M, _CLOSE_M, _CLOSE_TOUCHING_M)
        pieces = shapely.linestrings(np.stack([drawn.start, drawn.end], axis=1))
        row, piece = shapely.STRtree(pieces).query(shapely.points(drawn.xy[near.vertex]), predicate="dwithin", distance=radius)
        return cls(drawn, near, radius, row.astype(np.int64), piece.astype(np.int64))

    def connected(self, rows: Ints, links: _Near) -> Bools:
        """(len(rows),) whether vertex and piece of these candidates are connected inside the circle, by streets and by `links`."""
        drawn, size = self.drawn, len(self.drawn.piece)
        kept = np.flatnonzero(np.isin(self.row, rows))
        row, piece = self.row[kept], self.piece[kept]
        at, link = self._reached(rows, links)
        # Numbered in each circle: the pieces, the corners behind them, the links behind these.
        begin, end, begun = drawn.corner[drawn.piece[piece]], drawn.corner[drawn.piece[piece] + 1], drawn.corner[links.vertex[link]]
        own = drawn.corner[self.near.vertex[rows]]
        ways = (
            (row, piece, size + begin, drawn.start[piece]),
            (row, piece, size + end, drawn.end[piece]),
            (at, size + len(drawn.xy) + link, size + begun, drawn.xy[links.vertex[link]]),
            (at, size + len(drawn.xy) + link, links.piece[link], links.foot[link]),
            (rows, self.near.piece[rows], self.near.piece[rows], drawn.xy[self.near.vertex[rows]]),
            (rows, size + own, size + own, drawn.xy[self.near.vertex[rows]]),
        )
        circle, one, other = (np.concatenate([way[column] for way in ways]) for column in range(3))
        place = np.concatenate([way[3] for way in ways])
        inside = np.hypot(*(place - drawn.xy[self.near.vertex[circle]]).T) <= self.radius[circle]
        whole = size + len(drawn.xy) + len(links.vertex)
        label = _labels((circle * whole + one)[inside], (circle * whole + other)[inside])
        return np.asarray(label[-len(rows) :] == label[-2 * len(rows) : -len(rows)], dtype=bool)

    def _reached(self, rows: Ints, links: _Near) -> tuple[Ints, Ints]:
        """Candidates, and the links that reach into their circles."""
        if not len(links.vertex):
            return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
        lines = shapely.linestrings(np.stack([self.drawn.xy[links.vertex], links.foot], axis=1))
        at = shapely.points(self.drawn.xy[self.near.vertex[rows]])
        row, link = shapely.STRtree(lines).query(at, predicate="dwithin", distance=self.radius[rows])
        return rows[row], link.astype(np.int64)


def _labels(one: Ints, other: Ints) -> Ints:
    """(k,) the connected part that each of `one` is in, where `one` (k,) and `other` (k,) are joined in pairs."""
    names, place = np.unique(np.concatenate([one, other]), return_inverse=True)
    place = place.ravel()
    graph = csr_array((np.ones(len(one)), (place[: len(one)], place[len(one) :])), shape=(len(names), len(names)))
    return np.asarray(csgraph.connected_components(graph, directed=False)[1][place[: len(one)]], dtype=np.int64)
