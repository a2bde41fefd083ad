"""Blank workbooks to fill in, one a layer: what is written in one comes back through `headings` and `values` without a word of explanation."""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from wanli_geo.workspace.intake.examples import HOW, NOTES, example
from wanli_geo.workspace.intake.headings import GIVEN
from wanli_geo.workspace.intake.values import EXAMPLE
from wanli_geo.workspace.specs import COMMON, SPECS, Column, LayerSpec

Lang = Literal["zh", "en"]
ROWS = 5000  # rows that carry the drop-downs
_FIRST = ("id", "name", "kind")
_UNITS = {"m": "米", "m²": "㎡", "min": "分钟"}
_AS_TEXT = ("text", "date", "hours", "list", "choice")
_MADE = datetime(2021, 1, 1)  # a workbook carries its date: a fixed one, so that the same template has the same bytes
_EXAMPLE_ID = {"zh": f"{EXAMPLE}（导入时跳过）", "en": f"{EXAMPLE} example, not imported"}
_SHEETS = {"zh": ("填写", "填写说明", "可选项"), "en": ("Fill in", "How to", "Choices")}
_PLACE_COLUMNS = {
    "lon": Column("lon", "number", "经度", "longitude", minimum=-180, maximum=180),
    "lat": Column("lat", "number", "纬度", "latitude", minimum=-90, maximum=90),
    "wkt": Column("wkt", "text", "图形（WKT）", "geometry (WKT)"),
}
_PLACE_EXAMPLES: dict[str, float] = {"lon": 121.4012, "lat": 31.2658}
_PLACE_NOTES = {
    "lon": ("如 121.4012；导入时要说明坐标系，高德、百度的坐标会换算。",
            "Such as 121.4012; the datum is stated at the import (AMap's and Baidu's are converted)."),
    "lat": ("如 31.2658。", "Such as 31.2658."),
    "wkt": ("线和面请在 QGIS 里画；已在图上的，按编号填属性，这一列留空。",
            "Draw lines and areas in QGIS; for what is on the map already, give the id and leave this column out."),
}


@dataclass(frozen=True)
class _Sheet:
    """A workbook in the making: the layer, its columns in the order of the sheet, and the language."""

    book: Workbook
    spec: LayerSpec
    columns: tuple[Column, ...]
    lang: Lang

    def say(self, zh: str, en: str) -> str:
        return zh if self.lang == "zh" else en

    def heading(self, column: Column) -> str:
        name = self.say(column.zh, column.en)
        unit = self.say(_UNITS.get(column.unit, column.unit), column.unit)
        if unit and unit not in name:
            name += self.say(f"（{unit}）", f" ({unit})")
        return name + "*" * is_asked(column)

    def names(self, column: Column) -> list[str]:
        return [self.say(zh, en) for _, zh, en in column.choices]

    def advice(self, column: Column) -> str:
        parts = _advice(column)
        return self.say("".join(zh for zh, _ in parts), " ".join(en for _, en in parts))


def template(spec: LayerSpec, lang: Lang = "zh") -> bytes:
    """Make the blank workbook of a layer: a sheet to fill in with an example row, one that explains every column, one of the choices.

    The headings match their columns again, whatever the language; the example row is never imported.
    """
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"title": spec.zh if lang == "zh" else spec.en, "created": _MADE})
        sheet = _Sheet(book, spec, columns_in(spec), lang)
        fill, how, choices = (book.add_worksheet(name) for name in _SHEETS[lang])
        lists = _write_choices(sheet, choices)
        _write_rows(sheet, fill, lists)
        _write_advice(sheet, how)
    return content.getvalue()


def columns_in(spec: LayerSpec) -> tuple[Column, ...]:
    """The columns of a template: what a feature is, the layer's own, its place, then what all layers have."""
    common = {column.name for column in COMMON}
    first = [column for name in _FIRST for column in spec.columns if column.name == name]
    own = [column for column in spec.columns if column.name not in common and column not in first]
    rest = [column for column in spec.columns if column.name in common and column not in first]
    place = ("lon", "lat") if "Point" in spec.geometry else ("wkt",)
    return (*first, *own, *(_PLACE_COLUMNS[name] for name in place), *rest)


