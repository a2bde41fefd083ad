"""Whom a measure of evenness is told for: everybody, each committee, each age group; with the Lorenz points of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from wanli_geo.access.equity import gini, lorenz, palma, theil
from wanli_geo.answer import Caveat, Fact
from wanli_geo.network.graph import Floats, Ints
from wanli_geo.study.ages import WALKS
from wanli_geo.workspace.people import GROUPS, Demand, demand_of
from wanli_geo.workspace.store import Workspace

# The shares of people at which a Lorenz curve is told: every twentieth, exact there; the indices are of the whole curve.
POINTS = np.linspace(0.0, 1.0, 21)
NO_COMMITTEE = "未划入居委会 / in no committee"


@dataclass(frozen=True, eq=False)
class Crowd:
    """Some of the people: `of` is "all", "committee" or "age"; `people` (n,) of them in each place of the demand, NaN not known."""

    of: str
    id: str
    name: str
    people: Floats


def committee_of(workspace: Workspace, demand: Demand) -> Ints:
    """(n,) row of each place's committee in its layer, that of its compound; -1 for none."""
    row_of = {identity: row for row, identity in enumerate(workspace.layer("committees")["id"])}
    of_compound = np.array([*(row_of.get(one, -1) for one in workspace.layer("compounds")["committee_id"]), -1], dtype=np.int64)
    return of_compound[demand.compound]


def committees(workspace: Workspace, demand: Demand) -> list[Crowd]:
    """The people of each committee that has places, in the order of its layer; last those in none."""
    layer, committee = workspace.layer("committees"), committee_of(workspace, demand)
    rows = [*sorted(set(committee.tolist()) - {-1}), *([-1] if (committee < 0).any() else [])]
    names = [NO_COMMITTEE if row < 0 else layer["name"].iloc[row] or layer["id"].iloc[row] for row in rows]
    ids = ["" if row < 0 else layer["id"].iloc[row] for row in rows]
    return [Crowd("committee", one, name, np.where(committee == row, demand.people, 0.0)) for row, one, name in zip(rows, ids, names, strict=True)]


def ages(workspace: Workspace, group: str) -> list[Crowd]:
    """The age groups that `group` is made of."""
    columns = set(GROUPS[group][2])
    wanted = [age for age in WALKS if group == "all" or set(GROUPS[age][2]) <= columns]
    return [Crowd("age", age, GROUPS[age][0], demand_of(workspace, age).people) for age in wanted]


def lorenz_table(value: Floats, crowds: Sequence[Crowd]) -> pd.DataFrame:
    """One row a crowd and twentieth of its people, those with the least first; a crowd of which nothing is known has no rows."""
    parts = []
    for crowd in crowds:
        shares = lorenz(value, crowd.people).at(POINTS)
        if np.isfinite(shares).all():
            parts.append(pd.DataFrame({"of": crowd.of, "id": crowd.id, "name": crowd.name, "share_people": POINTS, "share_value": shares}))
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=["of", "id", "name", "share_people", "share_value"])


def told_or_none(value: float) -> float | None:
    """What is not known, or without bound, has no figure."""
    return value if np.isfinite(value) else None


def index_facts(value: Floats, people: Floats, committee: Ints, zh: tuple[str, str], en: tuple[str, str]) -> list[Fact]:
    """Gini, Palma and Theil over all people; `zh` and `en` name those with the most and those with the least."""
    parts = theil(value, people, committee + 1)
    share = parts.between / parts.total if parts.total > 0 else np.nan
    return [
        Fact("gini", "基尼系数（0 为人人相同）", "Gini index (0: all have the same)", told_or_none(gini(value, people)), "index"),
        Fact("palma", f"帕尔马比：{zh[0]}的一成人与{zh[1]}的四成人之比（人人相同为 0.25）",
             f"Palma ratio: the tenth {en[0]} over the four tenths {en[1]} (all the same: 0.25)", told_or_none(palma(value, people)), "index"),
        Fact("theil", "泰尔指数 T（0 为人人相同）", "Theil's T (0: all have the same)", told_or_none(parts.total), "index"),
        Fact("theil_between_share", "其中居委会之间的差异", "Of it between committees", told_or_none(share), "share"),
    ]


def index_caveats(value: Floats, people: Floats, ages_known: bool) -> list[Caveat]:
    """How the indices are made, and where they have no figure."""
    notes = [Caveat("indices", "基尼（1912）、帕尔马（2011）、泰尔（1967）和洛伦兹曲线都按人计：同一栋楼的人取同一个数，没有数的人不在其内。",
                    "Gini (1912), Palma (2011), Theil (1967) and the Lorenz curves count people: all of one house have the same figure, those "
                    "without a figure are left out.")]
    if palma(value, people) == np.inf:
        notes.append(Caveat("palma_without_bound", "最少的四成居民一点也没有：帕尔马比无穷大，不列数字。",
                            "The four tenths with the least have nothing at all: the Palma ratio is without bound and has no figure."))
    if not ages_known:
        notes.append(Caveat("ages_not_known", "有的楼或小区没有分年龄的人数：分年龄的表只含有数的。",
                            "Some houses or compounds have no figures by age: the table by age holds only those that have."))
    return notes


def ages_known(workspace: Workspace, demand: Demand, by_age: Sequence[Crowd]) -> bool:
    """Whether every place whose people are known has them by age too."""
    peopled = np.nan_to_num(demand.people) > 0
    return all(bool(np.isfinite(crowd.people[peopled]).all()) for crowd in by_age)
