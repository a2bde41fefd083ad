"""What the large map of one compound or committee draws: itself, its gates, what is round it, the walks there."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd

from wanli_geo.report import palette, say
from wanli_geo.report.carto.answers import ORANGE, WALK
from wanli_geo.report.carto.furniture import Entry
from wanli_geo.report.carto.inks import Ink, Sign
from wanli_geo.report.carto.scene import Layer, Overlay, Signs
from wanli_geo.report.carto.tints import shapes_of
from wanli_geo.report.carto.told import Told
from wanli_geo.report.naming import name_of
from wanli_geo.workspace.kinds import KINDS
from wanli_geo.workspace.services import in_service
from wanli_geo.workspace.store import Workspace

_HERE = Ink("#fdeccb", palette.ACTION, 0.6)
_ITS, _AROUND = Ink("#fdeccb"), Ink("", palette.ACTION, 0.6)  # a committee's compounds, and its own edge
_GATE, _SHUT = Sign("门", palette.ACTION, solid=True, radius=1.3), Sign("门", palette.QUIET, radius=1.3)


def place_layers(
    workspace: Workspace, lang: say.Lang, highlight: tuple[str, ...], walks: gpd.GeoDataFrame | None, services: tuple[str, ...],
) -> Told:
    """Give the layers and the legend of a place."""
    committees, compounds = workspace.layer("committees"), workspace.layer("compounds")
    committees = committees[committees["id"].isin(highlight)]
    compounds = compounds[compounds["id"].isin(highlight) | compounds["committee_id"].isin(committees["id"])]
    told_of = committees if len(committees) else compounds
    names = [name_of(row, lang) or str(row["id"]) for row in told_of.to_dict("records")]
    own = Overlay(shapes_of(compounds), _HERE if committees.empty else _ITS, beneath=True)
    layers: list[Layer] = [own, Overlay(shapes_of(committees), _AROUND)]
    legend = [Entry(say.pick(lang, "、", ", ").join(names), _HERE)] if names else []
    facilities = workspace.layer("facilities")
    used = facilities[in_service(facilities) & (facilities["kind"].isin(services) | (not services))]
    if walks is not None and len(walks):
        layers.append(Overlay(shapes_of(walks), WALK))
        legend.append(Entry(say.pick(lang, "步行路线", "walk"), WALK, "line"))
    gates, doors = _gates(workspace, compounds["id"], lang)
    signs, told = service_signs(used, lang, named=True)
    title = say.pick(lang, "、", ", ").join(names) or say.pick(lang, "周边设施", "What is round it")
    return Told(title, title, (*layers, *gates, *signs), (*legend, *doors, *told))


def _gates(workspace: Workspace, compounds: pd.Series[str], lang: say.Lang) -> tuple[list[Layer], list[Entry]]:
    """Gates that anybody may pass, and those for residents only or not open."""
    gates = workspace.layer("gates")
    gates = gates[gates["compound_id"].isin(compounds)]
    shut = (gates["residents_only"].eq(True) | ~gates["status"].fillna("existing").isin(("existing",))).fillna(False).to_numpy(bool)
    layers: list[Layer] = []
    legend: list[Entry] = []
    for chosen, sign, zh, en in ((~shut, _GATE, "小区门", "gate"), (shut, _SHUT, "仅居民或未开", "residents only, or shut")):
        if chosen.any():
            layers.append(Signs(shapes_of(gates)[chosen], sign))
            legend.append(Entry(say.pick(lang, zh, en), sign))
    return layers, legend


def service_signs(facilities: gpd.GeoDataFrame, lang: say.Lang, *, dotted: bool = True, named: bool = False) -> tuple[list[Layer], list[Entry]]:
    """A sign a kind with the kind's own character, those that matter most first; `named` writes each one's name where it fits."""
    layers: list[Layer] = []
    legend: list[Entry] = []
    present = set(facilities["kind"])
    kinds = sorted((kind for kind in KINDS.values() if kind.code in present), key=lambda kind: not kind.first_page)
    for kind in kinds:
        rows = facilities[facilities["kind"] == kind.code]
        sign = Sign(kind.glyph, ORANGE, radius=1.6)
        names = tuple(name_of(row, lang) for row in rows.to_dict("records")) if named and kind.first_page else ()
        layers.append(Signs(shapes_of(rows), sign, dotted, names))
        legend.append(Entry(say.pick(lang, kind.zh, kind.en), sign, minor=True))
    return layers, legend
