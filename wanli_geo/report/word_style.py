"""How a Word document looks: its styles, which Word and WPS list by name, and the paper."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from wanli_geo.report import palette
from wanli_geo.report.document import Tint
from wanli_geo.report.say import Lang, pick
from wanli_geo.report.word_xml import Element, add, shade, twips

TABLE = "WanliTable"
_NO_LEVEL = 9  # Word for: not in the outline
# Latin and Chinese: every Windows and WPS has these, and LibreOffice has its own in their place.
_BODY, _HEADS = ("Times New Roman", "宋体"), ("Arial", "黑体")
_BODY_EN, _HEADS_EN = ("Calibri", "宋体"), ("Calibri", "黑体")


@dataclass(frozen=True)
class Style:
    """A paragraph style: sizes and spaces in points, `lines` in lines; `level` from 0 in the outline."""

    name: str
    size: float
    ink: str = palette.INK
    head: bool = False
    bold: bool = False
    before: float = 0
    after: float = 0
    lines: float = 1.0
    align: str = "left"
    follows: bool = False
    level: int | None = None


_STYLES = (
    Style("Normal", 10.5, after=6, lines=1.35),
    Style("Title", 26, palette.ACTION, head=True, before=0, after=10, lines=1.2),
    Style("Subtitle", 14, palette.QUIET, head=True, after=8, lines=1.2),
    Style("Cover Place", 14, palette.QUIET, head=True, before=170, after=14),
    Style("Cover Date", 12, palette.QUIET, head=True, before=24, after=24),
    Style("Heading 1", 16, palette.ACTION, head=True, bold=True, before=16, after=8, lines=1.1, follows=True, level=0),
    Style("Heading 2", 13, palette.ACTION, head=True, bold=True, before=12, after=6, lines=1.1, follows=True, level=1),
    Style("Heading 3", 11.5, palette.ACTION, head=True, bold=True, before=8, after=4, lines=1.1, follows=True, level=2),
    Style("Caption", 9, palette.QUIET, head=True, before=6, after=4),
    Style("List Bullet", 10, after=2, lines=1.15),
    Style("TOC Heading", 16, palette.ACTION, head=True, bold=True, after=8, level=_NO_LEVEL),
    Style("TOC 1", 11, after=6),
    Style("Header", 8.5, palette.QUIET, head=True),
    Style("Footer", 8.5, palette.QUIET, head=True),
    Style("Notice", 10.5, head=True, before=4, after=6, lines=1.3),
    Style("Remark", 8.5, palette.QUIET, head=True, before=2, after=6, lines=1.15),
    Style("Table Text", 8.5, before=1, after=1),
    Style("Table Head", 8.5, palette.WHITE, head=True, bold=True, before=2, after=2, follows=True),
    Style("Figure Label", 9, palette.QUIET, head=True, before=4, follows=True),
    Style("Figure Value", 18, head=True, bold=True, before=1, after=1, follows=True),
)


_KNOWN_TO_WORD = {"TOC 1": "toc 1"}  # styles of Word's own that the template lacks, as the file spells them


def _style_id(name: str) -> str:
    return name.replace(" ", "")


def dress(file: Any, lang: Lang) -> None:
    """Give a new document the house's styles, its language, and a table style."""
    root = file.styles.element
    _defaults(root, lang)
    named = {style.name.casefold(): style.element for style in file.styles}
    for style in _STYLES:
        element = named.get(style.name.casefold())
        _set(_new(root, style) if element is None else element, style, lang)
    _table_style(root)


def _defaults(root: Element, lang: Lang) -> None:
    looks = root.find(".//{*}rPrDefault/{*}rPr")
    looks.clear()
    _fonts(looks, _pick_fonts(lang, head=False))
    add(looks, "lang", val=pick(lang, "en-US", "en-GB"), eastAsia="zh-CN", bidi="ar-SA")


def _pick_fonts(lang: Lang, *, head: bool) -> tuple[str, str]:
    if lang == "zh":
        return _HEADS if head else _BODY
    return _HEADS_EN if head else _BODY_EN


def _fonts(looks: Element, fonts: tuple[str, str]) -> None:
    latin, chinese = fonts
    add(looks, "rFonts", ascii=latin, hAnsi=latin, eastAsia=chinese, cs=latin)


def _new(root: Element, style: Style) -> Element:
    known: dict[str, Any] = {} if style.name in _KNOWN_TO_WORD else {"customStyle": 1}
    element = add(root, "style", type="paragraph", **known, styleId=_style_id(style.name))
    add(element, "name", val=_KNOWN_TO_WORD.get(style.name, style.name))
    add(element, "basedOn", val="Normal")
    add(element, "qFormat")
    return element


def _set(element: Element, style: Style, lang: Lang) -> None:
    """Write what a style looks like in place of what it was; a list keeps its bullets."""
    bullets = element.find("{*}pPr/{*}numPr")
    for old in [*element.findall("{*}pPr"), *element.findall("{*}rPr")]:
        element.remove(old)
    spaces = add(element, "pPr")
    if style.follows:
        add(spaces, "keepNext")
        add(spaces, "keepLines")
    if bullets is not None:
        spaces.append(bullets)
    add(spaces, "spacing", before=round(style.before * 20), after=round(style.after * 20), line=round(style.lines * 240), lineRule="auto")
    add(spaces, "jc", val=style.align)
    if style.level is not None:
        add(spaces, "outlineLvl", val=style.level)
    looks = add(element, "rPr")
    _fonts(looks, _pick_fonts(lang, head=style.head))
    if style.bold:
        add(looks, "b")
    add(looks, "color", val=style.ink[1:])
    add(looks, "sz", val=round(style.size * 2))
    add(looks, "szCs", val=round(style.size * 2))


def _table_style(root: Element) -> None:
    """Add the house's table: thin lines between rows, a dark heading."""
    style = add(root, "style", type="table", customStyle=1, styleId=TABLE)
    add(style, "name", val="Wanli Table")
    add(style, "basedOn", val="TableNormal")
    add(style, "qFormat")
    looks = add(style, "tblPr")
    borders = add(looks, "tblBorders")
    for side in ("top", "bottom", "insideH"):
        add(borders, side, val="single", sz=4, space=0, color=palette.GROUND["road_edge"][1:])
    margins = add(looks, "tblCellMar")
    for side in ("left", "right"):
        add(margins, side, w=twips(1.5), type="dxa")
    heading = add(style, "tblStylePr", type="firstRow")
    shade(add(heading, "tcPr"), Tint(palette.ACTION, palette.WHITE))
