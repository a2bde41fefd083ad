"""What of a layer the public may see."""

from __future__ import annotations

import geopandas as gpd

from wanli_geo.workspace.publication import Publication
from wanli_geo.workspace.store import Workspace


def public_layer(workspace: Workspace, name: str, publication: Publication) -> gpd.GeoDataFrame:
    """Give the rows of a layer that may be shown."""
    layer = workspace.layer(name)
    return layer[layer["public"].fillna(True).astype(bool)].reset_index(drop=True)
