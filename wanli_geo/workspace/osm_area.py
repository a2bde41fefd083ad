"""Where an extract lies: its metric CRS, its boundary, the area inside which its streets are complete."""

from __future__ import annotations

import difflib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from wanli_geo.errors import BadExtract
from wanli_geo.workspace.osm_read import Extract, Features, Shapes, on_grid, only_areas
from wanli_geo.workspace.osm_text import UNITS, Tags
from wanli_geo.workspace.store import to_degrees, to_metres

# Streets beyond the boundary matter up to this walk, so that the edge of the data is not the edge of the answer (DESIGN §3).
MARGIN_M = 1_200.0
# The box in a file's header is believed when the streets fill at least this share of it.
_FILLED = 0.25
# Without a box: a hull of the streets, thinned to about 100 m, neither convex nor frayed; its rim and the holes at torn ends.
_HULL_RATIO = 0.3
_THIN_DEGREES = 1e-3
_RIM_M = 100.0
_HOLE_M = 2.0
_NAME_KEYS = ("name", "name:zh", "name:zh-Hans", "name:en", "official_name", "short_name", "alt_name")
# A coarse outline of mainland China, inside which CGCS2000 is the datum of every office; near the border either choice measures alike.
_MAINLAND = shapely.Polygon([
    (121.9, 31.9), (122.9, 30.9), (122.6, 29.4), (120.9, 27.0), (119.8, 25.3), (118.3, 24.2), (116.7, 22.8), (114.6, 22.57), (114.0, 22.53),
    (113.5, 22.3), (111.9, 21.6), (111.2, 20.0), (110.2, 18.1), (108.5, 18.3), (108.3, 21.5), (106.7, 22.2), (105.3, 23.4), (101.9, 22.5),
    (100.0, 21.7), (98.9, 23.5), (98.0, 24.6), (98.7, 27.4), (94.5, 29.4), (89.0, 28.0), (85.5, 28.6), (81.3, 30.3), (79.0, 33.0),
    (78.6, 35.4), (75.3, 37.6), (74.2, 39.6), (80.2, 42.3), (80.7, 45.0), (83.2, 46.9), (86.0, 48.0), (90.5, 46.6), (95.8, 44.0),
    (101.0, 42.6), (105.4, 41.7), (111.5, 43.6), (115.9, 46.2), (117.3, 49.4), (120.3, 52.6), (123.6, 53.3), (127.3, 50.2), (130.8, 48.7),
    (134.3, 48.2), (132.9, 45.1), (130.5, 42.8), (126.9, 41.8), (124.3, 40.0), (121.6, 38.6), (122.8, 37.3), (119.9, 35.0)])


