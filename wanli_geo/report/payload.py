"""Layers and Answers as the page eats them: GeoJSON with only what drawing needs. Text stays text; the page escapes."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from wanli_geo.answer import Answer
from wanli_geo.report import palette
from wanli_geo.report.themes import facts_of, legend_of, summary, theme_layers
from wanli_geo.workspace.kinds import GROUPS, KINDS
from wanli_geo.workspace.services import features_of, in_service
from wanli_geo.workspace.store import Workspace, to_degrees

DECIMALS = 6  # 0.1 m on the ground, less than a screen pixel at the closest zoom

# What the base map is drawn from: layer → the columns that drawing and labelling need.
BASE = {
    "boundary": ("name", "name_en"),
    "streets": ("name", "name_en", "kind", "width_m", "level", "access", "lit", "status", "open_hours"),
    "barriers": ("name", "name_en", "kind", "level"),
    "buildings": ("kind",),
    "homes": ("compound_id",),
    "compounds": ("name", "name_en", "residents", "accuracy"),
    "gates": ("name", "name_en", "compound_id", "kind", "status", "open_hours", "residents_only", "step_free"),
    "blue_net": ("name", "name_en", "kind", "width_m"),
    "green_vein": ("name", "name_en", "kind"),
}

# Worst first: a map is as accurate as its least accurate layer.
_ACCURACIES = ("sketch", "osm", "official", "surveyed")


def collection(layer: gpd.GeoDataFrame, columns: Sequence[str]) -> dict[str, Any]:
    """Turn a layer (WGS84, with `id`) into a FeatureCollection with these properties.

    Coordinates have 6 decimals; a missing value is left out; the `id` stands both at the feature and among its properties, since
    Leaflet's styles see the one and RFC 7946 asks for the other.
    """
    kept = ["id", *(column for column in columns if column in layer.columns and column not in ("id", layer.geometry.name))]
    rounded = shapely.transform(layer.geometry.to_numpy(), lambda xy: np.round(xy, DECIMALS))
    shapes = [json.loads(text) for text in shapely.to_geojson(rounded)]
    features = [
        {"type": "Feature", "id": row["id"], "geometry": shape, "properties": row}
        for row, shape in zip(_rows(layer[kept]), shapes, strict=True)
    ]
    return {"type": "FeatureCollection", "features": features}


def _rows(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows as plain JSON values without the missing ones (None, NaN, NA, infinity)."""
    values = {name: [_plain(value) for value in table[name]] for name in table.columns}
    return [
        {name: value for name, value in zip(values, row, strict=True) if value is not None}
        for row in zip(*values.values(), strict=True)
    ]


def _plain(value: Any) -> Any:
    """A number, flag, text or list as JSON has it; whole floats as integers, the missing as None."""
    if isinstance(value, list | tuple | np.ndarray):
        return [_plain(part) for part in value]
    if value is None or value is pd.NA:
        return None
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float):
        if not np.isfinite(value):
            return None
        return int(value) if value.is_integer() else round(value, 3)
    return value


def base(workspace: Workspace) -> dict[str, Any]:
    """Give the base map, one FeatureCollection a layer."""
    return {name: collection(workspace.layer(name), columns) for name, columns in BASE.items()}


def theme(opened: Workspace, code: str) -> dict[str, Any]:
    """Give a theme: its legend, its layers, its facts.

    Raises:
        UnknownLayer: there is no such theme.
    """
    layers = theme_layers(opened, code)
    return {
        "legend": legend_of(layers, code),
        "layers": {name: collection(layer, list(layer.columns)) for name, layer in layers.items()},
        "facts": [vars(fact) for fact in facts_of(opened, code)],
    }


def answer(end: Answer) -> dict[str, Any]:
    """Give an Answer with its features and the legend of its colours."""
    features = {
        name: collection(frame, list(frame.columns))
        for name, frame in end.features.items()
    }
    return {"answer": end.to_dict(), "features": features, "legend": legend(end.question)}


def standards(packs: Sequence[Any]) -> list[dict[str, Any]]:
    """Give the packs there are: their names, how many clauses, how many of them not verified, whose they are."""
    return [
        {"id": pack.id, "zh": pack.zh, "en": pack.en, "version": pack.version, "source": pack.source, "origin": pack.origin,
         "clauses": len(pack.clauses), "unverified": sum(not clause.verified for clause in pack.clauses), "references": len(pack.references)}
        for pack in packs
    ]


def legend(question: str) -> dict[str, Any]:
    """Give the colours that an answer to `question` is drawn in."""
    if question in ("coverage", "gaps", "audit", "clause"):
        return {"covered": palette.COVERED, "gap": [vars(shade) for shade in palette.gap_shades()], "unknown": palette.UNKNOWN}
    return {"bands": list(palette.BAND_COLORS)} if question == "isochrone" else {"walk": palette.CHOSEN}


def workspace(
    opened: Workspace, *, profiles: Sequence[Mapping[str, Any]], people: Sequence[Mapping[str, Any]], version: str
) -> dict[str, Any]:
    """Say what the workspace is and what can be asked of it; `profiles` and `people` are the engine's own lists."""
    catalogue = opened.catalogue
    sources = tuple(catalogue.layers.values())
    return {
        "name": catalogue.name,
        "name_en": catalogue.name_en,
        "bounds": bounds(opened),
        "accuracy": next((word for word in _ACCURACIES if any(source.accuracy == word for source in sources)), None),
        "date": max((source.date for source in sources), default=None),
        "attribution": sorted({source.attribution for source in sources if source.attribution}),
        "kinds": kinds(opened),
        "groups": {code: list(names) for code, names in GROUPS.items()},
        "themes": [_theme(opened, theme) for theme in palette.THEMES],
        "profiles": list(profiles),
        "people": list(people),
        "palette": palette.to_dict(),
        "version": version,
    }


def bounds(opened: Workspace) -> list[float]:
    """West, south, east, north in degrees: of the boundary, or of the extent where no boundary is drawn."""
    boundary = opened.layer("boundary")
    box = boundary.total_bounds if len(boundary) else shapely.bounds(to_degrees(opened.extent, opened.catalogue.metric_crs))
    return [round(float(side), DECIMALS) for side in box]


def kinds(opened: Workspace) -> list[dict[str, Any]]:
    """Every facility kind with how far it was surveyed, how many are in use and how many are only planned."""
    told = []
    for kind in KINDS.values():
        features = features_of(opened, kind.code)
        planned = features["status"].isin(("planned", "works"))
        told.append({**vars(kind), "survey": opened.survey_of(kind.code), "count": int(in_service(features).sum()), "planned": int(planned.sum())})
    return told


def _theme(opened: Workspace, theme: palette.Theme) -> dict[str, Any]:
    zh, en = summary(facts_of(opened, theme.code), theme.code)
    return {"code": theme.code, "zh": theme.zh, "en": theme.en, "color": theme.color, "summary_zh": zh, "summary_en": en}
