"""The map of a sheet: ground, result and names, drawn with folium and nothing from outside. The only file that knows folium."""

from __future__ import annotations

import html
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

import folium
import geopandas as gpd
import numpy as np
import shapely
from branca.element import Element, Figure, MacroElement
from jinja2 import Template
from numpy.typing import NDArray

from wanli_geo.answer import Answer
from wanli_geo.report import palette, say
from wanli_geo.report.carto.ground import street_widths_m
from wanli_geo.report.naming import Name, along_lines, fitting, in_areas, name_of
from wanli_geo.report.payload import bounds
from wanli_geo.report.wire import DECIMALS
from wanli_geo.workspace.kinds import KINDS
from wanli_geo.workspace.store import Workspace

# The frame on the page in CSS pixels (96 to the inch): 184 × 144 mm of an A4 sheet laid across.
FRAME_PX = (695.0, 544.0)
MARGIN = 0.04
WIDE_MARGIN = 0.14  # round a walk, so that its ends stand clear of scale and buttons
SIGN_PX = 11.0
HATCH = "url(#unknown)"
# Houses smaller than a dot of ink are not drawn: beyond this many in the frame they are.
MOST_HOUSES = 8_000
_EARTH_M = 6_378_137.0

Floats = NDArray[np.float64]
Shapes = NDArray[np.object_]
Style = Mapping[str, Any]


@dataclass(frozen=True)
class View:
    """What the frame shows, in the Mercator projection that the page draws in.

    Attributes:
        centre: (2,) of the frame, Mercator metres, y down.
        px_per_mercator_m: pixels to a Mercator metre.
    """

    centre: tuple[float, float]
    px_per_mercator_m: float

    @classmethod
    def of(cls, box: Sequence[float], margin: float = MARGIN) -> View:
        """Fit a box of degrees (west, south, east, north) into the frame, with a margin and never closer than some 200 m."""
        west, south, east, north = (float(side) for side in box)
        (x0, y1), (x1, y0) = _mercator(np.array([[west, south], [east, north]]))
        wide, high = max(x1 - x0, 200.0) * (1 + 2 * margin), max(y1 - y0, 200.0) * (1 + 2 * margin)
        return cls(((x0 + x1) / 2, (y0 + y1) / 2), min(FRAME_PX[0] / wide, FRAME_PX[1] / high))

    @property
    def px_per_m(self) -> float:
        """Pixels to a metre on the ground, in the middle of the frame."""
        latitude = self.degrees(np.array([FRAME_PX]) / 2)[0, 1]
        return float(self.px_per_mercator_m / np.cos(np.radians(latitude)))

    @property
    def box(self) -> tuple[float, float, float, float]:
        """The whole frame in degrees: west, south, east, north."""
        (west, north), (east, south) = self.degrees(np.array([(0.0, 0.0), FRAME_PX]))
        return float(west), float(south), float(east), float(north)

    def pixels(self, degrees: Floats) -> Floats:
        """(n, 2) pixels from the frame's upper left corner, x to the right and y down."""
        return (_mercator(degrees) - np.array(self.centre)) * self.px_per_mercator_m + np.array(FRAME_PX) / 2

    def degrees(self, pixels: Floats) -> Floats:
        """(n, 2) degrees of pixels, the inverse of `pixels`."""
        x, y = ((pixels - np.array(FRAME_PX) / 2) / self.px_per_mercator_m + np.array(self.centre)).T / _EARTH_M
        return np.degrees(np.column_stack([x, 2 * np.arctan(np.exp(-y)) - np.pi / 2]))


def _mercator(degrees: Floats) -> Floats:
    lon, lat = np.radians(degrees).T
    return np.column_stack([lon, -np.log(np.tan(np.pi / 4 + lat / 2))]) * _EARTH_M


