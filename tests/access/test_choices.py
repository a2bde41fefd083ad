"""The k nearest and what lies within a walk, on one's fingers and by an independent engine."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.network.test_pace import town
from tests.network.test_search import _by_networkx, crooked_towns, spots
from tests.village import corner, village_network
from wanli_geo.access.choices import Beside, k_nearest, pairs_within, within
from wanli_geo.network.pace import in_time, placed, waits_along
from wanli_geo.network.snap import snap


def test_the_two_nearest_of_three_by_name_and_two_doors_of_one_count_once() -> None:
    network = village_network()
    doors = snap(network, np.array([corner(number) for number in (0, 4, 20, 1)]))
    facility = np.array([0, 1, 2, 0])
    found = k_nearest(network, doors, facility, snap(network, np.array([corner(2)])), 1, 2)
    assert found.facility.tolist() == [[0, 1]]
    assert found.cost.tolist() == found.metres.tolist() == [[100.0, 200.0]]
    found = k_nearest(network, doors, facility, snap(network, np.array([corner(2)])), 1, 4, limit_m=200)
    assert found.facility.tolist() == [[0, 1, -1, -1]]
    assert found.cost.tolist() == [[100.0, 200.0, np.inf, np.inf]]


def test_a_way_beside_the_streets_is_taken_where_it_is_shorter_and_the_shortest_of_several() -> None:
    network = village_network()
    doors, homes = snap(network, np.array([corner(0), corner(4)])), snap(network, np.array([corner(2), corner(3)]))
    beside = Beside(np.array([0, 0, 0, 1]), np.array([0, 0, 2, 0]), np.array([50.0, 30.0, 70.0, 900.0]))
    found = k_nearest(network, doors, np.arange(2), homes, 2, 3, beside=beside)
    assert found.facility.tolist() == [[0, 2, 1], [1, 0, -1]]
    assert found.metres.tolist() == [[30.0, 70.0, 200.0], [100.0, 300.0, np.inf]]
    sums = within(network, doors, np.arange(2), np.array([1.0, 1.0, 1.0]), homes, 2, np.array([60.0, 100.0]), beside=beside)
    assert sums.tolist() == [[1, 2], [0, 1]]


def test_in_time_the_quickest_are_chosen_and_their_metres_are_those_on_the_ground() -> None:
    # Two facilities 100 m off: one behind a wait of a minute, 72 m of walking at 1.2 m/s.
    plain = town([(0, 0), (100, 0)], [(0, 0), (-120, 0)])
    network = in_time(plain, waits_along(plain, np.array([60.0, 0.0]), np.zeros(2, dtype=bool)), 1.2)
    doors, homes = snap(plain, np.array([(100.0, 0.0), (-120.0, 0.0)])), snap(plain, np.array([(0.0, 0.0)]))
    found = k_nearest(network, placed(network, doors), np.arange(2), placed(network, homes), 1, 2)
    assert found.facility.tolist() == [[1, 0]]
    assert found.cost[0].tolist() == pytest.approx([120, 172])
    assert found.metres[0].tolist() == pytest.approx([120, 100])


def test_several_measures_are_added_up_at_once() -> None:
    network = village_network()
    doors = snap(network, np.array([corner(0), corner(4)]))
    both = within(network, doors, np.arange(2), np.array([[5.0, 1.0], [7.0, 1.0]]), snap(network, np.array([corner(0)])), 1,
                  np.array([100.0, 400.0]))
    assert both.tolist() == [[[5, 1], [12, 2]]]


def test_what_lies_within_a_walk_is_added_up_and_grows_with_it() -> None:
    network = village_network()
    doors = snap(network, np.array([corner(number) for number in (0, 4, 20)]))
    sums = within(network, doors, np.arange(3), np.array([5.0, np.nan, 7.0]), snap(network, np.array([corner(0), corner(2)])), 2,
                  np.array([0.0, 200.0, 400.0, 800.0]))
    assert sums.tolist() == [[5, 5, 12, 12], [0, 5, 5, 12]]


def test_pairs_are_the_walks_within_the_limit_each_once_and_the_shortest_of_several_doors() -> None:
    network = village_network()
    doors = snap(network, np.array([corner(number) for number in (0, 4, 1)]))
    homes = snap(network, np.array([corner(2), corner(24)]))
    beside = Beside(np.array([1, 0]), np.array([2, 1]), np.array([30.0, 900.0]))
    pairs = pairs_within(network, doors, np.array([0, 1, 0]), homes, 2, 200.0, beside=beside)
    assert list(zip(pairs.place.tolist(), pairs.facility.tolist(), pairs.cost.tolist(), strict=True)) == [(0, 0, 100), (0, 1, 200), (1, 2, 30)]
    none = pairs_within(network, snap(network, np.empty((0, 2))), np.empty(0, dtype=np.int64), homes, 2, 200.0)
    assert (none.place.tolist(), none.facility.tolist(), none.cost.tolist()) == ([], [], [])


def test_nothing_to_choose_from_is_nothing() -> None:
    network = village_network()
    none, here = snap(network, np.empty((0, 2))), snap(network, np.array([corner(0)]))
    assert k_nearest(network, none, np.empty(0, dtype=np.int64), here, 1, 2).facility.tolist() == [[-1, -1]]
    assert within(network, none, np.empty(0, dtype=np.int64), np.empty(0), here, 1, np.array([500.0])).tolist() == [[0]]


@given(crooked_towns(), st.lists(spots, min_size=1, max_size=4), spots)
@settings(max_examples=200, deadline=None)
def test_k_nearest_and_counts_are_those_of_networkx(
    lines: list[list[tuple[float, float]]], sites: list[tuple[float, float]], start: tuple[float, float]
) -> None:
    network = town(*lines)
    doors, homes = snap(network, np.array(sites)), snap(network, np.array([start]))
    expected = sorted(_by_networkx(network, homes, doors.take(doors.place == number)) for number in range(len(sites)))
    found = k_nearest(network, doors, np.arange(len(sites)), homes, 1, len(sites))
    assert found.metres[0].tolist() == pytest.approx(expected, abs=0.01)
    assert (found.facility[0] >= 0).tolist() == np.isfinite(expected).tolist()
    for radius in (50.0, 200.0):
        if all(abs(one - radius) > 0.02 for one in expected):
            counted = within(network, doors, np.arange(len(sites)), np.ones(len(sites)), homes, 1, np.array([radius]))
            assert counted.tolist() == [[sum(one <= radius for one in expected)]]
