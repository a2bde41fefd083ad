"""What stands round a map: the legend's card, scale bar and north arrow, head and foot."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import shapely

from wanli_geo.report import palette, say
from wanli_geo.report.carto.frame import Frame
from wanli_geo.report.carto.inks import Ink, Sign
from wanli_geo.report.carto.pen import fitted, mark, words
from wanli_geo.report.naming import width_of

HEAD_MM, FOOT_MM = 8.0, 7.5
_BAR_MM = 34.0  # the longest scale bar
_TEXT, _ROW, _SAMPLE, _PAD = 2.4, 3.9, 6.0, 2.2


@dataclass(frozen=True)
class Entry:
    """One line of a legend: what is drawn and what it means; `form` is area or line where it is an ink; of `minor` ones only some are told."""

    label: str
    drawn_in: Ink | Sign
    form: str = "area"
    minor: bool = False

    def sample(self, x: float, y: float) -> Iterable[str]:
        """Draw a sample 5 mm wide whose middle line lies at `y`."""
        if isinstance(self.drawn_in, Sign):
            yield self.drawn_in.drawn(x + 2.5, y)
        elif self.form == "line":
            yield from self.drawn_in.drawn(np.array([shapely.LineString([(x, y), (x + 5, y)])], dtype=object))
        else:
            edged = self.drawn_in if self.drawn_in.edge else replace(self.drawn_in, edge=palette.GROUND["road_edge"], width=0.12)
            yield from edged.drawn(np.array([shapely.box(x, y - 1.3, x + 5, y + 1.3)], dtype=object))


@dataclass(frozen=True)
class Card:
    """The legend on a card of its own size, its upper left corner at `x`, `y`; `right` and `low` say to which corner of the map it keeps."""

    heading: str
    entries: tuple[Entry, ...]
    width: float
    height: float
    x: float = 0.0
    y: float = 0.0
    right: bool = True
    low: bool = False

    @classmethod
    def of(cls, heading: str, entries: Sequence[Entry], most: float) -> Card:
        """Make the card as wide as its longest line, `most` millimetres at most; longer lines are cut."""
        longest = max([width_of(entry.label, _TEXT) + _SAMPLE + 1 for entry in entries] + [width_of(heading, _TEXT)], default=0.0)
        width = min(longest + 2 * _PAD + 0.5, most)
        rows = len(entries) + bool(heading)
        return cls(heading, tuple(entries), width, rows * _ROW + 2 * _PAD - 1.2 if rows else 0.0)

    @property
    def box(self) -> shapely.Geometry:
        return shapely.box(self.x, self.y, self.x + self.width, self.y + self.height)

    def placed(self, width: float, height: float, margin: float, *, right: bool, low: bool) -> Card:
        """The card in a corner of a map of that size."""
        x, y = width - self.width - margin if right else margin, height - self.height - margin if low else margin
        return replace(self, x=x, y=y, right=right, low=low)

    def at(self, other: Card) -> Card:
        """This card in the corner that another one keeps to."""
        x = other.x + other.width - self.width if other.right else other.x
        return replace(self, x=x, y=other.y + other.height - self.height if other.low else other.y, right=other.right, low=other.low)

    def drawn(self) -> list[str]:
        """Draw it where it lies; an empty one is not drawn."""
        if not self.height:
            return []
        x, y = self.x, self.y
        room = self.width - 2 * _PAD
        parts = [mark("rect", x=x, y=y, width=self.width, height=self.height, rx=1.4, fill=palette.WHITE, fill_opacity=0.94,
                      stroke=palette.GROUND["road_edge"], stroke_width=0.15)]
        at = y + _PAD + _ROW / 2 - 0.6
        if self.heading:
            parts.append(words(x + _PAD, at + _TEXT * 0.37, fitted(self.heading, _TEXT, room), _TEXT, bold=True))
            at += _ROW
        for entry in self.entries:
            parts += entry.sample(x + _PAD, at)
            parts.append(words(x + _PAD + _SAMPLE + 1, at + _TEXT * 0.37, fitted(entry.label, _TEXT, room - _SAMPLE - 1), _TEXT))
            at += _ROW
        return parts


def rows_in(height: float) -> int:
    """How many lines of a legend a map of that height has room for, a heading taken off."""
    return int((height - 2 * _PAD - 4) / _ROW) - 1


def bar_box(frame: Frame, card: shapely.Geometry) -> shapely.Geometry:
    """The room of the scale bar and the north arrow: at the lower left, or at the lower right where the card lies left."""
    length = _round_length(_BAR_MM / frame.mm_per_m) * frame.mm_per_m
    left = shapely.box(2.5, frame.height - 11.5, length + 13.5, frame.height - 1.5)
    return shapely.affinity.translate(left, frame.width - length - 16) if left.intersects(card) else left


def bar_and_north(frame: Frame, card: shapely.Geometry, lang: say.Lang, colors: Mapping[str, str]) -> Iterable[str]:
    """The scale bar with its ratio, and the north arrow."""
    length_m = _round_length(_BAR_MM / frame.mm_per_m)
    west, top, east, _ = bar_box(frame, card).bounds
    length, x, y = length_m * frame.mm_per_m, west + 1.5, top + 8.0
    ink, halo = colors["ink"], colors["inside"]
    yield mark("rect", x=west, y=top, width=east - west, height=10.0, rx=1.2, fill=halo, fill_opacity=0.9)
    yield mark("path", d=f"M{x:g} {y - 1.2:g}v1.2h{length:g}v-1.2M{x + length / 2:g} {y:g}v-0.8", fill="none", stroke=ink, stroke_width=0.3)
    told = f"{length_m:g} {say.pick(lang, '米', 'm')}" if length_m < 1000 else f"{length_m / 1000:g} {say.pick(lang, '公里', 'km')}"
    yield words(x, y - 1.8, f"{told}　1:{frame.denominator:,}", 2.2, fill=ink, halo=halo)
    north = x + length + 6
    yield mark("path", d=f"M{north:g} {y - 4.4:g}l1.5 4.4l-1.5 -1.1l-1.5 1.1z", fill=ink, stroke=halo, stroke_width=0.3)
    yield words(north, y - 4.9, say.pick(lang, "北", "N"), 2.2, fill=ink, anchor="middle", halo=halo)


def _round_length(most_m: float) -> float:
    """The longest of 1, 2, 3 or 5 × 10ⁿ metres that is not longer than that."""
    ten = 10 ** np.floor(np.log10(most_m))
    return float(max(part * ten for part in (1, 2, 3, 5) if part * ten <= most_m * (1 + 1e-9)))


def head(title: str, badge: str, width: float) -> str:
    """The title, and at the right what the map is not."""
    wide = width_of(badge, 2.4) + 3 if badge else 0.0
    size = float(np.clip(3.8 * (width - wide - 4) / max(width_of(title, 3.8), 1.0), 2.9, 3.8))
    told = words(0.3, 5.0, fitted(title, size, width - wide - 3.9), size, bold=True)
    if not badge:
        return told
    frame = mark("rect", x=width - wide - 0.1, y=1.6, width=wide, height=4.2, rx=2.1, fill="#fbf1e6", stroke=palette.GAP_INK, stroke_width=0.2)
    return told + frame + words(width - wide / 2 - 0.1, 4.6, badge, 2.4, fill=palette.GAP_INK, anchor="middle", bold=True)


def foot(credit: Sequence[str], width: float, height: float) -> Iterable[str]:
    """Sources, date and run under the map, in two lines at most."""
    size, lines, line = 2.1, [], ""
    for sentence in credit:
        joined = f"{line} · {sentence}" if line else sentence
        if line and width_of(joined, size) > width - 1:
            lines.append(line)
            joined = sentence
        line = joined
    for place, told in enumerate([*lines, line][:2]):
        yield words(0.3, height - 4.2 + place * 3.1, fitted(told, size, width - 0.6), size, fill=palette.QUIET)
