"""Stepping onto a bank from the streets beside it: counted by hand in the village, and against every metre of its streets."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.village import village_network
from wanli_geo.network.search import nearest
from wanli_geo.network.snap import snap
from wanli_geo.routes.entries import entries, shore
from wanli_geo.routes.line import Route

NETWORK = village_network()
GRID = np.array([(a, b) for a in range(401) for b in range(401) if a % 100 == 0 or b % 100 == 0], dtype=float)
RIVER = Route(np.array([[-50.0, 188.0], [450.0, 188.0]]))


def walk(area: shapely.Geometry, *homes: tuple[float, float]) -> np.ndarray:
    rows = snap(NETWORK, np.array(homes))
    return nearest(NETWORK, entries(NETWORK, area, rows), rows, len(homes)).metres


def test_a_shore_stays_on_its_own_side_of_the_water() -> None:
    north = shore(shapely.LineString([(0, 194), (400, 194)]), RIVER, 20.0)
    assert north.bounds == pytest.approx((0.0, 188.0, 400.0, 214.0), abs=0.01)


def test_one_steps_on_where_the_stretch_ends_between_two_corners_or_where_one_lives() -> None:
    area = shapely.box(130, 190, 370, 210)
    assert walk(area, (20, 200), (150, 205), (150, 130)) == pytest.approx([110.0, 5.0, 30.0 + 50.0 + 90.0], abs=1e-6)


def test_an_area_without_a_street_is_reached_by_nobody() -> None:
    assert len(entries(NETWORK, shapely.box(120, 120, 180, 180), snap(NETWORK, np.array([[20.0, 200.0]])))) == 0


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 350), st.integers(0, 350), st.integers(5, 200), st.integers(5, 200), st.integers(0, 400), st.integers(0, 4))
def test_no_metre_of_any_street_in_the_area_is_nearer(x: int, y: int, wide: int, deep: int, home: int, row: int) -> None:
    area = shapely.box(x, y, x + wide, y + deep)
    every = GRID[shapely.intersects_xy(area, GRID)]
    found = walk(area, (home, row * 100.0))[0]
    if not len(every):
        assert found == np.inf
        return
    start = snap(NETWORK, np.array([[home, row * 100.0]]))
    places = snap(NETWORK, every)
    assert found == pytest.approx(nearest(NETWORK, places, start, 1).metres[0], abs=1e-6)
