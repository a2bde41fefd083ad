"""A `Document` as PDF, and an SVG as PNG. The only file that knows typst, which the extra `report` brings.

What a user wrote reaches typst as data (one JSON file), never as markup; typst sees one folder that exists for that long, and no network.
"""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Sequence
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, Literal

import pandas as pd

from wanli_geo.errors import MissingExtra, NoFont
from wanli_geo.report import palette, say
from wanli_geo.report.document import Block, Cell, Column, Document, Figures, Items, Kind, Picture, Section, Table, Text
from wanli_geo.report.say import Lang
from wanli_geo.workspace.faults import CONTROL

Paper = Literal["a4", "a3"]

# What a machine may have to write Chinese with, the best first.
FAMILIES = ("Noto Sans SC", "Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", "WenQuanYi Micro Hei", "SimHei", "SimSun")
_PAPERS_MM: dict[Paper, tuple[float, float]] = {"a4": (210.0, 297.0), "a3": (297.0, 420.0)}
_MARGIN_MM = {"x": 18.0, "top": 24.0, "bottom": 20.0}
_HEADING_MM = 16.0  # above a picture that fills its page
_DECIMALS: dict[Kind, int] = {"count": 0, "metres": 0, "minutes": 1, "area": 0, "number": 3, "degrees": 7}
# A word longer than its line would run off it, so it may be broken: after so many letters on the page, in a cell by the width of its column.
_LONG_WORD, _LONG_FIGURE, _PIECE = 40, 14, 4
_LETTER_MM, _MANY_COLUMNS = {"a4": 1.85, "a3": 2.15}, 9
_COLORS = {
    "ink": palette.INK, "quiet": palette.QUIET, "line": palette.GROUND["road_edge"], "accent": palette.ACTION, "good": palette.COVERED_INK,
    "gap": palette.GAP_INK, "stripe": palette.UNKNOWN_STRIPE,
}


def pdf(document: Document, *, paper: Paper = "a4") -> bytes:
    """Set a document as a PDF: tagged, in its language, fonts inside; the same document gives the same bytes.

    Raises:
        MissingExtra: typst is not installed.
        NoFont: no font with Chinese characters.
    """
    family = fonts()
    pictures: list[str] = []
    told = _document(document, paper, pictures) | {"font": family}
    files = {"document.json": json.dumps(told, ensure_ascii=False), **{f"{number}.svg": svg for number, svg in enumerate(pictures)}}
    return _compiled((resources.files("wanli_geo.report") / "document.typ").read_text("utf-8"), files, "pdf")


def png(svg: str, *, width_px: int = 1600) -> bytes:
    """Paint an SVG as a PNG of this width.

    Raises:
        MissingExtra: typst is not installed.
        NoFont: no font with Chinese characters.
    """
    fonts()
    page = '#set page(width: auto, height: auto, margin: 0pt)\n#image("0.svg", width: 10in)\n'
    return _compiled(page, {"0.svg": svg}, "png", ppi=width_px / 10)


@cache
def fonts() -> str:
    """Name the family to write Chinese with.

    Raises:
        MissingExtra: typst is not installed.
        NoFont: there is none; the sentence says how to get one.
    """
    known = set(_typst().Fonts().families())
    return chosen(known)


def chosen(known: set[str]) -> str:
    """The best of the families known that writes Chinese.

    Raises:
        NoFont: none of them does.
    """
    found = next((family for family in FAMILIES if family in known), None)
    if found is None:
        raise NoFont(
            "这台机器没有中文字体，做不了 PDF 和 PNG；请安装：Linux 用 apt-get install fonts-noto-cjk；Windows 自带“微软雅黑”，请检查是否被删。",
            "This machine has no Chinese font, so no PDF or PNG can be made; install one: apt-get install fonts-noto-cjk on Linux; "
            "Windows brings Microsoft YaHei, see whether it was removed.",
        )
    return found


def _typst() -> Any:
    try:
        import typst  # noqa: PLC0415 (an optional extra, at its one door)
    except ImportError as missing:
        raise MissingExtra(
            "做 PDF 和 PNG 需要 typst；请运行：pip install 'wanli-geo[report]'。",
            "PDF and PNG need typst; run: pip install 'wanli-geo[report]'.",
        ) from missing
    return typst


def _compiled(page: str, files: dict[str, str], to: Literal["pdf", "png"], *, ppi: float | None = None) -> bytes:
    """Compile a page in a folder that holds nothing but its files, at a fixed moment."""
    with tempfile.TemporaryDirectory(prefix="wanli-geo-") as name:
        folder = Path(name)
        for file, content in {**files, "page.typ": page}.items():
            (folder / file).write_text(content, "utf-8")
        return bytes(_typst().compile(str(folder / "page.typ"), root=str(folder), format=to, ppi=ppi, timestamp=0))


