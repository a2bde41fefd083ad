"""GeoJSON coordinates to shapely, a whole geometry type at a time; every fault a finding, never a null geometry in silence."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from wanli_geo.workspace.faults import found
from wanli_geo.workspace.findings import Finding
from wanli_geo.workspace.parsing import Features
from wanli_geo.workspace.specs import LayerSpec

_TYPES = {
    "Point": (1, shapely.GeometryType.POINT),
    "LineString": (2, shapely.GeometryType.LINESTRING),
    "MultiLineString": (3, shapely.GeometryType.MULTILINESTRING),
    "Polygon": (3, shapely.GeometryType.POLYGON),
    "MultiPolygon": (4, shapely.GeometryType.MULTIPOLYGON),
    "MultiPoint": (2, shapely.GeometryType.MULTIPOINT),
}  # type → how deep its coordinates are nested down to the number, shapely's type

KINDS_OF_SHAPE = tuple(_TYPES)
_METRES_FROM = 1000.0  # no degree is that large, and hardly a projected coordinate within China that small
_REASON = re.compile(r"(?P<why>[^\[]*)\[(?P<x>\S+) (?P<y>\S+)\]")
_REASONS = {
    "Hole lies outside shell": "洞在外边界之外",
    "Holes are nested": "洞套着洞",
    "Interior is disconnected": "内部被隔断",
    "Nested shells": "面套着面",
    "Duplicate Rings": "边界重复",
    "Too few points in geometry component": "点太少",
}  # GEOS says → Chinese

Booleans = npt.NDArray[np.bool_]
Integers = npt.NDArray[np.int64]


@dataclass(frozen=True)
class _Ragged:
    """Coordinates of some features, flat.

    Attributes:
        xy: (n, 2) longitude and latitude.
        sizes: from the feature inwards, how many members each part has (of a polygon: rings a polygon, positions a ring).
        deep: (n,) True where the position had more than two numbers.
    """

    xy: npt.NDArray[np.float64]
    sizes: tuple[Integers, ...]
    deep: Booleans

    @property
    def owners(self) -> tuple[Integers, ...]:
        """Which feature each part belongs to, for the parts of each level; the last level's are the positions'."""
        owner = np.arange(len(self.sizes[0]) if self.sizes else len(self.xy))
        owners = [owner]
        for size in self.sizes:
            owner = np.repeat(owner, size)
            owners.append(owner)
        return tuple(owners)

    def where(self, keep: Booleans) -> _Ragged:
        """Only the features kept."""
        owners = self.owners
        at = keep[owners[-1]]
        return _Ragged(self.xy[at], tuple(size[keep[owner]] for size, owner in zip(self.sizes, owners[:-1], strict=True)), self.deep[at])

    def build(self, kind: shapely.GeometryType) -> npt.NDArray[np.object_]:
        offsets = tuple(np.concatenate(([0], np.cumsum(size))) for size in reversed(self.sizes))
        return np.asarray(shapely.from_ragged_array(kind, self.xy, offsets), dtype=object)


def shapes_of(features: Features, spec: LayerSpec) -> tuple[npt.NDArray[np.object_], list[Finding]]:
    """Build every feature's geometry.

    Returns:
        (n,) shapely geometries, valid and not empty, None where there is an error; the findings.
    """
    shapes = np.full(len(features.index), None, dtype=object)
    findings, heights = list[Finding](), list[int]()
    rows: dict[str, list[int]] = {name: [] for name in spec.geometry}
    for row, geometry in enumerate(features.geometries):
        kind = geometry.get("type") if isinstance(geometry, dict) else None
        if isinstance(kind, str) and kind in rows:
            rows[kind].append(row)
        elif geometry is None:
            findings.append(_at(features, spec, row, "no_geometry"))
        else:
            told = kind if isinstance(geometry, dict) else geometry
            findings.append(_at(features, spec, row, "wrong_geometry", found=told, allowed=", ".join(spec.geometry)))
    for kind, members in rows.items():
        built, faults, deep = _sound([features.geometries[row].get("coordinates") for row in members], kind)
        findings += [_at(features, spec, members[place], code, **words) for place, (code, words) in sorted(faults.items())]
        heights += [members[place] for place in deep]
        shapes[members] = built
    if heights:
        first = min(heights)
        findings.append(found("three_d", spec.name, index=features.index[first], id=features.ids[first], column="geometry", count=len(heights)))
    return shapes, findings


Faults = dict[int, tuple[str, dict[str, Any]]]


def build(coordinates: Sequence[Any], kind: str) -> tuple[npt.NDArray[np.object_], Faults]:
    """Build geometries of one type in whatever coordinates they are: shapes (None where malformed), faults by place.

    Shapes may cross themselves: whether they are sound is judged once their coordinates are known to be degrees.
    """
    shapes, faults, _ = _shapes(coordinates, kind, _malformed_values)
    return shapes, faults


def _sound(coordinates: Sequence[Any], kind: str) -> tuple[npt.NDArray[np.object_], Faults, list[int]]:
    """Build geometries in degrees: shapes (None where faulty), faults by place, places of those with heights."""
    shapes, faults, deep = _shapes(coordinates, kind, _wrong_values)
    for place in np.flatnonzero(~(shapely.is_missing(shapes) | shapely.is_valid(shapes))).tolist():
        faults[place] = _invalid(shapes[place])
        shapes[place] = None
    return shapes, faults, deep


def _at(features: Features, spec: LayerSpec, row: int, code: str, **words: Any) -> Finding:
    return found(code, spec.name, index=features.index[row], id=features.ids[row], column="geometry", **words)


def _shapes(
    coordinates: Sequence[Any], kind: str, wrong_values: Callable[[_Ragged, shapely.GeometryType], Faults]
) -> tuple[npt.NDArray[np.object_], Faults, list[int]]:
    """Build the geometries of one type: shapes (None where faulty), faults by place, places of those with heights."""
    depth, shapely_type = _TYPES[kind]
    shapes = np.full(len(coordinates), None, dtype=object)
    if not coordinates:
        return shapes, {}, []
    faults: Faults = {}
    places = np.arange(len(coordinates))
    ragged = _flat(coordinates, depth)
    if ragged is None:  # something is malformed: look at each one
        faults = {place: fault for place, nested in enumerate(coordinates) if (fault := _malformed(nested, depth, kind))}
        places = np.array([place for place in range(len(coordinates)) if place not in faults], dtype=np.int64)
        ragged = _flat([coordinates[place] for place in places.tolist()], depth)
        if ragged is None or not len(places):
            return shapes, faults, []
    wrong = wrong_values(ragged, shapely_type)
    good = np.ones(len(places), dtype=bool)
    good[list(wrong)] = False
    faults |= {int(places[row]): fault for row, fault in wrong.items()}
    deep = places[np.unique(ragged.owners[-1][ragged.deep])].tolist()
    shapes[places[good]] = ragged.where(good).build(shapely_type)
    return shapes, faults, deep


def _flat(coordinates: Sequence[Any], depth: int) -> _Ragged | None:
    """Flatten nested coordinates; None where any is not nested `depth` deep, has a position of one number, or a value that is none."""
    level: list[Any] = list(coordinates)
    sizes: list[Integers] = []
    for _ in range(depth):
        if not set(map(type, level)) <= {list}:
            return None
        sizes.append(np.fromiter(map(len, level), dtype=np.int64, count=len(level)))
        level = list(chain.from_iterable(level))
    *sizes, widths = sizes
    if not set(map(type, level)) <= {float, int} or (len(widths) and widths.min() < 2):
        return None
    values = np.array(level, dtype=np.float64)
    start = np.cumsum(widths) - widths
    return _Ragged(np.column_stack([values[start], values[start + 1]]), tuple(sizes), widths > 2)


def _malformed(nested: Any, depth: int, kind: str) -> tuple[str, dict[str, Any]] | None:
    """Say what keeps one feature's coordinates from being flattened."""
    level = [nested]
    for left in range(depth, 0, -1):
        if any(type(part) is not list for part in level):
            return "nested_wrongly", {"type": kind}
        if left == 1:
            break
        level = [member for part in level for member in part]
    if depth == 1 and nested == []:
        return "empty_geometry", {}
    for position in level:
        for value in position:
            if type(value) is list:
                return "nested_wrongly", {"type": kind}
            if type(value) not in (int, float):
                return "text_coordinate", {"found": value}
        if len(position) < 2:
            return "short_position", {}
    return None


