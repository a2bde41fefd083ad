"""How much lies within a walk: facilities, square metres, seats or people, added up for every home and every compound."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd

from wanli_geo.access.choices import Beside, within
from wanli_geo.access.reach import TOLERANCE_M, Profile, Reach
from wanli_geo.answer import Answer, Caveat, Fact
from wanli_geo.errors import BadMeasure
from wanli_geo.network.graph import Floats, Ints
from wanli_geo.network.inner import ways_inside
from wanli_geo.network.pace import Pace, Waits, placed
from wanli_geo.network.snap import Attachments
from wanli_geo.study.choices import Goals, goals_of, homes_of, to_edge
from wanli_geo.study.coverage import INPUTS, place_shapes, unit_names, unit_shapes
from wanli_geo.study.ground import Ground
from wanli_geo.study.words import data_caveats, made_of, walk_caveats, when
from wanli_geo.workspace.kinds import Kind
from wanli_geo.workspace.people import Demand, demand_of
from wanli_geo.workspace.services import source_of

# What is added up: its name in Chinese and English, and its unit.
MEASURES: dict[str, tuple[str, str, str]] = {
    "number": ("个数", "number", "处"),
    "area_m2": ("面积", "area", "平方米"),
    "capacity": ("规模", "capacity", "个"),
    "people": ("居民", "residents", "人"),
}


@dataclass(frozen=True, eq=False)
class _Stock:
    """What there is to reach: (d,) doors by the row of their owner, `worth` (f,) of each owner, NaN not known; the ways inside compounds."""

    rows: Attachments
    owner: Ints
    worth: Floats
    beside: Beside
    whole: bool
    caveats: list[Caveat]


@dataclass(frozen=True, eq=False)
class _Sums:
    """(n, r) what lies within each threshold of each place, NaN where nothing is known; `least` (n, r) where there may be more."""

    value: Floats
    least: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]


def opportunities(
    ground: Ground, kind: Kind | None, of: str, reaches: Sequence[Reach], group: str, profile: Profile, waits: Waits
) -> Answer:
    """Add up what lies within a walk of every home; of a unit, the mean over its people.

    Args:
        kind: the facilities; None for `of` people, the residents of `group` within a walk, one's own house included.
        reaches: thresholds of one mode, ascending.

    Raises:
        BadMeasure: no such measure, or a kind where people are asked for, or none where facilities are.
    """
    if of not in MEASURES or (of == "people") != (kind is None):
        raise BadMeasure(
            f"请写要加总什么：{'、'.join(MEASURES)}；数设施时要写类别，数居民（people）时不写。",
            f"Say what to add up: {', '.join(MEASURES)}; facilities need a kind, people take none.",
        )
    workspace, demand = ground.workspace, demand_of(ground.workspace, group)
    pace = None if reaches[0].minutes is None else Pace(profile.m_per_s, waits)
    stock = _people(ground, demand) if kind is None else _facilities(goals_of(ground, kind), of)
    sums = _added(ground, stock, reaches, pace)
    units = _of_units(ground, demand, sums, reaches, of)
    made = made_of(workspace, (*INPUTS, *([] if kind is None else [source_of(kind.code).layer])))
    return Answer(
        question="opportunities",
        params={
            "workspace": workspace.catalogue.name,
            "of": of,
            "kind": None if kind is None else kind.code,
            "within": [reach.text for reach in reaches],
            "within_m": [reach.metres for reach in reaches],
            "mode": "distance" if pace is None else "time",
            "people": group,
            "profile": profile.code,
            "speed_m_s": profile.m_per_s,
            "metric_crs": workspace.catalogue.metric_crs,
            **when(ground, pace),
        },
        features={"units": _drawn(ground, demand, units, reaches, of), "homes": _of_homes(ground, demand, sums, reaches, of)},
        tables={"opportunities": units},
        facts=tuple(fact for number, reach in enumerate(reaches) for fact in _facts(demand, sums, number, reach, kind, of)),
        caveats=(
            *walk_caveats(ground, profile, pace),
            *stock.caveats,
            *_least(sums),
            *data_caveats(made, int(np.isnan(demand.people).sum())),
        ),
        made_of=made,
    )


def _facilities(goals: Goals, of: str) -> _Stock:
    services = goals.services
    features = services.features
    count = np.ones(len(features))
    # Parks and greens say no area of their own: theirs is that of their outline.
    drawn = services.area_m2 if of == "area_m2" else count * np.nan
    worth = count if of == "number" else features[of].to_numpy(np.float64) if of in features else drawn
    whole = goals.ground.workspace.survey_of(goals.kind.code) == "complete"
    return _Stock(goals.rows, services.door_of, worth, goals.beside(homes_of(goals.ground)), whole, goals.caveats())


def _people(ground: Ground, demand: Demand) -> _Stock:
    """The homes themselves; everybody leaves by the gates of their own compound, oneself is nought metres away."""
    every = np.arange(len(demand.ids))
    ways = ways_inside(ground.inner, demand.xy, demand.compound, demand.xy, demand.compound)
    free = ~ways.barred
    beside = Beside(np.concatenate([ways.place[free], every]), np.concatenate([ways.goal[free], every]),
                    np.concatenate([ways.metres[free], np.zeros(len(every))]))
    told = Caveat("people_within", "居民含自家这一楼；各家都从自己小区的门出来。",
                  "One's own house is counted too; everybody leaves by the gates of their own compound.")
    return _Stock(ground.homes, every, demand.people, beside, True, [told])


def _added(ground: Ground, stock: _Stock, reaches: Sequence[Reach], pace: Pace | None) -> _Sums:
    network, start = ground.paced(pace), homes_of(ground)
    radii = np.array([reach.metres for reach in reaches])
    both = np.column_stack([stock.worth, np.isnan(stock.worth), ~np.isnan(stock.worth)]).astype(np.float64)
    found = within(network, placed(network, stock.rows), stock.owner, both, placed(network, start.rows), len(start.xy), radii,
                   beside=stock.beside)
    value, unknown, known = found[..., 0], found[..., 1], found[..., 2]
    attached = np.isin(np.arange(len(start.xy)), start.rows.place)
    blind = to_edge(ground, start, pace)[:, None] <= radii[None, :] + TOLERANCE_M
    # Where all that is in reach is of a size not known, or no walk is known at all, nothing is known: that is not nought.
    nothing = (~attached[:, None] & (known == 0)) | ((unknown > 0) & (known == 0))
    least = blind | (unknown > 0) | ~attached[:, None] | (not stock.whole)
    return _Sums(np.where(nothing, np.nan, value), least)


def _of_units(ground: Ground, demand: Demand, sums: _Sums, reaches: Sequence[Reach], of: str) -> pd.DataFrame:
    """One row a unit and threshold: the mean over its people; over its homes where nobody's number is known."""
    count = len(demand.unit_ids)
    known = np.nan_to_num(demand.people)
    peopled = np.bincount(demand.unit, known, minlength=count) > 0
    weight = np.where(peopled[demand.unit], known, 1.0)
    names = unit_names(ground.workspace, demand)
    parts = []
    for number, reach in enumerate(reaches):
        least = np.bincount(demand.unit, sums.least[:, number] & (weight > 0), minlength=count) > 0
        mean = _mean(demand.unit, count, sums.value[:, number], weight)
        people = np.bincount(demand.unit, known, minlength=count)
        parts.append(pd.DataFrame({"id": demand.unit_ids, **names, "people": people, "within": reach.text, f"mean_{of}": mean, "at_least": least}))
    return pd.concat(parts, ignore_index=True)


