"""The stops of a walkway: where each lies by its point, in what order they are told, when one arrives, what each still lacks."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from wanli_geo.network.graph import Floats
from wanli_geo.routes.line import locate
from wanli_geo.routes.story import Story, told_in_order
from wanli_geo.routes.stretches import Stretches, gaps
from wanli_geo.study.drawn import Drawn
from wanli_geo.workspace.publication import Publication

# A stop farther from the line than this stands elsewhere; the check of the data tells of it.
FAR_M = 200.0
_TEXTS = ("name", "name_en", "kind", "status", "story", "story_en", "picture", "audio", "maker")
# What a stop tells, as columns.
TOLD = ("story", "story_en", "picture", "audio", "maker", "address")


@dataclass(frozen=True, eq=False)
class Stops:
    """The stops on the line, in the order of the layer: `rows`, (s,) `chainage` and `offset` by their points; `far` how many stand elsewhere."""

    rows: gpd.GeoDataFrame
    chainage: Floats
    offset: Floats
    far: int
    story: Story

    def has(self, column: str) -> int:
        """How many stops say something there."""
        return int(sum(isinstance(value, str) and bool(value.strip()) for value in self.rows[column]))


def stops_of(line: Drawn) -> Stops:
    """Find the stops of a walkway by their points; those that name another walkway, or lie far off, are left out."""
    stops = line.workspace.metric("walkway_stops")
    stops = stops[stops["walkway_id"].isna() | stops["walkway_id"].isin(line.rows["id"])]
    found = locate(line.route, shapely.get_coordinates(stops.geometry.to_numpy()).reshape(-1, 2))
    near = np.abs(found.offset) <= FAR_M
    rows, chainage = stops[near].reset_index(drop=True), found.chainage[near]
    order = rows["order"].astype("Float64").to_numpy(dtype=np.float64, na_value=np.nan)
    return Stops(rows, chainage, found.offset[near], int((~near).sum()), told_in_order(chainage, order, line.route.length_m))


def stop_features(line: Drawn, stops: Stops, publication: Publication, m_per_s: float, stop_min: float) -> gpd.GeoDataFrame:
    """The stops in the order of the story."""
    story, rows = stops.story, stops.rows.iloc[stops.story.rows]
    recorded = rows["chainage_m"].to_numpy(dtype=np.float64, na_value=np.nan)
    columns = {
        "id": rows["id"].to_numpy(object), **{name: _texts(rows[name]) for name in _TEXTS}, "order": np.arange(1, len(rows) + 1),
        "chainage_m": stops.chainage[story.rows], "offset_m": stops.offset[story.rows], "recorded_m": recorded, "next_m": story.next_m,
        "minutes": story.minutes(m_per_s, stop_min), "address": [publication.address_of(str(one)) for one in rows["id"]],
    }
    shapes = line.workspace.layer("walkway_stops").set_index("id").geometry.loc[rows["id"]]
    return gpd.GeoDataFrame(columns, geometry=shapes.to_list(), crs="EPSG:4326")


def _texts(values: pd.Series) -> list[str | None]:
    return [value if isinstance(value, str) else None for value in values]


def without_stop(line: Drawn, stops: Stops) -> Stretches:
    """The stretches without a stop, from the beginning to the end of the line."""
    start, metres = gaps(stops.chainage, line.route.length_m, closed=line.route.closed)
    long = metres > 1e-6
    return Stretches(start[long], (start + metres)[long], metres[long])
