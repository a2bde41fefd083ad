"""Everything that is wrong with a workspace, told at once: each layer by itself, the catalogue, and the layers against each other."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from wanli_geo.workspace.check_ground import CheckGround
from wanli_geo.workspace.check_routes import MEASURED_ROUTE_CHECKS, ROUTE_CHECKS
from wanli_geo.workspace.faults import found
from wanli_geo.workspace.findings import Finding, errors
from wanli_geo.workspace.plan import plan_findings
from wanli_geo.workspace.reader import read_layer as read_content
from wanli_geo.workspace.services import in_service, source_of
from wanli_geo.workspace.shapes import place_of
from wanli_geo.workspace.specs import ACCURACY, AGE_COLUMNS, SPECS, Column, LayerSpec
from wanli_geo.workspace.store import CATALOGUE, Catalogue, layers_in, parse_catalogue, read_layer, to_metres
from wanli_geo.workspace.unjoined import SAME_VERTEX_M, Ints, Streets, pairs

GATE_NEAR_M, GATE_FAR_M = 30.0, 300.0
OVERLAP_SHARE = 0.01
THROUGH_M = 10.0  # less of a street inside a compound is a gate's apron, or a corner cut by the drawing
FAR_DEGREES = 0.5  # about 50 km: no workspace is that wide, and projecting from farther off may fail
_ON_WALL_M = 0.02  # an end this near a wall stands in its gate
_OVER_OR_UNDER = ("footbridge", "underpass")
_BETWEEN_LEVELS = (*_OVER_OR_UNDER, "steps")
# What the walk network makes of streets that are not drawn joined.
_WORSE = {code: [worse for worse, _, _ in ACCURACY[place + 1 :]] for place, (code, _, _) in enumerate(ACCURACY)}
_JOINED = {"done": "计算时已按相通处理", "done_en": "every walk counts them as joined"}
_NODES = {"done": "OpenStreetMap 没有在此接通，计算时也不通", "done_en": "OpenStreetMap does not join them there, and no walk does"}
_BARRED = {"done": "中间隔着水、铁路、快速路或围墙，计算时不通", "done_en": "no walk crosses the water, rails, expressway or wall between"}


def check_workspace(folder: Path, instead: Mapping[str, bytes] = MappingProxyType({})) -> list[Finding]:
    """Find everything that is wrong with the workspace in a folder. Never raises for bad data.

    Args:
        instead: file name → content, of layers and the catalogue, as if they stood in the folder already.

    Returns:
        findings of the catalogue first, then by layer in the order of `SPECS`, by feature and column, then the plan and files of no layer.
        Checks that measure need a readable catalogue (its metric CRS and extent), and see only features without an error of their own.
    """
    catalogue, findings = _catalogue(folder, instead)
    layers: dict[str, gpd.GeoDataFrame] = {}
    index: dict[str, Ints] = {}
    present = layers_in(folder)
    for name, spec in SPECS.items():
        if name in present or spec.file in instead:
            layers[name], told = read_content(instead[spec.file], spec) if spec.file in instead else read_layer(folder, spec)
            index[name] = _kept(len(layers[name]), told)
            findings += told
    for check in (_references, _entrances, _kept_elsewhere, _ages, _homes, _no_gate, *ROUTE_CHECKS):
        findings += check(CheckGround(layers, index))
    if catalogue is not None:
        findings += _sources(catalogue, layers)
        ground, far = _near(catalogue, layers, index)
        findings += far
        for measured in (_outside, _gates, _overlaps, _in_water, _streets_through, _twice_drawn, _self_crossed, _joints, *MEASURED_ROUTE_CHECKS):
            findings += measured(ground)
    return [*_ordered(findings), *plan_findings(folder), *_unknown_files(folder)]


def _kept(count: int, findings: list[Finding]) -> Ints:
    """The places in the file of the features that were not left out; none are where the whole file is wrong."""
    bad = {finding.index for finding in errors(findings) if finding.index is not None}
    return np.setdiff1d(np.arange(count + len(bad)), list(bad)).astype(np.int64)


def _ordered(findings: list[Finding]) -> list[Finding]:
    layers = {name: place for place, name in enumerate(("catalogue", *SPECS))}
    columns = {(spec.name, column.name): place for spec in SPECS.values() for place, column in enumerate(spec.columns)}
    return sorted(findings, key=lambda one: (layers[one.layer], -1 if one.index is None else one.index,
                                             columns.get((one.layer, one.column or ""), 999)))


# -- the catalogue ---------------------------------------------------------------------------------------------------------------


def _catalogue(folder: Path, instead: Mapping[str, bytes]) -> tuple[Catalogue | None, list[Finding]]:
    file = folder / CATALOGUE
    if CATALOGUE in instead:
        return parse_catalogue(instead[CATALOGUE])
    if not file.is_file():
        return None, [found("catalogue_missing", "catalogue")]
    return parse_catalogue(file.read_bytes())


def _sources(catalogue: Catalogue, layers: dict[str, gpd.GeoDataFrame]) -> Iterator[Finding]:
    for name in sorted(set(catalogue.layers) - set(SPECS)):
        yield found("unknown_source", "catalogue", column="layers", name=name)
    for name, layer in layers.items():
        source = catalogue.layers.get(name)
        if source is None:
            if len(layer):
                yield found("no_source", name)
        elif worse := int(layer["accuracy"].isin(_WORSE[source.accuracy]).sum()):
            yield found("other_accuracy", name, column="accuracy", count=worse, stated=source.accuracy)


def _unknown_files(folder: Path) -> list[Finding]:
    known = {spec.file for spec in SPECS.values()}
    names = sorted(file.name for file in folder.glob("*") if file.suffix.lower() in (".geojson", ".json") and file.is_file())
    return [found("unknown_file", name, file=name) for name in names if name not in known and name != CATALOGUE]


# -- what needs no measuring -----------------------------------------------------------------------------------------------------


def _references(ground: CheckGround) -> Iterator[Finding]:
    """Every id that a column refers to is there."""
    for name in ground.layers:
        for column in SPECS[name].columns:
            if column.refers:
                yield from _pointing(ground, SPECS[name], column, (column.refers,))


def _entrances(ground: CheckGround) -> Iterator[Finding]:
    """An entrance belongs to a facility or to a green."""
    if ground.has("entrances"):
        yield from _pointing(ground, SPECS["entrances"], SPECS["entrances"].column("of"), ("facilities", "green_vein"))


def _kept_elsewhere(ground: CheckGround) -> Iterator[Finding]:
    """A facility is of a kind that is read from the facilities."""
    if ground.has("facilities"):
        for row, code in enumerate(ground.column("facilities", "kind").tolist()):
            if (layer := source_of(code).layer) != "facilities":
                yield ground.say("kept_elsewhere", "facilities", row, "kind", value=code, layers=layer)


def _pointing(ground: CheckGround, spec: LayerSpec, column: Column, targets: tuple[str, ...]) -> Iterator[Finding]:
    keys = ground.layers[spec.name][column.name]
    words: dict[str, Any] = {"name": column.zh, "layers": ", ".join(targets)}
    there = {key for target in targets for key in ground.ids(target)}
    given = keys.notna().to_numpy()
    if not there and given.any():
        yield found("no_such_layer", spec.name, column=column.name, **words)
        return
    for row in np.flatnonzero(given & ~keys.isin(there).to_numpy()).tolist():
        yield ground.say("no_such_feature", spec.name, row, column.name, key=keys.iloc[row], **words)


def _ages(ground: CheckGround) -> Iterator[Finding]:
    """The age groups add up to the residents, where all are known."""
    for name in ("compounds", "homes"):
        if not ground.has(name):
            continue
        ages = ground.layers[name][list(AGE_COLUMNS)].sum(axis=1, skipna=False).to_numpy()
        residents = ground.column(name, "residents")
        for row in np.flatnonzero(np.abs(ages - residents) > 0.5).tolist():  # NaN compares false: what is not known is not judged
            yield ground.say("ages_differ", name, row, "residents", ages=f"{ages[row]:.0f}", residents=f"{residents[row]:.0f}")


def _homes(ground: CheckGround) -> Iterator[Finding]:
    """The homes of a compound add up to its residents, where all are known."""
    if not ground.has("homes", "compounds"):
        return
    homes = ground.layers["homes"].groupby("compound_id")["residents"]
    sums = homes.sum()[homes.count() == homes.size()]
    counted = pd.Series(ground.ids("compounds")).map(sums).to_numpy(dtype=float)
    residents = ground.column("compounds", "residents")
    for row in np.flatnonzero(np.abs(counted - residents) > 0.5).tolist():
        yield ground.say("homes_differ", "compounds", row, "residents", homes=f"{counted[row]:.0f}", residents=f"{residents[row]:.0f}")


def _no_gate(ground: CheckGround) -> Iterator[Finding]:
    """A compound has a gate, unless it is said to be open."""
    if not ground.has("compounds"):
        return
    compounds = ground.layers["compounds"]
    gated = set(ground.layers["gates"]["compound_id"]) if ground.has("gates") else set()
    for row in np.flatnonzero(compounds["walled"].fillna(True).to_numpy(dtype=bool) & ~compounds["id"].isin(gated).to_numpy()).tolist():
        yield ground.say("no_gate", "compounds", row)


# -- what is measured, in the metric CRS -----------------------------------------------------------------------------------------


def _near(catalogue: Catalogue, layers: dict[str, gpd.GeoDataFrame], index: dict[str, Ints]) -> tuple[CheckGround, list[Finding]]:
    """The layers without what lies far from the extent, which is told: it can hardly be projected, less so measured."""
    extent = shapely.from_geojson(json.dumps(catalogue.extent))
    west, south, east, north = extent.bounds
    all_of, kept, kept_index, findings = CheckGround(layers, index), dict[str, gpd.GeoDataFrame](), dict[str, Ints](), list[Finding]()
    for name, layer in layers.items():
        bounds = layer.geometry.bounds.to_numpy().reshape(-1, 4)
        beyond = np.maximum.reduce([west - bounds[:, 0], south - bounds[:, 1], bounds[:, 2] - east, bounds[:, 3] - north])
        far = beyond > FAR_DEGREES
        for row in np.flatnonzero(far).tolist():
            x, y = bounds[row, :2]
            swapped = west <= y <= east and south <= x <= north
            findings.append(all_of.say("swapped" if swapped else "far_away", name, row, "geometry", at=place_of(x, y)))
        kept[name], kept_index[name] = layer[~far].reset_index(drop=True), index[name][~far]
    return CheckGround(kept, kept_index, catalogue.metric_crs, to_metres(extent, catalogue.metric_crs)), findings


def _outside(ground: CheckGround) -> Iterator[Finding]:
    """Homes and facilities lie where the streets are complete."""
    shapely.prepare(ground.extent)
    for name in ("homes", "facilities"):
        if ground.has(name):
            for row in np.flatnonzero(~shapely.intersects(ground.extent, ground.metric(name))).tolist():
                yield ground.say("outside_extent", name, row, "geometry")


def _gates(ground: CheckGround) -> Iterator[Finding]:
    """A gate lies on the edge of its compound."""
    if not ground.has("gates", "compounds"):
        return
    row_of = {key: row for row, key in enumerate(ground.ids("compounds"))}
    keys = ground.column("gates", "compound_id")
    whose = np.array([row_of.get(key, -1) for key in keys], dtype=np.int64)
    rows = np.flatnonzero(whose >= 0)
    off_m = shapely.distance(ground.metric("gates")[rows], shapely.boundary(ground.metric("compounds"))[whose[rows]])
    for row, metres in zip(rows[off_m > GATE_NEAR_M], off_m[off_m > GATE_NEAR_M], strict=True):
        code = "gate_far" if metres > GATE_FAR_M else "gate_off_edge"
        yield ground.say(code, "gates", row, "geometry", key=keys[row], metres=f"{metres:.0f}")


def _overlaps(ground: CheckGround) -> Iterator[Finding]:
    """Compounds lie side by side."""
    if not ground.has("compounds"):
        return
    shapes, ids = ground.metric("compounds"), ground.ids("compounds")
    area = shapely.area(shapes)
    for one, other in pairs(shapes):
        share = shapely.area(shapely.intersection(shapes[one], shapes[other])) / min(area[one], area[other])
        if share > OVERLAP_SHARE:
            yield ground.say("overlap", "compounds", other, "geometry", key=ids[one], share=f"{100 * share:.0f}")


def _in_water(ground: CheckGround) -> Iterator[Finding]:
    """No facility lies in the water: in its polygon, or within half its width of its line."""
    if not ground.has("facilities", "blue_net"):
        return
    water, ids = ground.metric("blue_net"), ground.ids("blue_net")
    lines = np.flatnonzero(shapely.get_dimensions(water) == 1)
    half_m = np.nan_to_num(ground.column("blue_net", "width_m")[lines].astype(float)) / 2
    water[lines] = shapely.buffer(water[lines], half_m, cap_style="flat")
    facility, wet = shapely.STRtree(water).query(shapely.point_on_surface(ground.metric("facilities")), predicate="within")
    for row in np.unique(facility).tolist():
        yield ground.say("in_water", "facilities", row, "geometry", key=ids[wet[facility == row].min()])


def _streets_through(ground: CheckGround) -> Iterator[Finding]:
    """No public street on the ground runs through a walled compound."""
    if not ground.has("streets", "compounds"):
        return
    streets, ids = ground.layers["streets"], ground.ids("compounds")
    public = (streets["access"].fillna("public") == "public") & ~streets["kind"].isin(_OVER_OR_UNDER)
    rows = np.flatnonzero(public.to_numpy(dtype=bool) & in_service(streets) & (_levels(ground) == 0))
    walled = np.flatnonzero(ground.layers["compounds"]["walled"].fillna(False).to_numpy(dtype=bool))
    lines, areas = ground.metric("streets")[rows], ground.metric("compounds")[walled]
    one, other = shapely.STRtree(areas).query(lines, predicate="intersects")
    inside_m = shapely.length(shapely.intersection(lines[one], areas[other])) - shapely.length(
        shapely.intersection(lines[one], shapely.boundary(areas[other])))
    for pair in np.lexsort((walled[other], rows[one])):
        if inside_m[pair] > THROUGH_M:
            row, key = int(rows[one[pair]]), ids[walled[other[pair]]]
            yield ground.say("street_through", "streets", row, "geometry", key=key, metres=f"{inside_m[pair]:.0f}")


def _twice_drawn(ground: CheckGround) -> Iterator[Finding]:
    """No street is drawn twice on one level, in one direction or the other."""
    if not ground.has("streets"):
        return
    levels, first = _levels(ground), dict[tuple[bytes, float], int]()
    for row, key in enumerate(zip(shapely.to_wkb(shapely.normalize(ground.layers["streets"].geometry.to_numpy())), levels, strict=True)):
        if first.setdefault(key, row) != row:
            yield ground.say("twice_drawn", "streets", row, "geometry", key=ground.ids("streets")[first[key]])


def _self_crossed(ground: CheckGround) -> Iterator[Finding]:
    """A street that crosses itself has a vertex there; one of OSM has no corner there else."""
    if not ground.has("streets"):
        return
    lines, osm = ground.metric("streets"), ground.column("streets", "accuracy") == "osm"
    for row in np.flatnonzero(~shapely.is_simple(lines)).tolist():
        own = shapely.points(shapely.get_coordinates(lines[row]))
        knots = shapely.points(shapely.get_coordinates(shapely.node(lines[row])))
        loose = knots[shapely.distance(knots, shapely.multipoints(own)) > SAME_VERTEX_M]
        if len(loose):
            at = shapely.get_coordinates(loose[0])[0]
            yield ground.say("crosses_itself", "streets", row, "geometry", at=place_of(*ground.degrees(at)), **(_NODES if osm[row] else _JOINED))


def _joints(ground: CheckGround) -> Iterator[Finding]:
    """Streets that cross on one level, or end beside one another, share a vertex: else the walk network joins them by itself, and says so."""
    if not ground.has("streets"):
        return
    streets, ids = Streets.of(ground.metric("streets")), ground.ids("streets")
    link, osm = np.isin(ground.column("streets", "kind"), _BETWEEN_LEVELS), ground.column("streets", "accuracy") == "osm"
    levels, bars = _levels(ground), _bars(ground)
    crossed = set[tuple[int, int]]()
    for one, other, at in streets.unjoined(lambda one, other: levels[one] == levels[other]):
        crossed |= {(one, other), (other, one)}
        done = _NODES if osm[one] and osm[other] else _JOINED
        yield ground.say("crossing_unjoined", "streets", other, "geometry", key=ids[one], at=place_of(*ground.degrees(at)), **done)
    for row, other, at, metres in streets.near_misses(lambda one, other: (levels[one] == levels[other]) | link[one]):
        if (row, other) not in crossed:
            done = _NODES if osm[row] and osm[other] else _BARRED if _between(bars, at, streets.lines[other]) else _JOINED
            where = place_of(*ground.degrees(at))
            yield ground.say("near_miss", "streets", row, "geometry", key=ids[other], at=where, metres=f"{metres:.2f}", **done)


def _bars(ground: CheckGround) -> npt.NDArray[np.object_]:
    """What no joint leads over or through: water, railways, expressways, the walls of compounds."""
    bars = [ground.metric("blue_net")] if ground.has("blue_net") else []
    if ground.has("barriers"):
        bars.append(ground.metric("barriers")[np.isin(ground.column("barriers", "kind"), ("railway", "expressway"))])
    if ground.has("compounds"):
        walled = ground.layers["compounds"]["walled"].fillna(True).to_numpy(bool)
        bars.append(shapely.boundary(ground.metric("compounds")[walled]))
    return np.concatenate([np.empty(0, dtype=object), *bars])


def _between(bars: npt.NDArray[np.object_], at: Any, street: shapely.Geometry) -> bool:
    """Tell whether something lies between an end and a street that the end does not itself stand in or on."""
    end = shapely.Point(at)
    crossed = bars[shapely.intersects(bars, shapely.shortest_line(end, street))]
    return not shapely.dwithin(crossed, end, _ON_WALL_M).all()


def _levels(ground: CheckGround) -> npt.NDArray[np.float64]:
    """(n,) the level of each street; where it is not stated, a footbridge is above the ground and an underpass below."""
    kind, level = ground.column("streets", "kind"), ground.column("streets", "level").astype(float)
    return np.where(np.isnan(level), np.select([kind == "footbridge", kind == "underpass"], [1.0, -1.0], 0.0), level)
