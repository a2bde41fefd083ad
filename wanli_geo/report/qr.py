"""A QR code of an address, drawn by our own pen: dark modules as one path, with the quiet zone a camera needs. Touches no network."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

import segno

from wanli_geo.report.carto.pen import drawing, mark

# Light modules on every side, ISO/IEC 18004 §9.1.
QUIET = 4
# Level M restores 15 % of the code: a plate outdoors is scratched and pasted over.
_LEVEL = "m"
_DARK, _LIGHT = "#000000", "#ffffff"

Modules = tuple[tuple[bool, ...], ...]


def modules(text: str) -> Modules:
    """The dark (true) and light modules of the QR code of a text, row by row, without the quiet zone; the same text gives the same code."""
    return tuple(tuple(bool(module) for module in row) for row in segno.make_qr(text, error=_LEVEL, boost_error=False).matrix)


def qr(text: str, *, x: float, y: float, side: float) -> str:
    """Draw the code with its quiet zone, as SVG marks, in a square with this corner and side."""
    code = modules(text)
    unit = side / (len(code) + 2 * QUIET)
    ground = mark("rect", x=x, y=y, width=side, height=side, fill=_LIGHT)
    scale = f"translate({x:.4f} {y:.4f}) scale({unit:.6f}) translate({QUIET} {QUIET})"
    return ground + mark("path", d="".join(_runs(code)), fill=_DARK, transform=scale, shape_rendering="crispEdges")


def qr_svg(text: str, side_mm: float = 30.0) -> str:
    """The code as an SVG document of its own, which says its address in words too."""
    return drawing(side_mm, side_mm, 1.0, text, text, qr(text, x=0.0, y=0.0, side=side_mm))


def _runs(code: Modules) -> Iterable[str]:
    """Each run of dark modules in a row as one rectangle."""
    for y, row in enumerate(code):
        x = 0
        for dark, run in groupby(row):
            length = len(list(run))
            if dark:
                yield f"M{x} {y}h{length}v1h-{length}z"
            x += length
