"""Linear referencing on a square and a bend that one knows by heart, then laws for any line."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from wanli_geo.routes.line import Route, at, bearing, beside, carried, cut, locate, merged, routes_of, split, turned

SQUARE = Route(np.array([[0.0, 0.0], [100.0, 0.0], [100.0, 100.0], [0.0, 100.0], [0.0, 0.0]]))
BEND = Route(np.array([[0.0, 0.0], [100.0, 0.0], [100.0, 100.0]]))


def test_a_square_of_a_hundred_metres() -> None:
    assert (SQUARE.length_m, SQUARE.closed, BEND.closed) == (400.0, True, False)
    assert at(SQUARE, np.array([50.0, 150.0, 450.0, -50.0])).tolist() == [[50, 0], [100, 50], [50, 0], [0, 50]]
    assert bearing(SQUARE, np.array([50.0, 150.0, 250.0, 350.0])).tolist() == [90, 0, 270, 180]


def test_left_is_positive() -> None:
    found = locate(BEND, np.array([[50.0, 7.0], [50.0, -7.0], [90.0, 50.0], [108.0, 50.0]]))
    assert found.chainage.tolist() == [50, 50, 150, 150]
    assert found.offset == pytest.approx([7, -7, 10, -8])
    assert beside(BEND, np.array([50.0, 150.0]), np.array([7.0, -8.0])).tolist() == pytest.approx(np.array([[50.0, 7.0], [108.0, 50.0]]))


def test_a_stretch_over_the_seam() -> None:
    over = cut(SQUARE, 350.0, 50.0)
    assert (over.length_m, over.xy.tolist()) == (100.0, [[0, 50], [0, 0], [50, 0]])
    with pytest.raises(ValueError, match="without length"):
        cut(BEND, 120.0, 120.0)


def test_lines_end_to_end_are_one_route_and_a_gap_makes_two() -> None:
    one, back, far = shapely.from_wkt(["LINESTRING(0 0,10 0)", "LINESTRING(20 0,10 0.5)", "LINESTRING(100 0,140 0)"])
    routes = routes_of(np.array([one, back, far], dtype=object))
    assert [round(route.length_m, 1) for route in routes] == [40.0, 20.5]
    assert routes[1].xy[[0, -1]].tolist() == [[0, 0], [20, 0]]


def test_a_stop_keeps_its_place_when_the_line_is_redrawn() -> None:
    longer = Route(np.array([[-60.0, 0.0], [0.0, 0.0], [100.0, 0.0], [100.0, 50.0]]))
    kept = carried(BEND, longer, np.array([30.0, 130.0]), 4.0)
    assert (kept.chainage.tolist(), kept.offset.tolist()) == ([90.0, 190.0], [4.0, 4.0])


lines = arrays.arrays(np.float64, (6, 2), elements=st.integers(-500, 500).map(float)).map(
    lambda xy: xy + np.arange(6)[:, None] * 1_001).map(Route)


@given(lines, st.floats(0, 1))
def test_what_is_found_at_a_chainage_is_located_there(route: Route, share: float) -> None:
    chainage = np.array([route.length_m * share])
    found = locate(route, at(route, chainage))
    assert found.chainage == pytest.approx(chainage, abs=1e-6)
    assert found.offset == pytest.approx(0, abs=1e-6)


@given(lines, st.lists(st.floats(0, 1), max_size=5))
def test_split_and_merged_is_the_route_again(route: Route, shares: list[float]) -> None:
    parts = split(route, np.array(shares) * route.length_m)
    assert sum(part.length_m for part in parts) == pytest.approx(route.length_m)
    assert shapely.hausdorff_distance(merged(parts).line, route.line) < 1e-3


@given(lines, st.floats(0, 1))
def test_walked_back_a_place_is_at_the_rest_of_the_length(route: Route, share: float) -> None:
    chainage = np.array([share * route.length_m])
    assert at(turned(route), route.length_m - chainage) == pytest.approx(at(route, chainage), abs=1e-6)


def test_from_the_end_of_a_closed_route_one_begins_at_its_beginning() -> None:
    ring = Route(np.array([[0.0, 0.0], [10.0, 0.0], [10.0, 10.0], [0.0, 10.0], [0.0, 0.0]]))
    assert cut(ring, 40.0, 0.0).length_m == cut(ring, 0.0, 0.0).length_m == 40.0
    assert cut(ring, 40.0, 5.0).xy.tolist() == [[0.0, 0.0], [5.0, 0.0]]
    nearly = Route(np.array([[0.0, 0.0], [10.0, 0.0], [10.0, 10.0], [0.0, 10.0], [0.0, 0.5]]))
    assert cut(nearly, nearly.length_m, 5.0).length_m == 5.0
