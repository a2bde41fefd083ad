"""Cells of an XLSX in which a formula went wrong: calamine gives them as empty, and a missing number is not a number that is missing."""

from __future__ import annotations

import re
import zipfile
from html import unescape
from pathlib import Path

_SHEET = re.compile(rb"<(?:\w+:)?sheet\s[^>]*>")
_ATTRIBUTE = re.compile(rb"([\w:]+)\s*=\s*\"([^\"]*)\"")
_RELATION = re.compile(rb"<Relationship\s[^>]*>")
_WRONG = re.compile(rb"<c\s(?=[^>]*\bt=\"e\")[^>]*\br=\"([A-Z]{1,3})([0-9]{1,7})\"[^>]*>(?:<f[^>]*/>|<f[^>]*>[^<]*</f>)?<v>(#[^<]{1,20})</v>")


def wrong_cells(path: Path, part: str) -> dict[tuple[int, int], str]:
    """Find the error cells of a sheet: (row, column) from 0 → what Excel shows, such as “#N/A”; none where the archive is laid out otherwise."""
    with zipfile.ZipFile(path) as book:
        names = set(book.namelist())
        if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= names:
            return {}
        sheets = {unescape(each["name"]): each.get("r:id", "") for each in _attributes(_SHEET, book.read("xl/workbook.xml")) if "name" in each}
        targets = {each.get("Id", ""): each.get("Target", "") for each in _attributes(_RELATION, book.read("xl/_rels/workbook.xml.rels"))}
        target = targets.get(sheets.get(part, ""), "")
        inside = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        content = book.read(inside) if inside in names else b""
    if b't="e"' not in content:
        return {}
    return {(int(row) - 1, _place(column)): value.decode("utf-8", "replace") for column, row, value in _WRONG.findall(content)}


def _attributes(element: re.Pattern[bytes], content: bytes) -> list[dict[str, str]]:
    return [{key.decode(): value.decode("utf-8", "replace") for key, value in _ATTRIBUTE.findall(found)} for found in element.findall(content)]


def _place(letters: bytes) -> int:
    """Number a column from 0: A is 0, AA is 26."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
