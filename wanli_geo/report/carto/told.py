"""What a map tells, before it has a ground and a size."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import shapely

from wanli_geo.report.carto.furniture import Entry
from wanli_geo.report.carto.scene import Layer, Shapes
from wanli_geo.report.carto.tints import shapes_of


@dataclass(frozen=True)
class Told:
    """Layers over the ground with their legend; `box` is what must be seen in degrees, None for the whole boundary."""

    title: str
    alt: str
    layers: tuple[Layer, ...]
    legend: tuple[Entry, ...]
    heading: str = ""
    box: tuple[float, float, float, float] | None = None
    unit_names: bool = True
    night: bool = False


def box_of(*layers: gpd.GeoDataFrame, more: float = 0.03) -> tuple[float, float, float, float] | None:
    """What layers (WGS84) take up together, with a margin; None where there is nothing."""
    shapes: Shapes = np.concatenate([shapes_of(layer) for layer in layers])
    if not len(shapes):
        return None
    west, south, east, north = shapely.total_bounds(shapes).tolist()
    wide, high = (east - west) * more, (north - south) * more
    return west - wide, south - high, east + wide, north + high
