"""How a route is lit: which lamps stand by it, what they give each stretch, and where none reaches."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from wanli_geo.network.graph import Floats, Ints
from wanli_geo.routes.line import Route
from wanli_geo.routes.stretches import Stretches, amount, gaps, merge

# A lamp farther than this from the line lights something else.
BESIDE_M = 15.0
# Lamps of one row stand no farther apart than this (assumed); each lights half of it either way.
SPACING_M = 45.0
# The mean on the ground, in lux, from which a way for pedestrians is lit for much, middling and little use: CJJ 45-2015, table 3.5.1.
# Written from memory and not verified, as the rows LIGHT_WALK of the standards say.
CLASSES = (("high", 10.0), ("mid", 7.5), ("low", 5.0))
CLASSES_VERIFIED = False


@dataclass(frozen=True, eq=False)
class Lamps:
    """The lamps by a route in the order walked, one that is passed twice told twice: `chainage`, `lux`, `height_m`, each (k,), NaN not known."""

    chainage: Floats
    lux: Floats
    height_m: Floats
    row: Ints

    def __len__(self) -> int:
        return len(self.chainage)


def lamps_along(route: Route, xy: Floats, lux: Floats, height_m: Floats, *, within_m: float = BESIDE_M) -> Lamps:
    """Find the lamps (p, 2) no farther than `within_m` from the route, each at its nearest point of every pass."""
    pieces = shapely.linestrings(np.stack([route.xy[:-1], route.xy[1:]], axis=1))
    points = shapely.points(np.asarray(xy, dtype=np.float64).reshape(-1, 2))
    lamp, piece = shapely.STRtree(pieces).query(points, predicate="dwithin", distance=within_m)
    order = np.lexsort((piece, lamp))
    lamp, piece = lamp[order], piece[order]
    metres = shapely.distance(pieces[piece], points[lamp])
    chainage = route.chainage[piece] + shapely.line_locate_point(pieces[piece], points[lamp])
    nth = _passes(lamp, piece, len(pieces), closed=route.closed)
    best = np.lexsort((chainage, metres, nth))
    best = best[np.unique(nth[best], return_index=True)[1]]
    best = best[np.argsort(chainage[best], kind="stable")]
    row = lamp[best]
    return Lamps(chainage[best], lux[row], height_m[row], row.astype(np.int64))


def _passes(lamp: Ints, piece: Ints, pieces: int, *, closed: bool) -> Ints:
    """(k,) which pass of which lamp each pair of lamp and piece belongs to: pieces in a row are one pass, over the seam of a closed route too."""
    if not len(lamp):
        return np.empty(0, dtype=np.int64)
    nth = np.cumsum(np.append(True, (lamp[1:] != lamp[:-1]) | (piece[1:] != piece[:-1] + 1)))
    if closed:
        for one in np.unique(lamp):
            own = np.flatnonzero(lamp == one)
            if piece[own[0]] == 0 and piece[own[-1]] == pieces - 1:
                nth[nth == nth[own[-1]]] = nth[own[0]]
    return nth.astype(np.int64)


def lit(route: Route, lamps: Lamps, *, spacing_m: float = SPACING_M) -> Stretches:
    """Say what light each place gets, in lux: that of its nearest lamp along the route; 0 beyond half a spacing; NaN lit, nobody knows how well."""
    length, reach = route.length_m, spacing_m / 2
    where, lux = lamps.chainage, lamps.lux
    if route.closed:
        where, lux = np.concatenate([where - length, where, where + length]), np.tile(lux, 3)
    cuts = np.concatenate([(where[1:] + where[:-1]) / 2, where - reach, where + reach, [0.0, length]])
    cuts = np.unique(np.clip(cuts, 0.0, length))
    middle = (cuts[1:] + cuts[:-1]) / 2
    if not len(where):
        return Stretches(np.zeros(1), np.array([length]), np.zeros(1))
    near = np.abs(middle[:, None] - where[None]).argmin(axis=1)
    value = np.where(np.abs(middle - where[near]) <= reach, lux[near], 0.0)
    return merge(Stretches(cuts[:-1], cuts[1:], value))


def dark_gaps(route: Route, light: Stretches) -> Stretches:
    """List the stretches that no lamp reaches; one over the seam of a closed route is one, and its `end` lies beyond the length."""
    dark = light.where(light.value == 0.0)
    over_seam = len(dark) > 1 and dark.start[0] <= 0.0 and dark.end[-1] >= route.length_m
    if not (route.closed and over_seam):
        return dark
    end = np.append(dark.end[1:-1], route.length_m + dark.end[0])
    return Stretches(dark.start[1:], end, dark.value[1:])


def means(light: Stretches, start: Floats, end: Floats) -> tuple[Floats, Floats]:
    """(k,) the mean lux of the stretches between `start` and `end`, NaN where that of a lit part is not known; (k,) metres in the dark."""
    known, unknown = light.where(~np.isnan(light.value)), light.where(np.isnan(light.value))
    low, high = np.maximum(known.start[None], start[:, None]), np.minimum(known.end[None], end[:, None])
    mean = (np.clip(high - low, 0.0, None) * known.value[None]).sum(axis=1) / (end - start)
    dark = amount(light.where(light.value == 0.0), start, end)
    return np.where(amount(unknown, start, end) > 0, np.nan, mean), dark


def classes(light: Stretches, start: Floats, end: Floats) -> NDArray[np.object_]:
    """(k,) the class of stretches: high, mid, low or below by their mean; dark where more than half is; spaced where only lamps are known."""
    mean, dark = means(light, start, end)
    found = np.full(len(start), "below", dtype=object)
    for code, least in reversed(CLASSES):
        found[mean >= least] = code
    found[np.isnan(mean)] = "spaced"
    found[dark > (end - start) / 2] = "dark"
    return found


def spacings(route: Route, lamps: Lamps, start: Floats, end: Floats) -> Floats:
    """(k,) the greatest metres from lamp to lamp that a stretch lies in, whole or in part."""
    first, metres = gaps(lamps.chainage, route.length_m, closed=route.closed)
    if route.closed:
        first, metres = np.concatenate([first - route.length_m, first]), np.tile(metres, 2)
    meets = (first[None] < end[:, None]) & ((first + metres)[None] > start[:, None])
    return np.where(meets, metres[None], 0.0).max(axis=1)


def spacing_to_height(lamps: Lamps) -> float:
    """The greatest spacing of two neighbours, none in the dark between, in heights of the lower; NaN where no two have theirs on record."""
    height = np.minimum(lamps.height_m[1:], lamps.height_m[:-1])
    metres = np.diff(lamps.chainage)
    ratio = np.where(metres <= SPACING_M, metres, np.nan) / np.where(height > 0, height, np.nan)
    return float(np.nanmax(ratio)) if np.isfinite(ratio).any() else float("nan")
