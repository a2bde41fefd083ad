"""The parts of Word's XML that python-docx has no words for. Elements are lxml's, made by their parent, so that nothing of the extra is imported."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wanli_geo.report import palette
from wanli_geo.report.document import Tint
from wanli_geo.report.office import legible

Element = Any  # of lxml, which comes with the extra
_TWIPS_PER_MM = 1440 / 25.4
_NOTICE_INDENT = 140  # twips: room for the bar at the left of a notice


def add(parent: Element, tag: str, text: str | None = None, **attributes: str | int) -> Element:
    """Append an element of Word's namespace; attributes are of it too."""
    inside = f"{{{parent.nsmap['w']}}}"
    child = parent.makeelement(inside + tag, {inside + name: str(value) for name, value in attributes.items()})
    if text is not None:
        child.text = text
        child.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    parent.append(child)
    return child


def paragraph(parent: Element, text: str, style: str, *, align: str = "", ink: str = "") -> Element:
    """Append a paragraph of a text, lines broken where it breaks them."""
    told = add(parent, "p")
    looks = add(told, "pPr")
    add(looks, "pStyle", val=style)
    if align:
        add(looks, "jc", val=align)
    run(told, text, ink=ink)
    return told


def run(parent: Element, text: str, *, ink: str = "") -> Element:
    """Append a run of a text."""
    told = add(parent, "r")
    if ink:
        add(add(told, "rPr"), "color", val=ink.removeprefix("#"))
    for number, line in enumerate(legible(text).split("\n")):
        if number:
            add(told, "br")
        add(told, "t", line)
    return told


def field(parent: Element, code: str, shown: str) -> None:
    """Append a field with what it shows until Word counts anew."""
    simple = add(parent, "fldSimple", instr=f" {code} ")
    run(simple, shown)


def shade(looks: Element, tint: Tint) -> None:
    """Paint a cell or a paragraph; a hatched one is striped."""
    if tint.hatched:
        add(looks, "shd", val="thinDiagStripe", color=palette.UNKNOWN_STRIPE[1:], fill=tint.fill[1:])
    else:
        add(looks, "shd", val="clear", color="auto", fill=tint.fill[1:])


def twips(mm: float) -> int:
    """Turn millimetres into twentieths of a point."""
    return round(mm * _TWIPS_PER_MM)


def notice(parent: Element, text: str, tint: Tint) -> None:
    """Append a paragraph set off by its colour and a bar at its left."""
    told = add(parent, "p")
    looks = add(told, "pPr")
    add(looks, "pStyle", val="Notice")
    add(add(looks, "pBdr"), "left", val="single", sz=24, space=6, color=tint.ink[1:])
    shade(looks, tint)
    add(looks, "ind", left=_NOTICE_INDENT, right=0)
    run(told, text, ink=tint.ink)


def heading(parent: Element, title: str, level: int, *, mark: int | None, page: bool) -> None:
    """Append a heading, marked for the contents where it has a number, on a new page where asked."""
    told = add(parent, "p")
    looks = add(told, "pPr")
    add(looks, "pStyle", val=f"Heading{level}")
    if page:
        add(looks, "pageBreakBefore")
    if mark is not None:
        add(told, "bookmarkStart", id=mark, name=_mark(mark))
    run(told, title)
    if mark is not None:
        add(told, "bookmarkEnd", id=mark)


def contents(parent: Element, titles: Sequence[str]) -> None:
    """Append a table of contents, filled already: links without page numbers, which only Word itself can count.

    Whoever wants the numbers takes the switch \\n out of the field and updates it.
    """
    for number, title in enumerate(titles, 1):
        told = add(parent, "p")
        add(add(told, "pPr"), "pStyle", val="TOC1")
        if number == 1:
            add(add(told, "r"), "fldChar", fldCharType="begin")
            add(add(told, "r"), "instrText", ' TOC \\o "1-1" \\n \\h \\z ')
            add(add(told, "r"), "fldChar", fldCharType="separate")
        run(add(told, "hyperlink", anchor=_mark(number), history=1), title)
        if number == len(titles):
            add(add(told, "r"), "fldChar", fldCharType="end")


def caption(parent: Element, word: str, number: int, title: str, *, above: bool) -> None:
    """Append a numbered caption, kept with the table beneath it."""
    told = add(parent, "p")
    looks = add(told, "pPr")
    add(looks, "pStyle", val="Caption")
    if above:
        add(looks, "keepNext")
    run(told, f"{word} ")
    field(told, f"SEQ {word} \\* ARABIC", str(number))
    run(told, f"  {title}")


def page_break(parent: Element) -> None:
    """Append a page's end."""
    add(add(add(parent, "p"), "r"), "br", type="page")


def _mark(number: int) -> str:
    return f"_Toc{number:08d}"
