"""Which files can be read, told by their names and their first bytes; never by what a library takes them for."""

from __future__ import annotations

FORMATS = {
    ".xlsx": "xlsx", ".xlsm": "xlsx", ".xls": "xls", ".ods": "ods",
    ".csv": "csv", ".txt": "csv", ".tsv": "csv",
    ".geojson": "geojson", ".json": "geojson",
    ".gpkg": "gpkg", ".shp": "shp", ".zip": "zip",
    ".kml": "kml", ".kmz": "kmz", ".gpx": "gpx", ".dxf": "dxf",
}  # suffix → format; a zip holds a Shapefile or one file of another format

_BEGINNINGS = {
    b"PK\x03\x04": "zip",
    b"PK\x05\x06": "zip",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "ole",
    b"SQLite format 3\x00": "sqlite",
    b"\x00\x00\x27\x0a": "shp",
    b"%PDF": "pdf",
    b"Rar!": "rar",
    b"7z\xbc\xaf": "7z",
    b"\x1f\x8b": "gzip",
    b"AutoCAD Binary DXF": "binary dxf",
    b"AC10": "dwg",
}  # first bytes → what they are the mark of
_TOLD = {
    "zip": ("压缩包或 Excel 工作簿", "an archive or a workbook"), "ole": ("旧版 Office 文件或带密码的工作簿", "an old or locked Office file"),
    "sqlite": ("SQLite 数据库", "an SQLite database"), "shp": ("Shapefile", "a Shapefile"), "pdf": ("PDF", "a PDF"),
    "rar": ("RAR 压缩包", "a RAR archive"), "7z": ("7z 压缩包", "a 7z archive"), "gzip": ("gzip 压缩文件", "a gzip file"),
    "binary dxf": ("二进制 DXF", "a binary DXF"), "dwg": ("DWG 图纸", "a DWG drawing"), "": ("文字或别的内容", "text or something else"),
}
_CONTAINERS = {
    "xlsx": {"zip", "ole"}, "xls": {"ole", "zip"}, "ods": {"zip"}, "zip": {"zip"}, "kmz": {"zip"},
    "gpkg": {"sqlite"}, "shp": {"shp"},
}  # format → the marks it may bear; a format not named here is text and bears none


def mark(beginning: bytes) -> str:
    """Name what the first bytes (20 will do) are the mark of; "" for text and whatever is not known."""
    return next((kind for start, kind in _BEGINNINGS.items() if beginning.startswith(start)), "")


def told(beginning: bytes) -> tuple[str, str]:
    """Say in Chinese and English what a file that begins so holds."""
    return _TOLD[mark(beginning)]


def fits(format: str, beginning: bytes) -> bool:
    """Tell whether a file that begins so can be of this format."""
    return mark(beginning) in _CONTAINERS.get(format, {""})
