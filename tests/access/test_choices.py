"""The k nearest and what lies within a walk, on one's fingers and by an independent engine."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.network.test_pace import town
from tests.network.test_search import _by_networkx, crooked_towns, spots
from tests.village import corner, village_network
from wanli_geo.access.choices import k_nearest, within
from wanli_geo.network.snap import snap


def test_the_two_nearest_of_three_by_name_and_two_doors_of_one_count_once() -> None:
    network = village_network()
    doors = snap(network, np.array([corner(number) for number in (0, 4, 20, 1)]))
    facility = np.array([0, 1, 2, 0])
    rows, metres = k_nearest(network, doors, facility, snap(network, np.array([corner(2)])), 1, 2)
    assert rows.tolist() == [[0, 1]]
    assert metres.tolist() == [[100.0, 200.0]]
    rows, metres = k_nearest(network, doors, facility, snap(network, np.array([corner(2)])), 1, 4, limit_m=200)
    assert rows.tolist() == [[0, 1, -1, -1]]
    assert metres.tolist() == [[100.0, 200.0, np.inf, np.inf]]


def test_what_lies_within_a_walk_is_added_up_and_grows_with_it() -> None:
    network = village_network()
    doors = snap(network, np.array([corner(number) for number in (0, 4, 20)]))
    sums = within(network, doors, np.arange(3), np.array([5.0, np.nan, 7.0]), snap(network, np.array([corner(0), corner(2)])), 2,
                  np.array([0.0, 200.0, 400.0, 800.0]))
    assert sums.tolist() == [[5, 5, 12, 12], [0, 5, 5, 12]]


def test_nothing_to_choose_from_is_nothing() -> None:
    network = village_network()
    none, here = snap(network, np.empty((0, 2))), snap(network, np.array([corner(0)]))
    assert k_nearest(network, none, np.empty(0, dtype=np.int64), here, 1, 2)[0].tolist() == [[-1, -1]]
    assert within(network, none, np.empty(0, dtype=np.int64), np.empty(0), here, 1, np.array([500.0])).tolist() == [[0]]


@given(crooked_towns(), st.lists(spots, min_size=1, max_size=4), spots)
@settings(max_examples=200, deadline=None)
def test_k_nearest_and_counts_are_those_of_networkx(
    lines: list[list[tuple[float, float]]], sites: list[tuple[float, float]], start: tuple[float, float]
) -> None:
    network = town(*lines)
    doors, homes = snap(network, np.array(sites)), snap(network, np.array([start]))
    expected = sorted(_by_networkx(network, homes, doors.take(doors.place == number)) for number in range(len(sites)))
    rows, metres = k_nearest(network, doors, np.arange(len(sites)), homes, 1, len(sites))
    assert metres[0].tolist() == pytest.approx(expected, abs=0.01)
    assert (rows[0] >= 0).tolist() == np.isfinite(expected).tolist()
    for radius in (50.0, 200.0):
        if all(abs(one - radius) > 0.02 for one in expected):
            counted = within(network, doors, np.arange(len(sites)), np.ones(len(sites)), homes, 1, np.array([radius]))
            assert counted.tolist() == [[sum(one <= radius for one in expected)]]
