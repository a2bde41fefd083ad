"""The ground of a map: land, water, green, compounds, houses, streets true to their width, railways, the boundary."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from wanli_geo.report import palette
from wanli_geo.report.carto.frame import Frame
from wanli_geo.report.carto.pen import path
from wanli_geo.workspace.store import Workspace

Shapes = NDArray[np.object_]
Colors = Mapping[str, str]

# How wide a street, a water or a greenway is where its width is not stated, in metres.
WIDTHS_M = {"road": 14.0, "lane": 6.0, "path": 3.0, "footbridge": 3.0, "underpass": 3.0, "steps": 2.5, "crossing": 3.0}
_WATER_M, _GREENWAY_M = 12.0, 5.0
_CASING_MM = 0.22
_LEAST_MM = {"street": 0.18, "water": 0.5}
# Houses smaller than a dot of ink are not drawn, and where there are so many no eye counts them.
_LEAST_HOUSE_MM = 0.25
_MOST_HOUSES = 12_000

DAY: Colors = {**palette.GROUND, "boundary_line": palette.GROUND["boundary"]}
NIGHT: Colors = {
    **palette.GROUND, "inside": palette.NIGHT["ground"], "outside": "#0d1422", "compound": "#172136", "building": "#aebfdf",
    "water": palette.NIGHT["water"], "water_edge": palette.NIGHT["water"], "green": palette.NIGHT["green"], "green_edge": palette.NIGHT["green"],
    "road": palette.NIGHT["road"], "road_edge": "#1f2b43", "railway": "#5b6780", "ink": "#dfe6f4", "quiet": "#9aa6bf", "boundary_line": "#5b6780",
}


@dataclass(frozen=True)
class Ground:
    """A workspace seen through a frame; each part is drawn from its own layer."""

    workspace: Workspace
    frame: Frame
    colors: Colors

    def land(self) -> Iterable[str]:
        """What lies flat: the area itself, compounds, green and water."""
        colors = self.colors
        yield path(shapely.box(0, 0, self.frame.width, self.frame.height), fill=colors["outside"])
        yield path(self._seen("boundary")[1], fill=colors["inside"])
        yield path(self._seen("compounds")[1], fill=colors["compound"])
        for name, color, width_m, least_mm in (("green_vein", "green", _GREENWAY_M, 0.3), ("blue_net", "water", _WATER_M, _LEAST_MM["water"])):
            layer, shapes = self._seen(name)
            flat = shapely.get_dimensions(shapes) == 2
            wide = layer["width_m"].fillna(width_m).to_numpy(float) if "width_m" in layer else np.full(len(layer), width_m)
            yield from self._lines(shapes[~flat], wide[~flat], colors[color], 0.0, least_mm)
            yield path(shapes[flat], fill=colors[color], stroke=colors[f"{color}_edge"], stroke_width=0.15)

    def houses(self) -> Iterable[str]:
        """The houses as faint marks, where they are large enough to be seen."""
        for name in ("buildings", "homes"):
            _, shapes = self._seen(name)
            seen = shapes[shapely.area(shapes) > _LEAST_HOUSE_MM**2]
            if len(seen) <= _MOST_HOUSES:
                yield path(seen, fill=self.colors["building"], fill_opacity=0.08)

    def streets(self) -> Iterable[str]:
        """Casings first, then the streets themselves, so that crossings are open; lanes behind gates faint; railways above them."""
        layer, shapes = self._seen("streets")
        inner = layer["access"].isin(("residents", "private")).to_numpy(bool)
        yield path(shapes[inner], fill="none", stroke=self.colors["road"], stroke_width=0.22, stroke_opacity=0.6)
        open_to_all, wide = shapes[~inner], street_widths_m(layer[~inner])
        yield from self._lines(open_to_all, wide, self.colors["road_edge"], 2 * _CASING_MM, _LEAST_MM["street"])
        yield from self._lines(open_to_all, wide, self.colors["road"], 0.0, _LEAST_MM["street"])
        barriers, lines = self._seen("barriers")
        rails = lines[(barriers["kind"] == "railway").to_numpy(bool)]
        yield path(rails, fill="none", stroke=self.colors["railway"], stroke_width=0.5)
        yield path(rails, fill="none", stroke=self.colors["inside"], stroke_width=0.28, stroke_dasharray="1.4 1.4")

    def edge(self) -> Iterable[str]:
        """The boundary, dash and dot."""
        yield path(self._seen("boundary")[1], fill="none", stroke=self.colors["boundary_line"], stroke_width=0.3, stroke_dasharray="2.2 0.7 0.35 0.7")

    def _lines(self, shapes: Shapes, wide_m: NDArray[np.float64], color: str, more_mm: float, least_mm: float) -> Iterable[str]:
        """Lines as wide as they are on the ground, those of one width in one path."""
        wide = np.round(np.maximum(wide_m * self.frame.mm_per_m, least_mm) * 10) / 10
        for width in np.unique(wide):
            yield path(shapes[wide == width], fill="none", stroke=color, stroke_width=float(width) + more_mm, **ROUND)

    def _seen(self, name: str) -> tuple[gpd.GeoDataFrame, Shapes]:
        """A layer's features in the frame, and their shapes in millimetres."""
        return seen(self.workspace.metric(name), self.frame)


ROUND = {"stroke_linecap": "round", "stroke_linejoin": "round"}


def seen(layer: gpd.GeoDataFrame, frame: Frame) -> tuple[gpd.GeoDataFrame, Shapes]:
    """Give the features of a layer (metres) that show in a frame, and their shapes in millimetres, cut a little beyond it."""
    if layer.empty:
        return layer, np.empty(0, dtype=object)
    rows = np.sort(layer.sindex.query(shapely.box(*frame.box)))
    some = layer.iloc[rows]
    shapes = frame.seen(some.geometry.to_numpy())
    kept = ~shapely.is_empty(shapes)
    return some[kept], shapes[kept]


def street_widths_m(streets: gpd.GeoDataFrame) -> NDArray[np.float64]:
    """The width of streets, of their kind where it is not stated."""
    return streets["width_m"].fillna(streets["kind"].map(WIDTHS_M)).fillna(3.0).to_numpy(float)
