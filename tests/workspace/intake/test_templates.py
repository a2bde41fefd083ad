"""A blank template comes back through the headings and the values: whatever the layer, the language, and the cell."""

import io
from dataclasses import replace

import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from wanli_geo.cli import run
from wanli_geo.workspace.intake.headings import match
from wanli_geo.workspace.intake.raw import Raw
from wanli_geo.workspace.intake.templates import ROWS, columns_in, template
from wanli_geo.workspace.intake.values import read_values, without_examples
from wanli_geo.workspace.specs import SPECS, spec_of

LAYERS = pytest.mark.parametrize("spec", SPECS.values(), ids=SPECS)
LANGS = pytest.mark.parametrize("lang", ["zh", "en"])


def opened(content):
    return openpyxl.load_workbook(io.BytesIO(content))


def raw_of(book):
    """The first sheet as a reader gives it, by another engine."""
    headings, *rows = book.worksheets[0].iter_rows(values_only=True)
    columns = {heading: [row[at] for row in rows] for at, heading in enumerate(headings)}
    return Raw("表.xlsx", "xlsx", book.sheetnames[0], tuple(book.sheetnames), "", columns, list(range(2, len(rows) + 2)), None, "")


@LAYERS
@LANGS
def test_every_heading_is_read_as_its_column_again(spec, lang):
    raw = raw_of(opened(template(spec, lang)))
    matched = match(list(raw.columns), spec)
    assert list(matched.targets.values()) == [column.name for column in columns_in(spec)]
    assert matched.findings == ()


@LAYERS
@LANGS
def test_the_example_row_is_never_data(spec, lang):
    raw = raw_of(opened(template(spec, lang)))
    assert len(raw) == 1
    assert len(without_examples(raw, match(list(raw.columns), spec))) == 0


@LAYERS
@LANGS
def test_a_row_filled_in_as_the_example_shows_has_no_error(spec, lang):
    book = opened(template(spec, lang))
    book.worksheets[0].append(["A-1", *[cell.value for cell in book.worksheets[0][2]][1:]])
    raw = raw_of(book)
    matched = match(list(raw.columns), spec)
    raw = without_examples(raw, matched)
    read = read_values(raw, matched, spec)
    assert read.findings == ()
    assert raw.rows == [3]
    assert set(read.properties[0]) == {column.name for column in spec.columns}


@LAYERS
def test_every_choice_of_a_drop_down_is_read_as_its_code(spec):
    book = opened(template(spec))
    headings = [cell.value for cell in book.worksheets[0][1]]
    for at, column in enumerate(columns_in(spec), start=1):
        if not column.choices:
            continue
        sheet, cells = listed(book, at)
        names = [row[0].value for row in book[sheet][cells]]
        raw = Raw("表.xlsx", "xlsx", "", (), "", {headings[at - 1]: names}, list(range(2, len(names) + 2)), None, "")
        read = read_values(raw, match(list(raw.columns), spec), spec)
        assert [row[column.name] for row in read.properties] == [code for code, _, _ in column.choices]


def listed(book, at):
    """The sheet and the cells that the drop-down of a column lists."""
    letter = get_column_letter(at)
    rule = next(rule for rule in book.worksheets[0].data_validations.dataValidation if str(rule.sqref).startswith(f"{letter}2:"))
    assert (rule.type, str(rule.sqref)) == ("list", f"{letter}2:{letter}{ROWS + 1}")
    sheet, cells = rule.formula1.lstrip("=").split("!")
    return sheet.strip("'"), cells.replace("$", "")


@LAYERS
@LANGS
def test_every_column_is_explained_within_what_excel_shows(spec, lang):
    book = opened(template(spec, lang))
    rules = book.worksheets[0].data_validations.dataValidation
    assert len(rules) == len(columns_in(spec))
    assert all(0 < len(rule.prompt) <= 255 and 0 < len(rule.promptTitle) <= 32 for rule in rules)
    told = [row[5].value for row in book.worksheets[1].iter_rows() if row[5].value]
    assert told[1:] == [column.name for column in columns_in(spec)]


def test_the_same_template_has_the_same_bytes():
    assert template(spec_of("facilities")) == template(spec_of("facilities"))


def test_the_example_row_is_told_by_its_id_and_its_findings_keep_their_rows():
    columns = {"编号": ["1", "示例", "2"], "名称": ["甲", "乙", "丙"]}
    raw = Raw("表.csv", "csv", "", (), "utf-8", columns, [2, 3, 4], None, "")
    left = without_examples(raw, match(list(columns), spec_of("facilities")))
    assert (left.rows, left.columns["名称"]) == ([2, 4], ["甲", "丙"])
    assert without_examples(replace(raw, columns={"名称": ["示例"]}, rows=[2]), match(["名称"], spec_of("facilities"))).rows == [2]


def test_the_verb_writes_a_workbook_and_never_over_one(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert run(["template", "facilities"]) == 0
    written = (tmp_path / "facilities-template.xlsx").read_bytes()
    assert opened(written).sheetnames == ["填写", "填写说明", "可选项"]
    assert run(["template", "facilities"]) == 1
    assert "不会覆盖" in capsys.readouterr().err
    assert (tmp_path / "facilities-template.xlsx").read_bytes() == written
    assert run(["template", "gates", "--lang", "en", "--out", "gates.xlsx"]) == 0
    assert run(["template", "nowhere"]) == 2


def test_the_verb_lists_the_layers(capsys):
    assert run(["template"]) == 0
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == list(SPECS)
