"""Ways inside compounds: along the paths drawn there, else straight times a stated factor."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from tests.village import village_network
from wanli_geo.network.graph import Floats
from wanli_geo.network.inner import Inner, inner_of, lengthened, through_gates, way_inside, ways_inside
from wanli_geo.network.snap import snap

# Two yards side by side, with a wall between them at x = 100.
YARDS = np.array([shapely.box(0, 0, 100, 100), shapely.box(100, 0, 200, 100)])
NOTHING = np.empty(0, dtype=object)


def inner(*lines: list[tuple[float, float]], closed: NDArray[np.object_] = NOTHING, detour: float = 1.2) -> Inner:
    """The two yards with inner paths; `closed` lies in both, the other yard is closed to each."""
    shapes, whose = np.concatenate([closed, shapely.buffer(YARDS, -0.5)]), np.append(np.full(len(closed), -1), [0, 1])
    return inner_of(np.array([shapely.LineString(line) for line in lines], dtype=object), YARDS, detour, shapes, whose)


def metres(ground: Inner, start: tuple[float, float], *goals: tuple[float, float]) -> list[float]:
    """From a place to goals, all in the first yard."""
    return ways(ground, np.array([start]), np.array(goals)).metres.tolist()


def ways(ground: Inner, xy: Floats, goals: Floats):
    return ways_inside(ground, xy, np.zeros(len(xy), dtype=np.int64), goals, np.zeros(len(goals), dtype=np.int64))


def test_without_paths_the_straight_line_counts_a_fifth_more() -> None:
    assert metres(inner(), (50, 50), (50, 0), (80, 10)) == pytest.approx([60, 60])


def test_where_paths_lead_there_they_are_walked_however_short_the_straight_line() -> None:
    # An L from the gate: 40 m in, 60 m east. The home is 5 m beside its far end, 76 m from the gate as the crow flies.
    ground = inner([(20, 0), (20, 40), (80, 40)])
    assert metres(ground, (80, 45), (20, 0)) == pytest.approx([1.2 * 5 + 100])


def test_a_place_steps_onto_the_path_at_the_exact_spot_and_a_gate_off_it_pays_its_leg() -> None:
    ground = inner([(10, 50), (90, 50)])
    assert metres(ground, (33, 60), (90, 70)) == pytest.approx([1.2 * 10 + 57 + 1.2 * 20])


def test_a_path_farther_off_than_the_gate_leads_nowhere() -> None:
    # 30 m from home to path, 30 m from path to gate, 20 m from home to gate.
    assert metres(inner([(10, 80), (90, 80)]), (40, 50), (60, 50)) == pytest.approx([1.2 * 20])


def test_paths_that_hang_together_with_no_other_lead_no_farther_than_they_go() -> None:
    # Two pieces, neither of which brings the place nearer to the gate than the straight line.
    ground = inner([(0, 90), (5, 90)], [(95, 90), (100, 90)])
    assert metres(ground, (5, 80), (95, 80)) == pytest.approx([1.2 * 90])


def test_the_paths_of_two_compounds_that_touch_are_not_joined() -> None:
    # From home 40 m west of the wall there is a way round through the neighbours' yard; nobody takes it.
    ground = inner([(60, 20), (100, 20)], [(100, 20), (150, 20), (150, 80), (100, 80)], [(60, 80), (100, 80)])
    assert ground.network.component.max() == 2
    assert metres(ground, (60, 20), (60, 80)) == pytest.approx([1.2 * 60])


def test_a_path_belongs_to_the_compound_that_most_of_it_lies_in() -> None:
    assert inner([(60, 20), (130, 20)]).compound.tolist() == [0]
    assert inner([(60, 20), (150, 20)]).compound.tolist() == [1]
    assert len(inner([(50, -100), (50, 20)]).compound) == 0


def test_water_across_the_straight_line_bars_it_unless_a_path_leads_over() -> None:
    beck = np.array([shapely.box(0, 40, 100, 44)])
    start, goal = np.array([[50.0, 60.0]]), np.array([[50.0, 0.0]])
    assert ways(inner(closed=beck), start, goal).barred.tolist() == [True]
    bridge = ways(inner([(20, 60), (20, 0)], closed=beck), start, goal)
    assert (bridge.barred.tolist(), bridge.by_path.tolist()) == ([False], [True])
    assert bridge.metres == pytest.approx([1.2 * 30 + 60 + 1.2 * 30])


def test_no_leg_to_a_path_crosses_the_water_either() -> None:
    # The near path lies behind the beck, 15 m away; the other one 30 m away on this bank.
    ground = inner([(10, 35), (90, 35)], [(10, 80), (90, 80)], closed=np.array([shapely.box(0, 40, 100, 44)]))
    assert metres(ground, (50, 50), (90, 80)) == pytest.approx([1.2 * 30 + 40])


def test_the_neighbours_yard_bars_the_straight_line_and_ones_own_does_not() -> None:
    notched = np.array([shapely.box(0, 0, 100, 100) - shapely.box(40, 0, 60, 80), shapely.box(40, 0, 60, 80)])
    shapes = shapely.buffer(notched, -0.5)
    ground = inner_of(NOTHING, notched, 1.2, shapes, np.array([0, 1]))
    found = ways(ground, np.array([[20.0, 20.0]]), np.array([[80.0, 20.0], [20.0, 80.0], [80.0, 95.0]]))
    assert found.barred.tolist() == [True, False, True]


def test_through_gates_a_place_has_one_row_a_gate_and_the_inner_leg_counts() -> None:
    network, gates = village_network(), np.array([[150.0, 100.0], [200.0, 150.0]])
    ground = inner_of(NOTHING, np.array([shapely.box(100, 100, 200, 200)]), 1.2, NOTHING, np.empty(0, dtype=np.int64))
    compound = np.array([0, -1])
    rows, shut_in = through_gates(ground, np.array([[150.0, 150.0], [20.0, 0.0]]), compound, gates, np.array([0, 0]), snap(network, gates))
    assert (rows.place.tolist(), sorted(rows.gate.tolist()), len(shut_in)) == ([0, 0], [0, 1], 0)
    assert rows.leg.tolist() == [60.0, 60.0]


def test_a_gate_behind_water_is_no_way_out_unless_there_is_no_other() -> None:
    network, gates = village_network(), np.array([[150.0, 100.0], [150.0, 200.0]])
    beck = np.array([shapely.box(100, 120, 200, 125)])
    ground = inner_of(NOTHING, np.array([shapely.box(100, 100, 200, 200)]), 1.2, beck, np.array([-1]))
    place, compound, on = np.array([[150.0, 140.0]]), np.array([0]), snap(network, gates)
    rows, shut_in = through_gates(ground, place, compound, gates, np.array([0, 0]), on)
    assert (rows.gate.tolist(), rows.leg.tolist(), len(shut_in)) == ([1], [72.0], 0)
    rows, shut_in = through_gates(ground, place, compound, gates[:1], np.array([0]), on.take(on.place == 0))
    assert (rows.leg.tolist(), shut_in.tolist()) == ([48.0], [0])


def test_of_a_leg_to_the_street_only_what_lies_inside_the_compound_is_lengthened() -> None:
    network, xy = village_network(), np.array([[150.0, 130.0]])
    rows = snap(network, xy)
    ground = inner_of(NOTHING, np.array([shapely.box(110, 110, 190, 190)]), 1.2, NOTHING, np.empty(0, dtype=np.int64))
    assert lengthened(ground, network, xy, rows, np.array([0]), np.array([shapely.box(110, 110, 190, 190)])).leg == pytest.approx([34.0])
    assert lengthened(ground, network, xy, rows, np.array([-1]), YARDS).leg == pytest.approx([30.0])


spot = st.tuples(st.floats(1, 99), st.floats(1, 99))
path = st.lists(spot, min_size=2, max_size=4, unique=True)


@given(st.lists(path, max_size=3), st.lists(spot, min_size=1, max_size=4), st.lists(spot, min_size=1, max_size=3))
@settings(max_examples=250)
def test_no_way_inside_is_shorter_than_the_straight_line_and_there_and_back_are_as_long(paths: list, places: list, goals: list) -> None:
    ground = inner(*paths)
    there, back = ways(ground, np.array(places), np.array(goals)), ways(ground, np.array(goals), np.array(places))
    straight = np.hypot(*(np.array(places)[there.place] - np.array(goals)[there.goal]).T)
    assert (there.metres >= straight - 1e-6).all()
    assert there.metres.reshape(len(places), -1) == pytest.approx(back.metres.reshape(len(goals), -1).T, abs=1e-6)
    assert there.metres[~there.by_path] == pytest.approx(1.2 * straight[~there.by_path], abs=1e-6)


@given(st.lists(path, max_size=3), spot, spot)
@settings(max_examples=250)
def test_the_way_traced_is_as_long_as_the_way_measured(paths: list, start: tuple[float, float], end: tuple[float, float]) -> None:
    ground = inner(*paths)
    way = way_inside(ground, np.array(start), np.array(end), 0)
    along = float(np.hypot(*np.diff(way.xy, axis=0).T).sum())
    assert way.first_m + along + way.last_m == pytest.approx(metres(ground, start, end)[0], abs=1e-6)
    assert sum(abs(part.end - part.start) for part in way.parts) == pytest.approx(along, abs=1e-6)


@given(st.lists(path, max_size=3), st.lists(spot, min_size=1, max_size=4), st.lists(spot, min_size=1, max_size=3), spot)
@settings(max_examples=250)
def test_a_goal_more_changes_no_way_to_the_others(paths: list, places: list, goals: list, extra: tuple[float, float]) -> None:
    ground = inner(*paths)
    before, after = ways(ground, np.array(places), np.array(goals)), ways(ground, np.array(places), np.array([*goals, extra]))
    assert after.metres.reshape(len(places), -1)[:, :-1] == pytest.approx(before.metres.reshape(len(places), -1))
