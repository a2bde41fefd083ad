"""The facilities that the site names: one list for the pages and their scripts, in the order in which `data/walks.bin` has their doors."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import pandas as pd
import shapely

from wanli_geo.publish.allow import public_layer
from wanli_geo.publish.sources import Sources
from wanli_geo.report.wire import DECIMALS, plain
from wanli_geo.workspace.kinds import GROUPS, KINDS
from wanli_geo.workspace.publication import Publication
from wanli_geo.workspace.services import source_of

# What is told of a place, where its layer may show it.
_TOLD = ("name", "name_en", "address", "open_hours", "step_free", "floor", "phone")


def places(sources: Sources, publication: Publication) -> dict[str, Any]:
    """Give kinds and places as the page's scripts take them.

    Returns:
        `kinds`: of each kind that has a place its code, names, glyph, group and how far it was surveyed; `groups`: their names; `walkers`: who walks;
        `places`: of each its kind (number), id, `at` in degrees, and what is known of it.
    """
    codes = kinds_of(sources)
    layers: dict[str, gpd.GeoDataFrame] = {}
    told = []
    for code, identity in sources.walkable.facility:
        layer = source_of(code).layer
        if layer not in layers:
            layers[layer] = public_layer(sources.workspace, layer, publication).set_index("id", drop=False)
        told.append({"kind": codes.index(code), **_place(layers[layer].loc[identity])})
    kinds = [{**vars(KINDS[code]), "survey": sources.workspace.survey_of(code)} for code in codes]
    walkers = [vars(one) for one in sources.walkable.walkers]
    return {"kinds": kinds, "groups": {code: list(names) for code, names in GROUPS.items()}, "walkers": walkers, "places": told}


def kinds_of(sources: Sources) -> list[str]:
    """Name the kinds that have a place, in the order of the taxonomy."""
    return list(dict.fromkeys(code for code, _ in sources.walkable.facility))


def _place(row: pd.Series[Any]) -> dict[str, Any]:
    middle = shapely.centroid(row.geometry) if shapely.get_dimensions(row.geometry) else row.geometry
    values = {name: plain(row[name]) for name in _TOLD if name in row and not pd.isna(row[name])}
    return {"id": row["id"], "at": [round(float(middle.x), DECIMALS), round(float(middle.y), DECIMALS)], **values}
