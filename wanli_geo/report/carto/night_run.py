"""The night run by night: the loop in lamp light, its dark stretches dashed, marks, crossings and what a runner needs. And its marks alone."""

from __future__ import annotations

from collections.abc import Iterable

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from wanli_geo.answer import Answer
from wanli_geo.report import palette, say
from wanli_geo.report.carto.furniture import Entry
from wanli_geo.report.carto.inks import Ink, Sign
from wanli_geo.report.carto.scene import Layer, Overlay, Signs
from wanli_geo.report.carto.tints import shapes_of
from wanli_geo.report.carto.told import Told, box_of
from wanli_geo.workspace.store import Workspace

_GROUND, _LOOP, _UNLIT = palette.NIGHT["ground"], palette.NIGHT["loop"], palette.NIGHT["unlit"]
_BRIGHT = Ink("", _LOOP, 1.2, halo=_GROUND, bold=True)
_DIM = Ink("", "#b98f45", 1.2, halo=_GROUND, bold=True)
_DARK = Ink("", _UNLIT, 1.1, "1.4 1.0", halo=_GROUND, bold=True)
_WORKS = Ink("", "#e0603f", 0.5, "0.8 0.6", bold=True)
_HUNDRED = Sign("", palette.WHITE, radius=0.5, edge=_GROUND)
_CROSSING = Sign("×", "#2f6fd6", radius=1.2)
_PLACES = {"toilet": ("厕", "厕所", "toilet"), "water": ("水", "饮水点", "drinking water"), "aed": ("急", "AED", "AED")}
_OPEN, _SHUT = "#2b3a67", palette.QUIET
# The light of a stretch, from bright to dark, with how it is drawn.
_LIGHTS = ((("high", "mid", "low"), _BRIGHT, "照度达到 CJJ 45 等级（未核实）", "lit to a class of CJJ 45 (not verified)"),
           (("spaced",), _BRIGHT, "有灯，照度未知", "lamps, lux not known"),
           (("below",), _DIM, "有灯，低于最低等级", "lamps, below the lowest class"),
           (("unknown",), Ink("", _LOOP, 0.6, halo=_GROUND, bold=True), "照明未知", "light not known"))


def night_run(answer: Answer, workspace: Workspace, lang: say.Lang) -> Told:
    """Stretches by light, the dark over them, works beside, then marks, crossings and places."""
    stretches, dark, works = (answer.features[name] for name in ("stretches", "dark", "works"))
    layers: list[Layer] = []
    legend: list[Entry] = []
    for codes, ink, zh, en in _LIGHTS:
        chosen = stretches["light"].isin(codes).to_numpy(bool)
        if chosen.any():
            layers.append(Overlay(_minus(shapes_of(stretches)[chosen], shapes_of(dark)), ink))
            legend.append(Entry(say.pick(lang, zh, en), ink, "line"))
    for shapes, ink, zh, en in ((_edges(stretches, dark), _BRIGHT, "", ""), (shapes_of(dark), _DARK, "暗段：没有灯照到", "dark: no lamp reaches it"),
                                (shapes_of(works), _WORKS, "施工或封闭", "under works or shut")):
        if len(shapes):
            layers.append(Overlay(shapes, ink))
            legend += [Entry(say.pick(lang, zh, en), ink, "line")] if zh else []
    signs = [*_crossings(answer.features["crossings"], lang), *_places(answer.features["amenities"], lang),
             *marks_told(answer.features["marks"], lang)]
    layers += [layer for layer, _ in signs]
    legend += [entry for _, entry in signs if entry.label]
    title = say.pick(lang, "夜跑环道：灯、暗段和里程", "The night run: light, dark gaps, distance")
    return Told(title, _alt(answer, title, lang), tuple(layers), tuple(legend), box=box_of(answer.features["route"], more=0.12), unit_names=False,
                night=True)


