"""A local plane onto the map by a few places known in both: the Helmert transformation, and how well it fits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from wanli_geo.workspace.faults import found
from wanli_geo.workspace.findings import Finding
from wanli_geo.workspace.intake.asked import Control
from wanli_geo.workspace.store import metres_of, to_degrees

Complexes = npt.NDArray[np.complex128]

LARGEST_RESIDUAL_M = 5.0
LEAST_APART_M = 1.0
_TRUE_SCALE = 0.01  # a local plane in metres is drawn true to a hundredth
_UNTURNED = np.radians(20)  # a local plane is hardly turned farther than this from true north
_TELLING = 3.0  # so many times smaller must one RMS be than the other to tell them apart


@dataclass(frozen=True)
class Fit:
    """w = turn · z + shift in complex numbers, with z = x + iy (y + ix where x points north) and w metric east + i north.

    Attributes:
        turn: its size is the scale, its angle the rotation.
        residuals_m: one a control, in the order given; all 0 with two.
        metric_crs: of w.
    """

    turn: complex
    shift: complex
    x_north: bool
    residuals_m: tuple[float, ...]
    metric_crs: str

    @property
    def scale(self) -> float:
        return abs(self.turn)

    @property
    def rotation_deg(self) -> float:
        return float(np.degrees(np.angle(self.turn)))

    @property
    def rms_m(self) -> float:
        return float(np.sqrt(np.mean(np.square(self.residuals_m))))

    def place(self, shapes: Any) -> Any:
        """Move an array of geometries from the file's plane to WGS84; heights go."""
        return to_degrees(shapely.transform(shapes, self._metric), self.metric_crs)

    def _metric(self, xy: Any) -> Any:
        moved = self.turn * _complex(xy, self.x_north) + self.shift
        return np.column_stack([moved.real, moved.imag])

    def to_dict(self) -> dict[str, Any]:
        return {"scale": round(self.scale, 7), "rotation_deg": round(self.rotation_deg, 5), "x_north": self.x_north,
                "residuals_m": [round(one, 3) for one in self.residuals_m], "rms_m": round(self.rms_m, 3)}


def fit(controls: Sequence[Control], metric_crs: str, layer: str) -> tuple[Fit | None, list[Finding]]:
    """Find scale, rotation and shift by least squares; two controls fix them, more show how well they fit.

    Whether x points east or, as surveyors have it, north is found by trying both: by the residuals with three controls or more, by
    the smaller rotation with two.

    Returns:
        the fit, None where there is an error among the findings.
    """
    if degenerate := _degenerate(controls, metric_crs, layer):
        return None, degenerate
    one, other = sorted((_fitted(controls, metric_crs, x_north) for x_north in (False, True)), key=_strangeness(len(controls)))
    if not _told_apart(one, other, len(controls)):
        return None, [found("controls_unsided", layer)]
    if max(one.residuals_m) > LARGEST_RESIDUAL_M:
        residuals = "、".join(f"{residual:.1f}" for residual in one.residuals_m)
        return None, [found("controls_off", layer, residuals=residuals, rms=f"{one.rms_m:.1f}")]
    told = [found("controls_north", layer)] if one.x_north else []
    if abs(one.scale - 1) > _TRUE_SCALE:
        told.append(found("controls_scale", layer, scale=f"{one.scale:.5g}"))
    return one, told


def _degenerate(controls: Sequence[Control], metric_crs: str, layer: str) -> list[Finding]:
    if len(controls) < 2:
        return [found("controls_few", layer)]
    theirs, ours = _both(controls, metric_crs, False)
    for one in range(len(controls)):
        for other in range(one + 1, len(controls)):
            metres = float(abs(ours[one] - ours[other]))
            if theirs[one] == theirs[other] or not metres >= LEAST_APART_M:
                return [found("controls_same", layer, one=one + 1, other=other + 1, metres=f"{metres:.1f}", least=f"{LEAST_APART_M:g}")]
    return []


def _both(controls: Sequence[Control], metric_crs: str, x_north: bool) -> tuple[Complexes, Complexes]:
    theirs = np.array([(control.x, control.y) for control in controls])
    ours = metres_of(np.array([(control.lon, control.lat) for control in controls]), metric_crs)
    return _complex(theirs, x_north), _complex(ours, False)


def _complex(xy: Any, x_north: bool) -> Complexes:
    east, north = (xy[:, 1], xy[:, 0]) if x_north else (xy[:, 0], xy[:, 1])
    return np.asarray(east + 1j * north)


def _fitted(controls: Sequence[Control], metric_crs: str, x_north: bool) -> Fit:
    z, w = _both(controls, metric_crs, x_north)
    # From the middle of each, or the seven figures before the point drown the millimetres.
    z_middle, w_middle = z.mean(), w.mean()
    turn = complex(np.vdot(z - z_middle, w - w_middle) / np.vdot(z - z_middle, z - z_middle))
    shift = complex(w_middle - turn * z_middle)
    residuals = np.abs(turn * (z - z_middle) + w_middle - w)
    return Fit(turn, shift, x_north, tuple(residuals.tolist()), metric_crs)


def _strangeness(count: int) -> Any:
    return (lambda one: abs(np.angle(one.turn))) if count == 2 else (lambda one: one.rms_m)


def _told_apart(one: Fit, other: Fit, count: int) -> bool:
    if count == 2:
        return bool(abs(np.angle(one.turn)) < _UNTURNED < abs(np.angle(other.turn)))
    return max(one.residuals_m) > LARGEST_RESIDUAL_M or other.rms_m > _TELLING * max(one.rms_m, 1e-3)
