"""What a route runs on and beside, on a few streets drawn by hand."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from wanli_geo.routes.alongside import beside_areas, on_streets, share, values_on
from wanli_geo.routes.line import Route

STRAIGHT = Route(np.array([[0.0, 0.0], [200.0, 0.0]]))


def lines(*texts: str) -> np.ndarray:
    return np.array(shapely.from_wkt(list(texts)), dtype=object)


def test_the_street_walked_on_is_the_one_that_runs_along() -> None:
    streets = lines("LINESTRING(0 6,100 6)", "LINESTRING(100 -8,200 -8)", "LINESTRING(50 -50,50 50)", "LINESTRING(0 2,0 90)")
    found = on_streets(STRAIGHT, streets)
    assert found.value.tolist() == [0, 1]
    assert found.end.tolist() == pytest.approx([100, 200], abs=6)


def test_off_every_street_there_is_none() -> None:
    assert on_streets(STRAIGHT, lines("LINESTRING(0 40,200 40)")).value.tolist() == [-1]
    assert on_streets(STRAIGHT, np.empty(0, dtype=object)).value.tolist() == [-1]


def test_values_of_the_streets_are_merged_and_what_is_not_known_stays_so() -> None:
    streets = lines("LINESTRING(0 1,50 1)", "LINESTRING(50 1,100 1)", "LINESTRING(150 1,200 1)")
    found = values_on(on_streets(STRAIGHT, streets), np.array(["asphalt", "asphalt", None], dtype=object))
    assert found.value.tolist() == ["asphalt", None]
    assert found.end.tolist() == pytest.approx([100, 200], abs=12)


def test_a_park_beside_half_the_way() -> None:
    found = beside_areas(STRAIGHT, lines("POLYGON((0 5,100 5,100 50,0 50,0 5))"), within_m=10)
    assert share(found, 200.0) == pytest.approx(0.5, abs=0.06)
