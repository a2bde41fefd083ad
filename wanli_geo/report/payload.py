"""Layers and Answers as the page eats them: GeoJSON with only what drawing needs. Text stays text; the page escapes.

Collections are `Written` already, since they are most of a reply; `wire.written` writes the rest round them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import shapely

from wanli_geo.answer import Answer
from wanli_geo.report import palette
from wanli_geo.report.themes import facts_of, legend_of, summary, theme_layers
from wanli_geo.report.wire import DECIMALS, Written, collection
from wanli_geo.workspace.kinds import GROUPS, KINDS
from wanli_geo.workspace.services import features_of, in_service
from wanli_geo.workspace.store import Workspace, to_degrees

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


def base(workspace: Workspace) -> dict[str, Written]:
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
