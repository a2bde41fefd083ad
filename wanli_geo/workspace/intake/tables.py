"""Rows of cells become a table: which row is the heading, what each column is called, which rows are data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wanli_geo.workspace.faults import brief, found
from wanli_geo.workspace.findings import Finding
from wanli_geo.workspace.intake import texts
from wanli_geo.workspace.intake.limits import MOST_COLUMNS
from wanli_geo.workspace.intake.raw import Raw, Value
from wanli_geo.workspace.intake.source import Source

Row = Sequence[Value]
_LOOKED_AT = 30  # rows among which the heading is sought
_ERRORS = frozenset({"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!"})  # what Excel writes for a formula gone wrong


@dataclass(frozen=True)
class Grid:
    """Cells as the file has them.

    Attributes:
        rows: those that say something, of one length or not; an empty cell is None.
        numbers: (n) the number by which the planner finds each row.
        joined: the numbers of the first and the last row of each cell that is merged over several.
    """

    rows: list[Row]
    numbers: list[int]
    joined: Sequence[tuple[int, int]] = ()


def filled(row: Row) -> int:
    """Count the cells that say something."""
    return sum(cell is not None for cell in row)


def heading_place(rows: Sequence[Row]) -> int | None:
    """Find the row of headings: the first in which most columns have a text; None where no row says anything.

    Above it may stand a title over the whole sheet, a date or a unit, which fill few cells.
    """
    top = rows[:_LOOKED_AT]
    if not top:
        return None
    width = max(filled(row) for row in top)
    for place, row in enumerate(top):
        words = sum(type(cell) is str and not _number(cell) for cell in row)
        if words and words >= 0.8 * filled(row) and words > width / 2 and (words > 1 or width == 1):
            return place
    return 0


def _under_merges(grid: Grid, place: int) -> int:
    """Go down from the first row of headings to the last, as far as its merged cells reach: “人口” over “户数” and “人数”."""
    last = max((last for first, last in grid.joined if first == grid.numbers[place]), default=grid.numbers[place])
    return max(at for at, number in enumerate(grid.numbers) if number <= last)


def _number(cell: Value) -> bool:
    try:
        float(cell or "")
    except ValueError:
        return False
    return True


def headings(row: Row, width: int) -> list[str]:
    """Name every column: unique, a second of the same name with its place; a column without a heading by its place alone."""
    names: list[str] = []
    for place in range(width):
        cell = row[place] if place < len(row) else None
        name = texts.heading("" if cell is None else str(cell)) or f"第 {place + 1} 列"
        while name in names:
            name = f"{name} ({place + 1})"
        names.append(name)
    return names


def table(source: Source, grid: Grid, format: str, *, part: str = "", parts: tuple[str, ...] = (), encoding: str = "",
          ragged: bool = False) -> Raw:
    """Make a table of cells.

    Args:
        ragged: rows have as many cells as their line does, and one that has not as many as the heading is an error.

    Raises:
        BadFile: nothing stands in it, or it has more columns than any table of a planner.
    """
    place = heading_place(grid.rows)
    if place is None:
        raise source.refusal("是空表，一行内容也没有；请换一张有内容的表。", "is an empty table; choose one that has rows.")
    place = _under_merges(grid, place)
    names, used = _columns(source, grid.rows, place, ragged=ragged)
    below = list(zip(grid.numbers[place + 1 :], grid.rows[place + 1 :], strict=True))
    told = _merged(grid, place, source.layer)
    odd = next((cell for cell in grid.rows[place] if cell is not None and _number(cell)), None)
    if odd is not None:
        told.append(found("odd_heading", source.layer, row=grid.numbers[place], value=odd))
    told += _without_notes(below, len(used), source.layer)
    numbers, rows = [number for number, _ in below], [row for _, row in below]
    if ragged:
        told += _ragged(rows, numbers, len(grid.rows[place]), source.layer)
    columns = {name: [row[at] if at < len(row) else None for row in rows] for name, at in zip(names, used, strict=True)}
    told += [found("error_cell", source.layer, index=index, column=name, row=numbers[index], value=value)
             for name, values in columns.items() for index, value in enumerate(values) if type(value) is str and value in _ERRORS]
    columns, mended = texts.cleaned(columns, source.layer)
    return Raw(source.name, format, part, parts, encoding, columns, numbers, None, "", (*told, *mended))


def _columns(source: Source, rows: Sequence[Row], place: int, *, ragged: bool) -> tuple[list[str], list[int]]:
    """Name the columns that have a heading or a value, and give their places."""
    width = len(rows[place]) if ragged else max(map(len, rows[place:]))
    head = [cell for cell in rows[place] if cell is not None]
    if len(head) > MOST_COLUMNS or (not ragged and width > MOST_COLUMNS * 20):
        raise source.refusal(f"有 {len(head)} 列，超过 {MOST_COLUMNS} 列；请只留下需要的列。",
                             f"has {len(head)} columns, more than {MOST_COLUMNS}; keep only those needed.")
    names = headings(rows[place], width)
    titled = {at for at in range(min(width, len(rows[place]))) if rows[place][at] is not None}
    used = [at for at in range(width) if at in titled or any(at < len(row) and row[at] is not None for row in rows[place + 1 :])]
    return [names[at] for at in used], used


def _without_notes(below: list[tuple[int, Row]], width: int, layer: str) -> list[Finding]:
    """Take the rows at the end that fill a single cell of a wide table out of `below`: “填表人：…” is no feature."""
    notes = []
    while width > 2 and below and filled(below[-1][1]) == 1 and len(below[-1][1]) >= width:
        number, row = below.pop()
        text = next(cell for cell in row if cell is not None)
        notes.append(found("note_row", layer, row=number, value=brief(text, 20)))
    return notes[::-1]


def _merged(grid: Grid, heading: int, layer: str) -> list[Finding]:
    """Tell of cells merged over several rows of data."""
    count = sum(first > grid.numbers[heading] for first, _ in grid.joined)
    return [found("merged_cells", layer, count=count)] if count else []


def _ragged(rows: Sequence[Row], numbers: Sequence[int], width: int, layer: str) -> list[Finding]:
    """Tell of the rows that have fewer cells than the heading, or more that say something."""
    return [found("ragged_row", layer, index=index, row=numbers[index], count=len(row), wanted=width)
            for index, row in enumerate(rows) if len(row) < width or any(cell is not None for cell in row[width:])]
