"""Files that a planner might be sent and nobody should trust: each must end in findings or in one sentence, never in a crash."""

from __future__ import annotations

import io
import json
import os
import sqlite3
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pyogrio.raw
import shapely
import xlsxwriter

Content = bytes | Callable[[Path], None]


@dataclass(frozen=True)
class Hostile:
    """One file, and the layer it pretends to be for."""

    path: Path
    layer: str


def files(folder: Path) -> list[Hostile]:
    """Write the whole corpus, each file in a folder of its own."""
    made = []
    for place, (name, content) in enumerate([*TEXTS, *FEATURES, *MARKUP, *ARCHIVES, *WORKBOOKS, *DATABASES, *SHAPEFILES, *DRAWINGS, *NO_FILES]):
        path = folder / f"{place:03d}" / name
        path.parent.mkdir(parents=True)
        if callable(content):
            content(path)
        else:
            path.write_bytes(content)
        made.append(Hostile(path, "compounds" if b"Polygon" in (content if isinstance(content, bytes) else b"") else "facilities"))
    return made


# --- texts and tables

_HEAD = "名称,类别,经度,纬度\r\n"
_ROW = "长者食堂,CANTEEN,121.4,31.26\r\n"


def _csv(*rows: str, encoding: str = "utf-8") -> bytes:
    return (_HEAD + "".join(f"{row}\r\n" for row in rows)).encode(encoding, "surrogatepass")


TEXTS: list[tuple[str, Content]] = [
    ("empty.csv", b""),
    ("blank.csv", b" \r\n\r\n \t "),
    ("nul.csv", b"\x00" * 100_000),
    ("nul in a cell.csv", _csv("食\x00堂,CANTEEN,121.4,31.26")),
    ("half utf-8.csv", _csv("食堂,CANTEEN,121.4,31.26") + "万".encode()[:2]),
    ("two encodings.csv", _csv("食堂,CANTEEN,121.4,31.26") + "万里,CANTEEN,121.4,31.26\r\n".encode("gb18030") + b"\xff\xff"),
    ("utf-16 without a mark.csv", _csv("食堂,CANTEEN,121.4,31.26", encoding="utf-16-le")),
    ("odd utf-16.csv", b"\xff\xfe" + _csv("食堂", encoding="utf-16-le")[:-1]),
    ("two marks.csv", b"\xef\xbb\xbf\xef\xbb\xbf" + _csv(_ROW.strip())),
    ("utf-8 read as gbk.csv", _csv("万里街道综合为老服务中心".encode().decode("gb18030", "replace") + ",CANTEEN,121.4,31.26")),
    ("lost for good.csv", _csv("锟斤拷锟斤拷,CANTEEN,121.4,31.26", "\ufffd\ufffd,CANTEEN,121.4,31.26")),
    ("lone surrogate.csv", _csv("食\ud800堂,CANTEEN,121.4,31.26")),
    ("open quote.csv", _csv('"食堂,CANTEEN,121.4,31.26') + _ROW.encode() * 20_000),
    ("quote amid.csv", _csv('"食"堂,CANTEEN,121.4,31.26')),
    ("ragged.csv", _csv("食堂,CANTEEN", _ROW.strip() + ",多,出,来")),
    ("wide heading.csv", b"," * 10_000_000),
    ("wide named heading.csv", b"a," * 2_000_000 + b"\n"),
    ("giant cell.csv", _csv("食" * 3_000_000 + ",CANTEEN,121.4,31.26")),
    ("one endless line.csv", b"x" * 5_000_000),
    ("many empty lines.csv", _csv() + b"\n" * 3_000_000),
    ("same heading.csv", ("名称," * 300).encode() + b"\n" + ("x," * 300).encode()),
    ("formulas.csv", _csv("=HYPERLINK(\"http://x.example\";\"看\"),CANTEEN,121.4,31.26".replace('"', "'"), "@SUM(A1),CANTEEN,121.4,31.26",
                          "+cmd|' /C calc'!A0,CANTEEN,121.4,31.26", "-1+1,CANTEEN,121.4,31.26")),
    ("markup.csv", _csv("<script>alert(1)</script>,CANTEEN,121.4,31.26", "<img src=x onerror=alert(1)>,CANTEEN,121.4,31.26")),
    ("bidi.csv", _csv("食\u202e堂\u2066,CANTEEN,121.4,31.26", "\u200b\ufeff,CANTEEN,121.4,31.26")),
    ("escapes.csv", _csv("\x1b[2J\x07食堂,CANTEEN,121.4,31.26")),
    ("no numbers.csv", _csv("食堂,CANTEEN,NaN,inf", "食堂,CANTEEN,1e999,-1e999", "食堂,CANTEEN,东经121度,北纬31度")),
    ("huge numbers.csv", _csv("食堂,CANTEEN," + "9" * 5000 + ",31.26", "食堂,CANTEEN,1e300,1e300")),
    ("swapped.csv", _csv("食堂,CANTEEN,31.26,121.4")),
    ("no place.csv", "名称,类别\r\n食堂,CANTEEN\r\n".encode()),
    ("picture.csv", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 100),
    ("program.txt", b"\x7fELF" + bytes(range(256)) * 100),
    ("archive.csv", b"PK\x03\x04" + b"\x00" * 100),
    ("a\x1b[31m\n\u202egpj.csv", _csv(_ROW.strip())),
    ("..\\..\\食堂.csv", _csv(_ROW.strip())),
]


