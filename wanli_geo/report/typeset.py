"""A `Document` as PDF, and an SVG as PNG. The only file that knows typst, which the extra `report` brings.

What a user wrote reaches typst as data (one JSON file), never as markup; typst sees one folder that exists for that long, and no network.
"""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, Literal

from wanli_geo.errors import MissingExtra, NoFont
from wanli_geo.report import cells, palette, say
from wanli_geo.report.document import Block, Column, Document, Figures, Items, Picture, Section, Table, Text
from wanli_geo.report.say import Lang
from wanli_geo.workspace.faults import CONTROL

Paper = Literal["a4", "a3"]

# What a machine may have to write Chinese with, the best first.
FAMILIES = ("Noto Sans SC", "Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", "WenQuanYi Micro Hei", "SimHei", "SimSun")
_PAPERS_MM: dict[Paper, tuple[float, float]] = {"a4": (210.0, 297.0), "a3": (297.0, 420.0)}
_MARGIN_MM = {"x": 18.0, "top": 24.0, "bottom": 20.0}
_HEADING_MM = 16.0  # above a picture that fills its page
_COVER = 0.45  # of the height of a page may be the picture of its cover
# A picture that fills its page is not lower than this, nor narrower for its height; a sheet keeps to one page if that leaves it so much.
_LEAST_MM, _ENOUGH_MM, _NARROWEST = 58.0, 105.0, 0.8
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
    placed: list[_Placed] = []
    told = _document(document, paper, placed) | {"font": family}
    page = (resources.files("wanli_geo.report") / "document.typ").read_text("utf-8")
    if any(one.picture.fills for one in placed):
        rooms = _asked(page, {"document.json": _json(told | {"pictures": [one.told for one in placed], "measuring": True})}, "<room>")
        placed = _filling(placed, rooms)
    drawn = {f"{number}.svg": one.picture.draw(one.width, one.height) for number, one in enumerate(placed)}
    return _compiled(page, {"document.json": _json(told | {"pictures": [one.told for one in placed], "measuring": False}), **drawn}, "pdf")


@dataclass(frozen=True)
class _Placed:
    """A picture with its size on the page, in millimetres."""

    picture: Picture
    width: float
    height: float

    @property
    def told(self) -> dict[str, Any]:
        return {"alt": sayable(self.picture.alt), "width": self.width, "height": self.height, "fills": self.picture.fills}


def _filling(placed: Sequence[_Placed], rooms: Sequence[Mapping[str, Any]]) -> list[_Placed]:
    """The pictures, those that fill their page as high as it has room: none lower than is worth looking at, so that may take another page."""
    sized = list(placed)
    for room in rooms:
        numbers = room["pictures"]
        height = int(room["mm"] / len(numbers) - 0.5)
        for number in numbers:
            if height >= _LEAST_MM:
                sized[number] = replace(placed[number], height=float(min(height, int(placed[number].width / _NARROWEST))))
    return sized


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
            "这台机器没有中文字体，做不了 PDF、PNG 和 Word 里的图；请安装：Linux 用 apt-get install fonts-noto-cjk；"
            "Windows 自带“微软雅黑”，请检查是否被删。",
            "This machine has no Chinese font, so no PDF, PNG or picture in Word can be made; install one: apt-get install fonts-noto-cjk on Linux; "
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
    """Compile a page at a fixed moment."""
    with _alone(page, files) as at:
        return bytes(_typst().compile(str(at), root=str(at.parent), format=to, ppi=ppi, timestamp=0))


def _asked(page: str, files: dict[str, str], label: str) -> list[dict[str, Any]]:
    """What a page says of itself where it bears a label."""
    with _alone(page, files) as at:
        return list(json.loads(_typst().query(str(at), label, field="value", root=str(at.parent))))


@contextmanager
def _alone(page: str, files: dict[str, str]) -> Iterator[Path]:
    """A page in a folder that holds nothing but its files, and no longer than it is needed."""
    with tempfile.TemporaryDirectory(prefix="wanli-geo-") as name:
        folder = Path(name)
        for file, content in {**files, "page.typ": page}.items():
            (folder / file).write_text(content, "utf-8")
        yield folder / "page.typ"


def _json(told: Mapping[str, Any]) -> str:
    return json.dumps(told, ensure_ascii=False)


