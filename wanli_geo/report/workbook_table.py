"""A table as a sheet of a workbook.

The heading stands in row 1 and nothing above it, so that filters, pivot tables and an import elsewhere take the sheet as it is; the table's
title stands in the printed head, its note in the overview. What is not known is an empty grey cell: a dash would be a text among numbers, and
a zero would be a lie.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from wanli_geo.report import palette
from wanli_geo.report.cells import counted, known, told
from wanli_geo.report.document import Cell, Column, Kind, Table, Tint
from wanli_geo.report.workbook_ink import Ink, tinted, width

_EXACT = 10**15  # Excel keeps 15 digits: a longer whole number, such as a code, is written as a text
_SAMPLE = 400  # rows looked at for the width of a column
_NARROWEST, _WIDEST = 8, 46
_FILTER_BUTTON = 3  # digits of width that it takes
_FORMATS: dict[Kind, str] = {"count": "#,##0", "metres": "#,##0", "minutes": "#,##0.0", "share": "0.0%", "area": "#,##0", "number": "#,##0.000",
                             "degrees": "0.0000000"}
HEADING = {"bold": True, "font_color": palette.WHITE, "bg_color": palette.ACTION, "text_wrap": True, "valign": "vcenter"}
UNKNOWN = {"bg_color": palette.UNKNOWN}
RULED = {"bottom": 1, "bottom_color": palette.GROUND["road_edge"]}


def write_table(ink: Ink, table: Table) -> None:
    """Add the sheet of a table, named as the table is."""
    sheet = ink.sheet(table.name, table.title, across=True)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    for place in range(len(table.columns)):
        sheet.set_column(place, place, _width(table, place, ink))
    write_grid(ink, sheet, 0, table)
    if table.columns:
        sheet.autofilter(0, 0, max(len(table.rows), 1), len(table.columns) - 1)


def write_grid(ink: Ink, sheet: Worksheet, top: int, table: Table) -> None:
    """Write the heading in row `top` and the rows beneath it."""
    for place, column in enumerate(table.columns):
        ink.write(sheet, top, place, column.title, **HEADING, **_side(column))
    for place, column in enumerate(table.columns):
        write = _writer(ink, sheet, column)
        for number, row in enumerate(table.rows):
            write(top + 1 + number, place, row[place], table.tints.get((number, place)))


def _writer(ink: Ink, sheet: Worksheet, column: Column) -> Callable[[int, int, Cell, Tint | None], None]:
    """Give what writes the cells of one column."""
    number = {**RULED, **({"num_format": _FORMATS[column.kind]} if column.kind in _FORMATS else {})}
    text = {**RULED, **_side(column), "text_wrap": True}

    @cache  # a look of many properties is slow to find, and a column has few
    def look(number_known: bool, tint: Tint | None) -> Format:
        return ink.look(**{**number, **({} if number_known else UNKNOWN), **(tinted(tint) if tint else {})})

    def write(row: int, place: int, cell: Cell, tint: Tint | None) -> None:
        if not known(cell):
            sheet.write_blank(row, place, None, look(False, tint))
        elif counted(cell) and abs(cell) < _EXACT:
            sheet.write_number(row, place, cell, look(True, tint))
        else:
            ink.write(sheet, row, place, told(cell, column.kind, ink.lang), **text, **(tinted(tint) if tint else {}))

    return write


def _side(column: Column) -> dict[str, Any]:
    """Stand a text a little off the number at its left, and whatever is in a column of numbers at its right."""
    return {"align": "left", "indent": 1} if column.kind == "text" else {"align": "right"}


def _width(table: Table, place: int, ink: Ink) -> int:
    """Measure a column: its widest text, a heading over two lines at most."""
    column = table.columns[place]
    cells = [width(told(row[place], column.kind, ink.lang)) for row in table.rows[:_SAMPLE]]
    heading = width(column.title) // 2 + _FILTER_BUTTON
    return min(max(_NARROWEST, heading, *cells, 0) + 2, _WIDEST)