def _mean(unit: Ints, units: int, value: Floats, weight: Floats) -> Floats:
    """(units,) mean by weight; what is not known adds nothing, and where nothing else does either the mean is not known."""
    total, weights, unknown = (
        np.bincount(unit, one, minlength=units) for one in (weight * np.nan_to_num(value), weight, weight * np.isnan(value))
    )
    known = (weights > 0) & ((total > 0) | (unknown == 0))
    return np.divide(total, weights, out=np.full(units, np.nan), where=known)


def _drawn(ground: Ground, demand: Demand, units: pd.DataFrame, reaches: Sequence[Reach], of: str) -> gpd.GeoDataFrame:
    """The units as areas, the thresholds side by side."""
    wide = units[units["within"] == reaches[0].text].drop(columns=["within", f"mean_{of}", "at_least"]).reset_index(drop=True)
    for reach in reaches:
        own = units[units["within"] == reach.text]
        wide[f"{of}_{reach.text}"] = own[f"mean_{of}"].to_numpy()
        wide[f"at_least_{reach.text}"] = own["at_least"].to_numpy()
    return gpd.GeoDataFrame(wide, geometry=unit_shapes(ground.workspace, demand), crs="EPSG:4326")


def _of_homes(ground: Ground, demand: Demand, sums: _Sums, reaches: Sequence[Reach], of: str) -> gpd.GeoDataFrame:
    columns = {"id": demand.ids, "unit_id": demand.unit_ids[demand.unit], "people": demand.people}
    for number, reach in enumerate(reaches):
        columns[f"{of}_{reach.text}"] = sums.value[:, number]
        columns[f"at_least_{reach.text}"] = sums.least[:, number]
    return gpd.GeoDataFrame(columns, geometry=place_shapes(ground.workspace, demand), crs="EPSG:4326")


