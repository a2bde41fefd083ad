"""The datum judge is right or asks; it is never wrong."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pyproj
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from wanli_geo.errors import UnknownDatum
from wanli_geo.workspace.datums import from_wgs84
from wanli_geo.workspace.intake.datum import STRAYS, judge, known_datum
from wanli_geo.workspace.store import bundled, open_workspace

WANLI = open_workspace(bundled())
NOBODY = replace(WANLI, layers={"boundary": WANLI.layer("boundary")})  # no names to go by
BOUNDARY = shapely.union_all(WANLI.layer("boundary").geometry.to_numpy())
PLANES = ("EPSG:4549", "EPSG:4528", "EPSG:4550", "EPSG:4529", "EPSG:4499", "EPSG:3857")
DEGREES = ("wgs84", "gcj02", "bd09")


def spread(seed: int, count: int) -> tuple[np.ndarray, np.ndarray]:
    """So many points anywhere inside the boundary."""
    chosen = np.random.default_rng(seed)
    west, south, east, north = BOUNDARY.bounds
    points = chosen.uniform((west, south), (east, north), (count * 8, 2))
    return tuple(points[shapely.intersects_xy(BOUNDARY, *points.T)][:count].T)  # type: ignore[return-value]


def in_datum(lon: np.ndarray, lat: np.ndarray, datum: str) -> tuple[np.ndarray, np.ndarray]:
    if datum in DEGREES:
        return from_wgs84(lon, lat, datum)  # type: ignore[arg-type]
    return pyproj.Transformer.from_crs("EPSG:4326", datum, always_xy=True).transform(lon, lat)


@settings(max_examples=150)
@given(seed=st.integers(0, 2**32), count=st.integers(30, 200), datum=st.sampled_from(DEGREES + PLANES), swapped=st.booleans())
def test_of_points_spread_inside_the_boundary_the_judge_is_right_or_asks(seed, count, datum, swapped):
    lon, lat = spread(seed, count)
    x, y = in_datum(lon, lat, datum)
    judged = judge(*((y, x) if swapped else (x, y)), NOBODY)
    assert judged.verdict in ("judged", "ambiguous")
    if judged.reading is not None:
        assert (judged.datum, judged.reading.swapped) == (datum, swapped)


@pytest.mark.parametrize("datum", DEGREES)
def test_of_many_points_over_the_whole_place_it_does_not_ask(datum):
    decided = [judge(*in_datum(*spread(seed, 60), datum), NOBODY).datum for seed in range(40)]
    assert decided.count(datum) >= 38


@settings(max_examples=60)
@given(seed=st.integers(0, 2**32), count=st.integers(30, 100), datum=st.sampled_from(DEGREES), strays=st.integers(1, 10))
def test_a_tenth_of_strays_does_not_mislead_it(seed, count, datum, strays):
    lon, lat = spread(seed, count)
    away = min(strays, int(count * STRAYS))
    lon[:away] += 0.05
    judged = judge(*in_datum(lon, lat, datum), NOBODY)
    assert judged.datum in (datum, "")


@pytest.mark.parametrize("datum", DEGREES)
def test_a_cluster_in_the_middle_is_asked_about(datum):
    middle = np.array(BOUNDARY.representative_point().coords[0])
    lon, lat = (middle + np.random.default_rng(1).uniform(-0.001, 0.001, (50, 2))).T
    judged = judge(*in_datum(lon, lat, datum), NOBODY, layer="facilities")
    assert (judged.verdict, judged.reading) == ("ambiguous", None)
    assert [finding.code for finding in judged.findings] == ["datum_ambiguous"]
    assert "--datum" in judged.findings[0].fix_zh and "100%" in judged.findings[0].zh


@pytest.mark.parametrize("datum", DEGREES)
def test_a_cluster_just_outside_the_edge_is_not_taken_inside(datum):
    south = BOUNDARY.bounds[1]
    lon, lat = (np.array([BOUNDARY.centroid.x, south - 0.002]) + np.random.default_rng(2).uniform(-0.001, 0.001, (50, 2))).T
    assert judge(*in_datum(lon, lat, datum), NOBODY).datum in (datum, "")


@pytest.mark.parametrize("datum", DEGREES)
def test_names_that_are_there_already_decide_even_for_a_cluster(datum):
    held = WANLI.layer("facilities")
    inside = held[shapely.dwithin(held.geometry, BOUNDARY.centroid, 0.004)].head(12)
    lon, lat = shapely.get_coordinates(shapely.point_on_surface(inside.geometry.to_numpy())).T
    judged = judge(*in_datum(lon, lat, datum), WANLI, names=inside["name"].tolist())
    assert (judged.datum, judged.verdict) == (datum, "judged")


def test_what_is_stated_is_respected_where_the_evidence_allows_it():
    middle = np.array(BOUNDARY.representative_point().coords[0])
    lon, lat = (middle + np.random.default_rng(1).uniform(-0.001, 0.001, (50, 2))).T
    for datum in ("gcj02", "cgcs2000"):
        judged = judge(lon, lat, NOBODY, stated=datum)
        assert (judged.datum, judged.verdict) == (datum, "stated")


@pytest.mark.parametrize("by_file", [True, False])
def test_what_the_points_contradict_is_asked_about(by_file):
    x, y = in_datum(*spread(3, 100), "EPSG:4549")
    judged = judge(x, y, NOBODY, stated="EPSG:4548", by_file=by_file)
    assert judged.reading is None
    assert "EPSG:4549" in judged.findings[0].zh


def test_points_in_another_town_are_under_no_datum_here():
    lon, lat = spread(4, 50)
    judged = judge(lon - 5, lat + 3, NOBODY)
    assert (judged.verdict, judged.reading) == ("outside", None)


def test_columns_the_wrong_way_round_are_told():
    lon, lat = spread(5, 100)
    judged = judge(lat, lon, NOBODY, stated="wgs84")
    assert judged.reading is not None and judged.reading.swapped
    assert [finding.code for finding in judged.findings] == ["axes_swapped"]


@pytest.mark.parametrize(("stated", "known"), [
    ("WGS84", "wgs84"), ("EPSG:4326", "wgs84"), ("4490", "cgcs2000"), ("epsg:4549", "EPSG:4549"), (pyproj.CRS(4549).to_wkt(), "EPSG:4549"),
    (pyproj.CRS(4326).to_wkt("WKT1_ESRI"), "wgs84"), ("", ""),
])
def test_one_datum_has_one_name(stated, known):
    assert known_datum(stated) == known


def test_a_datum_that_is_none_is_refused():
    with pytest.raises(UnknownDatum, match="say one of wgs84"):
        known_datum("上海坐标")
