"""How evenly the walk to the nearest falls on people: between committees, between ages, and whether it falls on the old."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd

from wanli_geo.access.coverage import weighted_mean
from wanli_geo.access.equity import concentration, gini
from wanli_geo.access.reach import Profile
from wanli_geo.answer import Answer, Caveat, Fact
from wanli_geo.network.graph import Floats
from wanli_geo.study.choices import goals_of
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
from wanli_geo.study.words import data_caveats, made_of, walk_caveats, when
from wanli_geo.workspace.kinds import Kind
from wanli_geo.workspace.people import GROUPS, Demand, demand_of

OLD = "60+"


@dataclass(frozen=True, eq=False)
class _Walked:
    """(n,) metres from each place of the demand to its nearest, `inf` without a walk; `old` (n,) its residents aged 60+, `share` (n,) of all."""

    demand: Demand
    metres: Floats
    old: Floats
    share: Floats

    def people(self, crowd: Floats, *, walking: bool) -> float:
        return float(np.nansum(crowd[np.isfinite(self.metres) == walking]))

    def mean(self, crowd: Floats) -> float:
        return float(weighted_mean(np.zeros(len(self.metres), dtype=np.int64), 1, self.metres, crowd)[0])


def equity(ground: Ground, kind: Kind, group: str, profile: Profile) -> Answer:
    """Tell how unequal the walk to the nearest is, in metres; whoever has no walk is counted apart, in no mean and no index."""
    workspace, goals = ground.workspace, goals_of(ground, kind)
    demand, everyone, old = demand_of(workspace, group), demand_of(workspace).people, demand_of(workspace, OLD).people
    share = np.divide(old, everyone, out=np.full(len(old), np.nan), where=np.nan_to_num(everyone) > 0)
    walked = _Walked(demand, ground.walks_to(goals.services).metres, old, share)
    by_committee, by_age = committees(workspace, demand), ages(workspace, group)
    everybody = Crowd("all", "all", GROUPS[group][0], demand.people)
    units = _units(ground, walked)
    made = made_of(workspace, (*INPUTS, "committees", "green_vein" if kind.code == "PARK" else "facilities"))
    return Answer(
        question="equity",
        params={
            "workspace": workspace.catalogue.name,
            "kind": kind.code,
            "mode": "distance",
            "people": group,
            "profile": profile.code,
            "speed_m_s": profile.m_per_s,
            "metric_crs": workspace.catalogue.metric_crs,
            **when(ground, None),
        },
        features={"units": units, "homes": _homes(ground, walked)},
        tables={
            "units": _farthest_first(pd.DataFrame(units.drop(columns="geometry"))),
            "committees": _farthest_first(_of_crowds(walked, by_committee)),
            "ages": _of_crowds(walked, by_age),
            "lorenz": lorenz_table(walked.metres, [everybody, *by_committee, *by_age]),
        },
        facts=(*_facts(walked, kind, group), *_indices(ground, walked)),
        caveats=(
            *walk_caveats(ground, profile, None),
            *goals.caveats(),
            *_left_out(ground, walked, kind),
            *index_caveats(walked.metres, demand.people, ages_known(workspace, demand, by_age)),
            *data_caveats(made, int(np.isnan(demand.people).sum())),
        ),
        made_of=made,
    )


def _units(ground: Ground, walked: _Walked) -> gpd.GeoDataFrame:
    """One row a unit: the mean over its people who have a walk, and those who have none."""
    demand, count = walked.demand, len(walked.demand.unit_ids)
    known = np.nan_to_num(demand.people)
    columns = {
        "id": demand.unit_ids,
        **unit_names(ground.workspace, demand),
        "people": np.bincount(demand.unit, known, minlength=count),
        "people_unreached": np.bincount(demand.unit, np.where(np.isfinite(walked.metres), 0.0, known), minlength=count),
        "walk_m": weighted_mean(demand.unit, count, walked.metres, demand.people),
        "share_old": weighted_mean(demand.unit, count, walked.share, demand_of(ground.workspace).people),
    }
    return gpd.GeoDataFrame(columns, geometry=unit_shapes(ground.workspace, demand), crs="EPSG:4326")


def _homes(ground: Ground, walked: _Walked) -> gpd.GeoDataFrame:
    demand = walked.demand
    columns = {"id": demand.ids, "unit_id": demand.unit_ids[demand.unit], "people": demand.people,
               "walk_m": np.where(np.isfinite(walked.metres), walked.metres, np.nan), "share_old": walked.share}
    return gpd.GeoDataFrame(columns, geometry=place_shapes(ground.workspace, demand), crs="EPSG:4326")


def _of_crowds(walked: _Walked, crowds: Sequence[Crowd]) -> pd.DataFrame:
    rows = [{
        "id": crowd.id,
        "name": crowd.name,
        "people": float(np.nansum(crowd.people)),
        "people_unreached": walked.people(crowd.people, walking=False),
        "walk_m": walked.mean(crowd.people),
        "gini": gini(walked.metres, crowd.people),
    } for crowd in crowds]
    return pd.DataFrame(rows, columns=["id", "name", "people", "people_unreached", "walk_m", "gini"])


def _farthest_first(table: pd.DataFrame) -> pd.DataFrame:
    """Longest walk first; those of whom nobody has a walk before all, those without people last."""
    stranded = table["walk_m"].isna() & (table["people_unreached"] > 0)
    order = table.assign(_stranded=stranded).sort_values(["_stranded", "walk_m", "people", "id"], ascending=[False, False, False, True])
    return order.drop(columns="_stranded").reset_index(drop=True)


def _facts(walked: _Walked, kind: Kind, group: str) -> list[Fact]:
    who_zh, who_en, _ = GROUPS[group]
    people, name = walked.demand.people, kind.en.lower()
    facts = [
        Fact("people_total", f"{who_zh}总数", f"People in all, {who_en}", float(np.nansum(people)), "人"),
        Fact("people_unreached", f"走不到任何{kind.zh}，不在下列各数之内", f"Without a walk to any {name}: in none of the figures below",
             walked.people(people, walking=False), "人"),
        Fact("mean_m", f"人均走到最近的{kind.zh}", f"Mean walk to the nearest {name}", told_or_none(walked.mean(people)), "米"),
    ]
    if group == "all":
        facts += [
            Fact("mean_m_60", "60 岁以上的人均", "Mean of those aged 60 and over", told_or_none(walked.mean(walked.old)), "米"),
            Fact("concentration_60", "集中指数：按各楼 60 岁以上占比排队（大于 0：老人多的楼走得远）",
                 "Concentration index, ranked by the share aged 60 and over of each home (above 0: longer walks where more are old)",
                 told_or_none(concentration(walked.metres, people, walked.share)), "index"),
        ]
    return facts


def _indices(ground: Ground, walked: _Walked) -> list[Fact]:
    committee = committee_of(ground.workspace, walked.demand)
    return index_facts(walked.metres, walked.demand.people, committee, ("走得最远", "走得最近"), ("that walks farthest", "that walk least"))


def _left_out(ground: Ground, walked: _Walked, kind: Kind) -> list[Caveat]:
    """Of whom the indices say nothing, and where a nearer one may lie beyond the data."""
    people = np.nan_to_num(walked.demand.people)
    notes = [Caveat("concentration", "集中指数按 Kakwani、Wagstaff 与 van Doorslaer（1997）：−1 到 1，0 为走得远近与老人占比无关；只含知道年龄的楼。",
                    "The concentration index is that of Kakwani, Wagstaff & van Doorslaer (1997): minus 1 to 1, 0 where the walk has nothing to do "
                    "with the share of old people; only homes whose ages are known are in it.")]
    if stranded := float(people[~np.isfinite(walked.metres)].sum()):
        notes.append(Caveat("unreached", f"{stranded:.0f} 人没有路走到任何{kind.zh}：不在平均和各指数里，而他们的处境最差；请与指数一并看。",
                            f"{stranded:.0f} people have no walk to any “{kind.en}”: they are in no mean and no index, though worst off; read both."))
    if blind := float(people[(ground.to_edge_of_data() < walked.metres) & (people > 0)].sum()):
        notes.append(Caveat("edge_of_data", f"{blind:.0f} 人走到资料边缘比走到最近的{kind.zh}还近：资料以外可能有更近的。",
                            f"For {blind:.0f} people the data ends nearer than the nearest “{kind.en}”: a nearer one may lie beyond."))
    return notes