# --- GeoJSON

def _feature(geometry: Any, **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "properties": {"name": "食堂", "kind": "CANTEEN", **properties}, "geometry": geometry}


def _collection(*features: Any, **more: Any) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": features, **more}).encode()


def _shape(kind: str, coordinates: Any) -> bytes:
    return _collection(_feature({"type": kind, "coordinates": coordinates}))


def _vrt(path: str) -> bytes:
    return f'<OGRVRTDataSource><OGRVRTLayer name="x"><SrcDataSource>{path}</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>'.encode()


FEATURES: list[tuple[str, Content]] = [
    ("deep.geojson", b"[" * 200_000),
    ("deep coordinates.geojson", _shape("Polygon", 1).replace(b": 1}", b": " + b"[" * 900 + b"]" * 900 + b"}")),
    ("deep attribute.geojson", _collection(_feature(None, note=1)).replace(b'"note": 1', b'"note": ' + b'{"a":' * 900 + b"1" + b"}" * 900)),
    ("cut off.geojson", _shape("Point", [121.4, 31.26])[:-30]),
    ("topology.json", b'{"type": "Topology", "objects": {}, "arcs": []}'),
    ("settings.json", b'{"a": 1}'),
    ("number.json", b"9" * 100_000),
    ("not a number.geojson", _shape("Point", [float("nan"), float("inf")])),
    ("texts as numbers.geojson", _shape("Point", ["121.4", "31.26"])),
    ("booleans.geojson", _shape("Point", [True, None])),
    ("one number.geojson", _shape("Point", [121.4])),
    ("huge integers.geojson", _shape("Point", [0, 0]).replace(b"[0, 0]", b"[" + b"9" * 5000 + b", 1]")),
    ("huge coordinates.geojson", _shape("Point", [1e300, -1e300])),
    ("point of one ring.geojson", _shape("Polygon", [[[121.4, 31.26]]])),
    ("open ring.geojson", _shape("Polygon", [[[121.4, 31.26], [121.41, 31.26], [121.41, 31.27], [121.4, 31.28]]])),
    ("bow tie.geojson", _shape("Polygon", [[[121.4, 31.26], [121.41, 31.27], [121.41, 31.26], [121.4, 31.27], [121.4, 31.26]]])),
    ("hole outside.geojson", _shape("Polygon", [[[121, 31], [121.1, 31], [121.1, 31.1], [121, 31]], [[5, 5], [6, 5], [6, 6], [5, 5]]])),
    ("no rings.geojson", _shape("Polygon", [])),
    ("antimeridian.geojson", _shape("Polygon", [[[179, 31], [-179, 31], [-179, 32], [179, 32], [179, 31]]])),
    ("poles.geojson", _shape("Point", [0, 90])),
    ("nested collections.geojson", _collection(_feature({"type": "GeometryCollection", "geometries": [
        {"type": "GeometryCollection", "geometries": []}]}))),
    ("unknown type.geojson", _shape("CircularString", [[0, 0], [1, 1], [2, 0]])),
    ("type is a list.geojson", _collection(_feature({"type": ["Point"], "coordinates": [0, 0]}))),
    ("null features.geojson", b'{"type": "FeatureCollection", "features": null}'),
    ("features are numbers.geojson", b'{"type": "FeatureCollection", "features": [1, null, "x", [], {}]}'),
    ("twice the same key.geojson", b'{"type": "FeatureCollection", "features": [], "features": [1]}'),
    ("lone surrogate.geojson", _collection(_feature({"type": "Point", "coordinates": [121.4, 31.26]}, note="x")).replace(b'"x"', b'"\\ud800"')),
    ("thousands of keys.geojson", _collection(*(_feature(None, **{f"k{row}": row}) for row in range(5_000)))),
    ("prototype.geojson", _collection(_feature({"type": "Point", "coordinates": [121.4, 31.26]}, __proto__={"x": 1}, constructor="y"))),
    ("foreign crs.geojson", _collection(crs={"type": "link", "properties": {"href": "http://x.example/crs"}})),
    ("crs of the moon.geojson", _collection(_feature({"type": "Point", "coordinates": [1, 2]}),
                                          crs={"type": "name", "properties": {"name": "IAU:30100"}})),
    ("a million points.geojson", _shape("LineString", [[121.4, 31.26]] * 300_000)),
    ("vrt.json", _vrt("/etc/passwd")),
]


