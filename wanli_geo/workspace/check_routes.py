"""What is wrong with the lines one walks: a loop that is open, crosses or repeats itself, pieces that do not meet, stops off their line, lamps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from wanli_geo.workspace.check_ground import CheckGround
from wanli_geo.workspace.faults import found
from wanli_geo.workspace.findings import Finding
from wanli_geo.workspace.shapes import place_of
from wanli_geo.workspace.unjoined import Ints

# Ends nearer than this meet, as where routes are measured.
MEET_M = 1.0
# A stop belongs beside its walkway; what is farther off than the second belongs elsewhere.
STOP_NEAR_M, STOP_FAR_M = 30.0, 200.0
# A recorded chainage is rounded, or paced out: only what differs by more is told.
CHAINAGE_M = 10.0
# Twice the same way: lines nearer than this are one.
_GRID_M = 0.1
_ROUTES = ("red_walkway", "night_run")

Shapes = npt.NDArray[np.object_]


@dataclass(frozen=True, eq=False)
class _Group:
    """The features of a layer that are one route, for they have one name: their `rows`, and the single lines `parts` of the row `owner`."""

    rows: Ints
    parts: Shapes
    owner: Ints

    def line(self) -> shapely.Geometry | None:
        """The route as one line in the direction drawn; None where its parts do not follow one another."""
        whole = shapely.line_merge(shapely.multilinestrings(self.parts), directed=True)
        return whole if whole.geom_type == "LineString" else None


def _groups(ground: CheckGround, layer: str) -> list[_Group]:
    names = [name if isinstance(name, str) else "" for name in ground.column(layer, "name")]
    shapes, groups = ground.metric(layer), []
    for name in dict.fromkeys(names):
        rows = np.flatnonzero([one == name for one in names])
        parts, which = shapely.get_parts(shapes[rows], return_index=True)
        groups.append(_Group(rows, parts, rows[which]))
    return groups


# -- what needs no measuring -----------------------------------------------------------------------------------------------------


def _open_loop(ground: CheckGround) -> Iterator[Finding]:
    """The night run closes, as one line or as several end to end: every end is met by another."""
    if not ground.has("night_run"):
        return
    parts, owner = shapely.get_parts(ground.layers["night_run"].geometry.to_numpy(), return_index=True)
    ends = np.concatenate([shapely.get_coordinates(shapely.get_point(parts, at)) for at in (0, -1)])
    _, which, count = np.unique(np.round(ends, 7), axis=0, return_inverse=True, return_counts=True)
    loose = np.flatnonzero(count[which.ravel()] % 2 == 1)
    for row in np.unique(np.tile(owner, 2)[loose]).tolist():
        at = ends[loose[np.tile(owner, 2)[loose] == row][0]]
        yield ground.say("open_loop", "night_run", row, "geometry", at=place_of(*at))


def _same_order(ground: CheckGround) -> Iterator[Finding]:
    """No two stops of one walkway have one place in the story."""
    if not ground.has("walkway_stops"):
        return
    stops, first = ground.layers["walkway_stops"], dict[tuple[Any, float], str]()
    for row, (walkway, order) in enumerate(zip(stops["walkway_id"].fillna(""), stops["order"].to_numpy(float), strict=True)):
        if np.isfinite(order) and (key := first.setdefault((walkway, order), stops["id"].iloc[row])) != stops["id"].iloc[row]:
            yield ground.say("same_order", "walkway_stops", row, "order", key=key, order=f"{order:.0f}")


def _lamps(ground: CheckGround) -> Iterator[Finding]:
    """A lamp whose light was measured has a height: one finding for all that have none."""
    if not ground.has("lamps"):
        return
    lamps = ground.layers["lamps"]
    if count := int((lamps["lux"].notna() & lamps["height_m"].isna()).sum()):
        yield found("lamp_without_height", "lamps", column="height_m", count=count)


# -- what is measured, in the metric CRS -----------------------------------------------------------------------------------------


def _pieces(ground: CheckGround) -> Iterator[Finding]:
    """The parts of a route meet end to end; told is each piece after the first, by its nearest end to the others."""
    for layer in _ROUTES:
        for group in _groups(ground, layer) if ground.has(layer) else ():
            yield from _apart(ground, layer, group)


def _apart(ground: CheckGround, layer: str, group: _Group) -> Iterator[Finding]:
    ends = shapely.multipoints(np.stack([shapely.get_point(group.parts, 0), shapely.get_point(group.parts, -1)], axis=1))
    one, other = shapely.STRtree(ends).query(ends, predicate="dwithin", distance=MEET_M)
    links = coo_array((np.ones(len(one)), (one, other)), shape=(len(ends), len(ends)))
    number, piece = connected_components(links, directed=False)
    for nth in range(1, number):
        own, others = shapely.union_all(ends[piece == nth]), shapely.union_all(ends[piece != nth])
        at = shapely.get_coordinates(shapely.shortest_line(own, others))[0]
        row = int(group.owner[piece == nth][0])
        yield ground.say("route_pieces", layer, row, "geometry", metres=f"{shapely.distance(own, others):.0f}", at=place_of(*ground.degrees(at)))


def _loop_twice(ground: CheckGround) -> Iterator[Finding]:
    """A loop runs along no stretch twice, and through no place twice."""
    for group in _groups(ground, "night_run") if ground.has("night_run") else ():
        once = shapely.line_merge(shapely.union_all(group.parts, grid_size=_GRID_M))
        twice_m = float(shapely.length(group.parts).sum() - shapely.length(once))
        if twice_m > MEET_M:
            at = shapely.get_coordinates(_first_twice(group.parts))[0]
            yield ground.say("loop_repeats", "night_run", int(group.rows[0]), "geometry", metres=f"{twice_m:.0f}", at=place_of(*ground.degrees(at)))
        for at in _crossings(once):
            yield ground.say("loop_crosses", "night_run", int(group.rows[0]), "geometry", at=place_of(*ground.degrees(at)))


def _first_twice(parts: Shapes) -> shapely.Geometry:
    """The first piece between two vertices that is walked before, by grid."""
    pieces = np.concatenate([_between_vertices(part) for part in parts])
    one, other = shapely.STRtree(pieces).query(pieces, predicate="dwithin", distance=_GRID_M)
    shared = shapely.intersection(pieces[one], shapely.buffer(pieces[other], _GRID_M))
    found_at = np.flatnonzero((other < one) & (shapely.length(shared) > MEET_M))
    return shared[found_at[0]] if len(found_at) else pieces[0]


def _between_vertices(line: shapely.Geometry) -> Shapes:
    xy = shapely.get_coordinates(line)
    return np.asarray(shapely.linestrings(np.stack([xy[:-1], xy[1:]], axis=1)), dtype=object)


def _crossings(once: shapely.Geometry) -> npt.NDArray[np.float64]:
    """(k, 2) where four or more ends meet of what is left when every stretch is drawn once; a loop and its stem are three."""
    parts = shapely.get_parts(once)
    ends = shapely.get_coordinates(np.concatenate([shapely.get_point(parts, at) for at in (0, -1)]))
    places, count = np.unique(np.round(ends, 3), axis=0, return_counts=True)
    return np.asarray(places[count >= 4])


def _stops(ground: CheckGround) -> Iterator[Finding]:
    """A stop lies beside its walkway, and at the chainage recorded."""
    if not ground.has("walkway_stops", "red_walkway"):
        return
    groups = _groups(ground, "red_walkway")
    group_of = {int(row): group for group in groups for row in group.rows}
    row_of = {key: row for row, key in enumerate(ground.ids("red_walkway"))}
    points, keys = ground.metric("walkway_stops"), ground.column("walkway_stops", "walkway_id")
    for row, point in enumerate(points):
        own = row_of.get(keys[row])
        near = min(groups, key=lambda group: shapely.distance(group.parts, point).min()) if own is None else group_of[own]
        yield from _stop(ground, row, point, near)


def _stop(ground: CheckGround, row: int, point: shapely.Geometry, walkway: _Group) -> Iterator[Finding]:
    metres = float(shapely.distance(walkway.parts, point).min())
    if metres > STOP_NEAR_M:
        yield ground.say("stop_far" if metres > STOP_FAR_M else "stop_off", "walkway_stops", row, "geometry", metres=f"{metres:.0f}")
    recorded, line = float(ground.column("walkway_stops", "chainage_m")[row]), walkway.line()
    if line is None or np.isnan(recorded):
        return
    length, measured = float(line.length), float(line.project(point))
    apart = abs(recorded - measured)
    if line.is_closed:  # its beginning is its end
        apart = min(apart, length - apart)
    if recorded > length + MEET_M:
        yield ground.say("chainage_beyond", "walkway_stops", row, "chainage_m", chainage=f"{recorded:.0f}", length=f"{length:.0f}",
                         measured=f"{measured:.1f}")
    elif apart > CHAINAGE_M and metres <= STOP_FAR_M:
        yield ground.say("chainage_differs", "walkway_stops", row, "chainage_m", chainage=f"{recorded:.0f}", measured=f"{measured:.1f}")


ROUTE_CHECKS = (_open_loop, _same_order, _lamps)
MEASURED_ROUTE_CHECKS = (_pieces, _loop_twice, _stops)
