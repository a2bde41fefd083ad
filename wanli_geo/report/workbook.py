"""A document as a workbook: an overview, one sheet a table with all its rows, and last how it was made. Maps and charts stay on paper."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain, count

import xlsxwriter

from wanli_geo.report.document import Block, Document, Section, Table
from wanli_geo.report.office import legible, made_on
from wanli_geo.report.say import pick
from wanli_geo.report.workbook_ink import Ink, cut, default_font
from wanli_geo.report.workbook_page import write_notes, write_overview
from wanli_geo.report.workbook_table import write_table

MOST_ROWS = 1_048_575  # of an Excel sheet, beside the heading
_LONGEST_NAME = 31
_NOT_IN_A_NAME = str.maketrans(dict.fromkeys("[]:*?/\\\t\n", "_"))
_KEPT_BY_EXCEL = "history"


def xlsx(document: Document) -> bytes:
    """Write a workbook for Excel and WPS; the same document gives the same bytes.

    A table of more rows than a sheet holds goes on in a second one; a text longer than a cell holds is cut, and says so.
    """
    whole = io.BytesIO()
    overview, notes = pick(document.lang, "概览", "Overview"), pick(document.lang, "说明", "Notes")
    fitted = _fitted(document, {overview.casefold(), notes.casefold(), _KEPT_BY_EXCEL})
    with xlsxwriter.Workbook(whole, {"in_memory": True, "default_format_properties": default_font(document.lang)}) as book:
        book.set_properties({"title": legible(document.title), "subject": legible(document.place), "author": "wanli-geo",
                             "comments": legible(", ".join(document.run_ids)), "created": made_on(document).replace(tzinfo=None)})
        ink = Ink(book, document)
        write_overview(ink, overview, fitted)
        for block in chain.from_iterable(section.blocks for section in fitted.sections):
            if isinstance(block, Table):
                write_table(ink, block)
        write_notes(ink, notes, fitted)
    return whole.getvalue()


def _fitted(document: Document, taken: set[str]) -> Document:
    """Part the tables so that each fits a sheet, and name each as its sheet."""
    def fit(block: Block) -> Iterator[Block]:
        if not isinstance(block, Table):
            yield block
            return
        for part in parts(block):
            name = sheet_name(part.name or part.title, taken)
            taken.add(name.casefold())
            yield replace(part, name=name)

    def fit_all(section: Section) -> Section:
        return replace(section, blocks=tuple(chain.from_iterable(map(fit, section.blocks))))

    return replace(document, sections=tuple(map(fit_all, document.sections)))


def parts(table: Table, most_rows: int = MOST_ROWS) -> Iterator[Table]:
    """Part a table that a sheet does not hold; a shorter one is given as it is."""
    if len(table.rows) <= most_rows:
        yield table
        return
    for start in range(0, len(table.rows), most_rows):
        tints = {(row - start, column): tint for (row, column), tint in table.tints.items() if start <= row < start + most_rows}
        yield replace(table, rows=table.rows[start : start + most_rows], tints=tints)


def sheet_name(wanted: str, taken: set[str]) -> str:
    """Make a name that Excel takes: at most 31 characters, none of `[]:*?/\\`, not one of `taken` (casefolded)."""
    base = cut(legible(wanted).translate(_NOT_IN_A_NAME), _LONGEST_NAME).strip("' ") or "-"
    numbered = (f"{cut(base, _LONGEST_NAME - len(mark)).strip(chr(39) + ' ')}{mark}" for mark in map(" ({})".format, count(2)))
    return next(name for name in chain([base], numbered) if name.casefold() not in taken)
