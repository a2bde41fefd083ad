"""The attributes of features against the contract of their layer, a whole column at a time."""

from __future__ import annotations

import difflib
import json
import math
import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from wanli_geo.errors import BadHours
from wanli_geo.workspace.faults import CONTROL, brief, found
from wanli_geo.workspace.findings import Finding
from wanli_geo.workspace.hours import parse_hours
from wanli_geo.workspace.parsing import Features
from wanli_geo.workspace.specs import Column, LayerSpec

_Fault = tuple[str, dict[str, Any]]

_TAKES: dict[str, tuple[type, ...]] = {
    "text": (str,), "choice": (str,), "date": (str,), "hours": (str,), "number": (int, float), "integer": (int, float),
    "boolean": (bool,), "list": (list,),
}  # column type → the types JSON may give
_WANTED = {
    str: ("文字，请加引号", "a text (put it in quotes)"),
    int: ("数，请去掉引号和单位", "a number (take off quotes and units)"),
    bool: ("是否，请写 true 或 false", "a flag (write true or false)"),
    list: ("列表，请写成 [ ]", "a list (write it in [ ])"),
}
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
_GEOMETRY = "geometry"
_MOST_EXTRAS = 200
_MOST_HINTS = 50  # a nearest name is looked for so many distinct values: it is slow, and a wrong column has as many as rows
_DEEPEST = 16


def columns_of(features: Features, spec: LayerSpec) -> tuple[dict[str, list[Any]], list[Finding]]:
    """Check every attribute.

    Returns:
        the values by column in the order of `spec`, then columns of no contract by name; None is missing (an empty text too);
        values with an error finding are as they stood.
    """
    present = set().union(*(row.keys() for row in features.properties))
    columns: dict[str, list[Any]] = {"id": list(features.ids)}
    features, findings = _without_controls(features, spec)
    for column in spec.columns:
        if column.name == "id":
            continue
        columns[column.name] = _values(column.name, features) if column.name in present else [None] * len(features.index)
        if column.required and column.name not in present and features.index:
            findings.append(found("missing_column", spec.name, column=column.name, name=column.zh))
        else:
            findings += _column_findings(column, columns[column.name], features, spec)
    extras, more = _extras(sorted(present - columns.keys()), features, spec)
    return columns | extras, findings + more


def _without_controls(features: Features, spec: LayerSpec) -> tuple[Features, list[Finding]]:
    """Drop control characters from every text, told once a column: what would be obeyed where it is shown is no part of a name."""
    count = dict[str, int]()
    rows = []
    for row in features.properties:
        dirty = {name: _plain(value) for name, value in row.items() if value.__class__ in (str, list) and _has_controls(value)}
        for name in dirty:
            count[name] = count.get(name, 0) + 1
        rows.append(row | dirty if dirty else row)
    findings = [found("control_signs", spec.name, column=name, count=number) for name, number in sorted(count.items()) if name != "id"]
    return replace(features, properties=rows), findings


def _has_controls(value: Any) -> bool:
    if value.__class__ is list:
        return any(_has_controls(member) for member in value if member.__class__ is str)
    return CONTROL.search(value) is not None


def _plain(value: Any) -> Any:
    if value.__class__ is list:
        return [_plain(member) for member in value]
    return CONTROL.sub("", value) if value.__class__ is str else value


def _values(name: str, features: Features) -> list[Any]:
    values = [row.get(name) for row in features.properties]
    return [None if value.__class__ is str and not value.strip() else value for value in values]


def _column_findings(column: Column, values: list[Any], features: Features, spec: LayerSpec) -> list[Finding]:
    faults = _faults(column, values)
    if column.required:
        faults |= {row: ("missing_value", {}) for row, value in enumerate(values) if value is None}
    return [
        found(code, spec.name, index=features.index[row], id=features.ids[row], column=column.name, name=column.zh, **words)
        for row, (code, words) in sorted(faults.items())
    ]


def _faults(column: Column, values: list[Any]) -> dict[int, _Fault]:
    """The faulty rows of a column; each distinct value is judged once."""
    takes = _TAKES[column.type]
    faults: dict[int, _Fault] = {}
    if not set(map(type, values)) <= {*takes, type(None)}:
        zh, en = _WANTED[takes[0]]
        faults = {row: ("wrong_type", {"value": value, "wanted": zh, "wanted_en": en})
                  for row, value in enumerate(values) if value is not None and type(value) not in takes}
    judge = _JUDGES.get(column.type)
    if judge is None:
        return faults
    rows = [row for row, value in enumerate(values) if value is not None and row not in faults]
    if column.type == "list":
        return faults | {row: fault for row in rows if (fault := _judge_list(values[row]))}
    verdicts: dict[Any, _Fault] = {}
    for value in dict.fromkeys(values[row] for row in rows):
        if fault := judge(column, value, len(verdicts) < _MOST_HINTS):
            verdicts[value] = fault
    return faults | {row: verdicts[values[row]] for row in rows if values[row] in verdicts} if verdicts else faults