# --- XML

def _kml(inside: str, before: str = "") -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?>{before}<kml xmlns="http://www.opengis.net/kml/2.2"><Document>{inside}</Document></kml>'.encode()


def _placemark(inside: str) -> str:
    return f"<Placemark><name>食堂</name>{inside}</Placemark>"


_LAUGHS = '<!DOCTYPE kml [<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10)) + "]>"
_OUTSIDE = '<!DOCTYPE kml [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
_PARAMETER = '<!DOCTYPE kml [<!ENTITY % x SYSTEM "http://127.0.0.1:9/x.dtd"> %x;]>'
_QUADRATIC = f'<!DOCTYPE kml [<!ENTITY a "{"x" * 100_000}">]>'
_POINT = "<Point><coordinates>121.4,31.26</coordinates></Point>"

MARKUP: list[tuple[str, Content]] = [
    ("billion laughs.kml", _kml(_placemark("<description>&a9;</description>" + _POINT), _LAUGHS)),
    ("quadratic.kml", _kml(_placemark(f"<description>{'&a;' * 10_000}</description>"), _QUADRATIC)),
    ("external entity.kml", _kml(_placemark("<description>&x;</description>" + _POINT), _OUTSIDE)),
    ("parameter entity.kml", _kml(_placemark(_POINT), _PARAMETER)),
    ("doctype alone.kml", _kml(_placemark(_POINT), '<!DOCTYPE kml SYSTEM "http://127.0.0.1:9/kml.dtd">')),
    ("deep.kml", _kml("<Folder>" * 100_000)),
    ("cut off.kml", _kml(_placemark(_POINT))[:-40]),
    ("bad coordinates.kml", _kml("".join(_placemark(f"<Point><coordinates>{text}</coordinates></Point>")
                                         for text in ("", "a,b", "121.4", "nan,inf", "121.4,31.26,x", "1e999,0")))),
    ("short ring.kml", _kml(_placemark("<Polygon><outerBoundaryIs><LinearRing><coordinates>1,1 2,2"
                                        "</coordinates></LinearRing></outerBoundaryIs></Polygon>"))),
    ("only a link.kml", _kml("<NetworkLink><Link><href>http://127.0.0.1:9/x.kml</href></Link></NetworkLink>")),
    ("script.kml", _kml(_placemark("<description><![CDATA[<script>alert(1)</script><b>食</b>]]></description>" + _POINT))),
    ("many attributes.kml", _kml("<Placemark " + " ".join(f'a{n}="1"' for n in range(50_000)) + f">{_POINT}</Placemark>")),
    ("deep multigeometry.kml", _kml(_placemark("<MultiGeometry>" * 90 + _POINT + "</MultiGeometry>" * 90))),
    ("wrong encoding.kml", _kml(_placemark(_POINT)).replace(b"UTF-8", b"UTF-7")),
    ("gbk said to be utf-8.kml", _kml(_placemark(_POINT)).decode().encode("gb18030")),
    ("vrt.kml", _vrt("/vsicurl/http://127.0.0.1:9/x")),
    ("web page.kml", b"<!DOCTYPE html><html><body>404</body></html>"),
    ("external entity.gpx", b'<?xml version="1.0"?><!DOCTYPE gpx [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
                            b'<gpx><wpt lat="1" lon="2"><name>&x;</name></wpt></gpx>'),
    ("no numbers.gpx", b'<gpx><wpt lat="x" lon=""/><wpt/><wpt lat="nan" lon="inf"/></gpx>'),
    ("empty track.gpx", b'<gpx><trk><name>x</name></trk><trk><trkseg><trkpt lat="31" lon="121"/></trkseg></trk></gpx>'),
    ("nothing.gpx", b"<gpx/>"),
]


