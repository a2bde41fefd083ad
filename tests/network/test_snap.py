"""Places step onto the network at the exact position along an edge."""

import numpy as np
import shapely
from hypothesis import given
from hypothesis import strategies as st

from tests.village import village_network
from wanli_geo.network.graph import build_network
from wanli_geo.network.snap import at_border, snap

inside = st.floats(0, 400, allow_nan=False)


def test_a_place_beside_a_street_meets_it_at_the_foot_of_the_perpendicular() -> None:
    found = snap(village_network(), np.array([[130.0, 20.0]]))
    assert found.leg.tolist() == [20.0]
    assert found.offset.tolist() == [30.0]


def test_a_place_beyond_reach_gets_no_row() -> None:
    assert len(snap(village_network(), np.array([[-101.0, 0.0]]))) == 0
    assert len(snap(village_network(), np.array([[-100.0, 0.0]]))) > 0


def test_a_place_by_an_island_is_attached_to_the_mainland_too() -> None:
    mainland, island = shapely.LineString([(0, 0), (500, 0)]), shapely.LineString([(0, 60), (50, 60)])
    network = build_network(np.array([mainland, island]))
    found = snap(network, np.array([[25.0, 50.0]]))
    assert sorted(zip(network.component[found.edge].tolist(), found.leg.tolist(), strict=True)) == [(0, 50.0), (1, 10.0)]


def test_equally_near_edges_are_all_kept_by_an_island_and_behind_water_too() -> None:
    lanes = [shapely.LineString([(x, 0), (x, 100)]) for x in (0, 40)] + [shapely.LineString([(0, 100), (40, 100)])]
    mainland = shapely.LineString([(200, 0), (900, 0)])
    assert len(snap(build_network(np.array([mainland, *lanes])), np.array([[20.0, 50.0]]))) == 2
    beck = np.array([shapely.box(0, 60, 40, 61)])
    between = snap(build_network(np.array([*lanes, shapely.LineString([(0, 0), (40, 0)])])), np.array([[20.0, 80.0]]), barred_by=beck)
    assert between.leg.tolist() == [20.0, 20.0, 20.0]
    under = snap(build_network(np.array(lanes)), np.array([[20.0, 85.0]]), barred_by=np.array([shapely.box(0, 90, 40, 91)]))
    assert under.leg.tolist() == [20.0, 20.0]


@given(inside, inside)
def test_the_leg_is_the_distance_to_the_nearest_street(x: float, y: float) -> None:
    network = village_network()
    found = snap(network, np.array([[x, y]]))
    nearest = min(x % 100, 100 - x % 100, y % 100, 100 - y % 100)
    assert abs(found.leg.min() - nearest) < 1e-9


def test_the_data_ends_where_a_street_leaves_the_area() -> None:
    rows = at_border(village_network(), shapely.box(-50, -50, 450, 250))
    assert len(rows) == 5
    assert set(np.round(rows.offset, 9).tolist()) == {50.0}


def test_the_data_ends_where_a_street_stops_at_the_border() -> None:
    network = build_network(np.array([shapely.LineString([(0, 0), (100, 0)])]))
    rows = at_border(network, shapely.box(-10, -10, 100, 10))
    assert set(rows.offset.tolist()) == {100.0}
