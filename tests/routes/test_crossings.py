"""Crossings of a walk in a town known by heart: drawn ways, arms on either side, both carriageways of a road."""

from __future__ import annotations

import numpy as np
import shapely

from tests.village import streets
from wanli_geo.routes.crossings import crossings_of
from wanli_geo.routes.line import Route, turned

ROUND = Route(np.array([[100.0, 100], [100, 300], [300, 300], [300, 100], [100, 100]]))


def sides(route: Route, *rows: tuple[str, object]):
    kind = np.array([kind for kind, _ in rows] + [None], dtype=object)[:-1]
    shapes = np.array([shape for _, shape in rows] + [None], dtype=object)[:-1]
    return crossings_of(route, shapes, kind, np.arange(len(rows)) % 2 == 1)


def test_round_four_blocks_one_crosses_four_arms_inside_and_twelve_outside() -> None:
    # Inside: the arm in the middle of each side. Outside: the same, and two arms at each corner.
    found = sides(ROUND, *(("road", line) for line in streets()))
    assert (len(found.right), len(found.left), found.better) == (4, 12, "right")
    assert np.round(found.least.chainage).tolist() == [100, 300, 500, 700]
    back = sides(turned(ROUND), *(("road", line) for line in streets()))
    assert (len(back.right), len(back.left), back.better) == (12, 4, "left")


def test_lanes_and_paths_are_no_traffic_to_cross() -> None:
    assert len(sides(ROUND, *(("lane", line) for line in streets())).left) == 0


STRAIGHT = Route(np.array([[0.0, 0], [300, 0]]))


def line(*xy: tuple[float, float]) -> shapely.LineString:
    return shapely.LineString(xy)


def test_a_t_costs_who_keeps_to_its_side_and_nobody_else() -> None:
    found = sides(STRAIGHT, ("road", line((100, 0), (100, 80))))
    assert (len(found.left), len(found.right)) == (1, 0)


def test_both_carriageways_are_one_crossing_and_two_roads_are_two() -> None:
    both = (("road", line((100, -80), (100, 80))), ("road", line((115, -80), (115, 80))))
    assert len(sides(STRAIGHT, *both).least) == 1
    assert len(sides(STRAIGHT, *both, ("road", line((200, -80), (200, 80)))).least) == 2


def test_a_way_drawn_across_is_the_crossing_of_its_road() -> None:
    road, way = ("road", line((100, -80), (100, 80))), line((90, 0), (110, 0))
    found = sides(STRAIGHT, road, ("crossing", way)).least
    assert (found.kind.tolist(), found.row.tolist()) == (["signalised"], [1])
    assert sides(STRAIGHT, ("crossing", way), road).least.kind.tolist() == ["unsignalised"]
    assert sides(STRAIGHT, road, ("footbridge", way)).least.kind.tolist() == ["footbridge"]
    assert sides(STRAIGHT, road, ("underpass", way)).least.kind.tolist() == ["underpass"]


def test_the_road_that_runs_along_is_not_crossed() -> None:
    assert len(sides(STRAIGHT, ("road", line((-50, 6), (350, 9)))).least) == 0
    assert len(sides(STRAIGHT, ("road", line((-50, 10), (150, 30), (350, 10)))).left) == 0


def test_without_streets_there_is_nothing_to_cross() -> None:
    assert len(sides(STRAIGHT).least) == 0
