"""`wanli-geo import table|vector`, `undo` and `history` as a planner types them."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from tests.workspace.intake.hostile import files
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


def test_no_hostile_file_changes_a_workspace_unless_it_is_taken(wanli_copy: Path, tmp_path: Path, capsys: Capture) -> None:
    before = state(wanli_copy)
    for hostile in files(tmp_path / "corpus")[::9]:  # all of them, up to the draft, in test_hostile.py
        verb = "table" if hostile.path.suffix in (".csv", ".xlsx", ".xls", ".ods") else "vector"
        code = run(["import", verb, str(hostile.path), "--layer", hostile.layer, "--into", str(wanli_copy)])
        said = capsys.readouterr()
        assert code in (0, 1, 2) and "Traceback" not in said.err + said.out, hostile.path.name
        assert said.err.strip(), hostile.path.name
        if code == 0 and (wanli_copy / ".versions").is_dir() and run(["undo", str(wanli_copy)]) == 0:
            capsys.readouterr()
        kept = {name: content for name, content in state(wanli_copy).items() if not name.startswith(".versions")}
        assert kept == before, hostile.path.name
