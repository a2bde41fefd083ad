"""An OpenStreetMap file becomes arrays: points, lines as ragged vertices, areas. The only file that speaks to pyosmium."""

from __future__ import annotations

import ctypes
import math
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from wanli_geo.errors import BadExtract, MissingExtra
from wanli_geo.workspace.osm_tags import AREA_KEYS, LINE_KEYS, POINT_KEYS
from wanli_geo.workspace.osm_text import FORM, NOWHERE, UNITS, Ints, Objects, Tags, read_lines

Progress = Callable[[str, float], None]
Shapes = NDArray[np.object_]
# Bytes of a compressed file per area, for the progress bar only.
_BYTES_AN_AREA = 100
_AREAS_A_TICK = 4096
_LINE_KEYS, _AREA_KEYS = frozenset(LINE_KEYS), frozenset(AREA_KEYS)


@dataclass(frozen=True, eq=False)
class Features:
    """Objects of one geometry: `ids` ("n1", "w2", "r3"), their tags and shapes (WGS84), row by row."""

    ids: list[str]
    tags: list[Tags]
    shapes: Shapes

    def __len__(self) -> int:
        return len(self.ids)

    def take(self, rows: NDArray[Any]) -> Features:
        rows = np.flatnonzero(rows) if rows.dtype == bool else rows
        return Features([self.ids[row] for row in rows], [self.tags[row] for row in rows], self.shapes[rows])

    def where(self, test: Callable[[Tags], bool]) -> Features:
        return self.take(np.fromiter((test(tags) for tags in self.tags), bool, len(self)))


@dataclass(frozen=True, eq=False)
class Lines:
    """Ways as one long list of vertices; a way whose nodes are partly outside the file is several runs.

    Attributes:
        ids, tags: of each way.
        way: (r,) the way of each run; `first` (r + 1,) where each begins.
        refs: (v,) node ids; `xy` (v, 2) their coordinates in 1e-7 degrees.
        torn: (t, 3) way, x, y of the last node before a gap: there a way goes on outside the file.
    """

    ids: list[str]
    tags: list[Tags]
    way: Ints
    first: Ints
    refs: Ints
    xy: Ints
    torn: Ints

    def run_ids(self) -> list[str]:
        """(r,) a name for each run: the way's, or `w1.1`, `w1.2`, … where the way has several."""
        return numbered([self.ids[way] for way in self.way])

    def linestrings(self) -> Shapes:
        """(r,) each run as a LineString in WGS84."""
        return linestrings(self.xy, self.first)

    def take(self, runs: NDArray[np.bool_]) -> Lines:
        """Keep these runs; the ways keep their rows."""
        size = np.diff(self.first)
        vertices = np.repeat(runs, size)
        first = np.concatenate([[0], np.cumsum(size[runs])]).astype(np.int64)
        return Lines(self.ids, self.tags, self.way[runs], first, self.refs[vertices], self.xy[vertices], self.torn)


def numbered(ids: Sequence[str]) -> list[str]:
    """Make ids unique: those that come more than once get `.1`, `.2`, … in their order."""
    if len(set(ids)) == len(ids):
        return list(ids)
    count, seen = Counter(ids), Counter[str]()
    result = []
    for identity in ids:
        seen[identity] += 1
        result.append(identity if count[identity] == 1 else f"{identity}.{seen[identity]}")
    return result


def linestrings(xy: Ints, first: Ints) -> Shapes:
    """Build LineStrings from vertices in 1e-7 degrees; `first` (n + 1,) says where each begins."""
    if len(first) < 2:
        return np.empty(0, dtype=object)
    owner = np.repeat(np.arange(len(first) - 1), np.diff(first))
    return np.asarray(shapely.linestrings(xy / UNITS, indices=owner), dtype=object)


@dataclass(frozen=True, eq=False)
class Extract:
    """What is of interest in one file.

    Attributes:
        points, lines, areas: the objects.
        torn: (id, tags) of boundaries and waters of which the file holds a part only, so that no area can be built.
        box: (west, south, east, north) the file says that it covers, or None.
        date: the day the data is of, `YYYY-MM-DD`, or "unknown".
    """

    points: Features
    lines: Lines
    areas: Features
    torn: list[tuple[str, Tags]]
    box: tuple[float, float, float, float] | None
    date: str


@dataclass(frozen=True)
class _Wanted:
    """What is read: nodes and ways that bear one of some keys, and areas of such keys; without the latter, no relation either."""

    point_keys: tuple[str, ...]
    way_keys: tuple[str, ...]
    area_keys: tuple[str, ...] = ()


_ALL_KEYS = tuple(sorted({*POINT_KEYS, *LINE_KEYS, *AREA_KEYS}))
_EVERYTHING = _Wanted(_ALL_KEYS, _ALL_KEYS, ("highway", *AREA_KEYS))
_WAYS_TO_WALK = _Wanted(("highway", "barrier"), ("highway",))


def read_extract(file: Path, progress: Progress) -> Extract:
    """Read an OSM file (.osm.pbf, .osm, .osm.gz, .osm.bz2).

    Raises:
        BadExtract: there is no such file, it is none of OpenStreetMap, or it is cut off.
        MissingExtra: pyosmium is not installed.
    """
    return _read(file, _EVERYTHING, progress)


