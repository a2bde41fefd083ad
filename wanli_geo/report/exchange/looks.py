"""How features look in another program: the colours of the page, as classes of one column that QGIS, Google Earth and a reader understand."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np

from wanli_geo.report import palette
from wanli_geo.report.say import number
from wanli_geo.report.themes import SIGNS, Sign
from wanli_geo.workspace.kinds import KINDS
from wanli_geo.workspace.specs import SPECS

# The column that a coverage is drawn by: its status, and of a gap which shade. Written beside the others, so that any program can colour by it.
DRAWN_AS = "drawn_as"


@dataclass(frozen=True)
class Paint:
    """Colours `#rrggbb`, empty where nothing is drawn; `width_mm` of lines and edges; a point is a sign with a `glyph`, or a dot."""

    fill: str = ""
    edge: str = ""
    width_mm: float = 0.26
    hatch: str = ""
    dashed: bool = False
    opacity: float = 1.0
    glyph: str = ""

    @property
    def flat(self) -> str:
        """The fill of an area: of the colours of a sign only the edge is for areas."""
        return "" if self.glyph else self.fill


@dataclass(frozen=True)
class Class:
    """The features whose value in the column of the look is `value`, what that means and how it is drawn."""

    value: str | float | bool
    label: str
    paint: Paint


@dataclass(frozen=True)
class Look:
    """How a set of features is drawn: by the classes of a column, and in `other` where none of them fits."""

    other: Paint
    column: str = ""
    classes: tuple[Class, ...] = ()

    def place(self, value: object) -> int:
        """Give the number of the class of a value, -1 where none fits."""
        return next((place for place, one in enumerate(self.classes) if value == one.value), -1)


_GROUND = palette.GROUND
PLAIN = Paint(_GROUND["compound"], palette.QUIET)
_COVERED = Paint(palette.COVERED, palette.COVERED_INK, 0.15)
_UNKNOWN = Paint(palette.UNKNOWN, palette.UNKNOWN_INK, 0.2, hatch=palette.UNKNOWN_STRIPE, dashed=True)
_INK = {theme.code: theme.ink for theme in palette.THEMES}


def _gap(color: str) -> Paint:
    return Paint(color, palette.GAP_INK, 0.26)


def _shades() -> tuple[Class, ...]:
    told = []
    for place, shade in enumerate(palette.gap_shades(), start=1):
        span = f"{number(shade.from_m)} 米以上，或没有" if shade.to_m is None else f"{number(shade.from_m)}–{number(shade.to_m)} 米"
        told.append(Class(f"gap_{place}", f"缺口：超出 {span}", _gap(shade.color)))
    return tuple(told)


_SAID = (Class("covered", "已覆盖", _COVERED), *_shades(), Class("unknown", "未知（资料不全）", _UNKNOWN), Class("empty", "无居民", PLAIN))
COVERAGE = Look(PLAIN, DRAWN_AS, _SAID)
_VERDICT = (_SAID[0], Class("gap", "缺口", _gap(palette.gap_shades()[-1].color)), *_SAID[-2:])


def _offer(glyph: str) -> Look:
    """What counts in the colour of its theme, the rest grey; with the sign of its kind where all are of one."""
    counts, rest = (Paint(palette.WHITE, color, glyph=glyph) if glyph else Paint(color, palette.WHITE) for color in (_INK["orange"], palette.QUIET))
    return Look(rest, "used", (Class(True, "计入", counts), Class(False, "规划或停用，未计入", rest)))


def drawn_as(units: gpd.GeoDataFrame) -> list[str]:
    """Say by what each unit of a coverage is drawn: `covered`, `gap_1` to `gap_4` (the palette's shades), `unknown` or `empty`."""
    shades = palette.gap_class(units["beyond_m"].to_numpy(float)) + 1
    return [f"gap_{shade}" if status == "gap" else str(status) for status, shade in zip(units["status"], shades, strict=True)]


def look_of_result(name: str, features: gpd.GeoDataFrame) -> Look:
    """Give the look of the features that an answer calls `name`."""
    if DRAWN_AS in features:
        return COVERAGE
    if "green_status" in features:
        return Look(PLAIN, "green_status", _VERDICT)
    if name == "bands":
        column = "minutes" if features["minutes"].notna().any() else "metres"
        values = np.unique(features[column].dropna().to_numpy(float)).tolist()
        unit = "分钟" if column == "minutes" else "米"
        return Look(PLAIN, column, tuple(
            Class(value, f"{value:g} {unit}以内", Paint(color, color, 0.3, opacity=palette.BAND_OPACITY))
            for value, color in zip(values, palette.BAND_COLORS, strict=False)))
    if "used" in features:
        glyphs = {KINDS[kind].glyph for kind in features.get("kind", ()) if kind in KINDS}
        return _offer(glyphs.pop() if len(glyphs) == 1 else "")
    if name in ("walk", "reach"):
        return Look(Paint("", palette.CHOSEN, 1.0 if name == "walk" else 0.3))
    return Look(Paint(palette.ACTION, palette.WHITE) if name in ("ends", "origin") else PLAIN)


_STREETS = {"road": 1.2, "lane": 0.8, "path": 0.5, "footbridge": 0.6, "underpass": 0.6, "steps": 0.5, "crossing": 0.5}
_BASE = {
    "boundary": Look(Paint("", _GROUND["boundary"], 0.4, dashed=True)),
    "committees": Look(Paint("", _GROUND["boundary"], 0.3, dashed=True)),
    "grid": Look(Paint("", _GROUND["railway"], 0.2, dashed=True)),
    "streets": Look(Paint("", palette.QUIET, 0.5), "kind", tuple(
        Class(code, zh, Paint("", palette.QUIET, _STREETS[code], dashed=code in ("path", "steps", "underpass")))
        for code, zh, _ in SPECS["streets"].column("kind").choices)),
    "barriers": Look(Paint("", _GROUND["railway"], 0.6, dashed=True)),
    "buildings": Look(Paint("#d9d6cf", "")),
    "compounds": Look(Paint(_GROUND["compound"], _GROUND["road_edge"])),
    "homes": Look(Paint("#cfcac0", _GROUND["railway"], 0.1)),
    "gates": Look(Paint(palette.ACTION, palette.WHITE)),
}

_OTHERWISE = {"blue_net": Paint(_GROUND["water"], _GROUND["water_edge"], 0.6), "green_vein": Paint(_GROUND["green"], _GROUND["green_edge"], 0.3)}


def look_of_layer(name: str) -> Look:
    """Give the look of a layer of the workspace: the signs of its theme, or the ground of the map."""
    if name in _BASE:
        return _BASE[name]
    signs = [sign for theme in SIGNS.values() for sign in theme if sign.layer == name]
    other = next((_painted(sign) for sign in signs if sign.column is None), _OTHERWISE.get(name, PLAIN))
    chosen = [sign for sign in signs if sign.column is not None]
    classes = tuple(Class(sign.value, sign.zh, _painted(sign)) for sign in chosen if sign.value is not None)
    return Look(other, str(chosen[0].column) if chosen else "", classes)


def _painted(sign: Sign) -> Paint:
    if sign.symbol == "area":
        return Paint(sign.color, sign.color, 0.3, opacity=0.7)
    if sign.symbol in ("line", "dash"):
        return Paint(sign.color, sign.color, 0.9, dashed=sign.symbol == "dash", opacity=1.0)
    return Paint(palette.WHITE, sign.color, 0.35, glyph=sign.glyph) if sign.glyph else Paint(sign.color, palette.WHITE)
