"""The paper of a Word document: upright and across, and what stands on every page."""

from __future__ import annotations

from typing import Any

from wanli_geo.report.document import Document
from wanli_geo.report.say import pick
from wanli_geo.report.word_xml import Element, add, field, paragraph, run, twips

_MARGIN_MM = 20.0
_A4_MM = (210.0, 297.0)
_WHOLE, _LEFT = 5000, 3600  # fiftieths of a percent: the width of a head, and what its left text takes of it
_HEADS_MM = 30.0  # what a heading and a caption need above and below a picture


class Paper:
    """A4 pages under way; `width_mm` and `height_mm` are of what may be printed on."""

    def __init__(self, file: Any, document: Document) -> None:
        self._file = file
        self._wide = False
        lay(file.sections[0], wide=False)
        file.sections[0].different_first_page_header_footer = document.kind == "report"
        _heads(file.sections[0], document)

    @property
    def width_mm(self) -> float:
        return _A4_MM[self._wide] - 2 * _MARGIN_MM

    @property
    def height_mm(self) -> float:
        return _A4_MM[not self._wide] - 2 * _MARGIN_MM - _HEADS_MM

    def turn(self, *, wide: bool) -> bool:
        """Go on across or upright; tell whether that began a page."""
        if wide == self._wide:
            return False
        self._wide = wide
        self.settle()
        section = self._file.add_section()
        section.different_first_page_header_footer = False
        lay(section, wide=wide)
        return True

    def settle(self) -> None:
        """Put the end of the document, which also tells its paper, after all that was written."""
        body = self._file.element.body
        body.append(body.sectPr)


def lay(section: Any, *, wide: bool) -> None:
    """Set the size and margins of a part of the document."""
    size = section._sectPr.get_or_add_pgSz()
    inside = f"{{{size.nsmap['w']}}}"
    for name, value in zip(("w", "h"), _A4_MM[::-1] if wide else _A4_MM, strict=True):
        size.set(inside + name, str(twips(value)))
    size.set(f"{inside}orient", "landscape" if wide else "portrait")
    edges = section._sectPr.get_or_add_pgMar()
    for name in ("top", "right", "bottom", "left"):
        edges.set(inside + name, str(twips(_MARGIN_MM)))
    for name in ("header", "footer"):
        edges.set(inside + name, str(twips(_MARGIN_MM / 2)))


def _heads(section: Any, document: Document) -> None:
    """Write the head and foot of every page; the cover says in itself what the head would."""
    sketch = pick(document.lang, "示意", "sketch") if document.sketch else ""
    _line(section.header, " · ".join(filter(None, (document.place, document.title))), sketch, "Header")
    for foot in (section.footer, section.first_page_footer):
        _number(_line(foot, document.attribution, "", "Footer"), document)
    section.first_page_header.is_linked_to_previous = False


def _line(part: Any, left: str, right: str, style: str) -> Element:
    """Fill a head or foot: one text at the left, one at the right, as wide as the page is; give the right one."""
    part.is_linked_to_previous = False
    element = part._element
    for old in list(element):
        element.remove(old)
    table = add(element, "tbl")
    looks = add(table, "tblPr")
    add(looks, "tblStyle", val="TableNormal")
    add(looks, "tblW", w=_WHOLE, type="pct")
    columns, row = add(table, "tblGrid"), add(table, "tr")
    for text, share, side in ((left, _LEFT, "left"), (right, _WHOLE - _LEFT, "right")):
        add(columns, "gridCol", w=share)
        cell = add(row, "tc")
        add(add(cell, "tcPr"), "tcW", w=share, type="pct")
        line = paragraph(cell, text, style, align=side)
    paragraph(element, "", style)  # Word wants one after a table
    return line


def _number(line: Element, document: Document) -> None:
    before, between, after = ("第 ", " 页，共 ", " 页") if document.lang == "zh" else ("Page ", " of ", "")
    run(line, before)
    field(line, "PAGE", "1")
    run(line, between)
    field(line, "NUMPAGES", "1")
    run(line, after)


