"""An OpenStreetMap file becomes arrays: points, lines as ragged vertices, areas. The only file that speaks to pyosmium."""

from __future__ import annotations

import math
from array import array
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from wanli_geo.errors import BadExtract, MissingExtra
from wanli_geo.workspace.osm_tags import AREA_KEYS, LINE_KEYS, POINT_KEYS

Progress = Callable[[str, float], None]
Tags = dict[str, str]
Ints = NDArray[np.int64]
Shapes = NDArray[np.object_]
# OSM keeps coordinates as whole numbers of 1e-7 degrees.
UNITS = 1e7
# Bytes of a compressed file per object of interest, for the progress bar only.
_BYTES_AN_OBJECT = 60
_OBJECTS_A_TICK = 4096


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


@dataclass
class _Heap:
    """What has been read so far."""

    point_ids: list[str] = field(default_factory=list)
    point_tags: list[Tags] = field(default_factory=list)
    point_xy: array[int] = field(default_factory=lambda: array("q"))
    line_ids: list[str] = field(default_factory=list)
    line_tags: list[Tags] = field(default_factory=list)
    runs: array[int] = field(default_factory=lambda: array("q"))
    run_way: array[int] = field(default_factory=lambda: array("q"))
    refs: array[int] = field(default_factory=lambda: array("q"))
    xy: array[int] = field(default_factory=lambda: array("q"))
    torn: array[int] = field(default_factory=lambda: array("q"))
    area_ids: list[str] = field(default_factory=list)
    area_tags: list[Tags] = field(default_factory=list)
    area_wkb: list[str] = field(default_factory=list)
    relations: dict[str, Tags] = field(default_factory=dict)
    newest: int = 0


def read_extract(file: Path, progress: Progress) -> Extract:
    """Read an OSM file (.osm.pbf, .osm, .osm.gz, .osm.bz2).

    Raises:
        BadExtract: there is no such file, it is none of OpenStreetMap, or it is cut off.
        MissingExtra: pyosmium is not installed.
    """
    osmium = _pyosmium()
    if not file.is_file():
        raise BadExtract(f"找不到文件“{file}”；请检查路径。", f"There is no file “{file}”; check the path.")
    progress("读取 / reading", 0.0)
    keys = sorted({*POINT_KEYS, *LINE_KEYS, *AREA_KEYS})
    try:
        processor = osmium.FileProcessor(str(file)).with_areas(osmium.filter.KeyFilter("highway", *AREA_KEYS))
        processor = processor.with_filter(osmium.filter.KeyFilter(*keys))
        header = processor.header
    except RuntimeError as wrong:
        raise _unreadable(file, wrong) from wrong
    if header.has_multiple_object_versions:
        raise BadExtract("这是历史文件（含旧版本）；请先用 osmium time-filter 取出某一天的数据。",
                         "This is a history file; take one day out of it first with `osmium time-filter`.")
    date = (header.get("osmosis_replication_timestamp") or header.get("timestamp"))[:10]
    heap = _Heap()
    takers = _takers(osmium, heap)
    guess = max(1.0, file.stat().st_size / _BYTES_AN_OBJECT)
    for count, thing in enumerate(_taken(processor, takers, osmium.InvalidLocationError, file)):
        if not date:
            heap.newest = max(heap.newest, int(thing.timestamp.timestamp()))
        if count % _OBJECTS_A_TICK == 0:
            progress("读取 / reading", 1.0 - math.exp(-count / guess))
    return _extract(heap, _box(header), date or _day(heap.newest))


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


def _taken(processor: Any, takers: dict[str, Callable[[Any], None]], misplaced: type[Exception], file: Path) -> Iterator[Any]:
    """Go through the file and take each object; what is wrong with the file, and only that, becomes `BadExtract`."""
    try:
        for thing in processor:
            takers[thing.type_str()](thing)
            yield thing
    except (RuntimeError, ValueError, misplaced) as wrong:  # a block, a date or a text, a coordinate that cannot be read
        raise _unreadable(file, wrong) from wrong


def _unreadable(file: Path, wrong: Exception) -> BadExtract:
    return BadExtract(
        f"“{file.name}”不是完整的 OpenStreetMap 文件（{wrong}）；可能下载中断，请重新下载 .osm.pbf 或 .osm 文件。",
        f"“{file.name}” is not a whole OpenStreetMap file ({wrong}); the download may have broken off, so fetch the .osm.pbf or .osm again.",
    )


