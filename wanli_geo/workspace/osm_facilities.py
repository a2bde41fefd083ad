"""Facilities and the doors one really goes in by."""

from __future__ import annotations

from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from wanli_geo.workspace import osm_tags
from wanli_geo.workspace.osm_read import Features, Shapes, numbered
from wanli_geo.workspace.osm_streets import Rows
from wanli_geo.workspace.store import to_degrees, to_metres

# A door drawn on an outline shares its node with it; this allows for the rounding of the projection.
ON_EDGE_M = 0.5
# Farther from its station than this, an underground entrance is taken for a station of its own.
STATION_REACH_M = 400.0
# A way that runs along the edge of a park lets one in all along; a door is set down every so many metres.
ALONG_EDGE_M = 50.0
# A way that enters where a gate stands is the gate's.
SAME_DOOR_M = 3.0


def facilities(points: Features, areas: Features, metric_crs: str) -> tuple[Rows, Shapes]:
    """Give every service of the taxonomy, one row for each kind it is of."""
    rows: Rows = []
    shapes: list[Any] = []
    for source in (points, areas):
        for identity, tags, shape in zip(source.ids, source.tags, source.shapes, strict=True):
            for kind in osm_tags.facility_kinds(tags):
                rows.append(_row(identity, kind, tags))
                shapes.append(shape)
    for row, identity in zip(rows, numbered([row["id"] for row in rows]), strict=True):
        row["id"] = identity
    placed = np.array(shapes, dtype=object)
    _size_courts(rows, placed, metric_crs)
    return rows, placed


def _row(identity: str, kind: str, tags: dict[str, str]) -> dict[str, Any]:
    return {
        **osm_tags.names(tags), "id": identity, "kind": kind, "address": osm_tags.address(tags), "capacity": osm_tags.number(tags.get("capacity")),
        "open_hours": osm_tags.hours(tags), "floor": osm_tags.level({"level": tags["level"]}) if "level" in tags else None,
        "step_free": osm_tags.flag(tags.get("wheelchair")), "phone": tags.get("phone") or tags.get("contact:phone"),
    }


def _size_courts(rows: Rows, shapes: Shapes, metric_crs: str) -> None:
    """Tell medium and large ball courts from small ones by their area."""
    courts = np.array([row["kind"] == "SPORT_SMALL" for row in rows], dtype=bool)
    areas = np.zeros(len(rows))
    areas[courts] = shapely.area(to_metres(shapes[courts], metric_crs))
    for row in np.flatnonzero(courts):
        rows[row]["kind"] = next((kind for kind, least in osm_tags.PITCH_AREAS_M2 if areas[row] >= least), "SPORT_SMALL")


def add_lone_stations(points: Features, rows: Rows, shapes: Shapes, metric_crs: str) -> tuple[Rows, Shapes, Rows, Shapes]:
    """Give underground entrances to their stations; one without a station near it stands for a station.

    Returns:
        the facilities with the lone ones added, and the rows and points of the entrances.
    """
    doors = points.where(lambda tags: tags.get("railway") == "subway_entrance" and osm_tags.access(tags) == "public")
    stations = np.flatnonzero([row["kind"] == "METRO" for row in rows])
    near = np.full(len(doors), -1)
    if len(stations) and len(doors):
        tree = shapely.STRtree(to_metres(shapes[stations], metric_crs))
        door, station = tree.query_nearest(to_metres(doors.shapes, metric_crs), max_distance=STATION_REACH_M, all_matches=False)
        near[door] = stations[station]
    lone = doors.take(near < 0)
    new = [_row(identity, "METRO", tags) for identity, tags in zip(lone.ids, lone.tags, strict=True)]
    led = doors.take(near >= 0)
    entrances = [_door(identity, rows[station]["id"], tags) for identity, station, tags in zip(led.ids, near[near >= 0], led.tags, strict=True)]
    return rows + new, np.concatenate([shapes, lone.shapes]), entrances, led.shapes


def _door(identity: str, owner: str, tags: dict[str, str]) -> dict[str, Any]:
    return {**osm_tags.names(tags), "id": f"{identity}-{owner}", "of": owner, "step_free": osm_tags.step_free(tags),
            "open_hours": osm_tags.hours(tags)}


def doors_on_edges(points: Features, rows: Rows, shapes: Shapes, metric_crs: str) -> tuple[Rows, Shapes]:
    """Give the public doors and gates that lie on the outline of a facility or park."""
    owners = np.flatnonzero(shapely.get_dimensions(shapes) == 2)
    doors = points.where(lambda tags: ("entrance" in tags or osm_tags.is_gate(tags)) and osm_tags.is_open_door(tags))
    if not len(owners) or not len(doors):
        return [], np.empty(0, dtype=object)
    edges = shapely.boundary(to_metres(shapes[owners], metric_crs))
    door, owner = shapely.STRtree(edges).query(to_metres(doors.shapes, metric_crs), predicate="dwithin", distance=ON_EDGE_M)
    found = [_door(doors.ids[one], rows[owners[other]]["id"], doors.tags[one]) for one, other in zip(door, owner, strict=True)]
    return found, doors.shapes[door]


def ways_into_parks(rows: Rows, shapes: Shapes, streets: Shapes, gates: Shapes, metric_crs: str) -> tuple[Rows, Shapes]:
    """Give the places where public streets meet the edge of a park, away from its gates."""
    parks = np.flatnonzero(shapely.get_dimensions(shapes) == 2)
    edges = shapely.boundary(to_metres(shapes[parks], metric_crs))
    walked = to_metres(streets, metric_crs)
    park, street = shapely.STRtree(walked).query(edges, predicate="intersects") if len(walked) else np.empty((2, 0), dtype=np.int64)
    meets = shapely.segmentize(shapely.intersection(edges[park], walked[street]), ALONG_EDGE_M)
    xy, pair = shapely.get_coordinates(meets, return_index=True)
    place, first = np.unique(np.column_stack([park[pair], np.rint(xy)]), axis=0, return_index=True)
    spots, owner = np.asarray(shapely.points(xy[first]), dtype=object).reshape(-1), parks[place[:, 0].astype(np.int64)] if len(place) else parks[:0]
    free = _away_from(spots, to_metres(gates, metric_crs), SAME_DOOR_M)
    names = {"source": "OpenStreetMap", "accuracy": "osm", "note": "道路与公园边界相交处 / where a street meets the edge of the park"}
    found = [{**names, "id": f"{rows[one]['id']}.{number}", "of": rows[one]["id"]} for number, one in enumerate(owner[free])]
    return found, to_degrees(spots[free], metric_crs)


def _away_from(spots: Shapes, others: Shapes, distance_m: float) -> NDArray[np.bool_]:
    """(n,) whether a spot has none of the others within a distance."""
    free = np.ones(len(spots), dtype=bool)
    if len(others) and len(spots):
        free[shapely.STRtree(others).query(spots, predicate="dwithin", distance=distance_m)[0]] = False
    return free
