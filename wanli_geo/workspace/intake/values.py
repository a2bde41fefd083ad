"""The cells of a planner's file as the values of a layer: what is written brought to the column's type, or told row by row."""

from __future__ import annotations

import json
import math
import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wanli_geo.workspace.attributes import columns_of
from wanli_geo.workspace.faults import CONTROL, found
from wanli_geo.workspace.findings import Finding, errors
from wanli_geo.workspace.intake.coordinates import coordinates_of, wkt_of
from wanli_geo.workspace.intake.headings import KEPT, LEFT_OUT, PLACES, SIXTY_PLUS, Matched, folded, forms
from wanli_geo.workspace.intake.raw import Raw, Value
from wanli_geo.workspace.intake.spoken_hours import hours_of
from wanli_geo.workspace.intake.synonyms import CHOICES, FLAGS, NO, NOTHING, PLAIN_UNITS, SCALES, TOTALS, YES
from wanli_geo.workspace.parsing import Features
from wanli_geo.workspace.specs import Column, LayerSpec

EXAMPLE = "示例"  # an id that begins so marks the example row of a template, which is never data
_NUMERIC_LISTS = ("minutes",)
_STOREYS = ("floor", "level")
_DATE = re.compile(r"(\d{4})(?:[-/.年]\s*(\d{1,2}))?(?:[-/.月]\s*(\d{1,2}))?\s*[年月日号]?")
_DIGITS = {sign: str(place) for place, sign in enumerate("零一二三四五六七八九十")}


@dataclass(frozen=True, eq=False)
class Read:
    """What the rows say.

    Attributes:
        properties: one a row: what is known, as JSON would hold it; what could not be read is left out, and an error of `findings`.
        lon_x, lat_y: (n,) of the columns of a place, NaN where empty or unreadable; None where there are none.
        wkt: (n,) texts; None where there is no such column.
        findings: `index` is the place in the raw rows; each names the row and the heading as the planner sees them.
    """

    properties: list[dict[str, Any]]
    lon_x: NDArray[np.float64] | None
    lat_y: NDArray[np.float64] | None
    wkt: list[str | None] | None
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class _Unread:
    """A value that says nothing a column can take, and the fault to tell."""

    code: str


def without_examples(raw: Raw, matched: Matched) -> Raw:
    """Leave out the rows that are no feature: a template's example, whose id begins with 示例, and a sum (合计), which is told."""
    heading = matched.heading("id")
    ids = [None] * len(raw) if heading is None else raw.columns[heading]
    firsts = [next((values[row] for values in raw.columns.values() if values[row] is not None), None) for row in range(len(raw))]
    keep = [row for row, (one, first) in enumerate(zip(ids, firsts, strict=True)) if not str(one or "").strip().startswith(EXAMPLE)
            and not _is_total(first)]
    if len(keep) == len(raw):
        return raw
    totals = [found("total_row", matched.layer, row=raw.rows[row], value=first) for row, first in enumerate(firsts) if _is_total(first)]
    place = {row: at for at, row in enumerate(keep)}
    return replace(
        raw, columns={name: [values[row] for row in keep] for name, values in raw.columns.items()}, rows=[raw.rows[row] for row in keep],
        geometry=None if raw.geometry is None else raw.geometry[keep],
        findings=tuple(replace(one, index=None if one.index is None else place[one.index]) for one in raw.findings
                       if one.index is None or one.index in place) + tuple(totals),
    )


def _is_total(cell: Value) -> bool:
    return isinstance(cell, str) and folded(cell) in TOTALS