def _takers(osmium: Any, heap: _Heap) -> dict[str, Callable[[Any], None]]:
    """One function for each type of object, that puts what is of interest on the heap."""
    wkb = osmium.geom.WKBFactory()
    line_keys, area_keys = LINE_KEYS, frozenset(AREA_KEYS)

    def node(thing: Any) -> None:
        place = thing.location
        if place.valid():
            heap.point_ids.append(f"n{thing.id}")
            heap.point_tags.append(dict(thing.tags))
            heap.point_xy.extend((place.x, place.y))

    def way(thing: Any) -> None:
        tags = thing.tags
        if not any(key in tags for key in line_keys):
            return
        row = len(heap.line_ids)
        heap.line_ids.append(f"w{thing.id}")
        heap.line_tags.append(dict(tags))
        _take_vertices(thing.nodes, row, heap)

    def area(thing: Any) -> None:
        tags = dict(thing.tags)
        square = "highway" in tags and not thing.from_way()
        if (area_keys.isdisjoint(tags) and not square) or tags.get("area") == "no":
            return
        try:
            shape = wkb.create_multipolygon(thing)
        except RuntimeError:  # an area whose rings pyosmium could not close: it stays among the torn ones
            return
        heap.area_ids.append(f"{'w' if thing.from_way() else 'r'}{thing.orig_id()}")
        heap.area_tags.append(tags)
        heap.area_wkb.append(shape)

    def relation(thing: Any) -> None:
        if thing.tags.get("type") in ("multipolygon", "boundary"):
            heap.relations[f"r{thing.id}"] = dict(thing.tags)

    return {"n": node, "w": way, "a": area, "r": relation}


def _take_vertices(nodes: Any, row: int, heap: _Heap) -> None:
    """Add a way's vertices; a node outside the file ends one run and begins the next."""
    start = len(heap.refs)
    gap = False
    for node in nodes:
        place = node.location
        if not place.valid():
            if len(heap.refs) > start:
                heap.torn.extend((row, *heap.xy[-2:]))
            start = _close_run(start, row, heap)
            gap = True
        else:
            heap.refs.append(node.ref)
            heap.xy.append(place.x)
            heap.xy.append(place.y)
            if gap:
                heap.torn.extend((row, place.x, place.y))
                gap = False
    _close_run(start, row, heap)


def _close_run(start: int, row: int, heap: _Heap) -> int:
    """End the run that began at vertex `start`; a run of less than two vertices is dropped again."""
    if len(heap.refs) - start < 2:
        del heap.refs[start:], heap.xy[2 * start:]
    else:
        heap.runs.append(start)
        heap.run_way.append(row)
    return len(heap.refs)


def _extract(heap: _Heap, box: tuple[float, float, float, float] | None, date: str) -> Extract:
    points = _ints(heap.point_xy).reshape(-1, 2)
    lines = Lines(heap.line_ids, heap.line_tags, _ints(heap.run_way), np.append(_ints(heap.runs), len(heap.refs)), _ints(heap.refs),
                  _ints(heap.xy).reshape(-1, 2), _ints(heap.torn).reshape(-1, 3))
    areas = _sound(_once(Features(heap.area_ids, heap.area_tags, _polygons(heap.area_wkb))))
    whole = set(areas.ids)
    torn = [(identity, tags) for identity, tags in heap.relations.items() if identity not in whole]
    shapes = np.asarray(shapely.points(points / UNITS), dtype=object).reshape(-1)
    lines = _without_repeats(lines.take(_first_time(lines.ids)[lines.way]))
    return Extract(_once(Features(heap.point_ids, heap.point_tags, shapes)), lines, areas, torn, box, date)


def _first_time(ids: Sequence[str]) -> NDArray[np.bool_]:
    """(n,) whether an id is met for the first time: files joined from overlapping ones hold some objects twice."""
    first = np.zeros(len(ids), dtype=bool)
    first[list({identity: row for row, identity in reversed(list(enumerate(ids)))}.values())] = True
    return first


def _once(features: Features) -> Features:
    first = _first_time(features.ids)
    return features if first.all() else features.take(first)


def _ints(values: array[int]) -> Ints:
    return np.array(values, dtype=np.int64)


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


def _without_repeats(lines: Lines) -> Lines:
    """Drop a vertex that repeats the one before it in its run, and runs of which a single vertex is left."""
    if not len(lines.refs):
        return lines
    run = np.repeat(np.arange(len(lines.way)), np.diff(lines.first))
    keep = np.ones(len(run), dtype=bool)
    keep[1:] = (run[1:] != run[:-1]) | np.any(lines.xy[1:] != lines.xy[:-1], axis=1)
    size = np.bincount(run[keep], minlength=len(lines.way))
    first = np.concatenate([[0], np.cumsum(size)]).astype(np.int64)
    return Lines(lines.ids, lines.tags, lines.way, first, lines.refs[keep], lines.xy[keep], lines.torn).take(size >= 2)


def _box(header: Any) -> tuple[float, float, float, float] | None:
    box = header.box()
    if not box.valid():
        return None
    return box.bottom_left.lon, box.bottom_left.lat, box.top_right.lon, box.top_right.lat


def _day(seconds: int) -> str:
    """Write seconds since 1970 as a day; "unknown" where no object bears a time."""
    return str(np.datetime64(seconds, "s"))[:10] if seconds > 0 else "unknown"
