"""The verbs about standards as a planner types them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.village import village
from wanli_geo.cli import run
from wanli_geo.standards.packs import bundled_packs
from wanli_geo.workspace.faults import CONTROL
from wanli_geo.workspace.store import save_workspace

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    save_workspace(village(), tmp_path / "v")
    return tmp_path / "v"


def test_the_standards_are_listed_with_what_is_not_verified(capsys: Capture) -> None:
    assert run(["standards", "list"]) == 0
    said = capsys.readouterr()
    rows = [line.split("\t") for line in said.out.splitlines()]
    assert [row[0] for row in rows[1:]] == list(bundled_packs())
    assert next(row[1:4] for row in rows if row[0] == "gb50180") == ["50", "49", "自带 bundled"]
    assert said.err == ""


def test_the_list_as_json_counts_the_same(folder: Path, capsys: Capture) -> None:
    assert run(["standards", "list", str(folder), "--json"]) == 0
    listed = {row["id"]: row for row in json.loads(capsys.readouterr().out)}
    assert {id: row["clauses"] for id, row in listed.items()} == {id: len(pack.clauses) for id, pack in bundled_packs().items()}
    assert listed["parks"]["origin"] == "bundled"


def test_every_clause_is_shown_with_how_it_is_judged_and_references_after(capsys: Capture) -> None:
    assert run(["standards", "show", "gb50180"]) == 0
    said = capsys.readouterr()
    rows = {line.partition("\t")[0]: line for line in said.out.splitlines()}
    assert {clause.id for clause in bundled_packs()["gb50180"].clauses} <= rows.keys()
    assert "500 米 m（按层级默认，条文未写 tier default, not in the clause）" in rows["10-BANK"]
    assert "应 must\t1000 米 m\t≥ 50,000 用地 land\t2,000\t全体 everybody\t未核实 unverified" in rows["15-GREEN_PUBLIC"]
    assert "500 米 m\t≥ 10,000 用地 land\t1,000\t全体 everybody\t已核实 verified" in rows["10-GREEN_PUBLIC"]
    assert "0-6、7-18、60-79、80+" in rows["0-PLAY_BLOCK"]
    assert "小区内至少一处 one in the compound" in rows["0-PARCEL"]
    assert said.out.index("0-PARK_CAR_BLOCK") < said.out.index("参考，不判定") < said.out.index("十分钟生活圈居住区")
    assert "50 条中 49 条未核实" in said.err


def test_minutes_index_and_presence_are_told_apart(capsys: Capture) -> None:
    for id in ("mofcom", "elder15", "children", "shanghai2024"):
        assert run(["standards", "show", id]) == 0
    said = capsys.readouterr().out
    assert all(words in said for words in ("8 分钟 min", "只看千人指标 index only", "居委会内至少一处", "街道内至少一处"))


def test_json_shows_everything(capsys: Capture) -> None:
    assert run(["standards", "show", "GB50180", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    pack = bundled_packs()["gb50180"]
    assert [clause["id"] for clause in said["clauses"]] == [clause.id for clause in pack.clauses]
    bank = next(clause for clause in said["clauses"] if clause["id"] == "10-BANK")
    assert bank["measure"] == {"mode": "metres", "value": 500.0, "basis": "tier"}
    assert {"code", "tier", "required", "serves", "source", "verified", "note", "min_area_m2", "per_1000_min_m2"} <= bank.keys()
    assert (len(said["references"]), said["sha256"], said["tiers"]["15"]) == (len(pack.references), pack.sha256, 1000.0)


def test_a_copy_is_made_changed_shown_and_refused_when_spoilt(folder: Path, capsys: Capture) -> None:
    assert run(["standards", "new", "my-parks", "--from", "parks", "--into", str(folder), "--zh", "万里公园"]) == 0
    said = capsys.readouterr()
    assert (said.out, "standards show my-parks" in said.err) == ("", True)
    file = folder / "standards" / "my-parks.toml"
    file.write_text(file.read_text("utf-8").replace("max_walk_m = 300", "max_walk_m = 250"), "utf-8")
    assert run(["standards", "show", "my-parks", str(folder)]) == 0
    told = capsys.readouterr().out
    assert "万里公园" in told
    assert "250 米 m" in told
    assert "本工作区 workspace" in told
    assert run(["check", str(folder)]) == 0
    capsys.readouterr()
    file.write_text(file.read_text("utf-8").replace("max_walk_m = 250", "max_walk_m = 25x"), "utf-8")
    line = file.read_text("utf-8").splitlines().index("max_walk_m = 25x") + 1
    for verb in (["show", "my-parks", str(folder)], ["show", "gb50180", str(folder)], ["list", str(folder)]):
        assert run(["standards", *verb]) == 1
        said = capsys.readouterr()
        assert f"第 {line} 行" in said.err
        assert f"Line {line}: " in said.err
        assert len(said.err.splitlines()) == 1
    assert len(said.out.splitlines()) == 1 + len(bundled_packs())  # the list still tells the good ones


def test_check_finds_the_faults_of_a_workspaces_own_standards(folder: Path, capsys: Capture) -> None:
    (folder / "standards").mkdir()
    (folder / "standards" / "bad.toml").write_text("id = 1\nx = 2\n", "utf-8")
    assert run(["check", str(folder), "--json"]) == 1
    found = [one for one in json.loads(capsys.readouterr().out) if one["layer"] == "standards/bad.toml"]
    assert {"pack_not_text", "pack_unknown_key", "pack_no_clause"} <= {one["code"] for one in found}
    assert all(one["severity"] == "error" and one["fix_zh"] and one["fix_en"] for one in found)
    assert run(["check", str(folder)]) == 1
    assert "错误 error [pack_not_text] standards/bad.toml:id 第 1 行" in capsys.readouterr().out


def test_a_terminal_is_never_obeyed_whatever_a_pack_holds(folder: Path, capsys: Capture) -> None:
    (folder / "standards").mkdir()
    (folder / "standards" / "a\x1b[31m.toml").write_text('"\\u001b[31m" = 1\nid = "\\u001b[31m"\n', "utf-8")
    for verb in (["standards", "list", str(folder)], ["standards", "show", "\x1b]0;x\x07", str(folder)], ["check", str(folder)],
                 ["standards", "show", "\x1b]0;x\x07"], ["standards", "new", "\x1b[31m", "--from", "parks", "--into", str(folder)]):
        assert run(verb) in (1, 2)
        said = capsys.readouterr()
        assert not CONTROL.search(said.out + said.err)


@pytest.mark.parametrize(("arguments", "code", "sentence"), [
    (["list", "nowhere"], 1, "catalogue.json"),
    (["show", "gb50180", "nowhere"], 1, "catalogue.json"),
    (["show", "gb5018"], 2, "near it: gb50180"),
    (["show"], 2, "--help"),
    (["new", "mine", "--from", "parks"], 2, "--into"),
    (["new", "mine", "--into", "nowhere"], 2, "--from"),
    (["new", "mine", "--from", "parks", "--into", "nowhere"], 1, "catalogue.json"),
    (["new", "../mine", "--from", "parks", "--into", "nowhere"], 2, "lower-case ASCII letters"),
])
def test_what_cannot_be_done_ends_in_a_sentence_and_a_code(
    arguments: list[str], code: int, sentence: str, capsys: Capture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["standards", *arguments]) == code
    said = capsys.readouterr()
    assert (said.out, sentence in said.err, "Traceback" in said.err) == ("", True, False)
    assert list(tmp_path.iterdir()) == []
