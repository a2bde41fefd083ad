"""What an import would do, before anything is written: the layer as it would be, what changes, everything that is wrong; then `apply`."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from wanli_geo.errors import Refused
from wanli_geo.workspace.check import check_workspace
from wanli_geo.workspace.faults import found
from wanli_geo.workspace.findings import Finding, errors
from wanli_geo.workspace.geojson import GRID, layer_bytes, layer_of
from wanli_geo.workspace.intake import identity, versions
from wanli_geo.workspace.intake.addresses import Match, findings_of, locate
from wanli_geo.workspace.intake.asked import Asked
from wanli_geo.workspace.intake.headings import Matched, match
from wanli_geo.workspace.intake.placing import Placed, place
from wanli_geo.workspace.intake.raw import Raw
from wanli_geo.workspace.intake.references import refer
from wanli_geo.workspace.intake.spreading import Spread, spread
from wanli_geo.workspace.intake.values import placed, read_values, without_examples
from wanli_geo.workspace.kinds import kind_of
from wanli_geo.workspace.parsing import Features
from wanli_geo.workspace.shapes import shapes_of
from wanli_geo.workspace.specs import ACCURACY, SPECS, LayerSpec, spec_of
from wanli_geo.workspace.store import CATALOGUE, Catalogue, Source, Workspace, catalogue_bytes, parse_catalogue

Progress = Callable[[str, float], None]
_ROUNDS = 5  # leaving a row out may bring up another: a reference to it
_UNCHANGED_DEG = 10 * GRID  # 0.1 m: a table of six decimals, or another format, rounds a place by less
_GIVEN = ("source", "accuracy")
_UNSTATED = "未注明 / not stated"


@dataclass(frozen=True, eq=False)
class Draft:
    """What an import would do; nothing is written yet.

    Attributes:
        raw: the file, without the example rows of a template.
        layer: as it would be.
        known: which feature each row is, and by what that was told.
        left_out: places in `raw.rows` with an error.
        gone: the features that are removed.
        added, removed: ids; changed: id → column → (from, to); unchanged: how many rows change nothing.
        findings: all at once; `index` is the place in `raw.rows`.
        located: row → the place its address names.
        files: file name → content to be written, empty where nothing changes; `on`: their sha256 when the workspace was opened.
    """

    raw: Raw
    asked: Asked
    spec: LayerSpec
    matched: Matched
    placed: Placed
    layer: gpd.GeoDataFrame
    known: identity.Known
    left_out: tuple[int, ...]
    added: tuple[str, ...]
    changed: Mapping[str, Mapping[str, tuple[Any, Any]]]
    removed: tuple[str, ...]
    unchanged: int
    findings: tuple[Finding, ...]
    located: Mapping[int, Match]
    files: Mapping[str, bytes]
    on: Mapping[str, str | None]
    gone: gpd.GeoDataFrame

    @property
    def refused(self) -> bool:
        """Something is wrong that leaving rows out does not mend, or that was not asked for."""
        wrong = errors(self.findings)
        return bool(wrong) and (not self.asked.skip_bad_rows or any(one.index is None for one in wrong))

    @property
    def counts(self) -> dict[str, int]:
        return {"rows": len(self.raw), "added": len(self.added), "changed": len(self.changed), "removed": len(self.removed),
                "unchanged": self.unchanged, "by_name": self.known.matched, "left_out": len(self.left_out), "located": len(self.located),
                "errors": len(errors(self.findings)), "warnings": len(self.findings) - len(errors(self.findings))}


def draft(raw: Raw, asked: Asked, workspace: Workspace, *, progress: Progress = lambda stage, share: None) -> Draft:
    """Draw up an import.

    Raises:
        UnknownLayer, UnknownKind, WrongUsage: what is asked for is none.
        UnknownDatum: the datum said, or that the file states, is none.
        BadLayer: the layer that is there has errors.
    """
    spec = spec_of(asked.layer)
    progress("比对 / matching", 0.0)
    matched = match(list(raw.columns), spec, asked.columns, given=[column.name for column in spec.columns])
    whole, raw = raw, without_examples(raw, matched)
    read = read_values(raw, matched, spec, kind=asked.kind)
    properties, unreferred = refer(read.properties, spec, workspace)
    where = place(raw, read, asked, workspace, properties)
    old = workspace.layer(spec.name)
    known = identity.tell(raw, properties, where.shapes, spec, old, asked.key)
    progress("合并 / merging", 0.3)
    rows = _Rows(raw, asked, spec, properties, where, known, old)
    located, unlocated = _locate(rows, workspace)
    merged = _merged(rows, located)
    findings = [*raw.findings, *matched.findings, *read.findings,
                *placed([*unreferred, *where.findings, *known.findings, *unlocated], raw, matched)]
    if examples := len(whole) - len(raw) - sum(one.code == "total_row" for one in raw.findings):
        findings.append(found("examples_left_out", spec.name, count=examples))
    if not len(raw) and not errors(findings):
        findings.append(found("no_rows", spec.name))
    shapes, told = _judged(rows, merged, findings)
    findings += placed(told, raw, matched)
    progress("检查 / checking", 0.5)
    return _settled(rows, matched, merged, shapes, findings, located, workspace)


@dataclass(frozen=True, eq=False)
class _Rows:
    """The rows of the file beside the layer that is there."""

    raw: Raw
    asked: Asked
    spec: LayerSpec
    properties: list[dict[str, Any]]
    where: Placed
    known: identity.Known
    old: gpd.GeoDataFrame

    @property
    def ids(self) -> list[str]:
        return self.known.ids

    @property
    def asking(self) -> bool:
        """The way to the map is not known: it must be asked, and no row is at fault."""
        return (self.where.judged is not None and self.where.judged.reading is None) or (bool(self.asked.controls) and self.where.fit is None)


@dataclass(frozen=True, eq=False)
class _Merged:
    """Each row as its feature would be: values over the old ones, geometry in WGS84; `fresh` where the feature is new."""

    rows: list[dict[str, Any]]
    shapes: Any
    fresh: list[bool]
    changes: list[dict[str, tuple[Any, Any]]]
    olds: dict[str, dict[str, Any]]
    findings: tuple[Finding, ...]


# -- rows to features ------------------------------------------------------------------------------------------------------------


def _locate(rows: _Rows, workspace: Workspace) -> tuple[dict[int, Match], list[Finding]]:
    """Find by their address the rows that have no coordinates and are no feature yet."""
    there = set(rows.old["id"])
    lost = [row for row, shape in enumerate(rows.where.shapes) if shape is None and rows.ids[row] not in there]
    if not lost or rows.asking:
        return {}, []
    addressed = [row for row in lost if isinstance(_address(rows, row), str)]
    findings = [found("no_place", rows.spec.name, index=row) for row in sorted(set(lost) - set(addressed))]
    texts = [_address(rows, row) for row in addressed]
    places = locate(texts, workspace)
    findings += [replace(one, index=addressed[one.index or 0]) for one in findings_of(texts, places, rows.spec.name)]
    located = {row: one for row, one in zip(addressed, places, strict=True) if isinstance(one, Match)}
    findings += [found("placed_by_address", rows.spec.name, index=row, column="address", value=_address(rows, row), near=one.words)
                 for row, one in located.items()]
    return located, findings


def _address(rows: _Rows, row: int) -> str | None:
    value = rows.properties[row].get("address") or rows.properties[row].get("地址")
    return value if isinstance(value, str) else None


def _merged(rows: _Rows, located: Mapping[int, Match]) -> _Merged:
    held = rows.old.drop(columns="geometry").astype(object)
    olds = {row["id"]: row for row in held.where(held.notna(), None).to_dict("records")}
    old_shapes = dict(zip(rows.old["id"], rows.old.geometry, strict=True))
    shapes, unused = rows.where.shapes.copy(), 0
    features, fresh, changes = list[dict[str, Any]](), list[bool](), list[dict[str, tuple[Any, Any]]]()
    for row, (identity_, own) in enumerate(zip(rows.ids, rows.properties, strict=True)):
        before, was = olds.get(identity_), old_shapes.get(identity_)
        if row in located:
            shapes[row] = shapely.Point(located[row].point)
        if was is not None and shapes[row] is not None and shapes[row].geom_type not in rows.spec.geometry and shapes[row].geom_type == "Point":
            shapes[row], unused = None, unused + 1
        change = _changes(own, before, shapes[row], was)
        moved = shapes[row] is not None and (was is None or "geometry" in change)
        if not moved and was is not None:
            shapes[row] = was
        features.append(_feature(rows.asked, rows.raw.file, own, before, bool(change), moved, row in located) | {"id": identity_})
        fresh.append(before is None)
        changes.append(change)
    allowed = "、".join(rows.spec.geometry)
    told = (found("point_unused", rows.spec.name, column="geometry", count=unused, allowed=allowed),) if unused else ()
    return _Merged(features, shapes, fresh, changes, olds, told)


def _changes(own: Mapping[str, Any], before: Mapping[str, Any] | None, shape: Any, was: Any) -> dict[str, tuple[Any, Any]]:
    """What of a feature that is there a row would change; an empty cell changes nothing."""
    if before is None:
        return {}
    change = {column: (before.get(column), value) for column, value in own.items()
              if column != "id" and value is not None and value != before.get(column)}
    if shape is not None and was is not None and not _same_place(shape, was):
        change["geometry"] = (_where(was), _where(shape))
    return change


def _same_place(one: Any, other: Any) -> bool:
    """Tell whether a shape says nothing new of where a feature is: within rounding, or a point of the area that it is drawn as."""
    if one.geom_type == "Point" and "Polygon" in other.geom_type:
        return bool(shapely.dwithin(other, one, _UNCHANGED_DEG))
    if one.geom_type == other.geom_type == "Point":
        return bool(abs(one.x - other.x) <= _UNCHANGED_DEG and abs(one.y - other.y) <= _UNCHANGED_DEG)
    return bool(shapely.equals_exact(shapely.normalize(one), shapely.normalize(other), tolerance=_UNCHANGED_DEG))


def _where(shape: Any) -> str:
    if shape.geom_type == "Point":
        return f"{shape.x:.7f}, {shape.y:.7f}"
    middle = shape.centroid
    return f"{shape.geom_type} {middle.x:.7f}, {middle.y:.7f}"


def _feature(
    asked: Asked, file: str, own: Mapping[str, Any], before: Mapping[str, Any] | None, changed: bool, moved: bool, by_address: bool
) -> dict[str, Any]:
    """The values of a feature. Where it came from follows what was taken of it: source and accuracy of the file where the file placed it."""
    given = {column: value for column, value in own.items() if value is not None}
    source = asked.source or file
    if before is None or moved:
        accuracy = "sketch" if by_address else asked.accuracy
        return {**(before or {}), "source": source, "accuracy": accuracy, **given}
    told = str(before.get("source") or "")
    if changed and source not in told and "source" not in given:
        told = f"{told}；{source}" if told else source
    return {**before, "source": told, **given}


def _judged(rows: _Rows, merged: _Merged, findings: Sequence[Finding]) -> tuple[Any, list[Finding]]:
    """Hold the features to the contract: geometry, what is required, something to tell them by."""
    spec, told = rows.spec, list[Finding](merged.findings)
    bad = {one.index for one in errors(findings)}
    told += [found("no_key", spec.name, index=row) for row, key in enumerate(rows.ids) if not key and not rows.asking and row not in bad]
    for column in spec.columns:
        if column.required and column.name != "id":
            told += [found("missing_value", spec.name, index=row, id=rows.ids[row], column=column.name, name=column.zh)
                     for row, values in enumerate(merged.rows) if values.get(column.name) is None and row not in bad]
    at = [row for row, shape in enumerate(merged.shapes) if shape is not None]
    written = [json.loads(text) for text in shapely.to_geojson(merged.shapes[at])]
    shapes = np.full(len(merged.shapes), None, dtype=object)
    shapes[at], wrong = shapes_of(Features(at, [rows.ids[row] for row in at], [merged.rows[row] for row in at], written), spec)
    return shapes, [*told, *wrong]


# -- the layer as it would be ----------------------------------------------------------------------------------------------------


def _settled(
    rows: _Rows, matched: Matched, merged: _Merged, shapes: Any, findings: list[Finding], located: Mapping[int, Match], workspace: Workspace
) -> Draft:
    """Build the layer of the good rows and check the workspace with it; rows that an error of that check names are left out in turn."""
    folder = _folder(workspace)
    before = Counter(_of(one) for one in check_workspace(folder))
    stopped = any(one.index is None for one in errors(findings))
    for _ in range(_ROUNDS):
        bad = {one.index for one in errors(findings) if one.index is not None}
        keep = [row for row in range(len(rows.raw)) if row not in bad and shapes[row] is not None and rows.ids[row] and not stopped]
        layer, removed = _layer(rows, merged, shapes, keep)
        shared = _spread(rows, layer, workspace)
        files = _files(rows, merged, layer, removed, keep, workspace, shared)
        brought = _brought(check_workspace(folder, files), before, rows, keep) if files else []
        more = _with_spread(placed(brought, rows.raw, matched), shared)
        if not any(one.index is not None for one in errors(more)):
            break
        findings = [*findings, *errors(more)]
    findings = sorted([*findings, *(one for one in more if one not in findings)], key=lambda one: -1 if one.index is None else one.index)
    on = {name: _opened_on(name, workspace) for name in files}
    return Draft(
        rows.raw, rows.asked, rows.spec, matched, rows.where, layer, rows.known, tuple(sorted(bad)),
        tuple(rows.ids[row] for row in keep if merged.fresh[row]),
        {rows.ids[row]: merged.changes[row] for row in keep if merged.changes[row]}, removed,
        sum(not merged.fresh[row] and not merged.changes[row] for row in keep), tuple(findings), located, files, on,
        rows.old[rows.old["id"].isin(removed)])


def _spread(rows: _Rows, layer: gpd.GeoDataFrame, workspace: Workspace) -> Spread | None:
    """New counts of compounds go on to their houses."""
    homes = workspace.layer("homes")
    if rows.spec.name != "compounds" or not len(homes):
        return None
    shared = spread(rows.old, layer, homes, rows.asked.source or rows.raw.file)
    return shared if shared.compounds else None


def _with_spread(findings: list[Finding], shared: Spread | None) -> list[Finding]:
    """Tell that houses were given new counts; what their ages come to is said of the compound already."""
    if shared is None:
        return findings
    kept = [one for one in findings if (one.layer, one.code) != ("homes", "ages_differ")]
    return [*kept, found("spread_to_homes", "homes", count=len(shared.compounds))]


def _opened_on(file: str, workspace: Workspace) -> str | None:
    """sha256 of a file as it was when the workspace was opened; none that any file has where the catalogue has been changed since."""
    if file != CATALOGUE:
        return workspace.sha256.get(file.removesuffix(".geojson"))
    content = (_folder(workspace) / CATALOGUE).read_bytes()
    return hashlib.sha256(content).hexdigest() if parse_catalogue(content)[0] == workspace.catalogue else ""


def _folder(workspace: Workspace) -> Path:
    if workspace.path is None:
        raise Refused("工作区没有存成文件夹，不能导入；请先保存。", "The workspace is in no folder, so nothing can be imported; save it first.")
    return workspace.path


def _of(finding: Finding) -> tuple[Any, ...]:
    return finding.severity, finding.code, finding.layer, finding.id, finding.column, finding.zh


def _brought(after: Sequence[Finding], before: Counter[tuple[Any, ...]], rows: _Rows, keep: Sequence[int]) -> list[Finding]:
    """The findings that were not there before the import, those of its own features at their rows."""
    row_of = {rows.ids[row]: row for row in keep}
    left, brought = Counter(before), list[Finding]()
    for one in after:
        if left[_of(one)] > 0:
            left[_of(one)] -= 1
        else:
            brought.append(replace(one, index=row_of.get(one.id or "") if one.layer == rows.spec.name else None))
    return brought


def _layer(rows: _Rows, merged: _Merged, shapes: Any, keep: Sequence[int]) -> tuple[gpd.GeoDataFrame, tuple[str, ...]]:
    """The old features, those of the rows in their place or after them; without those that are not in the file where it is the whole."""
    of_rows = {rows.ids[row]: (merged.rows[row], shapes[row]) for row in keep}
    kept = {key: (values, shape) for (key, values), shape in zip(merged.olds.items(), rows.old.geometry, strict=True)}
    removed = tuple(sorted(set(kept) - set(rows.ids) - rows.known.unsure)) if rows.asked.replace and keep else ()
    whole = {key: one for key, one in (kept | of_rows).items() if key not in removed}
    values, geometry = [one for one, _ in whole.values()], [shape for _, shape in whole.values()]
    layer = layer_of(rows.spec, values, geometry)
    known = {column.name for column in rows.spec.columns}
    extras = list(dict.fromkeys(name for row in values for name in row if name not in known and name != "geometry"))
    for name in extras:
        layer[name] = pd.Series([row.get(name) for row in values], dtype=object)
    return layer, removed


def _files(
    rows: _Rows, merged: _Merged, layer: gpd.GeoDataFrame, removed: Sequence[str], keep: Sequence[int], workspace: Workspace,
    shared: Spread | None,
) -> dict[str, bytes]:
    """What would be written: nothing where nothing changes."""
    complete = {kind_of(code).code for code in rows.asked.complete}
    said = complete - {kind for kind, how in workspace.catalogue.surveyed.items() if how == "complete"}
    moved = bool(removed) or any(merged.fresh[row] or merged.changes[row] for row in keep)
    if not moved and not said:
        return {}
    catalogue = _catalogue(rows, layer, sorted(complete), moved, workspace.catalogue)
    written = {rows.spec.file: layer_bytes(layer, rows.spec)} if moved else {}
    if shared is not None:
        written[SPECS["homes"].file] = layer_bytes(shared.homes, SPECS["homes"])
    return {**written, CATALOGUE: catalogue_bytes(catalogue)}


def _catalogue(rows: _Rows, layer: gpd.GeoDataFrame, complete: Sequence[str], moved: bool, old: Catalogue) -> Catalogue:
    """Say where the layer is from now: all its sources, and of the accuracies the least, since a sketch in part is still a sketch."""
    asked, before = rows.asked, old.layers.get(rows.spec.name)
    surveyed = {**old.surveyed, **dict.fromkeys(complete, "complete")}
    if not moved:
        return old.model_copy(update={"surveyed": surveyed})
    order = [code for code, _, _ in ACCURACY]
    least = max((order.index(one) for one in layer["accuracy"] if one in order), default=order.index(asked.accuracy))
    alone = before is None or set(layer["id"]).isdisjoint(rows.old["id"])
    fresh = {"source": asked.source or rows.raw.file, "licence": asked.licence or _UNSTATED}
    joined = fresh if alone or before is None else {name: _joined(getattr(before, name), said) for name, said in fresh.items()}
    source = Source(**joined, date=asked.date or date.today().isoformat(), accuracy=order[least],  # type: ignore[arg-type]
                    attribution="" if alone or before is None else before.attribution)
    return old.model_copy(update={"surveyed": surveyed, "layers": {**old.layers, rows.spec.name: source}})


def _joined(before: str, said: str) -> str:
    return before if said in before else f"{before}；{said}"


# -- written ---------------------------------------------------------------------------------------------------------------------


def apply(drawn: Draft, folder: Path, *, sha256: str = "") -> versions.Version | None:
    """Write a draft as one version that can be undone; None where nothing changes.

    Args:
        sha256: of the planner's file, for the history.

    Raises:
        Refused: the draft has errors, the workspace has changed since, or another import is at work.
        ReadOnly: the workspace is the bundled one, or cannot be written.
    """
    versions.refuse_bundled(folder)
    if drawn.refused:
        wrong = len(errors(drawn.findings))
        raise Refused(f"有 {wrong} 处错误，没有导入；请改正，或用 --skip-bad-rows 跳过这些行。",
                      f"There are {wrong} error(s), so nothing was imported; correct them, or leave those rows out with --skip-bad-rows.")
    if not drawn.files:
        return None
    asked = {name: value for name, value in asdict(drawn.asked).items() if value}
    made = {"layer": drawn.spec.name, "file": drawn.raw.file, "sha256": sha256, "counts": drawn.counts, "asked": asked}
    return versions.write(folder, drawn.files, made, on=drawn.on)
