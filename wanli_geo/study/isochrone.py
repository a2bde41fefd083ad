"""What a walk of 5, 10, 15 minutes from a place comes to: streets, people, facilities."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from wanli_geo.access.isochrones import BEYOND_M, areas, reached
from wanli_geo.access.reach import TOLERANCE_M, Profile, Reach
from wanli_geo.answer import Answer, Caveat, Fact
from wanli_geo.errors import BadMeasure, OffNetwork
from wanli_geo.network.graph import Floats
from wanli_geo.network.pace import Pace, Waits, placed
from wanli_geo.network.search import Walks, meet, spread
from wanli_geo.network.snap import SNAP_M, Attachments, at_border
from wanli_geo.study.ground import Ground
from wanli_geo.study.words import data_caveats, made_of, walk_caveats, when
from wanli_geo.workspace.store import to_degrees, to_metres

# A tenth of a metre in degrees.
_GRID = 1e-6
_INPUTS = ("streets", "compounds", "homes", "gates", "blue_net")


def isochrone(ground: Ground, lon: float, lat: float, reaches: Sequence[Reach], profile: Profile, waits: Waits) -> Answer:
    """Walk outward from a place; from inside a walled compound, through its gates.

    Raises:
        BadMeasure: no bands, or a place that is not on the globe.
        OffNetwork: no street within 100 m.
    """
    bands = sorted(set(reaches), key=lambda reach: reach.metres)
    if not bands or not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise BadMeasure("请给出经度、纬度和至少一个时限，例如 121.401,31.271 与 5,10,15。",
                         "Give a longitude, a latitude and at least one band, such as 121.401,31.271 and 5,10,15.")
    workspace, demand = ground.workspace, ground.demand
    here = shapely.get_coordinates(to_metres(shapely.points([[lon, lat]]), workspace.catalogue.metric_crs))
    compound = ground.compound_at(here)
    start = ground.attach(here, compound, everyone=True)
    if not len(start):
        raise OffNetwork(f"这里 {SNAP_M:g} 米之内没有路，量不了步行范围；请点在路边或小区里。",
                         f"There is no street within {SNAP_M:g} m of here to walk from; choose a place by a street or in a compound.")
    pace = None if bands[0].minutes is None else Pace(profile.m_per_s, waits)
    network = ground.paced(pace)
    homes = placed(network, ground.homes)
    field = spread(network, placed(network, start), limit_m=bands[-1].metres + BEYOND_M)
    walks = meet(network, field, homes, len(demand.ids))
    metres = walks.metres
    if compound[0] >= 0:
        own = demand.compound == compound[0]
        metres[own] = np.minimum(metres[own], np.hypot(*(demand.xy[own] - here[0]).T))
    lines = [reached(network, field, band.metres) for band in bands]
    water = workspace.metric("blue_net").geometry.to_numpy()
    own = None if compound[0] < 0 else (here[0], ground.compounds[compound[0]])
    drawn = areas(
        ground.canvas, network, field, [(band.metres, line) for band, line in zip(bands, lines, strict=True)],
        courts=ground.courts, water=water[shapely.get_dimensions(water) == 2], own=own,
    )
    people = [float(np.nansum(demand.people[metres <= band.metres + TOLERANCE_M])) for band in bands]
    edges = placed(network, at_border(ground.network, workspace.extent))
    to_edge = float(meet(network, field, edges, len(edges)).metres.min(initial=np.inf))
    table = pd.DataFrame(
        {
            "minutes": [band.metres / profile.m_per_s / 60 for band in bands],
            "metres": [band.metres for band in bands],
            "people": people,
            "area_m2": shapely.area(np.array(drawn, dtype=object)),
            "street_m": [float(shapely.length(line).sum()) for line in lines],
        }
    )
    crs = workspace.catalogue.metric_crs
    shapes = _on_paper(drawn, crs)
    feature = gpd.GeoDataFrame({"id": [f"band-{band.text}" for band in bands], **table}, geometry=shapes, crs="EPSG:4326")
    net = [to_degrees(shapely.multilinestrings(line), crs) for line in lines]
    made = made_of(workspace, _INPUTS)
    return Answer(
        question="isochrone",
        params={
            "workspace": workspace.catalogue.name,
            "lon": lon,
            "lat": lat,
            "bands": [band.text for band in bands],
            "profile": profile.code,
            "speed_m_s": profile.m_per_s,
            "metric_crs": crs,
            **when(ground, pace),
        },
        features={
            "bands": feature[~feature.geometry.is_empty].reset_index(drop=True),
            "reach": gpd.GeoDataFrame({"id": [f"reach-{band.text}" for band in bands]}, geometry=net, crs="EPSG:4326"),
            "origin": gpd.GeoDataFrame({"id": ["origin"]}, geometry=shapely.points([[lon, lat]]), crs="EPSG:4326"),
        },
        tables={"bands": table},
        facts=tuple(
            Fact(f"people_{band.text}", f"步行 {band.zh}内的居民", f"Residents within a {band.en} walk", number, "人")
            for band, number in zip(bands, people, strict=True)
        ),
        caveats=(
            *walk_caveats(ground, profile, pace),
            *_where_the_data_ends(to_edge, bands),
            *data_caveats(made, int(np.isnan(demand.people).sum())),
        ),
        made_of=made,
    )


def _on_paper(drawn: Sequence[shapely.Geometry], crs: str) -> NDArray[np.object_]:
    """(b,) the areas in degrees, at the decimals that files and the page hold, where they are valid and still nest."""
    shapes = shapely.set_precision(to_degrees(np.array(drawn, dtype=object), crs), _GRID)
    for inner, outer in pairwise(range(len(shapes))):
        shapes[outer] = shapely.union(shapes[inner], shapes[outer], grid_size=_GRID)
    return shapes


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