def read_values(raw: Raw, matched: Matched, spec: LayerSpec, *, kind: str = "") -> Read:
    """Read every cell for the column its heading means.

    Args:
        kind: of the rows that do not say their own.
    """
    findings = list[Finding]()
    columns = dict[str, list[Any]]()
    for heading, target in matched.targets.items():
        if target not in PLACES and target != LEFT_OUT:
            values, told = _column(heading, target, raw, spec)
            columns[heading if target == KEPT else target] = values
            findings += told
    findings += _without_running(columns, matched, spec)
    findings += _part_ages(columns, matched, raw, spec)
    if kind and any(column.name == "kind" for column in spec.columns):
        own = _convert(spec.column("kind"), kind, 1)
        columns["kind"] = [own if value is None else value for value in columns.get("kind", [None] * len(raw))]
    properties, judged = _judged(columns, spec, len(raw))
    x, y, told = coordinates_of(raw, matched, spec)
    return Read(properties, x, y, wkt_of(raw, matched), tuple(placed([*findings, *judged, *told], raw, matched)))


def placed(findings: Iterable[Finding], raw: Raw, matched: Matched) -> list[Finding]:
    """Say in each finding of a row which row and heading it is, as the planner sees them."""
    heading_of = {target or heading: heading for heading, target in reversed(list(matched.targets.items()))}
    return [_placed(one, raw, heading_of.get(one.column or "", "")) for one in findings]


def _placed(finding: Finding, raw: Raw, heading: str) -> Finding:
    if finding.index is None:
        return finding
    number = raw.rows[finding.index]
    zh, en = (f"第 {number} 行", f"Row {number}") if raw.geometry is None else (f"第 {number} 个要素", f"Feature {number}")
    if heading:
        heading = " ".join(heading.split())
        zh, en = f"{zh}“{heading}”", f"{en}, “{heading}”"
    return replace(finding, zh=f"{zh}：{finding.zh}", en=f"{en}: {finding.en}")


# -- a column --------------------------------------------------------------------------------------------------------------------


def _column(heading: str, target: str, raw: Raw, spec: LayerSpec) -> tuple[list[Any], list[Finding]]:
    """Read a column, each distinct value once."""
    column = next((one for one in spec.columns if one.name == target), Column(target or heading, "integer", heading, heading))
    cells, dirty = _without_controls(raw.columns[heading])
    scale = _scale(heading)
    read: dict[tuple[type, Value], Any] = {(type(None), None): None}  # 1, 1.0 and True are one key, so the type is a part of it
    values = list[Any]()
    findings = [found("control_signs", spec.name, column=column.name, count=dirty)] if dirty else list[Finding]()
    for row, cell in enumerate(cells):
        key = (type(cell), cell)
        if key not in read:
            read[key] = _as_it_is(cell) if target == KEPT else _convert(column, cell, scale)
        value = read[key]
        if isinstance(value, _Unread):
            findings.append(found(value.code, spec.name, index=row, column=column.name, name=column.zh, value=cell))
            value = None
        values.append(value)
    return values, findings


def _without_controls(cells: list[Value]) -> tuple[list[Value], int]:
    """Take the invisible signs and the blanks around texts away; and count the texts that had such signs."""
    clean = [CONTROL.sub("", cell).strip(" \t\r\n\u3000\xa0\u200b") or None if isinstance(cell, str) else cell for cell in cells]
    return [None if isinstance(cell, float) and math.isnan(cell) else cell for cell in clean], sum(
        isinstance(cell, str) and CONTROL.search(cell) is not None for cell in cells)


def _scale(heading: str) -> float:
    """What one of the heading's unit is in the column's own: “人口（万人）” 10,000."""
    text = unicodedata.normalize("NFKC", heading).casefold()
    units = re.findall(r"[(\[]\s*(?:单位:?)?\s*([^()\[\]]+?)\s*[)\]]", text) + text.split("/")[1:]
    return next((SCALES[unit.strip()] for unit in units if unit.strip() in SCALES), 1.0)


