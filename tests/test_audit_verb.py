"""The verb `audit`: what it prints, what it writes, what it refuses; and the page it writes, opened in a real browser."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import listen
from tests.readme import README
from wanli_geo.cli import run
from wanli_geo.study import open_study


def test_the_whole_answer_on_stdout_and_no_clock_in_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["audit", "--standard", "gb50180,tdt1062", "--json"]) == 0
    told = capsys.readouterr()
    answer = json.loads(told.out)
    assert answer["question"] == "audit"
    assert answer["facts"]["people_total"]["value"] == 60_000
    assert {row["standard"] for row in answer["tables"]["clauses"]} == {"gb50180", "tdt1062"}
    assert all("verified" in row for row in answer["tables"]["clauses"])
    assert run(["audit", "--standard", "gb50180,tdt1062", "--json"]) == 0
    assert capsys.readouterr().out == told.out


def test_a_line_a_clause_with_its_marks_for_reading(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["audit"]) == 0
    told = capsys.readouterr()
    line = next(line for line in told.out.splitlines() if line.startswith("gb50180/5-CANTEEN"))
    assert line.endswith("未核实 unverified，层级默认 tier default")
    assert "300 米" in line
    assert "“未知”不是“没有”" in told.err
    covered = next(row for row in open_study().audit().tables["clauses"].to_dict("records") if row["clause"] == "5-CANTEEN")["people_covered"]
    assert f"{covered:,.0f}" in line.split("\t")


def test_one_compounds_sheet(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["audit", "--unit", "cp-43", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["question"] == "sheet"
    assert answer["facts"]["people_total"]["value"] == 2_724
    market = next(row for row in answer["tables"]["clauses"] if row["clause"] == "10-MARKET")
    assert market["people_covered"] + market["people_gap"] + market["people_unknown"] == 2_724
    assert market["second_m"] > market["walk_m"]


def test_the_folder_holds_a_page_tables_geojson_and_a_manifest(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "audit"
    assert run(["audit", "--out", str(out), "--ledger"]) == 0
    assert capsys.readouterr().out == ""
    names = {path.name for path in out.iterdir()}
    assert {"index.html", "audit.json", "manifest.json", "compounds.geojson", "clauses.csv", "matrix.csv", "gaps.csv", "ledger.csv"} <= names
    rows = list(csv.DictReader((out / "ledger.csv").read_text("utf-8-sig").splitlines()))
    own = [row for row in rows if row["条文编号"] == "10-MARKET"]
    assert sum(float(row["居民"]) for row in own) == 60_000
    assert {row["已核实"] for row in own} == {"否"}
    drawn = json.loads((out / "compounds.geojson").read_text("utf-8"))
    assert sum(feature["properties"]["people"] for feature in drawn["features"]) == 60_000
    told = json.loads((out / "audit.json").read_text("utf-8"))
    market = next(row for row in told["tables"]["clauses"] if row["clause"] == "10-MARKET")
    assert sum(feature["properties"]["gap gb50180/10-MARKET"] for feature in drawn["features"]) == market["people_gap"]


@pytest.mark.parametrize(("words", "code", "said"), [
    (["--standard", "gb5018"], 2, "gb50180"),
    (["--standard", ","], 2, "standards list"),
    (["--time", "26:00"], 2, "26:00"),
    (["--unit", "nobody"], 2, "nobody"),
    (["--ledger"], 2, "--out"),
    (["--unit", "cp-43", "--out", "x"], 2, "--json"),
    (["--out", "no/such/folder"], 1, "no/such"),
])
def test_what_cannot_be_done_is_one_sentence(words: list[str], code: int, said: str, capsys: pytest.CaptureFixture[str],
                                             tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["audit", *words]) == code
    told = capsys.readouterr()
    assert told.out == ""
    assert said in told.err
    assert "Traceback" not in told.err
    assert list(tmp_path.iterdir()) == []


def test_a_folder_with_other_things_in_it_is_not_touched(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "mine.txt").write_text("keep", "utf-8")
    assert run(["audit", "--out", str(tmp_path)]) == 1
    assert "mine.txt" not in capsys.readouterr().out
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_only_an_earlier_audit_gives_way_to_a_new_one(tmp_path: Path) -> None:
    out = tmp_path / "audit"
    out.mkdir()
    (out / "manifest.json").write_text('{"name": "a web app"}', "utf-8")  # somebody else's
    (out / "thesis.docx").write_bytes(b"years of work")
    assert run(["audit", "--out", str(out)]) == 1
    assert (out / "thesis.docx").read_bytes() == b"years of work"
    fresh = tmp_path / "fresh"
    assert run(["audit", "--out", str(fresh)]) == 0
    assert run(["audit", "--standard", "tdt1062", "--out", str(fresh)]) == 0  # an audit in the place of an audit
    (fresh / "notes.txt").write_text("mine", "utf-8")
    assert run(["audit", "--out", str(fresh)]) == 1
    assert (fresh / "notes.txt").read_text("utf-8") == "mine"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["audit", "fresh"]


def test_a_bad_pack_of_the_workspace_is_refused_with_its_line(wanli_copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (wanli_copy / "standards").mkdir()
    (wanli_copy / "standards" / "mine.toml").write_text('id = "mine"\nzh = "我们"\nsource = "街道"\nversion = "1"\n[[clause]]\nid = "a"\n', "utf-8")
    assert run(["audit", str(wanli_copy), "--standard", "mine"]) == 1
    told = capsys.readouterr().err
    assert "mine.toml" in told
    assert "5" in told  # the line of the clause
    assert run(["audit", str(wanli_copy), "--standard", "gb50180"]) == 1  # never another standard than the one thought to be used


@pytest.mark.parametrize(("lang", "title", "mark"), [("zh", "生活圈达标体检", "未核实"), ("en", "Audit of the life circle", "not verified")])
def test_the_page_of_the_folder_in_a_browser(tmp_path: Path, browser: Any, heard: list[str], lang: str, title: str, mark: str) -> None:
    out = tmp_path / "audit"
    assert run(["audit", "--out", str(out), "--lang", lang]) == 0
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = listen(context.new_page(), heard)
    page.goto((out / "index.html").as_uri())
    assert page.title().startswith(title)
    assert page.locator(f".matrix abbr[title='{mark}']").count() == 49
    assert page.locator(".matrix tbody tr:not(.group)").count() == 50
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    context.close()
    assert heard == []


def test_the_readme_tells_the_figures_of_the_sketch() -> None:
    answer = open_study().audit("gb50180")
    text = README.read_text("utf-8")
    told = (
        f"{answer.fact('clauses_judged')} 条，{answer.fact('clauses_gap')} 条有缺口，{answer.fact('clauses_unverified')} 条未核实",
        f"{float(answer.fact('share_unknown') or 0):.1%}".replace("%", " %"),
    )
    assert [part for part in told if part not in text] == []
