"""A line in stretches of 50 m, each with its light, width, surface, crossings, walks to what one needs, works, and a score."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import geopandas as gpd
import numpy as np
from numpy.typing import NDArray

from wanli_geo.network.graph import Floats
from wanli_geo.routes.light import classes, means, spacings
from wanli_geo.routes.line import at
from wanli_geo.routes.stretches import Stretches, amount
from wanli_geo.study.ground import Ground
from wanli_geo.study.run_ground import RunGround
from wanli_geo.study.run_places import KINDS, Places, walk_from

STRETCH_M = 50.0
# How much each part weighs in the score of a stretch; those that nobody knows are left out, the others weigh the more.
WEIGHTS = {"light": 0.5, "width": 0.2, "crossings": 0.15, "surface": 0.1, "places": 0.05}
# What light of a class is worth; lamps of unknown lux count as light for little use, CJJ 45's lowest class.
LIGHT_WORTH = {"high": 1.0, "mid": 0.85, "low": 0.7, "spaced": 0.7, "below": 0.35, "dark": 0.0}
# On these one runs evenly; what is none of either is not judged.
EVEN = ("asphalt", "concrete", "paved", "paving_stones", "rubber", "tartan", "synthetic", "plastic")
UNEVEN = ("gravel", "ground", "dirt", "earth", "grass", "sand", "cobblestone", "sett", "unpaved", "steps")
# Wide enough for two who meet: the standard of fitness trails, 2018.
TWO_WAY_M = 2.5
WORKS_LEFT = 0.5


def stretch_features(ground: Ground, run: RunGround, found: Places, *, reach_m: dict[str, float]) -> gpd.GeoDataFrame:
    """Lay the line out in stretches; `reach_m` says how far water, toilet and AED may be."""
    route = run.line.route
    count = max(1, int(np.ceil(route.length_m / STRETCH_M - 1e-6)))
    bounds = np.minimum(np.arange(count + 1) * STRETCH_M, route.length_m)
    low, high = bounds[:-1], bounds[1:]
    middle = (low + high) / 2
    mean, _ = means(run.light, low, high)
    unknown = np.full(count, np.nan)
    walks = {f"{kind}_m": _finite(walk_from(ground, at(route, middle), found, kind)) for kind in KINDS}
    columns = {
        "light": classes(run.light, low, high) if run.lamps_known else np.full(count, "unknown", dtype=object),
        "lux": mean if run.lamps_known else unknown,
        "lamp_gap_m": spacings(route, run.lamps, low, high) if run.lamps_known else unknown,
        "width_m": np.array([min(values, default=np.nan) for values in _known_in(run.width, low, high)], dtype=np.float64),
        "surface": _longest(run.surface, low, high),
        "step_free": _all_so(run.step_free, low, high),
        "crossings": np.histogram(run.sides.least.chainage, bounds)[0],
        **{name: walks[name] for name in ("water_m", "toilet_m", "aed_m")},
        "works": _any_works(run, low, high),
    }
    columns["score"] = scores(columns, reach_m)
    return run.line.lines(Stretches(low, high, np.zeros(count)), columns, "stretch")


def scores(columns: dict[str, NDArray[Any]], reach_m: dict[str, float]) -> Floats:
    """Score stretches from 0 to 1.

    score = Σ weight × worth / Σ weight, over the parts that are known, halved where there are works. The worth of light is that of its
    class; of width min(1, width / 2.5 m); of crossings 1 / (1 + number); of the surface 1 where even and step-free, 0.5 where uneven, 0 with
    steps; of places the share of water, toilet and AED whose walk is within reach.
    """
    surface = np.array([1.0 if value in EVEN else 0.5 if value in UNEVEN else np.nan for value in columns["surface"]])
    surface[columns["step_free"] == np.False_] = 0.0
    near = [np.nan_to_num(columns[f"{kind}_m"], nan=np.inf) <= reach_m[kind] for kind in KINDS]
    worth = {
        "light": np.array([LIGHT_WORTH.get(code, np.nan) for code in columns["light"]]),
        "width": np.minimum(1.0, columns["width_m"] / TWO_WAY_M),
        "crossings": 1.0 / (1.0 + columns["crossings"]),
        "surface": surface,
        "places": np.mean(near, axis=0),
    }
    values, weights = np.stack(list(worth.values())), np.array([WEIGHTS[part] for part in worth])[:, None]
    known = ~np.isnan(values)
    score = (np.nan_to_num(values) * weights).sum(axis=0) / (known * weights).sum(axis=0)
    return score * np.where([name is not None for name in columns["works"]], WORKS_LEFT, 1.0)


def _finite(metres: Floats) -> Floats:
    return np.where(np.isfinite(metres), metres, np.nan)


def _parts_in(parts: Stretches, low: Floats, high: Floats) -> Iterator[tuple[Floats, NDArray[np.object_]]]:
    """For each stretch the metres and values of what lies in it."""
    for start, end in zip(low, high, strict=True):
        metres = np.minimum(parts.end, end) - np.maximum(parts.start, start)
        chosen = metres > 1e-6
        yield metres[chosen], parts.value[chosen]


def _known_in(parts: Stretches, low: Floats, high: Floats) -> Iterator[list[float]]:
    for _, values in _parts_in(parts, low, high):
        yield [float(value) for value in values if value is not None]


def _longest(parts: Stretches, low: Floats, high: Floats) -> NDArray[np.object_]:
    """(k,) the value that holds for most of each stretch, None where none is known."""
    found = []
    for metres, values in _parts_in(parts, low, high):
        total: dict[object, float] = {}
        for value, own in zip(values, metres, strict=True):
            if value is not None:
                total[value] = total.get(value, 0.0) + own
        found.append(max(total, key=lambda value: total[value], default=None))
    return np.array([*found, None], dtype=object)[:-1]


def _all_so(parts: Stretches, low: Floats, high: Floats) -> NDArray[np.object_]:
    """(k,) False where any part is not so, None where some part is not known, else True."""
    found = []
    for _, values in _parts_in(parts, low, high):
        said = [None if value is None else bool(value) for value in values]
        found.append(False if False in said else None if None in said else True)
    return np.array([*found, None], dtype=object)[:-1]


def _any_works(run: RunGround, low: Floats, high: Floats) -> NDArray[np.object_]:
    """(k,) the names of the works on each stretch, None where there are none."""
    on = [(name, amount(parts, low, high) > 1e-6) for name, parts in run.works]
    found = ["；".join(name for name, there in on if there[row]) or None for row in range(len(low))]
    return np.array([*found, None], dtype=object)[:-1]
