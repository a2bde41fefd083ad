"""Where people live: compounds, their gates, and houses with an estimated number of residents; and the buildings that are none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from wanli_geo.workspace import osm_tags
from wanli_geo.workspace.osm_read import Features, Shapes, numbered
from wanli_geo.workspace.osm_residents import ResidentsRule, estimate, levels_of
from wanli_geo.workspace.osm_streets import Rows
from wanli_geo.workspace.osm_text import Ints, Tags
from wanli_geo.workspace.store import to_degrees, to_metres

# A residential area larger than this is a quarter, not a compound.
LARGEST_COMPOUND_M2 = 600_000.0
# A gate this near the edge of a compound is a gate of it.
AT_EDGE_M = 3.0
# A house this near the edge of its block has its door on the street.
FRONT_M = 2.0
# Ways are cut this far inside the edge of a compound.
INSIDE_M = 1.0
# What is left of a way below this (10 cm) is not worth a line.
SHORTEST_DEGREES = 1e-6


@dataclass(frozen=True, eq=False)
class Compounds:
    """Residential compounds: `rows` and `shapes` (WGS84) as the layer has them, `outlines` in metric coordinates."""

    rows: Rows
    shapes: Shapes
    outlines: Shapes


def compounds(areas: Features, points: Features, boundary: shapely.Geometry, metric_crs: str) -> Compounds:
    """Give the residential areas within the boundary that are walled or gated, or bear the name of a compound; of others nothing is said.

    A block whose houses stand along its edge opens to the streets around it: a gate to its yard makes it no compound.
    """
    found = areas.where(lambda tags: tags.get("landuse") == "residential")
    outlines = to_metres(found.shapes, metric_crs)
    small = (shapely.area(outlines) <= LARGEST_COMPOUND_M2) & _inside(boundary, shapely.point_on_surface(found.shapes))
    found, outlines = found.take(small), outlines[small]
    gated = np.zeros(len(found), dtype=bool)
    gated[_at_edges(points.where(osm_tags.is_gate), outlines, metric_crs)[1]] = True
    fenced = np.fromiter((_is_walled(tags) for tags in found.tags), bool, len(found))
    named = np.fromiter((bool(osm_tags.COMPOUND_NAME.search(tags.get("name", ""))) for tags in found.tags), bool, len(found))
    walled = fenced | (gated & (named | ~_lined_with_houses(outlines, areas, metric_crs)))
    keep = walled | named
    found, walled = found.take(keep), walled[keep]
    rows = [{**osm_tags.names(tags), "id": identity, "walled": True if wall else None, "address": osm_tags.address(tags),
             "other_names": [part.strip() for part in tags["alt_name"].split(";")] if "alt_name" in tags else None}
            for identity, tags, wall in zip(found.ids, found.tags, walled, strict=True)]
    return Compounds(rows, found.shapes, outlines[keep])


def _lined_with_houses(outlines: Shapes, areas: Features, metric_crs: str) -> NDArray[np.bool_]:
    """(n,) whether most buildings of an area stand at its edge."""
    buildings = to_metres(areas.where(lambda tags: "building" in tags).shapes, metric_crs)
    if not len(buildings) or not len(outlines):
        return np.zeros(len(outlines), dtype=bool)
    building, area = shapely.STRtree(outlines).query(shapely.point_on_surface(buildings), predicate="within")
    at_edge = shapely.distance(shapely.boundary(outlines[area]), buildings[building]) <= FRONT_M
    count = len(outlines)
    return np.asarray(2 * np.bincount(area, at_edge, count) > np.bincount(area, minlength=count))


def _inside(boundary: shapely.Geometry, points: Shapes) -> NDArray[np.bool_]:
    shapely.prepare(boundary)
    return np.asarray(shapely.intersects(boundary, points), dtype=bool).reshape(-1)


def _is_walled(tags: Tags) -> bool:
    return tags.get("barrier") in osm_tags.WALLS or tags.get("residential") in osm_tags.GATED or tags.get("fenced") == "yes"


def _at_edges(gates: Features, outlines: Shapes, metric_crs: str) -> tuple[Ints, Ints]:
    """(gate, compound) rows: the nearest compound whose edge a gate stands at."""
    none = np.empty(0, dtype=np.int64)
    if not len(gates) or not len(outlines):
        return none, none
    tree = shapely.STRtree(shapely.boundary(outlines))
    gate, compound = tree.query_nearest(to_metres(gates.shapes, metric_crs), max_distance=AT_EDGE_M, all_matches=False)
    return gate.astype(np.int64), compound.astype(np.int64)


def gates(homes: Compounds, points: Features, street_rows: Rows, streets: Shapes, metric_crs: str) -> tuple[Rows, Shapes]:
    """Give the gates of compounds: those that are mapped, and for a walled compound every other place where a street leads in.

    Without the second kind, one mapped gate of five would send everybody round by it.
    """
    candidates = points.where(osm_tags.is_gate)
    gate, compound = _at_edges(candidates, homes.outlines, metric_crs)
    rows: Rows = []
    for one, owner in zip(gate, compound, strict=True):
        tags = candidates.tags[one]
        rows.append({**osm_tags.names(tags), "id": candidates.ids[one], "compound_id": homes.rows[owner]["id"],
                     "kind": "pedestrian" if tags["barrier"] in osm_tags.PEDESTRIAN_GATES else "vehicle",
                     "residents_only": osm_tags.gate_access(tags) != "public", "open_hours": osm_tags.hours(tags),
                     "step_free": osm_tags.step_free(tags)})
    known = to_metres(candidates.shapes, metric_crs)
    more, spots = _openings(homes, known, street_rows, to_metres(streets, metric_crs))
    return rows + more, np.concatenate([candidates.shapes[gate], to_degrees(spots, metric_crs)])


def _openings(homes: Compounds, gates_xy: Shapes, street_rows: Rows, streets: Shapes) -> tuple[Rows, Shapes]:
    """Where a public street crosses the edge of a walled compound and no gate is mapped."""
    walled = np.flatnonzero([row["walled"] is True for row in homes.rows])
    open_streets = np.flatnonzero([row["access"] == "public" for row in street_rows])
    if not len(walled) or not len(open_streets):
        return [], np.empty(0, dtype=object)
    edges = shapely.boundary(homes.outlines[walled])
    owner, street = shapely.STRtree(streets[open_streets]).query(edges, predicate="crosses")
    meets = shapely.intersection(edges[owner], streets[open_streets[street]])
    spots, pair = shapely.get_parts(meets, return_index=True)
    is_point = shapely.get_type_id(spots) == 0
    spots, pair = spots[is_point], pair[is_point]
    if len(gates_xy) and len(spots):
        near = shapely.STRtree(gates_xy).query(spots, predicate="dwithin", distance=AT_EDGE_M)[0]
        free = np.setdiff1d(np.arange(len(spots)), near)
        spots, pair = spots[free], pair[free]
    xy = shapely.get_coordinates(spots)
    _, first = np.unique(np.column_stack([owner[pair], np.rint(xy)]), axis=0, return_index=True)
    rows: Rows = []
    for number, one in enumerate(first):
        street_row = street_rows[open_streets[street[pair[one]]]]
        compound_id = homes.rows[walled[owner[pair[one]]]]["id"]
        rows.append({"source": "OpenStreetMap", "accuracy": "osm", "id": f"{compound_id}.{number}", "compound_id": compound_id,
                     "kind": "vehicle" if street_row["kind"] in ("road", "lane") else "pedestrian", "residents_only": False,
                     "note": "道路穿过小区边界处 / where a street crosses the edge of the compound"})
    return rows, spots[first]


def inner_ways(street_rows: Rows, streets: Shapes, homes: Compounds, metric_crs: str) -> tuple[Rows, Shapes]:
    """Reserve what lies inside compounds to their residents: nobody walks through someone else's compound (DESIGN §4.1).

    In a walled one that is every way but a named road, and a way whose tags say that everybody may walk there; in any compound it is a
    private way. Ways that cross the edge are cut a metre inside it, so that the gate still stands on the street.
    """
    inside = to_degrees(shapely.buffer(homes.outlines, -INSIDE_M), metric_crs)
    street, compound = shapely.STRtree(inside).query(streets, predicate="intersects")
    walled = [row["walled"] is True for row in homes.rows]
    theirs = np.fromiter((_is_theirs(street_rows[row], walled[one]) for row, one in zip(street, compound, strict=True)), bool, len(street))
    street, compound = street[theirs], compound[theirs]
    apart = np.ones(len(streets), dtype=bool)
    apart[street] = False
    parts = [(int(row), streets[row], street_rows[row]["access"]) for row in np.flatnonzero(apart)]
    for row in np.unique(street):
        within = shapely.union_all(inside[compound[street == row]])
        for access, line in ((street_rows[row]["access"], shapely.difference(streets[row], within)),
                             ("residents", shapely.intersection(streets[row], within))):
            parts += [(int(row), part, access) for part in shapely.get_parts(line) if part.length > SHORTEST_DEGREES]
    parts.sort(key=lambda part: part[0])
    ids = numbered([street_rows[row]["id"] for row, _, _ in parts])
    rows = [{**street_rows[row], "id": identity, "access": access} for identity, (row, _, access) in zip(ids, parts, strict=True)]
    return rows, np.array([part for _, part, _ in parts], dtype=object)


def _is_theirs(street: dict[str, Any], walled: bool) -> bool:
    """Say whether a way belongs to the residents of the compound it runs in; a shut gate across it stays shut."""
    if street["access"] == "private":
        return not street["shut_gate"]
    named_road = street["kind"] == "road" and street["name"] is not None
    return walled and street["access"] == "public" and not named_road and not street["open_to_all"]


@dataclass(frozen=True, eq=False)
class Houses:
    """The buildings of an extract, sorted into homes and others."""

    homes: Rows
    home_shapes: Shapes
    others: Rows
    other_shapes: Shapes


def houses(areas: Features, points: Features, homes: Compounds, boundary: shapely.Geometry, metric_crs: str, rule: ResidentsRule) -> Houses:
    """Tell homes from other buildings, and estimate who lives in the homes.

    Only people within the boundary are counted: a house beyond it is one of the other buildings. A building tagged as residential is a
    home. One of unknown use (building=yes) is a home unless it is used for something else by its own tags, by a point inside it, or by
    the ground it stands on. Small ones are sheds.
    """
    found = areas.where(lambda tags: tags.get("building", "no") not in ("no", "roof", "entrance"))
    outlines = to_metres(found.shapes, metric_crs)
    footprint = shapely.area(outlines)
    middle = shapely.point_on_surface(outlines)
    vague = np.fromiter((tags["building"] == "yes" for tags in found.tags), bool, len(found))
    lived_in = np.fromiter((tags["building"] in rule.default_levels and not osm_tags.is_gone(tags) for tags in found.tags), bool, len(found))
    lived_in &= footprint >= rule.minimum_m2
    lived_in &= ~(vague & _used_otherwise(found, outlines, middle, areas, points, metric_crs))
    shops = vague & _holds(outlines, points.where(_is_ground_floor_use), metric_crs)
    levels = np.array([levels_of(tags["building"], osm_tags.number(tags.get("building:levels")), osm_tags.number(tags.get("height")), rule)
                       for tags in found.tags], dtype=np.float64)
    dwelling_levels = levels - shops
    lived_in &= (dwelling_levels > 0) & _inside(boundary, shapely.point_on_surface(found.shapes))
    residents = estimate(footprint, dwelling_levels, rule)
    compound = _compound_of(middle, homes)
    home_rows: Rows = []
    other_rows: Rows = []
    for row, (identity, tags) in enumerate(zip(found.ids, found.tags, strict=True)):
        if lived_in[row]:
            owner = compound[row]
            home_rows.append({**osm_tags.names(tags), "id": identity, "compound_id": homes.rows[owner]["id"] if owner >= 0 else None,
                              "residents": residents[row], "levels": levels[row]})
        else:
            other_rows.append({**osm_tags.names(tags), "id": identity, "kind": tags["building"],
                               "levels": osm_tags.number(tags.get("building:levels"), 200.0)})
    return Houses(home_rows, found.shapes[lived_in], other_rows, found.shapes[~lived_in])


def _is_ground_floor_use(tags: Tags) -> bool:
    return any(key in tags for key in osm_tags.GROUND_FLOOR_KEYS) and bool(osm_tags.facility_kinds(tags) or "shop" in tags)


def _used_otherwise(found: Features, outlines: Shapes, middle: Shapes, areas: Features, points: Features, crs: str) -> NDArray[np.bool_]:
    """(n,) whether a building is used for something else than living: by its tags, by a point inside, by the ground around it."""
    own = np.fromiter((any(key in tags for key in osm_tags.USE_KEYS) for tags in found.tags), bool, len(found))
    houses_of_use = points.where(lambda tags: "office" in tags or osm_tags.has_any(tags, osm_tags.HOUSE_USES))
    grounds = areas.where(lambda tags: "building" not in tags and osm_tags.has_any(tags, osm_tags.OTHER_GROUNDS))
    on_ground = np.zeros(len(found), dtype=bool)
    if len(grounds):
        on_ground[shapely.STRtree(to_metres(grounds.shapes, crs)).query(middle, predicate="within")[0]] = True
    return own | _holds(outlines, houses_of_use, crs) | on_ground


def _holds(outlines: Shapes, points: Features, crs: str) -> NDArray[np.bool_]:
    """(n,) whether an outline has one of the points in it."""
    holds = np.zeros(len(outlines), dtype=bool)
    if len(points) and len(outlines):
        holds[shapely.STRtree(to_metres(points.shapes, crs)).query(outlines, predicate="contains")[0]] = True
    return holds


def _compound_of(middle: Shapes, homes: Compounds) -> Ints:
    """(n,) the smallest compound that each building stands in; -1 for none."""
    owner = np.full(len(middle), -1, dtype=np.int64)
    if not len(homes.rows) or not len(middle):
        return owner
    building, compound = shapely.STRtree(homes.outlines).query(middle, predicate="within")
    order = np.argsort(-shapely.area(homes.outlines[compound]), kind="stable")
    owner[building[order]] = compound[order]
    return owner
