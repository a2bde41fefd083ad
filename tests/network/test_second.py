"""The second nearest facility: on one's fingers, then as many searches as there are owners."""

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.network.test_kernels import doors_on, network_of, shares
from tests.network.test_search import crooked_towns
from tests.village import village_network
from wanli_geo.network.search import nearest, spread
from wanli_geo.network.second import cheapest, two_nearest
from wanli_geo.network.snap import snap


def test_of_three_facilities_the_two_nearest_are_told() -> None:
    network = village_network()
    doors = snap(network, np.array([[0.0, 0.0], [300.0, 0.0], [400.0, 400.0]]))
    homes = snap(network, np.array([[100.0, 0.0]]))
    two = two_nearest(network, spread(network, doors), doors.place, homes, 1)
    assert (two.walks.metres.tolist(), two.owner.tolist()) == ([100.0], [0])
    assert (two.second.tolist(), two.second_owner.tolist()) == ([200.0], [1])


def test_a_second_door_of_the_same_facility_is_no_second_facility() -> None:
    network = village_network()
    doors = snap(network, np.array([[0.0, 0.0], [200.0, 0.0], [400.0, 0.0]]))
    owner = np.array([7, 7, 9])[doors.place]
    two = two_nearest(network, spread(network, doors), owner, snap(network, np.array([[100.0, 0.0]])), 1)
    assert (two.owner.tolist(), two.second.tolist(), two.second_owner.tolist()) == ([7], [300.0], [9])


def test_with_one_facility_there_is_no_second() -> None:
    network = village_network()
    doors = snap(network, np.array([[0.0, 0.0]]))
    two = two_nearest(network, spread(network, doors), doors.place, snap(network, np.array([[100.0, 0.0], [30.0, 0.0]])), 2)
    assert (two.second.tolist(), two.second_owner.tolist()) == ([np.inf, np.inf], [-1, -1])


def test_without_facilities_there_is_neither() -> None:
    network = village_network()
    none = snap(network, np.empty((0, 2)))
    two = two_nearest(network, spread(network, none), none.place, snap(network, np.array([[100.0, 0.0]])), 1)
    assert (two.owner.tolist(), two.second.tolist(), two.second_owner.tolist()) == ([-1], [np.inf], [-1])


@given(crooked_towns(), shares, shares, st.lists(st.integers(0, 3), min_size=8, max_size=8))
def test_two_searches_find_what_one_search_an_owner_finds(town, sources, places, owners) -> None:
    network = network_of(town)
    assume(len(network.length))
    doors, homes = doors_on(network, sources), doors_on(network, places)
    owner = np.array(owners[: len(sources)])[doors.place]
    two = two_nearest(network, spread(network, doors), owner, homes, len(places))
    apart = np.stack([nearest(network, doors.take(owner == one), homes, len(places)).metres for one in range(4)])
    first, second = np.sort(apart, axis=0)[:2]
    np.testing.assert_allclose(two.walks.metres, first, atol=1e-6)
    np.testing.assert_allclose(two.second, second, atol=1e-6)
    np.testing.assert_allclose(cheapest(network, spread(network, doors), homes, len(places)), first, atol=1e-6)
    told = np.flatnonzero(np.isfinite(second))
    assert (two.second_owner[told] != two.owner[told]).all()
    np.testing.assert_allclose(apart[two.second_owner[told], told], second[told], atol=1e-6)


@given(crooked_towns(), shares, shares, st.lists(st.integers(0, 3), min_size=8, max_size=8), st.floats(0, 400))
def test_what_is_searched_no_farther_than_a_threshold_is_the_same_up_to_it(town, sources, places, owners, limit_m) -> None:
    network = network_of(town)
    assume(len(network.length))
    doors, homes = doors_on(network, sources), doors_on(network, places)
    owner = np.array(owners[: len(sources)])[doors.place]
    whole = two_nearest(network, spread(network, doors), owner, homes, len(places))
    near = two_nearest(network, spread(network, doors, limit_m=limit_m), owner, homes, len(places), limit_m=limit_m)
    cost = cheapest(network, spread(network, doors, limit_m=limit_m), homes, len(places))
    within = whole.walks.metres <= limit_m
    assert (cost[within] == whole.walks.metres[within]).all() and (cost[~within] > limit_m).all()
    assert near.second.tolist() == np.where(whole.second <= limit_m, whole.second, np.inf).tolist()
