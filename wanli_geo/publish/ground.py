"""The map's own layers as the page draws them: `data/ground.bin`. Read by static/js/public/ground.js."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from wanli_geo.publish.allow import public_layer
from wanli_geo.publish.packing import Numbers, packed, shapes
from wanli_geo.report.wire import plain
from wanli_geo.workspace.publication import Publication
from wanli_geo.workspace.store import Workspace, to_degrees, to_metres

# Layer → the columns that drawing and naming need. The boundary is filled, never stroked.
COLUMNS: dict[str, tuple[str, ...]] = {
    "boundary": (),
    "streets": ("name", "name_en", "kind", "width_m", "level", "access"),
    "barriers": ("kind", "level"),
    "buildings": (),
    "compounds": ("name", "name_en", "address", "other_names"),
    "blue_net": ("name", "name_en", "kind", "width_m"),
    "green_vein": ("name", "name_en", "kind"),
}
# A tenth of a metre, and half a metre from what is recorded: less than a pixel at the closest zoom of a phone.
PER_DEGREE = 1_000_000
_NEARLY_M = 0.5


def ground_pack(workspace: Workspace, publication: Publication) -> bytes:
    """Write the layers that every map of the site is drawn from; where people live is not among them, house by house."""
    arrays: dict[str, Numbers] = {}
    told: dict[str, dict[str, list[Any]]] = {}
    for name, columns in COLUMNS.items():
        layer = public_layer(workspace, name, publication)
        arrays |= shapes(name, _smoothed(layer, workspace.catalogue.metric_crs), PER_DEGREE)
        told[name] = {column: [plain(value) for value in layer[column].astype(object).where(pd.notna(layer[column]), None)]
                      for column in columns if column in layer}
    return packed({"per_degree": PER_DEGREE, "layers": told}, arrays)


def _smoothed(layer: gpd.GeoDataFrame, crs: str) -> np.ndarray:
    metres = to_metres(layer.geometry.to_numpy(), crs)
    simple = shapely.simplify(metres, _NEARLY_M)
    kept = np.where(shapely.is_empty(simple), metres, simple)
    moved = np.empty(len(kept), dtype=object)
    if len(kept):
        moved[:] = to_degrees(kept, crs)
    return moved
