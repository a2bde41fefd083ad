"""Green veins: which greens a walk in the green joins, which missing link would join most, and what a garden subdistrict lacks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from wanli_geo.access.reach import Profile, reach_of
from wanli_geo.answer import Answer
from wanli_geo.errors import BadMeasure, NothingToAnswer
from wanli_geo.network.graph import Floats, Ints
from wanli_geo.network.search import nearest
from wanli_geo.network.snap import Attachments
from wanli_geo.routes.green import Clusters, GreenWalks, clusters, connected_gain_m2, green_walks, own_ground
from wanli_geo.routes.line import Shapes
from wanli_geo.routes.meetings import Meetings, meetings
from wanli_geo.study.choices import Goals, called, goals_of, homes_of
from wanli_geo.study.coverage import INPUTS
from wanli_geo.study.garden import checklist
from wanli_geo.study.green import Wish, green
from wanli_geo.study.green_links_told import caveats_of, facts_of
from wanli_geo.study.ground import Ground
from wanli_geo.study.words import made_of, when
from wanli_geo.workspace.inside import boundary_of
from wanli_geo.workspace.kinds import KINDS
from wanli_geo.workspace.services import in_service
from wanli_geo.workspace.store import to_degrees

# Who lives so near to a green has it: the ten minutes of a park in the community life circle.
NEAR_MIN = 10.0
# Walks of the green that join nothing are shown from this length on; shorter ones are streets that cross it.
_SHOWN_M = 100.0
# The question of green asks for the water too; here nothing is made of it.
_WISHES = (("green", "GREEN", "300m", 400.0), ("park", "PARK", "500m", 5_000.0), ("open_space", "GREEN", "5min", 400.0),
           ("water", "WATER_ACCESS", "500m", 0.0))


@dataclass(frozen=True)
class Vein:
    """What counts as a walk in the green and as a missing link; all in metres.

    Attributes:
        green_m: a street runs in the green where it is inside or this near to it; `bank_m` where it is this near to water.
        gap_m: a walk in the green may leave it for so long at a time, as at a street crossing.
        link_m: a missing link is at most so long; of these the first `most` are told.
        least_m2: smaller street greens are no patches.
    """

    green_m: float = 10.0
    bank_m: float = 15.0
    gap_m: float = 30.0
    link_m: float = 1_000.0
    least_m2: float = 400.0
    most: int = 20

    def __post_init__(self) -> None:
        values = (self.green_m, self.bank_m, self.gap_m, self.link_m, self.least_m2)
        if not (all(np.isfinite(value) and value >= 0 for value in values) and self.green_m > 0 and self.most >= 1):
            raise BadMeasure("绿脉的各项距离和面积请给 0 或更大的数，贴近绿地的距离要大于 0，缺口至少列 1 个。",
                             "Give distances and areas of 0 or more for the green veins, a distance to the green above 0, and at least 1 link.")


@dataclass(frozen=True, eq=False)
class Joined:
    """The greens of a ground, the walks in the green between them, and the clusters these make."""

    ground: Ground
    vein: Vein

    @cached_property
    def goals(self) -> Goals:
        return goals_of(self.ground, KINDS["GREEN"])

    @cached_property
    def patches(self) -> gpd.GeoDataFrame:
        """The greens in service, WGS84, in the order of their layer; of street greens those large enough."""
        return self.goals.services.features[self._counted].reset_index(drop=True)

    @cached_property
    def _counted(self) -> NDArray[np.bool_]:
        services = self.goals.services
        large = ~(services.area_m2 < self.vein.least_m2) | (services.features["kind"] != "street_green").to_numpy(bool)
        return np.asarray(services.used & large)

    @cached_property
    def shapes(self) -> Shapes:
        """(p,) the patches in metres."""
        return self.patches.to_crs(self.ground.workspace.catalogue.metric_crs).geometry.to_numpy()

    @cached_property
    def own(self) -> tuple[Floats, tuple[Ints, Ints]]:
        return own_ground(self.shapes)

    @property
    def area_m2(self) -> Floats:
        """(p,) ground no larger patch holds."""
        return self.own[0]

    @cached_property
    def doors(self) -> Attachments:
        """Where the patches' entrances step onto the network; the place is the patch."""
        row_of = np.cumsum(self._counted) - 1
        services, rows = self.goals.services, self.goals.rows
        kept = rows.take(self._counted[services.door_of[rows.place]])
        return replace(kept, place=row_of[services.door_of[kept.place]])

    @cached_property
    def zone(self) -> shapely.Geometry:
        """What is green or by the water, with what is near enough to it; metric."""
        workspace = self.ground.workspace
        greens, waters = workspace.metric("green_vein"), workspace.metric("blue_net")
        greens, waters = greens[in_service(greens)], waters[in_service(waters)]
        half = np.where(shapely.get_dimensions(waters.geometry.to_numpy()) == 1, waters["width_m"].fillna(0.0).to_numpy(np.float64) / 2, 0.0)
        near = [shapely.buffer(greens.geometry.to_numpy(), self.vein.green_m), shapely.buffer(waters.geometry.to_numpy(), half + self.vein.bank_m)]
        return shapely.union_all(np.concatenate(near))

    @cached_property
    def walks(self) -> GreenWalks:
        return green_walks(self.ground.network, self.zone)

    @cached_property
    def clusters(self) -> Clusters:
        return clusters(self.walks, self.doors, self.area_m2, self.own[1], gap_m=self.vein.gap_m)

    @cached_property
    def missing(self) -> Meetings:
        """The shortest walk between each two neighbouring clusters, from entrance or walk in the green to the next."""
        held, ends = self.clusters, self.walks.ends
        ends = replace(ends, place=held.of_walk[ends.place])
        doors = replace(self.doors, place=held.of_patch[self.doors.place])
        ends = ends.take(ends.place >= 0)
        sources = Attachments(*(np.concatenate([getattr(doors, name), getattr(ends, name)]) for name in ("place", "edge", "offset", "leg", "gate")))
        return meetings(self.ground.network, sources, limit_m=self.vein.link_m)

    @cached_property
    def door_xy(self) -> Floats:
        """(d, 2) the entrance of each row of `doors`."""
        services, rows = self.goals.services, self.goals.rows
        return services.doors[rows.place[self._counted[services.door_of[rows.place]]]]


