"""Gini, Palma, Theil, Lorenz and the concentration index: published figures, by hand, another way round, and the laws they obey."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wanli_geo.access.equity import concentration, gini, lorenz, palma, theil

# The example of R's package `ineq` and of DescTools::Gini, whose manual prints 0.4620911.
INEQ = np.array([541, 1463, 2445, 3438, 4437, 5401, 6392, 8304, 11904, 22261.0])
# India 1982–92, births and deaths under five per thousand by wealth, poorest first: World Bank, Quantitative Techniques for Health Equity
# Analysis, technical note 7, table 1, whose concentration index is -0.1694.
BIRTHS = np.array([29939.0, 28776, 26528, 24689, 19739])
DEATHS = np.array([154.7, 152.9, 119.5, 86.9, 54.3])


def ones(count: int) -> np.ndarray:
    return np.ones(count)


def test_the_published_gini_and_concentration_index_are_found() -> None:
    assert gini(INEQ, ones(10)) == pytest.approx(0.4620911, abs=5e-8)
    assert concentration(DEATHS, BIRTHS, np.arange(5.0)) == pytest.approx(-0.1694, abs=5e-5)


def test_four_people_by_hand() -> None:
    # 1, 1, 2, 4 of 8: the curve is 1/8, 2/8, 4/8, 1 at each quarter; the area below 1/4 (1/16 + 3/16 + 6/16 + 12/16) = 22/64.
    value = np.array([4.0, 1, 2, 1])
    curve = lorenz(value, ones(4))
    assert curve.people.tolist() == [0, 0.5, 0.75, 1]  # the two with the same stand as one
    assert curve.value.tolist() == [0, 0.25, 0.5, 1]
    assert gini(value, ones(4)) == pytest.approx(1 - 2 * 22 / 64)
    # The last tenth has 0.4 of what the last person has; the first four tenths 0.8 of what the first half has.
    assert palma(value, ones(4)) == pytest.approx((0.4 * 0.5) / (0.8 * 0.25))
    # Mean 2: (0.5 ln 0.5 + 0.5 ln 0.5 + 1 ln 1 + 2 ln 2) / 4 = ln 2 / 4.
    assert theil(value, ones(4)).total == pytest.approx(np.log(2) / 4)


def test_one_has_all_of_it() -> None:
    value = np.array([0.0, 0, 0, 0, 0, 0, 0, 0, 0, 7])
    assert gini(value, ones(10)) == pytest.approx(0.9)
    assert theil(value, ones(10)).total == pytest.approx(np.log(10))
    assert palma(value, ones(10)) == np.inf
    assert concentration(value, ones(10), np.arange(10.0)) == pytest.approx(0.9)
    assert concentration(value, ones(10), -np.arange(10.0)) == pytest.approx(-0.9)


def test_two_committees_by_hand() -> None:
    # Committee 0: 1 and 3 (mean 2); committee 1: 6 and 6. Mean of all 4, shares 1/4 and 3/4.
    parts = theil(np.array([1.0, 3, 6, 6]), ones(4), np.array([0, 0, 1, 1]))
    between = 0.25 * np.log(2 / 4) + 0.75 * np.log(6 / 4)
    within = 0.25 * (0.5 * np.log(0.5) + 1.5 * np.log(1.5)) / 2
    assert (parts.between, parts.within, parts.total) == (pytest.approx(between), pytest.approx(within), pytest.approx(between + within))


def test_nothing_to_measure_has_no_figure_and_what_is_not_known_is_left_out() -> None:
    for value, people in (([], []), ([5.0], [0.0]), ([0.0, 0.0], [1.0, 2.0]), ([np.nan, np.inf], [1.0, 2.0])):
        told = np.array(value), np.array(people)
        assert np.isnan([gini(*told), palma(*told), theil(*told).total, concentration(*told, np.arange(len(value), dtype=float))]).all()
    known = np.array([1.0, 4, 2]), np.array([3.0, 1, 2])
    more = np.array([1.0, np.inf, 4, np.nan, 2, 9, 9]), np.array([3.0, 7, 1, 8, 2, np.nan, 0])
    assert gini(*more) == gini(*known)
    assert palma(*more) == palma(*known)


values = st.one_of(st.floats(1e-3, 1e4), st.just(0.0))
crowds = st.lists(st.tuples(values, st.integers(1, 40), st.integers(0, 4), st.integers(0, 3)), min_size=1, max_size=12).filter(
    lambda rows: any(value > 0 for value, *_ in rows))


def columns(rows: Any) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    value, people, rank, group = zip(*rows, strict=True)
    return np.array(value), np.array(people, dtype=float), np.array(rank, dtype=float), np.array(group)


@given(crowds)
def test_gini_is_the_mean_difference_of_all_pairs_of_people(rows: Any) -> None:
    value, people, *_ = columns(rows)
    each = np.repeat(value, people.astype(int))
    expected = np.abs(each[:, None] - each[None, :]).mean() / (2 * each.mean())
    assert gini(value, people) == pytest.approx(expected, abs=1e-9)


@given(crowds)
def test_the_concentration_index_is_that_of_the_covariance_with_the_mean_rank(rows: Any) -> None:
    value, people, rank, _ = columns(rows)
    each, ranks = np.repeat(value, people.astype(int)), np.repeat(rank, people.astype(int))
    place = np.array([(ranks < one).sum() + ((ranks == one).sum() + 1) / 2 for one in ranks]) - 0.5
    expected = 2 * np.cov(each, place / len(each), ddof=0)[0, 1] / each.mean()
    assert concentration(value, people, rank) == pytest.approx(expected, abs=1e-9)
    assert abs(concentration(value, people, rank)) <= gini(value, people) + 1e-9
    assert concentration(value, people, value) == pytest.approx(gini(value, people), abs=1e-9)


@given(crowds)
def test_theil_person_by_person_and_its_parts_add_up(rows: Any) -> None:
    value, people, _, group = columns(rows)
    each, mean = np.repeat(value, people.astype(int)), np.average(value, weights=people)
    some = each[each > 0] / mean
    parts = theil(value, people, group)
    assert parts.total == pytest.approx((some * np.log(some)).sum() / len(each), abs=1e-9)
    inside = sum(people[own] @ value[own] / (people @ value) * theil(value[own], people[own]).total
                 for one in set(group.tolist()) if value[own := group == one].any())
    assert parts.within == pytest.approx(inside, abs=1e-9)
    assert parts.within + parts.between == pytest.approx(parts.total, abs=1e-9)
    assert -1e-12 <= parts.total <= np.log(people.sum()) + 1e-9


@given(crowds, st.floats(0.01, 100), st.integers(2, 5), st.randoms(use_true_random=False))
def test_scale_copies_and_row_order_change_nothing(rows: Any, factor: float, copies: int, chance: Any) -> None:
    value, people, rank, group = columns(rows)
    order = list(range(len(value)))
    chance.shuffle(order)

    def told(value: np.ndarray, people: np.ndarray, rank: np.ndarray, group: np.ndarray) -> list[float]:
        parts = theil(value, people, group)
        return [gini(value, people), palma(value, people), concentration(value, people, rank), parts.total, parts.within, parts.between]

    expected = pytest.approx(told(value, people, rank, group), rel=1e-6, abs=1e-9)
    assert told(value * factor, people, rank, group) == expected
    assert told(value, people * copies, rank, group) == expected
    assert told(np.tile(value, copies), np.tile(people, copies), np.tile(rank, copies), np.tile(group, copies)) == expected
    assert told(value[order], people[order], rank[order], group[order]) == expected


@given(crowds, st.integers(0, 11), st.integers(0, 11), st.floats(0.01, 0.49))
def test_a_gift_from_who_has_more_to_who_has_less_never_makes_it_less_even(rows: Any, first: int, second: int, part: float) -> None:
    value, people, *_ = columns(rows)
    poor, rich = sorted((first % len(value), second % len(value)), key=lambda one: value[one])
    people = np.ones(len(value))  # one a place, so that a gift is one between two people
    after = value.copy()
    gift = part * (value[rich] - value[poor])
    after[rich] -= gift
    after[poor] += gift
    assert gini(after, people) <= gini(value, people) + 1e-9
    assert theil(after, people).total <= theil(value, people).total + 1e-9
    assert (lorenz(after, people).at(np.linspace(0, 1, 21)) >= lorenz(value, people).at(np.linspace(0, 1, 21)) - 1e-9).all()


@given(crowds)
def test_bounds_and_the_shape_of_the_curve(rows: Any) -> None:
    value, people, *_ = columns(rows)
    assert 0 <= gini(value, people) < 1
    assert palma(value, people) >= 0.25 - 1e-9
    curve = lorenz(value, people)
    assert (curve.people[0], curve.value[0], curve.people[-1], curve.value[-1]) == (0, 0, 1, 1)
    slope = np.diff(curve.value) / np.diff(curve.people)
    assert (np.diff(slope) >= -1e-6 * slope.max()).all()
    same = np.full(len(value), 3.7)
    assert (gini(same, people), theil(same, people).total) == (pytest.approx(0, abs=1e-12), pytest.approx(0, abs=1e-12))
    assert palma(same, people) == pytest.approx(0.25)
