"""Bytes to features: the encoding, the JSON and the frame of a GeoJSON file. Nothing a stranger sends makes it raise."""

from __future__ import annotations

import codecs
import json
import re
from dataclasses import dataclass
from typing import Any

from wanli_geo.workspace.faults import CONTROL, brief, found
from wanli_geo.workspace.findings import Finding

# WGS84 by its several names, and CGCS2000 (EPSG:4490), the same to some centimetres.
_WGS84_NAMES = re.compile(r"CRS:?84|EPSG:[\d.]*:?(4326|4490|4979)", re.IGNORECASE)
_LONGEST_INT = 40  # digits; longer ones are read as floats (inf at last), never as integers

Fault = tuple[str, dict[str, Any]]  # its code and the words that fill its sentences


@dataclass(frozen=True)
class Features:
    """The features whose frame is whole, as parallel lists: place in the file, id (None: none given), properties, geometry."""

    index: list[int]
    ids: list[str | None]
    properties: list[dict[str, Any]]
    geometries: list[Any]


def parse(content: bytes, layer: str) -> tuple[Features, list[Finding]]:
    """Read the frame of a GeoJSON file: what is no feature at all is left out, each with a finding. Never raises."""
    text, findings = _decode(content, layer)
    if text is None:
        return Features([], [], [], []), findings
    document, broken = load(text, layer)
    if broken:
        return Features([], [], [], []), [*findings, *broken]
    rows, more = _rows(document, layer)
    features, worse = _features(rows, layer, surrogates=b"\\ud" in content or b"\\uD" in content)
    return features, [*findings, *more, *worse]


def _decode(content: bytes, layer: str) -> tuple[str | None, list[Finding]]:
    findings = []
    if not content.strip():
        return None, [found("empty_file", layer)]
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return None, [found("utf16", layer)]
    if content.startswith(codecs.BOM_UTF8):
        content = content[3:]
        findings.append(found("bom", layer))
    try:
        return content.decode(), findings
    except UnicodeDecodeError as wrong:
        return None, [*findings, _undecodable(content, wrong, layer)]


def _undecodable(content: bytes, wrong: UnicodeDecodeError, layer: str) -> Finding:
    place: dict[str, Any] = {"line": content.count(b"\n", 0, wrong.start) + 1, "byte": wrong.start + 1}
    if wrong.reason == "unexpected end of data":
        return found("truncated", layer, **place)
    rough = content.decode(errors="replace")
    broken = rough.count("\ufffd")
    good = sum(sign > "\x7f" for sign in rough) - broken
    try:
        content.decode("gb18030")
    except UnicodeDecodeError:
        return found("not_utf8", layer, **place)
    return found("gbk", layer) if broken > good else found("not_utf8", layer, **place)


class _Twice(dict[str, Any]):
    """A JSON object in which a key stands twice."""

    key: str


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    plain = dict(pairs)
    if len(plain) == len(pairs):
        return plain
    twice, seen = _Twice(plain), set[str]()
    twice.key = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
    return twice


def _integer(digits: str) -> float:
    return int(digits) if len(digits) <= _LONGEST_INT else float(digits)


def load(text: str, layer: str) -> tuple[Any, list[Finding]]:
    """Read JSON; None and a finding where it is none. An object with a key twice is told by `frame_fault`."""
    try:
        return json.loads(text, object_pairs_hook=_object, parse_int=_integer), []
    except RecursionError:
        return None, [found("too_deep", layer)]
    except json.JSONDecodeError as wrong:
        byte = len(text[: wrong.pos].encode()) + 1
        rest = text[wrong.pos :]
        cut = wrong.pos and (wrong.msg.startswith("Unterminated string") or re.fullmatch(r"[-+.\w\\]{0,30}\s*", rest))
        if cut:
            return None, [found("truncated", layer, line=text.count("\n") + 1, byte=len(text.encode()))]
        near = brief(rest.split("\n", 1)[0], 20)
        return None, [found("not_json", layer, line=wrong.lineno, place=wrong.colno, byte=byte, near=near)]


def _rows(document: Any, layer: str) -> tuple[list[Any], list[Finding]]:
    """The members of `features`; none where the document as a whole cannot be trusted."""
    if isinstance(document, _Twice):
        return [], [found("duplicate_key", layer, key=document.key)]
    kind = document.get("type") if isinstance(document, dict) else document
    if not isinstance(document, dict) or kind != "FeatureCollection" or not isinstance(document.get("features"), list):
        return [], [found("not_collection", layer, found=kind)]
    crs = document.get("crs")
    if crs is not None and not _is_wgs84(crs):
        name = crs["properties"].get("name", crs) if isinstance(crs, dict) and isinstance(crs.get("properties"), dict) else crs
        return [], [found("foreign_crs", layer, crs=name)]
    return document["features"], []


def _is_wgs84(crs: Any) -> bool:
    """Judge a `crs` member of GeoJSON 2008."""
    properties = crs.get("properties") if isinstance(crs, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    return isinstance(name, str) and _WGS84_NAMES.search(name) is not None


def _features(rows: list[Any], layer: str, *, surrogates: bool) -> tuple[Features, list[Finding]]:
    features, findings = Features([], [], [], []), list[Finding]()
    first: dict[str, int] = {}
    for index, row in enumerate(rows):
        fault = frame_fault(row) or (_text_fault(row) if surrogates else None)
        if fault:
            findings.append(found(fault[0], layer, index=index, **fault[1]))
            continue
        properties = row.get("properties") or {}
        inner = properties.get("id")
        key = inner if row.get("id") is None else row["id"]
        text = key if isinstance(key, str) and key.strip() else None
        fault = _id_fault(key, inner, first)
        if fault:
            findings.append(found(fault[0], layer, index=index, id=text, column="id", **fault[1]))
        if text is not None:
            first.setdefault(text, index)
        features.index.append(index)
        features.ids.append(text)
        features.properties.append(properties)
        features.geometries.append(row.get("geometry"))
    return features, findings


def frame_fault(row: Any) -> Fault | None:
    """What keeps a row from being read at all."""
    if type(row) not in (dict, _Twice) or row.get("type") != "Feature":
        return "not_feature", {"found": row.get("type") if isinstance(row, dict) else row}
    properties, geometry = row.get("properties"), row.get("geometry")
    for part in (row, properties, geometry):
        if type(part) is _Twice:
            return "duplicate_key", {"key": part.key, "column": part.key if part is properties else None}
    return None if properties is None or type(properties) is dict else ("not_properties", {"found": properties})


def _text_fault(row: dict[str, Any]) -> Fault | None:
    """A lone half of a surrogate pair can be parsed but never written."""
    try:
        json.dumps([row.get("id"), row.get("properties")], ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return "bad_text", {}
    return None


def _id_fault(key: Any, inner: Any, first: dict[str, int]) -> Fault | None:
    if key is None or (isinstance(key, str) and not key.strip()):
        return "missing_id", {}
    if not isinstance(key, str):
        return "id_not_text", {"found": key}
    if CONTROL.search(key) or any(sign in key for sign in "\t\n\r"):
        return "control_id", {"key": key}
    if inner is not None and inner != key:
        return "two_ids", {"outer": key, "inner": inner}
    return ("duplicate_id", {"key": key, "first": first[key] + 1}) if key in first else None
