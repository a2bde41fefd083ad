"""A workspace: a folder with one GeoJSON a layer and `catalogue.json`. The only file that opens and saves one."""

from __future__ import annotations

import codecs
import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib import resources
from pathlib import Path
from typing import Annotated, Any, Literal

import geopandas as gpd
import numpy as np
import pyproj
import shapely
from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationError, field_validator

from wanli_geo.errors import BadLayer, NoWorkspace, ReadOnly
from wanli_geo.workspace import geojson, reader
from wanli_geo.workspace.faults import CONTROL, found
from wanli_geo.workspace.findings import Finding, errors
from wanli_geo.workspace.kinds import KINDS
from wanli_geo.workspace.specs import SPECS, LayerSpec, spec_of

CATALOGUE = "catalogue.json"
SWELL = 0.01  # of an area: half a per cent of a length; a metric CRS that is farther off does not fit the place
Survey = Literal["complete", "partial", "none"]


# A text of the catalogue, without what a terminal or a page would obey instead of showing.
Text = Annotated[str, AfterValidator(lambda text: CONTROL.sub("", text))]


class Source(BaseModel):
    """Where a layer comes from, as every output must say it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    source: Text
    date: Text
    accuracy: Literal["surveyed", "official", "osm", "sketch"]
    licence: Text
    attribution: Text = ""


class Catalogue(BaseModel):
    """What a workspace says of itself.

    `extent` is a GeoJSON polygon (WGS84) inside which the streets are complete; `surveyed` says per facility kind how far it was
    looked for (a kind not named is `none`); `made` is the manifest of the import that made the workspace.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Text
    name_en: Text
    metric_crs: str
    extent: dict[str, Any]
    surveyed: dict[str, Survey] = {}
    layers: dict[str, Source] = {}
    made: dict[str, Any] = {}

    @field_validator("metric_crs")
    @classmethod
    def _is_metric(cls, value: str) -> str:
        try:
            crs = pyproj.CRS.from_user_input(value)
        except pyproj.exceptions.CRSError as wrong:
            raise ValueError("there is no such CRS; for Wanli it is EPSG:4549") from wrong
        if not crs.is_projected or crs.axis_info[0].unit_name != "metre" or crs.to_epsg() == 3857:
            raise ValueError("metric_crs must be a projected CRS in metres, and not EPSG:3857")
        return value

    @field_validator("extent")
    @classmethod
    def _is_polygon(cls, value: dict[str, Any]) -> dict[str, Any]:
        try:
            shape = shapely.from_geojson(json.dumps(value))
        except shapely.errors.GEOSException as wrong:
            raise ValueError("extent must be a GeoJSON polygon") from wrong
        if shape.geom_type not in ("Polygon", "MultiPolygon") or shape.is_empty or not shape.is_valid:
            raise ValueError("extent must be a valid polygon")
        west, south, east, north = shape.bounds
        if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
            raise ValueError("extent must be in degrees, longitude first")
        return value

    @field_validator("surveyed")
    @classmethod
    def _are_kinds(cls, value: dict[str, Survey]) -> dict[str, Survey]:
        if unknown := sorted(set(value) - set(KINDS)):
            raise ValueError(f"unknown facility kinds: {', '.join(unknown)}")
        return value


