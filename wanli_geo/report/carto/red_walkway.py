"""The red walkway by day: the line, its stops by number, the longest stretch without one, what is dark or dug up, marks, who lives near."""

from __future__ import annotations

from collections.abc import Iterable

import geopandas as gpd

from wanli_geo.answer import Answer
from wanli_geo.report import palette, say
from wanli_geo.report.carto.furniture import Entry
from wanli_geo.report.carto.inks import Ink, Sign
from wanli_geo.report.carto.night_run import marks_told
from wanli_geo.report.carto.scene import Layer, Overlay, Signs
from wanli_geo.report.carto.tints import shapes_of
from wanli_geo.report.carto.told import Told, box_of
from wanli_geo.report.naming import name_of
from wanli_geo.workspace.store import Workspace

RED = "#c3272b"
_LINE = Ink("", RED, 1.3, halo=palette.WHITE, bold=True)
_EMPTY = Ink("", "#e9a3a0", 1.3, halo=palette.WHITE, bold=True)
_DARK = Ink("", palette.INK, 0.5, "1.0 0.8", bold=True)
_WORKS = Ink("", "#e2703a", 0.6, "0.8 0.6", bold=True)
_NEAR = Ink(palette.COVERED)
_HUNDRED = Sign("", palette.WHITE, radius=0.6, edge=RED)


def red_walkway(answer: Answer, workspace: Workspace, lang: say.Lang) -> Told:
    """Who lives near beneath, the line over it, then marks, and the stops by number over all."""
    units, gaps = answer.features["units"], answer.features["gaps"]
    near = units[(units["people_covered"] > 0).to_numpy(bool)]
    longest = gaps.sort_values("metres", ascending=False, kind="stable").head(1)
    metres = say.number(float(longest["metres"].iloc[0]))
    lines = (
        (shapes_of(answer.features["route"]), _LINE, "红色步道", "the red walkway"),
        (shapes_of(longest), _EMPTY, f"最长的无点位路段，{metres} 米", f"longest without a stop, {metres} m"),
        (shapes_of(answer.features["dark"]), _DARK, "暗段", "dark"),
        (shapes_of(answer.features["works"]), _WORKS, "施工或封闭", "under works or shut"),
    )
    layers: list[Layer] = [Overlay(shapes_of(near), _NEAR, beneath=True)]
    legend: list[Entry] = []
    for shapes, ink, zh, en in lines:
        if len(shapes):
            layers.append(Overlay(shapes, ink))
            legend.append(Entry(say.pick(lang, zh, en), ink, "line"))
    stops, marks = list(_stops(answer.features["stops"], lang)), list(marks_told(answer.features["marks"], lang, _HUNDRED))
    layers += [layer for layer, _ in (*marks, *stops)]
    legend += [entry for _, entry in (*stops, *marks) if entry.label]
    within = next(fact for fact in answer.facts if fact.key == "people_within")
    legend.append(Entry(say.pick(lang, f"有居民{within.zh}", within.en[:1].lower() + within.en[1:]), _NEAR))
    title = say.pick(lang, "红色步道：点位与里程", "The red walkway: its stops and distances")
    return Told(title, _alt(answer, title, lang), tuple(layers), tuple(legend), box=box_of(answer.features["route"], more=0.1), unit_names=False)


def _stops(stops: gpd.GeoDataFrame, lang: say.Lang) -> Iterable[tuple[Layer, Entry]]:
    rows = stops.drop(columns="geometry").to_dict("records")
    for nth, row in enumerate(rows):
        sign = Sign(str(nth + 1), RED, solid=True, radius=2.2)
        entry = Entry(say.pick(lang, "点位，按故事的次序", "stop, in the order of the story"), sign) if nth == 0 else Entry("", sign)
        yield Signs(shapes_of(stops)[nth : nth + 1], sign, names=(name_of(row, lang),)), entry


def _alt(answer: Answer, title: str, lang: say.Lang) -> str:
    length, stops = say.fact(answer.fact("length_m"), "米", lang), answer.fact("stops")
    return say.pick(lang, f"{title}。长 {length}，{stops} 处点位。", f"{title}. {length} long, {stops} stops.")
