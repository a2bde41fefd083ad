"""The estimate of residents, counted on the fingers."""

from __future__ import annotations

import numpy as np
import pytest

from wanli_geo.workspace.osm_residents import ResidentsRule, estimate, levels_of

RULE = ResidentsRule(m2_per_person=40.0)


def test_a_hundred_square_metres_on_six_floors_house_fifteen() -> None:
    assert estimate(np.array([100.0, 0.0]), np.array([6.0, 6.0]), RULE).tolist() == [15.0, 0.0]


def test_residents_are_whole_numbers() -> None:
    assert estimate(np.array([59.0]), np.array([1.0]), RULE).tolist() == [1.0]


@pytest.mark.parametrize(("building", "levels", "height", "expected"), [
    ("apartments", 11.0, 99.0, 11.0), ("apartments", None, 18.5, 6.0), ("apartments", None, None, 6.0), ("house", None, None, 2.0),
    ("yes", None, None, 3.0), ("yes", 500.0, None, 3.0), ("yes", 0.0, None, 3.0), ("bungalow", None, 2.0, 1.0),
])
def test_levels_are_tagged_or_told_by_height_or_by_kind(building: str, levels: float | None, height: float | None, expected: float) -> None:
    assert levels_of(building, levels, height, RULE) == expected


def test_the_manifest_carries_every_parameter() -> None:
    assert {"m2_per_person", "storey_m", "minimum_m2", "maximum_levels", "default_levels", "zh", "en", "source"} <= set(RULE.manifest())
