"""The floating catchment areas: PySAL's published answers, a village on one's fingers, and the laws of conservation."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wanli_geo.access.catchments import DECAYS, METHODS, Catchments, Pairs, catchments, weights
from wanli_geo.errors import BadMeasure

CONSERVING = [name for name, method in METHODS.items() if method.keeps]


def pairs_of(costs: Any) -> Pairs:
    """Every pair of a (places, facilities) table of costs."""
    table = np.asarray(costs, dtype=np.float64)
    place, facility = np.indices(table.shape)
    return Pairs(place.ravel(), facility.ravel(), table.ravel())


def of(costs: Any, people: Any, supply: Any, method: str = "2sfca", decay: str = "", reach: float = 100.0) -> Catchments:
    return catchments(pairs_of(costs), np.asarray(people, dtype=np.float64), np.asarray(supply, dtype=np.float64), reach, method, decay)


@pytest.mark.parametrize("method", ["2sfca", "e2sfca", "3sfca"])
def test_the_hospitals_of_pysal_have_pysals_answers(fixtures: Path, method: str) -> None:
    folder = fixtures / "pysal_access"
    given_, expected = (json.loads((folder / name).read_text("utf-8")) for name in ("hospital_example.json", "expected.json"))
    people, supply = (np.array([given_[name][tract] for tract in "123"], dtype=np.float64) for name in ("pop", "doc"))
    for scenario in given_["scenarios"]:
        into, out, cross, own = scenario["in"], scenario["out"], scenario["cross"], given_["self"]
        pairs = pairs_of([[own, cross, into], [cross, own, into], [out, out, own]])
        # `access` weighs every hospital when people choose, those beyond the reach too.
        found = catchments(pairs, people, supply, given_["max_cost"], method, "inverse", beyond=True)
        assert found.access == pytest.approx(expected[scenario["name"]][method.removeprefix("e")], rel=1e-6)
        assert (people * found.access).sum() == pytest.approx(135, rel=1e-12)


def test_two_canteens_and_three_homes_by_hand() -> None:
    # Canteen 0 (6 seats) is 50 from home 0 and from home 1; canteen 1 (8 seats) is 50 from home 1 only; home 2 reaches neither.
    costs = [[50, 999], [50, 50], [999, 999]]
    found = of(costs, [10, 20, 5], [6, 8])
    assert found.demand.tolist() == [30, 20]  # home 1 is counted at both
    assert found.access == pytest.approx([6 / 30, 6 / 30 + 8 / 20, 0])
    balanced = of(costs, [10, 20, 5], [6, 8], "bfca")
    assert balanced.demand == pytest.approx([20, 10])  # home 1 goes half here, half there: 30 people, each once
    assert balanced.access == pytest.approx([6 / 20, 0.5 * 6 / 20 + 0.5 * 8 / 10, 0])


def test_each_method_on_one_pair_of_walks() -> None:
    # One home of 10 at half the reach of a canteen of 4 seats, at the very door of another of 6; linear weights 0.5 and 1.
    told = {name: of([[50, 0]], [10], [4, 6], name, "linear").access[0] for name in METHODS}
    assert told["2sfca"] == told["e2sfca"] == pytest.approx((4 + 6) / 10)
    assert told["m2sfca"] == pytest.approx(0.5 * 4 / 10 + 6 / 10)  # W² / W = W is left of each
    assert told["3sfca"] == told["bfca"] == pytest.approx(1.0)
    # As printed: demands 10/3 and 20/3, the one place has all of both ratios.
    assert told["bfca2019"] == pytest.approx(4 / (10 / 3) + 6 / (20 / 3))


def test_balanced_as_printed_keeps_the_people_and_the_ratios_and_balanced_by_people_keeps_the_supply() -> None:
    costs, people, supply = [[10, 60], [40, 40], [90, 20]], np.array([10.0, 30, 5]), np.array([7.0, 9])
    printed, ours = (of(costs, people, supply, name) for name in ("bfca2019", "bfca"))
    for found in (printed, ours):
        assert found.demand.sum() == pytest.approx(people.sum())
    assert printed.access.sum() == pytest.approx((supply / printed.demand).sum())
    assert (people * ours.access).sum() == pytest.approx(supply.sum())
    # A house split into two: as printed each half has another figure than the whole, by people the same.
    halves, whole = [[50], [50]], [[50]]
    assert of(halves, [10, 10], [4], "bfca2019").access == pytest.approx([0.1, 0.1])
    assert of(whole, [20], [4], "bfca2019").access == pytest.approx([0.2])
    assert of(halves, [10, 10], [4], "bfca").access == pytest.approx([0.2, 0.2])
    assert of(whole, [20], [4], "bfca").access == pytest.approx([0.2])


@pytest.mark.parametrize(("decay", "expected"), [
    ("binary", [1, 1, 1, 1, 0]),
    ("steps", [1, 1, 0.68, 0.22, 0]),
    ("gaussian", [1, (np.exp(-1 / 18) - np.exp(-0.5)) / (1 - np.exp(-0.5)), (np.exp(-0.125) - np.exp(-0.5)) / (1 - np.exp(-0.5)), 0, 0]),
    ("exponential", [1, 0.01 ** (1 / 3), 0.1, 0.01, 0]),
    ("inverse", [1, 0.03, 0.02, 0.01, 0]),
    ("linear", [1, 2 / 3, 0.5, 0, 0]),
])
def test_every_decay_at_the_door_a_third_half_way_at_the_end_and_beyond(decay: str, expected: list[float]) -> None:
    assert weights(np.array([0, 100, 150, 300, 301]), 300, decay) == pytest.approx(expected, abs=1e-12)


def test_a_walk_a_hair_too_long_stands_at_the_end_of_the_reach() -> None:
    assert [float(weights(np.array([300.0005]), 300, name)[0]) for name in ("binary", "steps", "linear")] == [1, 0.22, 0]


def test_what_is_not_known_neither_gives_nor_takes_and_is_not_nought() -> None:
    nan = np.nan
    for method in METHODS:
        known = of([[50], [60]], [10, 20], [6], method)
        # A facility of unknown size, one of nought, and a home of unknown people beside them change nothing.
        more = of([[50, 10, 10], [60, 10, 10], [5, 5, 5]], [10, 20, nan], [6, nan, 0], method)
        assert more.access[:2] == pytest.approx(known.access)
        assert np.isnan(more.access[2])
        assert more.demand[1:].tolist() == [0, 0]
        assert more.idle.tolist() == [False, False, False]


def test_supply_without_anybody_is_told_and_shared_with_nobody() -> None:
    for method in METHODS:
        found = of([[50, 999], [50, 20]], [10, 0], [6, 8], method)
        assert found.idle.tolist() == [False, True]
        assert np.isfinite(found.access).all()
        assert found.access[0] > 0
    assert of([[50], [60]], [0, 0], [6]).access.tolist() == [0, 0]


def test_no_pairs_no_facilities_no_places() -> None:
    none = pairs_of(np.empty((0, 0)))
    for method in METHODS:
        assert catchments(none, np.array([3.0, np.nan]), np.array([2.0]), 100, method).access.tolist() == [0, pytest.approx(np.nan, nan_ok=True)]
        assert catchments(none, np.empty(0), np.empty(0), 100, method).access.tolist() == []


def test_a_method_or_decay_of_nobody_ends_in_a_sentence() -> None:
    with pytest.raises(BadMeasure, match="2sfca, e2sfca"):
        of([[1]], [1], [1], "4sfca")
    with pytest.raises(BadMeasure, match="binary, steps"):
        of([[1]], [1], [1], "2sfca", "sudden")


costs = st.one_of(st.floats(0, 140), st.sampled_from([0.0, 50.0, 99.9, 100.0]))


@st.composite
def towns(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Walks, people and supplies; some of either nought or not known."""
    places, facilities = draw(st.integers(1, 6)), draw(st.integers(1, 5))
    table = np.array(draw(st.lists(costs, min_size=places * facilities, max_size=places * facilities))).reshape(places, facilities)
    numbers = st.one_of(st.floats(1e-3, 1e5), st.sampled_from([0.0, np.nan]))
    people, supply = (np.array(draw(st.lists(numbers, min_size=count, max_size=count))) for count in (places, facilities))
    return table, people, supply


