"""Who lives near the water's edge: the walks to every stretch of bank and to every place at the water, and the compounds far from both."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np

from wanli_geo.access.coverage import STATUS, count, judge
from wanli_geo.access.reach import Profile
from wanli_geo.answer import Fact
from wanli_geo.network.graph import Floats, Ints
from wanli_geo.network.search import nearest
from wanli_geo.network.snap import SNAP_M
from wanli_geo.routes import banks
from wanli_geo.routes.banks import Bank
from wanli_geo.routes.entries import entries, shore
from wanli_geo.routes.stretches import Stretches
from wanli_geo.study.choices import Goals, Start, to_edge
from wanli_geo.study.ground import Ground
from wanli_geo.study.walkway_people import Neighbours, units_of

MINUTES = (5, 10)


@dataclass(frozen=True, eq=False)
class Waterside:
    """The demand by its walk to the water: `near` (n,) metres to a walk or place there, `status` (n,) by each of `MINUTES`."""

    near: Floats
    status: tuple[Ints, ...]


def walks(ground: Ground, homes: Start, bank: Bank, parts: Stretches) -> Floats:
    """(stretches, homes) metres from every home to each stretch: to the nearest place of any street within 20 m on its own side.

    Nobody is taken to a stretch without such a street; one that is not known may have a path that is not drawn, so any street within 100 m counts.
    """
    metres = np.full((len(parts), len(homes.xy)), np.inf)
    for row, (start, end, state) in enumerate(zip(parts.start, parts.end, parts.value, strict=True)):
        area = shore(banks.drawn(bank, start, end), bank.route, SNAP_M if state == "unknown" else banks.WALK_M)
        rows = entries(ground.network, area, homes.rows)
        if len(rows):
            metres[row] = nearest(ground.network, rows, homes.rows, len(homes.xy)).metres
    return metres


def unreached(through: list[Floats]) -> int:
    """How many stretches that one can walk no home has a way to."""
    return int(sum((~np.isfinite(metres).any(axis=1)).sum() for metres in through))


def waterside(ground: Ground, homes: Start, access: Goals, through: list[Floats], unknown: list[Floats], profile: Profile) -> Waterside:
    """Judge every home by its walk to a bank one can walk along or a place at the water; not known where a bank that near is not."""
    near = nearest(ground.network, access.rows, homes.rows, len(homes.xy)).metres.copy()
    blind = to_edge(ground, homes, None)
    for metres in through:
        near = np.minimum(near, metres.min(axis=0, initial=np.inf))
    for metres in unknown:
        blind = np.minimum(blind, metres.min(axis=0, initial=np.inf))
    attached = np.isin(np.arange(len(homes.xy)), homes.rows.place)
    complete = ground.workspace.survey_of("WATER_ACCESS") == "complete"
    return Waterside(near, tuple(judge(near, blind, attached, within_m=minutes * 60 * profile.m_per_s, complete=complete) for minutes in MINUTES))


def people_facts(ground: Ground, found: Waterside) -> list[Fact]:
    facts = []
    for minutes, status in zip(MINUTES, found.status, strict=True):
        people = count(status, ground.demand.people)
        known = ground.peopled
        facts += [
            Fact(f"people_{minutes}min", f"步行 {minutes} 分钟到水边的居民", f"Residents within {minutes} min of the water's edge",
                 people.covered if known else None, "人"),
            Fact(f"people_{minutes}min_share", f"步行 {minutes} 分钟到水边的比例", f"Share within {minutes} min", people.share, "share"),
            Fact(f"people_{minutes}min_{STATUS[2]}", f"步行 {minutes} 分钟能否到水边不清楚的居民", f"Residents not known for {minutes} min",
                 people.unknown if known else None, "人"),
        ]
    return facts


def units(ground: Ground, found: Waterside, m_per_s: float) -> gpd.GeoDataFrame:
    """One row a compound or lone house: its people by status at the longer of the two times, those within the shorter, and the mean walk."""
    short, long = (units_of(ground, Neighbours(status, found.near, count(status, ground.demand.people)), m_per_s) for status in found.status)
    return long.assign(people_5min=short["people_covered"], people_10min=long["people_covered"])[
        [*(name for name in long.columns if name != "geometry"), "people_5min", "people_10min", "geometry"]]


def access_points(ground: Ground, homes: Start, access: Goals, profile: Profile) -> gpd.GeoDataFrame:
    """One row a place at the water: who lives within 5 minutes of it, and the shortest walk from any home to it."""
    features, used = access.services.features, access.services.used
    people, walk = np.full(len(features), np.nan), np.full(len(features), np.nan)
    for row in np.flatnonzero(used):
        doors = access.rows.take(access.services.door_of[access.rows.place] == row)
        metres = nearest(ground.network, doors, homes.rows, len(homes.xy)).metres
        people[row] = np.nansum(ground.demand.people[metres <= MINUTES[0] * 60 * profile.m_per_s]) if ground.peopled else np.nan
        least = metres.min(initial=np.inf)
        walk[row] = least if np.isfinite(least) else np.nan
    kept = features[["id", "name", "name_en", "kind", "step_free", "status", "geometry"]]
    return kept.assign(used=used, people_5min=people, nearest_home_m=walk)