def _judged(columns: dict[str, list[Any]], spec: LayerSpec, count: int) -> tuple[list[dict[str, Any]], list[Finding]]:
    """Hold the values against the contract; what it refuses is left out, what is missing is for the draft to tell."""
    rows = [{name: values[row] for name, values in columns.items() if values[row] is not None} for row in range(count)]
    ids: list[str | None] = [str(at) for at in range(count)]
    _, findings = columns_of(Features(list(range(count)), ids, rows, [None] * count), spec)
    findings = [replace(one, id=None) for one in findings if not one.code.startswith("missing_")]
    for one in errors(findings):
        if one.index is not None and one.column is not None:
            rows[one.index].pop(one.column, None)
    return rows, findings


def _without_running(columns: dict[str, list[Any]], matched: Matched, spec: LayerSpec) -> list[Finding]:
    """Ids that only count the rows from 1 are none: the next list counts other rows so. Unless the planner said that they are."""
    heading = matched.heading("id")
    ids = columns.get("id", [])
    if heading is None or matched.how[heading] == "said" or not ids or ids != [str(place) for place in range(1, len(ids) + 1)]:
        return []
    del columns["id"]
    return [found("running_ids", spec.name, column="id", heading=heading, count=len(ids))]


def _part_ages(columns: dict[str, list[Any]], matched: Matched, raw: Raw, spec: LayerSpec) -> list[Finding]:
    """Those of 60 and over less those of 80 and over are those of 60 to 79. Unknown is not zero: without the second, the first stays as it is."""
    older = columns.pop(SIXTY_PLUS, None)
    if older is None:
        return []
    oldest = columns.get("residents_80_plus", [None] * len(raw))
    heading = str(matched.heading(SIXTY_PLUS))
    columns[heading] = [whole if part is None else None for whole, part in zip(older, oldest, strict=True)]
    findings = list[Finding]()
    if unparted := sum(value is not None for value in columns[heading]):
        findings.append(found("ages_unparted", spec.name, column=heading, heading=heading, count=unparted))
    else:
        del columns[heading]
    parted = columns.setdefault("residents_60_79", [None] * len(raw))
    for row, (whole, part) in enumerate(zip(older, oldest, strict=True)):
        if not isinstance(whole, int) or not isinstance(part, int) or parted[row] is not None:
            continue
        if whole < part:
            findings.append(found("ages_negative", spec.name, index=row, column=SIXTY_PLUS, older=whole, oldest=part))
        else:
            parted[row] = whole - part
    return findings


# -- a value ---------------------------------------------------------------------------------------------------------------------


def _convert(column: Column, value: Value, scale: float) -> Any:
    """Bring a cell to the type of its column; None where it says that nothing is known."""
    if isinstance(value, str) and column.type != "boolean" and value.casefold() in NOTHING:
        return None
    if column.type in ("number", "integer"):
        return _number(column, value, scale)
    return _CONVERTERS[column.type](column, value)


def _as_it_is(value: Value) -> Value:
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _text(column: Column, value: Value) -> str:
    """A text; a number that a sheet made of an id or of a phone is its digits again."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, (int, float)):
        return f"{value:.0f}" if float(value).is_integer() else repr(value)
    text = str(value)
    names = column.name in ("id", "phone", "code", "of") or column.refers
    text = re.sub(r"^(\d+)\.0$", r"\1", text) if names else text
    return text[1:] if re.match(r"'[=+\-@\d]", text) else text  # the sign that keeps a formula or a number a text


def _number(column: Column, value: Value, scale: float) -> Any:
    number: Any = value
    if isinstance(value, str):
        number = _storey(value) if column.name in _STOREYS else None
        number = _number_in(value, scale) if number is None else number
    elif isinstance(value, bool):
        return _Unread("not_number")
    elif value is not None and scale != 1:
        number = value * scale
    if isinstance(number, _Unread) or number is None or not math.isfinite(number):
        return number
    return round(number) if abs(number - round(number)) < 1e-9 and abs(number) < 1e15 else number


def _number_in(text: str, scale: float = 1.0) -> float | _Unread:
    """The one number of a text; `scale` is of the heading's unit, where the text has none of its own."""
    plain = re.sub("[–—―~〜∼－-]+", "-", unicodedata.normalize("NFKC", text).casefold()).replace(" ", "")
    if re.search(r"\d\D*[-至到]\D*\d", plain):
        return _Unread("number_span")
    match = re.fullmatch(r"(?:约|大约|近|共|合计)?([+-]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d+)?(?:e[+-]?\d+)?)([^\d.,]*\d?)", plain)
    if match is None or not re.search(r"\d", match[1]):
        return _Unread("not_number")
    unit = match[2].removesuffix("左右")
    if unit and unit not in PLAIN_UNITS and unit not in SCALES:
        return _Unread("not_number")
    factor = SCALES.get(unit, 1.0 if unit else scale)
    return float(match[1].replace(",", "")) * factor


