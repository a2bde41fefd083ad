"""Draw the green vein: the park in three parts, pocket parks, river banks, and the walks through them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import shapely
from shapely.geometry import LineString, Point, Polygon
from shapely.ops import polygonize

from tests.sketch.facts import boundary
from tests.sketch.frame import at, biggest, chance, line_of, lines_in, rounded, smooth, smooth_ring
from tests.sketch.loop import south_walk
from tests.sketch.roads import Street, roads
from tests.sketch.water import River, rivers, surface

# The grass between a bank and the first wall, and the walk on it, measured from the water.
BANK_M = 17.0
WALK_M = 7.0

# id, name, English, kind, middle, size in metres, note
POCKETS = (
    ("gv-jingning", "静宁绿地", "Jingning Green", "pocket_park", (121.3948, 31.2713), 62, "公开文字：静宁、万泉两块绿地共约 1.5 公顷；位置示意"),
    ("gv-wanquan", "万泉绿地", "Wanquan Green", "pocket_park", (121.39498, 31.26905), 46, "公开文字：在富平路、万泉路口；形状示意"),
    ("gv-yangjiaqiao", "杨家桥滨河绿地", "Yangjiaqiao Riverside Green", "park", (121.39425, 31.2671), 0, "位置依据公交站名“交通路杨家桥”；形状示意"),
    ("gv-pocket-1", "示意口袋公园 1", "Sketched pocket park 1", "pocket_park", (121.40675, 31.26865), 34, None),
    ("gv-pocket-2", "示意口袋公园 2", "Sketched pocket park 2", "pocket_park", (121.4114, 31.2630), 36, None),
    ("gv-pocket-3", "示意口袋公园 3", "Sketched pocket park 3", "pocket_park", (121.4160, 31.2668), 30, None),
    ("gv-pocket-4", "示意口袋公园 4", "Sketched pocket park 4", "pocket_park", (121.4049, 31.27378), 36, None),
    ("gv-pocket-5", "示意口袋公园 5", "Sketched pocket park 5", "pocket_park", (121.3911, 31.2742), 32, None),
    ("gv-out-1", "示意公园（南）", "Sketched park, south", "park", (121.4075, 31.2580), 120, "街道外，示意"),
    ("gv-out-2", "示意公园（东）", "Sketched park, east", "park", (121.4225, 31.2645), 90, "街道外，示意"),
    ("gv-out-3", "示意公园（大华）", "Sketched park, Dahua", "park", (121.4150, 31.2740), 110, "街道外，示意"),
    ("gv-out-4", "示意公园（西）", "Sketched park, west", "park", (121.3810, 31.2735), 100, "街道外，示意"),
    ("gv-out-5", "示意公园（北）", "Sketched park, north", "park", (121.4000, 31.2840), 110, "街道外，示意"),
)

IN_THE_PARK = (121.3999, 31.2705)
PONDS = (((121.3991, 31.2730), 30), ((121.3993, 31.2704), 22))


@dataclass(frozen=True)
class Green:
    """One green of the vein, metric."""

    id: str
    name: str
    name_en: str
    kind: str
    area: Any
    note: str | None = None


@cache
def carriageways() -> Any:
    """All roads with their pavements as one shape."""
    return shapely.unary_union([street.line.buffer(street.width_m / 2 + 4, cap_style="flat") for street in roads()])


@cache
def park() -> Green:
    """万里公园: the green between 水泉路 and 真金路, as the notes have it, from 富水路 to the walk south of it, in three parts."""
    sides = {street.name: street.line for street in roads()}
    south = south_walk().line
    lines = [sides[name] for name in ("水泉路", "真金路", "富水路")] + [shapely.affinity.scale(south, 1.05, 1.05)]
    face = next(face for face in polygonize(shapely.unary_union(lines)) if face.contains(at(*IN_THE_PARK)))
    kept = shapely.unary_union([carriageways().buffer(7), south.buffer(13)])
    parts = [smooth_ring(part, 11) for part in shapely.get_parts(face.difference(kept)) if part.area > 6000]
    parts = [part.difference(shapely.unary_union(ponds())) for part in parts]
    return Green("gv-park", "万里公园", "Wanli Park", "park", shapely.MultiPolygon(parts), "三块，横跨新村路与富平路；南端有万花境园艺中心；轮廓示意")


@cache
def ponds() -> tuple[Polygon, ...]:
    """Ponds in the park, west of its axis."""
    return tuple(smooth_ring(blob(at(*middle), size, f"pond{size}"), 6) for middle, size in PONDS)


@cache
def pockets() -> tuple[Green, ...]:
    drawn = []
    for identity, name, name_en, kind, middle, size, note in POCKETS:
        patch = blob(at(*middle), size, identity) if size else break_box("lat", 31.2657, 31.2684)
        area = patch.difference(carriageways()).difference(surface().buffer(3))
        area = area if size else _between_river_and_road(area)
        drawn.append(Green(identity, name, name_en, kind, smooth_ring(biggest(area), 5), note))
    return tuple(drawn)


def _between_river_and_road(band: Any) -> Any:
    """The piece of a band of land that lies between 桃浦河 and 万泉路."""
    road = next(street.line for street in roads() if street.name == "万泉路")
    river = next(one for one in rivers() if one.name == "桃浦河")
    parts = [part for part in shapely.get_parts(band.difference(river.surface.buffer(BANK_M - 1)).difference(road.buffer(12))) if part.area > 500]
    east = [part for part in parts if river.course.distance(part) < 40 and road.distance(part) < 30 and part.centroid.x < road.centroid.x + 20]
    return max(east, key=lambda part: part.area)


def blob(middle: Point, size: float, seed: str) -> Polygon:
    """A hand-drawn patch about `size` metres in radius."""
    dice = chance("blob", seed)
    turns = np.linspace(0, 2 * np.pi, 9)[:-1] + dice.uniform(0, 0.6)
    reach = [size * dice.uniform(0.78, 1.15) for _ in turns]
    ring = Polygon([(middle.x + 1.12 * r * np.cos(t), middle.y + 0.9 * r * np.sin(t)) for r, t in zip(reach, turns, strict=True)])
    return smooth_ring(ring, size / 3)


@cache
def banks() -> tuple[tuple[River, Any], ...]:
    """The grass along the rivers inside the boundary, with the river each belongs to."""
    near = boundary().buffer(60)
    taken = shapely.unary_union([park().area, *(one.area for one in pockets())]).buffer(2)
    found = []
    for river in rivers():
        width = BANK_M if river.name != "示意支浜" else 8
        strip = river.surface.buffer(width, cap_style="flat").difference(surface()).difference(carriageways()).intersection(near).difference(taken)
        parts = [part for part in shapely.get_parts(strip.buffer(-2).buffer(2)) if part.geom_type == "Polygon" and part.area > 400]
        taken = taken.union(strip)
        if parts and river.inside:
            found.append((river, shapely.MultiPolygon(parts)))
    return tuple(found)


# Stretches of bank (river, side seen downstream: 1 left, -1 right; from and to as longitude or latitude) without a walk: the breaks of the blue net.
BREAKS = (
    ("横港", 1, "lon", 121.3951, 121.3979, "南岸为单位围墙，未贯通"),
    ("桃浦河", -1, "lat", 31.2716, 31.2742, "西岸为小区围墙，未贯通"),
    ("桃浦河", 1, "lat", 31.2716, 31.2742, "东岸为学校围墙，未贯通"),
    ("龙珍港", -1, "lat", 31.2631, 31.2649, "西岸为小区围墙，未贯通"),
)


def walks() -> list[Street]:
    """The walks along the banks, cut where other water crosses and where a wall stands at the water."""
    drawn = []
    near = boundary().buffer(40)
    for river in rivers():
        if river.name in ("大场浦", "示意支浜"):
            continue
        for side in (1, -1):
            walk = smooth(river.course.simplify(1.0).offset_curve(side * (river.width_m / 2 + WALK_M)), 1)
            for part in lines_in(walk.intersection(near).difference(surface().buffer(3)).difference(_walls(river, side))):
                if part.length > 60:
                    drawn.append(Street("", "path", 3.0, part, f"{river.name}滨水步道", f"{river.name_en} riverside walk", surface="paving",
                                        lit=river.name != "桃浦河",
                                        source="手绘示意，沿河岸推测"))
    return drawn


def _walls(river: River, side: int) -> Any:
    cuts = []
    for name, of_side, axis, low, high, _ in BREAKS:
        if name == river.name and of_side == side:
            cuts.append(break_box(axis, low, high))
    return shapely.unary_union(cuts)


def break_box(axis: str, low: float, high: float) -> Polygon:
    """The band between two longitudes or latitudes."""
    west, south, east, north = (low, 31.25, high, 31.30) if axis == "lon" else (121.37, low, 121.44, high)
    return Polygon(line_of(((west, south), (east, south), (east, north), (west, north))).coords)


def park_walks() -> tuple[list[Street], list[tuple[str, Point]]]:
    """The walks in the park and the entrances where they pass its edge: a winding ring in each part, ways in from the sides, an axis through all."""
    road_of = {street.name: street.line for street in roads()}
    drawn: list[Street] = []
    doors: list[tuple[str, Point]] = []
    parts = [Polygon(part.exterior) for part in sorted(park().area.geoms, key=lambda one: -one.centroid.y)]
    for number, part in enumerate(parts):
        ring = _winding(part, f"ring{number}")
        drawn.append(_walk(ring))
        height = part.bounds[3] - part.bounds[1]
        for share in (0.28, 0.72) if height > 200 else (0.5,):
            level = part.bounds[1] + share * height
            across = lines_in(LineString([(part.bounds[0] - 5, level - 8), (part.bounds[2] + 5, level + 8)]).intersection(part))[0]
            for tip, road in ((across.coords[0], "水泉路"), (across.coords[-1], "真金路")):
                door = Point(rounded(tip))
                doors.append(("gv-park", door))
                street = road_of[road].interpolate(road_of[road].project(door))
                drawn.append(_walk(LineString([street, door, ring.interpolate(ring.project(door))])))
    top, bottom = road_of["富水路"], south_walk().line
    middle, (_, south, _, north) = park().area.centroid, park().area.bounds
    start, end = Point(middle.x + 12, north), Point(middle.x + 2, south)
    axis = smooth(LineString([top.interpolate(top.project(start)), (start.x, north - 60), (middle.x - 12, middle.y + 230),
                              (middle.x + 14, middle.y + 120),
                              (middle.x + 2, middle.y), (middle.x - 16, middle.y - 110), (middle.x + 10, middle.y - 230),
                              bottom.interpolate(bottom.project(end))]), 3)
    drawn.append(_walk(axis))
    for part in parts:
        doors += [("gv-park", Point(rounded(place.coords[0]))) for place in shapely.get_parts(axis.intersection(part.exterior))]
    return drawn, doors


def _winding(part: Polygon, seed: str) -> LineString:
    """A closed walk along the edge of a part of the park, nearer to it and farther from it by turns."""
    dice = chance(seed)
    inner = part.buffer(-20).exterior
    middle = part.centroid
    count = max(9, round(inner.length / 55))
    xy = []
    for k in range(count):
        place, pull = inner.interpolate(k / count, normalized=True), dice.uniform(0.0, 0.17)
        xy.append((place.x + (middle.x - place.x) * pull, place.y + (middle.y - place.y) * pull))
    halves = [((a[0] + b[0]) / 2, (a[1] + b[1]) / 2) for a, b in zip(xy, xy[1:] + xy[:1], strict=True)]
    ring = smooth(LineString([halves[-1], *[one for pair in zip(xy, halves, strict=True) for one in pair]]), 3).simplify(0.4)
    return LineString([*list(ring.coords)[:-1], ring.coords[0]])


def _walk(line: LineString) -> Street:
    return Street("", "path", 3.5, line, "万里公园步道", "Wanli Park walk", surface="paving", open_hours="Mo-Su 05:00-21:00",
                  source="手绘示意，凭推测")
