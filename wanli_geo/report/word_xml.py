"""The parts of Word's XML that python-docx has no words for. Elements are lxml's, made by their parent, so that nothing of the extra is imported."""

from __future__ import annotations

from typing import Any

from wanli_geo.report import palette
from wanli_geo.report.document import Tint
from wanli_geo.report.office import legible

Element = Any  # of lxml, which comes with the extra
TWIPS_PER_MM = 1440 / 25.4


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
    return round(mm * TWIPS_PER_MM)
