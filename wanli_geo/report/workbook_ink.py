"""How texts and looks get into a workbook: each look made once, each text a text and never a formula or a link."""

from __future__ import annotations

from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from wanli_geo.report import palette
from wanli_geo.report.document import Document, Tint
from wanli_geo.report.files import FORMULA
from wanli_geo.report.office import legible
from wanli_geo.report.say import Lang, pick

_MOST_TEXT = 32_767  # UTF-16 units of a cell
_MOST_HEAD = 255  # characters of a printed head or foot
_A4 = 9
_LINES_UP = 14  # the pattern of a hatched cell: thin stripes to the upper right
WIDE_FROM = "\u1100"  # from here on letters are about twice as wide as digits


def default_font(lang: Lang) -> dict[str, Any]:
    """Give the font that every Windows, Office and WPS of that language has."""
    return {"font_name": pick(lang, "微软雅黑", "Calibri"), "font_size": 10}


def cut(text: str, units: int) -> str:
    """Cut a text to so many UTF-16 units, as Office counts, never through a character."""
    return text if len(text) * 2 <= units else text.encode("utf-16-le")[: units * 2].decode("utf-16-le", "ignore")


def width(text: str) -> int:
    """Measure the longest line of a text in digits; a Chinese character takes two."""
    return max(sum(2 if letter >= WIDE_FROM else 1 for letter in line) for line in text.split("\n"))


class Ink:
    """A workbook under way: makes sheets ready to print, writes texts, and makes each look once."""

    def __init__(self, book: Workbook, document: Document) -> None:
        self.lang = document.lang
        self._book = book
        self._looks: dict[frozenset[tuple[str, Any]], Format] = {}
        self._document = document

    def sheet(self, name: str, title: str, *, across: bool) -> Worksheet:
        """Add a sheet: A4, as wide as one page, the place, title and page numbers on every page."""
        sheet = self._book.add_worksheet(name)
        sheet.set_paper(_A4)
        if across:
            sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.5, right=0.5, top=0.8, bottom=0.7)
        sheet.hide_gridlines(2)
        sketch = pick(self.lang, "示意", "sketch") if self._document.sketch else ""
        sheet.set_header(_printed(self._document.place, title, sketch))
        page = pick(self.lang, "第 &P 页，共 &N 页", "Page &P of &N")
        sheet.set_footer(_printed(self._document.attribution, "", "") + f"&R{page}")
        return sheet

    def look(self, **properties: Any) -> Format:
        """Give the format of these properties of xlsxwriter; the same properties give the same format."""
        key = frozenset(properties.items())
        if key not in self._looks:
            self._looks[key] = self._book.add_format({"valign": "top", **properties})
        return self._looks[key]

    def write(self, sheet: Worksheet, row: int, column: int, text: str, **looks: Any) -> None:
        """Write a text as a text.

        What looks like a formula is marked as quoted: the text stays as it is, and stays a text when someone edits the cell.
        """
        held = self._held(text)
        quoted = {"quote_prefix": True} if held.startswith(FORMULA) else {}
        sheet.write_string(row, column, held, self.look(**looks, **quoted))

    def merge(self, sheet: Worksheet, row: int, columns: int, text: str, **looks: Any) -> None:
        """Write a text across the first columns of a row."""
        sheet.merge_range(row, 0, row, columns - 1, "", self.look(**looks))
        self.write(sheet, row, 0, text, **looks)

    def _held(self, text: str) -> str:
        """Make a text that a cell holds."""
        held = legible(text)
        if held.startswith("<r>") and held.endswith("</r>"):
            held += " "  # xlsxwriter would take it for markup of its own
        if len(held) * 2 <= _MOST_TEXT or cut(held, _MOST_TEXT) == held:
            return held
        more = pick(self.lang, f"……（单元格放不下，已截断；全文 {len(held):,} 字）", f"… (cut: a cell cannot hold all {len(held):,} characters)")
        return cut(held, _MOST_TEXT - len(more)) + more


def tinted(tint: Tint) -> dict[str, Any]:
    """Give the look of a painted cell; a hatched one is striped."""
    if tint.hatched:
        return {"font_color": tint.ink, "pattern": _LINES_UP, "bg_color": tint.fill, "fg_color": palette.UNKNOWN_STRIPE}
    return {"font_color": tint.ink, "bg_color": tint.fill}


def _printed(left: str, middle: str, right: str) -> str:
    """Make a printed head of three texts; an ampersand is doubled, for a single one begins a code."""
    room = _MOST_HEAD - len("&L&C&R") - 40  # what the page numbers take
    told = {}
    for place, text in (("R", right), ("L", left), ("C", middle)):
        shown = cut(legible(text).replace("\n", " "), room // 2 if place != "R" else room).replace("&", "&&")
        told[place] = shown if len(shown) <= room else ""
        room -= len(told[place])
    return "".join(f"&{place}{told[place]}" for place in "LCR" if told[place])
