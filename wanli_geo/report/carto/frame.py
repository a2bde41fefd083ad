"""What a map's frame shows: metres on the ground to millimetres on paper, north up, at a round scale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Shapes = NDArray[np.object_]

LEAST_M = 250.0  # never closer than that across


@dataclass(frozen=True)
class Frame:
    """A frame of `width` × `height` millimetres whose point `middle` (mm from the upper left) shows the place `centre` (metres).

    A drawing larger than a page has larger letters: all its millimetres are then `unit_mm` long on paper, and the scale is that of the paper.
    """

    width: float
    height: float
    middle: tuple[float, float]
    centre: tuple[float, float]
    denominator: int
    unit_mm: float = 1.0

    @classmethod
    def of(cls, box: Sequence[float], width: float, height: float, kept: Sequence[float] = (0, 0, 0, 0), unit_mm: float = 1.0) -> Frame:
        """Fit a box (metres: west, south, east, north) into a frame.

        `kept` are the millimetres kept free of the box at the left, top, right and bottom; the ground is drawn there all the same.
        """
        west, south, east, north = (float(side) for side in box)
        left, top, right, bottom = (float(side) for side in kept)
        wide, high = max(east - west, LEAST_M), max(north - south, LEAST_M)
        across, down = max(width - left - right, width / 4), max(height - top - bottom, height / 4)
        needed = max(wide / across, high / down) * 1000 / unit_mm
        return cls(width, height, (left + across / 2, top + down / 2), ((west + east) / 2, (south + north) / 2), _round_up(needed), unit_mm)

    @property
    def mm_per_m(self) -> float:
        return 1000 / self.denominator / self.unit_mm

    @property
    def box(self) -> tuple[float, float, float, float]:
        """The whole frame in metres: west, south, east, north."""
        west, north = self.metres((0.0, 0.0))
        east, south = self.metres((self.width, self.height))
        return west, south, east, north

    def metres(self, mm: tuple[float, float]) -> tuple[float, float]:
        """The place on the ground of a point in the frame."""
        x, y = ((at - middle) / self.mm_per_m for at, middle in zip(mm, self.middle, strict=True))
        return self.centre[0] + x, self.centre[1] - y

    def mm(self, shapes: Shapes) -> Shapes:
        """Shapes in metres as shapes in millimetres of the frame, x to the right and y down."""
        scale = np.array([self.mm_per_m, -self.mm_per_m])
        return np.asarray(shapely.transform(shapes, lambda xy: (xy - self.centre) * scale + self.middle), dtype=object)

    def seen(self, shapes: Shapes, more_mm: float = 5.0) -> Shapes:
        """Shapes in metres cut to the frame and a little more, in millimetres; what lies outside becomes empty."""
        more = more_mm / self.mm_per_m
        west, south, east, north = self.box
        return self.mm(np.asarray(shapely.clip_by_rect(shapes, west - more, south - more, east + more, north + more), dtype=object))


def _round_up(denominator: float) -> int:
    """The next round scale: 16,804 → 17,000."""
    step = 10 ** np.floor(np.log10(denominator)) / 20
    return int(np.ceil(denominator / step - 1e-9) * step)
