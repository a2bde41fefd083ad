"""The columns of a planner's file that give a place, as numbers."""

from __future__ import annotations

import math
import re
import unicodedata

import numpy as np
from numpy.typing import NDArray

from wanli_geo.workspace.faults import CONTROL, found
from wanli_geo.workspace.findings import Finding
from wanli_geo.workspace.intake.headings import Matched
from wanli_geo.workspace.intake.raw import Raw, Value
from wanli_geo.workspace.intake.synonyms import NOTHING
from wanli_geo.workspace.specs import LayerSpec

Numbers = NDArray[np.float64]
_NUMBER = r"\d+(?:\.\d+)?"
_DEGREES = re.compile(
    rf"""(?:东经|北纬|[en])?\s*(?P<degrees>[+-]?{_NUMBER})\s*
    (?:[°º度]\s*(?:(?P<minutes>{_NUMBER})\s*['′’分]\s*(?:(?P<seconds>{_NUMBER})\s*(?:["″”秒]|\'\'|′′)?)?)?)?
    \s*(?:[en]|米|m)?""", re.VERBOSE)


def coordinates_of(raw: Raw, matched: Matched, spec: LayerSpec) -> tuple[Numbers | None, Numbers | None, list[Finding]]:
    """Read the columns of a place: degrees before plane coordinates before both in one cell.

    Returns:
        (n,) east and (n,) north, NaN where empty or unreadable, and the findings; None where no heading gives both.
    """
    for east, north in (("lon", "lat"), ("x", "y")):
        headings = matched.heading(east), matched.heading(north)
        if headings[0] is not None and headings[1] is not None:
            x, told_x = _column(raw.columns[headings[0]], east, spec)
            y, told_y = _column(raw.columns[headings[1]], north, spec)
            told = {one.index for one in (*told_x, *told_y)}
            halves = [row for row in np.flatnonzero(np.isnan(x) != np.isnan(y)).tolist() if row not in told]
            return x, y, [*told_x, *told_y, *(found("half_place", spec.name, index=row, column=east) for row in halves)]
    both = matched.heading("lonlat")
    return (None, None, []) if both is None else _pairs(raw.columns[both], spec)


def wkt_of(raw: Raw, matched: Matched) -> list[str | None] | None:
    """(n) the texts of a geometry; None where no heading gives it."""
    heading = matched.heading("wkt")
    return None if heading is None else [None if cell is None else str(cell).strip() or None for cell in raw.columns[heading]]


def _column(cells: list[Value], target: str, spec: LayerSpec) -> tuple[Numbers, list[Finding]]:
    numbers = [_degrees(cell) for cell in cells]
    findings = [found("not_degrees", spec.name, index=row, column=target, value=cells[row]) for row, number in enumerate(numbers) if number is None]
    return np.array([np.nan if number is None else number for number in numbers], dtype=np.float64), findings


def _degrees(cell: Value) -> float | None:
    """A coordinate as a number: plain, with a degree sign, or in degrees, minutes and seconds; NaN where empty, None where unreadable."""
    if isinstance(cell, bool):
        return None
    if isinstance(cell, (int, float)):
        return float(cell) if math.isfinite(cell) else math.nan
    text = unicodedata.normalize("NFKC", CONTROL.sub("", cell or "")).strip().casefold().replace(",", "")
    if text in NOTHING:
        return math.nan
    match = _DEGREES.fullmatch(text)
    if match is None:
        return None
    whole, minutes, seconds = (float(part or 0) for part in match.groups())
    return whole + math.copysign(minutes / 60 + seconds / 3600, whole)


def _pairs(cells: list[Value], spec: LayerSpec) -> tuple[Numbers, Numbers, list[Finding]]:
    xy = np.full((len(cells), 2), np.nan)
    findings = list[Finding]()
    for row, cell in enumerate(cells):
        text = unicodedata.normalize("NFKC", "" if cell is None else str(cell)).strip().casefold()
        if text in NOTHING:
            continue
        parts = [_degrees(part) for part in re.split(r"[,;、\s]+", re.sub(r"^point|[()\[\]]", "", text)) if part]
        if len(parts) == 2 and parts[0] is not None and parts[1] is not None:
            xy[row] = parts
        else:
            findings.append(found("not_lonlat", spec.name, index=row, column="lonlat", value=cell))
    return xy[:, 0].copy(), xy[:, 1].copy(), findings
