"""The gate, first part: who let it out, on what ground, and whether the layers may go at all."""

from __future__ import annotations

import re
from collections.abc import Iterator

import geopandas as gpd
import shapely

from wanli_geo.publish.allow import allowed, is_shown, never, never_words, public_layer
from wanli_geo.publish.reason import Reason, because
from wanli_geo.workspace.check import check_workspace
from wanli_geo.workspace.findings import Finding, errors
from wanli_geo.workspace.publication import PUBLICATION, Publication
from wanli_geo.workspace.specs import SPECS
from wanli_geo.workspace.store import Workspace, to_metres

# A line that keeps so near to the boundary for so long, or over so much of its length, is the boundary drawn again.
_NEAR_M, _LONG_M, _MOSTLY = 2.0, 50.0, 0.8
# Walks, runs and works follow streets that may be the border for a while.
_MAY_FOLLOW = ("red_walkway", "night_run", "plan_projects")
# Streets and rivers may well be the border; they are drawn as what they are.
_MAY_BE_BORDERS = ("streets", "blue_net")

_MOBILE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")  # a mobile number of the mainland


def on_paper(publication: Publication) -> Iterator[Reason]:
    """What must be stated before anything is let out."""
    missing = {
        "no_review": publication.review_number is None and publication.ground is None,
        "no_reviewer": publication.reviewer is None,
        "no_date": publication.date is None,
    }
    yield from (because(code, PUBLICATION) for code, is_missing in missing.items() if is_missing)


def of_lists(publication: Publication) -> Iterator[Reason]:
    """Lists in publish.toml that allow what is never public, or name what there is not."""
    for layer, columns in publication.allow.items():
        where = f"{PUBLICATION} allow.{layer}"
        if layer in never()["layers"]:
            yield because("layer_never_public", where, layer=layer)
        elif layer not in SPECS:
            yield because("unknown_layer", where, layer=layer)
        yield from (because("column_never_public", where, column=column) for column in columns if column in never()["columns"])


def of_layers(workspace: Workspace, publication: Publication) -> Iterator[Reason]:
    """Layers that would go out without accuracy or source, or hold what is never public."""
    going = [name for name in workspace.layers if is_shown(publication, name) and len(workspace.layer(name))]
    for name in going:
        yield from _stated(workspace, name)
        yield from _never(workspace, publication, name)
        yield from _border(workspace, publication, name)


def _stated(workspace: Workspace, name: str) -> Iterator[Reason]:
    source = workspace.catalogue.layers.get(name)
    if source is None or not source.accuracy:
        yield because("no_accuracy", name)
    if source is None or not source.source:
        yield because("no_source", name)


def _never(workspace: Workspace, publication: Publication, name: str) -> Iterator[Reason]:
    """Items of the plan that are never mapped, and texts that speak of what is never shown."""
    whole = workspace.layer(name)
    public = whole[whole["public"].fillna(True).astype(bool)]
    if "plan_item" in public:
        for item in sorted(set(public["plan_item"].dropna()) & set(never()["plan_items"])):
            yield because("item_never_public", name, item=item)
    columns = [column for column in dict.fromkeys(("name", *allowed(publication, name))) if column in public]
    texts = ["\n".join(value for value in row if isinstance(value, str)) for row in public[columns].itertuples(index=False)]
    for identity, text in zip(public["id"], texts, strict=True):
        yield from (because("word_never_public", f"{name} {identity}", zh=zh, en=en) for zh, en in never_words() if zh in text)
        yield from (because("personal_number", f"{name} {identity}", number=number) for number in _MOBILE.findall(text))


def _border(workspace: Workspace, publication: Publication, name: str) -> Iterator[Reason]:
    """A line of a layer that runs along the boundary would draw it."""
    boundary = workspace.metric("boundary").geometry.to_numpy()
    layer: gpd.GeoDataFrame = public_layer(workspace, name, publication)
    lines = layer[shapely.get_dimensions(layer.geometry.to_numpy()) == 1]
    if name in _MAY_BE_BORDERS or name == "boundary" or not len(lines) or not len(boundary):
        return
    along = shapely.buffer(shapely.boundary(shapely.union_all(boundary)), _NEAR_M)
    shapes = to_metres(lines.geometry.to_numpy(), workspace.catalogue.metric_crs)
    beside_m, length_m = shapely.length(shapely.intersection(shapes, along)), shapely.length(shapes)
    drawn_again = (beside_m > _MOSTLY * length_m) | ((beside_m > _LONG_M) & (name not in _MAY_FOLLOW))
    yield from (because("border_line", f"{name} {identity}") for identity in lines["id"][drawn_again])


def failing_layers(workspace: Workspace, publication: Publication) -> Iterator[Reason]:
    """Layers that would go out and have errors in their check, each once; so has the catalogue."""
    by_layer: dict[str, list[Finding]] = {}
    for one in errors(check_workspace(workspace.path)) if workspace.path is not None else []:
        by_layer.setdefault(one.layer, []).append(one)
    for layer, findings in by_layer.items():
        if layer not in SPECS or is_shown(publication, layer):
            yield because("layer_fails", layer, count=len(findings), zh=findings[0].zh, en=findings[0].en)
