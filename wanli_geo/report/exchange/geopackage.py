"""A parcel as one GeoPackage: a table a set, the styles that QGIS takes by itself, and a table `about` of facts, sources and caveats."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Lock

import pyogrio

from wanli_geo.report.exchange.features import FeatureSet, Parcel, by_form, checked_crs, moved
from wanli_geo.report.exchange.qgis import qml

# The same parcel gives the same bytes: nothing in the file tells when it was written.
_WHEN = "2000-01-01T00:00:00.000Z"
_WRITING = Lock()
_STYLES = """CREATE TABLE layer_styles (id INTEGER PRIMARY KEY AUTOINCREMENT, f_table_catalog TEXT(256), f_table_schema TEXT(256),
 f_table_name TEXT(256), f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT, styleSLD TEXT, useAsDefault BOOLEAN, description TEXT,
 owner TEXT(30), ui TEXT(30), update_time DATETIME)"""
_ABOUT = "CREATE TABLE about (id INTEGER PRIMARY KEY AUTOINCREMENT, part TEXT, key TEXT, zh TEXT, en TEXT, value TEXT)"


def gpkg(parcel: Parcel, *, crs: str = "") -> bytes:
    """Write a parcel as a GeoPackage; `crs` is an EPSG code, WGS84 if left out.

    Raises:
        WrongUsage: there is no such CRS.
    """
    code = checked_crs(crs)
    tables = [part for one in moved(parcel, code).sets for part in by_form(one)]
    with tempfile.TemporaryDirectory(prefix="wanli-geo-") as folder, _undated():
        file = Path(folder) / "parcel.gpkg"
        for one, form in tables:
            # 1.2 is what programs of ten years read without a warning; the table's title must be the only one of that name.
            pyogrio.write_dataframe(
                one.layer, file, layer=one.name, driver="GPKG", append=file.exists(),
                promote_to_multi=form != "point", geometry_type=_type(one, form),
                dataset_options={"VERSION": "1.2"}, layer_options={"IDENTIFIER": f"{one.zh} {one.name}", "GEOMETRY_NAME": "geometry"})
        with closing(sqlite3.connect(file)) as base, base:
            _add(base, "about", "说明 / About", _ABOUT)
            base.executemany("INSERT INTO about (part, key, zh, en, value) VALUES (?, ?, ?, ?, ?)", parcel.about)
            _add(base, "layer_styles", "QGIS", _STYLES)
            base.executemany(
                "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName, styleQML, styleSLD, "
                "useAsDefault, description, owner, ui, update_time) VALUES ('', '', ?, 'geometry', ?, ?, '', 1, ?, '', NULL, ?)", _styles(tables))
        return file.read_bytes()


def _type(one: FeatureSet, form: str) -> str:
    return {"point": one.layer.geom_type.iloc[0], "line": "MultiLineString", "polygon": "MultiPolygon"}[form]


def _styles(tables: Iterable[tuple[FeatureSet, str]]) -> Iterator[tuple[str, ...]]:
    for one, form in tables:
        yield one.name, one.name[:30], qml(one, form), one.zh, _WHEN


def _add(base: sqlite3.Connection, name: str, title: str, create: str) -> None:
    """Make a table without geometry and register it, as the GeoPackage standard asks."""
    base.execute(create)
    base.execute("INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change) VALUES (?, 'attributes', ?, '', ?)",
                 (name, title, _WHEN))


@contextmanager
def _undated() -> Iterator[None]:
    """Let GDAL write the same date into every file; the setting is of the whole process, so one file is written at a time."""
    with _WRITING:
        before = pyogrio.get_gdal_config_option("OGR_CURRENT_DATE")
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": _WHEN})
        try:
            yield
        finally:
            pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": before})
