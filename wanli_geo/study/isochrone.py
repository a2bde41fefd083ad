"""What a walk of 5, 10, 15 minutes from a place, or from each of many, comes to: streets, people, an area to draw."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from wanli_geo.access.contours import at_decimals
from wanli_geo.access.isochrones import BEYOND_M, DRAWN_WITHIN_M, areas, reached
from wanli_geo.access.reach import TOLERANCE_M, Profile, Reach
from wanli_geo.answer import Answer, Caveat, Fact
from wanli_geo.errors import BadMeasure, OffNetwork
from wanli_geo.network.graph import Floats, Ints, WalkNetwork
from wanli_geo.network.pace import Pace, Waits, placed
from wanli_geo.network.search import meet, spread
from wanli_geo.network.snap import SNAP_M, Attachments
from wanli_geo.study.ground import Ground
from wanli_geo.study.words import data_caveats, made_of, walk_caveats, when
from wanli_geo.workspace.origins import Origin
from wanli_geo.workspace.store import to_degrees, to_metres

# A tenth of a metre in degrees: the decimals that files and the page hold.
_GRID = 1e-6
_INPUTS = ("streets", "compounds", "homes", "gates", "blue_net")


@dataclass(frozen=True, eq=False)
class _Asked:
    """What the same question from every place shares: the bands, and the ground as a walker at `pace` meets it."""

    ground: Ground
    bands: Sequence[Reach]
    profile: Profile
    pace: Pace | None
    network: WalkNetwork
    homes: Attachments | None
    edges: Attachments

    @property
    def crs(self) -> str:
        return self.ground.workspace.catalogue.metric_crs


@dataclass(frozen=True, eq=False)
class _Found:
    """What was found from one place: rows of the table, areas and streets in degrees, one a band; metres to where the data ends."""

    table: pd.DataFrame
    shapes: NDArray[np.object_]
    streets: list[shapely.Geometry]
    to_edge: float


def isochrone(ground: Ground, lon: float, lat: float, reaches: Sequence[Reach], profile: Profile, waits: Waits) -> Answer:
    """Walk outward from a place; from inside a walled compound, through its gates.

    Raises:
        BadMeasure: no bands, or a place that is not on the globe.
        OffNetwork: no street within 100 m.
    """
    asked = _asked(ground, [Origin("", lon, lat)], reaches, profile, waits)
    here, compound, start = _starts(asked, [Origin("", lon, lat)])
    if not len(start):
        raise OffNetwork(f"这里 {SNAP_M:g} 米之内没有路，量不了步行范围；请点在路边或小区里。",
                         f"There is no street within {SNAP_M:g} m of here to walk from; choose a place by a street or in a compound.")
    found, bands = _from(asked, here[0], int(compound[0]), start), asked.bands
    feature = gpd.GeoDataFrame({"id": [f"band-{band.text}" for band in bands], **found.table}, geometry=found.shapes, crs="EPSG:4326")
    reach = gpd.GeoDataFrame({"id": [f"reach-{band.text}" for band in bands]}, geometry=found.streets, crs="EPSG:4326")
    return _answer(
        asked,
        "isochrone",
        {"lon": lon, "lat": lat},
        {
            "bands": feature[~feature.geometry.is_empty].reset_index(drop=True),
            "reach": reach,
            "origin": gpd.GeoDataFrame({"id": ["origin"]}, geometry=shapely.points([[lon, lat]]), crs="EPSG:4326"),
        },
        found.table,
        tuple(
            Fact(f"people_{band.text}", f"步行 {band.zh}内的居民", f"Residents within a {band.en} walk", number, "人")
            for band, number in zip(bands, _known(found.table["people"]), strict=True)
        ),
        _where_the_data_ends(found.to_edge, bands),
    )


def isochrones(ground: Ground, origins: Sequence[Origin], reaches: Sequence[Reach], profile: Profile, waits: Waits) -> Answer:
    """Walk outward from each of many places, one feature an origin and band; one that no street is near keeps its rows, without numbers.

    Raises:
        BadMeasure: no origins or bands, two origins of one id, or a place that is not on the globe.
    """
    asked = _asked(ground, origins, reaches, profile, waits)
    here, compound, start = _starts(asked, origins)
    rows = np.searchsorted(start.place, np.arange(len(origins) + 1))
    tables, frames, to_edge, off = [], [], np.inf, []
    for number, origin in enumerate(origins):
        own = start.take(np.arange(rows[number], rows[number + 1]))
        named = {"origin": origin.id, "lon": origin.lon, "lat": origin.lat}
        if len(own):
            found = _from(asked, here[number], int(compound[number]), own)
            table, to_edge = found.table.assign(**named), min(to_edge, found.to_edge)
            ids = [f"{origin.id}-{band.text}" for band in asked.bands]
            frames.append(gpd.GeoDataFrame({"id": ids, **table}, geometry=found.shapes, crs="EPSG:4326"))
        else:
            off.append(origin.id)
            nothing = np.full(len(asked.bands), np.nan)
            table = pd.DataFrame({**_measures(asked), "people": nothing, "area_m2": nothing, "street_m": nothing}).assign(**named)
        tables.append(table[["origin", "lon", "lat", *(name for name in table if name not in named)]])
        ground.progress(f"步行范围 {number + 1}/{len(origins)} / walk bands {number + 1}/{len(origins)}", (number + 1) / len(origins))
    drawn = pd.concat(frames, ignore_index=True) if frames else _no_bands()
    points = shapely.points([[origin.lon, origin.lat] for origin in origins])
    return _answer(
        asked,
        "isochrones",
        {"origins": [[origin.id, origin.lon, origin.lat] for origin in origins]},
        {
            "bands": drawn[~drawn.geometry.is_empty].reset_index(drop=True),
            "origins": gpd.GeoDataFrame({"id": [origin.id for origin in origins]}, geometry=points, crs="EPSG:4326"),
        },
        pd.concat(tables, ignore_index=True),
        (
            Fact("origins", "起点", "Origins", len(origins), "处"),
            Fact("origins_off_network", "其中附近没有路", "of these with no street near", len(off), "处"),
        ),
        [*_where_the_data_ends(to_edge, asked.bands), *_off_the_network(off)],
    )


def _asked(ground: Ground, origins: Sequence[Origin], reaches: Sequence[Reach], profile: Profile, waits: Waits) -> _Asked:
    bands = sorted(set(reaches), key=lambda reach: reach.metres)
    if not bands or not origins or not all(-180 <= origin.lon <= 180 and -90 <= origin.lat <= 90 for origin in origins):
        raise BadMeasure("请给出经度、纬度和至少一个时限，例如 121.401,31.271 与 5,10,15。",
                         "Give a longitude, a latitude and at least one band, such as 121.401,31.271 and 5,10,15.")
    ids = [origin.id for origin in origins]
    if twice := next((one for one in ids if ids.count(one) > 1), None) if len(set(ids)) < len(ids) else None:
        raise BadMeasure(f"有两个起点都叫“{twice}”；请让编号各不相同。", f"Two origins are called “{twice}”; give each its own id.")
    pace = None if bands[0].minutes is None else Pace(profile.m_per_s, waits)
    network = ground.paced(pace)
    return _Asked(
        ground, bands, profile, pace, network,
        homes=placed(network, ground.homes) if ground.peopled else None,
        edges=placed(network, ground.border),
    )


def _starts(asked: _Asked, origins: Sequence[Origin]) -> tuple[Floats, Ints, Attachments]:
    """(o, 2) metric places, (o,) the compound each lies in or -1, and where they step onto the streets, ordered by place."""
    here = shapely.get_coordinates(to_metres(shapely.points([[origin.lon, origin.lat] for origin in origins]), asked.crs))
    compound = asked.ground.compound_at(here)
    return here, compound, asked.ground.attach(here, compound.copy(), everyone=True)


def _from(asked: _Asked, here: Floats, compound: int, start: Attachments) -> _Found:
    ground, network, bands = asked.ground, asked.network, asked.bands
    field = spread(network, placed(network, start), limit_m=bands[-1].metres + BEYOND_M)
    lines = [reached(network, field, band.metres) for band in bands]

    def inside(xy: Floats) -> Floats:
        return ground.metres_inside(compound, here, xy)

    drawn = areas(
        ground.canvas, network, field, [(band.metres, line) for band, line in zip(bands, lines, strict=True)],
        courts=ground.courts, water=ground.water, own=None if compound < 0 else (compound, inside),
    )
    people = np.full(len(bands), np.nan)
    if asked.homes is not None:
        demand = ground.demand
        metres = meet(network, field, asked.homes, len(demand.ids)).metres
        if compound >= 0:
            own = demand.compound == compound
            metres[own] = np.minimum(metres[own], inside(demand.xy[own]))
        people = np.array([np.nansum(demand.people[metres <= band.metres + TOLERANCE_M]) for band in bands])
    table = pd.DataFrame(
        {
            **_measures(asked),
            "people": people,
            "area_m2": shapely.area(np.array(drawn, dtype=object)),
            "street_m": [float(shapely.length(line).sum()) for line in lines],
        }
    )
    return _Found(
        table,
        at_decimals(to_degrees(np.array(drawn, dtype=object), asked.crs), _GRID),
        [to_degrees(shapely.multilinestrings(line), asked.crs) for line in lines],
        float(meet(network, field, asked.edges, len(asked.edges)).metres.min(initial=np.inf)),
    )


def _measures(asked: _Asked) -> dict[str, list[float]]:
    return {"minutes": [band.metres / asked.profile.m_per_s / 60 for band in asked.bands], "metres": [band.metres for band in asked.bands]}


def _no_bands() -> gpd.GeoDataFrame:
    columns = ("id", "origin", "lon", "lat", "minutes", "metres", "people", "area_m2", "street_m")
    return gpd.GeoDataFrame({name: [] for name in columns}, geometry=[], crs="EPSG:4326")


def _known(values: pd.Series[float]) -> list[float | None]:
    return [None if np.isnan(value) else float(value) for value in values]


def _answer(
    asked: _Asked, question: str, origin: dict[str, object], features: dict[str, gpd.GeoDataFrame], table: pd.DataFrame,
    facts: tuple[Fact, ...], more: Sequence[Caveat],
) -> Answer:
    ground, profile, pace = asked.ground, asked.profile, asked.pace
    made = made_of(ground.workspace, _INPUTS)
    unstated = int(np.isnan(ground.demand.people).sum()) if ground.peopled else 0
    return Answer(
        question=question,
        params={
            "workspace": ground.workspace.catalogue.name,
            **origin,
            "bands": [band.text for band in asked.bands],
            "profile": profile.code,
            "speed_m_s": profile.m_per_s,
            "metric_crs": asked.crs,
            "drawn_within_m": DRAWN_WITHIN_M,
            **when(ground, pace),
        },
        features=features,
        tables={"bands": table},
        facts=facts,
        caveats=(*walk_caveats(ground, profile, pace), _DRAWN, *more, *_nobody_known(ground), *data_caveats(made, unstated)),
        made_of=made,
    )


_DRAWN = Caveat(
    "drawn_within",
    f"范围线在 10 米格子上画成，与逐米量得的范围相差不超过约 {DRAWN_WITHIN_M:g} 米，围墙和水边照原样；人数按每栋楼的步行计，不按范围线计。",
    f"Areas are drawn on a grid of 10 m, their border within about {DRAWN_WITHIN_M:g} m of where the walk ends, walls and water as they are; "
    "people are counted by the walk of each house, not by the area.",
)


def _nobody_known(ground: Ground) -> list[Caveat]:
    if ground.peopled:
        return []
    return [Caveat("no_people", "没有住宅和小区资料，不知道有多少居民（不等于没有人）。",
                   "There are neither homes nor compounds in the data, so residents are not known (which does not mean nobody lives there).")]


def _off_the_network(off: Sequence[str]) -> list[Caveat]:
    if not off:
        return []
    some = "、".join(off[:5]) + ("…" if len(off) > 5 else "")
    return [Caveat("origin_off_network", f"{len(off)} 个起点 {SNAP_M:g} 米之内没有路，没有结果：{some}",
                   f"{len(off)} origin(s) have no street within {SNAP_M:g} m and no result: {some}")]


def _where_the_data_ends(to_edge: float, bands: Sequence[Reach]) -> list[Caveat]:
    cut = [band for band in bands if to_edge <= band.metres + TOLERANCE_M]
    if not cut:
        return []
    return [
        Caveat(
            "edge_of_data",
            f"从 {cut[0].zh}起，步行会走出数据范围：实际可达只会更大。",
            f"From {cut[0].en} on the walk leaves the data: what is really reached can only be more.",
        )
    ]
