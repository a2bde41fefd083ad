"""What a proposed loop is like along it: stretches that cover it once and sum to its shares, crossings that sum to its count."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyproj
import pytest
import shapely

from wanli_geo.answer import Answer
from wanli_geo.study import open_study

GEOD = pyproj.Geod(ellps="WGS84")


@pytest.fixture(scope="module")
def answer() -> Answer:
    return open_study().routes.loops(121.401, 31.271)


def of_each(answer: Answer, layer: str) -> list[tuple[pd.Series, pd.DataFrame]]:
    rows = answer.features[layer]
    return [(loop, rows[rows["loop"] == loop["id"]]) for _, loop in answer.features["loops"].iterrows()]


def test_the_stretches_cover_each_loop_once_from_end_to_end(answer: Answer) -> None:
    for loop, along in of_each(answer, "along"):
        assert along["from_m"].tolist() == pytest.approx([0.0, *along["to_m"].tolist()[:-1]])
        assert along["to_m"].iloc[-1] == pytest.approx(loop["length_m"])
        assert along["metres"].to_numpy() == pytest.approx((along["to_m"] - along["from_m"]).to_numpy())


def test_the_stretches_sum_to_the_shares_of_the_loop(answer: Answer) -> None:
    for loop, along in of_each(answer, "along"):
        for name in ("lit", "green", "water"):
            assert np.average(along[name], weights=along["metres"]) == pytest.approx(loop[f"{name}_share"])


def test_a_stretch_is_as_long_on_the_ellipsoid_as_it_says(answer: Answer) -> None:
    along = answer.features["along"]
    assert [GEOD.geometry_length(line) for line in along.geometry] == pytest.approx(along["metres"].tolist(), rel=1e-3, abs=0.05)


def test_the_crossings_sum_to_those_counted_and_lie_on_the_loop_at_their_chainage(answer: Answer) -> None:
    for loop, crossings in of_each(answer, "crossings"):
        assert crossings["roads"].sum() == loop["crossings"]
        lon, lat = shapely.get_coordinates(loop["geometry"]).T
        chainage = np.concatenate([[0.0], np.cumsum(GEOD.line_lengths(lon, lat))])
        there = [np.interp(crossings["chainage_m"], chainage, axis) for axis in (lon, lat)]
        assert GEOD.inv(*shapely.get_coordinates(crossings.geometry.to_numpy()).T, *there)[2] == pytest.approx(0.0, abs=0.5)
