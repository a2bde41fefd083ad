"""Places to walk from, read from a planner's list. The only file that reads one."""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from wanli_geo.errors import BadMeasure

_ID, _LON, _LAT = ("id", "编号", "name", "名称"), ("lon", "lng", "longitude", "经度"), ("lat", "latitude", "纬度")


class Origin(NamedTuple):
    """A place in WGS84; a tuple, so that a call may write it as one."""

    id: str
    lon: float
    lat: float


def read_origins(path: Path) -> list[Origin]:
    """Read origins from a CSV with columns id, lon, lat (or 编号、经度、纬度; UTF-8 or GBK) or from a GeoJSON of points; WGS84.

    A place without an id gets its number in the list.

    Raises:
        BadMeasure: neither format, no places, or a row that cannot be read.
    """
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("gb18030", errors="replace")
    rows = _features(path, text) if path.suffix.lower() in (".geojson", ".json") else _lines(path, text)
    if not rows:
        raise BadMeasure(f"“{path.name}”里没有起点。", f"There are no origins in “{path.name}”.")
    return [_origin(path, number, *row) for number, row in enumerate(rows, start=1)]


def _lines(path: Path, text: str) -> list[tuple[Any, Any, Any]]:
    rows = csv.DictReader(io.StringIO(text, newline=""))
    columns = {str(name).strip().lower(): name for name in rows.fieldnames or ()}
    lon, lat, identity = (next((columns[name] for name in names if name in columns), None) for names in (_LON, _LAT, _ID))
    if lon is None or lat is None:
        raise BadMeasure(f"“{path.name}”没有经度、纬度两列；表头请写 id,lon,lat。",
                         f"“{path.name}” has no columns of longitude and latitude; head them id,lon,lat.")
    return [(row[identity] if identity else None, row[lon], row[lat]) for row in rows]


def _features(path: Path, text: str) -> list[tuple[Any, Any, Any]]:
    try:
        features = json.loads(text)["features"]
        return [(_named(feature), feature["geometry"]["coordinates"][0], feature["geometry"]["coordinates"][1]) for feature in features]
    except (ValueError, LookupError, TypeError, AttributeError) as wrong:
        raise BadMeasure(f"“{path.name}”不是点的 GeoJSON（FeatureCollection）。",
                         f"“{path.name}” is not a GeoJSON FeatureCollection of points.") from wrong


def _named(feature: Mapping[str, Any]) -> Any:
    properties = feature.get("properties") or {}
    return next((own for own in (feature.get("id"), *(properties.get(name) for name in _ID)) if own not in (None, "")), None)


def _origin(path: Path, number: int, identity: Any, lon: Any, lat: Any) -> Origin:
    try:
        place = Origin(("" if identity is None else str(identity).strip()) or str(number), float(lon), float(lat))
    except (TypeError, ValueError) as wrong:
        raise _bad(path, number, lon, lat) from wrong
    if not (math.isfinite(place.lon) and math.isfinite(place.lat) and abs(place.lon) <= 180 and abs(place.lat) <= 90):
        raise _bad(path, number, lon, lat)
    return place


def _bad(path: Path, number: int, lon: Any, lat: Any) -> BadMeasure:
    return BadMeasure(f"“{path.name}”第 {number} 个起点读不出经度、纬度：“{lon}，{lat}”。",
                      f"Origin {number} of “{path.name}” has no readable longitude and latitude: “{lon}, {lat}”.")