def green_links(ground: Ground, profile: Profile, vein: Vein) -> Answer:
    """Say which greens a walk in the green joins, which missing links would join most, and hold the checklist of a garden subdistrict.

    Raises:
        NothingToAnswer: the workspace has no green area in service.
    """
    workspace, found = ground.workspace, Joined(ground, vein)
    if not len(found.patches):
        raise NothingToAnswer("工作区里没有在用的绿地面（green_vein），没有可连的；请用 wanli-geo import 导入公园绿地。",
                              "The workspace has no green area in service (green_vein), so there is nothing to join; import parks and greens.")
    served = green(ground, [Wish(key, code, reach_of(text, profile), least) for key, code, text, least in _WISHES], profile)
    patches, links, missing = _patches(found), _links(found), _missing(found, profile)
    checks = checklist(served, patches)
    made = made_of(workspace, (*INPUTS, "committees", "green_vein", "blue_net"))
    return Answer(
        question="green_links",
        params={
            "workspace": workspace.catalogue.name, **vars(vein), "near_min": NEAR_MIN, "profile": profile.code, "speed_m_s": profile.m_per_s,
            "standards_verified": "no", "metric_crs": workspace.catalogue.metric_crs, **when(ground, None),
        },
        features={"patches": patches, "links": links, "missing": missing},
        tables={
            "missing": pd.DataFrame(missing.drop(columns="geometry")),
            "patches": pd.DataFrame(patches.drop(columns="geometry")),
            "checklist": checks,
        },
        facts=facts_of(served, found.clusters, links, missing, checks),
        caveats=tuple(caveats_of(ground, found.goals, vein, profile, served, made)),
        made_of=made,
    )


def _patches(found: Joined) -> gpd.GeoDataFrame:
    """The greens with their cluster, the largest cluster first, in it the largest patch."""
    cluster = found.clusters.of_patch
    area, shapes = boundary_of(found.ground.workspace), found.shapes
    entrances = found.ground.workspace.layer("entrances")["of"].value_counts()
    columns = ["id", "name", "name_en", "kind", "lit", "step_free", "toilet"]
    table = found.patches[columns].assign(
        area_m2=found.area_m2,
        cluster=cluster + 1,
        cluster_m2=found.clusters.area_m2[cluster],
        cluster_patches=np.bincount(cluster)[cluster],
        inside=shapely.intersects(shapes, area) if area is not None else np.ones(len(shapes), dtype=bool),
        entrances=found.patches["id"].map(entrances).fillna(0).astype(int),
    )
    patches = gpd.GeoDataFrame(table, geometry=found.patches.geometry.to_numpy(), crs="EPSG:4326")
    return patches.sort_values(["cluster", "area_m2", "id"], ascending=[True, False, True]).reset_index(drop=True)