def draw(answer: Answer, layers: Workspace, lang: say.Lang) -> tuple[str, str]:
    """Draw an answer on its ground.

    Returns:
        the map's HTML element and the script that fills it; both free of any address, and the same for the same answer.
    """
    view = View.of(_box(answer, layers), WIDE_MARGIN if answer.question == "walk" else MARGIN)
    chart = folium.Map(tiles=None, zoom_control="topright", control_scale=True, zoom_snap=0, zoom_delta=0.5, attribution_control=False)
    chart.default_js, chart.default_css = [], []
    _ground(chart, layers, view)
    if answer.question in ("coverage", "gaps"):
        _coverage(chart, answer, lang)
    _houses(chart, layers, view)
    _streets(chart, layers, view)
    _edge(chart, layers)
    chart.add_child(Marks(_names(layers, view, _result(chart, answer), lang)))
    west, south, east, north = (round(side, DECIMALS) for side in view.box)
    chart.fit_bounds([[south, west], [north, east]], padding=(0, 0))
    return _render(chart)


def _render(chart: folium.Map) -> tuple[str, str]:
    """Give every element a fixed name in place of folium's random ones, then write them."""
    root = cast(Figure, chart.get_root())
    for place, element in enumerate(_walk(root)):
        element._id = f"{place:04d}"
    root.render()
    return root.html.render(), root.script.render()


def _walk(element: Element) -> Iterable[Element]:
    yield element
    for child in element._children.values():
        yield from _walk(child)


def _box(answer: Answer, layers: Workspace) -> Sequence[float]:
    """What to show: the boundary for a coverage, what was reached or walked otherwise; where there is neither, all the workspace."""
    if answer.question in ("coverage", "gaps") and len(layers.layer("boundary")):
        return bounds(layers)
    drawn = [frame.total_bounds for name, frame in answer.features.items() if len(frame) and name in ("units", "bands", "walk", "origin", "ends")]
    boxes = np.array(drawn or [bounds(layers)])
    return [*boxes[:, :2].min(axis=0), *boxes[:, 2:].max(axis=0)]


def _paint(chart: folium.Map, shapes: Shapes, style: Style, tips: Sequence[str] | None = None) -> None:
    """Draw shapes (WGS84) in one style; `tips` are what the pointer reads, already free of markup."""
    if not len(shapes):
        return
    rounded = shapely.transform(shapes, lambda xy: np.round(xy, DECIMALS))
    features = [
        {"type": "Feature", "id": str(row), "properties": {"tip": tips[row]} if tips else {}, "geometry": json.loads(text)}
        for row, text in enumerate(shapely.to_geojson(rounded))
    ]
    fixed = {"fillOpacity": 1.0, "opacity": 1.0, "lineJoin": "round", "lineCap": "round", "interactive": tips is not None, **style}
    drawn = folium.GeoJson({"type": "FeatureCollection", "features": features}, style_function=lambda _: fixed, smooth_factor=0)
    if tips:
        drawn.add_child(folium.GeoJsonTooltip(fields=["tip"], labels=False, sticky=True))
    drawn.add_to(chart)


def _merged(layer: gpd.GeoDataFrame) -> Shapes:
    """All shapes of a layer as one, for what needs no telling apart."""
    if layer.empty:
        return np.empty(0, dtype=object)
    return np.array([shapely.geometrycollections(shapely.get_parts(layer.geometry.to_numpy()))], dtype=object)


def _seen(layer: gpd.GeoDataFrame, view: View) -> gpd.GeoDataFrame:
    """The part of a layer whose shapes meet the frame."""
    return layer.iloc[layer.sindex.query(shapely.box(*view.box), predicate="intersects", sort=True)] if len(layer) else layer


def _ground(chart: folium.Map, layers: Workspace, view: View) -> None:
    ground = palette.GROUND
    _paint(chart, _merged(layers.layer("boundary")), {"stroke": False, "fillColor": ground["inside"]})
    _paint(chart, _merged(_seen(layers.layer("compounds"), view)), {"stroke": False, "fillColor": ground["compound"]})
    green, water = _seen(layers.layer("green_vein"), view), _seen(layers.layer("blue_net"), view)
    for layer, fill, edge in ((green, ground["green"], ground["green_edge"]), (water, ground["water"], ground["water_edge"])):
        flat = shapely.get_dimensions(layer.geometry.to_numpy()) == 2
        _paint(chart, _merged(layer[~flat]), {"color": fill, "weight": max(3.0, 12 * view.px_per_m), "fill": False})
        _paint(chart, _merged(layer[flat]), {"color": edge, "weight": 0.8, "fillColor": fill})


