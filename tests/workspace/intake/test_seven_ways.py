"""The same 300 facilities in seven formats and datums come to the same points and the same text; the judge tells each datum, or asks."""

from __future__ import annotations

import csv
import json
import shutil
import zipfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import geopandas as gpd
import numpy as np
import openpyxl
import pandas as pd
import pyogrio
import pyproj
import pytest
import shapely

from wanli_geo.cli import run
from wanli_geo.workspace.datums import from_wgs84
from wanli_geo.workspace.intake.versions import FOLDER
from wanli_geo.workspace.store import open_workspace, to_metres

HEADINGS = {"编号": "id", "名称": "name", "类别": "kind", "地址": "address", "电话": "phone", "备注": "note"}
TEXTS = ["name", "kind", "address", "phone", "note"]
# What planners' names hold and formats trip over.
HARD = ["𠮷祥面馆·万里店", "㙍桥便民站，甲\"乙\"", "Café “东”&<西>", "=SUM(1)号铺", "咖啡；茶 / 点心", "'单引号"]


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory, wanli: Path) -> Path:
    """The sketch without its facilities and what hangs on them."""
    folder = tmp_path_factory.mktemp("seven") / "wanli"
    shutil.copytree(wanli, folder)
    for name in ("facilities", "entrances"):
        (folder / f"{name}.geojson").unlink()
    return folder


@pytest.fixture(scope="module")
def facilities(wanli: Path) -> gpd.GeoDataFrame:
    """300 real ones of the sketch, all as points, some with hard texts."""
    held = open_workspace(wanli).layer("facilities").head(300)
    chosen = gpd.GeoDataFrame({column: held[column].to_numpy(dtype=object) for column in ("id", *TEXTS)},
                              geometry=shapely.point_on_surface(held.geometry.to_numpy()), crs="EPSG:4326")
    chosen = chosen.astype(object).where(chosen.notna(), None).set_geometry("geometry", crs="EPSG:4326")
    chosen["name"] = [*HARD, *chosen["name"].iloc[len(HARD):]]
    chosen.loc[7, "note"] = "逗号，,引号\"'，破折号——"
    assert len(chosen) == 300 and chosen["name"].is_unique
    return chosen


def rows(layer: gpd.GeoDataFrame, x: Any, y: Any) -> list[list[Any]]:
    texts = zip(*(layer[column] for column in HEADINGS.values()), strict=True)
    return [[*row, float(one), float(other)] for row, one, other in zip(texts, x, y, strict=True)]


def shifted(layer: gpd.GeoDataFrame, datum: str) -> tuple[Any, Any]:
    return from_wgs84(layer.geometry.x, layer.geometry.y, datum)  # type: ignore[arg-type]


def as_xlsx(layer: gpd.GeoDataFrame, folder: Path) -> Path:
    book = openpyxl.Workbook()
    book.active.append([*HEADINGS, "经度", "纬度"])
    for row in rows(layer, *shifted(layer, "wgs84")):
        book.active.append(row)
    for line in book.active.iter_rows():
        for cell in line:
            if isinstance(cell.value, str):
                cell.data_type = "s"  # openpyxl takes =… for a formula
    book.save(folder / "设施.xlsx")
    return folder / "设施.xlsx"


def as_csv(layer: gpd.GeoDataFrame, folder: Path, datum: str, encoding: str) -> Path:
    file = folder / f"设施 {datum}.csv"
    with file.open("w", encoding=encoding, newline="") as opened:
        csv.writer(opened).writerows([[*HEADINGS, "经度", "纬度"], *rows(layer, *shifted(layer, datum))])
    return file


def as_features(layer: gpd.GeoDataFrame, file: Path, driver: str, **more: Any) -> Path:
    named = layer.rename(columns={column: heading for heading, column in HEADINGS.items()})
    pyogrio.write_dataframe(named, file, driver=driver, **more)
    return file


def as_kml(layer: gpd.GeoDataFrame, folder: Path) -> Path:
    space = "http://www.opengis.net/kml/2.2"
    document = ElementTree.Element("kml", xmlns=space)
    inside = ElementTree.SubElement(document, "Document")
    for (_, row), x, y in zip(layer.iterrows(), *shifted(layer, "gcj02"), strict=True):
        mark = ElementTree.SubElement(inside, "Placemark")
        ElementTree.SubElement(mark, "name").text = row["name"]
        data = ElementTree.SubElement(mark, "ExtendedData")
        for heading, column in HEADINGS.items():
            if column != "name" and row[column] is not None:
                ElementTree.SubElement(ElementTree.SubElement(data, "Data", name=heading), "value").text = row[column]
        ElementTree.SubElement(ElementTree.SubElement(mark, "Point"), "coordinates").text = f"{x:.9f},{y:.9f}"
    ElementTree.ElementTree(document).write(folder / "设施.kml", encoding="utf-8", xml_declaration=True)
    return folder / "设施.kml"


