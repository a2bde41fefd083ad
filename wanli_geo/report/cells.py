"""A table's cell in words, the same on every paper."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import TypeGuard

from wanli_geo.report import say
from wanli_geo.report.document import Cell, Kind, Table
from wanli_geo.report.say import Lang

# What is not parted at a line's end, and how many letters of it a column is widened for.
_WORD, _USUAL_WORD = re.compile("[!-⺀]+"), 13
_DECIMALS: dict[Kind, int] = {"count": 0, "metres": 0, "minutes": 1, "area": 0, "number": 3, "degrees": 7}


def known(cell: Cell) -> bool:
    """Tell whether a cell holds anything: None and numbers that are none (NaN, infinite) are not known."""
    return cell is not None and not (isinstance(cell, float) and not math.isfinite(cell))


def counted(cell: Cell) -> TypeGuard[int | float]:
    """Tell whether a cell is a known number, which stands at the right of its column."""
    return isinstance(cell, int | float) and not isinstance(cell, bool) and known(cell)


def told(cell: Cell, kind: Kind, lang: Lang) -> str:
    """Say a cell: numbers rounded as their column asks, yes or no, a dash for what is not known."""
    if cell is None or not known(cell):
        return say.NOTHING
    if isinstance(cell, bool):
        return say.pick(lang, "是" if cell else "否", "yes" if cell else "no")
    if isinstance(cell, str):
        return cell
    if kind == "share":
        return say.share(cell)
    if kind in _DECIMALS:
        return say.number(cell, _DECIMALS[kind])
    return str(cell) if isinstance(cell, int) else _short(cell)


def _short(value: float) -> str:
    """A number of no kind: at most three decimals, none that says nothing."""
    return say.number(value, 3).rstrip("0").rstrip(".")


def longest_word(text: str) -> int:
    """How many letters the longest word has that a column should not break; one of no usual length is broken."""
    return min(max(map(len, _WORD.findall(text)), default=0), _USUAL_WORD)


def parted(weights: Sequence[float], least: Sequence[float], width: float) -> list[float]:
    """Part a width by weights, none narrower than what it needs at least; where there is not that much, by the needs alone."""
    held: set[int] = set()
    while True:
        left = width - sum(least[place] for place in held)
        shared = sum(weight for place, weight in enumerate(weights) if place not in held)
        if left <= 0 or not shared:
            return [max(need, 1.0) * width / sum(max(one, 1.0) for one in least) for need in least]
        widths = [least[place] if place in held else left * weight / shared for place, weight in enumerate(weights)]
        tight = {place for place, part in enumerate(widths) if part < least[place]}
        if not tight:
            return widths
        held |= tight


def left_out(table: Table, lang: Lang) -> str:
    """Say how many rows a paper leaves to the workbook; empty where it prints them all."""
    if table.shown is None or len(table.rows) <= table.shown:
        return ""
    return say.pick(lang, f"共 {len(table.rows):,} 行，此处印前 {table.shown:,} 行，其余见工作簿“{table.name}”表。",
                    f"The first {table.shown:,} of {len(table.rows):,} rows; the rest is in the workbook, sheet “{table.name}”.")
