"""Areas from grids. The only file that draws contours."""

from __future__ import annotations

import contourpy
import numpy as np
import shapely

from wanli_geo.network.graph import Floats

_LEAST_M2 = 1.0


def below_zero(x: Floats, y: Floats, values: Floats, smooth_m: float) -> shapely.Geometry:
    """Give the area where `values` (len(y), len(x)) are negative, its border moved by at most `smooth_m`; a valid MultiPolygon."""
    generator = contourpy.contour_generator(x, y, values, name="serial", fill_type=contourpy.FillType.ChunkCombinedOffsetOffset)
    points, rings, polygons = (chunks[0] for chunks in generator.filled(-1e9, 0.0))
    if points is None:
        return shapely.MultiPolygon()
    whole = shapely.multipolygons(shapely.from_ragged_array(shapely.GeometryType.POLYGON, points, (rings, polygons)))
    # The quick way may make a border cross itself; then the careful one, some ten times slower.
    smooth = shapely.simplify(whole, smooth_m, preserve_topology=False)
    if shapely.is_valid(smooth):
        return smooth
    return shapely.simplify(whole if shapely.is_valid(whole) else shapely.make_valid(whole), smooth_m)


def solid(area: shapely.Geometry) -> shapely.Geometry:
    """Give the polygons of what an overlay left, without specks of less than a square metre (of tiny areas: a hundredth)."""
    parts = shapely.get_parts(area)
    parts = parts[shapely.get_dimensions(parts) == 2]
    parts = parts[shapely.area(parts) >= min(_LEAST_M2, float(np.sum(shapely.area(parts))) / 100)]
    if not len(parts):
        return shapely.Polygon()
    return parts[0] if len(parts) == 1 else shapely.multipolygons(parts)