def _document(document: Document, paper: Paper, pictures: list[str]) -> dict[str, Any]:
    """The document as JSON values, its pictures drawn to the width of the page."""
    lang = document.lang
    notice = say.pick(lang, "示意：部分数据为手绘示意，不作审批依据。", "Sketch: some of the data is drawn by hand and no basis for approvals.")
    return {
        "kind": document.kind, "lang": lang, "paper": paper, "sketch": document.sketch, "notice": notice, "margin": _MARGIN_MM, "colors": _COLORS,
        "title": sayable(document.title), "subtitle": sayable(document.subtitle), "place": sayable(document.place), "date": sayable(document.date),
        "attribution": sayable(document.attribution), "foot": _foot(document),
        "sections": [_section(one, lang, paper, pictures) for one in document.sections],
        "about": [_section(one, lang, paper, pictures) for one in document.about],
    }


def _foot(document: Document) -> str:
    """The credit and the runs that every page carries; of many runs the first few."""
    runs, more = " ".join(document.run_ids[:3]), len(document.run_ids) - 3
    others = say.pick(document.lang, f" 等 {more + 3} 个", f" and {more} more") if more > 0 else ""
    told = say.pick(document.lang, f"运行号 {runs}", f"Run {runs}") + others
    return sayable(" · ".join(filter(None, (document.attribution, told if runs else ""))))


def _section(section: Section, lang: Lang, paper: Paper, pictures: list[str]) -> dict[str, Any]:
    wide, high = _PAPERS_MM[paper]
    if section.wide and paper == "a4":
        wide, high = high, wide
    room = (wide - 2 * _MARGIN_MM["x"], high - _MARGIN_MM["top"] - _MARGIN_MM["bottom"] - _HEADING_MM)
    blocks = [_block(block, lang, room, paper, pictures) for block in section.blocks]
    return {"title": sayable(section.title), "page": section.page, "wide": section.wide, "blocks": blocks}


def _block(block: Block, lang: Lang, room: tuple[float, float], paper: Paper, pictures: list[str]) -> dict[str, Any]:
    match block:
        case Text():
            return {"is": "text", "text": sayable(block.text), "tone": block.tone}
        case Items():
            return {"is": "items", "items": [sayable(item) for item in block.items]}
        case Figures():
            return {"is": "figures", "figures": [
                {"label": sayable(one.label), "value": sayable(one.value, _LONG_FIGURE), "note": sayable(one.note), "tone": one.tone}
                for one in block.figures]}
        case Table():
            return {"is": "table", **_table(block, lang, letters_in(block.columns, room[0], paper))}
        case Picture():
            width, height = fit(block.aspect, *room)
            pictures.append(block.draw(width, height))
            return {"is": "picture", "number": len(pictures) - 1, "alt": sayable(block.alt), "width": width}


def fit(aspect: float, width: float, height: float) -> tuple[float, float]:
    """The largest size of that aspect inside a room, in whole millimetres."""
    if width / aspect <= height:
        return float(int(width)), float(max(1, round(width / aspect)))
    return float(max(1, round(height * aspect))), float(int(height))


def letters_in(columns: Sequence[Column], width_mm: float, paper: Paper) -> list[int]:
    """How many letters surely fit into each column of a table of this width."""
    letter, pad = (_LETTER_MM[paper], 3.0) if len(columns) <= _MANY_COLUMNS else (_LETTER_MM[paper] * 0.86, 2.0)
    whole = sum(one.weight for one in columns)
    return [max(1, int((one.weight / whole * width_mm - pad) / letter)) for one in columns]


def _table(table: Table, lang: Lang, letters: Sequence[int]) -> dict[str, Any]:
    """A table as JSON values; words too long for their column may be broken."""
    rows = table.rows if table.shown is None else table.rows[: table.shown]
    left = len(table.rows) - len(rows)
    return {
        "title": sayable(table.title), "note": sayable(table.note),
        "columns": [{"title": sayable(one.title, most), "weight": one.weight, "right": one.kind != "text"}
                    for one, most in zip(table.columns, letters, strict=True)],
        "rows": [[sayable(cell(value, column, lang), most) for value, column, most in zip(row, table.columns, letters, strict=True)] for row in rows],
        "tints": {f"{row},{column}": vars(tint) for (row, column), tint in table.tints.items() if row < len(rows)},
        "rest": say.pick(lang, f"其余 {left:,} 行见工作簿。", f"{left:,} more rows stand in the workbook.") if left else "",
    }


def cell(value: Cell, column: Column, lang: Lang) -> str:
    """A cell as it is read on paper; what is not known is a dash."""
    if value is None or pd.isna(value):
        return say.NOTHING
    if isinstance(value, bool):
        return say.pick(lang, "是", "yes") if value else say.pick(lang, "否", "no")
    if isinstance(value, str):
        return value
    return say.share(value) if column.kind == "share" else say.number(value, _DECIMALS.get(column.kind, 0))


def sayable(text: str, longest: int = _LONG_WORD) -> str:
    """A text without what paper cannot show, with places to break words longer than `longest` letters."""
    clean = CONTROL.sub("", text).encode("utf-8", "replace").decode()
    return re.sub(rf"[!-⺀]{{{longest + 1},}}", lambda word: "\u200b".join(re.findall(rf".{{1,{_PIECE}}}", word[0])), clean)
