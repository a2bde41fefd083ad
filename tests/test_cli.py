"""The commands as a user types them: machine output on stdout, messages on stderr, exit codes 0, 1, 2."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tests.osm_town import town
from tests.village import canteen, home, village
from wanli_geo.cli import run
from wanli_geo.workspace.faults import CONTROL
from wanli_geo.workspace.store import save_workspace

Capture = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A village on disk: 7 people covered, 11 in a gap."""
    made = tmp_path_factory.mktemp("village")
    homes = [home(300, 200, 7, name="=HYPERLINK(1)"), home(400, 200, 11, name="东头，甲")]
    save_workspace(village(homes=homes, facilities=[canteen(0, 0, name="食堂")]), made)
    return made


def test_json_is_the_whole_answer_and_the_counts_add_up(capsys: Capture) -> None:
    assert run(["coverage", "--kind", "CANTEEN", "--within", "500m", "--json"]) == 0
    said = capsys.readouterr()
    answer = json.loads(said.out)
    people = {key: answer["facts"][f"people_{key}"]["value"] for key in ("total", "covered", "gap", "unknown")}
    assert people["covered"] + people["gap"] + people["unknown"] == people["total"] > 0
    assert {"facts", "tables", "caveats", "made_of", "run_id", "params"} <= set(answer)
    assert all(made["sha256"] and made["licence"] for made in answer["made_of"])
    assert "sketch" in {caveat["key"] for caveat in answer["caveats"]}


def test_the_same_command_prints_the_same_bytes(folder: Path, capsys: Capture) -> None:
    said = []
    for _ in range(2):
        assert run(["gaps", str(folder), "--kind", "CANTEEN", "--json"]) == 0
        said.append(capsys.readouterr().out)
    assert said[0] == said[1]


def test_without_json_a_person_reads_the_answer(folder: Path, capsys: Capture) -> None:
    assert run(["coverage", str(folder), "--kind", "canteen"]) == 0
    said = capsys.readouterr()
    assert "缺口 / In a gap\t11 人" in said.out
    assert "绕行" in said.out  # 447 m as the crow flies, 600 m on foot
    assert "run " in said.err


def test_csv_opens_in_a_spreadsheet_and_no_cell_is_a_formula(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "units.csv"
    assert run(["coverage", str(folder), "--kind", "CANTEEN", "--out", str(out)]) == 0
    content = out.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert [row["名称"] for row in rows] == ["东头，甲", "'=HYPERLINK(1)"]
    assert [row["结论"] for row in rows] == ["缺口", "已覆盖"]
    assert rows[0]["步行（米）"] == "600"
    assert rows[1]["超出（米）"] == ""
    assert all(row["运行编号"] for row in rows)


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\n=1", "＝1+1"])
def test_neither_a_name_nor_a_credit_is_a_formula(name: str, tmp_path: Path) -> None:
    workspace = village(homes=[home(0, 0, 3, name=name)], facilities=[canteen(0, 0)])
    credited = {layer: source.model_copy(update={"attribution": name}) for layer, source in workspace.catalogue.layers.items()}
    save_workspace(replace(workspace, catalogue=workspace.catalogue.model_copy(update={"layers": credited})), tmp_path / "village")
    assert run(["coverage", str(tmp_path / "village"), "--kind", "CANTEEN", "--out", str(tmp_path / "x.csv")]) == 0
    row = next(csv.DictReader(io.StringIO((tmp_path / "x.csv").read_text("utf-8-sig"), newline="")))
    assert (row["名称"], row["数据说明"]) == ("'" + name.rstrip(), "'" + name)


def test_a_terminal_shows_names_and_never_obeys_them(tmp_path: Path, capsys: Capture) -> None:
    save_workspace(village(homes=[home(400, 400, 3, name="甲\x1b[31m\u202e乙\n丙")], facilities=[canteen(0, 0)]), tmp_path / "v")
    assert run(["coverage", str(tmp_path / "v"), "--kind", "CANTEEN", "--within", "100m"]) == 0
    assert "\n甲[31m乙 丙\t3" in capsys.readouterr().out
    for arguments in (["check", str(tmp_path / "v")], ["coverage", "a\x1b[31m\u202eb", "--kind", "CANTEEN"], ["coverage", "--kind", "\x1b]0;x\x07"]):
        run(arguments)
        said = capsys.readouterr()
        assert not CONTROL.search(said.out + said.err)


@pytest.mark.parametrize("encoding", ["gbk", "ascii"])
def test_what_is_piped_is_utf_8_whatever_the_console_speaks(encoding: str, tmp_path: Path) -> None:
    save_workspace(village(homes=[home(0, 0, 3, name="© 甲²")], facilities=[canteen(0, 0)]), tmp_path / "v")
    said = subprocess.run([sys.executable, "-m", "wanli_geo", "coverage", str(tmp_path / "v"), "--kind", "CANTEEN", "--json"],
                          capture_output=True, check=True, env={**os.environ, "PYTHONIOENCODING": encoding})
    assert json.loads(said.stdout)["tables"]["units"][0]["name"] == "© 甲²"


def test_a_file_that_cannot_be_written_ends_in_one_sentence(folder: Path, tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "folder.csv").mkdir()
    os.mkfifo(tmp_path / "pipe.csv")
    (tmp_path / "link.csv").symlink_to("real.csv")
    before = sorted(path.name for path in tmp_path.iterdir())
    for name, code in (("folder.csv", 2), ("pipe.csv", 1), (f"{'a' * 300}.csv", 1), ("folder.csv/x/y.csv", 1)):
        assert run(["coverage", str(folder), "--kind", "CANTEEN", "--out", str(tmp_path / name)]) == code, name
        said = capsys.readouterr()
        assert said.out == ""
        assert len(said.err.splitlines()) == 1
        assert " / " in said.err
    assert sorted(path.name for path in tmp_path.iterdir()) == before
    assert run(["coverage", str(folder), "--kind", "CANTEEN", "--out", str(tmp_path / "link.csv")]) == 0
    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / "real.csv").read_bytes().startswith(b"\xef\xbb\xbf")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="这台机器没有 /dev/full。 / There is no /dev/full on this machine.")
