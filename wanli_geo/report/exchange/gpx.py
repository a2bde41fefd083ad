"""A parcel's lines and points as GPX 1.1, for a phone or a watch: a track for every line, a waypoint for every point. WGS84."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import compress
from typing import Any

import shapely

from wanli_geo.errors import NothingToAnswer
from wanli_geo.report.exchange.features import FeatureSet, Parcel
from wanli_geo.report.exchange.xml import escaped

_NAMESPACE = "http://www.topografix.com/GPX/1/1"


def gpx(parcel: Parcel) -> bytes:
    """Write the routes of a parcel; areas have none and are left out.

    Raises:
        NothingToAnswer: it has neither a line nor a point.
    """
    waypoints = [line for one in parcel.sets for line in _waypoints(one)]
    tracks = [line for one in parcel.sets for line in _tracks(one)]
    if not waypoints and not tracks:
        raise NothingToAnswer("里面只有面，没有路线和点，写不成 GPX；请用 .kml 或 .gpkg。",
                              "There are only areas, no route and no place, so no GPX; use .kml or .gpkg.")
    about = "\n".join(_said(parcel))
    return "\n".join([
        '<?xml version="1.0" encoding="UTF-8"?>', f'<gpx version="1.1" creator="wanli-geo" xmlns="{_NAMESPACE}">',
        f"<metadata><name>{escaped(parcel.title)}</name><desc>{escaped(about)}</desc></metadata>", *waypoints, *tracks, "</gpx>", "",
    ]).encode()


def _said(parcel: Parcel) -> Iterator[str]:
    """What one must know who carries the route along: the caveats, whose data it is, the run; figures stay with the other formats."""
    for row in parcel.about:
        group, _, zh, en, value = row
        if group == "caveat":
            yield f"{zh} / {en}"
        elif group == "run":
            yield f"{zh} / {en} {value}"
    yield from dict.fromkeys(zh for group, _, zh, _, _ in parcel.about if group == "source" and zh)


def _rows(one: FeatureSet, dimension: int) -> Iterator[tuple[dict[str, Any], shapely.Geometry]]:
    shapes = one.layer.geometry.to_numpy()
    chosen = shapely.get_dimensions(shapes) == dimension
    return compress(zip(one.rows(), shapes, strict=True), chosen)


def _name(row: dict[str, Any]) -> str:
    return escaped(row.get("name") or row["id"])


def _waypoints(one: FeatureSet) -> Iterator[str]:
    for row, shape in _rows(one, 0):
        if row.get("kind") == "hundred":  # a watch beeps at every waypoint: of marks along a line those at the half and whole kilometres
            continue
        for lon, lat in shapely.get_coordinates(shape):
            yield f'<wpt lat="{lat:.7f}" lon="{lon:.7f}"><name>{_name(row)}</name>{_desc(row)}<type>{escaped(one.zh)}</type></wpt>'


def _tracks(one: FeatureSet) -> Iterator[str]:
    for row, shape in _rows(one, 1):
        segments = "".join(f"<trkseg>{_points(part)}</trkseg>" for part in shapely.get_parts(shape))
        name = _name(row)
        name = name if name.startswith(escaped(one.zh)) else f"{escaped(one.zh)} {name}"
        yield f"<trk><name>{name}</name>{_desc(row)}<type>{escaped(one.zh)}</type>{segments}</trk>"


def _desc(row: dict[str, Any]) -> str:
    told = row.get("story") or row.get("note")
    return f"<desc>{escaped(told)}</desc>" if told else ""


def _points(line: shapely.Geometry) -> str:
    return "".join(f'<trkpt lat="{lat:.7f}" lon="{lon:.7f}"/>' for lon, lat in shapely.get_coordinates(line))