def _links(found: Joined) -> gpd.GeoDataFrame:
    """The walks in the green that join greens, and what long ones there are besides; the longest first."""
    walks, held = found.walks, found.clusters.of_walk
    many = np.append(np.bincount(found.clusters.of_patch), 0)
    joins = many[held] > 1
    shown = np.flatnonzero(joins | (walks.metres >= _SHOWN_M))
    shown = shown[np.argsort(-walks.metres[shown], kind="stable")]
    shapes = to_degrees(np.array([walks.shape(int(walk)) for walk in shown], dtype=object), found.ground.workspace.catalogue.metric_crs)
    table = {
        "id": [f"link-{number}" for number in range(1, len(shown) + 1)],
        "cluster": pd.array([int(one) + 1 if one >= 0 else None for one in held[shown]], dtype="Int64"),
        "metres": walks.metres[shown],
        "joins": joins[shown],
    }
    return gpd.GeoDataFrame(table, geometry=list(shapes), crs="EPSG:4326")


def _missing(found: Joined, profile: Profile) -> gpd.GeoDataFrame:
    """The links that would join two clusters, by the connected area they add, then by the metres of them that are not green."""
    near, area = found.missing, found.clusters.area_m2
    gain = connected_gain_m2(area, near.one, near.other)
    order = np.lexsort((near.metres, -gain))[: found.vein.most]
    lines = [_walked(found, int(row)) for row in order]
    bare = np.array([shapely.length(shapely.difference(line, found.zone)) for line in lines], dtype=np.float64)
    people = _people_gained(found, profile, order)
    names, names_en = _called(found)
    table = {
        "id": [f"missing-{number}" for number in range(1, len(order) + 1)],
        "rank": np.arange(1, len(order) + 1),
        "from_name": names[near.one[order]], "from_name_en": names_en[near.one[order]],
        "to_name": names[near.other[order]], "to_name_en": names_en[near.other[order]],
        "cluster_from": near.one[order] + 1, "cluster_to": near.other[order] + 1,
        "metres": near.metres[order],
        "not_green_m": np.minimum(bare, near.metres[order]),
        "eca_gained_m2": gain[order],
        "area_gained_m2": np.minimum(area[near.one], area[near.other])[order],
        "people_gained": people,
    }
    shapes = to_degrees(np.array(lines, dtype=object), found.ground.workspace.catalogue.metric_crs)
    return gpd.GeoDataFrame(table, geometry=list(shapes), crs="EPSG:4326")


def _walked(found: Joined, row: int) -> shapely.LineString:
    """The walk of a missing link, from the entrance it begins at, if at one, to the entrance it ends at."""
    xy, first, last = found.missing.walk(row)
    door = found.door_xy
    ends = [door[source : source + 1] for source in (first, last)]  # empty for the end of a walk in the green
    return shapely.linestrings(np.concatenate([ends[0], xy, ends[1]]))


def _called(found: Joined) -> tuple[NDArray[np.object_], NDArray[np.object_]]:
    """(c,) the Chinese and the English name of each cluster: those of its largest patch that has one, else the id of its largest patch."""
    patches = found.patches
    unnamed = patches["name"].isna().to_numpy(bool)
    row = np.lexsort((-found.area_m2, unnamed, found.clusters.of_patch))
    row = row[np.unique(found.clusters.of_patch[row], return_index=True)[1]]
    names = patches["name"].where(~unnamed, patches["id"])
    return called(patches.assign(name=names), "name", row), called(patches, "name_en", row)


def _people_gained(found: Joined, profile: Profile, links: Ints) -> Floats:
    """(k,) residents within ten minutes of either cluster of a link who reach no green as large as both together."""
    ground, near, area = found.ground, found.missing, found.clusters.area_m2
    homes = homes_of(ground)
    cluster = found.clusters.of_patch[found.doors.place]
    limit = NEAR_MIN * 60 * profile.m_per_s
    walks = [nearest(ground.network, found.doors.take(cluster == one), homes.rows, len(homes.xy), limit_m=limit) for one in range(len(area))]
    reached = np.isfinite(np.array([walk.metres for walk in walks]).reshape(len(area), len(homes.xy)))
    best = np.where(reached, area[:, None], 0.0).max(axis=0, initial=0.0)
    people = np.nan_to_num(ground.demand.people)
    gains = [(reached[near.one[row]] | reached[near.other[row]]) & (best < area[near.one[row]] + area[near.other[row]]) for row in links]
    return np.array([float(people[own].sum()) for own in gains], dtype=np.float64)
