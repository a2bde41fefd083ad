"""One cell of clause × committee: what it says and how it is painted, the same on the audit's page and in a report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from wanli_geo.report import palette, say
from wanli_geo.report.document import Tint

# Shades of a gap by the share not covered of those known of.
_BREAKS = (0.25, 0.5, 0.75)
_STATUSES = ("covered", "gap", "unknown")


@dataclass(frozen=True)
class MatrixCell:
    """What a clause says of a committee's people.

    Attributes:
        kind: `none` (nobody is concerned), `unknown` (mostly not known: never painted as an answer), `covered`, or `gap0` to `gap3`.
        partly: some of its people are unknown, beside an answer for most.
        share: covered of those concerned, 0 to 1; None where nobody is known of.
        people: covered, in a gap, unknown.
    """

    kind: str
    partly: bool
    share: float | None
    people: tuple[float, float, float]

    @property
    def tint(self) -> Tint | None:
        """Its colours on paper; None where nobody is concerned."""
        if self.kind == "none":
            return None
        if self.kind == "unknown":
            return Tint(palette.UNKNOWN, palette.INK, hatched=True)
        fill = palette.COVERED if self.kind == "covered" else palette.gap_shades()[int(self.kind[-1])].color
        return Tint(fill, palette.INK, hatched=self.partly)


def matrix_cell(row: Mapping[str, Any]) -> MatrixCell:
    """Judge a row with the people by status."""
    covered, gap, unknown = (float(row[f"people_{status}"]) for status in _STATUSES)
    people = (covered, gap, unknown)
    concerned = covered + gap + unknown
    share = covered / concerned if covered + gap > 0 else None
    if concerned <= 0:
        return MatrixCell("none", False, None, people)
    if share is None or unknown > concerned / 2:
        return MatrixCell("unknown", False, share, people)
    kind = "covered" if gap <= 0 else f"gap{int(np.searchsorted(_BREAKS, gap / concerned, side='left'))}"
    return MatrixCell(kind, unknown > 0, share, people)


def share_in_brief(share: float) -> str:
    """A share as its cell has room for: whole per cent, but never nearly none as none nor nearly all as all."""
    return say.number(share * 100) if 0.01 <= share <= 0.99 else say.share(share).removesuffix("%").removesuffix(".0")
