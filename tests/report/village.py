"""A village for the page and the paper: five streets each way, 100 m apart, four compounds, and something of every theme."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from wanli_geo.workspace.geojson import layer_of
from wanli_geo.workspace.specs import SPECS
from wanli_geo.workspace.store import Catalogue, Source, Workspace, open_workspace, save_workspace, to_degrees

CRS = "EPSG:4549"
CORNER = np.array([633_000.0, 3_461_000.0])  # metres east and north, in Wanli
COMMON = {"source": "村庄", "accuracy": "sketch", "status": "existing"}
EVIL = "<img src=x onerror=alert(1)>\"'&</script>"


def ground(*shapes: shapely.Geometry) -> list[shapely.Geometry]:
    """Village metres to degrees."""
    return list(to_degrees(np.array([shapely.transform(shape, lambda xy: xy + CORNER) for shape in shapes], dtype=object), CRS))


def _streets() -> tuple[list[dict[str, Any]], list[shapely.Geometry]]:
    rows, shapes = [], []
    for step in range(5):
        at = step * 100.0
        across = [(x * 100.0, at) for x in range(-3, 8)]
        rows += [{"id": f"ew{step}", "name": f"{step + 1}横路", "name_en": f"Cross Road {step + 1}", "kind": "road", "width_m": 12},
                 {"id": f"ns{step}", "name": f"{step + 1}纵路", "name_en": f"Long Road {step + 1}", "kind": "lane", "width_m": 6}]
        shapes += [shapely.LineString(across), shapely.LineString([(y, x) for x, y in across])]
    return rows, ground(*shapes)


def _layers() -> dict[str, tuple[list[dict[str, Any]], list[shapely.Geometry]]]:
    box, point, line = shapely.box, shapely.Point, shapely.LineString
    compounds = [("c1", "东园", 10, 10), ("c2", "西园", 310, 10), ("c3", "南园", 10, 310), ("c4", EVIL, 310, 310)]
    return {
        "boundary": ([{"id": "b", "name": "村"}], ground(box(-50, -50, 450, 450))),
        "streets": _streets(),
        "barriers": ([{"id": "r", "kind": "railway"}], ground(line([(-300, -150), (700, -150)]))),
        "buildings": ([{"id": "school", "kind": "school"}], ground(box(220, 220, 280, 260))),
        "compounds": (
            [{"id": code, "name": name, "name_en": f"Yard {code}", "walled": True, "residents": 100 * (n + 1)}
             for n, (code, name, _, _) in enumerate(compounds)],
            ground(*(box(x, y, x + 80, y + 80) for _, _, x, y in compounds)),
        ),
        "homes": (
            [{"id": f"h{n}", "compound_id": code, "residents": 100 * (n + 1), "residents_60_79": 20} for n, (code, *_) in enumerate(compounds)],
            ground(*(box(x + 30, y + 30, x + 50, y + 50) for _, _, x, y in compounds)),
        ),
        "gates": (
            [{"id": f"g{n}", "compound_id": code, "kind": "pedestrian"} for n, (code, *_) in enumerate(compounds)],
            ground(*(point(x, y + 40) for _, _, x, y in compounds)),
        ),
        "facilities": (
            [{"id": "f1", "name": "村食堂", "name_en": "Village canteen", "kind": "CANTEEN"},
             {"id": "f2", "name": "新食堂", "kind": "CANTEEN", "status": "planned"},
             {"id": "f3", "name": "药店", "kind": "PHARMACY", "in_use": False}],
            ground(point(0, 20), point(400, 380), point(100, 100)),
        ),
        "entrances": ([{"id": "e1", "of": "f1"}, {"id": "e2", "of": "p1", "name": "南门"}], ground(point(0, 20), point(150, 100))),
        "blue_net": (
            [{"id": "w1", "name": "小河", "kind": "river", "through": True}, {"id": "w2", "name": "小河", "kind": "river", "through": False},
             {"id": "w3", "name": "池", "kind": "pond"}],
            ground(line([(-250, 200), (200, 200)]), line([(200, 200), (350, 200)]), box(120, 210, 140, 230)),
        ),
        "water_access": ([{"id": "a1", "kind": "steps"}], ground(point(100, 205))),
        "green_vein": (
            [{"id": "p1", "name": "村公园", "kind": "park"}, {"id": "p2", "kind": "greenway"}],
            ground(box(110, 110, 190, 190), line([(0, 50), (0, 250)])),
        ),
        "red_walkway": ([{"id": "rw", "name": "步道"}], ground(line([(0, 300), (400, 300)]))),
        "walkway_stops": (
            [{"id": f"s{n}", "name": f"站{n}", "kind": kind, "order": n, "chainage_m": 100 * n, "story": "故事"}
             for n, kind in enumerate(("painting", "sculpture", "new_media"))],
            ground(point(0, 300), point(100, 300), point(200, 300)),
        ),
        "night_run": ([{"id": "loop", "name": "环道"}], ground(line([(0, 0), (400, 0), (400, 400), (0, 400), (0, 0)]))),
        "lamps": ([{"id": "l1", "lux": 12}, {"id": "l2", "lux": 0, "in_use": False}], ground(point(0, 0), point(100, 0))),
        "run_amenities": ([{"id": "t", "kind": "toilet"}], ground(point(400, 0))),
        "plan_projects": (
            [{"id": "k1", "project": "修桥", "stage": "施工"}, {"id": "k2", "project": "装灯", "stage": "完成"}],
            ground(point(200, 200), line([(0, 0), (400, 0)])),
        ),
    }


def village() -> Workspace:
    """The village in memory; everything is a sketch, canteens were looked for everywhere, pharmacies only in part."""
    layers = {name: layer_of(SPECS[name], [{**COMMON, **row} for row in rows], shapes) for name, (rows, shapes) in _layers().items()}
    return Workspace(_catalogue(layers), layers)


def _catalogue(layers: Any) -> Catalogue:
    source = Source(source="村庄，手绘", date="2026-11", accuracy="sketch", licence="CC0", attribution="© 村委会")
    extent = json.loads(shapely.to_geojson(ground(shapely.box(-290, -290, 690, 690))[0]))
    return Catalogue(
        name="五路村", name_en="Five Streets", metric_crs=CRS, extent=extent, surveyed={"CANTEEN": "complete", "PHARMACY": "partial"},
        layers=dict.fromkeys(layers, source),
    )


def saved_village(folder: Path) -> Workspace:
    """The village as a folder, opened again."""
    save_workspace(village(), folder)
    return open_workspace(folder)