def is_asked(column: Column) -> bool:
    """Tell whether a template must be filled in there: what is required and is not given by who imports."""
    return column.required and column.name not in GIVEN


def _advice(column: Column) -> list[tuple[str, str]]:
    if column.name in _PLACE_NOTES and column in _PLACE_COLUMNS.values():
        return [_PLACE_NOTES[column.name]]
    parts = [] if column.type == "text" and column.name in NOTES else [HOW[column.type]]
    if column.refers:
        target = SPECS[column.refers]
        parts = [(f"填{target.zh}的名称或编号。", f"The name or id in “{target.en}”.")]
    return parts + ([NOTES[column.name]] if column.name in NOTES else [])


def _write_rows(sheet: _Sheet, page: Worksheet, lists: dict[str, str]) -> None:
    """The headings, the example, and what each cell below may hold."""
    text = sheet.book.add_format({"num_format": "@"})
    plain = sheet.book.add_format()
    grey = {"italic": True, "font_color": "#6B6B6B", "bg_color": "#F2F2F2", "bottom": 4, "bottom_color": "#B0B0B0"}
    for at, column in enumerate(sheet.columns):
        page.write_string(0, at, sheet.heading(column), _head(sheet, is_asked(column)))
        shown = _example(sheet, column)
        as_text = column.type in _AS_TEXT
        page.write(1, at, shown, sheet.book.add_format({**grey, "align": "left", "num_format": "@" if as_text else "General"}))
        page.set_column(at, at, _width(sheet.heading(column), str(shown)), text if as_text else plain)
        page.data_validation(1, at, ROWS, at, _validation(sheet, column, xl_rowcol_to_cell(1, at), lists))
    page.set_row(0, 30)
    page.freeze_panes(1, 2)
    page.set_landscape()
    page.repeat_rows(0)
    page.fit_to_pages(1, 0)


def _example(sheet: _Sheet, column: Column) -> str | int | float:
    if column.name == "id":
        return _EXAMPLE_ID[sheet.lang]
    if column in _PLACE_COLUMNS.values():
        return _PLACE_EXAMPLES.get(column.name, "")
    if column.type == "choice":
        return sheet.names(column)[0]
    return example(column, sheet.spec.name)


def _head(sheet: _Sheet, asked: bool) -> Any:
    return sheet.book.add_format({"bold": True, "font_color": "#FFFFFF", "bg_color": "#B3261E" if asked else "#2F5D8A", "text_wrap": True,
                                  "valign": "vcenter", "align": "center", "border": 1, "border_color": "#FFFFFF"})


def _width(*texts: str) -> float:
    """Wide enough for the widest text, within reason."""
    return min(60.0, max(10.0, 3.0 + max(map(_wide, texts))))


def _wide(text: str) -> int:
    """The width of a text in characters of Latin width; a Chinese one takes two."""
    return sum(2 if ord(sign) > 0x2E80 else 1 for sign in text)


def _validation(sheet: _Sheet, column: Column, cell: str, lists: dict[str, str]) -> dict[str, Any]:
    """What Excel lets in and says beside the cell; where it cannot judge, it only says."""
    rule: dict[str, Any] = {"input_title": sheet.heading(column)[:32], "input_message": sheet.advice(column)[:255],
                            "error_title": sheet.say("填写有误", "Not taken"), "error_message": sheet.advice(column)[:255]}
    if column.name in lists:
        return rule | {"validate": "list", "source": lists[column.name]}
    if column.type == "boolean":
        return rule | {"validate": "list", "source": ["是", "否"]}
    if column.type == "date":
        text = f'OR(ISNUMBER({cell}),LEN({cell})=4,ISNUMBER(DATEVALUE({cell})),ISNUMBER(DATEVALUE({cell}&"-1")))'
        return rule | {"validate": "custom", "value": f"={text}", "error_type": "warning"}
    if column.type in ("number", "integer"):
        low, high = column.minimum, column.maximum
        bounds = {"criteria": ">=", "value": low} if high is None else {"criteria": "between", "minimum": low, "maximum": high}
        return rule | {"validate": "integer" if column.type == "integer" else "decimal", **bounds}
    return rule | {"validate": "any"}


