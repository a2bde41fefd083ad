"""KML: placemarks with their names, texts, data and folders; and its packed form, KMZ."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html.parser import HTMLParser
from typing import Any
from xml.etree.ElementTree import Element

from wanli_geo.workspace.intake.features import Features, raw_of
from wanli_geo.workspace.intake.markup import elements
from wanli_geo.workspace.intake.raw import Raw
from wanli_geo.workspace.intake.source import Source

_SIMPLE = {"Point", "LineString", "LinearRing", "Polygon"}
_GEOMETRIES = {*_SIMPLE, "MultiGeometry", "Track", "MultiTrack", "Model"}
_PLAIN = ("name", "description", "address", "phoneNumber")
_BREAKS = {"br", "p", "div", "tr", "li", "table"}
_MARKUP = re.compile(r"<[a-zA-Z/!][^>]*>|&\w+;|&#\d+;")


def read(source: Source) -> Raw:
    """Read all placemarks.

    Raises:
        BadFile: it is no KML, not safe to read, or has no placemark.
    """
    features = Features()
    for folder, placemark in elements(source, "kml", {"Placemark"}, kept={"name"}):
        properties = {"folder": folder, **_properties(placemark)} if folder else _properties(placemark)
        features.add(properties, _geometry(placemark))
    if not features.geometries:
        raise source.refusal("里没有地标；它可能只是指向网上的链接，请导出内容本身。",
                             "has no placemark; it may only point to the web, so export the content itself.")
    return raw_of(source, features, "kml", crs="EPSG:4326")


def _properties(placemark: Element) -> dict[str, Any]:
    properties: dict[str, Any] = {tag: plain_text(text) for tag in _PLAIN if (text := placemark.findtext(tag))}
    for data in placemark.iterfind("ExtendedData/Data"):
        properties[data.get("name", "")] = plain_text(data.findtext("value") or "")
    for data in placemark.iterfind("ExtendedData/SchemaData/SimpleData"):
        properties[data.get("name", "")] = plain_text(data.text or "")
    return properties


class _Text(HTMLParser):
    """Gathers what a reader of HTML would see."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.hidden += tag in ("script", "style")
        self.parts.append("\n" if tag in _BREAKS else " " if tag in ("td", "th") else "")

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag in ("script", "style") and self.hidden > 0

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.parts.append(data)


def plain_text(text: str) -> str:
    """Strip HTML down to its text; blank lines and doubled spaces go."""
    if _MARKUP.search(text):
        gatherer = _Text()
        gatherer.feed(text)
        gatherer.close()
        text = "".join(gatherer.parts)
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(line for line in lines if line)


def _geometry(parent: Element) -> dict[str, Any] | None:
    """Give the geometry of a placemark as GeoJSON has it; None where there is none."""
    found = next((child for child in parent if child.tag in _GEOMETRIES), None)
    return None if found is None else _shape(found)


def _shape(element: Element) -> dict[str, Any]:
    if element.tag == "MultiGeometry":
        return _together([_shape(child) for child in element if child.tag in _GEOMETRIES])
    if element.tag == "Polygon":
        outer, inner = element.find("outerBoundaryIs/LinearRing"), element.iterfind("innerBoundaryIs/LinearRing")
        rings = [*([] if outer is None else [outer]), *inner]
        return {"type": "Polygon", "coordinates": [_positions(ring) for ring in rings]}
    if element.tag == "Point":
        positions = _positions(element)
        return {"type": "Point", "coordinates": positions[0] if positions else []}
    kind = "LineString" if element.tag in _SIMPLE else element.tag
    return {"type": kind, "coordinates": _positions(element)}


def _together(shapes: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Join shapes: of one simple kind into its multiple, else into a collection."""
    kinds = {shape["type"] for shape in shapes}
    if len(shapes) == 1:
        return shapes[0]
    if len(kinds) == 1 and kinds <= _SIMPLE:
        return {"type": f"Multi{kinds.pop()}", "coordinates": [shape["coordinates"] for shape in shapes]}
    return {"type": "GeometryCollection", "geometries": list(shapes)}


def _positions(element: Element) -> list[list[Any]]:
    text = re.sub(r"\s*,\s*", ",", element.findtext("coordinates") or "")
    return [[number(part) for part in position.split(",")] for position in text.split()]


def number(text: str) -> Any:
    """Read a number; what is none stays as it is, for the finding that tells of it."""
    try:
        return float(text)
    except ValueError:
        return text
