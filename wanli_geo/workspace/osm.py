"""A whole workspace from any OpenStreetMap extract: the only file that knows the order of the steps."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from wanli_geo.errors import BadExtract, ReadOnly, WrongUsage
from wanli_geo.workspace import osm_area, osm_facilities, osm_homes, osm_nature, osm_streets, osm_tags
from wanli_geo.workspace.geojson import layer_of
from wanli_geo.workspace.kinds import kind_of
from wanli_geo.workspace.osm_read import Extract, Progress, Shapes, only_areas, read_extract
from wanli_geo.workspace.osm_residents import ResidentsRule
from wanli_geo.workspace.osm_streets import Rows
from wanli_geo.workspace.specs import SPECS
from wanli_geo.workspace.store import Catalogue, Source, Survey, Workspace, open_workspace, save_workspace

ATTRIBUTION = "© OpenStreetMap contributors"
LICENCE = "ODbL 1.0"
# Where each stage of an import begins on one bar from 0 to 1.
_BUILDING = ("整理 / building layers", 0.45)
_WRITING = ("写入 / writing", 0.70)
Layers = dict[str, tuple[Rows, Shapes]]


def _silent(stage: str, share: float) -> None:
    """Report progress to nobody."""


def import_osm(pbf: Path, into: Path, *, boundary: str | Path | None = None, clip: bool = False, complete: Sequence[str] = (),
               rule: ResidentsRule | None = None, progress: Progress = _silent) -> Workspace:
    """Make a workspace in the folder `into` from an OpenStreetMap file; it appears whole or not at all.

    Args:
        pbf: .osm.pbf, .osm, .osm.gz or .osm.bz2.
        boundary: the name or id ("r123") of an administrative area or place in the file, or a GeoJSON file; None: all the file covers.
        clip: keep what lies within the boundary and 1,200 m around it.
        complete: facility kinds that the caller vouches for; all others stay `partial`, since nobody knows how complete OSM is.
        rule: how residents are estimated.
        progress: called with the stage (Chinese / English) and the share done, 0 to 1.

    Raises:
        BadExtract: the file cannot be read, or has no walkable street, or no such boundary.
        ReadOnly: `into` is not an empty or new folder.
        WrongUsage: `clip` without a boundary, or a kind in `complete` that cannot be vouched for.
        MissingExtra: pyosmium is not installed.
    """
    file, target = Path(pbf), Path(into)
    vouched = _vouched(complete)
    if clip and boundary is None:
        raise WrongUsage("--clip 需要边界：请同时用 --boundary 指定名称或 GeoJSON 文件。", "--clip needs a boundary; name one with --boundary.")
    _writable(target)
    rule = rule or ResidentsRule()
    extract = read_extract(file, lambda stage, share: progress(stage, share * _BUILDING[1]))
    progress(*_BUILDING)
    ground = _ground(extract, file, boundary, clip)
    _refuse_unlevelled(ground.extract, vouched)
    layers = _layers(ground, rule)
    progress(*_WRITING)
    frames = {name: layer_of(SPECS[name], rows, shapes) for name, (rows, shapes) in layers.items()}
    made = {
        "verb": "import osm", "file": file.name, "sha256": _digest(file),
        "boundary": ground.boundary.id if boundary is not None else None, "clip": clip, "complete": sorted(vouched),
        "residents": rule.manifest(), "counts": {name: len(frame) for name, frame in frames.items()},
        "schools_without_level": len(_unlevelled(ground.extract)),
        "incomplete_relations": len(extract.torn),
    }
    _write(Workspace(_catalogue(ground, vouched, made, tuple(frames)), frames), target, progress)
    progress(_WRITING[0], 1.0)
    return open_workspace(target)


@dataclass(frozen=True, eq=False)
class _Ground:
    """The area an import is about: what was read of it, its boundary, extent and streets."""

    extract: Extract
    boundary: osm_area.Boundary
    extent: shapely.Geometry
    metric_crs: str
    streets: tuple[Rows, Shapes]


def _ground(extract: Extract, file: Path, wanted: str | Path | None, clip: bool) -> _Ground:
    """Find boundary, extent and metric CRS, and cut the extract where that is asked."""
    streets = _streets(extract, file)
    area = osm_area.covered(extract, streets[1])
    if wanted is None:
        stem = file.name.split(".")[0]
        boundary = osm_area.Boundary(area, "boundary", stem, stem)
    else:
        boundary = osm_area.boundary_of(extract, wanted)
    crs = osm_area.metric_crs(*osm_area.central(boundary.shape))
    if not shapely.intersects(boundary.shape, area):
        raise BadExtract(f"边界“{boundary.name}”不在这份数据覆盖的范围内；请换一份包含它的数据。",
                         f"The boundary “{boundary.name}” lies outside what this file covers; take an extract that holds it.")
    extent = osm_area.complete_within(area, extract, osm_streets.torn_ends(extract.lines), crs)
    if clip:
        near = osm_area.with_margin(boundary.shape, crs)
        extract = osm_area.only_within(extract, near)
        streets = _streets(extract, file)
        extent = only_areas(shapely.intersection(extent, near))
    return _Ground(extract, boundary, extent, crs, streets)


def _streets(extract: Extract, file: Path) -> tuple[Rows, Shapes]:
    rows, shapes = osm_streets.streets(extract.lines, extract.points)
    more_rows, more_shapes = osm_streets.squares(extract.areas)
    if not rows:
        raise osm_streets.none_to_walk(file)
    return rows + more_rows, np.concatenate([shapes, more_shapes])


def _layers(ground: _Ground, rule: ResidentsRule) -> Layers:
    """Build every layer that OpenStreetMap knows of."""
    extract, crs = ground.extract, ground.metric_crs
    points, areas = extract.points, extract.areas
    street_rows, streets = ground.streets
    homes = osm_homes.compounds(areas, points, ground.boundary.shape, crs)
    gates = osm_homes.gates(homes, points, street_rows, streets, crs)
    street_rows, streets = osm_homes.inner_ways(street_rows, streets, homes, crs)
    houses = osm_homes.houses(areas, points, homes, ground.boundary.shape, crs, rule)
    greens = osm_nature.greens(extract.lines, areas, crs)
    placed, places, station_doors, station_spots = osm_facilities.add_lone_stations(points, *osm_facilities.facilities(points, areas, crs), crs)
    edge_doors, edge_spots = osm_facilities.doors_on_edges(points, placed + greens[0], np.concatenate([places, greens[1]]), crs)
    gate_nodes = points.where(lambda tags: osm_tags.is_gate(tags) or "entrance" in tags).shapes
    park_doors, park_spots = osm_facilities.ways_into_parks(*greens, streets[osm_streets.walkable(street_rows)], gate_nodes, crs)
    return {
        "boundary": ([{"source": "OpenStreetMap", "accuracy": "osm", "id": ground.boundary.id, "name": ground.boundary.name,
                       "name_en": ground.boundary.name_en}], np.array([ground.boundary.shape], dtype=object)),
        "streets": (street_rows, streets),
        "barriers": _cut(osm_streets.barriers(extract.lines), ground),
        "buildings": (houses.others, houses.other_shapes),
        "compounds": (homes.rows, homes.shapes),
        "homes": (houses.homes, houses.home_shapes),
        "gates": gates,
        "facilities": (placed, places),
        "entrances": (station_doors + edge_doors + park_doors, np.concatenate([station_spots, edge_spots, park_spots])),
        "blue_net": _cut(osm_nature.waters(extract.lines, areas), ground),
        "green_vein": greens,
        "lamps": osm_streets.lamps(points),
    }


def _cut(layer: tuple[Rows, Shapes], ground: _Ground) -> tuple[Rows, Shapes]:
    """Cut a layer that runs far beyond the data, such as a river, a little outside its extent."""
    rows, shapes = layer
    cut = osm_area.cut(shapes, osm_area.with_margin(ground.extent, ground.metric_crs))
    keep = ~shapely.is_empty(cut)
    return [row for row, kept in zip(rows, keep, strict=True) if kept], cut[keep]


def _vouched(complete: Sequence[str]) -> frozenset[str]:
    """Read the kinds the caller vouches for."""
    codes = frozenset(kind_of(code).code for code in complete)
    if wrong := sorted(codes - osm_tags.VOUCHABLE):
        can = ", ".join(sorted(osm_tags.VOUCHABLE))
        raise WrongUsage(f"{'、'.join(wrong)} 在 OpenStreetMap 里没有可靠的完整记录，不能声明为完整；可声明的有：{can}。",
                         f"{', '.join(wrong)} cannot be declared complete, OpenStreetMap does not record it reliably; these can: {can}.")
    return codes


def _unlevelled(extract: Extract) -> list[str]:
    """The schools of which nobody says what they teach: they are no facility of any kind."""
    return [identity for part in (extract.points, extract.areas) for identity, tags in zip(part.ids, part.tags, strict=True)
            if tags.get("amenity") == "school" and not osm_tags.school_kinds(tags)]


def _refuse_unlevelled(extract: Extract, vouched: frozenset[str]) -> None:
    schools = _unlevelled(extract)
    if schools and any(kind.startswith("EDU_") for kind in vouched):
        raise WrongUsage(
            f"有 {len(schools)} 所学校没有注明学段（如 {schools[0]}），学校不能声明为完整；请去掉 --complete EDU_…，或先在数据里补 isced:level。",
            f"{len(schools)} school(s) do not say what they teach (e.g. {schools[0]}), so schools cannot be declared complete; leave --complete "
            "EDU_… out, or add isced:level to the data first.")


def _catalogue(ground: _Ground, vouched: frozenset[str], made: dict[str, Any], layers: Sequence[str]) -> Catalogue:
    source = Source(source="OpenStreetMap", date=ground.extract.date, accuracy="osm", licence=LICENCE, attribution=ATTRIBUTION)
    surveyed: dict[str, Survey] = {kind: "complete" if kind in vouched else "partial" for kind in sorted(osm_tags.SOUGHT)}
    return Catalogue(
        name=ground.boundary.name, name_en=ground.boundary.name_en, metric_crs=ground.metric_crs,
        extent=json.loads(shapely.to_geojson(ground.extent)), surveyed=surveyed,
        layers=dict.fromkeys(layers, source), made=made)


def _digest(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _writable(target: Path) -> None:
    """Refuse a target that is not a new or empty folder."""
    if target.is_dir() and not any(target.iterdir()):
        return
    if target.exists():
        raise ReadOnly(f"“{target}”已有内容，不会覆盖；请换一个新的或空的文件夹。",
                       f"“{target}” is not empty and is not overwritten; choose a new or empty folder.")


def _write(workspace: Workspace, target: Path, progress: Progress) -> None:
    """Write beside the target and move there at the end, so that a stop leaves nothing half done."""
    above = next(folder for folder in target.resolve().parents if folder.is_dir())
    try:
        beside = Path(tempfile.mkdtemp(dir=above, prefix=f".{target.name}."))
    except OSError as wrong:
        raise _cannot_write(target, wrong) from wrong
    try:
        save_workspace(workspace, beside)
        progress(_WRITING[0], 0.98)
        beside.chmod(0o755)
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.is_dir():
            target.rmdir()
        beside.rename(target)
    except OSError as wrong:
        shutil.rmtree(beside, ignore_errors=True)
        raise _cannot_write(target, wrong) from wrong
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise


def _cannot_write(target: Path, wrong: OSError) -> ReadOnly:
    why = wrong.strerror or str(wrong)
    return ReadOnly(f"不能写入“{target}”（{why}）；请换一个可写的文件夹。", f"“{target}” cannot be written ({why}); choose a folder that can.")
