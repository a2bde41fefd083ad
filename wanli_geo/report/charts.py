"""Charts on paper, drawn by the same hand as the maps: bars that tell people by compound, clause or age."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from wanli_geo.report import palette, say
from wanli_geo.report.carto.furniture import HEAD_MM, head
from wanli_geo.report.carto.inks import Ink
from wanli_geo.report.carto.pen import drawing, fitted, mark, unit_of, words
from wanli_geo.report.document import Picture
from wanli_geo.report.naming import width_of

_TEXT, _KEY_MM, _AXIS_MM, _ROW_MM, _THICKEST_MM = 2.5, 5.5, 5.0, 5.6, 4.2
_WIDTH_MM = 174.0  # what an A4 page gives; `aspect` is reckoned for it


@dataclass(frozen=True)
class Series:
    """One measure of every category, in their order; None is not known. `hatched` where it tells what is unknown, so that grey print does too."""

    name: str
    values: tuple[float | None, ...]
    color: str
    hatched: bool = False

    @property
    def ink(self) -> Ink:
        return Ink(self.color, hatch=palette.UNKNOWN_STRIPE if self.hatched else "")


@dataclass(frozen=True)
class _Bars:
    """A chart without a size yet; a bar of each category, its parts one after the other (`stacked`) or one below the other."""

    title: str
    alt: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str
    lang: say.Lang
    stacked: bool

    @property
    def values(self) -> NDArray[np.float64]:
        """(series, categories), not known as NaN."""
        return np.array([one.values for one in self.series], dtype=float).reshape(len(self.series), len(self.categories))

    def draw(self, width: float, height: float) -> str:
        """Give the chart as an SVG document of this size in millimetres."""
        unit = unit_of(width)
        width, height = width / unit, height / unit
        labels = min(max((width_of(name, _TEXT) for name in self.categories), default=0.0) + 2, width * 0.36)
        top, bottom = HEAD_MM + _KEY_MM, height - _AXIS_MM
        lengths = np.nansum(self.values, axis=0) if self.stacked else np.nan_to_num(np.nanmax(np.nan_to_num(self.values), axis=0, initial=0))
        ticks = _ticks(float(lengths.max(initial=0)))
        told = max((width_of(self._said(one), _TEXT) for one in lengths), default=0.0) + 2
        room = width - labels - told
        parts = [head(self.title, "", width), *self._key(HEAD_MM + 1.6)]
        parts += self._axis(ticks, labels, room, top, bottom)
        step = (bottom - top) / max(len(self.categories), 1)
        for row, name in enumerate(self.categories):
            middle = top + (row + 0.5) * step
            parts.append(words(labels - 1.5, middle + _TEXT * 0.36, fitted(name, _TEXT, labels - 1.9), _TEXT, anchor="end"))
            parts += self._bar(row, labels, middle, step, room / ticks[-1])
        return drawing(width, height, unit, self.title, self.alt, *parts)

    def _bar(self, row: int, x: float, middle: float, step: float, mm_per_unit: float) -> Iterable[str]:
        values = self.values[:, row]
        lanes = 1 if self.stacked else len(values)
        thick = min(step * 0.72, _THICKEST_MM * lanes) / lanes
        top, at = middle - thick * lanes / 2, x
        for place, (one, value) in enumerate(zip(self.series, np.nan_to_num(values), strict=True)):
            y = top if self.stacked else top + place * thick
            if value > 0:
                bar = shapely.box(at, y, at + value * mm_per_unit, y + thick * (1 if self.stacked else 0.9))
                yield from one.ink.drawn(np.array([bar], dtype=object))
            if self.stacked:
                at += value * mm_per_unit
            else:
                size = min(_TEXT, thick)
                told = say.NOTHING if np.isnan(values[place]) else self._said(value)
                yield words(x + value * mm_per_unit + 1, y + thick / 2 + size * 0.36, told, size, fill=palette.QUIET, halo=palette.WHITE)
        if self.stacked:
            told = say.NOTHING if np.isnan(values).all() else self._said(float(np.nansum(values)))
            yield words(at + 1, middle + _TEXT * 0.36, told, _TEXT, fill=palette.QUIET, halo=palette.WHITE)

    def _key(self, y: float) -> Iterable[str]:
        x = 0.3
        for one in self.series if len(self.series) > 1 or self.series[0].name else ():
            yield from one.ink.drawn(np.array([shapely.box(x, y - 1.2, x + 3.6, y + 1.2)], dtype=object))
            yield words(x + 4.6, y + _TEXT * 0.36, one.name, _TEXT, fill=palette.QUIET)
            x += 9 + width_of(one.name, _TEXT)

    def _axis(self, ticks: NDArray[np.float64], x: float, room: float, top: float, bottom: float) -> Iterable[str]:
        for tick in ticks:
            at = x + tick / ticks[-1] * room
            color = palette.GROUND["road_edge"] if tick else palette.QUIET
            yield mark("path", d=f"M{at:.2f} {top:.2f}V{bottom:.2f}", stroke=color, stroke_width=0.15)
            told = say.number(tick * 100) + "%" if self.unit == "share" else say.number(tick, 0 if ticks[1] >= 1 else 2)
            yield words(at, bottom + 3.4, told, 2.1, fill=palette.QUIET, anchor="middle")

    def _said(self, value: float) -> str:
        return say.fact(float(value), self.unit, self.lang)


def bars(title: str, categories: Sequence[str], series: Sequence[Series], *, unit: str = "", lang: say.Lang = "zh", stacked: bool = True) -> Picture:
    """Draw a bar for each category, top to bottom as given.

    Args:
        series: the parts of each bar; values 0 or more.
        unit: as of facts: "人", "share" (0 to 1), "m"…
        stacked: the parts follow one another and the bar tells their sum; otherwise each stands below the other.
    """
    alt = say.pick(lang, "；", "; ").join(f"{name} {_row_alt(series, row, unit, lang)}" for row, name in enumerate(categories))
    lanes = 1 if stacked else max(1, len(series) * 0.75)
    height = HEAD_MM + _KEY_MM + _AXIS_MM + max(len(categories), 1) * _ROW_MM * lanes
    return Picture(title, f"{title}：{alt}", _Bars(title, alt, tuple(categories), tuple(series), unit, lang, stacked).draw, _WIDTH_MM / height)


def _row_alt(series: Sequence[Series], row: int, unit: str, lang: say.Lang) -> str:
    return say.pick(lang, "，", ", ").join(f"{one.name} {say.fact(one.values[row], unit, lang)}".strip() for one in series)


def _ticks(most: float) -> NDArray[np.float64]:
    """From 0 in three to six round steps to at least `most`."""
    if most < 1e-9:
        return np.array([0.0, 1.0])
    ten = 10 ** np.floor(np.log10(most))
    step = next(part * ten for part in (0.2, 0.25, 0.5, 1, 2) if most / (part * ten) <= 5)
    return np.arange(0, np.ceil(most / step - 1e-9) + 1) * step
