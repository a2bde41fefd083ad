"""GeoJSON as others write it: any encoding of theirs, any CRS they state, ids or none."""

from __future__ import annotations

from typing import Any

from wanli_geo.workspace.faults import found
from wanli_geo.workspace.intake.csvs import decoded
from wanli_geo.workspace.intake.features import Features, raw_of
from wanli_geo.workspace.intake.raw import Raw
from wanli_geo.workspace.intake.source import Source
from wanli_geo.workspace.parsing import frame_fault, load

_SHAPES = {"Point", "LineString", "Polygon", "MultiPoint", "MultiLineString", "MultiPolygon", "GeometryCollection"}


def read(source: Source) -> Raw:
    """Read a collection of features, one feature, or a bare geometry.

    Raises:
        BadFile: it is no text, no JSON, or no GeoJSON.
    """
    text, encoding = decoded(source)
    source.tell(0.1)
    document, broken = load(text, source.layer)
    if broken:
        raise source.refusal(f"读不了：{broken[0].zh}{broken[0].fix_zh}", f"cannot be read: {broken[0].en} {broken[0].fix_en}")
    source.tell(0.5)
    features = Features()
    if encoding != "utf-8":
        features.findings.append(found("not_utf8_but_read", source.layer, encoding=encoding.upper()))
    for row in _rows(source, document):
        _add(features, row, source.layer)
    source.tell(0.8)
    return raw_of(source, features, "geojson", crs=_crs(document), encoding=encoding)


def _rows(source: Source, document: Any) -> list[Any]:
    kind = document.get("type") if isinstance(document, dict) else None
    if kind == "FeatureCollection" and isinstance(document.get("features"), list):
        return document["features"]
    if kind == "Feature":
        return [document]
    if isinstance(kind, str) and kind in _SHAPES:
        return [{"type": "Feature", "properties": None, "geometry": document}]
    raise source.refusal("是 JSON，但不是 GeoJSON 要素集合；请从原软件导出为 GeoJSON。",
                         "is JSON but no GeoJSON collection of features; export it as GeoJSON.")


def _add(features: Features, row: Any, layer: str) -> None:
    """Take a feature; one that is none stays as an empty row, so that the rows keep their numbers."""
    fault = frame_fault(row)
    if fault:
        code, words = fault
        features.findings.append(found(code, layer, index=len(features.geometries), **words))
        features.add({}, None)
        return
    properties = row.get("properties") or {}
    outer = row.get("id")
    if isinstance(outer, str | int | float) and "id" not in properties:
        properties = {"id": outer, **properties}
    features.add(properties, row.get("geometry"))


def _crs(document: dict[str, Any]) -> str:
    """Give what the member `crs` of GeoJSON 2008 names; "" where there is none: RFC 7946 means WGS84, but exporters do not keep to it."""
    stated = document.get("crs")
    properties = stated.get("properties") if isinstance(stated, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    return name if isinstance(name, str) else ""