def read_ways(file: Path) -> Extract:
    """Read the ways of `highway=*` alone, and the crossings and gates on them: a small part of the work. Raises as `read_extract`."""
    return _read(file, _WAYS_TO_WALK, lambda stage, share: None)


def _read(file: Path, wanted: _Wanted, progress: Progress) -> Extract:
    osmium = _pyosmium()
    if not file.is_file():
        raise BadExtract(f"找不到文件“{file}”；请检查路径。", f"There is no file “{file}”; check the path.")
    progress("读取 / reading", 0.0)
    try:
        header = osmium.FileProcessor(str(file)).header
    except RuntimeError as wrong:
        raise _unreadable(file, wrong) from wrong
    if header.has_multiple_object_versions:
        raise BadExtract("这是历史文件（含旧版本）；请先用 osmium time-filter 取出某一天的数据。",
                         "This is a history file; take one day out of it first with `osmium time-filter`.")
    date = (header.get("osmosis_replication_timestamp") or header.get("timestamp"))[:10]
    dated = bool(date) or not wanted.area_keys  # who wants the ways alone asks for no date
    with tempfile.TemporaryDirectory(prefix="wanli-geo-", ignore_cleanup_errors=True) as folder:
        lines = Path(folder) / "objects.opl"
        try:
            areas = _written(osmium, file, wanted, lines, progress, dated=dated)
            with lines.open("rb") as content:
                objects = read_lines(content)
        except (RuntimeError, ValueError, osmium.InvalidLocationError) as wrong:  # a block, a date or a text, a coordinate that cannot be read
            raise _unreadable(file, wrong) from wrong
    return _extract(objects, areas, _box(header), date or objects.newest[:10] or "unknown")


def _pyosmium() -> Any:
    try:
        import osmium  # noqa: PLC0415 (the one door of the extra)
        import osmium.filter  # noqa: PLC0415
        import osmium.geom  # noqa: PLC0415
    except ImportError as wrong:
        raise MissingExtra(
            "读取 OpenStreetMap 文件需要附加组件 osm：请运行 pip install 'wanli-geo[osm]'。",
            "Reading OpenStreetMap files needs the extra `osm`: run pip install 'wanli-geo[osm]'.",
        ) from wrong
    return osmium


def _unreadable(file: Path, wrong: Exception) -> BadExtract:
    return BadExtract(
        f"“{file.name}”不是完整的 OpenStreetMap 文件（{wrong}）；可能下载中断，请重新下载 .osm.pbf 或 .osm 文件。",
        f"“{file.name}” is not a whole OpenStreetMap file ({wrong}); the download may have broken off, so fetch the .osm.pbf or .osm again.",
    )


def _written(osmium: Any, file: Path, wanted: _Wanted, lines: Path, progress: Progress, *, dated: bool) -> dict[str, str]:
    """Have what is wanted written as lines, without a step of Python for each object; give the areas: id → WKB."""
    kinds, keys, wkb = osmium.osm, osmium.filter.KeyFilter, osmium.geom.WKBFactory()
    processor = osmium.FileProcessor(str(file), kinds.ALL if wanted.area_keys else kinds.NODE | kinds.WAY).with_locations()
    if wanted.area_keys:
        processor = processor.with_areas(keys(*wanted.area_keys))
    form = osmium.io.File(str(lines), FORM + ("false" if dated else "timestamp"))
    areas: dict[str, str] = {}
    guess = max(1.0, file.stat().st_size / _BYTES_AN_AREA)
    with _writing(osmium.SimpleWriter(form)) as writer:
        processor = processor.with_filter(keys(*wanted.point_keys).enable_for(kinds.NODE))
        processor = processor.with_filter(keys(*wanted.way_keys).enable_for(kinds.WAY | kinds.RELATION | kinds.AREA))
        for count, area in enumerate(processor.with_filter(writer).with_filter(osmium.filter.EntityFilter(kinds.AREA)), 1):
            try:
                areas.setdefault(f"{'w' if area.from_way() else 'r'}{area.orig_id()}", wkb.create_multipolygon(area))
            except RuntimeError:  # an area whose rings pyosmium could not close: it stays among the torn ones
                continue
            if count % _AREAS_A_TICK == 0:
                progress("读取 / reading", 1.0 - math.exp(-count / guess))
    return areas


@contextmanager
def _writing(writer: Any) -> Iterator[Any]:
    """Close a writer at the end. pyosmium ends the whole process where one that failed is destroyed, so such a one is kept for good."""
    try:
        yield writer
    finally:
        try:
            writer.close()
        except RuntimeError:  # a text that is none, or a full disk
            ctypes.pythonapi.Py_IncRef(ctypes.py_object(writer))
            raise


