"""A `Document` as PDF, and an SVG as PNG. The only file that knows typst, which the extra `report` brings.

What a user wrote reaches typst as data (one JSON file), never as markup; it reads one folder that exists for that long, and no network.
"""

from __future__ import annotations

import json
import tempfile
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, Literal

from wanli_geo.errors import MissingExtra, NoFont
from wanli_geo.report import say
from wanli_geo.report.document import Block, Column, Document, Figures, Items, Picture, Section, Table, Text
from wanli_geo.report.say import Lang

Paper = Literal["a4", "a3"]

# What a machine may have to write Chinese with, the best first.
FAMILIES = ("Noto Sans SC", "Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", "WenQuanYi Micro Hei", "SimHei", "SimSun")
_SIZES_MM = {"a4": (210.0, 297.0), "a3": (297.0, 420.0)}
_MARGIN_MM = 18.0


def pdf(document: Document, *, paper: Paper = "a4") -> bytes:
    """Set a document as a PDF: tagged, in its language, fonts inside; the same document gives the same bytes.

    Raises:
        MissingExtra: typst is not installed.
        NoFont: no font with Chinese characters.
    """
    family = fonts()
    pictures: list[str] = []
    told = _document(document, paper, pictures) | {"font": family}
    with tempfile.TemporaryDirectory(prefix="wanli-geo-") as name:
        folder = Path(name)
        (folder / "document.json").write_text(json.dumps(told, ensure_ascii=False), "utf-8")
        for number, svg in enumerate(pictures):
            (folder / f"{number}.svg").write_text(svg, "utf-8")
        return _compiled(folder, _template(), "pdf", None)


def png(svg: str, *, width_px: int = 1600) -> bytes:
    """Paint an SVG as a PNG of this width.

    Raises:
        MissingExtra: typst is not installed.
        NoFont: no font with Chinese characters.
    """
    fonts()
    with tempfile.TemporaryDirectory(prefix="wanli-geo-") as name:
        folder = Path(name)
        (folder / "0.svg").write_text(svg, "utf-8")
        page = '#set page(width: auto, height: auto, margin: 0pt)\n#image("0.svg", width: 100mm)\n'
        return _compiled(folder, page, "png", width_px / (100 / 25.4))


@cache
def fonts() -> str:
    """Name the family to write Chinese with.

    Raises:
        MissingExtra: typst is not installed.
        NoFont: there is none; the sentence says how to get one.
    """
    known = set(_typst().Fonts().families())
    found = next((family for family in FAMILIES if family in known), None)
    if found is None:
        raise NoFont(
            "这台机器没有中文字体，做不了 PDF 和 PNG；请安装：Linux 用 apt-get install fonts-noto-cjk，Windows 自带微软雅黑，无需安装。",
            "This machine has no Chinese font, so no PDF or PNG can be made; install one: apt-get install fonts-noto-cjk on Linux; "
            "Windows brings Microsoft YaHei.",
        )
    return found


def _typst() -> Any:
    try:
        import typst
    except ImportError as missing:
        raise MissingExtra(
            "做 PDF 和 PNG 需要 typst；请运行：pip install 'wanli-geo[report]'。",
            "PDF and PNG need typst; run: pip install 'wanli-geo[report]'.",
        ) from missing
    return typst


def _compiled(folder: Path, page: str, to: str, ppi: float | None) -> bytes:
    (folder / "page.typ").write_text(page, "utf-8")
    return bytes(_typst().compile(str(folder / "page.typ"), root=str(folder), format=to, ppi=ppi, timestamp=0))


def _template() -> str:
    return (resources.files("wanli_geo.report") / "document.typ").read_text("utf-8")


def _document(document: Document, paper: Paper, pictures: list[str]) -> dict[str, Any]:
    """The document as JSON values, its pictures drawn to the width of the page."""
    return {
        "kind": document.kind, "lang": document.lang, "title": document.title, "subtitle": document.subtitle, "place": document.place,
        "date": document.date, "sketch": document.sketch, "attribution": document.attribution, "runs": list(document.run_ids), "paper": paper,
        "sections": [_section(one, document.lang, paper, pictures) for one in document.sections],
        "about": [_section(one, document.lang, paper, pictures) for one in document.about],
    }


def _section(section: Section, lang: Lang, paper: Paper, pictures: list[str]) -> dict[str, Any]:
    wide, high = _SIZES_MM[paper]
    if section.wide and paper == "a4":
        wide, high = high, wide
    room = (wide - 2 * _MARGIN_MM, high - 2 * _MARGIN_MM - 14)
    blocks = [_block(block, lang, room, pictures) for block in section.blocks]
    return {"title": section.title, "page": section.page, "wide": section.wide, "blocks": blocks}


def _block(block: Block, lang: Lang, room: tuple[float, float], pictures: list[str]) -> dict[str, Any]:
    match block:
        case Text():
            return {"is": "text", "text": block.text, "tone": block.tone}
        case Items():
            return {"is": "items", "items": list(block.items)}
        case Figures():
            return {"is": "figures", "figures": [vars(figure) for figure in block.figures]}
        case Table():
            return {"is": "table", **_table(block, lang)}
        case Picture():
            width, height = fit(block.aspect, *room)
            pictures.append(block.draw(width, height))
            return {"is": "picture", "number": len(pictures) - 1, "alt": block.alt, "width": width}


def fit(aspect: float, width: float, height: float) -> tuple[float, float]:
    """The largest size of that aspect inside a room, in whole millimetres."""
    return (float(round(width)), float(round(width / aspect))) if width / aspect <= height else (float(round(height * aspect)), float(round(height)))


def _table(table: Table, lang: Lang) -> dict[str, Any]:
    rows = table.rows if table.shown is None else table.rows[: table.shown]
    left = len(table.rows) - len(rows)
    return {
        "title": table.title, "note": table.note,
        "columns": [{"title": column.title, "weight": column.weight, "right": column.kind != "text"} for column in table.columns],
        "rows": [[cell(value, column, lang) for value, column in zip(row, table.columns, strict=True)] for row in rows],
        "tints": {f"{row},{column}": vars(tint) for (row, column), tint in table.tints.items() if row < len(rows)},
        "rest": say.pick(lang, f"其余 {left:,} 行见工作簿。", f"{left:,} more rows stand in the workbook.") if left else "",
    }


def cell(value: Any, column: Column, lang: Lang) -> str:
    """A cell as it is read on paper; what is not known is a dash."""
    if value is None or value != value:
        return say.NOTHING
    if isinstance(value, bool):
        return say.pick(lang, "是", "yes") if value else say.pick(lang, "否", "no")
    if isinstance(value, str):
        return value
    decimals = {"count": 0, "metres": 0, "minutes": 1, "area": 0, "number": 3, "degrees": 7}
    if column.kind == "share":
        return say.share(value)
    return say.number(value, decimals.get(column.kind, 0))
