"""XLSX, XLS and ODS become a table: the sheet asked for, its values and never its formulas. The only file that speaks to calamine."""

from __future__ import annotations

import zipfile
from datetime import date, datetime, time, timedelta
from typing import Any

import python_calamine as calamine

from wanli_geo.workspace.intake.raw import Raw, Value
from wanli_geo.workspace.intake.source import Source
from wanli_geo.workspace.intake.tables import Grid, filled, table
from wanli_geo.workspace.intake.wrong_cells import wrong_cells

_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")  # the stream that Office puts a workbook with a password into
_UNREADABLE = (calamine.CalamineError, calamine.XmlError, calamine.ZipError, OSError, ValueError)


def read(source: Source) -> Raw:
    """Read one sheet of a workbook.

    Raises:
        BadFile: it is protected by a password, broken, has no such sheet or none with content.
    """
    if source.format == "xlsx" and _ENCRYPTED in source.content():
        raise _locked(source)
    try:
        with calamine.load_workbook(str(source.path)) as book:
            return _book(source, book)
    except calamine.PasswordError as wrong:
        raise _locked(source) from wrong
    except _UNREADABLE as wrong:
        raise source.refusal("不是完整的工作簿；请用 Excel 或 WPS 打开，另存为 .xlsx 后再读。",
                             "is no whole workbook; open it in Excel or WPS and save it as .xlsx.") from wrong


def _locked(source: Source) -> Exception:
    return source.refusal("设有打开密码；请先在 Excel 或 WPS 里去掉密码再读。",
                          "is protected by a password; take the password off in Excel or WPS first.")


def _book(source: Source, book: Any) -> Raw:
    sheets = [sheet for sheet in book.sheets_metadata if sheet.typ == calamine.SheetTypeEnum.WorkSheet]
    parts = tuple(sheet.name for sheet in sheets)
    shown = [sheet.name for sheet in sheets if sheet.visible == calamine.SheetVisibleEnum.Visible]
    for part in [source.chosen(parts, "")] if source.part else [*shown, *parts]:
        sheet = book.get_sheet_by_name(part)
        source.tell(0.5)
        if source.part or sheet.height:
            return _sheet(source, sheet, part, parts)
    raise source.refusal("里没有一张有内容的工作表；请填好后再读。", "has no sheet with content; fill one in.")


def _sheet(source: Source, sheet: Any, part: str, parts: tuple[str, ...]) -> Raw:
    first = (sheet.start or (0, 0))[0]
    rows: list[list[Value]] = [[_value(cell) for cell in row] for row in sheet.iter_rows()]
    _mark_errors(source, rows, sheet, part)
    source.tell(0.8)
    joined = _spread(rows, sheet)
    kept = [place for place, row in enumerate(rows) if filled(row)]
    grid = Grid([rows[place] for place in kept], [first + place + 1 for place in kept], joined)
    return table(source, grid, source.format, part=part, parts=parts)


def _mark_errors(source: Source, rows: list[list[Value]], sheet: Any, part: str) -> None:
    """Write what Excel shows into the cells whose formula went wrong, for the finding that tells of each."""
    if not zipfile.is_zipfile(source.path) or source.format == "ods":
        return
    top, left = sheet.start or (0, 0)
    for (row, column), shown in wrong_cells(source.path, part).items():
        if 0 <= row - top < len(rows) and 0 <= column - left < len(rows[row - top]):
            rows[row - top][column - left] = shown


def _value(cell: Any) -> Value:
    """Give a cell as a value: dates and times in ISO, whole numbers as integers, blanks as None."""
    kind = type(cell)
    if kind is str:
        return cell.strip() or None
    if kind is float:
        return int(cell) if cell.is_integer() and abs(cell) < 1e15 else cell
    if kind is datetime:
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ")
    if kind is time:
        return cell.isoformat("minutes" if not cell.second else "auto")
    if kind is timedelta:
        return str(cell)
    return cell.isoformat() if kind is date else cell


def _spread(rows: list[list[Value]], sheet: Any) -> list[tuple[int, int]]:
    """Write the value of cells merged over several rows into each of them, as they look to the reader; give the first and last row of each."""
    top, left = sheet.start or (0, 0)
    joined = []
    for (row, column), (last, _) in sheet.merged_cell_ranges or ():
        place, at = row - top, column - left
        if not (0 <= place < len(rows) and 0 <= at < len(rows[place])) or rows[place][at] is None:
            continue
        for below in rows[place + 1 : last - top + 1]:
            below[at] = rows[place][at]
        if last > row:
            joined.append((row + 1, last + 1))
    return joined
