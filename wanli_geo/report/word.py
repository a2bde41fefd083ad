"""A document as DOCX, to be edited in Word and WPS: real headings, styles, captions, fields and tables. The door of python-docx."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from wanli_geo.errors import MissingExtra
from wanli_geo.report import typeset
from wanli_geo.report.cells import left_out
from wanli_geo.report.document import Block, Document, Figures, Items, Picture, Section, Table, Text
from wanli_geo.report.office import TONES, legible, made_on
from wanli_geo.report.say import pick
from wanli_geo.report.word_paper import Paper
from wanli_geo.report.word_style import dress
from wanli_geo.report.word_table import cards, grid
from wanli_geo.report.word_xml import add, bookmarked, notice, paragraph

_DPI = 200
_SQUASHED = (1980, 1, 1, 0, 0, 0)  # the date of every part in the archive, which has none earlier


def docx(document: Document) -> bytes:
    """Write a document for Word and WPS; the same document gives the same bytes.

    Raises:
        MissingExtra: python-docx is not installed, or, where there are pictures, typst.
        NoFont: no Chinese font to draw the pictures with.
    """
    file = _python_docx().Document()
    dress(file, document.lang)
    _date(file, document)
    writer = _Writer(Paper(file, document), document)
    writer.head()
    for section in document.sections:
        writer.section(section)
    writer.about()
    whole = io.BytesIO()
    file.save(whole)
    return _undated(whole)


def _python_docx() -> Any:
    try:
        import docx  # noqa: PLC0415 (the one door of the extra)
    except ImportError as wrong:
        raise MissingExtra(
            "写 DOCX 需要附加组件 report：请运行 pip install 'wanli-geo[report]'；XLSX 和 HTML 不需要它。",
            "Writing DOCX needs the extra `report`: run pip install 'wanli-geo[report]'; XLSX and HTML do without.",
        ) from wrong
    return docx


class _Writer:
    """Writes blocks in reading order and counts tables and pictures."""

    def __init__(self, paper: Paper, document: Document) -> None:
        self._paper = paper
        self._lang = document.lang
        self._document = document
        self._tables = self._pictures = self._headings = 0

    def head(self) -> None:
        """Write the cover and the contents of a report, the head of a sheet."""
        report = self._document.kind == "report"
        if report:
            self._paper.space(_COVER_MM)
        for text, style in ((self._document.place, "Subtitle"), (self._document.title, "Title"), (self._document.subtitle, "Subtitle"),
                            (self._document.date, "Subtitle")):
            if text:
                paragraph(self._paper.body, text, style)
