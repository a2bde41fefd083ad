"""What the large map of one compound or committee draws: itself, its gates, what is round it, the walks there."""

from __future__ import annotations

import geopandas as gpd

from wanli_geo.report import say
from wanli_geo.report.carto.answers import WALK, shapes_of
from wanli_geo.report.carto.inks import Ink
from wanli_geo.report.carto.scene import Layer, Overlay
from wanli_geo.report.carto.told import Told
from wanli_geo.workspace.store import Workspace


def place_layers(workspace: Workspace, lang: say.Lang, highlight: tuple[str, ...], walks: gpd.GeoDataFrame | None, services: tuple[str, ...]) -> Told:
    """Give the layers and the legend of a place."""
    layers: list[Layer] = []
    for name in ("committees", "compounds"):
        layer = workspace.layer(name)
        layers.append(Overlay(shapes_of(layer[layer["id"].isin(highlight)]), Ink("#fdf3df", "#1d2a3a", 0.6), beneath=True))
    if walks is not None and len(walks):
        layers.append(Overlay(shapes_of(walks), WALK))
    return Told("", "", tuple(layers), ())
