"""What each question's answer draws over the ground, and how its legend says it."""

from __future__ import annotations

from collections.abc import Callable

import geopandas as gpd
import numpy as np
from numpy.typing import NDArray

from wanli_geo.answer import Answer
from wanli_geo.report import palette, say
from wanli_geo.report.carto.furniture import Entry
from wanli_geo.report.carto.inks import Ink, Sign
from wanli_geo.report.carto.scene import Layer, Overlay, Signs
from wanli_geo.report.carto.told import Told
from wanli_geo.workspace.kinds import KINDS
from wanli_geo.workspace.store import Workspace

Shapes = NDArray[np.object_]
Painter = Callable[[Answer, Workspace, say.Lang], Told]

COVERED = Ink(palette.COVERED)
UNKNOWN = Ink(palette.UNKNOWN, palette.UNKNOWN_INK, 0.18, "0.6 0.5", hatch=palette.UNKNOWN_STRIPE)
GAPS = tuple(Ink(shade.color, palette.GAP_INK, 0.26) for shade in palette.gap_shades())
NO_ONE = Ink(palette.GROUND["compound"], palette.GROUND["road_edge"], 0.12)
ORANGE = next(theme.ink for theme in palette.THEMES if theme.code == "orange")
HERE = Sign("", palette.ACTION, radius=1.5)
WALK = Ink("", palette.CHOSEN, 1.0, halo=palette.WHITE, bold=True)


def shapes_of(layer: gpd.GeoDataFrame) -> Shapes:
    return np.asarray(layer.geometry.to_numpy(), dtype=object)


def by_status(units: gpd.GeoDataFrame, lang: say.Lang) -> tuple[list[Layer], list[Entry]]:
    """Units tinted: covered quiet, gaps loud by metres beyond and outlined, unknown hatched; the legend has only what there is."""
    layers: list[Layer] = []
    legend: list[Entry] = []
    status, shapes = units["status"].to_numpy(object), shapes_of(units)
    shade = palette.gap_class(units["beyond_m"].to_numpy(float))
    words = [(status == "covered", COVERED, say.pick(lang, "已覆盖", "covered"))]
    words += [((status == "gap") & (shade == row), GAPS[row], shade_text(one, lang)) for row, one in enumerate(palette.gap_shades())]
    words += [(status == "unknown", UNKNOWN, say.pick(lang, "未知（资料不全）", "not known"))]
    words += [(~np.isin(status, ("covered", "gap", "unknown")), NO_ONE, say.pick(lang, "无此类居民", "nobody concerned"))]
    for chosen, ink, label in words:
        if chosen.any():
            layers.append(Overlay(shapes[chosen], ink, beneath=True))
            legend.append(Entry(label, ink))
    return layers, legend


def shade_text(shade: palette.Shade, lang: say.Lang) -> str:
    """One class of the gap ramp in words."""
    if shade.to_m is None:
        return say.pick(lang, f"超出 {say.number(shade.from_m)} 米以上，或没有", f"over {say.number(shade.from_m)} m beyond, or none")
    span = f"{say.number(shade.from_m)}–{say.number(shade.to_m)}"
    return say.pick(lang, f"超出 {span} 米", f"{span} m beyond")


def facility_signs(facilities: gpd.GeoDataFrame, glyph: str, label: str, lang: say.Lang) -> tuple[list[Layer], list[Entry]]:
    """Those in use in colour, others dashed and grey; the legend has only what there is."""
    used = facilities["used"].fillna(False).to_numpy(bool) if "used" in facilities else np.ones(len(facilities), dtype=bool)
    layers: list[Layer] = []
    legend: list[Entry] = []
    for chosen, sign, told in (
        (~used, Sign(glyph, palette.QUIET, dashed=True), say.pick(lang, "规划或停用，未计入", "planned or closed, not counted")),
        (used, Sign(glyph, ORANGE), label),
    ):
        if chosen.any():
            layers.append(Signs(shapes_of(facilities)[chosen], sign))
            legend.insert(0, Entry(told, sign))
    return layers, legend


def _kind(answer: Answer, lang: say.Lang) -> tuple[str, str]:
    """Glyph and name of the kinds asked for; several are one sign."""
    codes = [str(answer.params["kind"])] if "kind" in answer.params else [str(code) for code in answer.params.get("kinds", ())]
    known = [KINDS[code] for code in codes if code in KINDS]
    if not known:
        return "设", say.pick(lang, "设施", "facility")
    return known[0].glyph, say.pick(lang, "、", ", ").join(say.pick(lang, kind.zh, kind.en) for kind in known)


def coverage(answer: Answer, workspace: Workspace, lang: say.Lang) -> Told:
    units, (glyph, kind) = answer.features["units"], _kind(answer, lang)
    layers, legend = by_status(units, lang)
    signs, told = facility_signs(answer.features["facilities"], glyph, kind, lang)
    within = next((say.pick(lang, fact.zh, fact.en) for fact in answer.facts if fact.key == "people_covered"), kind)
    return Told(within, _counted(units, within, lang), (*layers, *signs), (*legend, *told))


def _counted(units: gpd.GeoDataFrame, what: str, lang: say.Lang) -> str:
    """The map in words: how many units are covered, in a gap, not known."""
    covered, gap, unknown = (int((units["status"] == code).sum()) for code in ("covered", "gap", "unknown"))
    return say.pick(
        lang, f"{what}：{covered} 个小区已覆盖，{gap} 个有缺口，{unknown} 个未知。",
        f"{what}: {covered} compounds covered, {gap} in a gap, {unknown} not known.",
    )


PAINTERS: dict[str, Painter] = {"coverage": coverage, "gaps": coverage, "clause": coverage}