def _write_choices(sheet: _Sheet, page: Worksheet) -> dict[str, str]:
    """Every list of choices, its codes beside it.

    Returns:
        column → the range of its names, for the drop-downs.
    """
    lists, at = dict[str, str](), 0
    head = _head(sheet, False)
    for column in sheet.columns:
        if not column.choices:
            continue
        names = sheet.names(column)
        rows = [(name, code, *([zh] if sheet.lang == "en" else [en])) for name, (code, zh, en) in zip(names, column.choices, strict=True)]
        titles = (sheet.say(column.zh, column.en), sheet.say("代码", "code"), sheet.say("英文", "Chinese"))
        for place, title in enumerate(titles):
            page.write_string(0, at + place, title, head)
            page.set_column(at + place, at + place, min(46.0, _width(title, *(row[place] for row in rows))))
            for row, values in enumerate(rows, start=1):
                page.write_string(row, at + place, values[place])
        letter = xl_col_to_name(at, col_abs=True)
        lists[column.name] = f"='{page.get_name()}'!{letter}$2:{letter}${len(names) + 1}"
        at += len(titles) + 1
    page.freeze_panes(1, 0)
    page.fit_to_pages(1, 0)
    return lists


def _write_advice(sheet: _Sheet, page: Worksheet) -> None:
    """How the workbook is filled in and imported, then every column."""
    bold = sheet.book.add_format({"bold": True, "font_size": 14})
    wrap = sheet.book.add_format({"text_wrap": True, "valign": "top", "border": 1, "border_color": "#D0D0D0"})
    name = sheet.spec.name
    page.write_string(0, 0, sheet.say(f"{sheet.spec.zh}：填写说明", f"{sheet.spec.en}: how to fill it in"), bold)
    for row, line in enumerate(_lines(sheet, name), start=1):
        page.write_string(row, 0, line)
    titles = (("列", "column"), ("怎么填", "how"), ("单位", "unit"), ("必填", "required"), ("可填", "choices"), ("代码名", "name in files"))
    start = len(_lines(sheet, name)) + 2
    for at, title in enumerate(titles):
        page.write_string(start, at, sheet.say(*title), _head(sheet, False))
    widths = (18, 66, 8, 9, 44, 18)
    for row, column in enumerate(sheet.columns, start=start + 1):
        values = _advice_row(sheet, column)
        for at, value in enumerate(values):
            page.write_string(row, at, value, wrap)
        page.set_row(row, 16 * max(math.ceil(_wide(value) / (1.05 * width)) for value, width in zip(values, widths, strict=True)))
    for at, width in enumerate(widths):
        page.set_column(at, at, width)
    page.set_landscape()
    page.fit_to_pages(1, 0)


def _lines(sheet: _Sheet, name: str) -> Sequence[str]:
    fill = _SHEETS[sheet.lang][0]
    return [
        sheet.say(f"1. 在“{fill}”表里一行填一个，红色表头（*）必填，其余知道多少填多少，不知道就留空。",
                  f"1. In “{fill}”, one row each; red headings (*) must be filled in, of the others what is known. Leave out what is not."),
        sheet.say("2. 灰色的示例行导入时会跳过，删不删都可以；表头请勿改名，可以调换次序，也可以另加列。",
                  "2. The grey example row is not imported. Keep the headings; columns may be moved, and others added."),
        sheet.say(f"3. 填好后先试一遍：wanli-geo import table 文件.xlsx --layer {name} --into 工作区 --dry-run；没有错误再去掉 --dry-run。",
                  f"3. Try it first: wanli-geo import table FILE.xlsx --layer {name} --into WORKSPACE --dry-run; then without --dry-run."),
    ]


def _advice_row(sheet: _Sheet, column: Column) -> tuple[str, ...]:
    many = sheet.say(f"见“{_SHEETS['zh'][2]}”表，共 {len(column.choices)} 项", f"{len(column.choices)}, see “{_SHEETS['en'][2]}”")
    names = sheet.names(column)
    choices = many if len(names) > 8 else sheet.say("、", ", ").join(names)
    if column.type == "boolean":
        choices = sheet.say("是、否", "是 (yes), 否 (no)")
    unit = sheet.say(_UNITS.get(column.unit, column.unit), column.unit)
    return sheet.heading(column).rstrip("*"), sheet.advice(column), unit, sheet.say("是", "yes") * is_asked(column), choices, column.name
