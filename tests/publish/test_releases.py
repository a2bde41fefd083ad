"""Releases: written whole, recorded with who and when, compared by name, and brought back byte for byte."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from wanli_geo.cli import run
from wanli_geo.errors import ReadOnly
from wanli_geo.publish.releases import Record, put, see_to, zipped

STATED = ("--ground", "测试", "--reviewer", "王", "--date", "2026-11-25")


def content(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_a_release_is_recorded_compared_and_brought_back(wanli_copy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "site"
    assert run(["publish", str(wanli_copy), str(out), *STATED, "--zip", str(tmp_path / "site.zip")]) == 0
    first = content(out)
    assert zipfile.ZipFile(tmp_path / "site.zip").read("index.html") == first["index.html"]

    stops = wanli_copy / "walkway_stops.geojson"
    stops.write_text(stops.read_text("utf-8").replace("邻里长椅", "邻里长凳"), "utf-8")
    capsys.readouterr()
    assert run(["publish", str(wanli_copy), str(out), *STATED, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)["difference"]
    assert told["layers"] == ["walkway_stops"]
    assert "red_walkway.html" in told["changed"] and "night_run.html" not in told["changed"]
    assert (told["added"], told["removed"]) == ([], [])
    assert content(out) != first

    assert run(["publish", str(wanli_copy), str(out), "--rollback", "1"]) == 0
    assert content(out) == first
    capsys.readouterr()
    assert run(["publish", str(wanli_copy), str(out), "--history", "--json"]) == 0
    releases = json.loads(capsys.readouterr().out)
    assert [(one["number"], one["again"], one["reviewer"], one["ground"]) for one in releases] == [(1, None, "王", "测试"), (2, None, "王", "测试"),
                                                                                              (3, 1, "王", "测试")]
    assert releases[2]["files"] == releases[0]["files"]


def test_where_the_gate_stays_closed_nothing_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["publish", str(tmp_path / "site"), "--json"]) == 1
    heard = capsys.readouterr()
    assert [one["code"] for one in json.loads(heard.out)["reasons"]] == ["no_review", "no_reviewer", "no_date"]
    assert heard.err.count("· publish.toml") == 3
    assert list(tmp_path.iterdir()) == []


def test_a_dry_run_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["publish", str(tmp_path / "site"), *STATED, "--dry-run"]) == 0
    assert "新增 / added" in capsys.readouterr().out
    assert list(tmp_path.iterdir()) == []


def test_a_folder_of_somebody_else_is_not_overwritten(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "thesis.docx").write_text("x", "utf-8")
    assert run(["publish", str(tmp_path), *STATED]) == 1
    assert "不会覆盖" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.docx"]


def test_what_is_stated_wrongly_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["publish", str(tmp_path / "site"), *STATED, "--public-url", "http://insecure.example"]) == 1
    assert "public_url" in capsys.readouterr().err
    assert run(["publish", str(tmp_path / "a"), str(tmp_path / "b"), str(tmp_path / "c")]) == 2
    assert run(["publish", str(tmp_path / "site"), "--rollback", "7"]) == 1
    assert "没有第 7 次发布" in capsys.readouterr().err


def test_publish_toml_states_what_the_command_line_leaves_out(wanli_copy: Path, tmp_path: Path) -> None:
    (wanli_copy / "publish.toml").write_text('review_number = "沪S(2026)000号"\nreviewer = "李"\ndate = 2026-11-24\ntitle = "万里"\n', "utf-8")
    assert run(["publish", str(wanli_copy), str(tmp_path / "site"), "--date", "2026-11-25"]) == 0
    told = json.loads((tmp_path / "site" / "release.json").read_text("utf-8"))
    assert (told["review_number"], told["reviewer"], told["date"], told["title"]) == ("沪S(2026)000号", "李", "2026-11-25", "万里")
    assert (wanli_copy / "releases" / "0001.zip").is_file()


def test_pictures_and_recordings_of_the_stops_go_along(wanli_copy: Path, tmp_path: Path) -> None:
    stops = wanli_copy / "walkway_stops.geojson"
    told = json.loads(stops.read_text("utf-8"))
    named = [("画墙.jpg", "story.mp3"), ("../secret.png", "gone.mp3")]
    for feature, (picture, audio) in zip(told["features"], named, strict=False):
        feature["properties"] |= {"picture": picture, "audio": audio}
    stops.write_text(json.dumps(told, ensure_ascii=False), "utf-8")
    (wanli_copy / "media").mkdir()
    (wanli_copy / "secret.png").write_bytes(b"secret")
    for name in named[0]:
        (wanli_copy / "media" / name).write_bytes(name.encode())
    assert run(["publish", str(wanli_copy), str(tmp_path / "site"), *STATED]) == 0
    assert {path.name for path in (tmp_path / "site" / "media").iterdir()} == set(named[0])
    text = (tmp_path / "site" / "red_walkway.html").read_text("utf-8")
    assert text.count("<audio") == 1 and 'src="media/%E7%94%BB%E5%A2%99.jpg"' in text and "secret" not in text


def test_a_site_is_put_in_the_place_of_the_old_one_whole(tmp_path: Path) -> None:
    out = tmp_path / "site"
    put({"release.json": b"{}", "a/old.html": b"1"}, out)
    put({"release.json": b"{}", "b/new.html": b"2"}, out)
    assert content(out) == {"release.json": b"{}", "b/new.html": b"2"}
    assert [path.name for path in tmp_path.iterdir()] == ["site"]
    (out / "release.json").unlink()
    with pytest.raises(ReadOnly, match="不会覆盖"):
        see_to(out)


def test_the_same_files_are_the_same_zip_and_a_record_without_releases_is_empty(tmp_path: Path) -> None:
    assert zipped({"b": b"2", "a": b"1"}) == zipped({"a": b"1", "b": b"2"})
    assert Record(tmp_path / "none").releases() == []
