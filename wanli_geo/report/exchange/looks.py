"""How features look in another program: the colours of the page, as classes of one column that QGIS, Google Earth and a reader understand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import geopandas as gpd
import numpy as np

from wanli_geo.answer import Answer
from wanli_geo.report import palette
from wanli_geo.report.carto import tints
from wanli_geo.report.themes import SIGNS, Sign
from wanli_geo.workspace.kinds import KINDS
from wanli_geo.workspace.specs import SPECS

# The column that says in the words of the legend how a feature is drawn; beside the others, so that any program can colour by it.
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
_INK = {theme.code: theme.ink for theme in palette.THEMES}


def graded(classes: Iterable[tints.Class], rows: int) -> tuple[list[str], Look]:
    """Give for classes of the map on paper, which of them each row is drawn by, in words, and the look of the same colours."""
    drawn, told = np.full(rows, "", dtype=object), []
    for chosen, ink, label in classes:
        drawn[chosen] = label
        told.append(Class(label, label, Paint(ink.fill, ink.edge, ink.width, ink.hatch, bool(ink.dash), ink.opacity)))
    return drawn.tolist(), Look(PLAIN, DRAWN_AS, tuple(told))


def classes_of(answer: Answer, features: gpd.GeoDataFrame) -> list[tints.Class]:
    """Give the classes that these features of an answer are tinted by on the page and on paper, none where they are not tinted."""
    if "green_status" in features:
        beyond_m = features["green_walk_m"] - float(answer.params["green_m"])
        features = features.assign(status=features["green_status"], beyond_m=beyond_m.where(beyond_m > 0))
    if {"status", "beyond_m"} <= set(features.columns):
        return tints.status_classes(features, "zh")
    if "clauses_gap" in features:
        return tints.audit_classes(features, "zh")
    walk = "metres_1" if "metres_1" in features else "walk_m"
    if walk in features:
        return tints.walk_classes(features, walk, "zh")
    amount = f"{answer.params['of']}_{answer.params['within'][-1]}" if answer.question == "opportunities" else "access_per_1000"
    return tints.amount_classes(features, amount, "zh") if amount in features else []


def _offer(glyph: str, *, told: bool) -> Look:
    """What counts in the colour of its theme, the rest grey where that is told; with the sign of its kind where all are of one."""
    counts, rest = (Paint(palette.WHITE, color, glyph=glyph) if glyph else Paint(color, palette.WHITE) for color in (_INK["orange"], palette.QUIET))
    if not told:
        return Look(counts)
    return Look(rest, "used", (Class(True, "计入", counts), Class(False, "规划或停用，未计入", rest)))


# Signs by what their minutes are worth, as on the map on paper.
_SIGNS = Look(PLAIN, "status", tuple(Class(code, zh, Paint(color, palette.WHITE)) for code, zh, color in (
    ("wrong", "有分钟数不准", palette.GAP_INK), ("unknown", "有地方对不上", palette.UNKNOWN_INK),
    ("accurate", "分钟数都准", palette.COVERED_INK), ("unpainted", "没写分钟数", palette.QUIET))))


def look_of_result(name: str, features: gpd.GeoDataFrame) -> Look:
    """Give the look of the features that an answer calls `name`, where they are not graded."""
    if name == "bands":
        column = "minutes" if features["minutes"].notna().any() else "metres"
        values = np.unique(features[column].dropna().to_numpy(float)).tolist()
        unit = "分钟" if column == "minutes" else "米"
        return Look(PLAIN, column, tuple(
            Class(value, f"{value:g} {unit}以内", Paint(color, color, 0.3, opacity=palette.BAND_OPACITY))
            for value, color in zip(values, palette.BAND_COLORS, strict=False)))
    if name == "facilities" or "used" in features:
        glyphs = {KINDS[kind].glyph for kind in features.get("kind", ()) if kind in KINDS}
        return _offer(glyphs.pop() if len(glyphs) == 1 else "", told="used" in features)
    if name == "signs":
        return _SIGNS
    if name in ("walk", "reach"):
        return Look(Paint("", palette.CHOSEN, 1.0 if name == "walk" else 0.3))
    return Look(Paint(palette.ACTION, palette.WHITE) if name in ("ends", "origin", "decisions") else PLAIN)


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
