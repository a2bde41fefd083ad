"""Who lives where: the demand of a workspace as arrays, each resident in it once."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from wanli_geo.errors import BadMeasure, NothingToAnswer
from wanli_geo.workspace.specs import AGE_COLUMNS
from wanli_geo.workspace.store import Workspace

# Age groups a question may be asked for: the columns that are added up.
GROUPS: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "all": ("全体居民", "all residents", ("residents",)),
    "0-6": ("0–6 岁", "aged 0–6", AGE_COLUMNS[:1]),
    "7-18": ("7–18 岁", "aged 7–18", AGE_COLUMNS[1:2]),
    "19-59": ("19–59 岁", "aged 19–59", AGE_COLUMNS[2:3]),
    "60-79": ("60–79 岁", "aged 60–79", AGE_COLUMNS[3:4]),
    "80+": ("80 岁以上", "aged 80 and over", AGE_COLUMNS[4:]),
    "60+": ("60 岁以上", "aged 60 and over", AGE_COLUMNS[3:]),
}


# Ages may come to so many more than the residents by rounding.
_ROUNDED = 0.5


@dataclass(frozen=True, eq=False)
class Demand:
    """The places people walk from: houses, and compounds of which no house is known.

    Attributes:
        ids: (n,) id of each place; `layer` (n,) "homes" or "compounds".
        xy: (n, 2) metric coordinates (a point inside the outline).
        compound: (n,) row of its compound in the compounds layer, -1 for none.
        unit: (n,) row of its unit: its compound, or the place itself where it has none.
        unit_ids: (u,) id of each unit; `unit_compound` (u,) its row in the compounds layer, -1 for a lone house.
        people: (n,) residents of the group asked for, NaN where not known.
    """

    ids: NDArray[np.object_]
    layer: NDArray[np.object_]
    xy: NDArray[np.float64]
    compound: NDArray[np.int64]
    unit: NDArray[np.int64]
    unit_ids: NDArray[np.object_]
    unit_compound: NDArray[np.int64]
    people: NDArray[np.float64]


def demand_of(workspace: Workspace, group: str = "all") -> Demand:
    """Gather where people live; a compound is a place of its own only where no house of it is known.

    Raises:
        BadMeasure: an age group that is not one of `GROUPS`.
        NothingToAnswer: the workspace has neither homes nor compounds.
    """
    if group not in GROUPS:
        raise BadMeasure(f"没有“{group}”这个人群；可用：{'、'.join(GROUPS)}。", f"There is no group “{group}”; use one of {', '.join(GROUPS)}.")
    homes, compounds = workspace.metric("homes"), workspace.metric("compounds")
    if not len(homes) and not len(compounds):
        raise NothingToAnswer(
            "这个工作区没有住宅楼也没有小区，算不出谁住在哪里；请补 homes 或 compounds 图层。",
            "This workspace has neither homes nor compounds, so nobody is known to live anywhere; add either layer.",
        )
    row_of = {identity: row for row, identity in enumerate(compounds["id"])}
    of_home = np.array([row_of.get(identity, -1) for identity in homes["compound_id"]], dtype=np.int64)
    bare = np.setdiff1d(np.arange(len(compounds)), of_home)
    compound = np.concatenate([of_home, bare])
    ids = np.concatenate([homes["id"].to_numpy(object), compounds["id"].to_numpy(object)[bare]])
    lone = np.flatnonzero(compound < 0)
    unit_compound = np.concatenate([np.arange(len(compounds)), np.full(len(lone), -1)]).astype(np.int64)
    unit = compound.copy()
    unit[lone] = len(compounds) + np.arange(len(lone))
    return Demand(
        ids=ids,
        layer=np.repeat(np.array(["homes", "compounds"], dtype=object), [len(homes), len(bare)]),
        xy=np.concatenate([_inside(homes), _inside(compounds)[bare]]),
        compound=compound,
        unit=unit,
        unit_ids=np.concatenate([compounds["id"].to_numpy(object), ids[lone]]),
        unit_compound=unit_compound,
        people=np.concatenate([_people(homes, group), _people(compounds, group)[bare]]),
    )


@dataclass(frozen=True, eq=False)
class Ages:
    """The residents of every place of the demand by age, so that each is counted once and none is lost.

    The figure of residents rules. Ages that are not known, and all ages of a place whose ages come to more than its residents, are
    counted as not stated; where only the ages are known, they are the residents.

    Attributes:
        people: (n, 6) the five age groups, youngest first, then those of no stated age; a row of NaN where the residents are not known.
        unstated: (n,) places whose ages do not account for all residents; `exceeding` (n,) whose ages come to more than its residents;
        negative: (n,) a number below zero stands somewhere, taken as not known; `fractional` (n,) residents that are no whole number.
    """

    people: NDArray[np.float64]
    unstated: NDArray[np.bool_]
    exceeding: NDArray[np.bool_]
    negative: NDArray[np.bool_]
    fractional: NDArray[np.bool_]


def ages_of(workspace: Workspace, demand: Demand) -> Ages:
    """Share the residents of every place out by age."""
    columns = ["residents", *AGE_COLUMNS]
    homes, compounds = workspace.layer("homes"), workspace.layer("compounds")
    bare = compounds["id"].isin(demand.ids[demand.layer == "compounds"]).to_numpy()
    given = np.concatenate([homes[columns].to_numpy(np.float64), compounds[columns].to_numpy(np.float64)[bare]])
    negative = np.asarray((given < 0).any(axis=1), dtype=bool)
    told = np.where(given < 0, np.nan, given)
    ages, residents = told[:, 1:], told[:, 0]
    residents = np.where(np.isnan(residents), ages.sum(axis=1), residents)  # NaN where an age is missing too
    known = np.nan_to_num(ages)
    sums = known.sum(axis=1)
    exceeding = sums > residents + _ROUNDED
    known = np.where(exceeding[:, None], 0.0, known)
    shrink = np.divide(residents, sums, out=np.ones(len(sums)), where=(sums > residents) & ~exceeding & (sums > 0))
    known *= shrink[:, None]
    rest = np.clip(residents - known.sum(axis=1), 0.0, None)
    people = np.column_stack([known, rest])
    people[np.isnan(residents)] = np.nan
    return Ages(
        people=people,
        unstated=(rest > _ROUNDED) & ~exceeding,
        exceeding=exceeding,
        negative=negative,
        fractional=np.isfinite(residents) & (residents != np.round(residents)),
    )


def _inside(layer: gpd.GeoDataFrame) -> NDArray[np.float64]:
    return shapely.get_coordinates(shapely.point_on_surface(layer.geometry.to_numpy())).reshape(-1, 2)


def _people(layer: gpd.GeoDataFrame, group: str) -> NDArray[np.float64]:
    """Residents of a group; one age column missing, or below zero, makes the sum not known."""
    given = layer[list(GROUPS[group][2])].to_numpy(np.float64)
    return np.where(given < 0, np.nan, given).sum(axis=1)
