"""A document as DOCX, to be edited in Word and WPS: real headings, styles, captions, fields and tables. The door of python-docx."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from typing import Any

from wanli_geo.errors import MissingExtra
from wanli_geo.report import typeset
from wanli_geo.report.cells import left_out
from wanli_geo.report.document import Block, Document, Figures, Items, Picture, Section, Table, Text, Tint, Tone
from wanli_geo.report.office import TONES, legible, made_on
from wanli_geo.report.say import pick
from wanli_geo.report.word_paper import Paper
from wanli_geo.report.word_style import dress
from wanli_geo.report.word_table import cards, grid
from wanli_geo.report.word_xml import caption, contents, heading, notice, page_break, paragraph

_PIXELS_PER_MM = 150 / 25.4
_EMU_PER_MM = 36_000
_NO_DATE = (1980, 1, 1, 0, 0, 0)  # the earliest that a ZIP archive can say


def docx(document: Document) -> bytes:
    """Write a document for Word and WPS; the same document gives the same bytes.

    Raises:
        MissingExtra: python-docx is not installed, or, where there are pictures, typst.
        NoFont: no Chinese font to draw the pictures with.
    """
    file = _python_docx().Document()
    dress(file, document.lang)
    _name(file.core_properties, document)
    writer = _Writer(file, document)
    writer.head()
    for section in document.sections:
        writer.section(section)
    writer.about()
    writer.end()
    whole = io.BytesIO()
    file.save(whole)
    return _undated(whole)


def ready() -> None:
    """Make sure that this machine can write DOCX, pictures and all, before anything is computed.

    Raises:
        MissingExtra: python-docx or typst is not installed.
        NoFont: no Chinese font to draw the pictures with.
    """
    _python_docx()
    typeset.fonts()


def _python_docx() -> Any:
    try:
        import docx  # noqa: PLC0415  the one door of python-docx
    except ImportError as wrong:
        raise MissingExtra(
            "写 DOCX 需要附加组件 report：请运行 pip install 'wanli-geo[report]'；XLSX 和 HTML 不需要它。",
            "Writing DOCX needs the extra `report`: run pip install 'wanli-geo[report]'; XLSX and HTML do without.",
        ) from wrong
    return docx


def _name(properties: Any, document: Document) -> None:
    """Say in the file's properties what it is, dated as the document is."""
    properties.title, properties.subject = legible(document.title)[:255], legible(document.place)[:255]
    properties.author = properties.last_modified_by = "wanli-geo"
    properties.comments = legible(", ".join(document.run_ids))[:255]
    properties.language = pick(document.lang, "zh-CN", "en-GB")
    properties.created = properties.modified = made_on(document)


def _undated(whole: io.BytesIO) -> bytes:
    """Pack an archive anew without the hour it was made at."""
    packed = io.BytesIO()
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(zipfile.ZipInfo(part, _NO_DATE), old.read(part), zipfile.ZIP_DEFLATED)
    return packed.getvalue()


class _Writer:
    """Writes blocks in reading order; counts headings, tables and pictures."""

    def __init__(self, file: Any, document: Document) -> None:
        self._file = file
        self._document = document
        self._lang = document.lang
        self._paper = Paper(file, document)
        self._body = file.element.body
        self._headings = self._tables = self._pictures = 0
        self._after_contents = document.kind == "report"

    def head(self) -> None:
        """Write the cover and the contents of a report, or the head of a sheet."""
        document, report = self._document, self._document.kind == "report"
        self._say(document.place, "CoverPlace" if report else "Remark")
        self._say(document.title, "Title")
        self._say(document.subtitle, "Subtitle")
        self._say(document.date, "CoverDate" if report else "Remark")
        if document.sketch:
            self._warn(pick(self._lang, "示意：手绘数据，不作审批依据", "Sketch: drawn by hand, not a basis for approvals"), "gap")
        if report:
            self._contents()

    def section(self, section: Section, level: int = 1) -> None:
        """Write a part with its heading, upright or across, on a new page where it asks for one."""
        turned = self._paper.turn(wide=section.wide)
        self._heading(section.title, level, page=(section.page or self._after_contents) and not turned)
        self._after_contents = False
        for block in section.blocks:
            self._block(block)

    def about(self) -> None:
        """Write how it was made, last."""
        turned = self._paper.turn(wide=False)
        self._heading(self._about, 1, page=not turned and self._document.kind == "report")
        self._after_contents = False
        for section in self._document.about:
            self.section(replace(section, wide=False), level=2)
        self._say(self._document.attribution, "Remark")
        if self._document.run_ids:
            self._say(pick(self._lang, "运行编号：", "Run: ") + ", ".join(self._document.run_ids), "Remark")

    def end(self) -> None:
        self._paper.settle()

    @property
    def _about(self) -> str:
        return pick(self._lang, "方法、资料与注意事项", "Method, sources and caveats")

    def _contents(self) -> None:
        page_break(self._body)
        self._say(pick(self._lang, "目录", "Contents"), "TOCHeading")
        contents(self._body, [*(section.title for section in self._document.sections if section.title), self._about])

    def _heading(self, title: str, level: int, *, page: bool) -> None:
        """Write a heading; a part without a title has none, and may still begin a page."""
        if title:
            self._headings += level == 1
            heading(self._body, title, level, mark=self._headings if level == 1 else None, page=page)
        elif page:
            page_break(self._body)

    def _say(self, text: str, style: str) -> None:
        if text:
            paragraph(self._body, text, style)

    def _warn(self, text: str, tone: Tone) -> None:
        fill, ink = TONES[tone]
        notice(self._body, text, Tint(fill, ink))

    def _block(self, block: Block) -> None:
        match block:
            case Text(tone="gap" | "unknown"):
                self._warn(block.text, block.tone)
            case Text():
                paragraph(self._body, block.text, "Normal", ink=TONES[block.tone][1])
            case Items():
                for item in block.items:
                    self._say(item, "ListBullet")
            case Figures():
                cards(self._body, block.figures, self._paper.width_mm)
            case Table():
                self._table(block)
            case Picture():
                self._picture(block)

    def _table(self, table: Table) -> None:
        self._tables += 1
        caption(self._body, pick(self._lang, "表", "Table"), self._tables, table.title, above=True)
        grid(self._body, table, self._lang, self._paper.width_mm)
        self._say("\n".join(filter(None, (left_out(table, self._lang), table.note))) or " ", "Remark")

    def _picture(self, picture: Picture) -> None:
        self._pictures += 1
        width_mm, height_mm = typeset.fit(picture.aspect, self._paper.width_mm, self._paper.height_mm)
        png = typeset.png(picture.draw(width_mm, height_mm), width_px=round(width_mm * _PIXELS_PER_MM))
        self._paper.settle()
        shape = self._file.add_picture(io.BytesIO(png), width=round(width_mm * _EMU_PER_MM))
        shape._inline.docPr.set("descr", legible(picture.alt))
        for side in "TBLR":
            shape._inline.set(f"dist{side}", "0")  # unsaid, LibreOffice takes it for 3 mm
        caption(self._body, pick(self._lang, "图", "Figure"), self._pictures, picture.title, above=False)
