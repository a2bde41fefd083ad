"""What a theme draws over the ground, by the signs that the page's own legend has."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from wanli_geo.report import palette, say
from wanli_geo.report.carto.furniture import Entry
from wanli_geo.report.carto.inks import Ink
from wanli_geo.report.carto.inks import Sign as Round
from wanli_geo.report.carto.places import service_signs
from wanli_geo.report.carto.scene import Layer, Overlay, Signs
from wanli_geo.report.carto.tints import shapes_of
from wanli_geo.report.carto.told import Told, box_of
from wanli_geo.report.themes import SIGNS, Sign, theme_layers
from wanli_geo.workspace.services import in_service
from wanli_geo.workspace.store import Workspace

# Themes that are one line through the neighbourhood: the map shows that line, not all of the neighbourhood.
_LINES = {"red": "red_walkway", "night": "night_run"}
_PALE = "#ffd27a"  # the lamp light of the night page: on white paper it wants a dark edge
_DARK = next(theme.ink for theme in palette.THEMES if theme.code == "night")


def theme_told(workspace: Workspace, code: str, lang: say.Lang) -> tuple[Told, tuple[str, ...]]:
    """Give what a theme tells and the layers it tells it of.

    Raises:
        UnknownLayer: there is no such theme.
    """
    layers = theme_layers(workspace, code)
    theme = next(one for one in palette.THEMES if one.code == code)
    drawn: list[Layer] = []
    legend: list[Entry] = []
    for sign in SIGNS[code]:
        shapes = shapes_of(layers[sign.layer])[_chosen(layers[sign.layer], sign)]
        if len(shapes) and not (sign.layer == "facilities" and sign.value == "existing"):
            layer, entry = _drawn(shapes, sign, lang)
            drawn.append(layer)
            legend.append(entry)
    if code == "orange":
        used = layers["facilities"][in_service(layers["facilities"])]
        signs, told = service_signs(used, lang, dotted=True)
        drawn, legend = [*drawn, *signs], [*told, *legend]
    drawn.sort(key=lambda layer: isinstance(layer, Signs))
    box = box_of(layers[_LINES[code]], more=0.15) if code in _LINES else None
    name = say.pick(lang, theme.zh, theme.en)
    alt = say.pick(lang, "，", ", ").join([name, *(entry.label for entry in legend)])
    return Told(name, alt, tuple(drawn), tuple(legend), box=box, unit_names=code not in ("orange", "plan")), tuple(layers)


def _chosen(layer: gpd.GeoDataFrame, sign: Sign) -> NDArray[np.bool_]:
    """The features that a sign is for; a line sign without a column is for the lines of its layer."""
    if sign.column is not None:
        return np.asarray((layer[sign.column] == sign.value).fillna(False), dtype=bool)
    every = np.ones(len(layer), dtype=bool)
    return every & (shapely.get_dimensions(layer.geometry.to_numpy()) == 1) if sign.symbol == "line" else every


def _drawn(shapes: NDArray[np.object_], sign: Sign, lang: say.Lang) -> tuple[Layer, Entry]:
    label, pale = say.pick(lang, sign.zh, sign.en), sign.color == _PALE
    if sign.symbol in ("glyph", "dot"):
        round_sign = Round(sign.glyph, sign.color, radius=1.7 if sign.glyph else 0.8, edge=_DARK if pale else palette.WHITE)
        return Signs(shapes, round_sign, dotted=bool(sign.glyph)), Entry(label, round_sign)
    if sign.symbol == "area":
        circle = sign.layer == "life_circles"  # they lie over one another: only their sum is seen
        ink = Ink(sign.color, "" if circle else sign.color, 0.3, opacity=0.1 if circle else 0.55)
        return Overlay(shapes, ink, beneath=True), Entry(label, ink)
    ink = Ink("", sign.color, 0.9, "1.8 1.1" if sign.symbol == "dash" else "", halo=_DARK if pale else palette.WHITE, bold=True)
    return Overlay(shapes, ink), Entry(label, ink, "line")
