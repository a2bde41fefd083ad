"""Stretches by from and to, counted on the fingers."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wanli_geo.routes.stretches import Stretches, amount, gaps, merge, middles, of_samples, overlay


def test_equal_neighbours_are_one_stretch() -> None:
    found = of_samples(np.array(["dark", "dark", "lit", "dark"]), 100.0)
    assert (found.start.tolist(), found.end.tolist(), found.value.tolist()) == ([0, 50, 75], [50, 75, 100], ["dark", "lit", "dark"])
    assert len(merge(Stretches(np.array([0.0, 10.0]), np.array([10.0, 20.0]), np.array([np.nan, np.nan])))) == 1
    assert len(merge(Stretches(np.array([0.0, 12.0]), np.array([10.0, 20.0]), np.array([1.0, 1.0])))) == 2


def test_two_layers_cut_at_all_their_ends() -> None:
    wide = Stretches(np.array([0.0, 60.0]), np.array([60.0, 100.0]), np.array([3.0, 1.0]))
    works = Stretches(np.array([40.0]), np.array([70.0]), np.array([True]))
    start, end, rows = overlay([wide, works])
    assert (start.tolist(), end.tolist()) == ([0, 40, 60, 70], [40, 60, 70, 100])
    assert rows.tolist() == [[0, -1], [0, 0], [1, 0], [1, -1]]
    assert amount(works, np.array([0.0, 50.0]), np.array([50.0, 100.0])).tolist() == [10, 20]


def test_the_stretch_over_the_seam_of_a_loop_is_one() -> None:
    assert [part.tolist() for part in gaps(np.array([90.0, 10.0]), 100.0, closed=True)] == [[10, 90], [80, 20]]
    assert [part.tolist() for part in gaps(np.array([90.0, 10.0]), 100.0, closed=False)] == [[0, 10, 90], [10, 80, 10]]
    assert [part.tolist() for part in gaps(np.empty(0), 100.0, closed=True)] == [[0], [100]]


@given(st.lists(st.floats(0, 999), max_size=20), st.booleans())
def test_gaps_add_up_to_the_route(events: list[float], closed: bool) -> None:
    assert gaps(np.array(events), 1_000.0, closed=closed)[1].sum() == pytest.approx(1_000.0)


@given(st.floats(1, 5_000), st.floats(1, 100))
def test_samples_stand_in_the_middle_of_equal_parts(length: float, step: float) -> None:
    where = middles(length, step)
    assert length / len(where) <= step * (1 + 1e-6)
    assert where[0] == pytest.approx(length - where[-1])