@given(towns(), st.sampled_from(CONSERVING), st.sampled_from(list(DECAYS)))
def test_people_times_access_is_the_supply_that_has_demand_in_reach(town: Any, method: str, decay: str) -> None:
    table, people, supply = town
    found = of(table, people, supply, method, decay)
    reached = ((np.nan_to_num(people)[:, None] > 0) & (weights(table, 100, decay) > 0)).any(axis=0)
    assert np.nansum(people * found.access) == pytest.approx(np.nansum(supply[reached]), rel=1e-9)
    assert (found.idle == ((np.nan_to_num(supply) > 0) & ~reached)).all()


@given(towns(), st.sampled_from(list(DECAYS)))
def test_modified_never_shares_out_more_than_there_is_and_all_of_it_where_nearness_does_not_count(town: Any, decay: str) -> None:
    table, people, supply = town
    shared = np.nansum(people * of(table, people, supply, "m2sfca", decay).access)
    whole = np.nansum(people * of(table, people, supply, "2sfca", decay).access)
    assert shared <= whole * (1 + 1e-9)
    if decay == "binary":
        assert shared == pytest.approx(whole, rel=1e-9)


@given(towns(), st.sampled_from(list(METHODS)), st.sampled_from(list(DECAYS)), st.randoms(use_true_random=False))
def test_row_order_and_units_change_nothing(town: Any, method: str, decay: str, chance: Any) -> None:
    table, people, supply = town
    expected = of(table, people, supply, method, decay).access
    rows, columns = list(range(len(people))), list(range(len(supply)))
    chance.shuffle(rows)
    chance.shuffle(columns)
    turned = of(table[np.ix_(rows, columns)], people[rows], supply[columns], method, decay).access
    assert turned == pytest.approx(expected[rows], rel=1e-9, nan_ok=True)
    assert of(table * 0.125, people, supply, method, decay, 12.5).access == pytest.approx(expected, rel=1e-9, nan_ok=True)
    # Twice the supply is twice the access; twice the people half of it.
    assert of(table, people, supply * 2, method, decay).access == pytest.approx(expected * 2, rel=1e-9, nan_ok=True)
    assert of(table, people * 2, supply, method, decay).access == pytest.approx(expected / 2, rel=1e-9, nan_ok=True)


@given(towns(), st.sampled_from([name for name in METHODS if name != "bfca2019"]), st.sampled_from(list(DECAYS)))
def test_a_home_split_into_two_keeps_its_access(town: Any, method: str, decay: str) -> None:
    table, people, supply = town
    split = of(np.vstack([table, table[:1]]), [people[0] / 2, *people[1:], people[0] / 2], supply, method, decay).access
    expected = of(table, people, supply, method, decay).access
    assert split == pytest.approx([*expected, expected[0]], rel=1e-9, nan_ok=True)
