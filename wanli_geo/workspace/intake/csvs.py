"""CSV, TSV and TXT become a table: encoding and separator by evidence, quotes and rows strictly."""

from __future__ import annotations

import csv
import io
from collections import Counter
from itertools import islice

from wanli_geo.errors import BadFile
from wanli_geo.workspace.intake.encodings import Undecodable, decode
from wanli_geo.workspace.intake.raw import Raw
from wanli_geo.workspace.intake.source import Source
from wanli_geo.workspace.intake.tables import Grid, Row, filled, table

_SEPARATORS = (",", "\t", ";", "|")
_LOOKED_AT = 20  # records by which the separator is told


def read(source: Source) -> Raw:
    """Read a table of separated values.

    Raises:
        BadFile: it is no text in the encoding stated or in any tried, it is no table, or a quote is never closed.
    """
    text, encoding = decoded(source)
    source.tell(0.3)
    grid = _grid(source, text, separator(text))
    source.tell(0.8)
    return table(source, grid, "csv", encoding=encoding, ragged=True)


def decoded(source: Source) -> tuple[str, str]:
    """Give the text of a file and its encoding.

    Raises:
        BadFile: it is no text, or none in the encoding stated.
    """
    try:
        text, encoding = decode(source.content(), source.encoding)
    except Undecodable as wrong:
        told = source.encoding or "UTF-8 / GB18030"
        raise source.refusal(f"不是完整的 {told} 文字，可能已损坏；请用记事本“另存为”UTF-8，或注明编码。",
                             f"is not whole as text in {told} and may be broken; save it as UTF-8, or state its encoding.") from wrong
    if "\x00" in text:
        raise source.refusal("里有空字符（NUL），不是文字表格；请从原软件重新导出。", "holds NUL bytes and so is no text; export it again.")
    if not text.strip():
        raise source.refusal("是空的；请换一个有内容的文件。", "is empty; take a file with content.")
    return text, encoding


def separator(text: str) -> str:
    """Tell the separator: the one by which most of the first records fall into the same number of fields, more than one."""
    def agreement(sign: str) -> tuple[int, int]:
        try:
            widths = Counter(len(row) for row in islice(csv.reader(io.StringIO(text, newline=""), delimiter=sign), _LOOKED_AT) if row)
        except csv.Error:
            return 0, 0
        width, rows = max(widths.items(), key=lambda item: (item[0] > 1, item[1], item[0]), default=(0, 0))
        return (rows, width) if width > 1 else (0, 0)

    return max(_SEPARATORS, key=agreement)


def _grid(source: Source, text: str, sign: str) -> Grid:
    """Read the records, each with the number of the line on which it begins."""
    rows: list[Row] = []
    numbers: list[int] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=sign, strict=True)
    line = 1
    try:
        for record in reader:
            cells = [cell.strip() or None for cell in record]
            if filled(cells):
                rows.append(cells)
                numbers.append(line)
            line = reader.line_num + 1
    except csv.Error as wrong:
        raise _broken(source, line, wrong) from wrong
    return Grid(rows, numbers)


def _broken(source: Source, line: int, wrong: csv.Error) -> BadFile:
    if "field larger" in str(wrong):
        return source.refusal(f"第 {line} 行有一格超过 13 万字；多半是引号没有成对，请改正。",
                              f"has a cell of more than 130,000 characters on line {line}; a quote is likely not closed, so close it.")
    return source.refusal(f"第 {line} 行起的引号没有成对；请改正后再读。", f"has quotes that do not pair from line {line} on; correct them.")
