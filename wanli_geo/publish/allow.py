"""What of a layer the public may see: its rows and columns, by allow-list."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

import geopandas as gpd

from wanli_geo.workspace.publication import Publication
from wanli_geo.workspace.store import Workspace

_HERE = Path(__file__).parent


@cache
def bundled_list() -> dict[str, tuple[str, ...]]:
    """Read the house's own list: layer → columns."""
    return {layer: tuple(columns) for layer, columns in tomllib.loads((_HERE / "allow.toml").read_text("utf-8")).items()}


@cache
def never() -> dict[str, tuple[str, ...]]:
    """Read what no list may allow: `layers`, `columns`, `plan_items`."""
    told = tomllib.loads((_HERE / "never.toml").read_text("utf-8"))
    return {key: tuple(told[key]) for key in ("layers", "columns", "plan_items")}


@cache
def never_words() -> tuple[tuple[str, str], ...]:
    """Read the words in a name that hold a feature back, Chinese and English."""
    return tuple((zh, en) for zh, en in tomllib.loads((_HERE / "never.toml").read_text("utf-8"))["words"])


def allowed(publication: Publication, layer: str) -> tuple[str, ...]:
    """Name the columns of a layer that may be shown; none of a layer that is on no list."""
    if layer in never()["layers"]:
        return ()
    columns = publication.allow.get(layer, bundled_list().get(layer, ()))
    return tuple(column for column in columns if column not in never()["columns"])


def is_shown(publication: Publication, layer: str) -> bool:
    """Tell whether any of a layer may leave the house."""
    return layer not in never()["layers"] and (layer in publication.allow or layer in bundled_list())


def public_layer(workspace: Workspace, layer: str, publication: Publication) -> gpd.GeoDataFrame:
    """Give the rows of a layer that are public, with `id`, its geometry and the columns that may be shown; WGS84, numbered anew.

    A layer that is on no list has no rows.
    """
    whole = workspace.layer(layer)
    shown = whole["public"].fillna(True).astype(bool) if is_shown(publication, layer) else whole["id"].isna()
    columns = [column for column in allowed(publication, layer) if column in whole]
    return whole.loc[shown, ["id", *columns, whole.geometry.name]].reset_index(drop=True)