# --- archives

def _zip(*members: tuple[str | zipfile.ZipInfo, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as archive:
        for name, content in members:
            archive.writestr(name, content, compress_type=method)
    return packed.getvalue()


def _link(name: str, to: str) -> tuple[zipfile.ZipInfo, bytes]:
    entry = zipfile.ZipInfo(name)
    entry.create_system, entry.external_attr = 3, 0o120777 << 16
    return entry, to.encode()


def _nested(levels: int) -> bytes:
    content = b"\x00" * 1_000_000
    for _ in range(levels):
        content = _zip(("inside.zip", content))
    return content


def _flagged(content: bytes, bit: int) -> bytes:
    """Set a bit in the flags of every entry, in both its headers."""
    changed = bytearray(content)
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = changed.find(mark)
        while start >= 0:
            changed[start + at] |= bit
            start = changed.find(mark, start + 4)
    return bytes(changed)


def _overlapping(count: int) -> bytes:
    """Let many entries of the directory point to one and the same content."""
    packed = _zip(("a.csv", b"\x00" * 3_000_000))
    start = packed.index(b"PK\x01\x02")
    end = packed.index(b"PK\x05\x06")
    entry = packed[start:end]
    entries = b"".join(entry[:46] + f"{n:05d}".encode() + entry[51:] for n in range(count))
    return packed[:start] + entries + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, len(entries), start, 0)


def _lying(size: int) -> bytes:
    """State a smaller size than what is packed."""
    packed = bytearray(_zip(("a.csv", b"x" * 50_000_000)))
    for mark, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        struct.pack_into("<L", packed, packed.index(mark) + at, size)
    return bytes(packed)


_TABLE = (_HEAD + _ROW).encode()
ARCHIVES: list[tuple[str, Content]] = [
    ("bomb.zip", _zip(("a.csv", b"\x00" * 120_000_000))),
    ("many bombs.zip", _zip(*((f"{n}.csv", b"\x00" * 3_900_000) for n in range(60)))),
    ("lying bomb.zip", _lying(100)),
    ("overlapping.zip", _overlapping(500)),
    ("nested.zip", _nested(5)),
    ("slip.zip", _zip(("../../../../slip.csv", _TABLE))),
    ("absolute.zip", _zip(("/slip.csv", _TABLE))),
    ("drive.zip", _zip(("C:\\slip.csv", _TABLE))),
    ("backslashes.zip", _zip(("..\\..\\slip.csv", _TABLE))),
    ("link.zip", _zip(_link("a.csv", "/etc/passwd"))),
    ("linked folder.zip", _zip(_link("a", "/etc"), ("a/passwd.csv", _TABLE))),
    ("locked.zip", _flagged(_zip(("a.csv", _TABLE)), 1)),
    ("thousands.zip", _zip(*((f"{n}.csv", b"") for n in range(5_000)), method=zipfile.ZIP_STORED)),
    ("twice.zip", _zip(("A.csv", _TABLE), ("a.csv", _TABLE))),
    ("cut off.zip", _zip(("a.csv", _TABLE))[:-30]),
    ("wrong sum.zip", _zip(("a.csv", _TABLE), method=zipfile.ZIP_STORED).replace("食堂".encode(), "食物".encode())),
    ("empty.zip", _zip()),
    ("nothing of ours.zip", _zip(("readme.md", b"x"))),
    ("lzma.zip", _zip(("a.csv", _TABLE), method=zipfile.ZIP_LZMA)),
    ("disguised.zip", _zip(("a.gpkg", _vrt("/etc/passwd")))),
    ("no kml.kmz", _zip(("x.png", b"x"))),
    ("laughs.kmz", _zip(("doc.kml", _kml(_placemark("&a9;"), _LAUGHS)))),
    ("folders.zip", _zip(*((f"{'d/' * 500}{n}/", b"") for n in range(100)))),
    ("rar.zip", b"Rar!\x1a\x07\x00" + b"\x00" * 50),
]


# --- workbooks

def _workbook(*rows: Iterable[Any]) -> bytes:
    packed = io.BytesIO()
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(list(row))
    book.save(packed)
    return packed.getvalue()


def _sheet(xml: str, shared: str = "") -> bytes:
    """Replace the sheet of a small workbook by raw XML."""
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    changed = {"xl/worksheets/sheet1.xml": f'<worksheet xmlns="{space}"><sheetData>{xml}</sheetData></worksheet>'.encode()}
    if shared:
        changed["xl/sharedStrings.xml"] = shared.encode()
    with zipfile.ZipFile(io.BytesIO(_workbook(["名称", "经度", "纬度"], ["食堂", 121.4, 31.26]))) as archive:
        return _zip(*((name, changed.get(name, archive.read(name))) for name in archive.namelist()))


def _far(path: Path) -> None:
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["名称", "经度"])
    sheet.write(1_048_575, 16_383, "远")
    book.close()


