"""A compound's new counts shared among its houses, so that every walk counts them: where houses are known, they are what is counted."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import numpy.typing as npt

from wanli_geo.workspace.specs import AGE_COLUMNS

_ESTIMATED = ("sketch", "osm")  # a house counted by somebody keeps its own count
_ROUNDED = 0.5
_COUNTS = ("residents", *AGE_COLUMNS, "households")

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Spread:
    """The houses with their new counts, and the compounds they were spread from."""

    homes: gpd.GeoDataFrame
    compounds: tuple[str, ...]


def spread(before: gpd.GeoDataFrame, after: gpd.GeoDataFrame, homes: gpd.GeoDataFrame, source: str) -> Spread:
    """Share the counts of every compound that changed among its houses, in the proportions these had.

    Only houses whose own counts are estimates (accuracy sketch or osm), all of a compound's or none. The shares are whole and add up to
    the compound (largest remainder). Ages are shared one by one and the residents follow from them, so that no house has more of an age
    than people; where the ages are not all known or come to more than the residents, only the residents are shared.

    Args:
        before, after: the compounds as they are and as they would be.
        source: what is added to the source of a house that changes.
    """
    changed = _changed(before, after)
    rows_of = homes.groupby("compound_id").indices if len(homes) else {}
    counts = homes[list(_COUNTS)].to_numpy(np.float64, copy=True)
    estimated = homes["accuracy"].isin(_ESTIMATED).to_numpy()
    done, touched = list[str](), np.zeros(len(homes), dtype=bool)
    for identity, totals in changed:
        rows = rows_of.get(identity, np.empty(0, dtype=np.int64))
        if not len(rows) or not estimated[rows].all():
            continue
        shared = _shared(totals, counts[rows])
        if not np.array_equal(shared, counts[rows], equal_nan=True):
            touched[rows] = ~_same_rows(shared, counts[rows])
            counts[rows] = shared
            done.append(identity)
    fresh = homes.copy()
    fresh[list(_COUNTS)] = counts
    fresh["source"] = [_joined(told, source) if moved else told for told, moved in zip(homes["source"], touched, strict=True)]
    return Spread(fresh, tuple(done))


def _changed(before: gpd.GeoDataFrame, after: gpd.GeoDataFrame) -> list[tuple[str, Floats]]:
    """The compounds that have other counts than before, or are new, with what they count now."""
    old = dict(zip(before["id"], before[list(_COUNTS)].to_numpy(np.float64), strict=True))
    new = zip(after["id"], after[list(_COUNTS)].to_numpy(np.float64), strict=True)
    return [(identity, totals) for identity, totals in new
            if identity not in old or not np.array_equal(old[identity], totals, equal_nan=True)]


def _shared(totals: Floats, counts: Floats) -> Floats:
    """Share one compound's totals among its houses: (h, columns) as `_COUNTS` has them."""
    shared = counts.copy()
    residents, ages, households = totals[0], totals[1:-1], totals[-1]
    weights = counts[:, 0]
    if np.isfinite(residents):
        rest = residents - ages.sum()  # NaN where an age is not known
        if rest >= -_ROUNDED:
            by_age = np.column_stack([_whole_shares(total, column, weights) for total, column in zip(ages, counts[:, 1:-1].T, strict=True)])
            shared[:, 1:-1] = by_age
            shared[:, 0] = by_age.sum(axis=1) + _whole_shares(max(rest, 0.0), weights, weights)
        else:
            shared[:, 0] = _whole_shares(residents, weights, weights)
    if np.isfinite(households):
        shared[:, -1] = _whole_shares(households, counts[:, -1], weights)
    return shared


def _whole_shares(total: float, weights: Floats, otherwise: Floats) -> Floats:
    """Share a total in whole numbers by the largest remainder; by `otherwise`, and then evenly, where the weights say nothing."""
    known = next((w for w in (np.nan_to_num(weights), np.nan_to_num(otherwise)) if w.sum() > 0), np.ones(len(weights)))
    exact = total * known / known.sum()
    shares = np.floor(exact)
    short = round(total - shares.sum())
    shares[np.argsort(shares - exact, kind="stable")[:short]] += 1
    return shares


def _same_rows(one: Floats, other: Floats) -> npt.NDArray[np.bool_]:
    return np.asarray(((one == other) | (np.isnan(one) & np.isnan(other))).all(axis=1), dtype=bool)


def _joined(told: str, source: str) -> str:
    return told if source in told else f"{told}；{source}"