def _extract(objects: Objects, wkb: dict[str, str], box: tuple[float, float, float, float] | None, date: str) -> Extract:
    shapes = np.asarray(shapely.points(objects.point_xy / UNITS), dtype=object).reshape(-1)
    points = Features(objects.point_ids, objects.point_tags, shapes).take((objects.point_xy[:, 0] != NOWHERE) & _first_time(objects.point_ids))
    areas = _areas(objects, wkb)
    whole = set(areas.ids)
    torn = [(identity, tags) for identity, tags in objects.relations.items()
            if tags.get("type") in ("multipolygon", "boundary") and identity not in whole]
    return Extract(points, _lines(objects), areas, torn, box, date)


def _areas(objects: Objects, wkb: dict[str, str]) -> Features:
    """Give the areas of interest; an area bears the tags of its way or relation."""
    said = dict(zip(reversed(objects.way_ids), reversed(objects.way_tags), strict=True))
    tags = {identity: said[identity] if identity[0] == "w" else _untyped(objects.relations[identity]) for identity in wkb}
    ids = [identity for identity in wkb if _is_area(tags[identity], identity)]
    return _sound(Features(ids, [tags[identity] for identity in ids], _polygons([wkb[identity] for identity in ids])))


def _untyped(tags: Tags) -> Tags:
    """The tags of a relation but for its type, which says nothing of the area."""
    return {key: value for key, value in tags.items() if key != "type"}


def _is_area(tags: Tags, identity: str) -> bool:
    square = "highway" in tags and identity[0] == "r"
    return (square or not _AREA_KEYS.isdisjoint(tags)) and tags.get("area") != "no"


def _lines(objects: Objects) -> Lines:
    """Give the ways that are lines, each once."""
    new = _first_time(objects.way_ids)
    rows = np.fromiter((not _LINE_KEYS.isdisjoint(tags) for tags in objects.way_tags), bool, len(new)) & new
    size = np.array(objects.sizes, dtype=np.int64)
    mine = np.repeat(rows, size)
    return _runs([objects.way_ids[row] for row in np.flatnonzero(rows)], [objects.way_tags[row] for row in np.flatnonzero(rows)],
                 np.repeat(np.arange(rows.sum()), size[rows]), objects.refs[mine], objects.xy[mine])


def _runs(ids: list[str], tags: list[Tags], way: Ints, refs: Ints, xy: Ints) -> Lines:
    """Cut ways where a node is not in the file; drop a vertex that repeats the one before it, and runs of which a single one is left.

    Args:
        way: (v,) the way of each vertex.
    """
    here = xy[:, 0] != NOWHERE
    inner = way[1:] == way[:-1]
    at_gap = np.zeros(len(way), dtype=bool)
    at_gap[1:] |= inner & ~here[:-1]
    at_gap[:-1] |= inner & ~here[1:]
    follows = np.append(False, inner & here[:-1])[:len(way)]
    run = np.cumsum(~follows) - 1
    keep = here.copy()
    keep[1:] &= ~(inner & (xy[1:] == xy[:-1]).all(axis=1))
    size = np.bincount(run[keep], minlength=int((~follows).sum()))
    long = size > 1
    keep &= long[run]
    first = np.concatenate([[0], np.cumsum(size[long])]).astype(np.int64)
    return Lines(ids, tags, way[~follows][long], first, refs[keep], xy[keep], np.column_stack([way, xy])[at_gap & here])


def _first_time(ids: Sequence[str]) -> NDArray[np.bool_]:
    """(n,) whether an id is met for the first time: files joined from overlapping ones hold some objects twice."""
    if len(set(ids)) == len(ids):
        return np.ones(len(ids), dtype=bool)
    first = np.zeros(len(ids), dtype=bool)
    first[list({identity: row for row, identity in reversed(list(enumerate(ids)))}.values())] = True
    return first


def _polygons(wkb: Sequence[str]) -> Shapes:
    """Read multipolygons; one of a single part becomes a polygon."""
    shapes = np.asarray(shapely.from_wkb(np.array(wkb, dtype=object)), dtype=object).reshape(-1)
    single = shapely.get_num_geometries(shapes) == 1
    shapes[single] = shapely.get_geometry(shapes[single], 0)
    return shapes


def _sound(areas: Features) -> Features:
    """Mend invalid areas; drop those of which no area is left."""
    bad = np.flatnonzero(~shapely.is_valid(areas.shapes))
    for row in bad:
        areas.shapes[row] = on_grid(shapely.make_valid(areas.shapes[row]))
    return areas.take(~shapely.is_empty(areas.shapes))


def on_grid(shape: shapely.Geometry) -> shapely.Geometry:
    """Bring a computed area to the 7 decimals it is written with, so that it is still valid there."""
    return only_areas(shapely.set_precision(only_areas(shape), 1 / UNITS))


def only_areas(shape: shapely.Geometry) -> shapely.Geometry:
    """Keep the polygons of a geometry; an empty polygon where there are none."""
    parts = [part for part in shapely.get_parts(shapely.get_parts(shape)) if part.geom_type == "Polygon" and part.area > 0]
    return parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts) if parts else shapely.Polygon()


def _box(header: Any) -> tuple[float, float, float, float] | None:
    box = header.box()
    if not box.valid():
        return None
    return box.bottom_left.lon, box.bottom_left.lat, box.top_right.lon, box.top_right.lat