@dataclass(frozen=True)
class Workspace:
    """What is there. `layers` maps each layer's name to its GeoDataFrame (WGS84); layers not at hand are empty, never missing."""

    catalogue: Catalogue
    layers: Mapping[str, gpd.GeoDataFrame]
    path: Path | None = None
    sha256: Mapping[str, str] = field(default_factory=dict)
    _projected: dict[str, gpd.GeoDataFrame] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def extent(self) -> shapely.Geometry:
        """The area inside which the streets are complete, in metric coordinates."""
        return to_metres(shapely.from_geojson(json.dumps(self.catalogue.extent)), self.catalogue.metric_crs)

    def layer(self, name: str) -> gpd.GeoDataFrame:
        """Give a layer in WGS84; an empty one where the workspace has none.

        Raises:
            UnknownLayer: `name` is not in the contracts.
            BadLayer: its file has error findings.
        """
        spec = spec_of(name)
        return self.layers[name] if name in self.layers else geojson.empty_layer(spec)

    def metric(self, name: str) -> gpd.GeoDataFrame:
        """Give a layer in the workspace's metric CRS, for measuring; projected once and kept, so do not change it."""
        if name not in self._projected:
            layer, crs = self.layer(name), self.catalogue.metric_crs
            self._projected[name] = layer.set_geometry(gpd.GeoSeries(to_metres(layer.geometry.to_numpy(), crs), layer.index, crs=crs))
        return self._projected[name]

    def digest(self, name: str) -> str:
        """sha256 of a layer's file, or of the bytes it would be written as."""
        known = self.sha256.get(name)
        return known or hashlib.sha256(geojson.layer_bytes(self.layer(name), spec_of(name))).hexdigest()

    def survey_of(self, kind: str) -> Survey:
        return self.catalogue.surveyed.get(kind, "none")


def to_metres(geometry: Any, metric_crs: str) -> Any:
    """Project WGS84 geometry (one or an array) to metric coordinates, x east and y north."""
    return _moved(geometry, _mover("EPSG:4326", metric_crs))


def metres_of(degrees: Any, metric_crs: str) -> Any:
    """Project (n, 2) longitudes and latitudes to (n, 2) metric coordinates."""
    return np.column_stack(_mover("EPSG:4326", metric_crs).transform(degrees[:, 0], degrees[:, 1]))


def to_degrees(geometry: Any, metric_crs: str) -> Any:
    """Project metric geometry (one or an array) back to WGS84, longitude first."""
    return _moved(geometry, _mover(metric_crs, "EPSG:4326"))


@cache
def _mover(source: str, target: str) -> pyproj.Transformer:
    """Make a projection once: PROJ takes a tenth of a second to choose the way to CGCS2000. Threads may share it (pyproj 3.1)."""
    return pyproj.Transformer.from_crs(source, target, always_xy=True)


def _moved(geometry: Any, move: pyproj.Transformer) -> Any:
    return shapely.transform(geometry, lambda xy: np.column_stack(move.transform(xy[:, 0], xy[:, 1])))


class _Files(Mapping[str, gpd.GeoDataFrame]):
    """The layers of a folder, each read and checked when it is first asked for."""

    def __init__(self, folder: Path, present: tuple[str, ...]) -> None:
        self._folder, self._present, self._read = folder, present, dict[str, gpd.GeoDataFrame]()

    def __getitem__(self, name: str) -> gpd.GeoDataFrame:
        if name not in self._present:
            raise KeyError(name)
        if name not in self._read:
            layer, findings = read_layer(self._folder, SPECS[name])
            if bad := errors(findings):
                raise BadLayer(
                    f"图层 {name} 有 {len(bad)} 处错误，第一处：{bad[0].zh}请先运行 wanli-geo check。",
                    f"Layer {name} has {len(bad)} error(s), the first: {bad[0].en} Run `wanli-geo check` first.",
                    bad,
                )
            self._read[name] = layer
        return self._read[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._present)

    def __len__(self) -> int:
        return len(self._present)


def read_layer(folder: Path, spec: LayerSpec) -> tuple[gpd.GeoDataFrame, list[Finding]]:
    """Read a layer of a folder and find all that is wrong with it; what is no readable file is an error of the whole layer."""
    content = _content(folder / spec.file)
    if content is None:
        return geojson.empty_layer(spec), [found("unreadable", spec.name, file=spec.file)]
    return reader.read_layer(content, spec)


def layers_in(folder: Path) -> tuple[str, ...]:
    """The layers a folder has a file for, readable or not."""
    return tuple(name for name, spec in SPECS.items() if os.path.lexists(folder / spec.file))


def _content(file: Path) -> bytes | None:
    """The bytes of a file; None for what cannot be read or is none: a folder, a pipe (never opened: it may never end), a dead link."""
    try:
        return file.read_bytes() if file.is_file() else None
    except OSError:
        return None


def bundled() -> Path:
    """The folder of the bundled Wanli sketch; read-only in an installed copy."""
    inside = Path(str(resources.files("wanli_geo"))) / "layers"
    return inside if inside.is_dir() else Path(__file__).resolve().parents[2] / "layers"


