"""The drawing board: metric paper, smooth lines, offsets and seeded chance. Everything of the sketch is drawn in metres on it."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

import numpy as np
import shapely
from shapely.geometry import LineString, Point, Polygon

from wanli_geo.workspace.store import to_degrees, to_metres

METRIC = "EPSG:4549"
SEED = 20211
# Vertices are kept to the centimetre, so that a shared one is the same number everywhere.
CENTIMETRES = 2

Place = tuple[float, float]


def chance(*of: object) -> random.Random:
    """Make a random source of its own for each thing drawn: adding one thing does not move the others."""
    return random.Random(f"{SEED}:{':'.join(map(str, of))}")  # noqa: S311 - a drawing, not a secret


def at(lon: float, lat: float) -> Point:
    """Put a point given in degrees on the paper."""
    return to_metres(Point(lon, lat), METRIC)


def line_of(degrees: Sequence[Place]) -> LineString:
    return to_metres(LineString(degrees), METRIC)


def degrees_of(shape: Any) -> Any:
    """Turn metric shapes into WGS84 with 7 decimals; equal vertices stay equal."""
    return shapely.transform(to_degrees(shape, METRIC), lambda xy: np.round(xy, 7))


def rounded(xy: Sequence[float]) -> Place:
    return (round(float(xy[0]), CENTIMETRES), round(float(xy[1]), CENTIMETRES))


def smooth(line: LineString, times: int = 2) -> LineString:
    """Cut the corners of a line (Chaikin 1974); its two ends stay."""
    xy = np.asarray(line.coords)
    for _ in range(times):
        if len(xy) < 3:
            break
        near, far = 0.75 * xy[:-1] + 0.25 * xy[1:], 0.25 * xy[:-1] + 0.75 * xy[1:]
        cut = np.stack([near, far], axis=1).reshape(-1, 2)
        xy = np.vstack([xy[:1], cut[1:-1], xy[-1:]])
    return LineString(xy)


def smooth_ring(area: Polygon, radius: float) -> Polygon:
    """Round the corners of an area, the outer and the inner ones."""
    round_in = area.buffer(-radius).buffer(2 * radius).buffer(-radius)
    return biggest(round_in if not round_in.is_empty else area)


def biggest(shape: Any) -> Polygon:
    """The largest polygon of a shape."""
    parts = [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon"]
    return max(parts, key=lambda part: part.area) if parts else Polygon()


def lines_in(shape: Any) -> list[LineString]:
    return [part for part in shapely.get_parts(shape) if part.geom_type == "LineString" and part.length > 0]


def ribbon(line: LineString, width: float, sway: float = 0.12) -> Polygon:
    """A water surface along a line: its banks widen and narrow a little, as banks do."""
    steps = [*np.arange(0, line.length, 25.0).tolist(), line.length]
    left, right = [], []
    for step in steps:
        here, ahead = line.interpolate(max(0, step - 2)), line.interpolate(min(line.length, step + 2))
        dx, dy = ahead.x - here.x, ahead.y - here.y
        size = float(np.hypot(dx, dy))
        middle = line.interpolate(step)
        half = width / 2 * (1 + sway * np.sin(step / 61) + sway / 2 * np.cos(step / 23))
        left.append((middle.x - dy / size * half, middle.y + dx / size * half))
        right.append((middle.x + dy / size * half, middle.y - dx / size * half))
    return Polygon(left + right[::-1]).buffer(0)


def direction(line: LineString, step: float) -> Place:
    """The unit vector along a line at `step` metres."""
    here, ahead = line.interpolate(max(0, step - 1)), line.interpolate(min(line.length, step + 1))
    size = float(np.hypot(ahead.x - here.x, ahead.y - here.y))
    return ((ahead.x - here.x) / size, (ahead.y - here.y) / size)


def side_of(line: LineString, place: Point) -> int:
    """+1 where a place lies left of a line, -1 right of it."""
    step = line.project(place)
    (dx, dy), foot = direction(line, step), line.interpolate(step)
    return 1 if dx * (place.y - foot.y) - dy * (place.x - foot.x) >= 0 else -1


def beside(line: LineString, step: float, off: float) -> Point:
    """The point `off` metres left (right where negative) of a line at `step` metres."""
    (dx, dy), foot = direction(line, step), line.interpolate(step)
    return Point(foot.x - dy * off, foot.y + dx * off)


def box_at(middle: Point, length: float, depth: float, turn: float) -> Polygon:
    """A rectangle by its middle, sides in metres, turned by degrees."""
    square = shapely.box(-length / 2, -depth / 2, length / 2, depth / 2)
    return shapely.affinity.translate(shapely.affinity.rotate(square, turn, origin=(0, 0)), middle.x, middle.y)


def portion(total: int, weights: Sequence[float]) -> list[int]:
    """Divide a whole number by weights, to the last one (largest remainders)."""
    whole = sum(weights)
    if total == 0 or whole == 0:
        return [0] * len(weights)
    exact = [total * weight / whole for weight in weights]
    floor = [int(value) for value in exact]
    rest = sorted(range(len(weights)), key=lambda i: (floor[i] - exact[i], i))
    for i in rest[: total - sum(floor)]:
        floor[i] += 1
    return floor