def _houses(chart: folium.Map, layers: Workspace, view: View) -> None:
    for name in ("buildings", "homes"):
        houses = _seen(layers.layer(name), view)
        if len(houses) <= MOST_HOUSES:
            houses = houses[shapely.get_dimensions(houses.geometry.to_numpy()) == 2]
            _paint(chart, _merged(houses), {"stroke": False, "fillColor": palette.GROUND["building"], "fillOpacity": 0.08})


def _streets(chart: folium.Map, layers: Workspace, view: View) -> None:
    """Casings first, then the roads themselves, so that crossings are open; widths true to the street, lanes behind gates faint."""
    streets = _seen(layers.layer("streets"), view)
    if streets.empty:
        return
    behind_gates = streets["access"].isin(("residents", "private")).to_numpy(bool)
    _paint(chart, _merged(streets[behind_gates]), {"color": palette.GROUND["road"], "weight": 1.0, "fill": False, "opacity": 0.55})
    streets = streets[~behind_gates]
    width_px = np.round(np.maximum(street_widths_m(streets) * view.px_per_m, 0.8) * 2) / 2
    for color, more in ((palette.GROUND["road_edge"], 1.2), (palette.GROUND["road"], 0.0)):
        for width in np.unique(width_px):
            _paint(chart, _merged(streets[width_px == width]), {"color": color, "weight": float(width) + more, "fill": False})
    railways = _seen(layers.layer("barriers"), view)
    rails = _merged(railways[railways["kind"] == "railway"])
    _paint(chart, rails, {"color": palette.GROUND["railway"], "weight": 2.2, "fill": False, "lineCap": "butt"})
    _paint(chart, rails, {"color": palette.WHITE, "weight": 1.2, "fill": False, "dashArray": "6 6", "lineCap": "butt"})


def _edge(chart: folium.Map, layers: Workspace) -> None:
    style = {"color": palette.GROUND["boundary"], "weight": 1.2, "fill": False, "dashArray": "9 3 1.5 3", "lineCap": "butt"}
    _paint(chart, _merged(layers.layer("boundary")), style)


def unit_style(status: str, shade: int) -> Style:
    """How a compound or house is filled: covered quiet, gaps loud and outlined, unknown hatched."""
    if status == "gap":
        return {"fillColor": palette.gap_shades()[shade].color, "color": palette.GAP_INK, "weight": 0.9}
    if status == "unknown":
        return {"fillColor": HATCH, "color": palette.UNKNOWN_INK, "weight": 0.6, "dashArray": "2 2"}
    if status == "covered":
        return {"fillColor": palette.COVERED, "stroke": False}
    return {"fillColor": palette.GROUND["compound"], "stroke": False}


def _coverage(chart: folium.Map, answer: Answer, lang: say.Lang) -> None:
    """Compounds by status; houses inside them a shade darker where they differ from their compound."""
    units = answer.features["units"]
    shades = palette.gap_class(units["beyond_m"].to_numpy(float))
    tips = np.array([_tip(row, lang) for row in units.to_dict("records")], dtype=object)
    for status in ("empty", "covered", "unknown", "gap"):
        for shade in range(len(palette.gap_shades())) if status == "gap" else (0,):
            chosen = (units["status"] == status).to_numpy() & ((shades == shade) | (status != "gap"))
            _paint(chart, units.geometry.to_numpy()[chosen], unit_style(status, shade), list(tips[chosen]))


def _tip(row: Mapping[str, Any], lang: say.Lang) -> str:
    name = name_of(row, lang) or str(row["id"])
    parts = [
        say.fact(row["people"], "人", lang) + say.pick(lang, "", " people"),
        say.pick(lang, "步行 ", "walk ") + say.fact(row["walk_m"], "m", lang),
    ]
    return html.escape(" · ".join([name, *parts]))


