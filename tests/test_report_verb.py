"""The verbs `report` and `sheets`: what they write, what they refuse before computing, and that a cancelled one leaves nothing behind."""

from __future__ import annotations

import io
import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import openpyxl
import pytest

from tests.report.village import saved_village
from wanli_geo.cli import run
from wanli_geo.cli.report import Unit, file_names
from wanli_geo.report import typeset
from wanli_geo.study import open_study

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def without_typst(monkeypatch: pytest.MonkeyPatch) -> None:
    """An installation without the extra `report`."""
    typeset.fonts.cache_clear()
    monkeypatch.setitem(sys.modules, "typst", None)


def test_a_workbook_whose_gaps_add_up_to_the_audits(tmp_path: Path) -> None:
    out = tmp_path / "report.xlsx"
    assert run(["report", "--out", str(out), "--date", "2026-11-24"]) == 0
    book = openpyxl.load_workbook(io.BytesIO(out.read_bytes()))
    audit = open_study().audit()
    assert {"逐条", "缺口清单", "补查清单", "工作计划", "条文×居委会"} <= set(book.sheetnames)
    rows = [list(row) for row in book["缺口清单"].iter_rows(values_only=True)]
    head = next(number for number, row in enumerate(rows) if "缺口" in row)
    place = rows[head].index("缺口")
    assert sum(row[place] for row in rows[head + 1 :] if isinstance(row[place], int | float)) == audit.tables["clauses"]["people_gap"].sum()


def test_a_pdf_that_is_the_same_for_the_same_date_and_another_in_english(tmp_path: Path) -> None:
    one, two, english = tmp_path / "1.pdf", tmp_path / "2.pdf", tmp_path / "3.pdf"
    for out, lang in ((one, "zh"), (two, "zh"), (english, "en")):
        assert run(["report", "--out", str(out), "--date", "2026-11-24", "--lang", lang]) == 0
    assert one.read_bytes() == two.read_bytes()
    assert one.read_bytes().startswith(b"%PDF")
    assert one.read_bytes() != english.read_bytes()


def test_a_workspace_without_committees_has_no_sheets_of_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    saved_village(tmp_path / "village")
    assert run(["sheets", str(tmp_path / "village"), "--committees", "--out", str(tmp_path / "sheets")]) == 1
    assert "committees" in capsys.readouterr().err
    assert not (tmp_path / "sheets").exists()


def test_every_sheet_has_a_file_of_its_own_whatever_it_is_called(tmp_path: Path) -> None:
    names = ["../../x", "👨‍👩‍👧" * 100, "长" * 300, 'a<b>:"c|?*', "\x07\n", "同名", "同名", "NAME", "name"]
    units = [Unit(layer, "u1", name) for name in names for layer in ("compounds", "committees")]
    for number, name in enumerate(file_names(units)):
        (tmp_path / name).write_text(str(number))
    assert sorted(int(path.read_text()) for path in tmp_path.iterdir()) == list(range(len(units)))
    assert len({path.name.casefold() for path in tmp_path.iterdir()}) == len(units)
    assert all(not set(path.name) & set('<>:"/\\|?*') and path.name.endswith(".pdf") for path in tmp_path.iterdir())


@pytest.mark.parametrize(("words", "code", "said"), [
    (["report", "--out", "report.doc"], 2, ".xlsx"),
    (["report", "--out", "no/such/report.pdf"], 1, "no/such"),
    (["report", "--standard", "gb5018", "--out", "report.pdf"], 2, "gb50180"),
    (["sheets", "--out", "sheets"], 2, "--compounds"),
    (["sheets", "--unit", "nobody", "--out", "sheets"], 2, "nobody"),
    (["sheets", "--unit", "cp-43", "--out", "no/such/sheets"], 1, "no/such"),
])
def test_what_cannot_be_done_is_one_sentence_and_leaves_nothing(words: list[str], code: int, said: str, capsys: pytest.CaptureFixture[str],
                                                                tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(words) == code
    told = capsys.readouterr()
    assert told.out == ""
    assert said in told.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("without_typst")
def test_a_missing_part_is_told_before_anything_is_computed(tmp_path: Path, wanli_copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("homes", "compounds"):  # nothing can be computed here: the part is missed first
        (wanli_copy / f"{name}.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": []}), "utf-8")
    for file in ("report.pdf", "report.docx"):  # Word's pictures are drawn by it too
        assert run(["report", str(wanli_copy), "--out", str(tmp_path / file)]) == 1
        assert "wanli-geo[report]" in capsys.readouterr().err
    assert run(["sheets", str(wanli_copy), "--committees", "--out", str(tmp_path / "sheets")]) == 1
    assert "wanli-geo[report]" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["wanli"]


@pytest.mark.usefixtures("without_typst")
def test_a_workbook_needs_no_extra(tmp_path: Path) -> None:
    assert run(["report", "--out", str(tmp_path / "report.xlsx")]) == 0


def test_one_file_a_compound_and_a_committee_by_id_and_name_beside_what_was_there(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("keep", "utf-8")
    assert run(["sheets", "--unit", "cp-43, cm-08, 中环家园, cp-43", "--out", str(tmp_path)]) == 0
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == ["cm-08 示意居民区 8 · 富平西.pdf", "cp-13 中环家园.pdf", "cp-43 住宅组团 A8.pdf", "mine.txt"]
    assert all(path.read_bytes().startswith(b"%PDF") for path in tmp_path.glob("*.pdf"))


def test_a_page_for_every_committee(tmp_path: Path) -> None:
    assert run(["sheets", "--committees", "--paper", "a3", "--lang", "en", "--out", str(tmp_path / "sheets")]) == 0
    assert len(list((tmp_path / "sheets").glob("cm-*.pdf"))) == 18
    assert [path.name for path in tmp_path.iterdir()] == ["sheets"]


def test_cancelled_midway_nothing_is_left(tmp_path: Path) -> None:
    out = tmp_path / "sheets"
    words = [sys.executable, "-c", "from wanli_geo.cli import main; main()", "sheets", "--compounds", "--out", str(out)]
    with subprocess.Popen(words, cwd=ROOT, stderr=subprocess.PIPE, text=True) as running:
        while not list(tmp_path.glob(".sheets.*/*.pdf")) and running.poll() is None:
            time.sleep(0.02)
        running.send_signal(signal.SIGINT)
        _, told = running.communicate()
    assert running.returncode == 130
    assert "已取消" in told
    assert list(tmp_path.iterdir()) == []
