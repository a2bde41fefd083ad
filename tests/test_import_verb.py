"""`wanli-geo import table|vector`, `undo` and `history` as a planner types them."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
import xlsxwriter

from wanli_geo.cli import run
from wanli_geo.workspace.store import bundled

Capture = pytest.CaptureFixture[str]


def state(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    file = tmp_path / "台账.csv"
    with file.open("w", encoding="gb18030", newline="") as opened:
        csv.writer(opened).writerows([["名称", "类别", "经度", "纬度"],
                                     ["试点食堂", "社区食堂", "121.4", "31.27"], ["另一食堂", "社区食堂", "121.41", "31.27"]])
    return file


def test_import_history_undo(wanli_copy: Path, ledger: Path, capsys: Capture) -> None:
    before = state(wanli_copy)
    command = ["import", "table", str(ledger), "--layer", "facilities", "--into", str(wanli_copy), "--datum", "wgs84"]
    assert run([*command, "--dry-run"]) == 0
    assert state(wanli_copy) == before
    assert run(command) == 0
    said = capsys.readouterr()
    assert "新增 / added\t2" in said.out and "wanli-geo undo" in said.err
    assert run(["check", str(wanli_copy)]) == 0
    capsys.readouterr()
    assert run(["history", str(wanli_copy), "--json"]) == 0
    (version,) = json.loads(capsys.readouterr().out)
    assert (version["number"], version["layer"], version["file"], version["counts"]["added"]) == (1, "facilities", "台账.csv", 2)
    assert len(version["sha256"]) == 64
    assert run(["undo", str(wanli_copy)]) == 0
    assert {name: content for name, content in state(wanli_copy).items() if not name.startswith(".versions")} == before
    assert run(["undo", str(wanli_copy)]) == 1


def test_headings_are_told_in_the_words_of_the_layer_and_what_was_not_read(wanli_copy: Path, tmp_path: Path, capsys: Capture) -> None:
    file = tmp_path / "两张.xlsx"
    book = xlsxwriter.Workbook(str(file))
    for name in ("食堂", "公厕"):
        sheet = book.add_worksheet(name)
        sheet.write_row(0, 0, ["序号", "名称", "类别", "经度", "纬度", "主管"])
        for row in range(8):
            sheet.write_row(row + 1, 0, [row + 1, f"{name}{row}", "社区食堂", 121.4, 31.27, "x"])
    book.close()
    assert run(["import", "table", str(file), "--layer", "facilities", "--into", str(wanli_copy), "--datum", "wgs84", "--dry-run"]) == 0
    told = capsys.readouterr().out
    for line in ("序号\t→ 不导入 left out", "类别\t→ 类别 kind", "经度\t→ 经度 longitude", "主管\t→ 原样保留 kept", "没有读的 left unread：公厕"):
        assert line in told


def test_what_every_row_says_is_told_a_few_times(wanli_copy: Path, tmp_path: Path, capsys: Capture) -> None:
    file = tmp_path / "点.csv"
    rows = "".join(f"食堂{row},社区食堂,{121.4 + row / 1e4},32.5\n" for row in range(9))
    file.write_text("名称,类别,经度,纬度\n" + rows, "utf-8")
    assert run(["import", "table", str(file), "--layer", "facilities", "--into", str(wanli_copy), "--datum", "wgs84", "--dry-run"]) == 0
    said = capsys.readouterr().err
    assert said.count("[far_away] 第") == 5 and "[far_away] 还有 4 处" in said


def test_json_tells_everything(wanli_copy: Path, ledger: Path, capsys: Capture) -> None:
    assert run(["import", "table", str(ledger), "--layer", "facilities", "--into", str(wanli_copy), "--datum", "wgs84", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["version"] == 1 and told["counts"]["added"] == 2 and told["encoding"]


def test_two_points_do_not_tell_a_datum(wanli_copy: Path, ledger: Path, capsys: Capture) -> None:
    before = state(wanli_copy)
    assert run(["import", "table", str(ledger), "--layer", "facilities", "--into", str(wanli_copy)]) == 1
    assert "[datum_ambiguous]" in capsys.readouterr().err
    assert state(wanli_copy) == before


@pytest.mark.parametrize(("more", "sentence"), [
    (["--column", "名称"], "--column 要写成"), (["--control", "1,2"], "--control"), (["--key", "没有"], "--key"), (["--complete", "没有"], "没有"),
    (["--datum", "wgs72"], "没有坐标基准"),
])
def test_wrong_usage_says_how_to_write_it(wanli_copy: Path, ledger: Path, capsys: Capture, more: list[str], sentence: str) -> None:
    code = run(["import", "table", str(ledger), "--layer", "facilities", "--into", str(wanli_copy), "--datum", "wgs84", *more])
    assert code in (1, 2) and sentence in capsys.readouterr().err


def test_the_bundled_sketch_is_left_alone(ledger: Path, capsys: Capture) -> None:
    assert run(["import", "table", str(ledger), "--layer", "facilities", "--into", str(bundled())]) == 1
    assert "wanli-geo demo" in capsys.readouterr().err