def _result(chart: folium.Map, answer: Answer) -> Shapes:
    """Draw what stands above the streets: bands, a walk, the signs of facilities.

    Returns:
        the shapes (WGS84) that names must not cover.
    """
    features = answer.features
    if answer.question == "isochrone":
        for ring, color in zip(rings(features["bands"]), palette.BAND_COLORS, strict=False):
            style = {"color": color, "weight": 1.2, "fillColor": color, "fillOpacity": palette.BAND_OPACITY}
            _paint(chart, np.array([ring], dtype=object), style)
        return _sign(chart, features["origin"], "●", "sign-end")
    glyph = KINDS[str(answer.params["kind"])].glyph
    if answer.question == "walk":
        lines, ends = features["walk"].geometry.to_numpy(), features["ends"]
        _paint(chart, lines, {"color": palette.WHITE, "weight": 7, "fill": False})
        _paint(chart, lines, {"color": palette.CHOSEN, "weight": 4, "fill": False})
        return np.concatenate([lines, _sign(chart, ends[:1], "●", "sign-end"), _sign(chart, ends[1:], glyph, "sign-used")])
    facilities = features["facilities"]
    used = facilities["used"].astype(bool)
    return np.concatenate([_sign(chart, facilities[~used], glyph, "sign-planned"), _sign(chart, facilities[used], glyph, "sign-used")])


def rings(bands: gpd.GeoDataFrame) -> Shapes:
    """Walk bands without the nearer ones inside them, nearest first."""
    whole = bands.sort_values("metres").geometry.to_numpy()
    return np.concatenate([whole[:1], shapely.difference(whole[1:], whole[:-1])])


def _middles(layer: gpd.GeoDataFrame) -> Shapes:
    return np.asarray(shapely.point_on_surface(layer.geometry.to_numpy()))


def _sign(chart: folium.Map, layer: gpd.GeoDataFrame, glyph: str, class_name: str) -> Shapes:
    """Put one sign on every feature of a layer; gives their places."""
    places, markup = _middles(layer), f'<span class="sign {class_name}">{html.escape(glyph)}</span>'
    chart.add_child(Marks((point.x, point.y, markup) for point in places))
    return places


class Marks(MacroElement):
    """Bits of markup at places, each [lat, lon, markup]; folium's own marker first asks for Leaflet's picture of a pin."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
        {{ this.marks|tojson }}.forEach(([lat, lon, html]) => L.marker([lat, lon], {
            icon: L.divIcon({html, className: "mark", iconSize: [0, 0]}), interactive: false, keyboard: false,
        }).addTo({{ this._parent.get_name() }}));
        {% endmacro %}
        """
    )

    def __init__(self, marks: Iterable[tuple[float, float, str]]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Marks"
        self.marks = [[round(float(lat), DECIMALS), round(float(lon), DECIMALS), markup] for lon, lat, markup in marks]


def _markup(name: Name) -> str:
    tilt = f' style="transform:translate(-50%,-50%) rotate({name.angle:.1f}deg)"' if name.angle else ""
    return f'<span class="name {name.style}"{tilt}>{html.escape(name.text)}</span>'


def _names(layers: Workspace, view: View, drawn: Shapes, lang: say.Lang) -> Iterable[tuple[float, float, str]]:
    """Give the names that fit, none over another, none over what was drawn, none over the frame: waters, roads, parks, compounds, paths."""
    taken = shapely.buffer(shapely.transform(drawn, view.pixels), SIGN_PX)
    frame, inner = shapely.box(0, 0, *FRAME_PX), shapely.box(4, 4, FRAME_PX[0] - 4, FRAME_PX[1] - 4)
    streets = layers.layer("streets")
    road = streets["kind"].isin(("road", "lane"))
    wanted = [
        *_along(layers.layer("blue_net"), view, frame, 10.5, "name-water", lang),
        *_along(streets[road], view, frame, 9.5, "name-road", lang),
        *_inside(layers.layer("green_vein"), view, 10.5, "name-green", lang),
        *_inside(layers.layer("compounds"), view, 10.0, "name-unit", lang),
        *_along(streets[~road], view, frame, 8.5, "name-path", lang),
    ]
    for name in fitting(wanted, taken, inner):
        lon, lat = view.degrees(np.array([name.at]))[0]
        yield lon, lat, _markup(name)


def _inside(layer: gpd.GeoDataFrame, view: View, size: float, style: str, lang: say.Lang) -> Iterable[Name]:
    return in_areas(layer, shapely.transform(layer.geometry.to_numpy(), view.pixels), size, style, lang)


def _along(layer: gpd.GeoDataFrame, view: View, frame: shapely.Geometry, size: float, style: str, lang: say.Lang) -> Iterable[Name]:
    return along_lines(layer, shapely.transform(layer.geometry.to_numpy(), view.pixels), frame, size, style, lang)
