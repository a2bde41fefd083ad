"""The stops of a walk in the order they are told: counted by hand, and laws for any stops."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wanli_geo.routes.story import told_in_order

NONE = np.full(3, np.nan)
LENGTH = 400.0
places = st.lists(st.floats(0, LENGTH), min_size=1, max_size=8, unique=True).map(np.array)


def test_without_numbers_the_line_orders_them():
    story = told_in_order(np.array([300.0, 100.0, 200.0]), NONE, LENGTH)
    assert story.rows.tolist() == [1, 2, 0]
    assert not story.stated
    assert story.walked.tolist() == [100, 200, 300]
    assert story.next_m[:2].tolist() == [100, 100]
    assert np.isnan(story.next_m[2])


def test_a_number_twice_or_missing_leaves_the_order_to_the_line():
    chainage = np.array([300.0, 100.0, 200.0])
    assert not told_in_order(chainage, np.array([1.0, 1.0, 2.0]), LENGTH).stated
    assert not told_in_order(chainage, np.array([1.0, np.nan, 2.0]), LENGTH).stated


def test_back_and_forth_is_what_is_walked_beyond_the_line():
    story = told_in_order(np.array([300.0, 100.0, 200.0]), np.array([1.0, 2.0, 3.0]), LENGTH)
    assert story.rows.tolist() == [0, 1, 2]
    # From the beginning 300, back 200, on 100, and 200 to the end: 800 in all. From the end 100, 200, back 100, 200 on: 600.
    assert story.turned
    assert story.walked.tolist() == [100, 300, 400]
    assert story.back_m == 200


def test_numbers_against_the_line_are_told_from_its_end():
    story = told_in_order(np.array([100.0, 200.0, 300.0]), np.array([3.0, 2.0, 1.0]), LENGTH)
    assert story.turned
    assert story.walked.tolist() == [100, 200, 300]
    assert story.back_m == 0


def test_minutes_count_the_stops_before():
    story = told_in_order(np.array([100.0, 200.0, 400.0]), NONE, LENGTH)
    assert story.minutes(1.0, 2.0) == pytest.approx([100 / 60, 200 / 60 + 2, 400 / 60 + 4])


def test_no_stop_is_no_story():
    story = told_in_order(np.empty(0), np.empty(0), LENGTH)
    assert len(story.rows) == len(story.next_m) == len(story.minutes(1.0, 2.0)) == 0
    assert story.back_m == 0


@given(places, st.randoms())
def test_no_order_is_shorter_than_the_line(chainage, chance):
    order = np.arange(len(chainage), dtype=float)
    chance.shuffle(order)
    story = told_in_order(chainage, order, LENGTH)
    assert story.back_m >= -1e-9
    assert (np.diff(story.walked) >= 0).all()
    last = chainage[story.rows[-1]]
    rest = last if story.turned else LENGTH - last
    assert story.walked[-1] + rest == pytest.approx(LENGTH + story.back_m)


@given(places)
def test_by_chainage_nothing_is_walked_twice(chainage):
    assert told_in_order(chainage, np.full(len(chainage), np.nan), LENGTH).back_m == pytest.approx(0)
