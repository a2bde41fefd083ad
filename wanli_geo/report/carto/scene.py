"""One map: what lies over the ground, what the legend says of it, what must be read under it; drawn at any size."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import shapely
from numpy.typing import NDArray

from wanli_geo.report import palette, say
from wanli_geo.report.carto.frame import Frame
from wanli_geo.report.carto.furniture import FOOT_MM, HEAD_MM, Card, Entry, bar_and_north, bar_box, foot, head, rows_in
from wanli_geo.report.carto.ground import DAY, NIGHT, Ground, seen
from wanli_geo.report.carto.inks import Ink, Sign
from wanli_geo.report.carto.pen import drawing, path, unit_of, window, words
from wanli_geo.report.naming import Name, along_lines, fitting, in_areas
from wanli_geo.workspace.store import Workspace, to_metres

Shapes = NDArray[np.object_]

_STYLES = {"water": (palette.THEMES[0].ink, True, 0.3), "road": (palette.QUIET, False, 0.1), "green": (palette.THEMES[1].ink, False, 0.0),
           "unit": (palette.INK, False, 0.0), "path": (palette.QUIET, False, 0.0), "sign": (palette.THEMES[2].ink, False, 0.0)}
_SIGN_NAME_MM, _MARGIN_MM = 2.0, 2.0
_MOST_MINOR = 12  # kinds of facility that a legend names


@dataclass(frozen=True)
class Overlay:
    """Shapes (WGS84) over the ground, all in one ink; `beneath` the houses and streets, as a fill of land is."""

    shapes: Shapes
    ink: Ink
    beneath: bool = False


@dataclass(frozen=True)
class Signs:
    """Places (the middles of WGS84 shapes) each marked by the same sign.

    `dotted`: where two would touch, the later one is a dot; `names`: one a place, written below its sign where it fits.
    """

    shapes: Shapes
    sign: Sign
    dotted: bool = False
    names: tuple[str, ...] = ()


Layer = Overlay | Signs


@dataclass(frozen=True)
class Scene:
    """A map without a size yet.

    Attributes:
        box: what must be seen, metres of the workspace's CRS: west, south, east, north.
        focus: shapes in metres that the legend should not cover.
        credit: sentences under the map, the first the most needful.
    """

    workspace: Workspace
    lang: say.Lang
    title: str
    alt: str
    layers: Sequence[Layer]
    legend: Sequence[Entry]
    heading: str
    box: tuple[float, float, float, float]
    focus: Shapes
    credit: Sequence[str]
    badge: str = ""
    night: bool = False
    unit_names: bool = True

    def draw(self, width: float, height: float) -> str:
        """Give the map as an SVG document of this size in millimetres."""
        unit = unit_of(width)
        width, height = width / unit, height / unit
        down = max(height - HEAD_MM - FOOT_MM, 10.0)
        frame, card = self._laid_out(width, down, unit)
        colors = NIGHT if self.night else DAY
        crowd = Crowd(frame, card.box)
        for layer in self.layers:
            if isinstance(layer, Signs):
                crowd.add(self._mm(layer.shapes, frame), layer)
        card = self._card(crowd.whole, width, down).at(card)
        inner = [*self._map(Ground(self.workspace, frame, colors), card, crowd), *crowd.dots, *crowd.signs]
        inner += [*bar_and_north(frame, card.box, self.lang, colors), *card.drawn()]
        edge = path(shapely.box(0, HEAD_MM, width, HEAD_MM + down), fill="none", stroke=palette.GROUND["road_edge"], stroke_width=0.2)
        parts = [head(self.title, self.badge, width), window(0.0, HEAD_MM, width, down, *inner), edge, *foot(self.credit, width, height)]
        return drawing(width, height, unit, self.title, self.alt, *parts)

    def _card(self, signs: set[Sign], width: float, height: float) -> Card:
        """The legend of the inks and of these signs; of the minor ones the first few, and a line for the others."""
        told = [entry for entry in self.legend if isinstance(entry.drawn_in, Ink) or entry.drawn_in in signs]
        minor = [entry for entry in told if entry.minor]
        rest = minor[max(0, min(_MOST_MINOR, rows_in(height) - (len(told) - len(minor)) - 1)):]
        others = [Entry(say.pick(self.lang, "其他或密集处的设施", "others, or close together"), replace(one.drawn_in, glyph=""))
                  for one in rest[:1] if isinstance(one.drawn_in, Sign)]
        return Card.of(self.heading, [entry for entry in told if entry not in rest] + others, most=width * 0.4)

    def _laid_out(self, width: float, height: float, unit: float) -> tuple[Frame, Card]:
        """Where the legend lies: in the corner where it covers nothing, at the largest scale; else beside what must be seen."""
        margin = _MARGIN_MM
        free = Frame.of(self.box, width, height, (margin,) * 4, unit)
        seen_signs = {layer.sign for layer in self.layers if isinstance(layer, Signs) and self._any_seen(layer.shapes, free)}
        card, shown = self._card(seen_signs, width, height), free.mm(self.focus)
        for right, low in ((True, False), (False, True), (True, True), (False, False)):
            cornered = card.placed(width, height, margin, right=right, low=low)
            if not shapely.intersects(shown, shapely.buffer(cornered.box, 1)).any():
                return free, cornered
        aside = Frame.of(self.box, width, height, (margin, margin, card.width + 2 * margin, margin), unit)
        above = Frame.of(self.box, width, height, (margin, margin, margin, card.height + 2 * margin), unit)
        cornered = card.placed(width, height, margin, right=True, low=True)
        return (aside if aside.denominator <= above.denominator else above), cornered

    def _any_seen(self, shapes: Shapes, frame: Frame) -> bool:
        return bool(len(shapes)) and not shapely.is_empty(self._mm(shapes, frame)).all()

    def _map(self, ground: Ground, card: Card, crowd: Crowd) -> Iterable[str]:
        """Land, what is tinted, houses and streets, what lies over them, names."""
        frame = ground.frame
        shown = [(layer, self._mm(layer.shapes, frame)) for layer in self.layers if isinstance(layer, Overlay)]
        yield from ground.land()
        yield from (part for layer, shapes in shown if layer.beneath for part in layer.ink.drawn(shapes))
        yield from ground.houses()
        yield from ground.streets()
        yield from ground.edge()
        yield from (part for layer, shapes in shown if not layer.beneath for part in layer.ink.drawn(shapes))
        bold = [shapely.buffer(shapes, 0.6) for layer, shapes in shown if layer.ink.bold]
        taken = np.concatenate([[card.box, bar_box(frame, card.box)], crowd.room(), *bold])
        yield from self._names(ground, taken, crowd.wanted)

    def _mm(self, shapes: Shapes, frame: Frame) -> Shapes:
        if not len(shapes):
            return shapes
        return frame.seen(to_metres(shapes, self.workspace.catalogue.metric_crs))

    def _names(self, ground: Ground, taken: Shapes, of_signs: Sequence[Name]) -> Iterable[str]:
        frame, lang, em = ground.frame, self.lang, 2.3
        whole = shapely.box(0, 0, frame.width, frame.height)
        streets, lines = seen(self.workspace.metric("streets"), frame)
        road = streets["kind"].isin(("road", "lane")).to_numpy(bool)
        waters, greens, units = (seen(self.workspace.metric(name), frame) for name in ("blue_net", "green_vein", "compounds"))
        wanted = [
            *along_lines(*waters, whole, em, "water", lang),
            *along_lines(streets[road], lines[road], whole, em * 0.95, "road", lang),
            *of_signs,
            *in_areas(*greens, em, "green", lang),
            *(in_areas(*units, em, "unit", lang) if self.unit_names else ()),
            *along_lines(streets[~road], lines[~road], whole, em * 0.85, "path", lang),
        ]
        for name in fitting(wanted, taken, shapely.box(1, 1, frame.width - 1, frame.height - 1)):
            yield self._written(name, ground)

    def _written(self, name: Name, ground: Ground) -> str:
        color, slanted, wide = _STYLES[name.style]
        lower = np.array([-np.sin(np.radians(name.angle)), np.cos(np.radians(name.angle))]) * name.size * 0.36
        x, y = np.array(name.at) + lower
        color = ground.colors["quiet" if name.style in ("road", "path") else "ink"] if self.night else color
        halo = ground.colors["inside"] if self.night else palette.WHITE
        return words(float(x), float(y), name.text, name.size, fill=color, anchor="middle", halo=halo, angle=name.angle, slanted=slanted, wide=wide,
                     bold=name.style == "green")


class Crowd:
    """The signs drawn so far, so that no later one hides an earlier, and none lies under the legend."""

    def __init__(self, frame: Frame, card: shapely.Geometry) -> None:
        self._free = shapely.difference(shapely.box(0, 0, frame.width, frame.height), shapely.union(card, bar_box(frame, card)))
        self._taken: list[tuple[float, float, float, bool]] = []  # x, y, radius, whether it must not be hidden
        self.dots: list[str] = []
        self.signs: list[str] = []
        self.wanted: list[Name] = []
        self.whole: set[Sign] = set()  # those that were drawn whole at least once

    def add(self, shapes: Shapes, signs: Signs) -> None:
        """Draw the signs of places given in millimetres, those in the way of an earlier one as dots, and ask for their names."""
        names = signs.names or ("",) * len(shapes)
        for shape, name in zip(shapes, names, strict=True):
            at = shapely.point_on_surface(shape)
            if shape.is_empty or not self._free.intersects(at):
                continue
            crowded = signs.dotted and self._meets(at.x, at.y, signs.sign.radius)
            self._taken.append((at.x, at.y, 0.8 if crowded else signs.sign.radius, bool(signs.sign.glyph)))
            if crowded:
                self.dots.append(signs.sign.dot(at.x, at.y))
                continue
            (self.signs if signs.sign.glyph else self.dots).append(signs.sign.drawn(at.x, at.y))
            self.whole.add(signs.sign)
            if name:
                self.wanted.append(Name(name, (at.x, at.y + signs.sign.radius + 1.5), 0.0, _SIGN_NAME_MM, "sign"))

    def _meets(self, x: float, y: float, radius: float) -> bool:
        taken = np.array(self._taken, dtype=float).reshape(-1, 4)
        taken = taken[taken[:, 3] > 0]
        return bool((np.hypot(taken[:, 0] - x, taken[:, 1] - y) < taken[:, 2] + radius).any())

    def room(self) -> Shapes:
        """The circles that names must not cover."""
        taken = np.array(self._taken, dtype=float).reshape(-1, 4)
        return np.asarray(shapely.buffer(shapely.points(taken[:, :2]), taken[:, 2]), dtype=object)
