"""A QR code drawn by our pen has the modules of the standard, and room around it."""

import re

import numpy as np
import segno

from wanli_geo.report.qr import QUIET, modules, qr, qr_svg

ADDRESS = "https://example.org/wanli/red_walkway.html#ws-03"


def painted(svg, side):
    """The modules as the path paints them, by its rectangles."""
    grid = np.zeros((side, side), dtype=bool)
    for x, y, length, back in re.findall(r"M(\d+) (\d+)h(\d+)v1h-(\d+)z", svg):
        assert length == back
        grid[int(y), int(x) : int(x) + int(length)] = True
    return grid


def test_the_path_paints_the_code_module_by_module():
    code = np.array(segno.make(ADDRESS, error="m", boost_error=False, micro=False).matrix, dtype=bool)
    assert (painted(qr(ADDRESS, x=0, y=0, side=30), len(code)) == code).all()


def test_the_three_finders_stand_in_their_corners():
    code = np.array(modules(ADDRESS))
    finder = np.pad(np.pad(np.ones((3, 3), bool), 1), 1, constant_values=True)
    for corner in (code[:7, :7], code[:7, -7:], code[-7:, :7]):
        assert (corner == finder).all()


def test_four_light_modules_lie_around_it():
    side = len(modules(ADDRESS))
    assert f"scale({29 / (side + 2 * QUIET):.6f}) translate(4 4)" in qr(ADDRESS, x=1, y=2, side=29)


def test_it_stands_alone_and_asks_for_nothing():
    svg = qr_svg(ADDRESS)
    assert svg == qr_svg(ADDRESS)
    assert "href" not in svg and "url(" not in svg
