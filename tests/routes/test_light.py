"""Lamps along a square of 800 m: what is lit, what is dark, counted by hand; and what must hold whatever the lamps."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from wanli_geo.routes.light import SPACING_M, classes, dark_gaps, lamps_along, lit, means, spacing_to_height, spacings
from wanli_geo.routes.line import Route, at, turned

SQUARE = Route(np.array([[0.0, 0], [0, 200], [200, 200], [200, 0], [0, 0]]))
CHAINAGES = st.lists(st.floats(0, 799.9), min_size=0, max_size=25, unique=True).map(lambda values: np.array(values, dtype=float))


def lamps_at(route: Route, chainage: np.ndarray, lux: float = 12.0, height: float = 6.0):
    xy = at(route, chainage) if len(chainage) else np.empty((0, 2))
    return lamps_along(route, xy, np.full(len(chainage), lux), np.full(len(chainage), height))


def dark_of(route: Route, chainage: np.ndarray):
    return dark_gaps(route, lit(route, lamps_at(route, chainage)))


def by_shapely(chainage: np.ndarray, length: float) -> float:
    """Metres of a closed line no lamp reaches, by another engine: intervals as lines, put together and taken away."""
    reach = [shapely.LineString([(place + turn - SPACING_M / 2, 0), (place + turn + SPACING_M / 2, 0)])
             for place in chainage for turn in (-length, 0, length)]
    return float(shapely.length(shapely.difference(shapely.LineString([(0, 0), (length, 0)]), shapely.union_all(reach))))


def test_three_lamps_missing_of_twenty_leave_the_one_gap_counted_by_hand() -> None:
    every = np.arange(0, 800, 40.0)
    gap = dark_of(SQUARE, np.setdiff1d(every, [360, 400, 440]))
    assert (gap.start.tolist(), gap.end.tolist()) == ([342.5], [457.5])
    over_seam = dark_of(SQUARE, np.setdiff1d(every, [760, 0, 40]))
    assert (over_seam.start.tolist(), over_seam.end.tolist()) == ([742.5], [857.5])


def test_a_stretch_takes_the_mean_of_its_lux_and_the_class_of_that() -> None:
    street = Route(np.array([[0.0, 0], [200, 0]]))
    lamps = lamps_along(street, np.array([[25.0, 3], [75, -3], [125, 14], [175, 16]]), np.array([10.0, 7.6, 4, 20]), np.full(4, 5.0))
    light = lit(street, lamps)
    low = np.array([0.0, 50, 100, 150])
    # 22.5 m either way of the 50 are lit: 45/50 of the lux; the last lamp stands too far aside.
    assert means(light, low, low + 50)[0].tolist() == pytest.approx([9, 6.84, 3.6, 0])
    assert classes(light, low, low + 50).tolist() == ["mid", "low", "below", "dark"]
    assert spacing_to_height(lamps) != spacing_to_height(lamps)  # 50 m apart is no lit row
    assert spacings(street, lamps, low, low + 50).tolist() == [50, 50, 75, 75]


def test_lamps_without_lux_light_but_no_class_is_made_of_them() -> None:
    lamps = lamps_at(SQUARE, np.arange(0, 800, 40.0), lux=np.nan)
    assert set(classes(lit(SQUARE, lamps), np.array([0.0, 400]), np.array([50.0, 450]))) == {"spaced"}
    assert spacing_to_height(lamps) == pytest.approx(40 / 6)


def test_a_lamp_at_the_seam_and_one_at_a_corner_each_count_once_and_one_passed_twice_counts_twice() -> None:
    assert len(lamps_at(SQUARE, np.array([0.0, 200, 799]))) == 3
    there_and_back = Route(np.array([[0.0, 0], [200, 0], [200, 5], [0, 5]]))
    assert len(lamps_along(there_and_back, np.array([[100.0, 2]]), np.ones(1), np.ones(1))) == 2
    spike = Route(np.array([[0.0, 0], [200, 0], [0, 0]]))
    assert lamps_along(spike, np.array([[50.0, 2]]), np.ones(1), np.ones(1)).chainage.tolist() == [50, 350]


@settings(max_examples=60, deadline=None)
@given(CHAINAGES)
def test_the_dark_is_that_of_another_engine(chainage: np.ndarray) -> None:
    assert dark_of(SQUARE, chainage).metres.sum() == pytest.approx(by_shapely(chainage, 800.0), abs=1e-6)


@settings(max_examples=60, deadline=None)
@given(CHAINAGES)
def test_walked_back_the_dark_is_mirrored_and_moved_elsewhere_it_is_the_same(chainage: np.ndarray) -> None:
    there = dark_of(SQUARE, chainage)
    xy = at(SQUARE, chainage) if len(chainage) else np.empty((0, 2))
    nothing = np.full(len(chainage), np.nan)
    back = dark_gaps(turned(SQUARE), lit(turned(SQUARE), lamps_along(turned(SQUARE), xy, nothing, nothing)))
    assert sorted(back.metres) == pytest.approx(sorted(there.metres), abs=1e-6)
    moved = Route(SQUARE.xy + 1000.0)
    same = dark_gaps(moved, lit(moved, lamps_along(moved, xy + 1000.0, nothing, nothing)))
    assert same.start.tolist() == pytest.approx(there.start.tolist(), abs=1e-6)


@settings(max_examples=60, deadline=None)
@given(CHAINAGES, st.floats(0, 799.9))
def test_a_further_lamp_never_darkens(chainage: np.ndarray, more: float) -> None:
    low = np.arange(0, 800, 50.0)
    before = means(lit(SQUARE, lamps_at(SQUARE, chainage)), low, low + 50)
    after = means(lit(SQUARE, lamps_at(SQUARE, np.append(chainage, more))), low, low + 50)
    assert (after[0] >= before[0] - 1e-9).all()
    assert (after[1] <= before[1] + 1e-9).all()
