"""Areas from grids. The only file that draws contours."""

from __future__ import annotations

import contourpy
import numpy as np
import shapely
from numpy.typing import NDArray

from wanli_geo.network.graph import Floats

_LEAST_M2 = 1.0


def below_zero(
    x: Floats, y: Floats, values: Floats, smooth_m: float, *, onto: shapely.Geometry | None = None, near_m: float = 0.0
) -> shapely.Geometry:
    """Give the area where `values` (len(y), len(x)) are negative, its border moved by at most `smooth_m`; a valid MultiPolygon.

    What of the border lies within `near_m` of the lines `onto` is drawn along them: a railway parts what is reached from what is not.
    """
    # The class rather than `contour_generator`, which takes thrice as long to look for missing values as the contour takes to draw.
    generator = contourpy.SerialContourGenerator(
        *np.meshgrid(x, y), np.ascontiguousarray(values), None,  # type: ignore[arg-type]  # what `contour_generator` itself gives
        corner_mask=False, line_type=contourpy.LineType.Separate,
        fill_type=contourpy.FillType.ChunkCombinedOffsetOffset, quad_as_tri=False, z_interp=contourpy.ZInterp.Linear,
    )
    points, rings, polygons = (chunks[0] for chunks in generator.filled(-1e9, 0.0))
    if points is None:
        return shapely.MultiPolygon()
    if onto is not None:
        near = shapely.dwithin(onto, shapely.points(points), near_m)
        places = shapely.line_locate_point(onto, shapely.points(points[near]))
        points[near] = shapely.get_coordinates(shapely.line_interpolate_point(onto, places)).reshape(-1, 2)
    whole = shapely.multipolygons(shapely.from_ragged_array(shapely.GeometryType.POLYGON, points, (rings, polygons)))
    # The quick way may make a border cross itself; then the careful one, some ten times slower.
    smooth = shapely.simplify(whole, smooth_m, preserve_topology=False)
    if shapely.is_valid(smooth):
        return smooth
    return shapely.simplify(_polygons(whole if shapely.is_valid(whole) else shapely.make_valid(whole)), smooth_m)


def _polygons(mixed: shapely.Geometry) -> shapely.Geometry:
    """The MultiPolygon of what mending left, lines and points dropped."""
    parts = shapely.get_parts(shapely.get_parts(mixed))
    return shapely.multipolygons(parts[shapely.get_dimensions(parts) == 2])


def at_decimals(nested: NDArray[np.object_], grid: float) -> NDArray[np.object_]:
    """Give areas, each of which contains the one before, with coordinates on a grid: valid, and still containing each other.

    Rounding each by itself would make some cross themselves or their neighbours; so all borders are rounded together, and the faces
    between them put together again.
    """
    borders = shapely.union_all(shapely.boundary(nested[~shapely.is_empty(nested)]), grid_size=grid)
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(borders)))
    spots = shapely.point_on_surface(faces)
    shapely.prepare(nested)
    within = np.logical_or.accumulate(shapely.contains(nested[:, None], spots[None, :]), axis=0)
    return np.array([solid(shapely.coverage_union_all(faces[own]), 0.0) for own in within], dtype=object)


def solid(area: shapely.Geometry, least: float = _LEAST_M2) -> shapely.Geometry:
    """Give the polygons of what an overlay left, without specks smaller than `least` (of small areas: than a hundredth)."""
    parts = shapely.get_parts(area)
    parts = parts[shapely.get_dimensions(parts) == 2]
    parts = parts[shapely.area(parts) >= min(least, float(np.sum(shapely.area(parts))) / 100)]
    if not len(parts):
        return shapely.Polygon()
    return parts[0] if len(parts) == 1 else shapely.multipolygons(parts)