def open_workspace(path: str | Path | None = None) -> Workspace:
    """Open the workspace in a folder; without a path, the bundled Wanli sketch.

    Raises:
        NoWorkspace: the folder has no readable catalogue.
    """
    folder = bundled() if path is None else Path(path)
    catalogue = read_catalogue(folder)
    present = layers_in(folder)
    contents = ((name, _content(folder / SPECS[name].file)) for name in present)
    digests = {name: hashlib.sha256(content).hexdigest() for name, content in contents if content is not None}
    return Workspace(catalogue, _Files(folder, present), folder, digests)


def read_catalogue(folder: Path) -> Catalogue:
    """Read what a workspace says of itself.

    Raises:
        NoWorkspace: there is no catalogue, it cannot be read, or its metric CRS does not fit the place.
    """
    file = folder / CATALOGUE
    if not file.is_file():
        raise NoWorkspace(
            f"“{folder}”里没有 {CATALOGUE}，不是工作区；用 wanli-geo import 建一个，或不写路径以使用自带的万里示意数据。",
            f"“{folder}” has no {CATALOGUE}, so it is no workspace; make one with `wanli-geo import`, or leave the path out.",
        )
    catalogue, findings = parse_catalogue(file.read_bytes())
    if catalogue is None:
        first = findings[0]
        raise NoWorkspace(f"“{folder}”打不开：{first.zh}{first.fix_zh}", f"“{folder}” cannot be opened: {first.en} {first.fix_en}")
    return catalogue


def parse_catalogue(content: bytes) -> tuple[Catalogue | None, list[Finding]]:
    """Read a catalogue from the bytes of its file; None where it has an error, and everything that is wrong with it."""
    try:
        catalogue = Catalogue.model_validate_json(content.removeprefix(codecs.BOM_UTF8))
    except ValidationError as wrong:
        return None, [_wrong_entry(".".join(map(str, error["loc"])) or "JSON", error["msg"]) for error in wrong.errors(include_url=False)]
    if _swell(catalogue) > SWELL:
        return None, [found("unfit_crs", "catalogue", column="metric_crs", crs=catalogue.metric_crs)]
    return catalogue, []


def _wrong_entry(place: str, why: str) -> Finding:
    return found("catalogue_bad", "catalogue", column=place, place=place, why=why.removeprefix("Value error, ").rstrip("."))


def _swell(catalogue: Catalogue) -> float:
    """By what share the metric CRS draws the extent larger or smaller than it is on the ground; infinite where it cannot be drawn."""
    extent = shapely.from_geojson(json.dumps(catalogue.extent))
    on_ground_m2, _ = pyproj.Geod(ellps="WGS84").geometry_area_perimeter(extent)
    drawn = to_metres(extent, catalogue.metric_crs)
    if not np.isfinite(shapely.get_coordinates(drawn)).all() or not on_ground_m2:
        return np.inf
    return float(abs(shapely.area(drawn) / abs(on_ground_m2) - 1))


def catalogue_bytes(catalogue: Catalogue) -> bytes:
    """Write a catalogue as the bytes of its file."""
    return (json.dumps(catalogue.model_dump(), ensure_ascii=False, indent=1) + "\n").encode()


def save_workspace(workspace: Workspace, folder: Path) -> None:
    """Write every layer and the catalogue; each file appears whole or not at all.

    Raises:
        BadLayer: a layer cannot be written; then no file was touched.
        ReadOnly: the folder cannot be made or written to.
    """
    contents = {SPECS[name].file: geojson.layer_bytes(layer, SPECS[name]) for name, layer in workspace.layers.items()}
    contents[CATALOGUE] = catalogue_bytes(workspace.catalogue)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for file, content in contents.items():
            geojson.write_atomic(folder / file, content)
    except OSError as wrong:
        raise ReadOnly(
            f"“{folder}”写不进去（{wrong.strerror}）；请换一个可写的文件夹。",
            f"“{folder}” cannot be written to ({wrong.strerror}); name a folder that can.",
        ) from wrong