def _minus(shapes: NDArray[np.object_], dark: NDArray[np.object_]) -> NDArray[np.object_]:
    """The lines without what lies in the dark, so that no lit ink shows through the dashes."""
    return np.asarray(shapely.difference(shapes, shapely.buffer(shapely.union_all(dark), 1e-7)), dtype=object) if len(dark) else shapes


def _edges(stretches: gpd.GeoDataFrame, dark: gpd.GeoDataFrame) -> NDArray[np.object_]:
    """What of the stretches that are mostly dark is lit after all."""
    chosen = (stretches["light"] == "dark").to_numpy(bool)
    left = _minus(shapes_of(stretches)[chosen], shapes_of(dark))
    return left[~shapely.is_empty(left)]


def _places(amenities: gpd.GeoDataFrame, lang: say.Lang) -> Iterable[tuple[Layer, Entry]]:
    shut = (amenities["open"] == np.False_).to_numpy(bool)
    for kind, (glyph, zh, en) in _PLACES.items():
        own = (amenities["kind"] == kind).to_numpy(bool)
        for chosen, sign, more in ((own & ~shut, Sign(glyph, _OPEN, radius=1.7), ("", "")),
                                   (own & shut, Sign(glyph, _SHUT, radius=1.7, dashed=True), ("（此时关闭）", " (shut then)"))):
            if chosen.any():
                yield Signs(shapes_of(amenities)[chosen], sign), Entry(say.pick(lang, zh + more[0], en + more[1]), sign)


def marks_told(marks: gpd.GeoDataFrame, lang: say.Lang, hundred: Sign = _HUNDRED) -> Iterable[tuple[Layer, Entry]]:
    """A ring with the kilometres in it at each half and whole one, dots between, the start over all."""
    kind = marks["kind"].to_numpy(object)
    whole = np.flatnonzero(np.isin(kind, ("half", "km")))
    for nth, row in enumerate(whole):
        ring = Sign(f"{marks['chainage_m'].iloc[row] / 1000:g}", "#8a5a00", radius=1.9)
        entry = Entry(say.pick(lang, "半公里、整公里", "half and whole km"), ring)
        yield Signs(shapes_of(marks)[row : row + 1], ring), entry if nth == 0 else Entry("", ring)
    if (kind == "hundred").any():
        yield Signs(shapes_of(marks)[kind == "hundred"], hundred), Entry(say.pick(lang, "里程标", "distance mark"), hundred)
    start = Sign(say.pick(lang, "起", "S"), "#8a5a00", solid=True, radius=1.9)
    yield Signs(shapes_of(marks)[kind == "start"], start), Entry(say.pick(lang, "起点", "start"), start)


def _crossings(crossings: gpd.GeoDataFrame, lang: say.Lang) -> Iterable[tuple[Layer, Entry]]:
    if len(crossings):
        yield Signs(shapes_of(crossings), _CROSSING), Entry(say.pick(lang, "过街", "crossing"), _CROSSING)


def _alt(answer: Answer, title: str, lang: say.Lang) -> str:
    length, dark = (say.fact(answer.fact(key), "米", lang) for key in ("length_ellipsoid_m", "dark_m"))
    return say.pick(lang, f"{title}。长 {length}，暗段 {dark}。", f"{title}. {length} long, {dark} in the dark.")


def marks(answer: Answer, workspace: Workspace, lang: say.Lang) -> Told:
    """The line with its marks, by day."""
    line = Ink("", palette.CHOSEN, 1.0, halo=palette.WHITE, bold=True)
    signs = list(marks_told(answer.features["marks"], lang, Sign("", palette.INK, radius=0.6)))
    legend = (Entry(say.pick(lang, "路线", "line"), line, "line"), *(entry for _, entry in signs if entry.label))
    title = say.pick(lang, "里程标", "Distance marks")
    alt = say.pick(lang, f"{title}：{len(answer.features['marks'])} 处。", f"{title}: {len(answer.features['marks'])}.")
    layers = (Overlay(shapes_of(answer.features["route"]), line), *(layer for layer, _ in signs))
    return Told(title, alt, layers, legend, box=box_of(answer.features["route"], more=0.12), unit_names=False)
