"""Which datum a file's coordinates are in: stated, or judged by evidence, or asked. The only file that judges one."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import pyproj
import shapely

from wanli_geo.errors import UnknownDatum
from wanli_geo.workspace.datums import DATUMS, Pair, to_wgs84
from wanli_geo.workspace.faults import found
from wanli_geo.workspace.findings import Finding
from wanli_geo.workspace.store import Workspace

Verdict = Literal["stated", "judged", "ambiguous", "outside"]
Floats = npt.NDArray[np.float64]
Booleans = npt.NDArray[np.bool_]

STRAYS = 0.1  # of a planner's points, at most so many lie outside the area the file is about
MOST_WEIGHED = 2_000  # points; more of them weigh no better
_FAR_M = 5_000.0  # readings farther apart than this cannot both lie at the workspace
_ANCHORS, _ON_ANCHOR_M = 3, 150.0
_DOUBTFUL_ANCHOR_M = 40.0
_METRES_FROM = 1_000.0
_SHORTEST_NAME = 3  # “南门” is everywhere
_DEGREE_M = 111_320.0
_NOWHERE = 1e9  # no coordinate in degrees or metres is as large
_CRS_TEXT = re.compile(r"[A-Za-z]+:\w+|[A-Z_]+\[.*", re.DOTALL)  # a code or WKT, but no name that PROJ happens to know
_SAME = {"EPSG:4326": "wgs84", "OGC:CRS84": "wgs84", "EPSG:4979": "wgs84", "EPSG:4490": "cgcs2000", "EPSG:4479": "cgcs2000"}


@dataclass(frozen=True)
class Reading:
    """One way to read two columns of numbers: a datum of `DATUMS` or a CRS, and whether y (or latitude) comes first."""

    datum: str
    swapped: bool = False

    def degrees(self, x: Any, y: Any) -> Pair:
        """Give WGS84 longitudes and latitudes; what cannot be converted is not finite."""
        farthest = _METRES_FROM if self.datum in DATUMS else _NOWHERE
        east, north = (np.where(np.abs(values) < farthest, values, np.nan) for values in ((y, x) if self.swapped else (x, y)))
        if self.datum in DATUMS:
            with np.errstate(all="ignore"):  # the shifts run away at the poles
                return to_wgs84(east, north, self.datum)
        lon, lat = _mover(self.datum).transform(east, north)
        return lon, lat

    def place(self, shapes: Any) -> Any:
        """Move an array of geometries to WGS84, longitude first; heights go."""
        return shapely.transform(shapes, lambda xy: np.column_stack(self.degrees(xy[:, 0], xy[:, 1])))

    @property
    def words(self) -> tuple[str, str]:
        zh, en = DATUMS[self.datum] if self.datum in DATUMS else (_crs_name(self.datum),) * 2
        return (f"{zh}，两列对调", f"{en}, columns swapped") if self.swapped else (zh, en)


@dataclass(frozen=True)
class Evidence:
    """What speaks for one reading.

    Attributes:
        inside: share of the points, 0 to 1, inside the boundary (the extent where no boundary is drawn).
        near: share inside the extent.
        anchors: how many points bear the name of one feature of the workspace, or that of an area in their own.
        anchor_m: median metres between such a point and its namesake; None without anchors.
    """

    reading: Reading
    inside: float
    near: float
    anchors: int
    anchor_m: float | None

    def to_dict(self) -> dict[str, Any]:
        zh, en = self.reading.words
        return {"datum": self.reading.datum, "swapped": self.reading.swapped, "zh": zh, "en": en, "inside": round(self.inside, 4),
                "near": round(self.near, 4), "anchors": self.anchors, "anchor_m": None if self.anchor_m is None else round(self.anchor_m, 1)}


@dataclass(frozen=True)
class Judged:
    """The verdict and its evidence, the strongest first; `reading` is None where it must be asked."""

    reading: Reading | None
    verdict: Verdict
    evidence: tuple[Evidence, ...]
    findings: tuple[Finding, ...] = ()

    @property
    def datum(self) -> str:
        return self.reading.datum if self.reading else ""

    def to_dict(self) -> dict[str, Any]:
        return {"datum": self.datum, "swapped": bool(self.reading and self.reading.swapped), "verdict": self.verdict,
                "evidence": [one.to_dict() for one in self.evidence]}


def judge(
    x: Any, y: Any, workspace: Workspace, *, stated: str = "", by_file: bool = False, names: Sequence[str | None] = (), layer: str = ""
) -> Judged:
    """Judge what coordinates are, by where they come to lie under every datum met in China; ask rather than guess.

    The premise: of a file about this place at most a tenth of the points (`STRAYS`) lie outside it. Under the right datum then at
    least nine in ten lie inside, and a wrong one can hold at most all of them: it leads the right one by a tenth at most. So a
    reading that holds nine tenths and leads every other by **more** than a tenth (and by three points at least) is the right one.
    Datums are only some 500 to 1,200 m apart, and a whole file may lie just outside the edge: so the points must also spread
    farther, along the way from one reading to the other, than that way is long; else they could lie on either side of the edge.
    That is asked of the boundary and of the extent, which may not contradict each other.

    Anchors are a witness of their own: three or more points that bear the name of one feature of the workspace, or of an area that
    they lie in (“万里公园 AED”). Features at hand are drawn to ±100 m, so under the right datum nine in ten lie within 150 m of their
    anchor, and the same reasoning holds: a wrong reading cannot lead by more than a tenth.

    What is stated is respected, columns put the right way round, unless nine tenths lie inside under another and a tenth at
    most under it: then it is asked.

    CGCS2000 cannot be told from WGS84, nor need it be. Xi'an 1980 and Beijing 1954 are not judged: they read as CGCS2000 some 100 m
    off, which only anchors show; that is told, and control points are the way out.

    Args:
        x, y: (n,) numbers as the file has them, in the order of its columns; NaN where there are none.
        stated: a datum of `DATUMS`, an EPSG code or WKT; "" where nothing is stated.
        by_file: the file states it, not the planner.
        names: (n,) names, to look for anchors by.
        layer: whose findings they are.

    Raises:
        UnknownDatum: `stated` is none.
    """
    here = known_datum(stated)
    x, y = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    rows = np.flatnonzero((np.abs(x) < _NOWHERE) & (np.abs(y) < _NOWHERE))
    if not len(rows):
        return Judged(Reading(here or "wgs84"), "stated" if here else "judged", ())
    rows = rows[np.unique(np.linspace(0, len(rows) - 1, min(len(rows), MOST_WEIGHED)).astype(int))]
    weighed = _weigh(x[rows], y[rows], workspace, here, [names[row] for row in rows] if len(names) else [])
    return _stated(weighed, here, by_file, layer) if here else _judged(weighed, layer)


def known_datum(stated: str) -> str:
    """Bring what is stated to a name of `DATUMS`, or to an EPSG code or WKT of a CRS that is known; "" stays.

    Raises:
        UnknownDatum: it is none.
    """
    text = stated.strip()
    if not text or text.lower() in DATUMS:
        return text.lower()
    code = f"EPSG:{text}" if text.isdigit() else text
    try:
        crs = pyproj.CRS.from_user_input(code if _CRS_TEXT.fullmatch(code) else "")
    except pyproj.exceptions.CRSError as wrong:
        raise UnknownDatum(
            f"没有坐标基准“{text[:60]}”；请写 {'、'.join(DATUMS)} 之一，或 EPSG:4549 这样的代码。",
            f"There is no datum “{text[:60]}”; say one of {', '.join(DATUMS)}, or a code such as EPSG:4549.") from wrong
    authority = crs.to_authority(min_confidence=60)
    name = ":".join(authority) if authority else text
    return _SAME.get(name, name)


@cache
def _mover(crs: str) -> pyproj.Transformer:
    return pyproj.Transformer.from_crs(crs, "EPSG:4326", always_xy=True)


@cache
def _crs_name(crs: str) -> str:
    name = pyproj.CRS.from_user_input(crs).name
    return f"{name}（{crs}）" if crs.startswith("EPSG:") else name


# -- the evidence ----------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Weighed:
    """Where the points lie under each reading: `metres` (r, n, 2) from the middle of the place, `inside` and `near` (r, n)."""

    readings: tuple[Reading, ...]
    metres: Floats
    inside: Booleans
    near: Booleans
    anchor_m: Floats  # (r, a) from each anchor

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        middle = np.median(self.anchor_m, axis=1) if self.anchor_m.shape[1] else [None] * len(self.readings)
        rows = [Evidence(reading, float(inside.mean()), float(near.mean()), self.anchor_m.shape[1], None if off is None else float(off))
                for reading, inside, near, off in zip(self.readings, self.inside, self.near, middle, strict=True)]
        return tuple(sorted(rows, key=lambda row: (-row.inside, -row.near, row.anchor_m or 0.0)))


def _weigh(x: Floats, y: Floats, workspace: Workspace, stated: str, names: Sequence[str | None]) -> _Weighed:
    readings = _readings(x, y, workspace, stated)
    degrees = np.array([np.column_stack(reading.degrees(x, y)) for reading in readings])
    boundary, extent = _areas(workspace)
    middle = np.array(extent.centroid.coords[0])
    scale = np.array([np.cos(np.radians(middle[1])), 1.0]) * _DEGREE_M
    metres = np.where(np.isfinite(degrees), (degrees - middle) * scale, 1e9)
    anchors = _anchors(names, workspace)
    theirs = shapely.transform(np.array([shape for _, shape in anchors], dtype=object), lambda lonlat: (lonlat - middle) * scale)
    anchor_m = shapely.distance(shapely.points(metres[:, [row for row, _ in anchors]]), theirs)
    inside, near = (np.array([shapely.intersects_xy(area, *lonlat.T) for lonlat in degrees]) for area in (boundary, extent))
    return _Weighed(readings, metres, inside, near, anchor_m)


def _areas(workspace: Workspace) -> tuple[shapely.Geometry, shapely.Geometry]:
    """The boundary (the extent where none is drawn) and the extent, in degrees, made ready to be asked often."""
    extent = shapely.from_geojson(json.dumps(workspace.catalogue.extent))
    drawn = workspace.layer("boundary").geometry.to_numpy()
    boundary = shapely.union_all(drawn) if len(drawn) else extent
    shapely.prepare([boundary, extent])
    return boundary, extent


def _readings(x: Floats, y: Floats, workspace: Workspace, stated: str) -> tuple[Reading, ...]:
    """What such numbers may be: degrees of each datum or metres of each plane, both ways round."""
    metres = max(np.median(np.abs(x)), np.median(np.abs(y))) > _METRES_FROM
    names = _planes(workspace) if metres else ("wgs84", "gcj02", "bd09")
    if stated and stated not in ("cgcs2000" if name == "wgs84" else name for name in names) and stated not in names:
        names = (stated, *names)
    elif stated == "cgcs2000":
        names = tuple("cgcs2000" if name == "wgs84" else name for name in names)
    return tuple(Reading(name, swapped) for name in names for swapped in (False, True))


def _planes(workspace: Workspace) -> tuple[str, ...]:
    """The metric CRS, the CGCS2000 zones about the place (3 degrees wide with and without the zone's number before x, 6 wide), Web Mercator."""
    west, _, east, _ = shapely.from_geojson(json.dumps(workspace.catalogue.extent)).bounds
    lon = (west + east) / 2
    narrow = [3 * round(lon / 3) + step for step in (-3, 0, 3)]
    wide = [6 * int(lon // 6) + 3 + step for step in (-6, 0, 6)]
    # EPSG numbers them from the meridian 75° E on: without a zone 4534 …, with one 4513 …, 6 degrees wide with a zone 4491 … .
    codes = [first + (meridian - 75) // step for first, step, meridians in ((4534, 3, narrow), (4513, 3, narrow), (4491, 6, wide))
             for meridian in meridians if 75 <= meridian <= 135]
    return tuple(dict.fromkeys([workspace.catalogue.metric_crs, *(f"EPSG:{code}" for code in codes), "EPSG:3857"]))


def _anchors(names: Sequence[str | None], workspace: Workspace) -> list[tuple[int, Any]]:
    """(row, feature) of points that bear the name of one feature of the workspace, or the name of a compound, a green or a committee in theirs."""
    shapes = dict[str, list[Any]]()
    for layer in ("facilities", "compounds", "gates", "green_vein", "committees") if any(names) else ():
        held = workspace.layer(layer)
        for name, shape in zip(held["name"], held.geometry, strict=True):
            if isinstance(name, str) and len(name) >= _SHORTEST_NAME:
                shapes.setdefault(name, []).append(shape)
    areas = [name for name, held in shapes.items() if len(held) == 1 and shapely.get_dimensions(held[0]) == 2]
    anchors = list[tuple[int, Any]]()
    for row, name in enumerate(names):
        bearer = name if name in shapes else max((area for area in areas if name and area in name), key=len, default=None)
        if bearer and len(shapes[bearer]) == 1:
            anchors.append((row, shapes[bearer][0]))
    return anchors


# -- the verdict -----------------------------------------------------------------------------------------------------------------


def _judged(weighed: _Weighed, layer: str) -> Judged:
    evidence = weighed.evidence
    said = {place for place in _witnesses(weighed) if place is not None}
    if len(said) == 1:
        chosen = weighed.readings[said.pop()]
        return Judged(chosen, "judged", evidence, tuple(_remarks(chosen, evidence, layer)))
    if evidence[0].near < 1 - STRAYS and evidence[0].near < 0.5:
        return Judged(None, "outside", evidence, (found("datum_outside", layer, **_told(evidence)),))
    return Judged(None, "ambiguous", evidence, (found("datum_ambiguous", layer, **_told(evidence)),))


def _stated(weighed: _Weighed, stated: str, by_file: bool, layer: str) -> Judged:
    """Respect what is stated, the way round that lies better, unless the evidence is strongly against it."""
    evidence = weighed.evidence
    own = next(row for row in evidence if row.reading.datum == stated)
    others = {place for place in _witnesses(weighed) if place is not None and weighed.readings[place].datum != stated}
    if len(others) == 1 and own.inside <= STRAYS:
        code = "datum_file_contradicted" if by_file else "datum_contradicted"
        words: dict[str, Any] = {"stated": own.reading.words[0], "stated_en": own.reading.words[1]}
        return Judged(None, "ambiguous", evidence, (found(code, layer, **words, **_told(evidence)),))
    swapped = own.reading.swapped and own.near > 0
    chosen = Reading(stated, swapped)
    return Judged(chosen, "stated", evidence, tuple(_remarks(chosen, evidence, layer)))


def _witnesses(weighed: _Weighed) -> tuple[int | None, ...]:
    """What the boundary, the extent and the anchors say, each by itself: the place of a reading, or None."""
    return (_leader(weighed.inside, weighed.metres), _leader(weighed.near, weighed.metres),
            _leader(weighed.anchor_m <= _ON_ANCHOR_M) if weighed.anchor_m.shape[1] >= _ANCHORS else None)


def _leader(held: Booleans, metres: Floats | None = None) -> int | None:
    """The reading that holds nine tenths and leads every other by more than strays can explain; None where there is none."""
    share = held.mean(axis=1)
    best = int(share.argmax())
    rivals = [place for place in range(len(share)) if place != best]
    leads = all(_led(held, best, rival) and (metres is None or _spread(metres, best, rival)) for rival in rivals)
    return best if share[best] >= 1 - STRAYS and leads else None


def _led(held: Booleans, best: int, rival: int) -> bool:
    lead = int(held[best].sum()) - int(held[rival].sum())
    return lead > max(2, STRAYS * held.shape[1]) or not held[rival].any()


def _spread(metres: Floats, best: int, rival: int) -> bool:
    """Tell whether the points spread farther along the way between two readings than that way is long, or lie in another place altogether."""
    way = np.median(metres[rival] - metres[best], axis=0)
    apart_m = float(np.hypot(*way))
    return apart_m > _FAR_M or bool(apart_m and np.ptp(metres[best] @ (way / apart_m)) > apart_m)


def _remarks(chosen: Reading, evidence: tuple[Evidence, ...], layer: str) -> list[Finding]:
    remarks = [found("axes_swapped", layer)] if chosen.swapped else []
    own = next(row for row in evidence if row.reading == chosen)
    if own.anchors >= _ANCHORS and own.anchor_m is not None and own.anchor_m > _DOUBTFUL_ANCHOR_M:
        remarks.append(found("anchors_off", layer, count=own.anchors, metres=f"{own.anchor_m:.0f}"))
    return remarks


def _told(evidence: tuple[Evidence, ...]) -> dict[str, Any]:
    """The strongest readings as words, for a sentence: three at most, and none that has nothing for it."""
    rows = [row for row in evidence[:3] if row.near] or list(evidence[:3])
    zh = "；".join(f"按 {row.reading.words[0]} 有 {row.inside:.0%} 在范围内" for row in rows)
    en = "; ".join(f"as {row.reading.words[1]} {row.inside:.0%} lie inside" for row in rows)
    return {"evidence": zh, "evidence_en": en, "choices": "|".join(dict.fromkeys(row.reading.datum for row in rows))}
