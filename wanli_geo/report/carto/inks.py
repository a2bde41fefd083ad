"""In what the things of a map are drawn: inks for areas and lines, signs for places. The legend draws with the same."""

from __future__ import annotations

from dataclasses import dataclass

from wanli_geo.report import palette
from wanli_geo.report.carto.pen import mark, words


@dataclass(frozen=True)
class Ink:
    """How areas and lines are drawn; widths in millimetres, an empty colour draws nothing.

    `halo` parts a line from what lies beneath; `bold` ink is the answer itself, which names keep off.
    """

    fill: str = ""
    edge: str = ""
    width: float = 0.25
    dash: str = ""
    opacity: float = 1.0
    hatch: str = ""
    halo: str = ""
    bold: bool = False


@dataclass(frozen=True)
class Sign:
    """A round sign with one or two characters: in its colour on white, `solid` the other way round; without a glyph a dot."""

    glyph: str
    color: str
    solid: bool = False
    radius: float = 1.9
    dashed: bool = False

    def drawn(self, x: float, y: float) -> str:
        """Draw the sign with its middle there."""
        if not self.glyph:
            return self.dot(x, y)
        fill, ink = (self.color, palette.WHITE) if self.solid else (palette.WHITE, self.color)
        size = self.radius * (1.25 if len(self.glyph) == 1 else 0.85)
        circle = mark("circle", cx=x, cy=y, r=self.radius, fill=fill, stroke=palette.WHITE if self.solid else self.color, stroke_width=0.35,
                      stroke_dasharray="0.9 0.6" if self.dashed else None)
        return circle + words(x, y + size * 0.37, self.glyph, size, fill=ink, anchor="middle", bold=True)

    def dot(self, x: float, y: float) -> str:
        """Draw only a dot of the same colour."""
        return mark("circle", cx=x, cy=y, r=min(self.radius, 0.75), fill=self.color, stroke=palette.WHITE, stroke_width=0.25)
