"""Charts on paper (drawn in earnest where the maps are)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wanli_geo.report import say
from wanli_geo.report.document import Picture


@dataclass(frozen=True)
class Series:
    """One measure of every category."""

    name: str
    values: tuple[float | None, ...]
    color: str
    hatched: bool = False


def bars(title: str, categories: Sequence[str], series: Sequence[Series], *, unit: str = "", lang: say.Lang = "zh", stacked: bool = True) -> Picture:
    """Draw a bar for each category."""
    return Picture(title, title, lambda w, h: f'<svg xmlns="http://www.w3.org/2000/svg" width="{w}mm" height="{h}mm"/>', 174 / (16 + 5.6 * len(categories)))