def _wrong_values(ragged: _Ragged, kind: shapely.GeometryType) -> Faults:
    """Faults that the flat numbers show, taken as degrees; a feature's first fault by this order stands."""
    faults, owner, xy = _unfit_numbers(ragged), ragged.owners[-1], ragged.xy
    far = (np.abs(xy[:, 0]) > 180) | (np.abs(xy[:, 1]) > 90)
    for row, at in _first_of(owner, np.isfinite(xy).all(axis=1) & far):
        faults.setdefault(row, (_range_fault(*xy[at]), {"at": place_of(*xy[at])}))
    return _unfit_parts(ragged, kind) | faults


def _malformed_values(ragged: _Ragged, kind: shapely.GeometryType) -> Faults:
    """Faults that the flat numbers show, whatever their unit."""
    return _unfit_parts(ragged, kind) | _unfit_numbers(ragged)


def _unfit_numbers(ragged: _Ragged) -> Faults:
    """Features with an empty part, or a coordinate that is no number."""
    owners, xy = ragged.owners, ragged.xy
    faults: Faults = {}
    for size, owner in zip(ragged.sizes, owners[:-1], strict=True):
        for row in owner[size == 0].tolist():
            faults.setdefault(row, ("empty_geometry", {}))
    finite = np.isfinite(xy[:, 0]) & np.isfinite(xy[:, 1])
    for row in np.unique(owners[-1][~finite]).tolist():
        faults.setdefault(row, ("not_finite_coordinate", {}))
    return faults


