"""Tables and key figures of a Word document."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from wanli_geo.report import palette
from wanli_geo.report.cells import counted, known, longest_word, parted, told
from wanli_geo.report.document import Cell, Column, Figure, Table, Tint
from wanli_geo.report.office import TONES
from wanli_geo.report.say import Lang
from wanli_geo.report.word_style import TABLE
from wanli_geo.report.word_xml import Element, add, paragraph, shade, twips

_CARDS_A_ROW = 4
_DIGIT_MM, _HEAD_MM, _EDGES_MM = 1.55, 2.0, 3.4  # of the text of a table: a digit's width, a letter's of a heading, and the edges of a cell
_CARD_EDGE = 48  # eighths of a point of white between two cards


def grid(body: Element, table: Table, lang: Lang, width_mm: float) -> None:
    """Append a table: the heading repeats on every page, no row is torn by a page's end."""
    widths = _widths(table, lang, width_mm)
    element = _table(body, widths, style=TABLE)
    heading = _row(element, heading=True)
    for column, width in zip(table.columns, widths, strict=True):
        paragraph(_cell(heading, width), column.title, "TableHead", align=_side(column, numeric=column.kind != "text"))
    for number, row in enumerate(table.rows[: table.shown]):
        line = _row(element)
        for place, (cell, column) in enumerate(zip(row, table.columns, strict=True)):
            _fill(line, widths[place], cell, column, table.tints.get((number, place)), lang)


def cards(body: Element, figures: Sequence[Figure], width_mm: float) -> None:
    """Append key figures side by side, in even rows of four at most."""
    across = ceil(len(figures) / max(ceil(len(figures) / _CARDS_A_ROW), 1))
    for start in range(0, len(figures), max(across, 1)):
        shown = figures[start : start + across]
        widths = _shares([1.0] * across, width_mm)
        line = _row(_table(body, widths))
        for figure, width in zip(shown, widths, strict=False):
            _card(line, width, figure)
        for width in widths[len(shown) :]:
            paragraph(_cell(line, width), "", "FigureLabel")
        paragraph(body, "", "Remark")


def _card(line: Element, width: int, figure: Figure) -> None:
    fill, ink = TONES[figure.tone]
    cell = _cell(line, width, Tint(fill, ink), edge=True)
    paragraph(cell, figure.label, "FigureLabel")
    paragraph(cell, figure.value, "FigureValue", ink=ink)
    if figure.note:
        paragraph(cell, figure.note, "Remark")


def _fill(line: Element, width: int, cell: Cell, column: Column, tint: Tint | None, lang: Lang) -> None:
    ink = tint.ink if tint else "" if known(cell) else palette.UNKNOWN_INK
    numeric = counted(cell) or (column.kind != "text" and not known(cell))
    paragraph(_cell(line, width, tint), told(cell, column.kind, lang), "TableText", align=_side(column, numeric=numeric), ink=ink)


def _side(column: Column, *, numeric: bool) -> str:
    return "right" if numeric or column.kind != "text" else ""


def _widths(table: Table, lang: Lang, width_mm: float) -> list[int]:
    """Part the width by weights, but no number and no usual word is broken over two lines: its column first takes what the longest needs."""
    least = [max(longest_word(column.title) * _HEAD_MM, *(_letters(row[place], column, lang) * _DIGIT_MM for row in table.rows[: table.shown]), 0.0)
             + _EDGES_MM for place, column in enumerate(table.columns)]
    return [twips(mm) for mm in parted([column.weight for column in table.columns], least, width_mm)]


def _letters(cell: Cell, column: Column, lang: Lang) -> int:
    text = told(cell, column.kind, lang)
    return len(text) if counted(cell) else longest_word(text)


def _shares(weights: Sequence[float], width_mm: float) -> list[int]:
    """Part a width by weights, in twips."""
    whole = sum(weights)
    return [twips(width_mm * weight / whole) for weight in weights]


def _table(body: Element, widths: Sequence[int], style: str = "TableNormal") -> Element:
    table = add(body, "tbl")
    looks = add(table, "tblPr")
    add(looks, "tblStyle", val=style)
    add(looks, "tblW", w=sum(widths), type="dxa")
    add(looks, "tblLayout", type="fixed")
    add(looks, "tblLook", val="0020", firstRow=1, lastRow=0, firstColumn=0, lastColumn=0, noHBand=1, noVBand=1)
    columns = add(table, "tblGrid")
    for width in widths:
        add(columns, "gridCol", w=width)
    return table


def _row(table: Element, *, heading: bool = False) -> Element:
    row = add(table, "tr")
    looks = add(row, "trPr")
    add(looks, "cantSplit")
    if heading:
        add(looks, "tblHeader")
    return row


def _cell(row: Element, width: int, tint: Tint | None = None, *, edge: bool = False) -> Element:
    cell = add(row, "tc")
    looks = add(cell, "tcPr")
    add(looks, "tcW", w=width, type="dxa")
    if edge:
        borders = add(looks, "tcBorders")
        for side in ("left", "right"):
            add(borders, side, val="single", sz=_CARD_EDGE, space=0, color="FFFFFF")
    if tint:
        shade(looks, tint)
    return cell
