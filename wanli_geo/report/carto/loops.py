"""Loops to run on the map: the best one glowing, the others thinner, a dot every 100 m, a ring every half kilometre."""

from __future__ import annotations

from wanli_geo.answer import Answer
from wanli_geo.report import palette, say
from wanli_geo.report.carto.furniture import Entry
from wanli_geo.report.carto.inks import Ink, Sign
from wanli_geo.report.carto.scene import Layer, Overlay, Signs
from wanli_geo.report.carto.tints import shapes_of
from wanli_geo.report.carto.told import Told, box_of
from wanli_geo.workspace.store import Workspace

_LAMP = "#ffd27a"  # the lamp light of the night page: on white paper it wants a dark edge
_DARK = next(theme.ink for theme in palette.THEMES if theme.code == "night")
_BEST = Ink("", _LAMP, 1.1, halo=_DARK, bold=True)
_OTHERS = (Ink("", _DARK, 0.45, halo=palette.WHITE), Ink("", _DARK, 0.45, dash="1.6 0.9", halo=palette.WHITE), Ink("", _DARK, 0.45, dash="0.4 0.9"))
_DOT, _RING, _START = Sign("", _DARK, radius=0.5), Sign("", _DARK, radius=1.0), Sign("", palette.ACTION, radius=1.6)


def loops(answer: Answer, workspace: Workspace, lang: say.Lang) -> Told:
    """The proposals, the best on top with its marks."""
    lines, marks = answer.features["loops"], answer.features["marks"]
    own = marks[marks["loop"] == lines["id"].iloc[0]]
    layers: list[Layer] = []
    legend: list[Entry] = []
    for place, row in reversed(list(enumerate(lines.to_dict("records")))):
        ink = _BEST if place == 0 else _OTHERS[(place - 1) % len(_OTHERS)]
        layers.append(Overlay(shapes_of(lines)[place : place + 1], ink))
        metres, value = say.number(float(row["length_m"])), f"{row['score']:.2f}"
        told = say.pick(lang, f"{row['name']}：{metres} 米，得分 {value}", f"{row['name_en']}: {metres} m, score {value}")
        legend.insert(0, Entry(told, ink, "line"))
    for kinds, sign in ((("hundred",), _DOT), (("half", "km"), _RING)):
        layers.append(Signs(shapes_of(own[own["kind"].isin(kinds)]), sign))
    layers.append(Signs(shapes_of(answer.features["start"]), _START))
    legend += [Entry(say.pick(lang, "起点", "start"), _START), Entry(say.pick(lang, "每 100 米", "every 100 m"), _DOT),
               Entry(say.pick(lang, "每 500 米", "every 500 m"), _RING)]
    title = say.pick(lang, f"{answer.params['length_m']:g} 米跑步环线", f"Loops of {answer.params['length_m']:g} m to run")
    alt = say.pick(lang, f"{title}：{len(lines)} 个方案。", f"{title}: {len(lines)} proposal(s).")
    return Told(title, alt, tuple(layers), tuple(legend), box=box_of(lines, more=0.08))
