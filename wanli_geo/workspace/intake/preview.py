"""A draft as JSON: for the page that shows it, and for `--json`."""

from __future__ import annotations

import json
from typing import Any

import shapely

from wanli_geo.workspace.intake.draft import Draft

MOST_FEATURES, MOST_FINDINGS = 2_000, 500
FIRST_ROWS, EXAMPLES = 8, 3
_LOOKED_AT = 200  # rows


def preview(drawn: Draft, *, most: int | None = MOST_FINDINGS) -> dict[str, Any]:
    """Tell all that a planner must see before an import: what each heading means, the datum's evidence, what changes where, what is wrong.

    Args:
        most: findings and changes at most; None for all.
    """
    judged, fit = drawn.placed.judged, drawn.placed.fit
    return {
        "file": drawn.raw.file, "format": drawn.raw.format, "part": drawn.raw.part, "parts": list(drawn.raw.parts), "encoding": drawn.raw.encoding,
        "layer": drawn.spec.name, "layer_zh": drawn.spec.zh, "layer_en": drawn.spec.en, "refused": drawn.refused, "counts": drawn.counts,
        "columns": [{"heading": heading, "column": target, "how": drawn.matched.how.get(heading, ""), "example": _example(drawn, heading),
                     "examples": _examples(drawn, heading)}
                    for heading, target in drawn.matched.targets.items()],
        "datum": judged.to_dict() if judged else None,
        "controls": fit.to_dict() if fit else None,
        "told_by": drawn.known.by,
        "added": list(drawn.added[:most]), "removed": list(drawn.removed[:most]),
        "changed": {key: {column: list(pair) for column, pair in drawn.changed[key].items()} for key in list(drawn.changed)[:most]},
        "located": {str(drawn.raw.rows[row]): {"layer": one.layer, "id": one.id, "how": one.how} for row, one in drawn.located.items()},
        "findings": [one.to_dict() | {"row": None if one.index is None else drawn.raw.rows[one.index]} for one in drawn.findings[:most]],
        "findings_count": len(drawn.findings),
        "first_rows": [{"row": number, "cells": [values[row] for values in drawn.raw.columns.values()]}
                       for row, number in enumerate(drawn.raw.rows[:FIRST_ROWS])],
        "features": _features(drawn),
    }


def _example(drawn: Draft, heading: str) -> Any:
    return next((value for value in drawn.raw.columns[heading] if value is not None), None)


def _examples(drawn: Draft, heading: str) -> list[Any]:
    """The first few different values of a column."""
    return list(dict.fromkeys(value for value in drawn.raw.columns[heading][:_LOOKED_AT] if value is not None))[:EXAMPLES]


def _features(drawn: Draft) -> dict[str, Any]:
    """What goes, then the rows, first what changes; those with an error where they would lie."""
    added, changed = set(drawn.added), set(drawn.changed)
    bad = set(drawn.left_out)
    shape_of = dict(zip(drawn.layer["id"], drawn.layer.geometry, strict=True))
    name_of = dict(zip(drawn.layer["id"], drawn.layer["name"], strict=True))
    told = []
    for row, key in enumerate(drawn.known.ids):
        status = "bad" if row in bad else "added" if key in added else "changed" if key in changed else "unchanged"
        shape = drawn.placed.shapes[row] if status == "bad" else shape_of.get(key)
        if shape is not None:
            told.append((("bad", "changed", "added", "unchanged").index(status), row, key, status, shape))
    features = [{"type": "Feature", "id": key, "geometry": json.loads(shapely.to_geojson(shape)),
                 "properties": {"status": status, "row": drawn.raw.rows[row], "name": name_of.get(key)}}
                for _, row, key, status, shape in sorted(told, key=lambda one: one[:2])[:MOST_FEATURES]]
    gone = [{"type": "Feature", "id": key, "geometry": json.loads(shapely.to_geojson(shape)),
             "properties": {"status": "removed", "row": None, "name": name}}
            for key, name, shape in zip(drawn.gone["id"][:MOST_FEATURES], drawn.gone["name"], drawn.gone.geometry, strict=False)]
    return {"type": "FeatureCollection", "features": gone + features}
