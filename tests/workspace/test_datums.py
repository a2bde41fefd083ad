"""Conversions between datums against published values, and there and back again."""

import csv

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from wanli_geo.errors import UnknownDatum
from wanli_geo.workspace.datums import DATUMS, from_wgs84, to_wgs84

SHIFTED = ("gcj02", "bd09")
WANLI = shapely.box(121.385, 31.235, 121.415, 31.265)


def metres_between(lon, lat, lon2, lat2):
    """On a sphere of 6,371 km, near enough for millimetres."""
    return np.hypot((lon2 - lon) * np.cos(np.radians(lat)), lat2 - lat) * np.pi / 180 * 6_371_000


@pytest.fixture
def oracle(facts):
    with (facts / "gcj02-oracle.csv").open(encoding="utf-8") as file:
        return [{key: float(value) for key, value in row.items()} for row in csv.DictReader(file)]


@pytest.mark.parametrize("datum", SHIFTED)
def test_forward_agrees_with_the_oracle_to_seven_decimals(oracle, datum):
    lon, lat = (np.array([row[f"wgs84_{axis}"] for row in oracle]) for axis in ("lon", "lat"))
    wanted = [[row[f"{datum}_{axis}"] for row in oracle] for axis in ("lon", "lat")]
    np.testing.assert_allclose(from_wgs84(lon, lat, datum), wanted, rtol=0, atol=1e-7)


def test_the_shift_in_metres_is_the_oracle_s(oracle):
    for row in oracle:
        lon, lat = row["wgs84_lon"], row["wgs84_lat"]
        assert metres_between(lon, lat, *from_wgs84(lon, lat, "gcj02")) == pytest.approx(row["shift_m"], abs=2)


@pytest.mark.parametrize("datum", DATUMS)
@given(lon=st.floats(73.5, 135.1), lat=st.floats(3.8, 53.6))
def test_there_and_back_in_china_is_less_than_a_millimetre(datum, lon, lat):
    assert metres_between(lon, lat, *to_wgs84(*from_wgs84(lon, lat, datum), datum)) < 1e-3


@pytest.mark.parametrize("datum", SHIFTED)
def test_there_and_back_on_a_fine_grid_of_china_is_less_than_a_millimetre(datum):
    lon, lat = np.meshgrid(np.linspace(73.5, 135.1, 400), np.linspace(3.8, 53.6, 400))
    assert metres_between(lon, lat, *to_wgs84(*from_wgs84(lon, lat, datum), datum)).max() < 1e-3


@given(lon=st.floats(-180, 70), lat=st.floats(-80, 80))
def test_outside_china_gcj02_is_wgs84_and_bd09_still_shifts(lon, lat):
    assert [float(value) for value in from_wgs84(lon, lat, "gcj02")] == [lon, lat]
    assert [float(value) for value in to_wgs84(lon, lat, "gcj02")] == [lon, lat]
    assert metres_between(lon, lat, *from_wgs84(lon, lat, "bd09")) > 100


@pytest.mark.parametrize("datum", DATUMS)
@given(lon=st.sampled_from([72.004, 137.8347]) | st.floats(71.9, 72.1), lat=st.sampled_from([0.8293, 55.8271]) | st.floats(0.7, 0.9))
def test_at_the_edge_of_the_box_nothing_breaks(datum, lon, lat):
    for move in (from_wgs84, to_wgs84):
        assert metres_between(lon, lat, *move(lon, lat, datum)) < 2_000


def test_cgcs2000_is_taken_as_wgs84():
    assert [float(value) for value in to_wgs84(121.4, 31.25, "cgcs2000")] == [121.4, 31.25]


@pytest.mark.parametrize("datum", DATUMS)
@given(arrays(float, (3, 2), elements=st.floats(73.5, 135.1)))
def test_arrays_give_arrays_of_their_shape_and_are_not_changed(datum, lon):
    before = lon.copy()
    x, y = from_wgs84(lon, np.full((3, 2), 31.25), datum)
    assert (x.shape, y.shape, x.dtype) == ((3, 2), (3, 2), np.float64)
    assert (lon == before).all()
    assert [float(value) for value in from_wgs84(lon[1, 0], 31.25, datum)] == [x[1, 0], y[1, 0]]


def test_what_is_not_known_stays_unknown():
    for datum in DATUMS:
        for move in (from_wgs84, to_wgs84):
            lon, lat = move([121.4, np.nan], [31.25, np.nan], datum)
            assert np.isnan([lon[1], lat[1]]).all()
            assert np.isfinite([lon[0], lat[0]]).all()


@pytest.mark.parametrize("move", [from_wgs84, to_wgs84])
def test_a_datum_that_is_none_is_refused(move):
    with pytest.raises(UnknownDatum, match="say one of wgs84, cgcs2000, gcj02, bd09"):
        move(121.4, 31.25, "wgs72")
