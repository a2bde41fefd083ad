"""Draw the Wanli sketch from the facts into `layers/`: `python -m tests.sketch.draw [FOLDER]`. The same bytes each time.

The life circles are computed from the result: run `python -m tests.sketch.circles` afterwards.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import geopandas as gpd
import pyproj
import shapely
from shapely.geometry import LineString, Point

from tests.sketch import areas, blocks, facts, green, houses, lanes, loop, places, plan, roads, sizes, themes, water
from tests.sketch.frame import METRIC, chance, degrees_of, lines_in, rounded
from tests.sketch.join import crossed, cut_at, joined
from tests.sketch.roads import Street
from wanli_geo.workspace.geojson import layer_bytes, layer_of, write_atomic
from wanli_geo.workspace.kinds import KINDS
from wanli_geo.workspace.specs import AGE_COLUMNS, SPECS
from wanli_geo.workspace.store import CATALOGUE, Catalogue

DATE = "2026-11"
SET_BACK_M = 50.0
BY_GUESS = "手绘示意，凭推测"
# Layers whose shapes are cut by the boundary, which derives from OpenStreetMap.
CUT_BY_BOUNDARY = ("boundary", "committees", "grid", "compounds", "homes", "buildings", "blue_net", "green_vein", "structure", "plan_projects")
OSM = "© OpenStreetMap contributors, ODbL"

Drawn = tuple[dict[str, Any], Any]


def drawing() -> dict[str, list[Drawn]]:
    """Everything of the sketch: rows and metric shapes by layer."""
    cells, between = blocks.divided()
    walks = green.walks()
    park_walks, park_doors = green.park_walks()
    ground = [*roads.roads(), *lanes.by_hand(), *between, loop.south_walk(), *lanes.beyond(), *walks, *park_walks, *lanes.footbridges(walks),
              lanes.underpass()]
    compounds = houses.opened([cell for cell in cells if cell.lived_in], [street for street in ground if street.level == 0], water.surface())
    for compound in compounds:
        houses.built(compound)
    houses.peopled(compounds)
    doors, door_walks = _pocket_doors(ground, shapely.unary_union([cell.area for cell in cells]))
    streets = joined([*ground, *door_walks, *(lane for compound in compounds for lane in compound.lanes)])
    ring, walkway = loop.night_loop(streets), themes.red_walkway(streets)
    bridged = cut_at(streets, shapely.unary_union([river.surface.buffer(3) for river in water.rivers()]), level=1, note="桥")
    bridged = cut_at(bridged, roads.railway().buffer(11), level=-1, note="下穿铁路")
    bridged = crossed(bridged)

    layers: dict[str, list[Drawn]] = {name: [] for name in SPECS}
    layers["boundary"] = [({"id": "bd-wanli", "name": "万里街道", "name_en": "Wanli Subdistrict",
                            "source": f"OpenStreetMap 关系 14187867 简化，{OSM}",
                            "accuracy": "osm", "note": "与大场镇（宝山区）相邻一段为区界，公开图上不描边"}, facts.boundary())]
    layers["streets"] = _streets(bridged)
    layers["barriers"] = [({"id": "br-railway", "name": "铁路", "name_en": "Railway", "kind": "railway",
                            "source": "手绘示意，依据 wanli-first-sketch"},
                           roads.railway())]
    layers["compounds"], layers["homes"], layers["gates"] = _compounds(compounds)
    layers["buildings"] = _buildings(cells)
    layers["blue_net"], layers["water_access"] = _water(walks)
    layers["green_vein"] = _green()
    _areas(layers)
    fronts = places.fronts_of(streets, shapely.unary_union([water.surface().buffer(2), green.park().area,
                                         *(road.line.buffer(road.width_m / 2, cap_style="flat") for road in roads.roads())]))
    layers["facilities"], layers["entrances"] = _facilities(fronts, layers["committees"], cells, [*park_doors, *doors])
    layers["red_walkway"] = [({"id": "rw-01", "name": "富水路红色步道", "name_en": "Fushui Road red walkway", "width_m": 3.0, "surface": "paving",
                               "step_free": True, "lit": True, "confirmed": False, "status": "works", "source": "依据工作计划与公开文字，走向示意",
                               "note": "起讫未公布，取富水路全段"}, walkway)]
    layers["walkway_stops"] = themes.stops(walkway)
    layers["night_run"] = [({"id": "nr-01", "name": "2.5 公里夜跑环道", "name_en": "2.5 km night-run loop", "width_m": 3.0, "surface": "asphalt",
                             "lit": True,
                             "confirmed": False, "status": "planned", "note": "走向未公布，绕万里公园示意；有一段暗段"}, ring)]
    layers["lamps"], layers["run_amenities"], layers["signs"] = themes.lamps(ring), themes.amenities(ring), themes.signs(streets)
    shapes = {compound.cell.name: compound.cell.area for compound in compounds}
    layers["plan_projects"] = plan.projects(streets, shapes, ring, walkway)
    layers["structure"] = _structure(streets, shapes)
    return layers


def _streets(streets: list[Street]) -> list[Drawn]:
    order = {"road": 0, "lane": 1, "path": 2, "crossing": 3, "footbridge": 4, "underpass": 5}
    ranked = sorted(enumerate(streets), key=lambda one: (order[one[1].kind], one[0]))
    return [({"id": f"st-{number:04d}", "name": street.name, "name_en": street.name_en, "kind": street.kind, "width_m": street.width_m,
              "lit": street.lit,
              "surface": street.surface, "step_free": street.step_free, "level": street.level, "access": street.access,
              "signalised": street.signalised, "open_hours": street.open_hours, "source": street.source, "note": street.note}, street.line)
            for number, (_, street) in enumerate(ranked, 1)]


def _compounds(compounds: list[houses.Compound]) -> tuple[list[Drawn], list[Drawn], list[Drawn]]:
    named = {row["name_zh"]: row for row in facts.table("wanli-compounds")}
    areas_of, homes, gates = [], [], []
    for number, compound in enumerate(compounds, 1):
        cell, identity = compound.cell, f"cp-{number:02d}"
        ages = [sum(house.ages[k] for house in compound.houses) for k in range(len(AGE_COLUMNS))]
        other = [name for name in named[cell.name]["other_names"].split("/") if name] if cell.name in named else []
        areas_of.append(({"id": identity, "name": cell.name, "name_en": cell.name_en, "walled": True, "committee_id": areas.committee_of(cell.name),
                          "residents": sum(ages), **dict(zip(AGE_COLUMNS, ages, strict=True)),
                          "households": sum(house.households for house in compound.houses), "other_names": other or None,
                          "source": "手绘示意，名称与位置依据 wanli-compounds；居民为推算" if cell.name in named else BY_GUESS, "note": cell.note},
                         cell.area))
        for count, house in enumerate(compound.houses, 1):
            homes.append(({"id": f"hm-{number:02d}-{count:03d}", "compound_id": identity, "residents": house.residents,
                           **dict(zip(AGE_COLUMNS, house.ages, strict=True)), "households": house.households, "levels": house.levels,
                           "source": "手绘示意", "public": False}, house.area))
        for count, gate in enumerate(compound.gates, 1):
            gates.append(({"id": f"gt-{number:02d}-{count}", "name": f"{cell.name} {count} 号门", "name_en": f"{cell.name_en}, gate {count}",
                           "compound_id": identity, "kind": gate.kind,
                           "open_hours": gate.open_hours, "residents_only": gate.residents_only, "step_free": gate.step_free, "source": BY_GUESS},
                          gate.place))
    return areas_of, homes, gates


# lengths, depth, pitch, gap, storeys of what stands on land that is not lived on
SIZES = {"school": ((56.0, 44.0, 32.0), 13.0, 31.0, 12.0, (4, 5)), "office": ((36.0, 30.0), 24.0, 50.0, 22.0, (12, 16, 20)),
         "mall": ((64.0, 48.0, 34.0), 28.0, 46.0, 14.0, (4, 5, 6))}


def _buildings(cells: tuple[blocks.Cell, ...]) -> list[Drawn]:
    """What stands on land that is not lived on, by use; schools keep their south for the sports ground."""
    drawn: list[Drawn] = []
    for cell in cells:
        if cell.lived_in:
            continue
        dice = chance("building", cell.name)
        lengths, depth, pitch, gap, storeys = SIZES[cell.use]
        free = cell.area.buffer(-7)
        if cell.use == "school":
            west, south, east, north = free.bounds
            free = free.intersection(shapely.box(west, south + (north - south) * 0.38, east, north))
        for number, area in enumerate(houses.rows_of(free, cell.area, lengths, depth, pitch, gap, dice), 1):
            drawn.append(({"id": f"bl-{len(drawn) + 1:03d}", "name": cell.name if number == 1 else None,
                           "name_en": cell.name_en if number == 1 else None,
                           "kind": cell.use, "levels": dice.choice(storeys), "source": BY_GUESS}, area))
    return drawn


def _water(walks: list[Street]) -> tuple[list[Drawn], list[Drawn]]:
    """Surfaces as polygons, courses within the boundary as lines: only the lines are measured, so nothing counts twice."""
    rows: list[Drawn] = []
    access: list[Drawn] = []
    number = 0
    for r, river in enumerate(water.rivers(), 1):
        common = {"name": river.name, "name_en": river.name_en, "kind": river.kind, "width_m": river.width_m, "confirmed": False, "source": BY_GUESS}
        rows.append(({"id": f"bn-{r}", **common, "note": "水面；长度以中线计"}, river.surface))
        for course in river.inside:
            for piece, reason in _stretches(river, course):
                number += 1
                rows.append(({"id": f"bn-{r}-{number:02d}", **common, "through": reason is None, "break_reason": reason, "note": "中线"}, piece))
    for number, pond in enumerate(green.ponds(), 1):
        rows.append(({"id": f"bn-pond-{number}", "name": "万里公园池塘（示意）", "name_en": "Wanli Park pond (sketch)", "kind": "pond",
                      "confirmed": False,
                      "source": BY_GUESS}, pond))
    kinds = ("platform", "steps", "view")
    for river in water.rivers()[:3]:
        own = [walk.line for walk in walks if walk.name and walk.name.startswith(river.name)]
        identity = f"bn-{water.rivers().index(river) + 1}"
        for walk in [line for line in own if facts.boundary().contains(line.centroid)][:4]:
            kind = kinds[len(access) % 3]
            middle = walk.interpolate(0.45, normalized=True)
            bank = shapely.ops.nearest_points(river.surface.boundary, middle)[0]
            access.append(({"id": f"wa-{len(access) + 1:02d}", "name": f"{river.name}亲水点（示意）",
                            "name_en": f"{river.name_en} water access (sketch)",
                            "blue_net_id": identity, "kind": kind, "step_free": kind != "steps", "source": BY_GUESS}, Point(rounded(bank.coords[0]))))
    return rows, access


def _stretches(river: water.River, course: LineString) -> list[tuple[LineString, str | None]]:
    """A course cut into stretches with a walk on a bank and stretches where a break is drawn."""
    if river.name == "示意支浜":
        return [(course, "两岸无步道（示意）")]
    pieces: list[tuple[LineString, str | None]] = []
    rest = course
    reasons: dict[str, Any] = {}
    for name, _, axis, low, high, reason in green.BREAKS:
        if name == river.name:
            reasons.setdefault(f"{axis}{low}", (green.break_box(axis, low, high), reason))
    for box, reason in reasons.values():
        pieces += [(part, reason) for part in lines_in(rest.intersection(box))]
        rest = rest.difference(box)
    return pieces + [(part, None) for part in lines_in(rest)]


def _green() -> list[Drawn]:
    rows: list[Drawn] = []
    for one in (green.park(), *green.pockets()):
        rows.append(({"id": one.id, "name": one.name, "name_en": one.name_en, "kind": one.kind,
                      "open_hours": "Mo-Su 05:00-21:00" if one.kind == "park" else "24/7",
                      "lit": True, "step_free": True, "toilet": one.kind == "park",
                      "source": "手绘示意，依据 wanli-first-sketch、wanli-notes" if "示意" not in one.name else BY_GUESS, "note": one.note},
                     one.area))
    for number, (river, area) in enumerate(green.banks(), 1):
        rows.append(({"id": f"gv-bank-{number}", "name": f"{river.name}滨河绿带", "name_en": f"{river.name_en} riverside green",
                      "kind": "street_green",
                      "lit": True, "step_free": True, "toilet": False, "source": BY_GUESS}, area))
    return rows


def _pocket_doors(ground: list[Street], built_up: Any) -> tuple[list[tuple[str, Point]], list[Street]]:
    """Two or three entrances on the edge of each small park, on the sides nearest a street, and the walk from the street to each."""
    doors: list[tuple[str, Point]] = []
    walks: list[Street] = []
    usable = [street for street in ground if street.level == 0 and street.access == "public"]
    tree = shapely.STRtree([street.line for street in usable])
    for one in green.pockets():
        edge = one.area.exterior
        found = []
        for k in range(40):
            place = Point(rounded(edge.interpolate(k / 40, normalized=True).coords[0]))
            street = usable[int(tree.nearest(place))]
            foot = street.line.interpolate(street.line.project(place))
            way = LineString([place, foot])
            if 0.5 < way.length < 90 and not water.surface().intersects(way) and not one.area.buffer(-1).intersects(way) \
                    and not built_up.intersects(way):
                found.append((way.length, place, foot))
        chosen: list[tuple[float, Point, Point]] = []
        for option in sorted(found, key=lambda item: (round(item[0]), item[1].x)):
            if len(chosen) < (3 if one.area.area > 6000 else 2) and all(option[1].distance(other[1]) > 45 for other in chosen):
                chosen.append(option)
        for _, place, foot in chosen:
            doors.append((one.id, place))
            walks.append(Street("", "path", 3.0, LineString([foot, place]), surface="paving", note="绿地入口通道", source=BY_GUESS))
    return doors, walks


def _areas(layers: dict[str, list[Drawn]]) -> None:
    for number, one in enumerate(areas.committees(), 1):
        layers["committees"].append(({"id": one.code, "name": one.name, "name_en": one.name_en, "code": f"WL-{number:02d}", "source": BY_GUESS,
                                      "note": "居委会数目与界线未查得，此为示意分组"}, one.area))
        for part, area in enumerate(one.grid, 1):
            layers["grid"].append(({"id": f"gr-{number:02d}-{part}", "name": f"示意网格 {number:02d}-{part}",
                                    "name_en": f"Sketched grid {number:02d}-{part}",
                                    "code": f"WL-{number:02d}-{part}", "committee_id": one.code, "source": BY_GUESS, "public": False,
                                    "note": "示意，非实际网格"}, area))


def _facilities(fronts: places.Fronts, committees: list[Drawn], cells: tuple[blocks.Cell, ...],
                doors: list[tuple[str, Point]]) -> tuple[list[Drawn], list[Drawn]]:
    services = places.listed(fronts) + places.planned(fronts)
    for row, area in committees:
        middle = area.representative_point()
        place = fronts.nearest(middle, "", 260) or middle
        services.append(places.Service("SERVICE_STATION", f"{row['name']} 居委会（示意）", place,
                                       {"name_en": f"{row['name_en']}, office", "plan_item": "F05", "source": BY_GUESS}))
        if int(row["id"][-2:]) % 3:
            near = fronts.nearest(Point(middle.x + 60, middle.y - 40), "", 260) or middle
            services.append(places.Service("ELDER_STATION", f"{row['name']} 家门口为老服务站（示意）", near,
                                           {"name_en": f"{row['name_en']}, doorstep elder station", "plan_item": "D07", "source": BY_GUESS}))
    for cell in cells:
        if cell.name.startswith("示意小学"):
            place = fronts.nearest(cell.area.representative_point(), cell.name, 200) or cell.area.centroid
            services.append(places.Service("EDU_PRIMARY", cell.name, place, {"name_en": cell.name_en, "source": BY_GUESS}))
    services += places.spread(fronts, services)
    rows: list[Drawn] = []
    count: dict[str, int] = {}
    order = list(KINDS)
    for service in sorted(services, key=lambda one: order.index(one.kind)):
        count[service.kind] = count.get(service.kind, 0) + 1
        rows.append(({"id": f"fa-{service.kind.lower().replace('_', '-')}-{count[service.kind]:02d}", "name": service.name, "kind": service.kind,
                      "open_hours": places.HOURS.get(service.kind), "step_free": True, "in_use": True, "status": "existing", **service.row},
                     service.place))
    for (row, _), size in zip(rows, sizes.measured([(row["id"], row["kind"]) for row, _ in rows]), strict=True):
        row.update(size)
    return rows, [({"id": f"en-{number:03d}", "of": of, "step_free": True, "source": BY_GUESS}, place)
                  for number, (of, place) in enumerate([*doors, *_set_back(fronts, rows)], 1)]


def _set_back(fronts: places.Fronts, rows: list[Drawn]) -> list[tuple[str, Point]]:
    """A facility that lies back from every street is entered at the street front nearest to it."""
    doors = []
    for row, place in rows:
        nearest = fronts.streets[int(fronts.tree.nearest(place))]
        if nearest.line.distance(place) > SET_BACK_M and (door := fronts.nearest(place.centroid, row.get("address") or "", 220)):
            doors.append((row["id"], door))
    return doors


def _structure(streets: list[Street], compounds: Mapping[str, Any]) -> list[Drawn]:
    note = "计划未写明所指；此为候选示意，待街道确认"
    road = shapely.line_merge(shapely.unary_union([street.line.intersection(facts.boundary()) for street in streets if street.name == "富水路"]))
    heng = water.rivers()[0].inside
    common = {"confirmed": False, "public": False, "source": BY_GUESS, "note": note}
    rows: list[Drawn] = [({"id": "sc-road", "name": "一路（候选：富水路）", "name_en": "One road (candidate: Fushui Road)", "role": "road",
                           **common}, road),
                         ({"id": "sc-water", "name": "一水（候选：横港）", "name_en": "One water (candidate: Heng Gang)", "role": "water",
                           **common}, heng[0])]
    for number, name in enumerate(("大华颐和华城", "中浩云花园"), 1):
        rows.append(({"id": f"sc-home-{number}", "name": f"家园（候选：{name}）", "name_en": f"Home (candidate {number})", "role": "home",
                      **common}, compounds[name]))
    return rows


def tools() -> dict[str, str]:
    """What the last digits depend on: other versions may draw a centimetre otherwise."""
    return {"geos": shapely.geos_version_string, "proj": pyproj.proj_version_str, "shapely": shapely.__version__}


def catalogue() -> Catalogue:
    """What the bundled workspace says of itself."""
    extent = degrees_of(facts.extent())
    complete = {code: "complete" for code, kind in KINDS.items() if kind.first_page or code in ("GREEN", "WATER_ACCESS")}
    partial = dict.fromkeys(("METRO", "CINEMA", "EDU_JUNIOR", "EDU_SENIOR", "CLINIC_PRIVATE", "HEALTH_CLINIC", "BANK", "RETAIL",
                             *(one[1] for one in places.OWN)), "partial")
    layers = {name: {"source": f"万里示意图（手绘），依据公开资料 / Wanli sketch by hand, {name}", "date": DATE, "accuracy": "sketch",
                     "licence": "CC0-1.0"} for name in SPECS}
    for name in CUT_BY_BOUNDARY:
        layers[name] |= {"licence": "ODbL-1.0", "attribution": OSM}
    layers["boundary"] |= {"accuracy": "osm", "source": "OpenStreetMap 关系 14187867 简化 / simplified from OpenStreetMap relation 14187867"}
    layers["facilities"] |= {"source": "公开清单（约 2020 年）、工作计划与手绘示意 / public lists (c. 2020), the work plan and a sketch by hand",
                             "licence": "事实，注明来源；其余 CC0-1.0 / facts, source stated; the rest CC0-1.0"}
    return Catalogue.model_validate({"name": "万里街道（示意）", "name_en": "Wanli Subdistrict (sketch)", "metric_crs": METRIC,
                                     "extent": json.loads(shapely.to_geojson(extent)), "surveyed": partial | complete, "layers": layers,
                                     "made": {"by": "tests/sketch", "note": "示意数据，不可作为决策依据 / a sketch, not a basis for decisions"} | tools()})


def files() -> dict[str, bytes]:
    """Every file of the sketch by name."""
    drawn = {}
    for name, rows in drawing().items():
        common = {"source": BY_GUESS, "accuracy": "sketch", "public": True}
        layer: gpd.GeoDataFrame = layer_of(SPECS[name], [common | row for row, _ in rows], [degrees_of(shape) for _, shape in rows])
        drawn[SPECS[name].file] = layer_bytes(layer, SPECS[name])
    text = json.dumps(catalogue().model_dump(), ensure_ascii=False, indent=1) + "\n"
    return drawn | {CATALOGUE: text.encode()}


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files().items():
        write_atomic(folder / name, content)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else facts.ROOT / "layers")
