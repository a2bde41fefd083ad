"""The banks of a straight river known by heart, and the laws of joining."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from wanli_geo.routes.banks import Bank, banks_of, by_state, drawn, joined_m, judged, recorded, walked
from wanli_geo.routes.line import Route, turned
from wanli_geo.routes.stretches import Stretches, merge

RIVER = Route(np.array([[0.0, 0.0], [400.0, 0.0]]))
NO_WATER = np.empty(0, dtype=object)
WIDE = np.full(80, 20.0)


def both(route: Route = RIVER, width: np.ndarray = WIDE, areas: np.ndarray = NO_WATER) -> tuple[Bank, Bank]:
    return banks_of(route, width, areas)


def lines(*coordinates: list[tuple[float, float]]) -> np.ndarray:
    return np.array([shapely.LineString(one) for one in coordinates], dtype=object)


def test_a_river_to_the_east_has_a_north_and_a_south_bank_half_its_width_away() -> None:
    north, south = both()
    assert (north.side, south.side) == ("north", "south")
    assert north.xy[:, 1] == pytest.approx(11.0)
    assert south.xy[:, 1] == pytest.approx(-11.0)


def test_the_direction_a_river_is_drawn_in_changes_nothing() -> None:
    for one, other in zip(both(), both(turned(RIVER)), strict=True):
        assert one.side == other.side
        np.testing.assert_allclose(one.xy, other.xy)


def test_without_a_width_the_edge_of_the_water_is_the_bank() -> None:
    north, south = both(width=np.full(80, np.nan), areas=np.array([shapely.box(-10, -5, 410, 15)], dtype=object))
    assert north.xy[:, 1] == pytest.approx(16.0)
    assert south.xy[:, 1] == pytest.approx(-6.0)


def test_a_path_on_one_bank_is_no_walk_on_the_other() -> None:
    north, south = both()
    path = lines([(0, 15), (400, 15)])
    assert walked(north, path).all()
    assert not walked(south, path).any()


def test_a_path_across_a_narrow_brook_is_not_taken_for_this_bank() -> None:
    _, south = both(width=np.full(80, 4.0))
    assert not walked(south, lines([(0, 5), (400, 5)])).any()


def test_a_bridge_alone_is_no_walk_and_a_gap_of_25_m_at_a_bridge_breaks_none() -> None:
    north, _ = both()
    assert not walked(north, lines([(200, -50), (200, 50)])).any()
    assert walked(north, lines([(0, 15), (180, 15)], [(240, 15), (400, 15)])).all()
    assert not walked(north, lines([(0, 15), (150, 15)], [(250, 15), (400, 15)])).all()


@pytest.mark.parametrize(("side", "through", "reason", "said"), [
    ("north", False, "南岸为单位围墙", None), ("south", False, "南岸为单位围墙", False), ("north", False, "两岸无步道", False),
    ("north", False, None, False), ("north", True, None, True), ("north", None, None, None),
])
def test_a_reason_speaks_of_the_bank_it_names(side: str, through: bool | None, reason: str | None, said: bool | None) -> None:
    assert recorded(side, through, reason) is said


def test_the_record_goes_before_the_streets_and_nothing_known_is_not_broken() -> None:
    assert judged(False, seen=True) == ("broken", "disagree")
    assert judged(True, seen=False) == ("through", "record")
    assert judged(None, seen=True) == ("through", "network")
    assert judged(None, seen=False) == ("unknown", None)


def test_joining_a_break_of_50_m_between_100_and_250_m_gives_150_m_more() -> None:
    state = np.array(["through"] * 20 + ["broken"] * 10 + ["through"] * 50, dtype=object)
    north, _ = both()
    assert joined_m(by_state(state, north), 1) == pytest.approx((400.0, 150.0))


def test_a_stretch_of_bank_is_drawn_from_its_beginning_to_its_end() -> None:
    line = drawn(both()[0], 100.0, 250.0)
    assert line.length == pytest.approx(150.0)
    assert line.bounds == pytest.approx((100.0, 11.0, 250.0, 11.0))


@given(st.lists(st.tuples(st.floats(1, 500), st.sampled_from(["through", "broken", "unknown"])), min_size=1, max_size=12))
def test_a_break_joined_is_worth_at_least_its_own_metres_and_never_shortens_a_walk(bits: list[tuple[float, str]]) -> None:
    end = np.cumsum([metres for metres, _ in bits])
    parts = merge(Stretches(np.append(0.0, end[:-1]), end, np.array([state for _, state in bits], dtype=object)))
    assert parts.metres.sum() == pytest.approx(end[-1])
    for row in np.flatnonzero(parts.value == "broken"):
        whole, more = joined_m(parts, int(row))
        assert more >= parts.metres[row] - 1e-6
        assert whole >= more - 1e-6
        assert whole <= end[-1] + 1e-6
