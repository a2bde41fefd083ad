"""How works are drawn: the closed stretch as a barrier, the way round, the compounds by how much farther their people walk."""

from __future__ import annotations

from itertools import pairwise

import geopandas as gpd
import numpy as np

from wanli_geo.answer import Answer
from wanli_geo.report import palette, say
from wanli_geo.report.carto.furniture import Entry
from wanli_geo.report.carto.inks import Ink
from wanli_geo.report.carto.scene import Layer, Overlay
from wanli_geo.report.carto.tints import GAPS, Class, shapes_of, tinted
from wanli_geo.report.carto.told import Told, box_of
from wanli_geo.report.naming import name_of
from wanli_geo.workspace.store import Workspace

_RED = next(theme.ink for theme in palette.THEMES if theme.code == "red")
_NIGHT = next(theme.ink for theme in palette.THEMES if theme.code == "night")
# Red and white like the boards around a site: white beneath, red dashes over it.
_BOARD = Ink("", palette.WHITE, 1.5, halo=_RED, bold=True)
_STRIPES = Ink("", _RED, 1.5, "1.6 1.6", bold=True)
_WAY = Ink("", palette.ACTION, 1.0, "2.6 1.0", halo=palette.WHITE, bold=True)
_WHEELED = Ink("", "#1f6fb2", 0.9, "0.9 0.9", halo=palette.WHITE, bold=True)
_LINES = {"red_walkway": Ink("", _RED, 0.5, halo=palette.WHITE), "night_run": Ink("", _NIGHT, 0.5, halo=palette.WHITE)}
_BREAKS_M = (100.0, 200.0, 400.0)


def works(answer: Answer, workspace: Workspace, lang: say.Lang) -> Told:
    """The closed stretch and the way round over the compounds with people who walk farther."""
    closed, detour, units = answer.features["closed"], answer.features["detour"], answer.features["units"]
    layers, legend = tinted(shapes_of(units), _classes(units, lang))
    ways = detour[~detour.geometry.isna()]
    drawn: list[Layer] = [*layers]
    told = [Entry(say.pick(lang, "封闭路段", "closed to walkers"), _STRIPES, "line")]
    for walker, ink, label in (("all", _WAY, say.pick(lang, "建议绕行", "way round")),
                               ("wheelchair", _WHEELED, say.pick(lang, "轮椅绕行", "way round by wheelchair"))):
        if len(rows := ways[ways["walker"] == walker]):
            drawn.append(Overlay(shapes_of(rows), ink))
            told.append(Entry(f"{label} {_metres(rows, lang)}", ink, "line"))
    drawn += [Overlay(shapes_of(closed), _BOARD), Overlay(shapes_of(closed), _STRIPES)]
    for layer, ink, label in (("red_walkway", _LINES["red_walkway"], say.pick(lang, "红色步道", "red walkway")),
                              ("night_run", _LINES["night_run"], say.pick(lang, "夜跑环道", "night-run loop"))):
        if (answer.features["touched"]["layer"] == layer).any():
            drawn.insert(len(layers), Overlay(shapes_of(workspace.layer(layer)), ink))
            told.append(Entry(label, ink, "line"))
    name = say.pick(lang, "、", ", ").join(dict.fromkeys(filter(None, (name_of(row, lang) for row in closed.to_dict("records")))))
    title = say.pick(lang, f"{name or '这一段'}封闭后多走多远", f"How much farther with {name or 'this stretch'} closed")
    alt = say.pick(lang, f"{title}：{len(units)} 个小区有人受影响。", f"{title}: people of {len(units)} compounds are affected.")
    return Told(title, alt, tuple(drawn), (*told, *legend), say.pick(lang, "平均多走（米）", "Farther on average (m)"),
                box_of(closed, ways, units, more=0.05))


def _metres(rows: gpd.GeoDataFrame, lang: say.Lang) -> str:
    return "、".join(f"{say.number(value)} {say.pick(lang, '米', 'm')}" for value in rows["metres"][:2])


def _classes(units: gpd.GeoDataFrame, lang: say.Lang) -> list[Class]:
    """By metres more, the average of those affected; the darkest where somebody is cut off."""
    extra, cut = units["extra_mean_m"].to_numpy(float), (units["people_cut_off"] > 0).to_numpy(bool)
    shade = np.searchsorted(_BREAKS_M, np.nan_to_num(extra), side="left")
    spans = ["≤ 100", *(f"{low:g}–{high:g}" for low, high in pairwise(_BREAKS_M)), say.pick(lang, "400 以上", "over 400")]
    cut_off = Ink(_RED, palette.GAP_INK, 0.3, hatch=palette.WHITE)
    return [*((~cut & (shade == row), GAPS[row], span) for row, span in enumerate(spans)),
            (cut, cut_off, say.pick(lang, "有人走不出去", "somebody cut off"))]
