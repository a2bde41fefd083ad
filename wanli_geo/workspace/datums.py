"""Datums of coordinates met in China, and the only conversions between them.

WGS84 is the house's own. CGCS2000 differs from it by some centimetres, less than the 7 decimals and far less than any survey here:
the two are taken as one. GCJ-02 (AMap, Tencent, Google in China) lies some 500 m off, BD-09 (Baidu) about 1 km off.

GCJ-02 is defined inside a box about China only; outside it is WGS84. BD-09 is a second shift on GCJ-02, everywhere.
The forward formulas are the published reconstructions (eviltransform); the inverses are found by iteration on them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from wanli_geo.errors import UnknownDatum

Datum = Literal["wgs84", "cgcs2000", "gcj02", "bd09"]
Floats = npt.NDArray[np.float64]
Pair = tuple[Floats, Floats]

DATUMS: dict[Datum, tuple[str, str]] = {
    "wgs84": ("WGS84（GPS）", "WGS84 (GPS)"),
    "cgcs2000": ("CGCS2000（国家大地坐标系）", "CGCS2000 (national)"),
    "gcj02": ("GCJ-02（高德、腾讯）", "GCJ-02 (AMap, Tencent)"),
    "bd09": ("BD-09（百度）", "BD-09 (Baidu)"),
}

_BOX = (72.004, 0.8293, 137.8347, 55.8271)  # west, south, east, north: where GCJ-02 shifts
_AXIS_M = 6378245.0  # Krasovsky 1940
_E2 = 0.00669342162296594323
_BAIDU = np.pi * 3000.0 / 180.0
_ROUNDS = 12  # each round brings the inverse at least 20 times nearer: from 1 km to far below 1e-9 m


def to_wgs84(lon: Any, lat: Any, datum: Datum) -> Pair:
    """Convert longitudes and latitudes of a datum to WGS84.

    The inverse of `from_wgs84` to less than a millimetre, but for WGS84 points outside the GCJ-02 box within 1 km of its edge, where
    two places share one GCJ-02 coordinate and the one inside is given.

    Returns:
        two float64 arrays of the shape given, degrees; NaN stays NaN.

    Raises:
        UnknownDatum: `datum` is none of `DATUMS`.
    """
    x, y = _arrays(lon, lat)
    if _known(datum) == "bd09":
        x, y = _inverse(_bd09_of_gcj02, x, y)
    if datum in ("gcj02", "bd09"):
        inside = _inverse(_gcj02_shifted, x, y)
        within = _in_box(*inside)
        x, y = np.where(within, inside[0], x), np.where(within, inside[1], y)
    return x, y


def from_wgs84(lon: Any, lat: Any, datum: Datum) -> Pair:
    """Convert WGS84 longitudes and latitudes to a datum.

    Returns:
        two float64 arrays of the shape given, degrees; NaN stays NaN.

    Raises:
        UnknownDatum: `datum` is none of `DATUMS`.
    """
    x, y = _arrays(lon, lat)
    if _known(datum) in ("gcj02", "bd09"):
        within = _in_box(x, y)
        shifted = _gcj02_shifted(x, y)
        x, y = np.where(within, shifted[0], x), np.where(within, shifted[1], y)
    return _bd09_of_gcj02(x, y) if datum == "bd09" else (x, y)


def _known(datum: Datum) -> Datum:
    if datum not in DATUMS:
        raise UnknownDatum(
            f"没有坐标基准“{datum}”；请写 {'、'.join(DATUMS)} 之一。", f"There is no datum “{datum}”; say one of {', '.join(DATUMS)}."
        )
    return datum


def _arrays(lon: Any, lat: Any) -> Pair:
    x, y = np.broadcast_arrays(np.asarray(lon, dtype=float), np.asarray(lat, dtype=float))
    return x.copy(), y.copy()


def _in_box(lon: Floats, lat: Floats) -> npt.NDArray[np.bool_]:
    west, south, east, north = _BOX
    return (lon >= west) & (lon <= east) & (lat >= south) & (lat <= north)


def _gcj02_shifted(lon: Floats, lat: Floats) -> Pair:
    """The GCJ-02 shift applied everywhere, inside the box or not."""
    x, y = lon - 105.0, lat - 35.0
    root = np.sqrt(np.abs(x))
    ripple = 20.0 * np.sin(6.0 * x * np.pi) + 20.0 * np.sin(2.0 * x * np.pi)
    north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root
    north += (ripple + 20.0 * np.sin(y * np.pi) + 40.0 * np.sin(y / 3.0 * np.pi)
              + 160.0 * np.sin(y / 12.0 * np.pi) + 320.0 * np.sin(y * np.pi / 30.0)) * 2.0 / 3.0
    east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root
    east += (ripple + 20.0 * np.sin(x * np.pi) + 40.0 * np.sin(x / 3.0 * np.pi)
             + 150.0 * np.sin(x / 12.0 * np.pi) + 300.0 * np.sin(x / 30.0 * np.pi)) * 2.0 / 3.0
    flat = np.radians(lat)
    w2 = 1.0 - _E2 * np.sin(flat) ** 2
    meridian_m = _AXIS_M * (1.0 - _E2) / (w2 * np.sqrt(w2))  # radius of curvature along the meridian
    parallel_m = _AXIS_M / np.sqrt(w2) * np.cos(flat)
    return lon + np.degrees(east / parallel_m), lat + np.degrees(north / meridian_m)


def _bd09_of_gcj02(lon: Floats, lat: Floats) -> Pair:
    radius = np.hypot(lon, lat) + 0.00002 * np.sin(lat * _BAIDU)
    angle = np.arctan2(lat, lon) + 0.000003 * np.cos(lon * _BAIDU)
    return radius * np.cos(angle) + 0.0065, radius * np.sin(angle) + 0.006


def _inverse(forward: Callable[[Floats, Floats], Pair], lon: Floats, lat: Floats) -> Pair:
    """Find the point that `forward` moves to (lon, lat): go back by the shift found at the last guess."""
    x, y = lon, lat
    for _ in range(_ROUNDS):
        there_x, there_y = forward(x, y)
        x, y = x + (lon - there_x), y + (lat - there_y)
    return x, y
