"""SVG, mark by mark, in millimetres. The only file that writes SVG."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from wanli_geo.report import palette
from wanli_geo.report.naming import width_of

Floats = NDArray[np.float64]
Shapes = NDArray[np.object_]

# Written once on the whole drawing: whichever of these a machine has.
FAMILY = "Noto Sans SC, Noto Sans CJK SC, PingFang SC, Microsoft YaHei, sans-serif"
FINEST_MM = 0.05  # no eye sees less on paper
_DECIMALS = 2
_PAGE_MM = 174.0  # the width of a picture on A4, for which all sizes are chosen
# What XML 1.0 has no way to say, line breaks included: a text on a drawing is one line.
_UNSAYABLE = re.compile("[^\\x20-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]|[\\x7f-\\x9f\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069]")


def plain(text: str) -> str:
    """One line of a text, without what XML cannot hold and what would turn the direction of writing."""
    return _UNSAYABLE.sub(" ", text).strip()


def mark(tag: str, *inner: str, **attributes: Any) -> str:
    """Write an element; `stroke_width=0.3` becomes `stroke-width="0.3"`, what is None is left out."""
    told = "".join(f' {name.replace("_", "-")}="{_value(value)}"' for name, value in attributes.items() if value is not None)
    return f"<{tag}{told}>{''.join(inner)}</{tag}>" if inner else f"<{tag}{told}/>"


def _value(value: Any) -> str:
    return f"{round(value, 3) + 0.0:g}" if isinstance(value, float) else html.escape(str(value))


def unit_of(width_mm: float) -> float:
    """How long a millimetre of a drawing is on paper: on an A3 letters are larger than on an A4, though not by as much as the paper."""
    return float(round(np.sqrt(np.clip(width_mm / _PAGE_MM, 0.6, 4)), 2))


def drawing(width: float, height: float, unit: float, title: str, alt: str, *inner: str) -> str:
    """A whole SVG document of `width` × `height` units of so many millimetres, which stands alone as a file."""
    size = {"width": f"{width * unit:g}mm", "height": f"{height * unit:g}mm", "viewBox": f"0 0 {width:g} {height:g}"}
    told = (mark("title", html.escape(plain(title))), mark("desc", html.escape(plain(alt))))
    return mark("svg", *told, *inner, xmlns="http://www.w3.org/2000/svg", role="img", font_family=FAMILY, fill=palette.INK, **size) + "\n"


def window(x: float, y: float, width: float, height: float, *inner: str) -> str:
    """A part of the drawing with its own corner, beyond which nothing is seen."""
    return mark("svg", *inner, x=x, y=y, width=width, height=height, viewBox=f"0 0 {width:g} {height:g}")


def path(shapes: Shapes | shapely.Geometry, **style: Any) -> str:
    """One path of lines and areas given in millimetres; nothing where there is nothing to draw."""
    data = path_data(shapes)
    return mark("path", d=data, **style) if data else ""


def path_data(shapes: Shapes | shapely.Geometry) -> str:
    """The `d` of a path, to a hundredth of a millimetre; areas closed, points left out."""
    parts = shapely.get_parts(shapely.get_parts(np.atleast_1d(np.asarray(shapes, dtype=object))))
    dimensions = shapely.get_dimensions(parts)
    rings = shapely.get_rings(parts[dimensions == 2])
    return "".join([*_runs(rings, "z"), *_runs(parts[dimensions == 1], "")])


def _runs(lines: Shapes, end: str) -> Iterable[str]:
    lines = shapely.simplify(lines, FINEST_MM, preserve_topology=False)
    numbers = np.round(shapely.get_coordinates(lines), _DECIMALS) + 0.0
    counts = shapely.get_num_coordinates(lines)
    ends = np.cumsum(counts)
    for low, high in zip((ends - counts).tolist(), ends.tolist(), strict=True):
        if high - low > 1:
            values = numbers[low:high].ravel().tolist()
            yield "M" + ("%g " * len(values) % tuple(values))[:-1] + end


def words(
    x: float, y: float, text: str, size: float, *, fill: str = palette.INK, anchor: str | None = None, bold: bool = False, halo: str | None = None,
    angle: float = 0.0, slanted: bool = False, wide: float = 0.0,
) -> str:
    """Write a line of text on its baseline; `anchor` is middle or end.

    `halo` is the colour that parts the letters from the ground, `slanted` leans them (a Chinese font has no italics), `wide` is the
    space between them.
    """
    turns = [f"translate({x:.2f} {y:.2f})", f"rotate({angle:.1f})" if angle else "", "skewX(-12)" if slanted else ""]
    placed = {"transform": " ".join(filter(None, turns))} if angle or slanted else {"x": x, "y": y}
    outline = {"stroke": halo, "stroke_width": size * 0.28, "stroke_linejoin": "round", "paint_order": "stroke"} if halo else {}
    style = {"font_size": size, "fill": fill, "text_anchor": anchor, "font_weight": 700 if bold else None, "letter_spacing": wide or None}
    return mark("text", html.escape(plain(text)), **placed, **style, **outline)


def fitted(text: str, size: float, most: float) -> str:
    """The text, cut with an ellipsis where it is wider than `most`."""
    text = plain(text)
    if width_of(text, size) <= most:
        return text
    while text and width_of(text, size) + size > most:
        text = text[:-1]
    return text.rstrip() + "…"