@pytest.mark.parametrize("arguments", [["check"], ["coverage", "--kind", "CANTEEN"], ["coverage", "--kind", "CANTEEN", "--json"], ["kinds"]])
def test_a_full_disk_behind_the_output_ends_in_one_sentence(arguments: list[str]) -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = subprocess.run([sys.executable, "-m", "wanli_geo", *arguments], stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 1
    assert "No space left" in done.stderr
    assert "Traceback" not in done.stderr


def test_geojson_is_wgs84_and_carries_its_sources(tmp_path: Path) -> None:
    out = tmp_path / "bands.geojson"
    assert run(["isochrone", "--at", "121.401,31.271", "--minutes", "15,5,10", "--profile", "elder", "--out", str(out)]) == 0
    whole = json.loads(out.read_text("utf-8"))
    assert [feature["properties"]["minutes"] for feature in whole["features"]] == [5, 10, 15]
    assert {feature["geometry"]["type"] for feature in whole["features"]} <= {"Polygon", "MultiPolygon"}
    assert whole["answer"]["made_of"]
    assert whole["answer"]["params"]["speed_m_s"] == 0.9


def test_html_is_one_file_without_a_foreign_host(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "sheet.html"
    assert run(["coverage", str(folder), "--kind", "CANTEEN", "--out", str(out)]) == 0
    page = out.read_text("utf-8")
    assert "<html" in page
    assert 'src="http' not in page
    assert "href=\"http" not in page.replace('href="https://leafletjs.com"', "")


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (["coverage", "--kind", "CANTEN"], 2, "CANTEEN"),
        (["coverage", "--kind", "CANTEEN", "--within", "500"], 2, "500m"),
        (["coverage", "--kind", "CANTEEN", "--people", "old"], 2, "60+"),
        (["coverage", "nowhere", "--kind", "CANTEEN"], 1, "catalogue.json"),
        (["coverage", "--kind", "CANTEEN", "--out", "x.dwg"], 2, ".geojson"),
        (["coverage", "--kind", "CANTEEN", "--out", "no/such/folder/x.csv"], 1, "no/such/folder"),
        (["coverage"], 2, "--kind"),
        (["isochrone", "--at", "121.4"], 2, "121.401,31.271"),
        (["isochrone", "--at", "here,there"], 2, "here,there"),
        (["isochrone", "--at", "0,0"], 1, "100 m"),
        (["schema", "roads"], 2, "streets"),
        (["serve", "nowhere"], 1, "catalogue.json"),
        (["import", "osm", "nowhere.pbf", "--into", "new"], 1, "nowhere.pbf"),
        (["dance"], 2, "dance"),
        (["coverage", "--kind"], 2, "--kind"),
        (["check", "a", "b"], 2, "命令写得不对"),
    ],
)
def test_what_cannot_be_done_ends_in_a_sentence_and_a_code(
    arguments: list[str], code: int, sentence: str, capsys: Capture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(arguments) == code
    said = capsys.readouterr()
    assert said.out == ""
    assert sentence in said.err
    assert "Traceback" not in said.err
    assert list(tmp_path.iterdir()) == []


def test_check_finds_no_error_in_the_bundled_layers(capsys: Capture) -> None:
    assert run(["check"]) == 0
    assert "0 处错误" in capsys.readouterr().err


def test_check_of_a_broken_layer_lists_it_and_exits_with_1(folder: Path, tmp_path: Path, capsys: Capture) -> None:
    save_workspace(village(homes=[home(0, 0)]), tmp_path)
    (tmp_path / "homes.geojson").write_text('{"type": "FeatureCollection", "features": [', encoding="utf-8")
    assert run(["check", str(tmp_path), "--json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert [finding["layer"] for finding in found if finding["severity"] == "error"] == ["homes"]
    assert run(["coverage", str(tmp_path), "--kind", "CANTEEN"]) == 1
    assert "wanli-geo check" in capsys.readouterr().err


def test_every_verb_has_a_help_with_an_example(capsys: Capture) -> None:
    for verb in (["demo"], ["serve"], ["check"], ["import", "osm"], ["coverage"], ["gaps"], ["isochrone"], ["ages"],
                 ["topology"], ["walk"], ["nearest"], ["within"], ["catchments"], ["equity"], ["green"], ["audit"], ["plan"], ["kinds"], ["schema"],
                 ["standards", "list"], ["standards", "show"], ["standards", "new"]):
        assert run([*verb, "--help"]) == 0
        said = capsys.readouterr().out
        assert f"wanli-geo {' '.join(verb)}" in said


def test_a_closed_pipe_is_no_accident() -> None:
    piped = subprocess.run(  # noqa: S602  a pipe is what is tested
        f"{sys.executable} -m wanli_geo coverage --kind CANTEEN --json | head -c 20", shell=True, capture_output=True, text=True, check=True,
    )
    assert piped.stdout.startswith("{")
    assert "Traceback" not in piped.stderr


def test_ctrl_c_during_an_import_leaves_nothing_behind(tmp_path: Path) -> None:
    town().write(tmp_path / "town.osm.pbf")
    before = sorted(path.name for path in tmp_path.iterdir())
    # The import stops itself at its first, middle and last stage as Ctrl-C would stop it there.
    for stage in ("0.0", "0.45", "0.98"):
        script = (
            "import signal, sys; from wanli_geo import cli\n"
            "def bar(): return lambda stage, share: signal.raise_signal(signal.SIGINT) if share >= float(sys.argv[1]) else None\n"
            "cli.data.bar = bar\n"
            "sys.exit(cli.run(['import', 'osm', sys.argv[2] + '/town.osm.pbf', '--into', sys.argv[2] + '/made']))"
        )
        done = subprocess.run([sys.executable, "-c", script, stage, str(tmp_path)], capture_output=True, text=True, check=False)
        assert done.returncode == 130
        assert "已取消" in done.stderr
        assert "Traceback" not in done.stderr
        assert sorted(path.name for path in tmp_path.iterdir()) == before


def test_the_ages_add_up_and_fit_a_spreadsheet(tmp_path: Path, capsys: Capture) -> None:
    out = tmp_path / "ages.csv"
    assert run(["ages", "--kind", "CANTEEN", "--within", "10min", "--json", "--out", str(out)]) == 0
    told = json.loads(capsys.readouterr().out)
    rows = told["tables"]["ages"]
    assert [row["group"] for row in rows] == ["0-6", "7-18", "19-59", "60-79", "80+"]
    assert sum(row["people"] for row in rows) == told["facts"]["people_total"]["value"] > 0
    assert "年龄" in out.read_text("utf-8-sig")
    assert run(["ages", "--kind", "CANTEEN", "--out", str(tmp_path / "x.html")]) == 2


def test_the_breaks_of_the_network_are_told_and_written(tmp_path: Path, capsys: Capture) -> None:
    for name in ("x.geojson", "x.csv"):
        assert run(["topology", "--out", str(tmp_path / name)]) == 0
    assert run(["topology", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["facts"]["islands"]["value"] == 0
    assert run(["topology", "--out", str(tmp_path / "x.html")]) == 2


def test_the_hour_is_asked_for_by_day_and_time(capsys: Capture) -> None:
    assert run(["coverage", "--kind", "CANTEEN", "--day", "Sa", "--time", "22:30", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["params"]["minute"] == 1350
    assert run(["isochrone", "--at", "121.401,31.271", "--time", "25:00"]) == 2
    assert "Tu 10:00" in capsys.readouterr().err


def test_a_walk_is_told_turn_by_turn_for_a_compound_by_its_name(tmp_path: Path, capsys: Capture) -> None:
    assert run(["walk", "岚灵小区", "CANTEEN", "--mode", "time", "--wait-signal", "45"]) == 0
    said = capsys.readouterr()
    told = [line for line in said.out.splitlines() if line[:1].isdigit()]
    assert told[0].startswith("1. 从家")
    assert " / From home" in told[0]
    assert "45 s with lights" in said.err
    for name in ("x.geojson", "x.csv", "x.html"):
        assert run(["walk", "cp-01", "CANTEEN", "--out", str(tmp_path / name)]) == 0
    assert json.loads((tmp_path / "x.geojson").read_text("utf-8"))["features"][0]["geometry"]["type"] == "LineString"
    rows = list(csv.DictReader(io.StringIO((tmp_path / "x.csv").read_text("utf-8-sig"))))
    assert len(rows) > 3
    assert rows[0]["怎么走"].startswith("从家")
    assert {row["转向"] for row in rows} <= {"出门", "出发", "直行", "左转", "右转", "掉头", "过小区门", "到达"}


def test_the_nearest_are_asked_of_every_compound_and_of_a_place(folder: Path, tmp_path: Path, capsys: Capture) -> None:
    out = tmp_path / "nearest.csv"
    assert run(["nearest", str(folder), "--kind", "CANTEEN", "-k", "2", "--out", str(out)]) == 0
    rows = list(csv.DictReader(io.StringIO(out.read_text("utf-8-sig"))))
    assert [(row["第几近"], row["最近设施"], row["米"]) for row in rows] == [("1", "食堂", "500"), ("1", "食堂", "600")]
    capsys.readouterr()
    assert run(["nearest", "--at", "121.401,31.271", "--kind", "CANTEEN", "--kind", "TOILET", "--json"]) == 0
    assert {row["kind"] for row in json.loads(capsys.readouterr().out)["tables"]["nearest"]} == {"CANTEEN", "TOILET"}
    assert run(["nearest", "--kind", "CANTEEN", "--out", str(tmp_path / "x.html")]) == 2


def test_what_lies_within_is_added_up_and_written(folder: Path, tmp_path: Path, capsys: Capture) -> None:
    assert run(["within", str(folder), "--kind", "CANTEEN", "--within", "500m,600m"]) == 0
    assert "0.4 处" in capsys.readouterr().out  # 7 people of 18 have one within 500 m
    for name in ("x.geojson", "x.csv"):
        assert run(["within", str(folder), "--of", "people", "--within", "5min", "--out", str(tmp_path / name)]) == 0
    rows = list(csv.DictReader(io.StringIO((tmp_path / "x.csv").read_text("utf-8-sig"))))
    assert {(row["范围"], row["人均可达居民"], row["至少"]) for row in rows} == {("5min", "18", "否")}


def test_a_gate_is_asked_about_as_if_open_and_the_answer_says_so(capsys: Capture) -> None:
    for verb in (["coverage", "--kind", "CANTEEN"], ["gaps", "--kind", "CANTEEN"], ["walk", "cp-01", "CANTEEN"],
                 ["isochrone", "--at", "121.401,31.271"], ["nearest", "--kind", "CANTEEN"]):
        assert run([*verb, "--open", "gt-01-2", "--open", "gt-02-1", "--inner-detour", "1.3", "--json"]) == 0
        params = json.loads(capsys.readouterr().out)["params"]
        assert (params["gates_opened"], params["inner_detour"]) == (["gt-01-2", "gt-02-1"], 1.3)


@pytest.mark.parametrize(("arguments", "code", "sentence"), [
    (["coverage", "--kind", "CANTEEN", "--open", "gt-01-9"], 2, "gt-01-1, gt-01-2"),
    (["coverage", "--kind", "CANTEEN", "--wait-signal", "601"], 2, "600"),
    (["coverage", "--kind", "CANTEEN", "--inner-detour", "9"], 2, "1 to 2"),
    (["walk", "cp-01"], 2, "walk cp-01 CANTEEN"),
    (["walk", "cp-1", "CANTEEN"], 2, "near it: cp-"),
    (["nearest", "--kind", "CANTEEN", "-k", "0"], 2, "20"),
    (["within", "--within", "500m"], 2, "--of people"),
    (["within", "--kind", "CANTEEN", "--within", "500m,5min"], 2, "all in minutes"),
])
def test_what_cannot_be_asked_ends_in_a_sentence(arguments: list[str], code: int, sentence: str, capsys: Capture) -> None:
    assert run(arguments) == code
    said = capsys.readouterr()
    assert (said.out, sentence in said.err, "Traceback" in said.err) == ("", True, False)


def test_what_falls_to_a_thousand_is_told_and_written_with_the_least_first(folder: Path, tmp_path: Path, capsys: Capture) -> None:
    assert run(["catchments", str(folder), "--kind", "CANTEEN", "--within", "500m"]) == 0
    said = capsys.readouterr()
    assert "55.6 处/千人" in said.out  # one canteen, 7 people within 500 m and 11 beyond
    assert "Luo & Wang 2003" in said.err
    for name in ("x.geojson", "x.csv"):
        assert run(["catchments", str(folder), "--kind", "CANTEEN", "--within", "10min", "--method", "3sfca", "--decay", "gaussian",
                    "--out", str(tmp_path / name)]) == 0
    rows = list(csv.DictReader(io.StringIO((tmp_path / "x.csv").read_text("utf-8-sig"))))
    assert [row["名称"] for row in rows] == ["东头，甲", "'=HYPERLINK(1)"]
    assert float(rows[0]["每千人可得"]) < float(rows[1]["每千人可得"])
    capsys.readouterr()
    assert run(["catchments", "--kind", "CANTEEN", "--open", "gt-01-2", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert {"units", "committees", "ages", "facilities", "lorenz"} == set(told["tables"])
    assert told["params"]["gates_opened"] == ["gt-01-2"]


def test_how_evenly_the_walk_falls_is_told_and_written(folder: Path, tmp_path: Path, capsys: Capture) -> None:
    assert run(["equity", str(folder), "--kind", "CANTEEN"]) == 0
    assert "人均走到最近的" in capsys.readouterr().out
    for name in ("x.geojson", "x.csv"):
        assert run(["equity", str(folder), "--kind", "CANTEEN", "--people", "all", "--out", str(tmp_path / name)]) == 0
    rows = list(csv.DictReader(io.StringIO((tmp_path / "x.csv").read_text("utf-8-sig"))))
    assert [row["步行（米）"] for row in rows] == ["600", "500"]


@pytest.mark.parametrize(("arguments", "code"), [
    (["catchments"], 2),
    (["catchments", "--kind", "CANTEEN", "--method", "4sfca"], 2),
    (["catchments", "--kind", "CANTEEN", "--of", "people"], 2),
    (["catchments", "--kind", "CANTEEN", "--out", "x.html"], 2),
    (["equity", "--kind", "CANTEN"], 2),
    (["equity", "--kind", "CANTEEN", "--people", "old"], 2),
])
def test_what_cannot_be_shared_ends_in_a_sentence(arguments: list[str], code: int, capsys: Capture) -> None:
    assert run(arguments) == code
    said = capsys.readouterr()
    assert (said.out, " / " in said.err, "Traceback" in said.err) == ("", True, False)
