"""The map of green veins: greens by the cluster they are joined into, the walks that join them, and the missing links by rank."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import shapely

from wanli_geo.answer import Answer
from wanli_geo.report import palette, say
from wanli_geo.report.carto.furniture import Entry
from wanli_geo.report.carto.inks import Ink, Sign
from wanli_geo.report.carto.scene import Layer, Overlay, Shapes, Signs
from wanli_geo.report.carto.tints import shapes_of
from wanli_geo.report.carto.told import Told, box_of
from wanli_geo.report.naming import name_of
from wanli_geo.workspace.store import Workspace

_GREEN = next(theme.ink for theme in palette.THEMES if theme.code == "green")
# The joined clusters from the darkest, hatched in turn for who sees no colours; a green joined to none is pale.
_JOINED = (Ink("#1f5d33", _GREEN, 0.3, opacity=0.9), Ink("#7fb069", _GREEN, 0.3, hatch="#1f5d33", opacity=0.9),
           Ink("#4f9a94", "#22605b", 0.3, opacity=0.9), Ink("#b5c95a", "#6f8128", 0.3, hatch="#6f8128", opacity=0.9))
_ALONE = Ink("#dbeacb", _GREEN, 0.25, "1.2 0.8")
_WALK = Ink("", "#1f5d33", 0.7, halo=palette.WHITE, bold=True)
_LONE_WALK = Ink("", "#8aa88f", 0.35)
_MISSING = Ink("", "#b4560a", 0.9, "2.2 1.2", halo=palette.WHITE, bold=True)
_LATER = Ink("", "#b4560a", 0.45, "1.4 1.2")
_RANK = Sign("1", "#b4560a", solid=True, radius=1.9)
_NUMBERED = 9


def green_links(answer: Answer, workspace: Workspace, lang: say.Lang) -> Told:
    """Clusters in their inks, walks in the green over them, missing links dashed and the first numbered."""
    patches, links, missing = (answer.features[name] for name in ("patches", "links", "missing"))
    layers, legend = _clusters(patches, lang)
    joins = links["joins"].to_numpy(bool)
    layers += [Overlay(shapes_of(links)[~joins], _LONE_WALK), Overlay(shapes_of(links)[joins], _WALK)]
    if joins.any():
        legend.append(Entry(say.pick(lang, "连起绿地的绿中步道", "walk in the green that joins greens"), _WALK, "line"))
    if (~joins).any():
        legend.append(Entry(say.pick(lang, "其他绿中、水边步道", "other walk in the green or by water"), _LONE_WALK, "line"))
    first = missing["rank"].to_numpy() <= _NUMBERED
    layers += [Overlay(shapes_of(missing)[~first], _LATER), Overlay(shapes_of(missing)[first], _MISSING)]
    middles = _middles(missing)
    layers += [Signs(middles[row : row + 1], Sign(str(rank), _RANK.color, solid=True, radius=_RANK.radius))
               for row, rank in enumerate(missing["rank"][first])]
    if len(missing):
        legend.append(Entry(say.pick(lang, "缺的连接，按能连上多少排", "missing link, by what it would join"), _MISSING, "line"))
    if (~first).any():
        legend.append(Entry(say.pick(lang, f"第 {_NUMBERED + 1} 位及以后", f"from rank {_NUMBERED + 1} on"), _LATER, "line"))
    title = say.pick(lang, "绿脉：连上的和该连的", "Green veins: joined, and to be joined")
    number, clusters = len(patches), int(patches["cluster"].max())
    alt = say.pick(lang, f"{number} 处绿地连成 {clusters} 片；列出 {len(missing)} 处缺的连接。",
                   f"{number} greens make {clusters} clusters; {len(missing)} missing links are told.")
    heading = say.pick(lang, "绿地与连接", "Greens and links")
    return Told(title, alt, tuple(layers), tuple(legend), heading, box_of(patches, missing), unit_names=False)


def _clusters(patches: gpd.GeoDataFrame, lang: say.Lang) -> tuple[list[Layer], list[Entry]]:
    """The clusters of several greens each in its ink, those beyond the inks in the last; then the greens alone."""
    layers, legend = list[Layer](), list[Entry]()
    several = (patches["cluster_patches"] > 1).to_numpy(bool)
    numbers = list(dict.fromkeys(patches["cluster"][several]))
    for place, ink in enumerate(_JOINED):
        own = numbers[place:] if ink is _JOINED[-1] else numbers[place : place + 1]
        rows = patches[patches["cluster"].isin(own)]
        if len(rows):
            layers.append(Overlay(shapes_of(rows), ink, beneath=True))
            legend.append(Entry(_told(rows, len(own), lang), ink))
    if (~several).any():
        layers.append(Overlay(shapes_of(patches)[~several], _ALONE, beneath=True))
        legend.append(Entry(say.pick(lang, f"没有连上别处（{(~several).sum()} 处）", f"joined to no other ({(~several).sum()})"), _ALONE))
    return layers, legend


def _told(rows: gpd.GeoDataFrame, clusters: int, lang: say.Lang) -> str:
    """A cluster by its largest green, how many greens it joins and their hectares; several of them together."""
    hectares = f"{rows['area_m2'].sum() / 10_000:.1f}"
    if clusters > 1:
        return say.pick(lang, f"{hectares} 公顷：另 {clusters} 片 {len(rows)} 处", f"{hectares} ha: {clusters} more clusters, {len(rows)} greens")
    largest = rows.iloc[0].to_dict()
    name = name_of(largest, lang) or str(largest["id"])
    return say.pick(lang, f"{hectares} 公顷：{name}等 {len(rows)} 处", f"{hectares} ha: {name} and {len(rows) - 1} more")


def _middles(lines: gpd.GeoDataFrame) -> Shapes:
    """(k,) the point half-way along each line."""
    return np.asarray(shapely.line_interpolate_point(shapes_of(lines), 0.5, normalized=True), dtype=object)
