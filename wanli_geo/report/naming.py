"""Names on a map: where each would like to stand, and which of them fit, none over another.

Shapes are those of the map's own plane, x to the right and y down, in whatever unit it draws in (pixels, millimetres), as are sizes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from wanli_geo.report import say

Shapes = NDArray[np.object_]

# Where along its line a name is tried, the middle first.
_STANDS = (0.5, 0.35, 0.65, 0.22, 0.78)


@dataclass(frozen=True)
class Name:
    """A name that would like to stand with its middle at `at`, turned by `angle` degrees, in letters of `size`; `style` says what it names."""

    text: str
    at: tuple[float, float]
    angle: float
    size: float
    style: str

    def box(self) -> shapely.Geometry:
        """The room it takes, with a little air."""
        wide, high = width_of(self.text, self.size) + self.size * 0.4, self.size * 1.3
        turned = shapely.affinity.rotate(shapely.box(-wide / 2, -high / 2, wide / 2, high / 2), self.angle, origin=(0, 0))
        return shapely.affinity.translate(turned, *self.at)


def width_of(text: str, size: float) -> float:
    """About how wide a text is: a Chinese character fills its square, others a little more than half."""
    return sum(size if ord(letter) > 0x2E80 else size * 0.56 for letter in text)


def name_of(row: Mapping[str, Any], lang: say.Lang) -> str:
    """The name in the language asked for, else in the other, else nothing."""
    names = [row.get("name_en"), row.get("name")] if lang == "en" else [row.get("name"), row.get("name_en")]
    return next((name for name in names if isinstance(name, str) and name), "")


def in_areas(layer: gpd.GeoDataFrame, shapes: Shapes, size: float, style: str, lang: say.Lang) -> Iterable[Name]:
    """Names in the middle of areas, largest area first, where the area is wide enough for most of the name."""
    west, _, east, _ = shapely.bounds(shapes).reshape(-1, 4).T
    middles = shapely.point_on_surface(shapes)
    rows = layer[["name", "name_en"]].to_dict("records")
    flat = (shapely.get_dimensions(shapes) == 2) & ~shapely.is_empty(shapes)
    for row in np.argsort(-shapely.area(shapes), kind="stable"):
        text = name_of(rows[row], lang)
        if flat[row] and text and width_of(text, size) < (east[row] - west[row]) * 1.25:
            yield Name(text, (middles[row].x, middles[row].y), 0.0, size, style)


def along_lines(layer: gpd.GeoDataFrame, shapes: Shapes, frame: shapely.Geometry, size: float, style: str, lang: say.Lang) -> Iterable[Name]:
    """Names along lines: for each name several places on its longest run inside the frame; longest lines first."""
    lines = layer[["name", "name_en"]].assign(row=np.arange(len(layer)))
    lines = lines[(shapely.get_dimensions(shapes) == 1) & lines["name"].notna().to_numpy()]
    runs = []
    for _, group in lines.groupby("name", sort=True):
        joined = shapely.line_merge(shapely.multilinestrings(shapely.get_parts(shapes[group["row"].to_numpy()])))
        seen = shapely.get_parts(shapely.intersection(joined, frame))
        seen = seen[shapely.get_type_id(seen) == shapely.GeometryType.LINESTRING]
        text = name_of(group.iloc[0].to_dict(), lang)
        if len(seen) and text:
            runs.append((seen[np.argmax(shapely.length(seen))], text))
    for run, text in sorted(runs, key=lambda pair: (-pair[0].length, pair[1])):
        if run.length >= width_of(text, size) * 1.2:
            yield from (Name(text, *_stand(run, part, width_of(text, size) / 2), size, style) for part in _STANDS)


def _stand(run: shapely.LineString, part: float, half: float) -> tuple[tuple[float, float], float]:
    """The middle of a name on a line and how it is turned there, never head down."""
    middle = run.length * part
    before, at, after = shapely.get_coordinates(shapely.line_interpolate_point(run, [middle - half, middle, middle + half]))
    angle = float(np.degrees(np.arctan2(after[1] - before[1], after[0] - before[0])))
    return (float(at[0]), float(at[1])), angle - 180 if angle > 90 else angle + 180 if angle < -90 else angle


def fitting(wanted: Iterable[Name], taken: Sequence[shapely.Geometry] | Shapes, frame: shapely.Geometry) -> Iterable[Name]:
    """Give the names that fit into the frame, none over what is taken, none over another, none twice; earlier ones come first."""
    said: set[tuple[str, str]] = set()
    full = np.array([one for one in taken if not one.is_empty], dtype=object)
    for name in wanted:
        if (name.style, name.text) in said:
            continue
        box = name.box()
        if not frame.contains(box) or shapely.intersects(box, full).any():
            continue
        said.add((name.style, name.text))
        full = np.append(full, box)
        yield name
