"""Where an extract lies: the CRS chosen, and the hull of streets where no box is given."""

from __future__ import annotations

from pathlib import Path

import pyproj
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from tests.osm_town import Town, at, town
from wanli_geo.workspace.osm import import_osm
from wanli_geo.workspace.osm_area import central, metric_crs
from wanli_geo.workspace.store import to_metres


@pytest.mark.parametrize(("place", "longitude", "latitude", "crs"), [
    ("Wanli", 121.39, 31.26, "EPSG:4549"), ("Beijing", 116.4, 39.9, "EPSG:4548"), ("Guangzhou", 113.26, 23.13, "EPSG:4547"),
    ("Urumqi", 87.6, 43.8, "EPSG:4538"), ("Harbin", 126.6, 45.75, "EPSG:4551"), ("Sanya", 109.5, 18.25, "EPSG:4545"),
    ("Shenzhen", 114.06, 22.6, "EPSG:4547"), ("Hong Kong", 114.17, 22.3, "EPSG:32650"), ("Macau", 113.54, 22.19, "EPSG:32649"),
    ("Taipei", 121.56, 25.04, "EPSG:32651"), ("Seoul", 127.0, 37.55, "EPSG:32652"), ("Hanoi", 105.85, 21.03, "EPSG:32648"),
    ("Vladivostok", 131.9, 43.1, "EPSG:32652"), ("Ulaanbaatar", 106.9, 47.9, "EPSG:32648"), ("Helsinki", 24.94, 60.17, "EPSG:32635"),
    ("Sydney", 151.2, -33.87, "EPSG:32756"), ("Date line", 180.0, -17.0, "EPSG:32760"),
])
def test_each_place_is_measured_in_its_own_zone(place: str, longitude: float, latitude: float, crs: str) -> None:
    assert metric_crs(longitude, latitude) == crs


@given(st.floats(-180, 180), st.floats(-79, 79))
def test_anywhere_the_zone_is_near_and_a_metre_is_a_metre(longitude: float, latitude: float) -> None:
    chosen = pyproj.CRS.from_user_input(metric_crs(longitude, latitude))
    assert chosen.axis_info[0].unit_name == "metre"
    scale = pyproj.Proj(chosen).get_factors(longitude, latitude).meridional_scale
    assert 0.9995 < scale < 1.0011


def test_the_chinese_zones_are_those_without_prefix() -> None:
    assert pyproj.CRS.from_epsg(4549).name == "CGCS2000 / 3-degree Gauss-Kruger CM 120E"
    assert pyproj.CRS.from_epsg(int(metric_crs(75.9, 39.4).removeprefix("EPSG:"))).name == "CGCS2000 / 3-degree Gauss-Kruger CM 75E"


def test_without_a_box_the_extent_is_the_hull_of_the_streets_drawn_in(tmp_path: Path) -> None:
    built = town()
    built.box = None
    made = import_osm(built.write(tmp_path / "town.osm.pbf"), tmp_path / "made")
    streets = shapely.union_all(made.metric("streets").geometry.to_numpy())
    assert shapely.convex_hull(streets).contains(made.extent)
    assert not made.extent.contains(streets)
    assert made.extent.area > 0.4 * shapely.convex_hull(streets).area


def test_a_box_that_the_streets_do_not_fill_is_not_believed(tmp_path: Path) -> None:
    built = town()
    built.box = (-50_000, -50_000, 50_000, 50_000)
    made = import_osm(built.write(tmp_path / "town.osm.pbf"), tmp_path / "made")
    assert made.extent.area < 1_000_000


def test_a_single_street_has_an_extent_around_it(tmp_path: Path) -> None:
    built = Town()
    built.way(1, built.node(0, 0), built.node(100, 0), highway="footway")
    made = import_osm(built.write(tmp_path / "one.osm.pbf"), tmp_path / "made")
    middle = to_metres(shapely.Point(at(50, 0)), made.catalogue.metric_crs)
    assert made.extent.contains(middle)
    assert central(shapely.Point(1.0, 2.0)) == (1.0, 2.0)
