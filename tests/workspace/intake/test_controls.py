"""Control points: a local plane comes back to where it was made from, and what does not fit is refused."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from wanli_geo.workspace.intake.asked import Control
from wanli_geo.workspace.intake.controls import fit
from wanli_geo.workspace.store import to_degrees, to_metres

CRS = "EPSG:4549"
HERE = np.array([633_000.0, 3_460_000.0])
CORNERS = np.array([(0.0, 0.0), (900.0, 100.0), (400.0, 700.0), (-200.0, 500.0)])


def controls(xy: np.ndarray, at: np.ndarray, x_north: bool = False) -> list[Control]:
    lonlat = shapely.get_coordinates(to_degrees(shapely.points(at), CRS))
    return [Control(*((y, x) if x_north else (x, y)), lon, lat) for (x, y), (lon, lat) in zip(xy, lonlat, strict=True)]


def turned(xy: np.ndarray, angle: float, scale: float) -> np.ndarray:
    cos, sin = np.cos(angle), np.sin(angle)
    return HERE + scale * xy @ np.array([[cos, sin], [-sin, cos]])


@given(angle=st.floats(-0.3, 0.3), scale=st.floats(0.995, 1.005), count=st.integers(2, 4), x_north=st.booleans())
def test_a_plane_comes_back_to_where_it_was_made_from(angle, scale, count, x_north):
    fitted, findings = fit(controls(CORNERS[:count], turned(CORNERS[:count], angle, scale), x_north), CRS, "streets")
    assert fitted is not None
    assert [finding.code for finding in findings] == (["controls_north"] if x_north else [])
    inside = np.array([(123.0, 456.0), (700.0, -50.0)])
    moved = to_metres(fitted.place(shapely.points(inside[:, ::-1] if x_north else inside)), CRS)
    assert shapely.get_coordinates(moved) == pytest.approx(turned(inside, angle, scale), abs=1e-4)
    assert fitted.scale == pytest.approx(scale, abs=1e-6)
    assert max(fitted.residuals_m) < 1e-4


def test_the_residual_shows_which_control_is_wrong():
    at = turned(CORNERS, 0.1, 1.0)
    at[3] += (0.0, 30.0)
    fitted, findings = fit(controls(CORNERS, at), CRS, "streets")
    assert fitted is None
    assert findings[0].code == "controls_off"


def test_centimetres_of_measuring_are_told_and_taken():
    at = turned(CORNERS, 0.1, 1.0) + np.array([(0.1, 0), (-0.1, 0), (0, 0.1), (0, -0.1)])
    fitted, findings = fit(controls(CORNERS, at), CRS, "streets")
    assert fitted is not None and findings == []
    assert 0 < fitted.rms_m < 0.2


@pytest.mark.parametrize(("rows", "code"), [([0], "controls_few"), ([0, 0], "controls_same")])
def test_too_few_are_refused(rows, code):
    assert [finding.code for finding in fit(controls(CORNERS[rows], turned(CORNERS[rows], 0, 1)), CRS, "streets")[1]] == [code]


def test_two_points_that_fit_both_ways_are_asked_about():
    pair = np.array([(0.0, 0.0), (500.0, 500.0)])  # on the diagonal x and y are one
    assert [finding.code for finding in fit(controls(pair, turned(pair, 0, 1)), CRS, "streets")[1]] == ["controls_unsided"]


def test_a_drawing_in_millimetres_is_told():
    fitted, findings = fit(controls(CORNERS * 1000, turned(CORNERS, 0.1, 1.0)), CRS, "streets")
    assert fitted is not None
    assert [finding.code for finding in findings] == ["controls_scale"]
