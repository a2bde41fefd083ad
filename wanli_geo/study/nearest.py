"""The nearest few facilities by name: of every compound, or of one place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from wanli_geo.access.choices import Choice, k_nearest
from wanli_geo.access.reach import TOLERANCE_M, Profile, Reach
from wanli_geo.answer import Answer, Caveat, Fact
from wanli_geo.errors import BadMeasure
from wanli_geo.network.graph import Floats, Ints
from wanli_geo.network.pace import Pace, Waits, placed
from wanli_geo.study.choices import Goals, Start, called, goals_of, homes_of, point_of, to_edge
from wanli_geo.study.coverage import INPUTS, place_shapes, unit_names
from wanli_geo.study.ground import Ground
from wanli_geo.study.walk import middle
from wanli_geo.study.words import data_caveats, made_of, walk_caveats, when
from wanli_geo.workspace.kinds import Kind
from wanli_geo.workspace.services import source_of

MOST = 20


@dataclass(frozen=True)
class Question:
    """How many of which kinds within how far, at whose walk."""

    kinds: tuple[Kind, ...]
    k: int
    reach: Reach
    profile: Profile
    waits: Waits

    def __post_init__(self) -> None:
        if not 1 <= self.k <= MOST or not self.kinds:
            raise BadMeasure(f"最近几处请给 1 到 {MOST}，并至少写一类设施；收到 {self.k}。",
                             f"Ask for the nearest 1 to {MOST} of at least one kind; got {self.k}.")

    @property
    def pace(self) -> Pace | None:
        return None if self.reach.minutes is None else Pace(self.profile.m_per_s, self.waits)

    def minutes(self, cost_m: Floats) -> Floats:
        return cost_m / self.profile.m_per_s / 60


@dataclass(frozen=True, eq=False)
class _Found:
    goals: Goals
    choice: Choice


def nearest_to_units(ground: Ground, asked: Question) -> Answer:
    """Give the nearest few of every compound or lone house: of each home, and of each unit's middle home as a table.

    The middle home is that at the median of the walk to the nearest one, weighted by people: half of the unit's people walk less.
    """
    start, demand = homes_of(ground), ground.demand
    found = [_search(ground, start, goals, asked) for goals in _goals(ground, asked)]
    table = pd.concat([_of_units(ground, one, asked) for one in found], ignore_index=True)
    homes = pd.concat([_of_homes(ground, one, asked) for one in found], ignore_index=True)
    facts = [fact for one in found for fact in _mean_facts(one, demand.people, asked)]
    edge = to_edge(ground, start, asked.pace)
    return _answer(ground, asked, found, {"nearest": gpd.GeoDataFrame(homes, crs="EPSG:4326")}, table, facts, edge, {})


def nearest_to_point(ground: Ground, lon: float, lat: float, asked: Question) -> Answer:
    """Give the nearest few of one place, kind by kind.

    Raises:
        OffNetwork: no street within 100 m.
    """
    start = point_of(ground, lon, lat)
    found = [_search(ground, start, goals, asked) for goals in _goals(ground, asked)]
    table = pd.concat([_rows(one, asked, np.array([0])) for one in found], ignore_index=True).drop(columns="place")
    facts = [fact for one in found for fact in _point_facts(one, asked)]
    chosen = pd.concat([_chosen(one) for one in found], ignore_index=True)
    origin = gpd.GeoDataFrame({"id": ["origin"]}, geometry=shapely.points([[lon, lat]]), crs="EPSG:4326")
    features = {"nearest": gpd.GeoDataFrame(chosen, crs="EPSG:4326"), "origin": origin}
    return _answer(ground, asked, found, features, table, facts, to_edge(ground, start, asked.pace), {"lon": lon, "lat": lat})


def _goals(ground: Ground, asked: Question) -> list[Goals]:
    return [goals_of(ground, kind) for kind in asked.kinds]


def _search(ground: Ground, start: Start, goals: Goals, asked: Question) -> _Found:
    network = ground.paced(asked.pace)
    choice = k_nearest(network, placed(network, goals.rows), goals.services.door_of, placed(network, start.rows), len(start.xy), asked.k,
                       limit_m=asked.reach.metres + TOLERANCE_M, beside=goals.beside(start))
    return _Found(goals, choice)


def _rows(found: _Found, asked: Question, places: Ints) -> pd.DataFrame:
    """One row a place and rank; a place with none within reach has one row without a facility."""
    facility = found.choice.facility[places]
    has = facility >= 0
    has[:, 0] = True
    row, rank = np.nonzero(has)
    number, cost, metres = facility[row, rank], found.choice.cost[places[row], rank], found.choice.metres[places[row], rank]
    features = found.goals.services.features
    return pd.DataFrame(
        {
            "place": places[row],
            "kind": found.goals.kind.code,
            "rank": pd.array(np.where(number >= 0, rank + 1, 0), dtype="Int64"),
            "nearest_id": called(features, "id", number),
            "nearest_name": called(features, "name", number),
            "metres": np.where(np.isfinite(metres), metres, np.nan),
            "minutes": np.where(np.isfinite(cost), asked.minutes(cost), np.nan),
        }
    ).assign(rank=lambda table: table["rank"].where(table["rank"] > 0))


def _of_units(ground: Ground, found: _Found, asked: Question) -> pd.DataFrame:
    demand = ground.demand
    order = np.argsort(demand.unit, kind="stable")
    attached = np.zeros(len(demand.ids), dtype=bool)
    attached[ground.homes.place] = True
    first = found.choice.cost[:, 0]
    attached |= np.isfinite(first)
    groups = np.split(order, np.searchsorted(demand.unit[order], np.arange(1, len(demand.unit_ids))))
    places = np.array([middle(own[attached[own]] if attached[own].any() else own, first, demand.people) for own in groups], dtype=np.int64)
    table = _rows(found, asked, places)
    unit = demand.unit[table["place"]]
    names = {name: values[unit] for name, values in unit_names(ground.workspace, demand).items()}
    return pd.DataFrame({"id": demand.unit_ids[unit], **names, "from": demand.ids[table["place"]], **table.drop(columns="place")})


def _of_homes(ground: Ground, found: _Found, asked: Question) -> pd.DataFrame:
    """One row a home and kind, its facilities side by side."""
    demand, features, code = ground.demand, found.goals.services.features, found.goals.kind.code
    several = len(asked.kinds) > 1
    columns: dict[str, Any] = {
        "id": [f"{one}/{code}" for one in demand.ids] if several else demand.ids,
        "home_id": demand.ids,
        "unit_id": demand.unit_ids[demand.unit],
        "people": demand.people,
        "kind": code,
    }
    for rank in range(asked.k):
        number, cost, metres = found.choice.facility[:, rank], found.choice.cost[:, rank], found.choice.metres[:, rank]
        columns[f"nearest_{rank + 1}_id"] = called(features, "id", number)
        columns[f"nearest_{rank + 1}_name"] = called(features, "name", number)
        columns[f"metres_{rank + 1}"] = np.where(np.isfinite(metres), metres, np.nan)
        columns[f"minutes_{rank + 1}"] = np.where(np.isfinite(cost), asked.minutes(cost), np.nan)
    return pd.DataFrame({**columns, "geometry": place_shapes(ground.workspace, demand)})


def _chosen(found: _Found) -> pd.DataFrame:
    """The facilities chosen from one place, where they are drawn."""
    number = found.choice.facility[0]
    number = number[number >= 0]
    features = found.goals.services.features.iloc[number]
    metres = found.choice.metres[0, : len(number)]
    return pd.DataFrame({"id": features["id"].to_numpy(object), "name": features["name"].to_numpy(object), "kind": found.goals.kind.code,
                         "rank": np.arange(1, len(number) + 1), "metres": metres, "geometry": features.geometry.to_numpy()})


def _mean_facts(found: _Found, people: NDArray[np.float64], asked: Question) -> list[Fact]:
    """Of the people who have one within reach the mean walk to the first and to the last asked for; and how many have none."""
    kind, facts = found.goals.kind, []
    known = np.nan_to_num(people)
    for rank in dict.fromkeys((1, asked.k)):
        cost, metres = found.choice.cost[:, rank - 1], found.choice.metres[:, rank - 1]
        weight = np.where(np.isfinite(cost), known, 0.0)
        some = weight > 0
        mean_m, mean_cost = (float(np.average(values[some], weights=weight[some])) if some.any() else None for values in (metres, cost))
        minutes = None if mean_cost is None else mean_cost / asked.profile.m_per_s / 60
        zh, en = ("最近的", "the nearest") if rank == 1 else (f"第 {rank} 近的", f"the {_nth(rank)} nearest")
        name = kind.en.lower()
        facts += [
            Fact(f"mean_m_{kind.code}_{rank}", f"人均走到{zh}{kind.zh}", f"Mean walk to {en} {name}", mean_m, "米"),
            Fact(f"mean_min_{kind.code}_{rank}", f"人均走到{zh}{kind.zh}用时", f"Mean time to {en} {name}", minutes, "分钟"),
        ]
    none = float(known[~np.isfinite(found.choice.cost[:, 0])].sum())
    facts.append(Fact(f"people_none_{kind.code}", f"{asked.reach.zh}内走不到任何{kind.zh}",
                      f"Found none ({kind.en.lower()}) within {asked.reach.en}", none, "人"))
    return facts


def _nth(rank: int) -> str:
    return f"{rank}{'th' if 10 < rank % 100 < 14 else {1: 'st', 2: 'nd', 3: 'rd'}.get(rank % 10, 'th')}"


def _point_facts(found: _Found, asked: Question) -> list[Fact]:
    kind, cost, metres = found.goals.kind, found.choice.cost[0, 0], found.choice.metres[0, 0]
    none = not np.isfinite(cost)
    name = called(found.goals.services.features, "name", found.choice.facility[0, :1])[0]
    return [
        Fact(f"nearest_m_{kind.code}", f"到最近的{kind.zh}", f"To the nearest {kind.en.lower()}", None if none else float(metres), "米"),
        Fact(f"nearest_min_{kind.code}", f"到最近的{kind.zh}用时", f"Time to the nearest {kind.en.lower()}",
             None if none else float(cost) / asked.profile.m_per_s / 60, "分钟"),
        Fact(f"nearest_name_{kind.code}", f"最近的{kind.zh}", f"Nearest {kind.en.lower()}", name),
    ]


def _answer(
    ground: Ground, asked: Question, found: Sequence[_Found], features: Mapping[str, gpd.GeoDataFrame], table: pd.DataFrame,
    facts: Sequence[Fact], edge: Floats, place: Mapping[str, Any],
) -> Answer:
    workspace = ground.workspace
    codes = [kind.code for kind in asked.kinds]
    layers = dict.fromkeys(source_of(code).layer for code in codes)
    made = made_of(workspace, (*INPUTS, *layers))
    return Answer(
        question="nearest",
        params={
            "workspace": workspace.catalogue.name,
            **place,
            "kinds": codes,
            "k": asked.k,
            "within": asked.reach.text,
            "within_m": asked.reach.metres,
            "mode": "distance" if asked.pace is None else "time",
            "profile": asked.profile.code,
            "speed_m_s": asked.profile.m_per_s,
            "metric_crs": workspace.catalogue.metric_crs,
            **when(ground, asked.pace),
        },
        features=features,
        tables={"nearest": table},
        facts=tuple(facts),
        caveats=(
            *walk_caveats(ground, asked.profile, asked.pace),
            *(note for one in found for note in _of_kind(one.goals, len(found) > 1)),
            *([] if place else [Caveat("middle_home", "表里每个小区取中间一户：一半居民走得比它近，一半比它远；逐户结果见要素。",
                                       "The table takes each compound's middle home: half of its people walk less, half more; the features "
                                       "have every home.")]),
            *_beyond_the_data(found, edge),
            *data_caveats(made, 0 if place else int(np.isnan(ground.demand.people).sum())),
        ),
        made_of=made,
    )


def _of_kind(goals: Goals, several: bool) -> list[Caveat]:
    """What one must know of a kind; named where there are several."""
    zh, en = (f"{goals.kind.zh}：", f"{goals.kind.en}: ") if several else ("", "")
    return [replace(one, zh=zh + one.zh, en=en + one.en) for one in goals.caveats()]


def _beyond_the_data(found: Sequence[_Found], edge: Floats) -> list[Caveat]:
    """Where the data ends nearer than the last one found, a nearer one may lie beyond."""
    blind = np.zeros(len(edge), dtype=bool)
    for one in found:
        blind |= edge < one.choice.cost.max(axis=1)
    if not blind.any():
        return []
    return [Caveat("edge_of_data", f"{int(blind.sum())} 处走到资料边缘比走到所列设施还近：资料以外可能有更近的。",
                   f"From {int(blind.sum())} place(s) the data ends nearer than the facilities listed: a nearer one may lie beyond.")]
