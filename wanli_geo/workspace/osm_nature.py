"""Waters and greens: the blue net and the green vein as OpenStreetMap has them."""

from __future__ import annotations

import numpy as np
import shapely

from wanli_geo.workspace import osm_tags
from wanli_geo.workspace.osm_read import Features, Lines, Shapes, numbered
from wanli_geo.workspace.osm_streets import Rows
from wanli_geo.workspace.store import to_metres

# A park smaller than this is a pocket park (口袋公园: about 400 to 5,000 m²).
POCKET_M2 = 5_000.0


def waters(lines: Lines, areas: Features) -> tuple[Rows, Shapes]:
    """Give rivers and canals as lines, and every open water that has an outline."""
    found = lines.take(np.array(["waterway" in tags and osm_tags.water_kind(tags) is not None for tags in lines.tags], dtype=bool)[lines.way])
    shaped = areas.where(lambda tags: osm_tags.water_kind(tags) is not None)
    tags = [lines.tags[way] for way in found.way] + shaped.tags
    ids = numbered(found.run_ids() + shaped.ids)  # a closed way may be both
    rows = [{**osm_tags.names(each), "id": identity, "kind": osm_tags.water_kind(each), "width_m": osm_tags.number(each.get("width"), 5000.0)}
            for identity, each in zip(ids, tags, strict=True)]
    return rows, np.concatenate([found.linestrings(), shaped.shapes])


def greens(lines: Lines, areas: Features, metric_crs: str) -> tuple[Rows, Shapes]:
    """Give parks, public gardens, and the ways that are called greenways."""
    shaped = areas.where(lambda tags: osm_tags.green_kind(tags) is not None)
    small = shapely.area(to_metres(shaped.shapes, metric_crs)) < POCKET_M2
    is_greenway = [osm_tags.street(tags) is not None and _is_greenway(tags) if "highway" in tags else False for tags in lines.tags]
    found = lines.take(np.array(is_greenway, dtype=bool)[lines.way])
    tags = shaped.tags + [lines.tags[way] for way in found.way]
    kinds = ["pocket_park" if kind == "park" and pocket else kind
             for kind, pocket in zip((osm_tags.green_kind(each) for each in shaped.tags), small, strict=True)] + ["greenway"] * len(found.way)
    rows = [{**osm_tags.names(each), "id": identity, "kind": kind, "lit": osm_tags.flag(each.get("lit")), "open_hours": osm_tags.hours(each),
             "step_free": osm_tags.flag(each.get("wheelchair")), "toilet": osm_tags.flag(each.get("toilets"))}
            for identity, kind, each in zip(numbered(shaped.ids + found.run_ids()), kinds, tags, strict=True)]
    return rows, np.concatenate([shaped.shapes, found.linestrings()])


def _is_greenway(tags: dict[str, str]) -> bool:
    return tags.get("designation") == "greenway" or any(osm_tags.GREENWAY.search(tags.get(key, "")) for key in ("name", "name:en"))
