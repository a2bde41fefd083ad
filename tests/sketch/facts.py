"""Read what is known of Wanli: the tables and the first drawing in the facts folder. Nothing is invented here."""

from __future__ import annotations

import csv
import json
import os
from functools import cache
from pathlib import Path
from typing import Any

from shapely.geometry import shape

from tests.sketch.frame import METRIC
from wanli_geo.workspace.store import to_metres

BEYOND_M = 1_200.0
ROOT = Path(__file__).resolve().parents[2]
FACTS = Path(os.environ.get("WANLI_FACTS", ROOT.parent / "shared" / "facts"))


def present() -> bool:
    """Whether the facts folder is at hand."""
    return (FACTS / "wanli-first-sketch.geojson").is_file()


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """The rows of a table of the facts."""
    with (FACTS / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return tuple(csv.DictReader(file))


@cache
def first_drawing() -> dict[str, tuple[dict[str, Any], Any]]:
    """The first sketch by name: properties and metric geometry."""
    features = json.loads((FACTS / "wanli-first-sketch.geojson").read_text(encoding="utf-8"))["features"]
    return {one["properties"]["name"]: (one["properties"], to_metres(shape(one["geometry"]), METRIC)) for one in features}


@cache
def boundary() -> Any:
    return first_drawing()["万里街道"][1]


@cache
def extent() -> Any:
    """Where the streets are drawn completely: the boundary and `BEYOND_M` around it."""
    return boundary().buffer(BEYOND_M).simplify(3)
