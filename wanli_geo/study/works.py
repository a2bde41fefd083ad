"""Works: a stretch of street closed to walkers; who walks how much farther to everyday places, who is cut off, and the detour to propose."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from wanli_geo.access.reach import Profile
from wanli_geo.answer import Answer
from wanli_geo.errors import NothingToAnswer
from wanli_geo.network.graph import Floats, Ints
from wanli_geo.planning.closures import ALONG_M, CloseStretch, closed_by, missed_m
from wanli_geo.study.choices import Goals, goals_of
from wanli_geo.study.coverage import INPUTS, unit_names, unit_shapes
from wanli_geo.study.detours import detours
from wanli_geo.study.ground import Ground
from wanli_geo.study.site import AFFECTED_M, Extra, Site, extra_of
from wanli_geo.study.touched import LINES, touched
from wanli_geo.study.words import made_of, when
from wanli_geo.study.works_told import caveats_of, facts_of
from wanli_geo.workspace.kinds import Kind
from wanli_geo.workspace.services import source_of
from wanli_geo.workspace.store import to_degrees

# The places one walks to most days, of a workspace that says nothing else.
EVERYDAY = ("MARKET", "CANTEEN", "CONVENIENCE", "METRO", "BUS_STOP", "HEALTH_STATION", "PHARMACY", "KINDERGARTEN", "EDU_PRIMARY", "PARK")


def works(ground: Ground, wheeled: Ground, closures: Sequence[CloseStretch], asked: dict[str, Any], kinds: Sequence[Kind],
          profile: Profile) -> Answer:
    """Compare the walks of every home to the nearest of each kind with and without the closed stretch, and propose a way round.

    Args:
        wheeled: the ground of a wheelchair at the same hour, for the way round without steps.
        asked: how the closure was called, for the parameters.

    Raises:
        BadMeasure: nothing such can be closed.
        NothingToAnswer: with it closed no street is left.
    """
    workspace = ground.workspace
    site = Site(ground, closed_by(workspace, closures))
    if not len(site.rest.network.length):
        raise NothingToAnswer("这样一封，就没有一条路可走了；请只封一段。", "With this closed no street is left to walk; close a stretch only.")
    goals = [one for one in (goals_of(ground, kind) for kind in kinds) if len(one.services.doors)]
    extra = extra_of(site, goals)
    features = {
        "closed": _closed(site),
        "detour": detours(site.closed, (ground, site.rest), (wheeled, Site(wheeled, site.closed).rest)),
        "units": _units(ground, extra),
        "touched": touched(ground, site.closed, site.rest),
    }
    tables = {name: pd.DataFrame(features[name].drop(columns="geometry")) for name in ("units", "detour", "touched")}
    tables |= {"kinds": _by_kind(ground, extra), "shut": _shut(site, goals)}
    layers = dict.fromkeys(source_of(one.code).layer for one in extra.kinds)
    made = made_of(workspace, (*INPUTS, *layers, "plan_projects", *LINES))
    return Answer(
        question="works",
        params={
            "workspace": workspace.catalogue.name, **asked, "kinds": [one.code for one in extra.kinds], "affected_m": AFFECTED_M,
            "along_m": ALONG_M, "profile": profile.code, "speed_m_s": profile.m_per_s, "metric_crs": workspace.catalogue.metric_crs,
            **when(ground, None),
        },
        features=features,
        tables={name: tables[name] for name in ("units", "kinds", "detour", "touched", "shut")},
        facts=facts_of(ground, features, extra, len(tables["shut"]), profile),
        caveats=tuple(caveats_of(ground, features, profile, goals, made, missed_m(workspace, closures, site.closed))),
        made_of=made,
    )


def _shut(site: Site, goals: Sequence[Goals]) -> pd.DataFrame:
    """The facilities that all doors of lie on the closed stretch: nobody walks to them any more."""
    rows = []
    for one in goals:
        had, has = (np.unique(one.services.door_of[doors.place]) for doors in (one.rows, site.rest.kept(one.rows)))
        features = one.services.features.iloc[np.setdiff1d(had, has)]
        rows.append(features[["id", "name", "name_en"]].assign(kind=one.kind.code))
    return pd.concat(rows, ignore_index=True) if rows else pd.DataFrame(columns=["id", "name", "name_en", "kind"])


def _closed(site: Site) -> gpd.GeoDataFrame:
    streets, closed = site.ground.workspace.layer("streets").iloc[site.closed.row], site.closed
    return gpd.GeoDataFrame(
        {
            "id": [f"closed-{row + 1}" for row in range(len(closed.row))], "street_id": streets["id"].to_numpy(object),
            "name": streets["name"].to_numpy(object), "name_en": streets["name_en"].to_numpy(object),
            "from_m": closed.start, "to_m": closed.end, "metres": closed.metres,
        },
        geometry=to_degrees(closed.lines, site.ground.workspace.catalogue.metric_crs), crs="EPSG:4326",
    )


def _units(ground: Ground, extra: Extra) -> gpd.GeoDataFrame:
    """One row a compound or lone house with people affected, most person-metres first."""
    workspace, demand, number = ground.workspace, ground.demand, len(ground.demand.unit_ids)
    people = np.nan_to_num(demand.people)

    def total(weight: Floats) -> Floats:
        return np.bincount(demand.unit, weight, minlength=number).astype(np.float64)

    longer = people * (extra.affected & ~extra.cut_off)
    most = np.zeros(number)
    np.maximum.at(most, demand.unit, np.where(extra.affected & ~extra.cut_off & (people > 0), extra.worst, 0.0))
    affected, weight = total(people * extra.affected), total(longer)
    mean = np.divide(total(longer * extra.worst), weight, out=np.full(number, np.nan), where=weight > 0)
    units = gpd.GeoDataFrame(
        {
            "id": demand.unit_ids, **unit_names(workspace, demand), "people": total(people), "people_affected": affected,
            "people_cut_off": total(people * extra.cut_off), "extra_mean_m": mean, "extra_most_m": np.where(weight > 0, most, np.nan),
            "kind_worst": _kind_worst(demand.unit, number, people, extra),
        },
        geometry=unit_shapes(workspace, demand), crs="EPSG:4326",
    )
    units = units[units["people_affected"] > 0].assign(burden=lambda rows: rows["people_affected"] * rows["extra_mean_m"].fillna(0))
    return units.sort_values(["people_cut_off", "burden", "id"], ascending=[False, False, True]).drop(columns="burden").reset_index(drop=True)


def _kind_worst(unit: Ints, number: int, people: Floats, extra: Extra) -> NDArray[np.object_]:
    """(u,) the kind whose walk grows most, by people times metres; None where none grows."""
    if not len(extra.kinds):
        return np.full(number, None, dtype=object)
    burden = np.array([np.bincount(unit, people * np.nan_to_num(metres), minlength=number) for metres in extra.metres])
    names = np.array([kind.code for kind in extra.kinds], dtype=object)[burden.argmax(axis=0)]
    names[burden.max(axis=0) <= 0] = None
    return names


def _by_kind(ground: Ground, extra: Extra) -> pd.DataFrame:
    """One row a kind: who walks farther to it, by how much, who no longer can."""
    people, rows = np.nan_to_num(ground.demand.people), []
    for kind, metres, lost in zip(extra.kinds, extra.metres, extra.lost, strict=True):
        longer = np.nan_to_num(metres) >= AFFECTED_M
        weight = people * longer
        some = weight.sum() > 0
        rows.append({
            "kind": kind.code, "people_longer": float(weight.sum()), "people_lost": float(people[lost].sum()),
            "extra_mean_m": float(weight @ np.nan_to_num(metres) / weight.sum()) if some else None,
            "extra_most_m": float(metres[longer & (people > 0)].max()) if some else None,
        })
    columns = ["kind", "people_longer", "people_lost", "extra_mean_m", "extra_most_m"]
    return pd.DataFrame(rows, columns=columns).astype({"extra_mean_m": "Float64", "extra_most_m": "Float64"})
