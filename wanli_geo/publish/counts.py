"""Counts of people as the public may see them: none under ten, and none that can be worked out from the others."""

from __future__ import annotations

from dataclasses import dataclass

from wanli_geo.answer import Answer
from wanli_geo.report import say

LEAST = 10


@dataclass(frozen=True)
class Told:
    """A coverage in words; None where it is withheld, "—" where it is not known. `share` is of the people about whom something is known."""

    share: str | None
    covered: str | None
    gap: str | None
    unknown: str | None


def told(answer: Answer, lang: say.Lang) -> Told:
    """Tell how many are covered, in a gap, not known.

    The three add up to a total that is published too, so one small count withheld alone could be worked out: then all of them are.
    """
    known = _counted(answer)
    if _is_withheld(known):
        return Told(None, None, None, None)
    total = sum(count or 0.0 for count in known)
    share = None if known[0] is None or not total else f"{_whole(known[0] / total)}%"
    return Told(share, *(say.fact(count, "人", lang) if count is not None else "—" for count in known))


def told_numbers(answer: Answer) -> tuple[list[float | None], float | None]:
    """Give the three counts as they are told, None where withheld, and the total that a reader may know from other services."""
    known = _counted(answer)
    total = answer.fact("people_total")
    # A total under ten is withheld by every service, so that nobody knows it.
    known_total = float(total) if isinstance(total, int | float) and total >= LEAST else None
    return [None] * len(known) if _is_withheld(known) else known, known_total


def _counted(answer: Answer) -> list[float | None]:
    counts = [answer.fact(key) for key in ("people_covered", "people_gap", "people_unknown")]
    return [float(count) if isinstance(count, int | float) else None for count in counts]


def _is_withheld(known: list[float | None]) -> bool:
    return any(count is not None and 0 < count < LEAST for count in known)


def _whole(share: float) -> int:
    """A whole percent; 0 and 100 only where it is exactly so."""
    return round(100 * share) if share in (0.0, 1.0) else min(99, max(1, round(100 * share)))
