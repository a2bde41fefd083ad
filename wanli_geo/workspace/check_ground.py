"""What the checks of a workspace look at, and how they say what they find."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pyproj
import shapely

from wanli_geo.workspace.faults import found
from wanli_geo.workspace.findings import Finding
from wanli_geo.workspace.store import to_metres
from wanli_geo.workspace.unjoined import Ints


@dataclass(frozen=True)
class CheckGround:
    """What the checks look at: layers by name, and the place in its file of each feature; `metric_crs` and `extent` to measure."""

    layers: dict[str, gpd.GeoDataFrame]
    index: dict[str, Ints]
    metric_crs: str = ""
    extent: shapely.Geometry | None = None

    def has(self, *names: str) -> bool:
        return all(name in self.layers and len(self.layers[name]) for name in names)

    def ids(self, name: str) -> list[str]:
        return self.layers[name]["id"].tolist() if name in self.layers else []

    def column(self, name: str, column: str) -> npt.NDArray[Any]:
        return self.layers[name][column].to_numpy()

    def metric(self, name: str) -> npt.NDArray[np.object_]:
        """The geometries of a layer in metric coordinates."""
        return np.asarray(to_metres(self.layers[name].geometry.to_numpy(), self.metric_crs), dtype=object)

    def degrees(self, xy: Any) -> tuple[float, float]:
        """A metric position as longitude and latitude."""
        lon, lat = pyproj.Transformer.from_crs(self.metric_crs, "EPSG:4326", always_xy=True).transform(xy[0], xy[1])
        return float(lon), float(lat)

    def say(self, code: str, layer: str, row: int, column: str | None = None, **words: Any) -> Finding:
        return found(code, layer, index=int(self.index[layer][row]), id=self.layers[layer]["id"].iloc[row], column=column, **words)
