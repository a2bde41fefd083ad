"""What a map tells, before it has a ground and a size."""

from __future__ import annotations

from dataclasses import dataclass

from wanli_geo.report.carto.furniture import Entry
from wanli_geo.report.carto.scene import Layer


@dataclass(frozen=True)
class Told:
    """Layers over the ground with their legend; `box` is what must be seen in degrees, None for the whole boundary."""

    title: str
    alt: str
    layers: tuple[Layer, ...]
    legend: tuple[Entry, ...]
    heading: str = ""
    box: tuple[float, float, float, float] | None = None
    unit_names: bool = True
