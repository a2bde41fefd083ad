"""What a walkway is like every fifty metres: its own record where there is one, else that of the street it runs on; light, shade, works."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from wanli_geo.network.graph import Floats, Ints
from wanli_geo.routes.alongside import STEP_M, beside_areas
from wanli_geo.routes.crossings import Crossings
from wanli_geo.routes.light import SPACING_M, Lamps, classes, lamps_along, lit, means
from wanli_geo.routes.line import Route, at
from wanli_geo.routes.stretches import Stretches, middles, of_samples, rows_at
from wanli_geo.study.drawn import Drawn
from wanli_geo.study.ground import Ground
from wanli_geo.study.run_ground import RunGround
from wanli_geo.workspace.services import in_service

STRETCH_M = 50.0
# A green this near shades the walk: a stand-in for trees, of which there is no layer.
SHADE_M = 8.0
# Lamps on record no farther apart than this were surveyed between them too; a single one, of a street that is crossed, tells of its own reach.
SURVEYED_M = 100.0


@dataclass(frozen=True, eq=False)
class Along:
    """The walkway sampled every few metres, arrays (k,); NaN is not known, flags are 1.0 or 0.0.

    `nth` is the stretch of each sample; `surveyed` whether lamps near by are on record, and then `lux` is what they give.
    """

    route: Route
    where: Floats
    nth: Ints
    street: NDArray[np.object_]
    width_m: Floats
    surface: NDArray[np.object_]
    step_free: Floats
    lit: Floats
    surveyed: NDArray[np.bool_]
    light: Stretches
    shade: Floats
    crossings: Crossings
    crossed: NDArray[np.object_]
    works: Stretches

    def share(self, flag: Floats) -> float | None:
        """The share of the length that is so, a lower bound where some is not known; None where all is not known."""
        return None if np.isnan(flag).all() else float((flag == 1.0).mean())

    def dark(self) -> Stretches:
        """Where no light is: neither a lamp that works nor a way that is said to be lit."""
        parts = of_samples(np.nan_to_num(self.lit, nan=1.0) == 0.0, self.route.length_m)
        return parts.where(parts.value)


def along(line: Drawn, ground: Ground) -> Along:
    """Sample a walkway."""
    route, run = line.route, RunGround(line)
    where, streets = middles(route.length_m, STEP_M), run.streets
    own = line.rows.iloc[shapely.STRtree(line.rows.geometry.to_numpy()).nearest(shapely.points(at(route, where)))]
    under = run.on.value[rows_at(run.on, where)]
    step_free = _else(_numbers(own["step_free"]), _numbers(_taken(streets, "step_free", under)))
    surface, below = own["surface"].to_numpy(object), _taken(streets, "surface", under)
    light, surveyed = _lamplight(ground, route, where)
    by_lamps = (light.value[rows_at(light, where)] != 0.0).astype(np.float64)
    stated = _else(_numbers(own["lit"]), _numbers(_taken(streets, "lit", under)))
    return Along(
        route, where, np.minimum(where // STRETCH_M, _count(route) - 1).astype(np.int64),
        _taken(streets, "name", under),
        _numbers(run.width.value[rows_at(run.width, where)]),
        np.array([one if isinstance(one, str) else other for one, other in zip(surface, below, strict=True)], dtype=object),
        np.where(_taken(streets, "kind", under) == "steps", 0.0, step_free),  # whatever the walkway says of itself
        np.where(surveyed, by_lamps, stated), surveyed, light, _beside(route, ground, where), run.sides.least,
        _taken(streets, "name", run.sides.least.row), _works(run),
    )


def stretches(sampled: Along) -> tuple[Stretches, dict[str, Any]]:
    """Sum the samples up: the stretches, and their columns. A stretch is as wide as where it is narrowest, and not known where a part is not."""
    start, end = bounds(sampled.route)
    first = np.flatnonzero(np.diff(sampled.nth, prepend=-1))
    crossed = np.clip(np.searchsorted(start, sampled.crossings.chainage, side="right") - 1, 0, len(start) - 1)
    surveyed = np.logical_and.reduceat(sampled.surveyed, first)
    flags = _flag(sampled.lit, first)
    stated = np.array([{True: "stated", False: "dark", None: "unknown"}[flag] for flag in flags], dtype=object)
    works = [_holding(sampled.works, low, high) for low, high in zip(start, end, strict=True)]
    return Stretches(start, end, np.arange(len(start))), {
        "street": _most(sampled.street, sampled.nth, len(start)),
        "width_m": np.minimum.reduceat(sampled.width_m, first),
        "surface": _most(sampled.surface, sampled.nth, len(start)),
        "step_free": _flag(sampled.step_free, first),
        "lux": np.where(surveyed, means(sampled.light, start, end)[0], np.nan),
        "light": np.where(surveyed, classes(sampled.light, start, end), stated),
        "shade": np.add.reduceat(sampled.shade, first) / np.diff(np.append(first, len(sampled.shade))),
        "crossings": np.bincount(crossed, minlength=len(start)),
        "works": np.array(works, dtype=object),
    }


def bounds(route: Route) -> tuple[Floats, Floats]:
    """Where the stretches begin and end; the last takes what is left over, so that none is a crumb."""
    start = np.arange(_count(route), dtype=np.float64) * STRETCH_M
    return start, np.append(start[1:], route.length_m)


def _count(route: Route) -> int:
    return max(1, round(route.length_m / STRETCH_M))


def _lamplight(ground: Ground, route: Route, where: Floats) -> tuple[Stretches, NDArray[np.bool_]]:
    """What the lamps that work give, and (k,) where lamps were surveyed, working or not."""
    lamps = ground.workspace.metric("lamps")
    every, working = _lamps(route, lamps), _lamps(route, lamps[in_service(lamps)])
    lamps_m = np.concatenate([[-np.inf], every.chainage, [np.inf]])
    nth = np.searchsorted(lamps_m, where)
    behind, ahead = where - lamps_m[nth - 1], lamps_m[nth] - where
    return lit(route, working), (behind + ahead <= SURVEYED_M) | (np.minimum(behind, ahead) <= SPACING_M / 2)


def _lamps(route: Route, lamps: gpd.GeoDataFrame) -> Lamps:
    return lamps_along(route, shapely.get_coordinates(lamps.geometry.to_numpy()), _numbers(lamps["lux"]), _numbers(lamps["height_m"]))


def _beside(route: Route, ground: Ground, where: Floats) -> Floats:
    greens = ground.workspace.metric("green_vein")
    parts = beside_areas(route, greens[in_service(greens)].geometry.to_numpy(), within_m=SHADE_M)
    return parts.value[rows_at(parts, where)].astype(np.float64)


def _works(run: RunGround) -> Stretches:
    """What is being built or shut on the walk, each stretch by its name."""
    kept = sorted((low, high, name) for name, parts in run.works for low, high in zip(parts.start, parts.end, strict=True))
    start, end, name = zip(*kept, strict=True) if kept else ((), (), ())
    return Stretches(np.array(start, dtype=np.float64), np.array(end, dtype=np.float64), np.array(name, dtype=object))


def _holding(parts: Stretches, low: float, high: float) -> str | None:
    names = parts.value[(parts.start < high) & (parts.end > low)]
    return "、".join(dict.fromkeys(names.tolist())) or None


def _taken(streets: gpd.GeoDataFrame, column: str, rows: Ints) -> NDArray[np.object_]:
    return np.array([*streets[column], None], dtype=object)[rows]


def _numbers(values: Any) -> Floats:
    """Numbers and flags as float64, NaN where there is none."""
    return np.array([np.nan if pd.isna(value) else float(value) for value in values], dtype=np.float64)


def _else(one: Floats, other: Floats) -> Floats:
    return np.where(np.isnan(one), other, one)


def _flag(values: Floats, first: Ints) -> NDArray[np.object_]:
    """Of each stretch False where any sample is, None where any is not known, else True."""
    least, known = np.fmin.reduceat(values, first), ~np.isnan(np.add.reduceat(values, first))
    return np.array([False if low == 0.0 else True if whole else None for low, whole in zip(least, known, strict=True)], dtype=object)


def _most(values: NDArray[np.object_], nth: Ints, count: int) -> NDArray[np.object_]:
    """The text most samples of each stretch have; None where most have none."""
    found = np.full(count, None, dtype=object)
    for row in range(count):
        own = [value if isinstance(value, str) else None for value in values[nth == row]]
        found[row] = max(dict.fromkeys(own), key=own.count)
    return found