def _facts(demand: Demand, sums: _Sums, number: int, reach: Reach, kind: Kind | None, of: str) -> list[Fact]:
    """The mean over all people, and the people who are known to have none within reach."""
    value, least, people = sums.value[:, number], sums.least[:, number], np.nan_to_num(demand.people)
    mean = float(_mean(np.zeros(len(people), dtype=np.int64), 1, value, people)[0])
    zh, en, unit = MEASURES[of]
    what_zh, what_en = ("居民", "residents") if kind is None else (kind.zh, kind.en.lower())
    at_least = bool((least & (people > 0)).any())
    least_zh, least_en = ("（至少）", ", at least") if at_least else ("", "")
    of_zh, of_en = ("", "") if of in ("number", "people") else (f"的{zh}", f", {en}")
    facts = [Fact(f"mean_{of}_{reach.text}", f"人均步行 {reach.zh}内的{what_zh}{of_zh}{least_zh}",
                  f"Within a {reach.en} walk of a resident on average: {what_en}{of_en}{least_en}", None if np.isnan(mean) else mean, unit)]
    if kind is not None and of == "number":
        none = float(people[(value == 0) & ~least].sum())
        facts.append(Fact(f"people_none_{reach.text}", f"步行 {reach.zh}内一处{kind.zh}也没有的居民",
                          f"Residents without any ({kind.en.lower()}) within a {reach.en} walk", none, "人"))
    facts.append(Fact(f"people_least_{reach.text}", f"步行 {reach.zh}内可能还有更多的居民", f"Residents who may have more within a {reach.en} walk",
                      float(people[least].sum()), "人"))
    return facts


def _least(sums: _Sums) -> list[Caveat]:
    notes = [Caveat("mean_over_people", "小区的数是居民的平均：每位居民步行范围内有多少；逐户的数见要素。",
                    "A compound's figure is the mean over its people of what each has within the walk; the features have every home.")]
    if sums.least.any():
        notes.append(Caveat("at_least", "标“至少”的是下限：步行会走出资料范围、设施没有查全、有的大小不详，或接不上路网，实际只会更多。",
                            "What is marked “at least” is a lower bound: the walk leaves the data, the kind is not fully surveyed, some sizes "
                            "are not known, or no street is near; there can only be more."))
    return notes

