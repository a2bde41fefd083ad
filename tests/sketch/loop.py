"""Find where the night-run loop closes: along 水泉路, 富水路 and 真金路 round the park, its south end set so that it is 2,500 m."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

from shapely.geometry import LineString, Point
from shapely.ops import substring

from tests.sketch.frame import rounded
from tests.sketch.roads import Street, roads

LENGTH_M = 2_500.0


def _road(name: str, streets: list[Street] | tuple[Street, ...]) -> LineString:
    return next(street.line for street in streets if street.name == name)


def _at_north(line: LineString, north: float) -> Point:
    """Where a road that runs north and south passes a northing."""
    west, _, east, _ = line.bounds
    return line.intersection(LineString([(west - 50, north), (east + 50, north)])).centroid


def _between(line: LineString, one: Point, other: Point) -> LineString:
    """The stretch of a line from one point to another, in that direction."""
    return substring(line, line.project(one), line.project(other))


def _round(streets: list[Street] | tuple[Street, ...], north: float) -> LineString:
    west, top, east = (_road(name, streets) for name in ("水泉路", "富水路", "真金路"))
    start = west.intersection(_road("新村路", streets)).centroid
    foot_west, foot_east = _at_north(west, north), _at_north(east, north - 14)
    corner_west, corner_east = west.intersection(top).centroid, east.intersection(top).centroid
    legs = [_between(west, start, corner_west), _between(top, corner_west, corner_east), _between(east, corner_east, foot_east),
            LineString([foot_east, foot_west]), _between(west, foot_west, start)]
    xy = [xy for leg in legs for xy in leg.coords]
    kept = [xy[0]] + [b for a, b in pairwise(xy) if Point(a).distance(Point(b)) > 0.01]
    return LineString([*kept[:-1], kept[0]] if Point(kept[-1]).distance(Point(kept[0])) < 0.05 else [*kept, kept[0]])


@cache
def south_walk() -> Street:
    """The walk south of the park; halving finds the northing at which the loop has its length."""
    middle = _road("水泉路", roads())
    low, high = middle.bounds[1] + 20, middle.bounds[1] + 260
    for _ in range(40):
        north = (low + high) / 2
        if _round(roads(), north).length > LENGTH_M:
            low = north
        else:
            high = north
    west, east = _at_north(middle, low), _at_north(_road("真金路", roads()), low - 14)
    return Street("", "lane", 6.0, LineString([rounded(west.coords[0]), rounded(east.coords[0])]), "万里公园南侧步道", "Wanli Park south walk",
                  surface="asphalt", source="手绘示意，位置由环道长 2,500 米反推")


def night_loop(streets: list[Street]) -> LineString:
    """The loop over the joined streets: it has their very vertices."""
    north = south_walk().line.coords[0][1]
    drawn = _round(streets, north)
    return LineString([rounded(xy) for xy in drawn.coords])
