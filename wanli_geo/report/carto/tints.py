"""Units tinted by what is so of them: the status of a walk, a share, a length, an amount; with the legend of what there is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

import geopandas as gpd
import numpy as np
from numpy.typing import NDArray

from wanli_geo.report import palette, say
from wanli_geo.report.carto.furniture import Entry
from wanli_geo.report.carto.inks import Ink
from wanli_geo.report.carto.scene import Layer, Overlay, Shapes

Tinted = tuple[list[Layer], list[Entry]]
Class = tuple[NDArray[np.bool_], Ink, str]

COVERED = Ink(palette.COVERED, "#b9d3ca", 0.12)
UNKNOWN = Ink(palette.UNKNOWN, palette.UNKNOWN_INK, 0.18, "0.6 0.5", hatch=palette.UNKNOWN_STRIPE)
GAPS = tuple(Ink(shade.color, palette.GAP_INK, 0.26) for shade in palette.gap_shades())
NO_ONE = Ink(palette.GROUND["compound"], palette.GROUND["road_edge"], 0.12)
# From little to much of what is good: the deepest is the ink of what is covered.
PLENTY = tuple(Ink(color, "#ffffff", 0.12) for color in ("#eaf3f0", "#c3ddd5", "#93c2b4", "#5fa28d", palette.COVERED_INK))

_WALKS_M = (300.0, 500.0, 1000.0, 1500.0)


def shapes_of(layer: gpd.GeoDataFrame) -> Shapes:
    return np.asarray(layer.geometry.to_numpy(), dtype=object)


def tinted(shapes: Shapes, classes: Iterable[Class], *, beneath: bool = True) -> Tinted:
    """One overlay and one line of the legend for each class that has any unit."""
    there = [one for one in classes if one[0].any()]
    return [Overlay(shapes[chosen], ink, beneath) for chosen, ink, _ in there], [Entry(label, ink) for _, ink, label in there]


def by_status(units: gpd.GeoDataFrame, lang: say.Lang) -> Tinted:
    return tinted(shapes_of(units), status_classes(units, lang))


def status_classes(units: gpd.GeoDataFrame, lang: say.Lang) -> list[Class]:
    """Covered quiet, gaps loud by metres beyond and outlined, unknown hatched."""
    status, shade = units["status"].to_numpy(object), palette.gap_class(units["beyond_m"].to_numpy(float))
    return [
        (status == "covered", COVERED, say.pick(lang, "已覆盖", "covered")),
        *(((status == "gap") & (shade == row), GAPS[row], shade_text(one, lang)) for row, one in enumerate(palette.gap_shades())),
        (status == "unknown", UNKNOWN, say.pick(lang, "未知（资料不全）", "not known")),
        (~np.isin(status, ("covered", "gap", "unknown")), NO_ONE, say.pick(lang, "无此类居民", "nobody concerned")),
    ]


def shade_text(shade: palette.Shade, lang: say.Lang) -> str:
    """One class of the gap ramp in words."""
    if shade.to_m is None:
        return say.pick(lang, f"超出 {say.number(shade.from_m)} 米以上，或没有", f"over {say.number(shade.from_m)} m beyond, or none")
    span = f"{say.number(shade.from_m)}–{say.number(shade.to_m)}"
    return say.pick(lang, f"超出 {span} 米", f"{span} m beyond")


def audited(units: gpd.GeoDataFrame, lang: say.Lang) -> Tinted:
    return tinted(shapes_of(units), audit_classes(units, lang))


def audit_classes(units: gpd.GeoDataFrame, lang: say.Lang) -> list[Class]:
    """By the number of clauses in which they have a gap; where there is none but something is unknown, hatched.

    Nearly everybody lives in a gap of some clause: the share of them would paint all compounds alike.
    """
    people, gap, unknown = (units[name].to_numpy(float) for name in ("people", "clauses_gap", "people_any_unknown"))
    breaks = sorted({int(value) for value in np.quantile(gap[gap > 0], (0.25, 0.5, 0.75), method="lower")} - {int(gap.max())}) if gap.any() else []
    shade = np.searchsorted(breaks, gap, side="left")
    ends, inks = [0, *breaks, int(gap.max(initial=0))], GAPS[len(GAPS) - 1 - len(breaks):]
    return [
        ((people > 0) & (gap == 0) & (unknown == 0), COVERED, say.pick(lang, "没有缺口", "no gap")),
        *(((gap > 0) & (shade == row), ink, _whole(ends[row] + 1, ends[row + 1], lang)) for row, ink in enumerate(inks)),
        ((people > 0) & (gap == 0) & (unknown > 0), UNKNOWN, say.pick(lang, "未知（资料不全）", "not known")),
        (~(people > 0), NO_ONE, say.pick(lang, "无居民或人数不详", "nobody, or not known")),
    ]


def _whole(low: int, high: int, lang: say.Lang) -> str:
    return f"{low if low == high else f'{low}–{high}'} {say.pick(lang, '条', 'clauses')}"


def walked(units: gpd.GeoDataFrame, column: str, lang: say.Lang, *, beneath: bool = True) -> Tinted:
    return tinted(shapes_of(units), walk_classes(units, column, lang, edged=beneath), beneath=beneath)


def walk_classes(units: gpd.GeoDataFrame, column: str, lang: say.Lang, *, edged: bool = True) -> list[Class]:
    """By a walk in metres, the same classes for every question; where none was found, the darkest."""
    metres = units[column].to_numpy(float)
    shade = np.searchsorted(_WALKS_M, np.nan_to_num(metres, nan=np.inf), side="left")
    inks = (COVERED, *GAPS) if edged else tuple(replace(ink, edge="") for ink in (COVERED, *GAPS))  # an edge would drown a house
    labels = [f"≤ {say.number(_WALKS_M[0])}", *(f"{say.number(low)}–{say.number(high)}" for low, high in pairwise(_WALKS_M)),
              say.pick(lang, f"{say.number(_WALKS_M[-1])} 以上，或走不到", f"over {say.number(_WALKS_M[-1])}, or none")]
    return [(shade == row, ink, labels[row]) for row, ink in enumerate(inks)]


def access(units: gpd.GeoDataFrame, column: str, lang: say.Lang) -> Tinted:
    return tinted(shapes_of(units), amount_classes(units, column, lang))


def amount_classes(units: gpd.GeoDataFrame, column: str, lang: say.Lang) -> list[Class]:
    """By an amount, in classes with about as many units each; none at all is a gap, not known is hatched."""
    amount = units[column].to_numpy(float)
    some = amount[amount > 0]
    breaks = _round_breaks(some, len(PLENTY))
    shade = np.searchsorted(breaks, np.nan_to_num(amount), side="left")
    labels = _spans([0.0, *breaks])
    return [
        (np.nan_to_num(amount, nan=1.0) == 0, GAPS[-1], say.pick(lang, "没有", "none")),
        *(((amount > 0) & (shade == row), PLENTY[row + len(PLENTY) - 1 - len(breaks)], labels[row]) for row in range(len(breaks) + 1)),
        (np.isnan(amount), UNKNOWN, say.pick(lang, "未知", "not known")),
    ]


def _round_breaks(values: NDArray[np.float64], classes: int) -> list[float]:
    """At most `classes` − 1 breaks of two figures between values, about as many of them on each side."""
    if not len(values):
        return []
    raw = np.quantile(values, np.arange(1, classes) / classes)
    rounded = sorted({float(f"{value:.2g}") for value in raw if value > 0})
    return [value for value in rounded if value < values.max()]


def _spans(edges: Sequence[float]) -> list[str]:
    told = [f"{edge:,.3g}" if edge < 1000 else say.number(edge) for edge in edges]
    return [*(f"{low}–{high}" for low, high in pairwise(told)), f"> {told[-1]}"]
