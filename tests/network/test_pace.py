"""What crossings cost in time: counted on one's fingers, then against an independent engine."""

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from tests.network.test_search import _by_networkx, crooked_towns, spots
from wanli_geo.errors import BadMeasure
from wanli_geo.network.graph import WalkNetwork, build_network
from wanli_geo.network.pace import Waits, drawn, in_time, placed, uphill_and_down, waits_along
from wanli_geo.network.search import meet, nearest, route, spread
from wanli_geo.network.snap import snap


def town(*lines: list[tuple[float, float]]) -> WalkNetwork:
    return build_network(np.array([shapely.LineString(line) for line in lines], dtype=object))


def seconds(network: WalkNetwork, waits: list[float], pieces: list[bool] | None = None) -> list[float]:
    """The wait of each street, its edges together."""
    along = waits_along(network, np.array(waits), np.array(pieces or [False] * len(waits)))
    return np.bincount(network.street, along, minlength=len(waits)).tolist()


def test_a_crossing_cut_by_the_road_it_crosses_costs_its_wait_once() -> None:
    network = town([(0, 0), (10, 0), (20, 0)], [(10, -50), (10, 0), (10, 50)])
    assert len(network.length) == 4
    assert waits_along(network, np.array([30.0, 0.0]), np.zeros(2, dtype=bool)).tolist() == [15, 15, 0, 0]


def test_a_footbridge_in_three_pieces_is_one_crossing_and_two_crossings_are_two() -> None:
    lines = [[(0, 0), (10, 0)], [(10, 0), (50, 0)], [(50, 0), (60, 0)], [(60, 0), (90, 0)]]
    bridge = [True, True, True, False]
    assert seconds(town(*lines), [60, 60, 60, 0], bridge) == pytest.approx([10, 40, 10, 0])
    assert seconds(town(*lines), [30, 30, 10, 0]) == pytest.approx([30, 30, 10, 0])


def test_pieces_that_a_third_way_parts_are_each_their_own_crossing() -> None:
    lines = [[(0, 0), (10, 0)], [(10, 0), (50, 0)], [(10, 0), (10, 90)]]
    assert seconds(town(*lines), [60, 60, 0], [True, True, False]) == pytest.approx([60, 60, 0])


@pytest.mark.parametrize("wait", [-1.0, 601.0, float("nan"), float("inf")])
def test_a_wait_that_makes_no_sense_is_refused(wait: float) -> None:
    with pytest.raises(BadMeasure, match="600"):
        Waits(signalised_s=wait)


@given(crooked_towns(), spots, spots, st.lists(st.sampled_from([0.0, 10.0, 30.0, 60.0]), min_size=12, max_size=12), st.booleans())
def test_a_walk_in_time_is_that_of_networkx_the_same_both_ways_and_as_long_as_its_line(
    lines: list[list[tuple[float, float]]], a: tuple[float, float], b: tuple[float, float], waits: list[float], chained: bool
) -> None:
    plain = town(*lines)
    along = waits_along(plain, np.array(waits[: len(lines)]), np.full(len(lines), chained))
    network = in_time(plain, along, 1.2)
    doors, homes = placed(network, snap(plain, np.array([b]))), placed(network, snap(plain, np.array([a])))
    there, back = nearest(network, doors, homes, 1).metres[0], nearest(network, homes, doors, 1).metres[0]
    assert there == pytest.approx(_by_networkx(network, homes, doors), abs=0.01)
    assert there == pytest.approx(back, abs=1e-6)
    assert there >= nearest(plain, snap(plain, np.array([b])), snap(plain, np.array([a])), 1).metres[0] - 1e-6
    field = spread(network, doors)
    walks = meet(network, field, homes, 1)
    ground = drawn(network, field, homes, walks)[0]
    path = route(network, field, homes, walks, 0)
    if np.isfinite(there):
        legs = homes.leg[walks.row[0]] + doors.leg[walks.via[0]]
        assert ground == pytest.approx(np.hypot(*np.diff(path, axis=0).T).sum() + legs, abs=1e-6)
        assert ground <= there + 1e-6
    else:
        assert ground == np.inf


@given(crooked_towns(), st.lists(st.sampled_from([0.0, 30.0]), min_size=12, max_size=12))
def test_no_second_is_lost_nor_counted_twice(lines: list[list[tuple[float, float]]], waits: list[float]) -> None:
    network = town(*lines)
    parts = seconds(network, waits[: len(lines)])
    drawn_streets = np.isin(np.arange(len(lines)), network.street)
    assert parts == pytest.approx(np.where(drawn_streets, waits[: len(lines)], 0.0).tolist())


@pytest.mark.parametrize("slope", [0.0, 2.0, 5.0, 8.0, 20.0])
def test_a_slope_is_toblers_there_and_back_whichever_way_it_was_drawn(slope: float) -> None:
    up, down = (6 * np.exp(-3.5 * abs(way / 100 + 0.05)) for way in (slope, -slope))
    level = 6 * np.exp(-3.5 * 0.05)
    expected = (level / up + level / down) / 2
    assert uphill_and_down(np.array([slope, -slope])).tolist() == pytest.approx([expected, expected])


def test_a_slope_not_known_is_level_and_a_steeper_one_is_never_quicker() -> None:
    assert uphill_and_down(np.array([np.nan, 0.0])).tolist() == [1, 1]
    factors = uphill_and_down(np.linspace(0, 100, 201))
    assert (np.diff(factors) > 0).all()


@pytest.mark.parametrize("factor", [0.5, 11.0, float("nan")])
def test_stairs_that_make_no_sense_are_refused(factor: float) -> None:
    with pytest.raises(BadMeasure, match="times as long"):
        Waits(stairs_factor=factor)