def _ole(stream: str) -> bytes:
    """The beginning of a compound file that names one stream; enough to tell what it is, not to read it."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 504 + stream.encode("utf-16-le") + b"\x00" * 512


_XXE = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
WORKBOOKS: list[tuple[str, Content]] = [
    ("password.xlsx", _ole("EncryptedPackage")),
    ("broken.xls", _ole("Workbook")),
    ("web page.xls", b"<html><table><tr><td>x</td></tr></table></html>"),
    ("far cell.xlsx", _far),
    ("bomb.xlsx", _sheet("<row>" + "<c><v>1</v></c>" * 8_000_000 + "</row>")),
    ("no cells.xlsx", _workbook()),
    ("entities.xlsx", _sheet("<row r='1'><c t='s' r='A1'><v>0</v></c></row>", f"{_XXE}<sst><si><t>&e;</t></si></sst>")),
    ("no such text.xlsx", _sheet("<row r='1'><c t='s' r='A1'><v>999999999</v></c></row>")),
    ("bad reference.xlsx", _sheet("<row r='0'><c r='ZZZZZZ99999999999'><v>1</v></c></row>")),
    ("backward rows.xlsx", _sheet("<row r='9'><c r='A9'><v>1</v></c></row><row r='1'><c r='A1'><v>2</v></c></row>")),
    ("errors.xlsx", _workbook(["名称", "经度", "纬度"], ["食堂", "#N/A", "#REF!"])),
    ("formulas.xlsx", _workbook(["名称", "经度", "纬度"], ["=1+1", 121.4, 31.26], ["=WEBSERVICE(\"http://127.0.0.1:9\")", 1, 2])),
    ("cut off.xlsx", _workbook(["名称"], ["食堂"])[:-500]),
    ("no workbook.xlsx", _zip(("a.txt", b"x"))),
    ("slip.xlsx", _zip(("../../x.xml", b"x"))),
    ("noise.ods", _zip(("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", b"<x>"))),
    ("repeated.ods", _zip(("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"), ("META-INF/manifest.xml", b"<manifest/>"), (
        "content.xml", b'<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x"><office:body><office:spreadsheet>'
        b'<table:table table:name="a"><table:table-row table:number-rows-repeated="1048576">'
        b'<table:table-cell table:number-columns-repeated="16384" office:value-type="string"><text:p>x</text:p></table:table-cell>'
        b"</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"))),
]


# --- databases

def _database(*statements: str, application: int = 0x47504B47) -> Callable[[Path], None]:
    def make(path: Path) -> None:
        with closing(sqlite3.connect(path)) as base:
            base.execute(f"PRAGMA application_id = {application}")
            base.executescript("""
                CREATE TABLE gpkg_contents (table_name TEXT, data_type TEXT);
                CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT, srs_id INTEGER);
                CREATE TABLE gpkg_spatial_ref_sys (srs_id INTEGER, organization TEXT, organization_coordsys_id INTEGER, definition TEXT);
                INSERT INTO gpkg_contents VALUES ('a', 'features');
                INSERT INTO gpkg_geometry_columns VALUES ('a', 'geom', 4326);
            """)
            base.executescript(";".join(statements))
            base.commit()
    return make


_FOREVER = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x AS geom FROM n"
DATABASES: list[tuple[str, Content]] = [
    ("vrt.gpkg", _vrt("/etc/passwd")),
    ("header alone.gpkg", b"SQLite format 3\x00" + b"\xff" * 4000),
    ("plain sqlite.gpkg", lambda path: sqlite3.connect(path).executescript("CREATE TABLE x (y)").connection.close()),
    ("no table.gpkg", _database()),
    ("endless view.gpkg", _database(f"CREATE VIEW a AS {_FOREVER}")),
    ("view for a catalogue.gpkg", _database("DROP TABLE gpkg_contents",
                                            f"CREATE VIEW gpkg_contents AS SELECT geom AS table_name, 'features' AS data_type FROM ({_FOREVER})")),  # noqa: S608
    ("virtual table.gpkg", _database("CREATE VIRTUAL TABLE a USING fts5(geom)")),
    ("generated column.gpkg", _database("CREATE TABLE a (geom BLOB, x GENERATED ALWAYS AS (hex(zeroblob(100000000))) VIRTUAL)",
                                        "INSERT INTO a (geom) VALUES (NULL)")),
    ("trigger.gpkg", _database("CREATE TABLE a (geom BLOB)", "CREATE TRIGGER t AFTER INSERT ON a BEGIN DELETE FROM gpkg_contents; END")),
    ("quoted name.gpkg", _database("CREATE TABLE \"x\"\"; DROP TABLE gpkg_contents; --\" (geom BLOB)", "UPDATE gpkg_contents SET table_name = "
                                   "'x\"; DROP TABLE gpkg_contents; --'")),
    ("bad blobs.gpkg", _database("CREATE TABLE a (geom BLOB, name TEXT)", "INSERT INTO a VALUES (x'4750', 'x'), (x'47500001E6100000', 'y'), "
                                 "(7, 'z'), (x'475000FFE6100000FFFFFFFF', x'FF')")),
    ("huge count in wkb.gpkg", _database("CREATE TABLE a (geom BLOB)", "INSERT INTO a VALUES (x'47500001E61000000102000000FFFFFF7F')")),
    ("many columns.gpkg", _database("CREATE TABLE a (geom BLOB, " + ", ".join(f"c{n}" for n in range(1_500)) + ")")),
]


# --- Shapefiles

def _shapefile(change: Callable[[Path], None], *, texts: Iterable[str] = ("食堂",), encoding: str = "gb18030") -> Callable[[Path], None]:
    def make(path: Path) -> None:
        names = np.array(list(texts), dtype=object)
        shapes = np.array([shapely.to_wkb(shapely.Point(121.4, 31.26))] * len(names), dtype=object)
        pyogrio.raw.write(path, shapes, [names], ["名称"], geometry_type="Point", crs="EPSG:4326", driver="ESRI Shapefile", encoding=encoding)
        change(path)
    return make


def _patch(suffix: str, at: int, content: bytes) -> Callable[[Path], None]:
    def change(path: Path) -> None:
        with path.with_suffix(suffix).open("r+b") as file:
            file.seek(at)
            file.write(content)
    return change


def _keep(suffix: str, size: int) -> Callable[[Path], None]:
    return lambda path: os.truncate(path.with_suffix(suffix), size)


SHAPEFILES: list[tuple[str, Content]] = [
    ("vrt.shp", _vrt("/etc/passwd")),
    ("magic alone.shp", b"\x00\x00\x27\x0a"),
    ("cut off.shp", _shapefile(_keep(".shp", 110))),
    ("no index.shp", _shapefile(lambda path: path.with_suffix(".shx").unlink())),
    ("no table.shp", _shapefile(lambda path: path.with_suffix(".dbf").unlink())),
    ("cut table.shp", _shapefile(_keep(".dbf", 70))),
    ("index beyond.shp", _shapefile(_patch(".shx", 100, b"\x7f\xff\xff\xff"))),
    ("negative length.shp", _shapefile(_patch(".shx", 104, b"\xff\xff\xff\xff"))),
    ("record of another type.shp", _shapefile(_patch(".shp", 108, struct.pack("<i", 31)))),
    ("no number.shp", _shapefile(_patch(".shp", 112, struct.pack("<d", float("nan"))))),
    ("millions of records.shp", _shapefile(_patch(".dbf", 4, struct.pack("<I", 0x7FFFFFFF)))),
    ("lying cpg.shp", _shapefile(lambda path: path.with_suffix(".cpg").write_text("UTF-8"))),
    ("no cpg.shp", _shapefile(lambda path: path.with_suffix(".cpg").unlink())),
    ("binary cpg.shp", _shapefile(lambda path: path.with_suffix(".cpg").write_bytes(b"\x00\xff" * 1_000))),
    ("wild prj.shp", _shapefile(lambda path: path.with_suffix(".prj").write_text("PROJCS[" * 10_000))),
    ("cut characters.shp", _shapefile(lambda path: None, texts=["万" * 84])),
]


# --- drawings

def _dxf(*pairs: tuple[int, Any], encoding: str = "utf-8") -> bytes:
    text = "".join(f"{code}\n{value}\n" for code, value in [(0, "SECTION"), (2, "ENTITIES"), *pairs, (0, "ENDSEC"), (0, "EOF")])
    return text.encode(encoding)


def _text(words: str, x: Any = 538000.0) -> list[tuple[int, Any]]:
    return [(0, "TEXT"), (8, "CANTEEN"), (10, x), (20, 3460000.0), (30, 0.0), (40, 2.5), (1, words)]


DRAWINGS: list[tuple[str, Content]] = [
    ("gbk.dxf", _dxf(*_text("万里长者食堂"), encoding="gb18030")),
    ("no numbers.dxf", _dxf(*_text("食堂", "nan"), *_text("食堂", "inf"), *_text("食堂", "x"))),
    ("cut off.dxf", _dxf(*_text("食堂"))[:60]),
    ("binary.dxf", b"AutoCAD Binary DXF\r\n\x1a\x00" + b"\x00" * 100),
    ("dwg.dxf", b"AC1032" + b"\x00" * 100),
    ("vrt.dxf", _vrt("/etc/passwd")),
    ("wild polyline.dxf", _dxf((0, "LWPOLYLINE"), (8, "0"), (90, 2_000_000_000), (70, 1), (10, 1), (20, 1))),
    ("block in itself.dxf", b"0 SECTION 2 BLOCKS 0 BLOCK 8 0 2 A 70 0 10 0 20 0 0 INSERT 8 0 2 A 10 0 20 0 0 ENDBLK 0 ENDSEC ".replace(b" ", b"\n")
     + _dxf((0, "INSERT"), (8, "0"), (2, "A"), (10, 1), (20, 1))),
    ("array of blocks.dxf", _dxf((0, "INSERT"), (8, "0"), (2, "A"), (10, 1), (20, 1), (70, 30_000), (71, 30_000), (44, 1), (45, 1))),
    ("spline.dxf", _dxf((0, "SPLINE"), (8, "0"), (70, 8), (71, 2_000_000_000), (72, 2_000_000_000), (73, 2_000_000_000), (10, 1), (20, 1))),
]


# --- what is no file, or not what it says

NO_FILES: list[tuple[str, Content]] = [
    ("folder.csv", lambda path: path.mkdir()),
    ("pipe.csv", os.mkfifo),
    ("dead link.csv", lambda path: path.symlink_to("nowhere.csv")),
    ("link to itself.geojson", lambda path: path.symlink_to(path.name)),
    ("device.csv", lambda path: path.symlink_to("/dev/zero")),
    ("too large.csv", lambda path: (path.write_bytes(b"x"), os.truncate(path, 101 * 1024 * 1024))[0] and None),
    ("report.pdf", b"%PDF-1.7\n"),
    ("program.exe", b"MZ"),
    ("no suffix", b"x"),
    ("packed.geojson", b"\x1f\x8b" + zlib.compress(b"\x00" * 10_000_000)),
]
