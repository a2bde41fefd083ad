"""Ground sampled place by place: evenly, all of it, nothing twice."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from wanli_geo.access.land import areas_by_status, sampled

boxes = st.lists(st.tuples(st.floats(-500, 500), st.floats(-500, 500), st.floats(0.5, 200), st.floats(0.5, 200)), min_size=1, max_size=5)


def test_a_square_of_three_by_three_cells_has_nine_places_in_the_middle_of_each() -> None:
    found = sampled(np.array([shapely.box(30, 45, 75, 90)]), 15)
    assert sorted(map(tuple, found.xy)) == [(x, y) for x in (37.5, 52.5, 67.5) for y in (52.5, 67.5, 82.5)]
    assert found.area_m2.tolist() == [225] * 9


def test_an_area_smaller_than_a_cell_has_one_place_inside_it() -> None:
    yard = shapely.box(1, 1, 5, 5)
    found = sampled(np.array([shapely.box(30, 45, 75, 90), yard, shapely.box(30, 45, 75, 90)]), 15)
    assert np.bincount(found.owner).tolist() == [9, 1, 9]
    assert yard.contains(shapely.Point(found.xy[found.owner == 1][0]))
    assert found.area_m2[found.owner == 1].tolist() == [16]


def test_no_places_where_there_is_no_area() -> None:
    found = sampled(np.empty(0, dtype=object), 15)
    assert (found.xy.shape, found.owner.shape, found.area_m2.shape) == ((0, 2), (0,), (0,))
    assert areas_by_status(found, 0, found.owner).shape == (0, 3)


@given(boxes, st.sampled_from([7.0, 15.0, 40.0]))
def test_the_places_lie_inside_and_add_up_to_the_area(made: list[tuple[float, float, float, float]], cell: float) -> None:
    shapes = np.array([shapely.box(x, y, x + wide, y + high) for x, y, wide, high in made])
    found = sampled(shapes, cell)
    assert shapely.intersects_xy(shapes[found.owner], found.xy[:, 0], found.xy[:, 1]).all()
    assert (np.diff(found.owner) >= 0).all()
    status = np.arange(len(found.owner)) % 3
    by_status = areas_by_status(found, len(shapes), status)
    assert by_status.sum(axis=1) == pytest.approx(shapely.area(shapes))
