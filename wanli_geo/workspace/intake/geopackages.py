"""GeoPackage, read as the SQLite file it is: registered tables only, nothing run, nothing written. The only file that speaks to sqlite3."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any

import numpy as np

from wanli_geo.workspace.intake.layers import layer_of
from wanli_geo.workspace.intake.limits import MOST_PARTS
from wanli_geo.workspace.intake.raw import Raw
from wanli_geo.workspace.intake.source import Source

_ENVELOPES = (0, 32, 48, 48, 64)  # bytes of the envelope, by its code in the flags
_ALLOWED = {(sqlite3.SQLITE_FUNCTION, "like"), (sqlite3.SQLITE_PRAGMA, "table_info")}  # besides reading
_REGISTERED = """
    SELECT contents.table_name, columns.column_name, columns.srs_id
    FROM gpkg_contents AS contents
    JOIN sqlite_master AS master ON master.name = contents.table_name
    LEFT JOIN gpkg_geometry_columns AS columns ON columns.table_name = contents.table_name
    WHERE contents.data_type IN ('features', 'attributes') AND master.type = 'table' AND master.sql LIKE 'CREATE TABLE%'
    ORDER BY master.rowid
"""  # not a view, which would run what a stranger wrote, nor a virtual table


@dataclass(frozen=True)
class _Table:
    """A registered table, the column of its geometry (None: it has none), and the number of its coordinate system."""

    name: str
    geometry: str | None
    system: int | None


def read(source: Source) -> Raw:
    """Read one layer.

    Raises:
        BadFile: it is no GeoPackage, broken, still being written to, or has no such layer or none at all.
    """
    journal = source.path.with_name(source.path.name + "-wal")
    if journal.exists() and journal.stat().st_size:
        raise source.refusal("还开着，有没写完的改动；请先在 QGIS 等软件里保存并关闭。",
                             "is still open, with changes not yet written; save and close it first.")
    try:
        with closing(sqlite3.connect(f"{source.path.as_uri()}?mode=ro&immutable=1", uri=True)) as base:
            base.text_factory = lambda content: content.decode(errors="replace")
            base.execute("PRAGMA trusted_schema = OFF")
            base.set_authorizer(_permission)
            return _layer(source, base)
    except (sqlite3.Error, KeyError, OverflowError, ValueError) as wrong:
        raise source.refusal("不是完整的 GeoPackage；请从原软件重新导出。", "is no whole GeoPackage; export it again.") from wrong


def _permission(action: int, first: str | None, second: str | None, *_: object) -> int:
    """Permit SQLite to read, and nothing else that the schema of a stranger may ask of it."""
    named = second if action == sqlite3.SQLITE_FUNCTION else first
    reads = action in (sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ) or (action, named) in _ALLOWED
    return sqlite3.SQLITE_OK if reads else sqlite3.SQLITE_DENY


def _layer(source: Source, base: sqlite3.Connection) -> Raw:
    tables = {name: _Table(name, column, system) for name, column, system in base.execute(_REGISTERED).fetchmany(MOST_PARTS)}
    if not tables:
        raise source.refusal("里没有可读的图层（视图不读）；请导出为普通图层。",
                             "has no layer that can be read (views are not); export plain layers.")
    parts = tuple(tables)
    chosen = tables[source.chosen(parts, next((table.name for table in tables.values() if table.geometry), parts[0]))]
    columns = _columns(base, chosen.name)
    source.tell(0.5)
    shapes = None if chosen.geometry is None else _wkb(columns.pop(chosen.geometry))
    attributes = {name: values for name, values in columns.items() if bytes not in set(map(type, values))}
    return layer_of(source, attributes, shapes, "gpkg", crs=_crs(base, chosen.system), part=chosen.name, parts=parts)


def _columns(base: sqlite3.Connection, table: str) -> dict[str, list[Any]]:
    """Read all columns but the numbers that the format itself wants (`fid`)."""
    quoted = '"' + table.replace('"', '""') + '"'
    kinds = {name: kind.upper() for _, name, kind, _, _, key in base.execute(f"PRAGMA table_info({quoted})") if not key or kind.upper() != "INTEGER"}
    cursor = base.execute(f"SELECT * FROM {quoted}")  # noqa: S608 (the name is quoted)
    names = [column[0] for column in cursor.description]
    values = dict(zip(names, map(list, zip(*cursor, strict=True)), strict=False)) or {name: [] for name in names}
    return {name: [None if value is None else bool(value) for value in values[name]] if kind == "BOOLEAN" else values[name]
            for name, kind in kinds.items()}


def _wkb(blobs: Sequence[Any]) -> Any:
    """(n,) the WKB in each blob of a GeoPackage; None where there is none, the blob itself where it is none of a GeoPackage."""
    shapes = np.full(len(blobs), None, dtype=object)
    shapes[:] = [_without_header(blob) if isinstance(blob, bytes) else None for blob in blobs]
    return shapes


def _without_header(blob: bytes) -> bytes:
    if len(blob) < 8 or blob[:2] != b"GP":
        return blob
    code = blob[3] >> 1 & 7
    return blob[8 + _ENVELOPES[code] :] if code < len(_ENVELOPES) else blob


def _crs(base: sqlite3.Connection, system: int | None) -> str:
    """Give the coordinate system as “EPSG:4326”, else as WKT; "" where it is undefined."""
    found = base.execute("SELECT organization, organization_coordsys_id, definition FROM gpkg_spatial_ref_sys WHERE srs_id = ?", (system,)).fetchone()
    if found is None or system in (-1, 0):
        return ""
    organization, number, definition = found
    return f"EPSG:{number}" if str(organization).upper() == "EPSG" else str(definition)