def _document(document: Document, paper: Paper, placed: list[_Placed]) -> dict[str, Any]:
    """The document as JSON values, its pictures placed at the width of the page and told of by number."""
    lang, (wide, high) = document.lang, _PAPERS_MM[paper]
    cover = [] if document.cover is None else [_block(document.cover, lang, (wide - 2 * _MARGIN_MM["x"], high * _COVER), paper, placed)]
    notice = say.pick(lang, "示意：部分数据为手绘示意，不作审批依据。", "Sketch: some of the data is drawn by hand and no basis for approvals.")
    return {
        "kind": document.kind, "lang": lang, "paper": paper, "sketch": document.sketch, "notice": notice,
        "margin": _MARGIN_MM, "enough": _ENOUGH_MM, "colors": _COLORS,
        "title": sayable(document.title), "subtitle": sayable(document.subtitle), "place": sayable(document.place), "date": sayable(document.date),
        "attribution": sayable(document.attribution), "foot": _foot(document),
        "cover": cover,
        "sections": [_section(one, lang, paper, placed) for one in document.sections],
        "about": [_section(one, lang, paper, placed) for one in document.about],
    }


def _foot(document: Document) -> str:
    """The credit and the run that every page carries, in a line; of many runs the first, the others stand at the end of the document."""
    more = len(document.run_ids) - 1
    others = say.pick(document.lang, f" 等 {more + 1} 个", f" and {more} more") if more > 0 else ""
    told = [say.pick(document.lang, f"运行号 {run}", f"Run {run}") + others for run in document.run_ids[:1]]
    return sayable(" · ".join(filter(None, (document.attribution, *told))))


def _section(section: Section, lang: Lang, paper: Paper, placed: list[_Placed]) -> dict[str, Any]:
    wide, high = _PAPERS_MM[paper]
    if section.wide and paper == "a4":
        wide, high = high, wide
    room = (wide - 2 * _MARGIN_MM["x"], high - _MARGIN_MM["top"] - _MARGIN_MM["bottom"] - _HEADING_MM)
    blocks = [_block(block, lang, room, paper, placed) for block in section.blocks]
    return {"title": sayable(section.title), "page": section.page, "wide": section.wide, "blocks": blocks}


def _block(block: Block, lang: Lang, room: tuple[float, float], paper: Paper, placed: list[_Placed]) -> dict[str, Any]:
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
            return {"is": "table", **_table(block, lang, room[0], paper)}
        case Picture():
            placed.append(_Placed(block, *fit(block.aspect, *room)))
            return {"is": "picture", "number": len(placed) - 1}


def fit(aspect: float, width: float, height: float) -> tuple[float, float]:
    """The largest size of that aspect inside a room, in whole millimetres."""
    if width / aspect <= height:
        return float(int(width)), float(max(1, round(width / aspect)))
    return float(max(1, round(height * aspect))), float(int(height))


def _widths(columns: Sequence[Column], rows: Sequence[Sequence[str]], width_mm: float, paper: Paper) -> list[tuple[float, int]]:
    """How wide each column is, by its weight, but so that no usual word is broken; and how many letters surely fit into it."""
    letter, pad = (_LETTER_MM[paper], 3.0) if len(columns) <= _MANY_COLUMNS else (_LETTER_MM[paper] * 0.86, 2.0)
    least = [max(map(cells.longest_word, texts)) * letter + pad for texts in zip([one.title for one in columns], *rows, strict=True)]
    widths = cells.parted([one.weight for one in columns], least, width_mm)
    return [(width, max(1, int((width - pad) / letter + 0.01))) for width in widths]


def _table(table: Table, lang: Lang, width_mm: float, paper: Paper) -> dict[str, Any]:
    """A table as JSON values; words too long for their column may be broken."""
    rows = [[cells.told(value, column.kind, lang) for value, column in zip(row, table.columns, strict=True)] for row in table.rows[: table.shown]]
    widths, letters = zip(*_widths(table.columns, rows, width_mm, paper), strict=True)
    return {
        "title": sayable(table.title), "note": sayable(table.note),
        "columns": [{"title": sayable(one.title, most), "width": width, "right": one.kind != "text"}
                    for one, width, most in zip(table.columns, widths, letters, strict=True)],
        "rows": [[sayable(text, most) for text, most in zip(row, letters, strict=True)] for row in rows],
        "tints": {f"{row},{column}": vars(tint) for (row, column), tint in table.tints.items() if row < len(rows)},
        "rest": sayable(cells.left_out(table, lang)),
    }


def sayable(text: str, longest: int = _LONG_WORD) -> str:
    """A text without what paper cannot show, with places to break words longer than `longest` letters."""
    clean = CONTROL.sub("", text).encode("utf-8", "replace").decode()
    return re.sub(rf"[!-⺀]{{{longest + 1},}}", lambda word: "\u200b".join(re.findall(rf".{{1,{_PIECE}}}", word[0])), clean)
