"""The water's edge: banks one can walk along, breaks by rank, what is not known, and the places to reach the water."""

from __future__ import annotations

import geopandas as gpd
import shapely

from wanli_geo.answer import Answer
from wanli_geo.report import palette, say
from wanli_geo.report.carto.furniture import Entry
from wanli_geo.report.carto.inks import Ink, Sign
from wanli_geo.report.carto.scene import Layer, Overlay, Shapes, Signs
from wanli_geo.report.carto.tints import shapes_of
from wanli_geo.report.carto.told import Told, box_of
from wanli_geo.workspace.store import Workspace

_BROKEN = "#c3272b"
_STATES = (("through", Ink("", "#1f6fb2", 1.0, halo=palette.WHITE, bold=True), "走得通的岸", "bank one can walk along"),
           ("unknown", Ink("", palette.QUIET, 0.7, "0.6 0.8", halo=palette.WHITE), "不清楚", "not known"),
           ("broken", Ink("", _BROKEN, 1.0, "1.4 1.0", halo=palette.WHITE, bold=True), "不通", "broken"))


def blue_net(answer: Answer, workspace: Workspace, lang: say.Lang) -> Told:
    """Banks by state, access points, then the breaks over all, the first in rank uppermost."""
    banks, breaks, access = (answer.features[name] for name in ("banks", "breaks", "access"))
    layers: list[Layer] = []
    legend: list[Entry] = []
    for state, ink, zh, en in _STATES:
        chosen = (banks["state"] == state).to_numpy(bool)
        if chosen.any():
            layers.append(Overlay(shapes_of(banks)[chosen], ink))
            legend.append(Entry(say.pick(lang, zh, en), ink, "line"))
    used = access["used"].to_numpy(bool)
    if used.any():
        sign = Sign("水", "#1f6fb2", radius=1.4)
        layers.append(Signs(shapes_of(access)[used], sign, dotted=True))
        legend.append(Entry(say.pick(lang, "亲水点", "access to the water"), sign))
    layers += [Signs(_place_of(row), Sign(str(rank), _BROKEN, solid=True)) for rank, row in reversed(list(breaks.groupby("rank", sort=True)))]
    if len(breaks):
        legend.append(Entry(say.pick(lang, "断点，按受益居民排序", "break, by people gained"), Sign("1", _BROKEN, solid=True)))
    title = say.pick(lang, "水边走得通吗", "Can one walk along the water")
    alt = say.pick(lang, f"{title}：{len(breaks)} 处断点，{int(used.sum())} 处亲水点。",
                   f"{title}: {len(breaks)} break(s), {int(used.sum())} place(s) to reach the water.")
    return Told(title, alt, tuple(layers), tuple(legend), say.pick(lang, "岸线", "Banks"), box=box_of(banks, more=0.05), unit_names=False)


def _place_of(row: gpd.GeoDataFrame) -> Shapes:
    """Where the number of one break stands: at a third of it, from opposite ends on opposite banks, so that of two neither hides the other."""
    third = 1 / 3 if row["bank"].iloc[0] in ("north", "west") else 2 / 3
    return shapely.line_interpolate_point(shapes_of(row), third, normalized=True)
