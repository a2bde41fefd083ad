"""Green and blue as services: who walks to a green, a park, the water; from how much residential land; how much green there is a head."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd

from wanli_geo.access.coverage import COVERED, STATUS, Coverage, by_unit, count, judge, weighted_mean
from wanli_geo.access.land import Samples, areas_by_status, sampled
from wanli_geo.access.reach import Profile, Reach
from wanli_geo.answer import Answer
from wanli_geo.errors import BadMeasure
from wanli_geo.network.graph import Floats
from wanli_geo.network.search import nearest
from wanli_geo.study.choices import Goals, Start, homes_of, to_edge
from wanli_geo.study.coverage import INPUTS, unit_names, unit_shapes
from wanli_geo.study.green_told import CELL_M, Held, caveats_of, facts_of
from wanli_geo.study.ground import Ground
from wanli_geo.study.words import made_of, when
from wanli_geo.workspace.kinds import KINDS
from wanli_geo.workspace.people import GROUPS, demand_of
from wanli_geo.workspace.services import services_of

_AGES = ("all", "0-6", "7-18", "19-59", "60-79", "80+")


@dataclass(frozen=True)
class Wish:
    """What is asked to be within a walk: features of a kind with at least so much land; `key` begins the names of what is found."""

    key: str
    code: str
    reach: Reach
    least_m2: float = 0.0

    def __post_init__(self) -> None:
        if not (math.isfinite(self.least_m2) and self.least_m2 >= 0):
            raise BadMeasure(f"面积下限 {self.least_m2:g} 平方米不合理；请给 0 或更大的数，如 400。",
                             f"A least area of {self.least_m2:g} m² makes no sense; give 0 or more, such as 400.")


def green(ground: Ground, wishes: Sequence[Wish], profile: Profile) -> Answer:
    """Judge every home and every bit of residential land for each wish, by the walk to an entrance."""
    workspace = ground.workspace
    land = sampled(ground.compounds, CELL_M)
    homes = homes_of(ground)
    plots = Start(land.xy, land.owner, ground.attach(land.xy, land.owner.copy(), everyone=True))
    edges = to_edge(ground, homes, None), to_edge(ground, plots, None)
    held = [_held(ground, wish, (homes, plots), edges) for wish in wishes]
    units = _units(ground, held, land)
    made = made_of(workspace, (*INPUTS, "committees", "green_vein", "water_access"))
    sizes = {f"{wish.key}_m2": float(wish.least_m2) for wish in wishes if wish.code != "WATER_ACCESS"}
    return Answer(
        question="green",
        params={
            "workspace": workspace.catalogue.name,
            **{f"{wish.key}_m": wish.reach.metres for wish in wishes},
            **sizes,
            "standards_verified": "no",
            "land_cell_m": CELL_M,
            "profile": profile.code,
            "speed_m_s": profile.m_per_s,
            "metric_crs": workspace.catalogue.metric_crs,
            **when(ground, None),
        },
        features={"units": units, "greens": _greens(held), "water_access": _water(held)},
        tables={
            "units": _ranked(units, held),
            "ages": _ages(ground, held),
            "committees": _committees(ground, units, held),
        },
        facts=facts_of(ground, held, land),
        caveats=tuple(caveats_of(ground, held, profile, made)),
        made_of=made,
    )


def _held(ground: Ground, wish: Wish, starts: tuple[Start, Start], edges: tuple[Floats, Floats]) -> Held:
    services = services_of(ground.workspace, wish.code, ground.day, ground.minute, steps=ground.steps, min_area_m2=wish.least_m2)
    goals = Goals(ground, KINDS[wish.code], services)
    walks = [_walked(ground, start, goals) for start in starts]
    # One of unknown size that was left out may be large enough: then nobody is known to have none.
    complete = ground.workspace.survey_of(wish.code) == "complete" and not services.unsized.any()
    people, land = (
        judge(walk, edge, np.isin(np.arange(len(walk)), start.rows.place), within_m=wish.reach.metres, complete=complete)
        for walk, edge, start in zip(walks, edges, starts, strict=True)
    )
    return Held(wish.key, wish.reach, wish.least_m2, goals, walks[0], people, land)


def _walked(ground: Ground, start: Start, goals: Goals) -> Floats:
    """(n,) metres to the nearest door, one in the same compound included."""
    metres = nearest(ground.network, goals.rows, start.rows, len(start.xy)).metres.copy()
    beside = goals.beside(start)
    np.minimum.at(metres, beside.place, beside.metres)
    return metres


def _units(ground: Ground, held: Sequence[Held], land: Samples) -> gpd.GeoDataFrame:
    """One row a compound or lone house: its people and its land by status, for each wish."""
    workspace, demand, number = ground.workspace, ground.demand, len(ground.demand.unit_ids)
    committees = workspace.layer("compounds")["committee_id"].to_numpy(object)
    of_compound = demand.unit_compound >= 0
    area = np.full(number, np.nan)
    area[of_compound] = np.bincount(land.owner, land.area_m2, minlength=len(committees))[demand.unit_compound[of_compound]]
    people = np.bincount(demand.unit, np.nan_to_num(demand.people), minlength=number)
    columns = {"id": demand.unit_ids, **unit_names(workspace, demand),
               "committee_id": np.array([*committees, None], dtype=object)[demand.unit_compound], "people": people, "area_m2": area}
    for one in held:
        by_status = by_unit(demand.unit, number, one.status, demand.people)
        plots = areas_by_status(land, len(committees), one.land_status)
        share = np.full(number, np.nan)
        share[of_compound] = _share(plots)[demand.unit_compound[of_compound]]
        columns |= {
            f"{one.key}_status": np.where(people > 0, np.array(STATUS, dtype=object)[by_status.argmax(axis=1)], "empty"),
            f"{one.key}_walk_m": weighted_mean(demand.unit, number, one.walk_m, demand.people),
            **{f"{one.key}_people_{status}": by_status[:, row] for row, status in enumerate(STATUS)},
            f"{one.key}_share_land": share,
        }
    return gpd.GeoDataFrame(columns, geometry=unit_shapes(workspace, demand), crs="EPSG:4326")


def _share(plots: Floats) -> Floats:
    """(c,) the covered share of the land, a lower bound where some is unknown; NaN where it is known of none."""
    known = plots[:, :2].sum(axis=1) > 0
    return np.divide(plots[:, COVERED], plots.sum(axis=1), out=np.full(len(plots), np.nan), where=known)


def _ranked(units: gpd.GeoDataFrame, held: Sequence[Held]) -> pd.DataFrame:
    """Most people without a green first, then without a park, then far from the water; then by id."""
    keys = [f"{one.key}_people_gap" for one in held]
    table = pd.DataFrame(units.drop(columns="geometry"))
    return table.sort_values([*keys, "id"], ascending=[*[False] * len(keys), True]).reset_index(drop=True)


def _ages(ground: Ground, held: Sequence[Held]) -> pd.DataFrame:
    """One row an age group, all residents first: the same walks, each group by its own column."""
    rows = []
    for group in _AGES:
        people = demand_of(ground.workspace, group).people
        counted = {one.key: count(one.status, people) for one in held}
        row = {"group": group, "name": GROUPS[group][0], "people": float(np.nansum(people)), "places_unstated": int(np.isnan(people).sum())}
        rows.append(row | {name: value for key, own in counted.items() for name, value in _counted(key, own).items()})
    return _shares_float(pd.DataFrame(rows), held)


def _counted(key: str, own: Coverage) -> dict[str, float | None]:
    people = {f"{key}_people_covered": own.covered, f"{key}_people_gap": own.gap, f"{key}_people_unknown": own.unknown}
    return {**people, f"{key}_share_people": own.share}


def _committees(ground: Ground, units: gpd.GeoDataFrame, held: Sequence[Held]) -> pd.DataFrame:
    """One row a committee in the order of its layer, and a last one for the units that belong to none."""
    layer = ground.workspace.layer("committees")
    rows = []
    for identity, name in [*zip(layer["id"], layer["name"], strict=True), (None, None)]:
        own = units[units["committee_id"] == identity] if identity is not None else units[~units["committee_id"].isin(layer["id"])]
        if identity is None and own.empty:
            continue
        row: dict[str, object] = {"id": identity, "name": name, "people": float(own["people"].sum()), "area_m2": float(own["area_m2"].sum())}
        for one in held:
            covered, gap, unknown = (float(own[f"{one.key}_people_{status}"].sum()) for status in STATUS)
            row |= _counted(one.key, Coverage(covered, gap, unknown, unstated=0)) | {f"{one.key}_share_land": _mean_share(own, one.key)}
        rows.append(row)
    return _shares_float(pd.DataFrame(rows), held)


def _mean_share(own: gpd.GeoDataFrame, key: str) -> float | None:
    """The share of the land of several compounds together; what is known of no land of a compound covers none of it."""
    known = own[own["area_m2"].notna()]
    share, area = known[f"{key}_share_land"], known["area_m2"].sum()
    return float((share.fillna(0) * known["area_m2"]).sum() / area) if share.notna().any() else None


def _shares_float(table: pd.DataFrame, held: Sequence[Held]) -> pd.DataFrame:
    """Shares as numbers that may be missing."""
    shares = [name for one in held for name in (f"{one.key}_share_people", f"{one.key}_share_land") if name in table]
    return table.astype(dict.fromkeys(shares, "Float64"))


def _greens(held: Sequence[Held]) -> gpd.GeoDataFrame:
    """Every green and park with its area, and for each wish but the water whether it counts."""
    asked = [one for one in held if one.goals.kind.code != "WATER_ACCESS"]
    frames = [one.goals.services.features for one in asked]
    features = pd.concat(frames, ignore_index=True).drop_duplicates("id").sort_values("id").reset_index(drop=True)
    area = {key: value for one in asked for key, value in zip(one.goals.services.features["id"], one.goals.services.area_m2, strict=True)}
    columns = {f"counts_{one.key}": features["id"].isin(one.counting) for one in asked}
    table = features[["id", "name", "name_en", "kind", "status"]].assign(area_m2=features["id"].map(area).astype(float), **columns)
    return gpd.GeoDataFrame(table, geometry=features.geometry.to_numpy(), crs="EPSG:4326")


def _water(held: Sequence[Held]) -> gpd.GeoDataFrame:
    water = next(one for one in held if one.goals.kind.code == "WATER_ACCESS")
    features = water.goals.services.features
    return features[["id", "name", "name_en", "kind", "status", "step_free", "geometry"]].assign(used=features["id"].isin(water.counting))
