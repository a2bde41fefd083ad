"""Features as dictionaries and nested coordinates become a Raw: columns, geometries, and a finding for each that cannot be built."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from wanli_geo.workspace.faults import found
from wanli_geo.workspace.findings import Finding
from wanli_geo.workspace.intake import texts
from wanli_geo.workspace.intake.limits import MOST_COLUMNS
from wanli_geo.workspace.intake.raw import Raw, Value
from wanli_geo.workspace.intake.source import Source
from wanli_geo.workspace.shapes import KINDS_OF_SHAPE, build


@dataclass
class Features:
    """Features as they come, in parallel lists; `geometries` as GeoJSON has them, None where one has none."""

    properties: list[dict[str, Any]] = field(default_factory=list)
    geometries: list[Any] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def add(self, properties: dict[str, Any], geometry: Any) -> None:
        self.properties.append(properties)
        self.geometries.append(geometry)


def raw_of(source: Source, features: Features, format: str, *, crs: str, part: str = "", parts: tuple[str, ...] = (),
           encoding: str = "") -> Raw:
    """Turn features into columns and geometries.

    Raises:
        BadFile: they have more columns than any table of a planner.
    """
    keys = dict.fromkeys(key for members in features.properties for key in members)
    values = columns_of(source, {key: [members.get(key) for members in features.properties] for key in _few(source, keys)})
    columns, mended = texts.cleaned(values, source.layer)
    geometry, wrong = shapes_of(features.geometries, source.layer)
    findings = (*features.findings, *wrong, *mended)
    return Raw(source.name, format, part, parts, encoding, columns, list(range(1, len(geometry) + 1)), geometry, crs, findings)


def _few(source: Source, keys: Collection[str]) -> Collection[str]:
    if len(keys) > MOST_COLUMNS:
        raise source.refusal(f"有 {len(keys)} 个属性，超过 {MOST_COLUMNS} 个；请只留下需要的属性。",
                             f"has {len(keys)} attributes, more than {MOST_COLUMNS}; keep only those needed.")
    return keys


def columns_of(source: Source, named: Mapping[str, list[Any]]) -> dict[str, list[Value]]:
    """Turn columns of attributes into columns of values, with headings fit to show and unique.

    Raises:
        BadFile: there are more than any table of a planner has.
    """
    columns: dict[str, list[Value]] = {}
    for place, key in enumerate(_few(source, named), 1):
        name = texts.heading(key) or f"第 {place} 列"
        while name in columns:
            name = f"{name} ({place})"
        columns[name] = [_value(value) for value in named[key]]
    return columns


def _value(value: Any) -> Value:
    """Give an attribute as a value; a list or an object as the JSON it was."""
    if type(value) is str:
        return value.strip() or None
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else value


def shapes_of(geometries: Sequence[Any], layer: str) -> tuple[npt.NDArray[Any], list[Finding]]:
    """Build geometries in whatever coordinates they are; None, and a finding, where one is missing or malformed."""
    shapes = np.full(len(geometries), None, dtype=object)
    findings: list[Finding] = []
    rows: dict[str, list[int]] = {kind: [] for kind in KINDS_OF_SHAPE}
    for row, geometry in enumerate(geometries):
        kind = geometry.get("type") if isinstance(geometry, dict) else None
        if isinstance(kind, str) and kind in rows:
            rows[kind].append(row)
        elif kind == "GeometryCollection":
            shapes[row], faults = _collection(geometry, layer, row)
            findings += faults
        elif geometry is not None:
            told = kind if isinstance(geometry, dict) else geometry
            findings.append(found("unknown_geometry", layer, index=row, column="geometry", found=told))
    for kind, members in rows.items():
        built, wrong = build([geometries[row].get("coordinates") for row in members], kind)
        shapes[members] = built
        findings += [found(code, layer, index=members[at], column="geometry", **words) for at, (code, words) in sorted(wrong.items())]
    return shapes, findings


def _collection(geometry: dict[str, Any], layer: str, row: int) -> tuple[shapely.Geometry | None, list[Finding]]:
    """Build a geometry of several kinds; a collection inside it is taken as malformed."""
    members = geometry.get("geometries")
    simple = isinstance(members, list) and all(isinstance(part, dict) and part.get("type") in KINDS_OF_SHAPE for part in members)
    if not simple or not members:
        return None, [found("nested_wrongly", layer, index=row, column="geometry", type="GeometryCollection")]
    parts, findings = shapes_of(members, layer)
    if findings:
        first = findings[0]
        return None, [Finding(**{**first.to_dict(), "index": row})]  # type: ignore[arg-type]
    return shapely.geometrycollections(list(parts)), []
