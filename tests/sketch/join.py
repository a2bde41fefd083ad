"""Join streets where they meet: both get the same vertex there. Then cut them where they cross water or the railway."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import Any

import numpy as np
import shapely
from shapely.geometry import LineString, Point
from shapely.ops import substring

from tests.sketch.frame import Place, rounded
from tests.sketch.roads import Street

# Two meeting places closer than this are drawn as one.
MERGE_M = 2.5
# An end this near to a line lies on it.
TOUCH_M = 2.0


class _Corners:
    """The meeting places found so far; a new one near an old one is the old one."""

    def __init__(self) -> None:
        self._cells: dict[tuple[int, int], list[Place]] = {}

    def near(self, xy: Place) -> Place:
        column, row = int(xy[0] // MERGE_M), int(xy[1] // MERGE_M)
        around = [one for i in (-1, 0, 1) for j in (-1, 0, 1) for one in self._cells.get((column + i, row + j), [])]
        for one in around:
            if np.hypot(one[0] - xy[0], one[1] - xy[1]) < MERGE_M:
                return one
        self._cells.setdefault((column, row), []).append(xy)
        return xy


def joined(streets: Iterable[Street]) -> list[Street]:
    """Give all streets of level 0 a shared vertex wherever two of them meet; those of other levels share only their ends."""
    streets = [street.along(LineString([rounded(xy) for xy in street.line.coords])) for street in streets]
    corners = _Corners()
    meets: list[set[Place]] = [set() for _ in streets]
    tree = shapely.STRtree([street.line for street in streets])
    pairs = tree.query([street.line for street in streets], predicate="dwithin", distance=TOUCH_M)
    for i, k in zip(*pairs, strict=True):
        if i >= k:
            continue
        for xy in _meetings(streets[i], streets[k]):
            corner = corners.near(rounded(xy))
            meets[i].add(corner)
            meets[k].add(corner)
    return [street.along(_through(street.line, sorted(found))) for street, found in zip(streets, meets, strict=True)]


def _meetings(one: Street, other: Street) -> list[Place]:
    """Where two streets meet: ends that touch, and, where both run on the ground, crossings."""
    places = []
    for line, tips in ((other.line, one.line), (one.line, other.line)):
        for end in (0, -1):
            tip = Point(tips.coords[end])
            if line.distance(tip) <= TOUCH_M:
                places.append(tip.coords[0])
    if one.level == other.level == 0:
        cut = one.line.intersection(other.line)
        for part in shapely.get_parts(cut):
            if part.is_empty:
                continue
            places += [part.coords[0]] if part.geom_type == "Point" else [part.coords[0], part.coords[-1]]
    return [(float(x), float(y)) for x, y in places]


def _through(line: LineString, corners: list[Place]) -> LineString:
    """Lead a line through the corners: the vertex nearby becomes the corner, else one is put in."""
    xy = [tuple(one) for one in line.coords]
    fixed: set[Place] = set()
    for corner in corners:
        gaps = [np.hypot(x - corner[0], y - corner[1]) for x, y in xy]
        near = int(np.argmin(gaps))
        if gaps[near] < MERGE_M and xy[near] not in fixed:
            xy[near] = corner
        else:
            place = Point(corner)
            reach = [LineString(xy[i : i + 2]).distance(place) if xy[i] != xy[i + 1] else np.inf for i in range(len(xy) - 1)]
            xy.insert(int(np.argmin(reach)) + 1, corner)
        fixed.add(corner)
    kept = [xy[0]] + [b for a, b in pairwise(xy) if a != b]
    return LineString(kept)


def cut_at(streets: Iterable[Street], area: Any, **changes: Any) -> list[Street]:
    """Cut every ground street where it crosses an area; the stretch within gets the changes (a bridge, an underpass)."""
    result = []
    area = shapely.union_all(area) if isinstance(area, list) else area
    shapely.prepare(area)
    for street in streets:
        if street.level or not area.intersects(street.line):
            result.append(street)
            continue
        steps = sorted({0.0, street.line.length} | {step for part in shapely.get_parts(street.line.intersection(area.boundary))
                                                    for step in [street.line.project(Point(part.coords[0]))]})
        pieces = [substring(street.line, a, b) for a, b in pairwise(steps) if b - a > 0.05]
        for piece in pieces:
            line = LineString([rounded(xy) for xy in piece.coords])
            within = area.contains(line.interpolate(0.5, normalized=True))
            result.append(street.along(line, **changes) if within else street.along(line))
    return result


def crossed(streets: list[Street]) -> list[Street]:
    """Where a named walk crosses the carriageway of a road, that stretch becomes a crossing; on wide roads with a signal."""
    wide = [street for street in streets if street.kind == "road" and street.level == 0]
    tree = shapely.STRtree([street.line for street in wide])
    result: list[Street] = []
    for street in streets:
        if street.kind != "path" or not street.name or street.level:
            result.append(street)
            continue
        pieces = [street]
        for i in sorted(tree.query(street.line, predicate="crosses")):
            road = wide[i]
            carriageway = road.line.buffer(road.width_m / 2, cap_style="flat")
            cut = [part for piece in pieces for part in cut_at([piece], carriageway, kind="crossing")]
            pieces = [part if part.kind == "path" or part.line.length < road.width_m * 0.9 else
                      part.along(part.line, name=None, name_en=None, open_hours=None, lit=True, width_m=5.0, signalised=road.width_m >= 14, surface="asphalt",
                                 note=f"过{road.name or '路'}", source="手绘示意，步道过街处") for part in cut]
            pieces = [part.along(part.line, kind="path") if part.kind == "crossing" and part.name else part for part in pieces]
        result += [piece for piece in pieces if piece.line.length > TOUCH_M]
    return result