def _unfit_parts(ragged: _Ragged, kind: shapely.GeometryType) -> Faults:
    """Features with a line too short, or a ring too short or open."""
    owners, xy = ragged.owners, ragged.xy
    faults: Faults = {}
    if kind not in (shapely.GeometryType.POINT, shapely.GeometryType.MULTIPOINT):
        polygonal = kind in (shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON)
        size, owner = ragged.sizes[-1], owners[-2]
        if polygonal:
            last = (np.cumsum(size) - 1)[size > 0]
            first = last - size[size > 0] + 1
            for part in np.flatnonzero((xy[first] != xy[last]).any(axis=1)).tolist():
                ends = {"start": place_of(*xy[first[part]]), "end": place_of(*xy[last[part]])}
                faults.setdefault(int(owner[size > 0][part]), ("unclosed_ring", ends))
        for row in owner[size < (4 if polygonal else 2)].tolist():
            faults.setdefault(row, ("short_ring" if polygonal else "short_line", {}))
    return faults


def _first_of(owner: Integers, wrong: Booleans) -> list[tuple[int, int]]:
    """(feature, its first wrong position) for every feature that has one."""
    at = np.flatnonzero(wrong)
    rows, first = np.unique(owner[at], return_index=True)
    return list(zip(rows.tolist(), at[first].tolist(), strict=True))


def _range_fault(x: float, y: float) -> str:
    if max(abs(x), abs(y)) > _METRES_FROM:
        return "metres"
    return "swapped" if abs(x) <= 90 and 90 < abs(y) <= 180 else "out_of_range"


def _invalid(shape: shapely.Geometry) -> tuple[str, dict[str, Any]]:
    """Turn GEOS's reason into a fault with its place."""
    match = _REASON.fullmatch(shapely.is_valid_reason(shape))
    why, at = (match["why"], place_of(float(match["x"]), float(match["y"]))) if match else ("?", "?")
    if shapely.get_dimensions(shape) == 1:
        return "zero_length", {"at": at}
    if "elf-intersection" in why:
        return "self_crossing", {"at": at}
    return "invalid_polygon", {"at": at, "why": _REASONS.get(why, why)}


def place_of(x: float, y: float) -> str:
    """Print a position: degrees to a decimetre, metres to their own figures."""
    return f"({x:.7g}, {y:.7g})" if max(abs(x), abs(y)) > _METRES_FROM else f"({x:.6f}, {y:.6f})"
