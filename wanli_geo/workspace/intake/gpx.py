"""GPX: waypoints, routes or tracks, as three layers of one file."""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import Element

from wanli_geo.workspace.intake.features import Features, raw_of
from wanli_geo.workspace.intake.kml import number
from wanli_geo.workspace.intake.markup import elements
from wanli_geo.workspace.intake.raw import Raw
from wanli_geo.workspace.intake.source import Source

_PARTS = {"wpt": "waypoints", "rte": "routes", "trk": "tracks"}
_PLAIN = ("name", "desc", "cmt", "type", "sym", "ele", "time")


def read(source: Source) -> Raw:
    """Read the waypoints; where there are none the routes, else the tracks.

    Raises:
        BadFile: it is no GPX, not safe to read, or has nothing in it.
    """
    layers = {part: Features() for part in _PARTS.values()}
    for _, element in elements(source, "gpx", set(_PARTS)):
        properties = {tag: text.strip() for tag in _PLAIN if (text := element.findtext(tag))}
        layers[_PARTS[element.tag]].add(properties, _geometry(element))
    parts = tuple(part for part, features in layers.items() if features.geometries)
    if not parts:
        raise source.refusal("里没有航点、路线或轨迹；请重新导出。", "has no waypoint, route or track; export it again.")
    part = source.chosen(parts, parts[0])
    return raw_of(source, layers[part], "gpx", crs="EPSG:4326", part=part, parts=parts)


def _geometry(element: Element) -> dict[str, Any]:
    if element.tag == "wpt":
        return {"type": "Point", "coordinates": _position(element)}
    lines = [[_position(point) for point in line] for line in
             ([element.findall("rtept")] if element.tag == "rte" else [part.findall("trkpt") for part in element.iterfind("trkseg")])]
    if len(lines) == 1:
        return {"type": "LineString", "coordinates": lines[0]}
    return {"type": "MultiLineString", "coordinates": lines}


def _position(element: Element) -> list[Any]:
    return [number(element.get("lon", "")), number(element.get("lat", ""))]