def _storey(text: str) -> float | None:
    """A storey as it is spoken: “3F”, “三楼”, “B1”, “地下1层”; None where it is none."""
    plain = unicodedata.normalize("NFKC", text).casefold().replace(" ", "")
    match = re.fullmatch(r"(地下|负|b)?第?(十?[一二三四五六七八九十]|\d{1,3})(?:楼|层|f)?", plain)
    if match is None:
        return None
    number = sum(int(_DIGITS[sign]) for sign in match[2]) if match[2] in _DIGITS or match[2][0] == "十" else int(match[2])
    return float(-number if match[1] else number)


def _flag(column: Column, value: Value) -> Any:
    if isinstance(value, bool):
        return value
    text = unicodedata.normalize("NFKC", f"{value:.0f}" if isinstance(value, float) and value.is_integer() else str(value)).casefold()
    if text in FLAGS.get(column.name, {}):
        return FLAGS[column.name][text]
    if text in YES:
        return True
    if text in NO:
        return False
    return None if text in NOTHING else _Unread("not_flag")


def _choice(column: Column, value: Value) -> str:
    """The choice that a value means by its code, by its name in either language, or by another word for it; else the value itself."""
    text = _text(column, value)
    words = _words(column)
    meant = [words[form] for form in forms(text) if form in words]
    return meant[0] if folded(text) in words or len(set(meant)) == 1 else text


@cache
def _words(column: Column) -> dict[str, str]:
    words = {folded(word): code for word, code in CHOICES.get(column.name, {}).items() if code in column.codes}
    return words | {folded(name): choice[0] for choice in reversed(column.choices) for name in choice}


def _date(_column: Column, value: Value) -> Any:
    """A date as YYYY, YYYY-MM or YYYY-MM-DD; what is none stays as it is, to be told."""
    text = unicodedata.normalize("NFKC", f"{value:.10g}" if isinstance(value, float) else str(value))
    text = re.sub(r"[ T]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?Z?$", "", text)
    match = _DATE.fullmatch(text) or re.fullmatch(r"(\d{4})(\d{2})(\d{2})", text)
    if match is None or (isinstance(value, float) and text.endswith(".1")):  # 2024.1 in a sheet may have been typed 2024.10
        return text
    return "-".join(part if len(part) > 2 else f"{int(part):02}" for part in match.groups() if part)


def _hours(_column: Column, value: Value) -> Any:
    return hours_of(str(value)) or _Unread("not_hours")


def _list(column: Column, value: Value) -> list[Any]:
    text = _text(column, value)
    if text.startswith("["):
        try:
            members = json.loads(text)
        except json.JSONDecodeError:
            members = None
        if isinstance(members, list):
            return members
    parts = [part.strip() for part in re.split(r"[、；，,;|\n]", text) if part.strip()]
    return [_numeral(part) for part in parts] if column.name in _NUMERIC_LISTS else list(parts)


def _numeral(text: str) -> Any:
    number = _number_in(text)
    return text if isinstance(number, _Unread) else _as_it_is(number)


_CONVERTERS: dict[str, Callable[[Column, Value], Any]] = {
    "text": _text, "boolean": _flag, "choice": _choice, "date": _date, "list": _list, "hours": _hours,
}
