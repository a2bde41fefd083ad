"""Maps on paper: of an answer, of a theme, of a place, or the ground alone. Each is a `Picture`, an SVG of whatever size is asked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from wanli_geo.answer import Answer, Made
from wanli_geo.errors import NothingToAnswer
from wanli_geo.report import say
from wanli_geo.report.carto.answers import PAINTERS
from wanli_geo.report.carto.credit import credit_of, is_sketch, made_of
from wanli_geo.report.carto.furniture import Entry
from wanli_geo.report.carto.inks import Ink, Sign
from wanli_geo.report.carto.places import place_layers
from wanli_geo.report.carto.scene import Layer, Overlay, Scene, Signs
from wanli_geo.report.carto.themes import theme_told
from wanli_geo.report.document import Picture
from wanli_geo.workspace.store import Workspace, to_metres

__all__ = ["Entry", "Ink", "Overlay", "Sign", "Signs", "ground_map", "map_of", "place_map", "theme_map"]

# The base map's own layers, which every map draws.
GROUND_LAYERS = ("boundary", "streets", "compounds", "blue_net", "green_vein", "buildings", "homes", "barriers")
_LEAST_M = 150.0  # nothing is drawn larger than this across: of a single point there would be no map
Shapes = NDArray[np.object_]
Box = tuple[float, float, float, float]


def ground_map(
    workspace: Workspace, lang: say.Lang = "zh", *, layers: Sequence[Layer] = (), legend: Sequence[Entry] = (), heading: str = "", title: str = "",
    alt: str = "", box: Box | None = None, night: bool = False, made: Sequence[Made] = (), run_ids: Sequence[str] = (), unit_names: bool = True,
) -> Picture:
    """Draw the neighbourhood, and over it whatever is given.

    Args:
        layers: what lies over the ground, in drawing order, shapes in WGS84.
        legend: what each means, under `heading`.
        box: what must be seen, in degrees (west, south, east, north); left out, the boundary, or the extent where there is none.
        made: the input layers to give credit to; left out, those of the ground.
    """
    place = say.pick(lang, workspace.catalogue.name, workspace.catalogue.name_en)
    sources = list(made) or made_of(workspace, GROUND_LAYERS)
    seen, focus = _focus(workspace, box, layers)
    scene = Scene(
        workspace, lang, title or place, alt or title or place, tuple(layers), tuple(legend), heading, seen, focus,
        credit_of(sources, workspace, lang, run_ids), say.pick(lang, "示意图", "Sketch") if is_sketch(sources) else "", night, unit_names,
    )
    west, south, east, north = seen
    return Picture(scene.title, scene.alt, scene.draw, float(np.clip((east - west) / (north - south), 0.9, 1.5)))


def map_of(answer: Answer, workspace: Workspace, lang: say.Lang = "zh", *, title: str = "") -> Picture:
    """Draw the map of an answer.

    Raises:
        NothingToAnswer: the answer to such a question has nothing that lies on a map.
    """
    if answer.question not in PAINTERS:
        raise NothingToAnswer(
            f"“{answer.question}”的结果没有图可画；请导出表格（xlsx、csv）。",
            f"An answer to “{answer.question}” has no map; export its table (xlsx, csv).",
        )
    told = PAINTERS[answer.question](answer, workspace, lang)
    return ground_map(
        workspace, lang, layers=told.layers, legend=told.legend, heading=told.heading, title=title or told.title, alt=told.alt, box=told.box,
        night=told.night, made=answer.made_of, run_ids=(answer.run_id,), unit_names=told.unit_names,
    )


def theme_map(workspace: Workspace, theme: str, lang: say.Lang = "zh", *, title: str = "") -> Picture:
    """Draw a theme: `blue`, `green`, `orange`, `red`, `night` or `plan`.

    Raises:
        UnknownLayer: there is no such theme.
    """
    told, used = theme_told(workspace, theme, lang)
    return ground_map(
        workspace, lang, layers=told.layers, legend=told.legend, heading=told.heading, title=title or told.title, alt=told.alt, box=told.box,
        made=made_of(workspace, (*GROUND_LAYERS, *used)), unit_names=told.unit_names,
    )


def place_map(
    workspace: Workspace, where: Box | shapely.Geometry, lang: say.Lang = "zh", *, highlight: Iterable[str] = (),
    walks: gpd.GeoDataFrame | None = None, services: Iterable[str] = (), title: str = "", made: Sequence[Made] = (), run_ids: Sequence[str] = (),
) -> Picture:
    """Draw one compound or committee at a large scale, with its gates, the facilities round it and the walks to them.

    Args:
        where: what must be seen, a box in degrees, or a shape with what lies round it; the walks are seen whole.
        highlight: ids of the compounds and committees it is about.
        walks: the walks (WGS84 lines) to facilities, such as the `walk` of an answer.
        services: kinds to draw; left out, every kind.
    """
    told = place_layers(workspace, lang, tuple(highlight), walks, tuple(services))
    boxes = [where if isinstance(where, tuple) else _roomy(_bounds(where))]
    if walks is not None and len(walks):
        boxes.append(_bounds(shapely.union_all(walks.geometry.to_numpy())))
    return ground_map(
        workspace, lang, layers=told.layers, legend=told.legend, heading=told.heading, title=title or told.title, alt=told.alt, box=_round(boxes),
        made=made or made_of(workspace, (*GROUND_LAYERS, "gates", "facilities")), run_ids=run_ids,
    )


def _bounds(shape: shapely.Geometry) -> Box:
    west, south, east, north = shape.bounds
    return west, south, east, north


def _roomy(box: Sequence[float]) -> Box:
    """A box with a quarter more on every side: what is about a place lies round it too."""
    west, south, east, north = box
    wide, high = (east - west) / 4, (north - south) / 4
    return west - wide, south - high, east + wide, north + high


def _round(boxes: Sequence[Box]) -> Box:
    """The box round several."""
    west, south, east, north = zip(*boxes, strict=True)
    return min(west), min(south), max(east), max(north)


def _focus(workspace: Workspace, box: Box | None, layers: Sequence[Layer]) -> tuple[Box, Shapes]:
    """What must be seen, in metres, and the shapes there that the legend keeps off: the boundary, or what is drawn in the box."""
    crs = workspace.catalogue.metric_crs
    if box is None:
        boundary = workspace.metric("boundary").geometry.to_numpy()
        focus = np.asarray(boundary if len(boundary) else [workspace.extent], dtype=object)
        west, south, east, north = shapely.total_bounds(focus).tolist()
        return (west, south, east, north), focus
    seen = _at_least(to_metres(shapely.box(*box), crs).bounds, _LEAST_M)
    drawn = [to_metres(layer.shapes, crs) for layer in layers if isinstance(layer, Overlay) and len(layer.shapes)]
    return seen, np.concatenate(drawn) if drawn else np.array([shapely.box(*seen)], dtype=object)


def _at_least(box: Sequence[float], across: float) -> Box:
    """The box, or one round the same middle that is at least so wide and so high."""
    west, south, east, north = box
    wide, high = (max(across - side, 0.0) / 2 for side in (east - west, north - south))
    return west - wide, south - high, east + wide, north + high
