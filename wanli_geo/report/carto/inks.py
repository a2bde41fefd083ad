"""In what the things of a map are drawn: inks for areas and lines, signs for places. The legend draws with the same."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from wanli_geo.report import palette
from wanli_geo.report.carto.pen import FINEST_MM, mark, path, words

Shapes = NDArray[np.object_]

_HATCH_MM, _HATCH_LINE_MM = 1.1, 0.26
_HALO_MM = 0.4  # on either side of a line


@dataclass(frozen=True)
class Ink:
    """How areas and lines are drawn; widths in millimetres, an empty colour draws nothing.

    `hatch` is the colour of lines at 45° over the fill; `halo` parts a line from what lies beneath; `bold` ink is the answer itself, which
    names keep off.
    """

    fill: str = ""
    edge: str = ""
    width: float = 0.25
    dash: str = ""
    opacity: float = 1.0
    hatch: str = ""
    halo: str = ""
    bold: bool = False

    def drawn(self, shapes: Shapes) -> Iterable[str]:
        """Draw shapes given in millimetres, all of them in one path a layer of ink."""
        flat = shapes[shapely.get_dimensions(shapes) == 2]
        if self.fill:
            yield path(flat, fill=self.fill, fill_opacity=self.opacity if self.opacity < 1 else None)
        if self.hatch:
            yield path(hatched(flat), fill="none", stroke=self.hatch, stroke_width=_HATCH_LINE_MM)
        if self.edge:
            round_ends = {"stroke_linejoin": "round", "stroke_linecap": None if self.dash else "round"}
            if self.halo:
                yield path(shapes, fill="none", stroke=self.halo, stroke_width=self.width + 2 * _HALO_MM, **round_ends)
            yield path(shapes, fill="none", stroke=self.edge, stroke_width=self.width, stroke_dasharray=self.dash or None, **round_ends)


def hatched(areas: Shapes) -> Shapes:
    """Lines at 45° inside areas, the same distance apart and in step wherever the areas lie.

    Drawn as lines and not as a pattern: of a turned pattern typst and Word show the seams.
    """
    whole = shapely.union_all(shapely.make_valid(areas))
    if whole.is_empty:
        return np.empty(0, dtype=object)
    west, north, east, south = whole.bounds
    step = _HATCH_MM * np.sqrt(2)
    sums = np.arange(np.floor((west + north) / step) * step, east + south + step, step)  # along each line x + y is the same
    ends = np.stack([np.column_stack([sums - y, np.full_like(sums, y)]) for y in (south, north)], axis=1)
    shapely.prepare(whole)
    cut = shapely.intersection(shapely.linestrings(ends), whole)
    return np.asarray(cut[shapely.length(cut) > FINEST_MM], dtype=object)


@dataclass(frozen=True)
class Sign:
    """A round sign with one or two characters: in its colour on white, `solid` the other way round; without a glyph a dot."""

    glyph: str
    color: str
    solid: bool = False
    radius: float = 1.9
    dashed: bool = False
    edge: str = palette.WHITE  # of a dot

    def drawn(self, x: float, y: float) -> str:
        """Draw the sign with its middle there."""
        if not self.glyph:
            return self.dot(x, y)
        fill, ink, edge = (self.color, palette.WHITE, palette.WHITE) if self.solid else (palette.WHITE, self.color, self.color)
        size = self.radius * (1.25 if len(self.glyph) == 1 else 0.85)
        dash = "0.9 0.6" if self.dashed else None
        circle = mark("circle", cx=x, cy=y, r=self.radius, fill=fill, stroke=edge, stroke_width=0.35, stroke_dasharray=dash)
        return circle + words(x, y + size * 0.37, self.glyph, size, fill=ink, anchor="middle", bold=True)

    def dot(self, x: float, y: float) -> str:
        """Draw only a dot of the same colour."""
        return mark("circle", cx=x, cy=y, r=min(self.radius, 0.8), fill=self.color, stroke=self.edge, stroke_width=0.25)
