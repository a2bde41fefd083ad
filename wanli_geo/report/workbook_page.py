"""The first and the last sheet of a workbook, which are read and not counted with."""

from __future__ import annotations

import math
from typing import Any

from wanli_geo.report import palette
from wanli_geo.report.document import Block, Document, Figure, Figures, Items, Picture, Section, Table, Text
from wanli_geo.report.office import TONES
from wanli_geo.report.say import pick
from wanli_geo.report.workbook_ink import Ink, width
from wanli_geo.report.workbook_table import RULED, write_grid

_OVERVIEW_WIDTHS = (32, 18, 58)
_NOTES_WIDTHS = (18,) * 6
_TEXT_PT = 10.0
_LINE = 1.6  # heights of its letters that a line of text takes
_MOST_PT = 409.0  # of a row of Excel


class Page:
    """A sheet filled from top to bottom; a text goes across all of its columns."""

    def __init__(self, ink: Ink, name: str, widths: tuple[int, ...], title: str) -> None:
        self.ink = ink
        self.sheet = ink.sheet(name, title, across=False)
        self.row = 0
        self._widths = widths
        for place, digits in enumerate(widths):
            self.sheet.set_column(place, place, digits)

    def gap(self) -> None:
        self.row += 1

    def across(self, text: str, size: float = _TEXT_PT, **looks: Any) -> None:
        """Write a text over the whole width, the row as high as its lines need."""
        if not text:
            return
        self._heighten(_lines(text, sum(self._widths) * _TEXT_PT / size), size)
        self.ink.merge(self.sheet, self.row, len(self._widths), text, font_size=size, text_wrap=True, **looks)
        self.row += 1

    def beside(self, *texts: str, **looks: Any) -> None:
        """Write texts side by side, one a column."""
        self._heighten(max(_lines(text, room) for text, room in zip(texts, self._widths, strict=True)), _TEXT_PT)
        for place, text in enumerate(texts):
            self.ink.write(self.sheet, self.row, place, text, text_wrap=True, align="left", indent=1, **RULED, **looks)
        self.row += 1

    def _heighten(self, lines: int, size: float) -> None:
        """Make the row as high as so many lines: Excel does not by itself where cells are merged."""
        self.sheet.set_row(self.row, min(_MOST_PT, (lines * _LINE + 0.2) * size))

    def link(self, table: Table) -> None:
        """Write a line that leads to the sheet of a table, and says how long it is."""
        target = "internal:'{}'!A1".format(table.name.replace("'", "''"))
        rows = pick(self.ink.lang, f"{len(table.rows):,} 行", f"{len(table.rows):,} rows")
        self.beside("", rows, "\n".join(filter(None, (table.title, table.note))))
        self.sheet.write_url(self.row - 1, 0, target, self.ink.look(font_color=palette.ACTION, underline=1, indent=1, **RULED), f"→ {table.name}")

    def grid(self, table: Table) -> None:
        """Write a whole table where the page stands."""
        self.across(table.title, bold=True)
        self.across(table.note, font_color=palette.QUIET)
        write_grid(self.ink, self.sheet, self.row, table)
        self.row += len(table.rows) + 1


def _lines(text: str, room: float) -> int:
    """Guess how many lines a text takes where a line holds so many digits, a little less to be safe."""
    return sum(max(1, math.ceil(width(line) / (room * 0.94))) for line in text.split("\n"))


def write_overview(ink: Ink, name: str, document: Document) -> None:
    """Add the first sheet: what the document is, its figures and sentences, and where its tables are."""
    page = Page(ink, name, _OVERVIEW_WIDTHS, document.title)
    _head(page, document)
    for section in document.sections:
        _section(page, section, inline=False)


def write_notes(ink: Ink, name: str, document: Document) -> None:
    """Add the last sheet: how it was made, of what, and what to beware of."""
    page = Page(ink, name, _NOTES_WIDTHS, name)
    page.across(name, 16, bold=True, font_color=palette.ACTION)
    page.across(pick(ink.lang, "灰色空格表示“不知道”，不是零；斜纹表示大部或部分不知道。图见 PDF 或 DOCX 文件。",
                     "An empty grey cell is not known, which is not zero; stripes mean that much of it is not known. Maps are in the PDF or DOCX."))
    for section in document.about:
        _section(page, section, inline=True)
    page.gap()
    page.across(document.attribution, font_color=palette.QUIET)
    if document.run_ids:
        page.across(pick(ink.lang, "运行编号：", "Run: ") + ", ".join(document.run_ids), font_color=palette.QUIET)


def _head(page: Page, document: Document) -> None:
    page.across(document.title, 18, bold=True, font_color=palette.ACTION)
    page.across(document.subtitle, 12)
    page.across(" · ".join(filter(None, (document.place, document.date))), font_color=palette.QUIET)
    if document.sketch:
        fill, ink = TONES["gap"]
        page.across(pick(document.lang, "示意：手绘数据，不作审批依据", "Sketch: drawn by hand, not a basis for approvals"),
                    bold=True, font_color=ink, bg_color=fill)


def _section(page: Page, section: Section, *, inline: bool) -> None:
    page.gap()
    page.across(section.title, 13, bold=True, font_color=palette.ACTION, bottom=2, bottom_color=palette.ACTION)
    for block in section.blocks:
        _block(page, block, inline=inline)


def _block(page: Page, block: Block, *, inline: bool) -> None:
    match block:
        case Text():
            fill, ink = TONES[block.tone]
            painted: dict[str, Any] = {"bg_color": fill} if block.tone in ("gap", "unknown") else {}
            page.across(block.text, font_color=ink, **painted)
        case Items():
            for item in block.items:
                page.across(f"• {item}")
        case Figures():
            for figure in block.figures:
                _figure(page, figure)
        case Picture():
            page.across(pick(page.ink.lang, "图：", "Picture: ") + f"{block.title} — {block.alt}", font_color=palette.QUIET)
        case Table():
            (page.grid if inline else page.link)(block)


def _figure(page: Page, figure: Figure) -> None:
    """Write a key figure: what it is, how much, and a remark."""
    fill, ink = TONES[figure.tone]
    page.beside(figure.label, figure.value, figure.note)
    page.ink.write(page.sheet, page.row - 1, 1, figure.value, **RULED, bold=True, font_color=ink, bg_color=fill, align="right")