def as_shapefile(layer: gpd.GeoDataFrame, folder: Path) -> Path:
    as_features(layer, folder / "sheshi.shp", "ESRI Shapefile", encoding="GB18030")
    (folder / "sheshi.cpg").unlink()
    with zipfile.ZipFile(folder / "设施.zip", "w") as packed:
        for part in ("shp", "shx", "dbf", "prj"):
            packed.write(folder / f"sheshi.{part}", f"sheshi.{part}")
    return folder / "设施.zip"


def as_dxf(layer: gpd.GeoDataFrame, folder: Path) -> Path:
    x, y = pyproj.Transformer.from_crs("EPSG:4326", "EPSG:4549", always_xy=True).transform(layer.geometry.x, layer.geometry.y)
    pairs: list[tuple[int, Any]] = [(0, "SECTION"), (2, "HEADER"), (9, "$ACADVER"), (1, "AC1027"), (0, "ENDSEC"), (0, "SECTION"), (2, "ENTITIES")]
    for name, kind, east, north in zip(layer["name"], layer["kind"], x, y, strict=True):
        pairs += [(0, "TEXT"), (100, "AcDbEntity"), (8, kind), (100, "AcDbText"), (10, f"{east:.4f}"), (20, f"{north:.4f}"), (30, 0), (40, 2.5),
                  (1, name)]
    pairs += [(0, "ENDSEC"), (0, "EOF")]
    (folder / "设施.dxf").write_bytes("".join(f"{code}\n{value}\n" for code, value in pairs).encode())
    return folder / "设施.dxf"


WAYS = {
    "XLSX": ("table", as_xlsx, "wgs84", []),
    "GB18030 CSV": ("table", lambda layer, folder: as_csv(layer, folder, "wgs84", "gb18030"), "wgs84", []),
    "BD-09 CSV": ("table", lambda layer, folder: as_csv(layer, folder, "bd09", "utf-8-sig"), "bd09", []),
    "GCJ-02 KML": ("vector", as_kml, "gcj02", []),
    "zipped GB18030 Shapefile": ("vector", as_shapefile, "wgs84", []),
    "GPKG": ("vector", lambda layer, folder: as_features(layer, folder / "设施.gpkg", "GPKG"), "wgs84", []),
    "DXF": ("vector", as_dxf, "EPSG:4549", ["--column", "Text=name", "--column", "Layer=kind"]),
}


@pytest.mark.parametrize("way", WAYS)
def test_seven_ways_in_come_to_the_same_points_and_the_same_text(
    way: str, town: Path, facilities: gpd.GeoDataFrame, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    verb, written, datum, more = WAYS[way]
    folder = Path(shutil.copytree(town, tmp_path / "wanli"))
    file = written(facilities, tmp_path)
    command = ["import", verb, str(file), "--layer", "facilities", "--into", str(folder), "--json", *more]
    code = run(command)
    told = capsys.readouterr()
    assert code == 0, told.err
    assert json.loads(told.out)["datum"]["datum"] == datum
    layer = open_workspace(folder).layer("facilities")
    assert len(layer) == 300
    key = "name" if way == "DXF" else "id"  # a drawing has no room for more than a name and a kind
    layer = layer.set_index(key, drop=False).loc[facilities[key]]
    off_m = shapely.distance(to_metres(layer.geometry.to_numpy(), "EPSG:4549"), to_metres(facilities.geometry.to_numpy(), "EPSG:4549"))
    assert off_m.max() <= 0.5
    for column in ["name", "kind"] if way == "DXF" else TEXTS:
        assert [None if pd.isna(one) else one for one in layer[column]] == facilities[column].tolist(), column
    assert run(command) == 0
    again = json.loads(capsys.readouterr().out)
    assert again["version"] is None and again["counts"]["unchanged"] == 300
    assert run(["undo", str(folder)]) == 0
    assert not (folder / "facilities.geojson").exists()


def test_a_cluster_without_known_names_is_asked_about(
    town: Path, facilities: gpd.GeoDataFrame, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    chosen = np.random.default_rng(5).uniform(-0.0008, 0.0008, (30, 2)) + np.array([121.402, 31.2715])
    few = facilities.head(30).set_geometry(gpd.points_from_xy(*chosen.T, crs="EPSG:4326"))
    few["name"] = [f"甲{number}" for number in range(30)]
    file = as_csv(few, tmp_path, "gcj02", "utf-8")
    before = {path.name: path.read_bytes() for path in town.iterdir() if path.is_file()}
    assert run(["import", "table", str(file), "--layer", "facilities", "--into", str(town)]) == 1
    assert "坐标基准分不清" in (err := capsys.readouterr().err) and "--datum" in err
    assert {path.name: path.read_bytes() for path in town.iterdir() if path.is_file()} == before and not (town / FOLDER).exists()
    assert run(["import", "table", str(file), "--layer", "facilities", "--into", str(town), "--datum", "gcj02", "--dry-run"]) == 0