def _judge_number(column: Column, value: float, _hint: bool) -> _Fault | None:
    if not math.isfinite(value):
        return "not_finite", {}
    if column.type == "integer" and not float(value).is_integer():
        return "not_whole", {"value": value}
    low = -math.inf if column.minimum is None else column.minimum
    high = math.inf if column.maximum is None else column.maximum
    if low <= value <= high:
        return None
    span = f"{low:g}–{high:g}" if math.isfinite(high) else f"≥ {low:g}"
    return "number_range", {"value": value, "range": f"{span} {column.unit}".strip()}


def _judge_choice(column: Column, value: str, hint: bool) -> _Fault | None:
    return None if value in column.codes else ("bad_choice", {"value": value, "near": _nearest_choices(column, value if hint else "")})


def _judge_date(_column: Column, value: str, _hint: bool) -> _Fault | None:
    match = _DATE.fullmatch(value)
    fault = "bad_date", {"value": value}
    if match is None:
        return fault
    try:
        date(*(int(part or 1) for part in match.groups()))
    except ValueError:
        return fault
    return None


def _judge_hours(_column: Column, value: str, _hint: bool) -> _Fault | None:
    try:
        parse_hours(value)
    except BadHours:
        return "bad_hours", {"value": value}
    return None


def _judge_list(value: list[Any]) -> _Fault | None:
    if not set(map(type, value)) <= {str, int, float}:
        return "bad_list", {}
    return None if all(type(member) is not float or math.isfinite(member) for member in value) else ("not_finite", {})


_JUDGES: dict[str, Callable[[Column, Any, bool], _Fault | None]] = {
    "number": _judge_number, "integer": _judge_number, "choice": _judge_choice, "date": _judge_date, "hours": _judge_hours,
    "list": lambda _column, value, _hint: _judge_list(value),
}


def _nearest_choices(column: Column, value: str) -> str:
    """The choices that look like a value, by code or by name; the first ones where none does."""
    codes = {name.casefold(): choice for choice in column.choices for name in reversed(choice)}
    near = difflib.get_close_matches(brief(value).strip().casefold(), codes, n=3, cutoff=0.6)
    chosen = list(dict.fromkeys(codes[name] for name in near)) or list(column.choices[:8])
    more = "…" if not near and len(column.choices) > 8 else ""
    return ", ".join(f"{code}（{zh}）" for code, zh, _ in chosen) + more


def _extras(names: list[str], features: Features, spec: LayerSpec) -> tuple[dict[str, list[Any]], list[Finding]]:
    """Columns of no contract: kept by name, told once each."""
    known = [column.name for column in spec.columns]
    findings = list[Finding]()
    if _GEOMETRY in names:
        names.remove(_GEOMETRY)
        findings.append(found("reserved_column", spec.name, column=_GEOMETRY))
    if len(names) > _MOST_EXTRAS:
        return {}, [*findings, found("too_many_columns", spec.name, count=len(names))]
    columns: dict[str, list[Any]] = {}
    for name in names:
        near = difflib.get_close_matches(brief(name).casefold(), known, n=1, cutoff=0.75)
        zh, en = (f"是否想写“{near[0]}”？", f"Was “{near[0]}” meant?") if near else ("不需要的话请删去。", "Delete it if it is not needed.")
        findings.append(found("unknown_column", spec.name, column=name, near_zh=zh, near_en=en))
        columns[name] = _values(name, features)
        findings += [
            found(code, spec.name, index=features.index[row], id=features.ids[row], column=name)
            for row, value in enumerate(columns[name]) if (code := _extra_fault(value))
        ]
    return columns, findings


def _extra_fault(value: Any) -> str | None:
    if value.__class__ is float:
        return None if math.isfinite(value) else "not_finite"
    if value.__class__ not in (list, dict):
        return None
    if _depth_exceeds([value], _DEEPEST):
        return "nested_value"
    try:
        json.dumps(value, allow_nan=False)
    except ValueError:
        return "not_finite"
    return None


def _depth_exceeds(level: Iterable[Any], deepest: int) -> bool:
    """Tell whether lists and objects are nested more than `deepest` levels."""
    for _ in range(deepest + 1):
        level = [member for part in level if isinstance(part, (list, dict)) for member in (part.values() if isinstance(part, dict) else part)]
        if not level:
            return False
    return True
