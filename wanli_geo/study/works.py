"""Works: a stretch of street closed to walkers; who walks how much farther to everyday places, who is cut off, and the detour to propose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from wanli_geo.access.reach import Profile
from wanli_geo.answer import Answer
from wanli_geo.errors import NothingToAnswer
from wanli_geo.network.closing import Closing, closing
from wanli_geo.network.graph import Floats, Ints
from wanli_geo.network.search import nearest
from wanli_geo.planning.closures import ALONG_M, Closed, CloseStretch, closed_by
from wanli_geo.study.choices import Goals, goals_of, homes_of
from wanli_geo.study.coverage import INPUTS, unit_names, unit_shapes
from wanli_geo.study.detours import LINES, detours, touched
from wanli_geo.study.ground import Ground
from wanli_geo.study.words import made_of, when
from wanli_geo.study.works_told import Hit, caveats_of, facts_of
from wanli_geo.workspace.kinds import Kind
from wanli_geo.workspace.services import source_of
from wanli_geo.workspace.store import to_degrees

# Who walks at least so much farther is affected; less is what a drawn line is off by.
AFFECTED_M = 10.0
# The places one walks to most days, of a workspace that says nothing else.
EVERYDAY = ("MARKET", "CANTEEN", "CONVENIENCE", "METRO", "BUS_STOP", "HEALTH_STATION", "PHARMACY", "KINDERGARTEN", "EDU_PRIMARY", "PARK")


@dataclass(frozen=True, eq=False)
class Site:
    """A closure on the ground of one walker: the streets as they are, and what is left of them."""

    ground: Ground
    closed: Closed

    @cached_property
    def rest(self) -> Closing:
        """The network without what is closed."""
        network = self.ground.network
        ids = self.ground.workspace.layer("streets")["id"].to_numpy(object)[self.closed.row]
        place = {identity: row for row, identity in enumerate(self.ground.streets["id"])}
        edge, start, end = [], [], []
        for identity, low, high in zip(ids, self.closed.start, self.closed.end, strict=True):
            own = np.flatnonzero(network.street == place.get(identity, -1))
            begins = np.cumsum(network.length[own]) - network.length[own]  # the edges of a street follow one another, its links come last
            lows, highs = np.clip(low - begins, 0.0, network.length[own]), np.clip(high - begins, 0.0, network.length[own])
            shut = highs > lows
            edge.append(own[shut])
            start.append(lows[shut])
            end.append(highs[shut])
        return closing(network, np.concatenate([np.empty(0, dtype=np.int64), *edge]), np.concatenate([np.empty(0), *start]),
                       np.concatenate([np.empty(0), *end]))

    def walks(self, goals: Goals) -> tuple[Floats, Floats]:
        """(n,) metres from every home to its nearest door, before and after; both leave by the same ways, those still open."""
        homes = homes_of(self.ground)
        beside = goals.beside(homes)
        found = []
        for network, doors, rows in ((self.ground.network, goals.rows, homes.rows),
                                     (self.rest.network, self.rest.kept(goals.rows), self.rest.kept(homes.rows))):
            metres = nearest(network, doors, rows, len(homes.xy)).metres.copy()
            np.minimum.at(metres, beside.place, beside.metres)
            found.append(metres)
        return found[0], found[1]


@dataclass(frozen=True, eq=False)
class Extra:
    """What a closure adds to walks: (kinds, n) metres `before` and `after`, `inf` where there is no way."""

    kinds: Sequence[Kind]
    before: Floats
    after: Floats

    @cached_property
    def metres(self) -> Floats:
        """(kinds, n) metres more; NaN where there was no way before or is none after."""
        both = np.isfinite(self.before) & np.isfinite(self.after)
        return np.subtract(self.after, self.before, out=np.full(self.before.shape, np.nan), where=both)

    @cached_property
    def lost(self) -> NDArray[np.bool_]:
        """(kinds, n) whether there was a way and is none."""
        return np.isfinite(self.before) & ~np.isfinite(self.after)

    @cached_property
    def worst(self) -> Floats:
        """(n,) metres more to the kind that suffers most; 0 where none can be compared."""
        return np.nan_to_num(self.metres).max(axis=0, initial=0.0)

    @cached_property
    def cut_off(self) -> NDArray[np.bool_]:
        """(n,) whether one walked to something and now walks to nothing."""
        return np.asarray(self.lost.any(axis=0) & ~np.isfinite(self.after).any(axis=0))

    @cached_property
    def affected(self) -> NDArray[np.bool_]:
        """(n,) whether a walk grows by `AFFECTED_M` or ends."""
        return np.asarray((self.worst >= AFFECTED_M) | self.lost.any(axis=0))

    @cached_property
    def unknown(self) -> NDArray[np.bool_]:
        """(n,) whether nothing was walked to before either."""
        return np.asarray(~np.isfinite(self.before).any(axis=0))


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
    goals = [goals_of(ground, kind) for kind in kinds]
    goals = [one for one in goals if len(one.services.doors)]
    walks = [site.walks(one) for one in goals]
    shape = (len(goals), len(ground.demand.ids))
    extra = Extra([one.kind for one in goals], *(np.array([pair[side] for pair in walks]).reshape(shape) for side in (0, 1)))
    features = {
        "closed": _closed(site),
        "detour": detours(site.closed, (ground, site.rest), (wheeled, Site(wheeled, site.closed).rest)),
        "units": _units(ground, extra),
        "touched": touched(ground, site.closed, site.rest),
    }
    layers = dict.fromkeys(source_of(one.code).layer for one in extra.kinds)
    made = made_of(workspace, (*INPUTS, *layers, "plan_projects", *LINES))
    shut = _shut(site, goals)
    return Answer(
        question="works",
        params={
            "workspace": workspace.catalogue.name, **asked, "kinds": [one.code for one in extra.kinds], "affected_m": AFFECTED_M,
            "along_m": ALONG_M, "profile": profile.code, "speed_m_s": profile.m_per_s, "metric_crs": workspace.catalogue.metric_crs,
            **when(ground, None),
        },
        features=features,
        tables={
            "units": pd.DataFrame(features["units"].drop(columns="geometry")),
            "kinds": _by_kind(ground, extra),
            "detour": pd.DataFrame(features["detour"].drop(columns="geometry")),
            "touched": pd.DataFrame(features["touched"].drop(columns="geometry")),
            "shut": shut,
        },
        facts=facts_of(ground, features, Hit(extra.affected, extra.cut_off, extra.worst, extra.unknown), len(shut)),
        caveats=tuple(caveats_of(ground, features, profile, goals, made)),
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
