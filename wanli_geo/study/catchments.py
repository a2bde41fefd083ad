"""How much of a kind of facility falls to each resident where all compete for it: the floating catchment areas, end to end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from wanli_geo.access.catchments import Catchments, Pairs, catchments, decay_of, method_of
from wanli_geo.access.choices import pairs_within
from wanli_geo.access.coverage import weighted_mean
from wanli_geo.access.equity import gini
from wanli_geo.access.reach import TOLERANCE_M, Profile, Reach
from wanli_geo.answer import Answer, Caveat, Fact
from wanli_geo.errors import BadMeasure
from wanli_geo.network.graph import Floats, Ints
from wanli_geo.network.pace import Pace, Waits, placed
from wanli_geo.study.choices import Goals, goals_of, homes_of, to_edge
from wanli_geo.study.coverage import INPUTS, place_shapes, unit_names, unit_shapes
from wanli_geo.study.crowds import (
    Crowd,
    ages,
    ages_known,
    committee_of,
    committees,
    index_caveats,
    index_facts,
    lorenz_table,
    told_or_none,
)
from wanli_geo.study.ground import Ground
from wanli_geo.study.opportunities import MEASURES, worth_of
from wanli_geo.study.words import data_caveats, made_of, walk_caveats, when
from wanli_geo.workspace.kinds import Kind
from wanli_geo.workspace.people import GROUPS, Demand, demand_of

SUPPLIES = tuple(name for name in MEASURES if name != "people")
# Figures are told for a thousand residents, as planning norms are (千人指标).
PER = 1000.0


@dataclass(frozen=True)
class Sharing:
    """How a supply is shared out: what is counted of each facility (`of`), among whom (`group`), by which method, decay and reach.

    Raises:
        BadMeasure: no such measure, method, decay or group.
    """

    of: str
    group: str
    method: str
    decay: str
    reach: Reach

    def __post_init__(self) -> None:
        own = method_of(self.method).decay
        object.__setattr__(self, "decay", self.decay or own)
        decay_of(self.decay)
        if self.of not in SUPPLIES:
            raise BadMeasure(f"没有“{self.of}”这种供给；可用：{'、'.join(SUPPLIES)}。",
                             f"There is no supply “{self.of}”; use one of {', '.join(SUPPLIES)}.")

    @property
    def unit(self) -> str:
        return f"{MEASURES[self.of][2]}/千人"


@dataclass(frozen=True, eq=False)
class _Shared:
    """What was found.

    Attributes:
        supply: (f,) of each facility, NaN not known, 0 where it is not in use.
        access: (n,) supply a thousand people of each place, NaN not known.
        least: (n,) whether there may be more within the walk than is known.
    """

    goals: Goals
    demand: Demand
    supply: Floats
    found: Catchments
    access: Floats
    least: NDArray[np.bool_]

    @property
    def none(self) -> Floats:
        """(n,) people who have nothing within the walk, and of whom this is certain."""
        return np.where((self.access == 0) & ~self.least, np.nan_to_num(self.demand.people), 0.0)

    def mean(self, unit: Ints, units: int, people: Floats) -> Floats:
        """(units,) mean over the people of whom it is known; where these have nothing and of others it is not known, neither is the mean."""
        mean = weighted_mean(unit, units, self.access, people)
        unknown = np.bincount(unit, np.where(np.isnan(self.access), np.nan_to_num(people), 0.0), minlength=units) > 0
        return np.where((mean == 0) & unknown, np.nan, mean)


def shared_out(ground: Ground, kind: Kind, asked: Sharing, profile: Profile, waits: Waits) -> Answer:
    """Share the supply of a kind out among the people who reach it, and tell how evenly it falls."""
    pace = None if asked.reach.minutes is None else Pace(profile.m_per_s, waits)
    workspace = ground.workspace
    shared = _shared(ground, goals_of(ground, kind), demand_of(workspace, asked.group), asked, pace)
    demand = shared.demand
    everybody = Crowd("all", "all", GROUPS[asked.group][0], demand.people)
    by_committee, by_age = committees(workspace, demand), ages(workspace, asked.group)
    units = _units(ground, shared)
    made = made_of(workspace, (*INPUTS, "committees", "green_vein" if kind.code == "PARK" else "facilities"))
    return Answer(
        question="catchments",
        params={
            "workspace": workspace.catalogue.name,
            "kind": kind.code,
            "of": asked.of,
            "method": asked.method,
            "decay": asked.decay,
            "within": asked.reach.text,
            "within_m": asked.reach.metres,
            "mode": "distance" if pace is None else "time",
            "people": asked.group,
            "profile": profile.code,
            "speed_m_s": profile.m_per_s,
            "metric_crs": workspace.catalogue.metric_crs,
            **when(ground, pace),
        },
        features={"units": units, "homes": _homes(ground, shared), "facilities": _drawn(shared)},
        tables={
            "units": _worst_first(pd.DataFrame(units.drop(columns="geometry")), "id"),
            "committees": _worst_first(_of_crowds(shared, by_committee), "id"),
            "ages": _of_crowds(shared, by_age),
            "facilities": pd.DataFrame(_drawn(shared).drop(columns="geometry")),
            "lorenz": lorenz_table(shared.access, [everybody, *by_committee, *by_age]),
        },
        facts=(*_facts(shared, asked), *_indices(ground, shared)),
        caveats=(
            *walk_caveats(ground, profile, pace),
            *_method(asked),
            *shared.goals.caveats(),
            *_unknown(shared, asked),
            *index_caveats(shared.access, demand.people, ages_known(workspace, demand, by_age)),
            *data_caveats(made, int(np.isnan(demand.people).sum())),
        ),
        made_of=made,
    )


def _shared(ground: Ground, goals: Goals, demand: Demand, asked: Sharing, pace: Pace | None) -> _Shared:
    network, start, services = ground.paced(pace), homes_of(ground), goals.services
    reach_m, count = asked.reach.metres, len(demand.ids)
    pairs = pairs_within(network, placed(network, goals.rows), services.door_of, placed(network, start.rows), count, reach_m,
                         beside=goals.beside(start))
    supply = np.where(services.used & ~services.shut, worth_of(goals, asked.of), 0.0)
    found = catchments(pairs, demand.people, supply, reach_m, asked.method, asked.decay)
    known, unknown = _in_reach(pairs, ~np.isnan(supply), count), _in_reach(pairs, np.isnan(supply), count)
    attached = np.isin(np.arange(count), start.rows.place)
    # Where all that is in reach is of a size not known, or no walk is known at all, nothing is known: that is not nought.
    nothing = (~attached | unknown) & ~known
    whole = ground.workspace.survey_of(goals.kind.code) == "complete"
    least = (to_edge(ground, start, pace) <= reach_m + TOLERANCE_M) | unknown | ~attached | (not whole)
    return _Shared(goals, demand, supply, found, np.where(nothing, np.nan, found.access) * PER, least)


def _in_reach(pairs: Pairs, wanted: NDArray[np.bool_], count: int) -> NDArray[np.bool_]:
    """(count,) places that reach a facility wanted."""
    return np.bincount(pairs.place[wanted[pairs.facility]], minlength=count) > 0


def _units(ground: Ground, shared: _Shared) -> gpd.GeoDataFrame:
    """One row a unit: the mean over its people."""
    demand, count = shared.demand, len(shared.demand.unit_ids)
    known = np.nan_to_num(demand.people)
    columns = {
        "id": demand.unit_ids,
        **unit_names(ground.workspace, demand),
        "people": np.bincount(demand.unit, known, minlength=count),
        "people_none": np.bincount(demand.unit, shared.none, minlength=count),
        "access_per_1000": shared.mean(demand.unit, count, demand.people),
        "at_least": np.bincount(demand.unit, shared.least & (known > 0), minlength=count) > 0,
    }
    return gpd.GeoDataFrame(columns, geometry=unit_shapes(ground.workspace, demand), crs="EPSG:4326")


def _homes(ground: Ground, shared: _Shared) -> gpd.GeoDataFrame:
    demand = shared.demand
    columns = {"id": demand.ids, "unit_id": demand.unit_ids[demand.unit], "people": demand.people, "access_per_1000": shared.access,
               "at_least": shared.least}
    return gpd.GeoDataFrame(columns, geometry=place_shapes(ground.workspace, demand), crs="EPSG:4326")


def _drawn(shared: _Shared) -> gpd.GeoDataFrame:
    """The facilities in use, with the people who come to each and what falls to a thousand of them."""
    services, demand = shared.goals.services, shared.found.demand
    ratio = np.divide(shared.supply * PER, demand, out=np.full(len(demand), np.nan), where=demand > 0)
    counted = services.used & ~services.shut
    named = services.features[["id", "name", "name_en", "geometry"]]
    told = named.assign(supply=shared.supply, people_coming=demand, supply_per_1000=ratio, idle=shared.found.idle,
                        beyond_boundary=_beyond(shared))
    return told[counted].reset_index(drop=True)


def _beyond(shared: _Shared) -> NDArray[np.bool_]:
    """(f,) facilities outside the boundary, where others come too whom the data does not have; none where no boundary is drawn."""
    boundary = shared.goals.ground.workspace.layer("boundary").geometry.to_numpy()
    shapes = shared.goals.services.features.geometry.to_numpy()
    return ~shapely.intersects(shapely.union_all(boundary), shapes) if len(boundary) else np.zeros(len(shapes), dtype=bool)


def _of_crowds(shared: _Shared, crowds: Sequence[Crowd]) -> pd.DataFrame:
    one = np.zeros(len(shared.access), dtype=np.int64)
    none = (shared.access == 0) & ~shared.least
    rows = [{
        "id": crowd.id,
        "name": crowd.name,
        "people": float(np.nansum(crowd.people)),
        "people_none": float(np.nansum(crowd.people[none])),
        "access_per_1000": float(shared.mean(one, 1, crowd.people)[0]),
        "gini": gini(shared.access, crowd.people),
    } for crowd in crowds]
    return pd.DataFrame(rows, columns=["id", "name", "people", "people_none", "access_per_1000", "gini"])


def _worst_first(table: pd.DataFrame, then: str) -> pd.DataFrame:
    """Least access first, of equal ones the most people; those without a figure last."""
    return table.sort_values(["access_per_1000", "people", then], ascending=[True, False, True], na_position="last").reset_index(drop=True)


def _facts(shared: _Shared, asked: Sharing) -> list[Fact]:
    kind, demand, access = shared.goals.kind, shared.demand, shared.access
    people, supply = np.nan_to_num(demand.people), np.nan_to_num(shared.supply)
    what_zh, what_en, unit = MEASURES[asked.of]
    reached, known = shared.found.demand > 0, np.isfinite(access)
    given = float((people * np.nan_to_num(access)).sum() / PER)
    mean = told_or_none(float(shared.mean(np.zeros(len(people), dtype=np.int64), 1, people)[0]))
    counted = shared.goals.services.used & ~shared.goals.services.shut
    who_zh, who_en, _ = GROUPS[asked.group]
    far_zh, far_en = asked.reach.zh, asked.reach.en
    return [
        Fact("mean_access", f"每千名居民可得的{kind.zh}（{what_zh}）", f"{kind.en} ({what_en}) to a thousand residents", mean, asked.unit),
        Fact("supply_in_reach", f"有人走得到的{what_zh}", f"{what_en.capitalize()} that somebody can walk to", float(supply[reached].sum()), unit),
        Fact("supply_shared", f"分到居民手里的{what_zh}（人数 × 人均）", f"{what_en.capitalize()} shared out (people × access)", given, unit),
        Fact("supply_idle", f"步行 {far_zh}内没有居民的{what_zh}", f"{what_en.capitalize()} with no resident within a {far_en} walk",
             float(supply[shared.found.idle].sum()), unit),
        Fact("facilities_size_unknown", f"{what_zh}不详、没有计入的{kind.zh}", f"Of “{kind.en}” without a figure ({what_en}): not counted",
             int(np.isnan(shared.supply[counted]).sum()), "处"),
        Fact("people_total", f"{who_zh}总数", f"People in all, {who_en}", float(people.sum()), "人"),
        Fact("people_none", f"步行 {far_zh}内一处{kind.zh}也没有", f"Without any ({kind.en.lower()}) within a {far_en} walk",
             float(shared.none.sum()), "人"),
        Fact("people_least", "可能还有更多的居民", "Residents who may have more", float(people[shared.least].sum()), "人"),
        Fact("people_unknown", "未知的居民（接不上路网，或走得到的大小都不详）",
             "Residents of whom it is not known (no street near, or no size known)", float(people[~known].sum()), "人"),
    ]


def _indices(ground: Ground, shared: _Shared) -> list[Fact]:
    committee = committee_of(ground.workspace, shared.demand)
    return index_facts(shared.access, shared.demand.people, committee, ("可得最多", "可得最少"), ("with the most", "with the least"))


def _method(asked: Sharing) -> list[Caveat]:
    method, decay = method_of(asked.method), decay_of(asked.decay)
    notes = [
        Caveat("method", f"算法：{method.zh}（{method.source}）；衰减：{decay.zh}（{decay.source}），x 为步行占 {asked.reach.zh}的比例，超出的不算。",
               f"Method: {method.en} ({method.source}); decay: {decay.en} ({decay.source}), x is the walk over {asked.reach.en}, beyond it nothing "
               "counts."),
        Caveat("competing", "可得的是与同一处设施的其他居民分享之后的；资料以外的居民没有计入竞争，靠近资料边缘的数偏高。",
               "What one has is after sharing with all others who come to the same facility; people beyond the data do not compete, so figures near "
               "its edge are too high."),
        Caveat("mean_over_people", "小区的数是居民的平均；逐户的数见要素。",
               "A compound's figure is the mean over its people; the features have every home."),
    ]
    if not method.keeps and asked.method == "m2sfca":
        notes.append(Caveat("lost_on_the_way", "这个算法里，离得远的供给有一部分谁也得不到：分到的比走得到的少。",
                            "In this method part of what is far from its people is had by nobody: less is shared out than is in reach."))
    if asked.method == "bfca2019":
        notes.append(Caveat("counts_places", "按原文，一处设施的供给在各楼之间分，不按人数：人数 × 人均不等于供给，楼拆得越细数越小；按人请用 bfca。",
                            "As printed the ratio of a facility is divided among places, not people: people × access is not the supply, and the more "
                            "places the smaller the figures; use bfca to count people."))
    return notes


def _unknown(shared: _Shared, asked: Sharing) -> list[Caveat]:
    notes = []
    if count := int(np.isnan(shared.supply).sum()):
        zh, en, _ = MEASURES[asked.of]
        notes.append(Caveat("size_unknown", f"{count} 处没有填{zh}，没有计入（不等于零）。",
                            f"{count} without a figure ({en}) are left out, which does not mean none."))
    if beyond := int((_beyond(shared) & (shared.found.demand > 0)).sum()):
        notes.append(Caveat("beyond_boundary", f"{beyond} 处在街道范围外：那里的居民也去，却不在资料里，这几处的人均偏高（表 facilities 里标出）。",
                            f"{beyond} outside the boundary: people there come too and are not in the data, so what these give a head is too much "
                            "(marked in the table facilities)."))
    if shared.least.any():
        notes.append(Caveat("at_least", "标“至少”的居民可能还有更多：步行会走出资料范围、设施没有查全、有的大小不详，或接不上路网。",
                            "Those marked “at least” may have more: the walk leaves the data, the kind is not fully surveyed, some sizes are not "
                            "known, or no street is near."))
    return notes
