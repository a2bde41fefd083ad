"""The little map that stands in every page before any script: an SVG of a few kilobytes, true to scale, drawn from the layers.

It has classes instead of colours, so that the page's style dresses it for day, night and print. The boundary is filled, never stroked.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

import geopandas as gpd
import numpy as np
import shapely
from markupsafe import Markup
from numpy.typing import NDArray

from wanli_geo.publish.allow import public_layer
from wanli_geo.report import say
from wanli_geo.workspace.publication import Publication
from wanli_geo.workspace.store import Workspace, to_metres

_NEARLY_M = 4.0
_MARGIN_M = 120.0
# Names of so many streets are written, the longest first.
_NAMED = 10
_APART_M = 480.0
_SCALE_M = 500
Shapes = NDArray[np.object_]


@dataclass(frozen=True, eq=False)
class Mark:
    """Something drawn over the ground: a line, an area or a place, by the class that the style knows."""

    shape: shapely.Geometry
    look: str
    text: str = ""


@dataclass(frozen=True, eq=False)
class Frame:
    """The part of the world in the picture: metres, y downwards, so that one unit is one metre."""

    west: float
    north: float
    width: float
    height: float

    def path(self, shape: shapely.Geometry) -> str:
        """A geometry as the `d` of a path, whole metres, each step from the one before."""
        return "".join(self._ring(shapely.get_coordinates(ring), closed=closed) for ring, closed in _rings(shape))

    def _ring(self, xy: NDArray[np.float64], *, closed: bool) -> str:
        at = np.rint(np.column_stack([xy[:, 0] - self.west, self.north - xy[:, 1]])).astype(int)
        step = np.diff(at, axis=0)
        step = step[(step != 0).any(axis=1)]
        if closed and len(step):
            step = step[:-1]
        return f"M{at[0, 0]} {at[0, 1]}" + (f"l{_pairs(step)}" if len(step) else "") + ("z" if closed else "")

    def place(self, x: float, y: float) -> tuple[int, int]:
        return round(x - self.west), round(self.north - y)


def _pairs(step: NDArray[np.int64]) -> str:
    return " ".join(f"{x} {y}" for x, y in step.tolist()).replace(" -", "-")


def _rings(shape: shapely.Geometry) -> list[tuple[shapely.Geometry, bool]]:
    rings = []
    for part in shapely.get_parts(shape):
        if shapely.get_dimensions(part) == 2:
            rings += [(ring, True) for ring in shapely.get_rings(part)]
        else:
            rings.append((part, False))
    return rings


def poster(workspace: Workspace, publication: Publication, lang: say.Lang, *, title: str, marks: tuple[Mark, ...] = ()) -> Markup:
    """Draw the map of the neighbourhood with some marks over it, as an `<svg>` to stand in a page; marks are in WGS84."""
    crs = workspace.catalogue.metric_crs
    boundary = workspace.metric("boundary").geometry.to_numpy()
    focus = shapely.union_all(boundary) if len(boundary) else workspace.extent
    west, south, east, north = (float(side) for side in shapely.bounds(shapely.buffer(focus, _MARGIN_M, quad_segs=1)))
    frame = Frame(west, north, east - west, north - south)
    window = shapely.box(west, south, east, north)

    def shapes(name: str) -> Shapes:
        return _cut(to_metres(public_layer(workspace, name, publication).geometry.to_numpy(), crs), window)

    streets = workspace.metric("streets")
    drawn = [
        _one(frame, shapely.union_all(boundary) if len(boundary) else None, "paper"),
        _many(frame, _areas(shapes("green_vein")), "green"),
        _many(frame, _areas(shapes("compounds")), "compound"),
        _many(frame, _areas(shapes("blue_net")), "water"),
        _many(frame, _cut(streets.geometry.to_numpy()[(streets["kind"] == "lane").to_numpy(bool)], window), "lane"),
        _many(frame, _cut(streets.geometry.to_numpy()[(streets["kind"] == "road").to_numpy(bool)], window), "casing"),
        _many(frame, _cut(streets.geometry.to_numpy()[(streets["kind"] == "road").to_numpy(bool)], window), "road"),
        *(_mark(frame, mark, crs) for mark in marks),
        *_street_names(frame, streets, window, lang),
        _scale(frame, lang),
    ]
    box = f"0 0 {round(frame.width)} {round(frame.height)}"
    head = f'<svg class="poster" viewBox="{box}" role="img" aria-label="{escape(title, quote=True)}"><title>{escape(title)}</title>'
    return Markup(f"{head}{''.join(drawn)}</svg>")  # noqa: S704  every text of it was escaped where it was written


def _cut(shapes: Shapes, window: shapely.Geometry) -> Shapes:
    near = shapes[shapely.intersects(shapes, window)] if len(shapes) else shapes
    return np.asarray(shapely.simplify(shapely.intersection(near, window), _NEARLY_M), dtype=object)


def _areas(shapes: Shapes) -> Shapes:
    return shapes[shapely.get_dimensions(shapes) == 2] if len(shapes) else shapes


def _one(frame: Frame, shape: shapely.Geometry | None, look: str) -> str:
    return "" if shape is None or shape.is_empty else f'<path class="{look}" d="{frame.path(shape)}"/>'


def _many(frame: Frame, shapes: Shapes, look: str) -> str:
    path = "".join(frame.path(shape) for shape in shapes if not shape.is_empty)
    return f'<path class="{look}" d="{path}"/>' if path else ""


def _mark(frame: Frame, mark: Mark, crs: str) -> str:
    shape = to_metres(mark.shape, crs)
    if shapely.get_type_id(shape) != 0:
        return _one(frame, shapely.simplify(shape, _NEARLY_M / 2), f"mark {mark.look}")
    x, y = frame.place(shape.x, shape.y)
    text = f'<text x="{x}" y="{y}">{escape(mark.text)}</text>' if mark.text else ""
    return f'<g class="mark {mark.look}"><circle cx="{x}" cy="{y}" r="30"/>{text}</g>'


def _street_names(frame: Frame, streets: gpd.GeoDataFrame, window: shapely.Geometry, lang: say.Lang) -> list[str]:
    """The names of the longest roads, each at the middle of its longest piece in the picture, turned along it."""
    roads = streets[(streets["kind"] == "road") & streets["name"].notna()]
    named = []
    for name, pieces in roads.groupby("name", sort=True):
        line = shapely.line_merge(shapely.intersection(shapely.union_all(pieces.geometry.to_numpy()), window))
        longest = max(shapely.get_parts(line), key=shapely.length, default=None)
        if longest is not None and shapely.length(longest) > 200:
            english = next((en for en in pieces["name_en"] if isinstance(en, str)), None)
            named.append((float(shapely.length(longest)), say.pick(lang, str(name), english or str(name)), longest))
    named.sort(key=lambda one: (-one[0], one[1]))
    middles = [shapely.line_interpolate_point(line, 0.5, normalized=True) for _, _, line in named]
    free: list[int] = []
    for row, middle in enumerate(middles):
        if len(free) < _NAMED and all(shapely.distance(middle, middles[taken]) > _APART_M for taken in free):
            free.append(row)
    return [_name(frame, named[row][1], named[row][2]) for row in free]


def _scale(frame: Frame, lang: say.Lang) -> str:
    """A bar of so many metres in the lower corner, with its length and where north is."""
    x, y = 80, round(frame.height) - 80
    text = say.pick(lang, f"{_SCALE_M} 米 · 上为北", f"{_SCALE_M} m · north is up")
    return f'<g class="scale"><path d="M{x} {y - 30}v30h{_SCALE_M}v-30"/><text x="{x}" y="{y - 60}">{text}</text></g>'


def _name(frame: Frame, text: str, line: shapely.Geometry) -> str:
    half = shapely.length(line) / 2
    before, middle, after = (shapely.get_coordinates(shapely.line_interpolate_point(line, half + way))[0] for way in (-40.0, 0.0, 40.0))
    x, y = frame.place(*middle)
    turn = float(np.degrees(np.arctan2(before[1] - after[1], after[0] - before[0])))
    upright = turn - 180 if turn > 90 else turn + 180 if turn < -90 else turn
    return f'<text class="street" transform="translate({x} {y}) rotate({upright:.0f})">{escape(text)}</text>'