def metric_crs(longitude: float, latitude: float) -> str:
    """Choose the CRS to measure in: CGCS2000 / 3-degree Gauss-Kruger by central meridian in mainland China, else the UTM zone.

    EPSG numbers the Chinese zones without prefix from 4534 (CM 75E) to 4554 (CM 135E); Wanli's is 4549 (CM 120E).
    """
    if _MAINLAND.contains(shapely.Point(longitude, latitude)):
        meridian = min(135, max(75, 3 * round(longitude / 3)))
        return f"EPSG:{4534 + (meridian - 75) // 3}"
    zone = min(60, int((longitude + 180) // 6) + 1)
    return f"EPSG:{(32600 if latitude >= 0 else 32700) + zone}"


@dataclass(frozen=True, eq=False)
class Boundary:
    """The area a workspace is about: `shape` in WGS84, and how it is called."""

    shape: shapely.Geometry
    id: str
    name: str
    name_en: str


def boundary_of(extract: Extract, wanted: str | Path) -> Boundary:
    """Find the boundary: a GeoJSON file, or the name or id ("r123") of an administrative area or place in the extract.

    Raises:
        BadExtract: there is none, or more than one; the sentence names what there is.
    """
    file = Path(wanted)
    if isinstance(wanted, Path) or file.suffix.lower() in (".json", ".geojson"):
        return _from_file(file)
    areas = extract.areas.where(_is_place)
    found = areas.where(lambda tags: wanted in _names(tags))
    found = areas.take(np.array([identity == wanted for identity in areas.ids], dtype=bool)) if not len(found) else found
    if len(found) == 1:
        tags = found.tags[0]
        return Boundary(found.shapes[0], found.ids[0], tags.get("name", wanted), tags.get("name:en", tags.get("name", wanted)))
    if len(found):
        listed = "; ".join(_described(identity, tags) for identity, tags in zip(found.ids, found.tags, strict=True))
        raise BadExtract(f"数据里有 {len(found)} 个叫“{wanted}”的范围：{listed}。请用编号指定其一，例如 --boundary {found.ids[0]}。",
                         f"The extract has {len(found)} areas called “{wanted}”: {listed}. Say which by its id, e.g. --boundary {found.ids[0]}.")
    raise _missing(extract, areas, wanted)


def _is_place(tags: Tags) -> bool:
    return "name" in tags and ("boundary" in tags or "place" in tags)


def _names(tags: Tags) -> set[str]:
    return {part.strip() for key in _NAME_KEYS for part in tags.get(key, "").split(";") if part.strip()}


def _described(identity: str, tags: Tags) -> str:
    kind = f"admin_level={tags['admin_level']}" if "admin_level" in tags else tags.get("place", tags.get("boundary", ""))
    return f"{identity} {tags['name']} ({kind})"


def _missing(extract: Extract, areas: Features, wanted: str) -> BadExtract:
    """Say why there is no such boundary: cut off by the extract, or not in it at all."""
    if any(wanted in _names(tags) or wanted == identity for identity, tags in extract.torn):
        return BadExtract(
            f"“{wanted}”的边界在这份数据里不完整；请换一份范围更大的数据，或用 --boundary 文件.geojson 给出边界。",
            f"The boundary of “{wanted}” is cut off in this extract; take a larger extract, or give the boundary as a GeoJSON file.")
    known = sorted({name for tags in areas.tags for name in _names(tags)})
    near = difflib.get_close_matches(wanted, known, n=5, cutoff=0.4) or known[:5]
    hint_zh = f"其中有：{'、'.join(near)}。" if near else "其中没有任何完整的行政区或地名范围。"
    hint_en = f"it has: {', '.join(near)}." if near else "it has no whole administrative area or place."
    return BadExtract(f"数据里没有叫“{wanted}”的范围，{hint_zh}也可用 --boundary 文件.geojson 给出边界。",
                      f"The extract has no area called “{wanted}”; {hint_en} A GeoJSON file with the boundary will do too.")


def _from_file(file: Path) -> Boundary:
    """Read the polygons of a GeoJSON file (WGS84) as one boundary."""
    bad = BadExtract(f"边界文件“{file.name}”读不出多边形；请给一个 WGS84 经纬度的 GeoJSON 面文件。",
                     f"No polygon can be read from the boundary file “{file.name}”; give a GeoJSON polygon in WGS84 degrees.")
    try:
        text = file.read_text(encoding="utf-8-sig")
        shapes = _shapes(json.loads(text))
        joined = on_grid(shapely.make_valid(shapely.union_all(shapes)))
    except (OSError, ValueError, TypeError, KeyError, RecursionError, shapely.errors.GEOSException) as wrong:
        raise bad from wrong
    west, south, east, north = shapely.bounds(joined)
    if joined.is_empty or not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        raise bad
    return Boundary(joined, "boundary", file.stem, file.stem)


def _shapes(content: Any) -> list[shapely.Geometry]:
    """Give every polygon of a GeoJSON object, in any of its forms."""
    if content["type"] == "FeatureCollection":
        return [shape for feature in content["features"] for shape in _shapes(feature)]
    geometry = content["geometry"] if content["type"] == "Feature" else content
    shape = shapely.from_geojson(json.dumps(geometry))
    return [shape] if shape.geom_type in ("Polygon", "MultiPolygon") else []


def covered(extract: Extract, streets: Shapes) -> shapely.Geometry:
    """The area that the file covers: the box of its header where the streets fill it, else the hull of the streets."""
    xy = shapely.get_coordinates(streets)
    if extract.box:
        box = shapely.box(*extract.box)
        seen = shapely.box(*xy.min(axis=0), *xy.max(axis=0)).intersection(box)
        if box.area > 0 and seen.area >= _FILLED * box.area:
            return box
    _, thinned = np.unique(np.rint(xy / _THIN_DEGREES), axis=0, return_index=True)
    hull = shapely.concave_hull(shapely.multipoints(xy[thinned]), ratio=_HULL_RATIO)
    return hull if hull.geom_type == "Polygon" else shapely.buffer(shapely.envelope(hull), _THIN_DEGREES)


def complete_within(area: shapely.Geometry, extract: Extract, torn: Shapes, crs: str) -> shapely.Geometry:
    """The area inside which no street is missing, in WGS84 with 7 decimals.

    A hull of streets is drawn in a little, for at its rim the next street is not known. Round every end where a street goes on outside
    the file a small hole is cut: whoever walks there leaves what is known.
    """
    metric = to_metres(area, crs)
    if not extract.box:
        metric = shapely.buffer(metric, -min(_RIM_M, 0.05 * metric.area**0.5))
    holes = shapely.union_all(shapely.buffer(to_metres(torn, crs), _HOLE_M, quad_segs=2)) if len(torn) else shapely.Polygon()
    known = shapely.transform(to_degrees(shapely.difference(metric, holes), crs), lambda xy: np.round(xy, 7))
    return only_areas(shapely.make_valid(known))


def with_margin(boundary: shapely.Geometry, crs: str) -> shapely.Geometry:
    """The boundary and 1,200 m around it, in WGS84."""
    return to_degrees(shapely.buffer(to_metres(boundary, crs), MARGIN_M, quad_segs=4), crs)


def only_within(extract: Extract, area: shapely.Geometry) -> Extract:
    """Keep what touches an area, whole: a footprint cut in two would house half its people."""
    lines = extract.lines
    return Extract(_touching(extract.points, area), lines.take(_touches(lines.linestrings(), area)), _touching(extract.areas, area),
                   extract.torn, extract.box, extract.date)


def _touching(features: Features, area: shapely.Geometry) -> Features:
    return features.take(_touches(features.shapes, area))


def _touches(shapes: Shapes, area: shapely.Geometry) -> np.ndarray[Any, np.dtype[np.bool_]]:
    shapely.prepare(area)
    return np.asarray(shapely.intersects(area, shapes), dtype=bool).reshape(-1)


def cut(shapes: Shapes, area: shapely.Geometry) -> Shapes:
    """Cut long lines and large waters at the edge of an area; what lies inside stays as it is, what lies outside becomes empty."""
    shapely.prepare(area)
    across = np.flatnonzero(~shapely.contains_properly(area, shapes))
    result = shapes.copy()
    for row in across:
        part = shapely.intersection(shapes[row], area)
        result[row] = on_grid(part) if shapely.get_dimensions(shapes[row]) == 2 else _only_lines(shapely.set_precision(part, 1 / UNITS))
    return result


def _only_lines(shape: shapely.Geometry) -> shapely.Geometry:
    parts: Sequence[shapely.Geometry] = [part for part in shapely.get_parts(shape) if part.geom_type == "LineString"]
    return parts[0] if len(parts) == 1 else shapely.MultiLineString(parts)


def central(shape: shapely.Geometry) -> tuple[float, float]:
    """(longitude, latitude) of the middle of a shape's bounds."""
    west, south, east, north = shapely.bounds(shape)
    return (west + east) / 2, (south + north) / 2

