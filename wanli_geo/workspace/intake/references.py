"""Names of other features brought to their ids: “香泉苑居委会” in a row means one committee of the workspace."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from typing import Any

from wanli_geo.workspace.faults import found
from wanli_geo.workspace.findings import Finding
from wanli_geo.workspace.intake.headings import folded
from wanli_geo.workspace.specs import Column, LayerSpec
from wanli_geo.workspace.store import Workspace

_ENTRANCES_OF = ("facilities", "green_vein")
_ENDING = re.compile("(?:社区)?(?:居民委员会|居委会|居委|居民区)$")


def refer(properties: Sequence[dict[str, Any]], spec: LayerSpec, workspace: Workspace) -> tuple[list[dict[str, Any]], tuple[Finding, ...]]:
    """Bring every reference to the id of the feature it names, by id, name or other name.

    Returns:
        new properties, without the references that name nothing or more than one; and the findings, `index` the place in `properties`.
        A layer that has no features yet is not looked into: its ids may come later.
    """
    rows = [dict(row) for row in properties]
    findings = list[Finding]()
    for column in spec.columns:
        layers = _ENTRANCES_OF if (spec.name, column.name) == ("entrances", "of") else (column.refers,) if column.refers else ()
        if not any(len(workspace.layer(layer)) for layer in layers):
            continue
        known = _known(layers, workspace)
        for index, row in enumerate(rows):
            if column.name in row and (fault := _resolve(row, column, known, layers)):
                code, words = fault
                findings.append(found(code, spec.name, index=index, column=column.name, name=column.zh, layers="、".join(layers), **words))
    return rows, tuple(findings)


def _known(layers: Sequence[str], workspace: Workspace) -> dict[str, list[str]]:
    """Each id and name, folded and without the ending of a committee → the ids it may mean; an id means itself alone."""
    known = dict[str, list[str]]()
    own = set[str]()
    for name in layers:
        layer = workspace.layer(name)
        others = layer["other_names"] if "other_names" in layer else [None] * len(layer)
        for identity, title, more in zip(layer["id"], layer["name"], others, strict=True):
            own.add(identity)
            for word in (title, *(more if isinstance(more, list) else ())):
                if isinstance(word, str) and identity not in known.setdefault(_key(word), []):
                    known[_key(word)].append(identity)
    return known | {_key(identity): [identity] for identity in own}


def _key(text: str) -> str:
    return _ENDING.sub("", folded(text)) or folded(text)


def _resolve(row: dict[str, Any], column: Column, known: dict[str, list[str]], layers: Sequence[str]) -> tuple[str, dict[str, str]] | None:
    value = str(row[column.name])
    ids = known.get(_key(value), [])
    if len(ids) == 1:
        row[column.name] = ids[0]
        return None
    del row[column.name]
    if ids:
        return "two_of_name", {"value": value, "near": "、".join(ids[:5])}
    near = difflib.get_close_matches(_key(value), known, n=3, cutoff=0.5) or list(known)[:3]
    return "no_such_name", {"value": value, "near": "、".join(near)}
