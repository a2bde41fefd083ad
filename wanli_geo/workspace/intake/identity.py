"""Which feature of a layer a row is: told by its id, by the column said, or by its name, so that importing again updates and never doubles."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely

from wanli_geo.errors import WrongUsage
from wanli_geo.workspace.faults import found
from wanli_geo.workspace.findings import Finding
from wanli_geo.workspace.intake.addresses import parse
from wanli_geo.workspace.intake.placing import Shapes
from wanli_geo.workspace.intake.raw import Raw
from wanli_geo.workspace.specs import LayerSpec

# What with the name tells features of one layer apart, where a layer has it.
_WITH_NAME = ("kind", "compound_id", "of", "role", "address")
# Their names are shared or empty, so it is their place that tells them apart.
_BY_PLACE = ("streets", "barriers", "buildings", "lamps")
_PREFIXES = {"boundary": "bd", "committees": "cm", "grid": "gr", "streets": "st", "barriers": "ba", "buildings": "bu", "compounds": "cp",
             "homes": "ho", "gates": "gt", "facilities": "fa", "entrances": "en", "blue_net": "bl", "water_access": "wa", "green_vein": "gv",
             "structure": "sr", "red_walkway": "rw", "walkway_stops": "ws", "night_run": "nr", "lamps": "la", "run_amenities": "ra",
             "signs": "si", "plan_projects": "pp", "life_circles": "lc"}


@dataclass(frozen=True, eq=False)
class Known:
    """The rows told.

    Attributes:
        ids: (n,) the id of each row's feature, an old one or a new one made from the key; "" where nothing tells it.
        by: id, the column said, or name.
        matched: rows without an id of their own that were taken for a feature that is there.
        unsure: ids of features that rows may mean, where it cannot be told which.
        findings: keys that stand twice, names that several bear.
    """

    ids: list[str]
    by: str
    matched: int
    unsure: frozenset[str]
    findings: tuple[Finding, ...]


def tell(raw: Raw, properties: Sequence[Mapping[str, Any]], shapes: Shapes, spec: LayerSpec, layer: gpd.GeoDataFrame, key: str = "") -> Known:
    """Tell which feature each row is.

    A row with an id is that feature. Else its key is the column said, or its name with what else tells two of one name apart (kind,
    compound, address), or where features bear no names their place. The id of a new feature is made from the key alone: the same row
    makes the same id for ever. A key that a single feature of the layer has already means that feature, unless their addresses are of
    two doors; of several, the one at the very place is meant, else it is asked.

    Raises:
        WrongUsage: `key` is neither a column of the layer nor a heading.
    """
    places = _places(shapes)
    keys = _said_keys(raw, properties, spec, key) if key else _keys(properties, places, spec)
    ids = [_own(row, key) or (made_id(spec, one) if one else "") for row, one in zip(properties, keys, strict=True)]
    there = set(layer["id"])
    unknown = [row for row, identity in enumerate(ids) if identity and identity not in there and not _own(properties[row], key)]
    known = _there(layer, key, spec) if unknown else {}
    matched, unsure, findings = 0, set[str](), list[Finding]()
    for row in unknown:
        short = _said(properties[row], key, raw, row) if key else _named(properties[row], spec) or places[row]
        namesakes = known.get(short, [])
        old, fault = _meant(namesakes, places[row], properties[row].get("address"))
        if old:
            ids[row], matched = old, matched + 1
        elif fault:
            unsure |= {one.id for one in namesakes if fault == "two_there"}
            findings.append(found(fault, spec.name, index=row, near="、".join(one.id for one in namesakes[:5])))
    by = key or ("id" if any(row.get("id") for row in properties) else "name")
    return Known(ids, by, matched, frozenset(unsure), (*findings, *_twice(ids, raw, spec)))


def made_id(spec: LayerSpec, key: Hashable) -> str:
    """Make an id from a key: the same key gives the same id, on every computer."""
    digest = hashlib.sha256(json.dumps(key, ensure_ascii=False, default=str).encode()).hexdigest()
    return f"{_PREFIXES[spec.name]}-{digest[:10]}"


def _own(row: Mapping[str, Any], key: str) -> str:
    return "" if key else str(row.get("id") or "")


def _said_keys(raw: Raw, properties: Sequence[Mapping[str, Any]], spec: LayerSpec, key: str) -> list[Any]:
    if key not in raw.columns and key not in {column.name for column in spec.columns}:
        raise WrongUsage(f"--key 指的“{key}”既不是本图层的列，也不是文件的表头；表头有：{'、'.join(raw.columns)}。",
                         f"“{key}” of --key is no column of the layer and no heading of the file; the headings are: {', '.join(raw.columns)}.")
    values = [_said(row, key, raw, place) for place, row in enumerate(properties)]
    return [None if value is None else [key, value] for value in values]


def _said(row: Mapping[str, Any], key: str, raw: Raw, place: int) -> Any:
    return row[key] if row.get(key) is not None else raw.columns[key][place] if key in raw.columns else None


def _places(shapes: Any) -> list[str | None]:
    """Each geometry as a text that is the same for the same place, whichever way round it was drawn."""
    return list(shapely.to_wkt(shapely.normalize(shapes), rounding_precision=7))


def _keys(properties: Sequence[Mapping[str, Any]], places: Sequence[str | None], spec: LayerSpec) -> list[Any]:
    columns = [name for name in _WITH_NAME if any(column.name == name for column in spec.columns)]
    keys: list[Any] = []
    for row, place in zip(properties, places, strict=True):
        name = None if spec.name in _BY_PLACE else row.get("name")
        told = [row.get(column) for column in columns]
        keys.append([name, *told] if name else [place, row.get("name"), *told] if place else None)
    return keys


@dataclass(frozen=True)
class _Old:
    """A feature of the layer: its id, and what tells it from others of its name."""

    id: str
    place: str | None
    address: Any


def _there(layer: gpd.GeoDataFrame, key: str, spec: LayerSpec) -> dict[Any, list[_Old]]:
    """What tells a row → the features of the layer that have it; a name alone too, for rows that say no more, and the place."""
    known = dict[Any, list[_Old]]()
    for row, place in zip(layer.drop(columns="geometry").to_dict("records"), _places(layer.geometry.to_numpy()), strict=True):
        for one in {row.get(key)} if key else {_named(row, spec), _named({"name": row["name"]}, spec), place}:
            if one is not None and not (isinstance(one, float) and pd.isna(one)):
                known.setdefault(one, []).append(_Old(row["id"], place, row.get("address")))
    return known


def _meant(namesakes: Sequence[_Old], place: str | None, address: Any) -> tuple[str, str]:
    """The id of the one namesake that a row means, or "" and what is to be told of them."""
    alike = [one for one in namesakes if not _elsewhere(one.address, address)]
    here = alike if len(alike) == 1 else [one for one in alike if one.place == place]
    if len(here) == 1:
        return here[0].id, ""
    return "", "two_there" if alike else "namesake" if namesakes else ""


def _elsewhere(one: Any, other: Any) -> bool:
    """Tell whether two addresses are of two doors: of a chain's shops each bears the same name."""
    doors = [address.door for text in (one, other) if isinstance(text, str) and (address := parse(text)) is not None]
    return len(set(doors)) == 2


def _named(row: Mapping[Any, Any], spec: LayerSpec) -> tuple[Any, ...] | None:
    """The name with what most surely tells two of one name apart; None where a name tells nothing."""
    if spec.name in _BY_PLACE or not isinstance(row.get("name"), str):
        return None
    columns = ("compound_id",) if spec.name == "gates" else ("kind", "compound_id", "of", "role")  # of a gate the kind may be mended
    return row["name"], *(value if isinstance(value := row.get(column), str) else None for column in columns)


def _twice(ids: Sequence[str], raw: Raw, spec: LayerSpec) -> list[Finding]:
    first, findings = dict[str, int](), list[Finding]()
    for row, identity in enumerate(ids):
        if identity and first.setdefault(identity, row) != row:
            findings.append(found("key_twice", spec.name, index=row, id=identity, first=raw.rows[first[identity]]))
    return findings
