"""Colours are told apart by every reader, and text on them can be read."""

from itertools import combinations

import numpy as np
import pytest

from wanli_geo.report import palette

# Full loss of one kind of cone, on linear RGB: Machado, Oliveira, Fernandes 2009, severity 1.0.
EYES = {
    "all cones": np.eye(3),
    "protanopia": np.array([[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]),
    "deuteranopia": np.array([[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]),
    "tritanopia": np.array([[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]),
}
TO_XYZ = np.array([[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]])
WHITE_POINT = TO_XYZ.sum(axis=1)
SHADES = [shade.color for shade in palette.gap_shades()]


def lab(color: str, eye: str = "all cones") -> np.ndarray:
    """CIE L*a*b* of a colour as an eye sees it (D65)."""
    seen = np.clip(EYES[eye] @ palette.linear_rgb(color), 0, 1)
    ratio = TO_XYZ @ seen / WHITE_POINT
    x, y, z = np.where(ratio > 216 / 24389, np.cbrt(ratio), (24389 / 27 * ratio + 16) / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


@pytest.mark.parametrize("eye", EYES)
def test_every_two_shades_of_a_coverage_are_told_apart_by_every_eye(eye):
    for one, other in combinations([palette.COVERED, *SHADES], 2):
        assert np.linalg.norm(lab(one, eye) - lab(other, eye)) >= 10, (one, other)


@pytest.mark.parametrize("eye", EYES)
def test_every_two_themes_are_told_apart_by_every_eye(eye):
    for one, other in combinations(palette.THEMES, 2):
        assert np.linalg.norm(lab(one.color, eye) - lab(other.color, eye)) >= 10, (one.code, other.code)


def test_a_worse_gap_is_darker_so_that_grey_print_tells_it_too():
    assert np.all(np.diff([lab(color)[0] for color in SHADES]) <= -5)


@pytest.mark.parametrize("fill", [palette.COVERED, palette.UNKNOWN, *SHADES, palette.GROUND["compound"], palette.GROUND["inside"]])
def test_ink_is_read_on_every_fill(fill):
    assert palette.contrast(palette.INK, fill) >= 4.5


@pytest.mark.parametrize("theme", palette.THEMES, ids=lambda theme: theme.code)
def test_a_theme_writes_on_white_and_draws_signs_on_paper(theme):
    assert palette.contrast(theme.ink, palette.WHITE) >= 4.5
    assert palette.contrast(theme.ink, palette.GROUND["inside"]) >= 3


@pytest.mark.parametrize("fill", [palette.COVERED, palette.GROUND["inside"], palette.GROUND["compound"], palette.WHITE])
def test_the_outline_of_a_gap_stands_out_from_what_lies_beside_it(fill):
    assert palette.contrast(palette.GAP_INK, fill) >= 3


def test_contrast_runs_from_1_to_21():
    assert palette.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert palette.contrast("#123456", "#123456") == 1


def test_breaks_belong_to_the_lighter_side_and_no_facility_at_all_is_the_darkest():
    assert palette.gap_class([0.0, 99.9, 100.0, 100.1, 200.0, 400.0, 400.1, 9e9, np.nan]).tolist() == [0, 0, 0, 1, 1, 2, 3, 3, 3]


def test_the_ramp_has_no_hole():
    shades = palette.gap_shades()
    assert [shade.from_m for shade in shades[1:]] == [shade.to_m for shade in shades[:-1]]
    assert shades[0].from_m == 0
    assert shades[-1].to_m is None
