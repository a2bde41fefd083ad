"""`wanli-geo route works`, as one types it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from wanli_geo.cli import run

LINE = {"type": "Feature", "properties": {}, "geometry": {"type": "LineString", "coordinates": [[121.3978, 31.2743], [121.4021, 31.2741]]}}


def asked(capsys: pytest.CaptureFixture[str], *more: str) -> dict[str, Any]:
    assert run(["route", "works", *more, "--json"]) == 0
    return dict(json.loads(capsys.readouterr().out))


def facts(answer: dict[str, Any]) -> dict[str, Any]:
    return {key: fact["value"] for key, fact in answer["facts"].items()}


def test_closing_xiangquan_road_by_name_or_as_the_project_it_is_in_is_one_and_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    by_name, by_project = (asked(capsys, *how) for how in (("--street", "香泉路"), ("--project", "pp-06")))
    assert facts(by_name) == pytest.approx(facts(by_project))
    assert facts(by_name)["detour_extra_m"] > 0 and facts(by_name)["people_affected"] > 0


def test_a_line_drawn_in_a_file_closes_what_runs_along_it(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "line.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": [LINE]}), encoding="utf-8")
    answer = asked(capsys, "--line", str(file), "--kinds", "MARKET,METRO")
    assert answer["params"]["kinds"] == ["MARKET", "METRO"]
    assert facts(answer)["walkway_m"] == pytest.approx(facts(answer)["closed_m"], abs=15)


@pytest.mark.parametrize(("content", "sentence"), [
    ("not json", "不是 GeoJSON"),
    (json.dumps({"type": "FeatureCollection", "features": []}), "有 0 条线"),
    (json.dumps({"type": "FeatureCollection", "features": [LINE, LINE]}), "有 2 条线"),
])
def test_a_file_without_just_one_line_is_told(capsys: pytest.CaptureFixture[str], tmp_path: Path, content: str, sentence: str) -> None:
    file = tmp_path / "line.geojson"
    file.write_text(content, encoding="utf-8")
    assert run(["route", "works", "--line", str(file)]) == 1
    assert sentence in capsys.readouterr().err


@pytest.mark.parametrize(("how", "sentence"), [
    ((), "--project pp-06（香泉路改造）"),
    (("--street", "香全路"), "相近的有 香泉路"),
    (("--street", "香泉路", "--between", "121.4,31.27"), "两个点"),
    (("--street", "香泉路", "--between", "here"), "--between"),
    (("--street", "香泉路", "--kinds", "XYZ"), "XYZ"),
])
def test_what_cannot_be_closed_is_told_with_the_way_out(capsys: pytest.CaptureFixture[str], how: tuple[str, ...], sentence: str) -> None:
    assert run(["route", "works", *how]) == 2
    assert sentence in capsys.readouterr().err


@pytest.mark.parametrize("suffix", ["geojson", "gpkg", "kml", "gpx", "csv", "xlsx", "docx", "svg", "json"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_it_is_written_as_every_kind_of_file(tmp_path: Path, suffix: str, lang: str) -> None:
    out = tmp_path / f"works.{suffix}"
    assert run(["route", "works", "--street", "香泉路", "--kinds", "MARKET", "--lang", lang, "--out", str(out)]) == 0
    assert out.stat().st_size > 200


def test_any_walking_question_can_be_asked_with_a_street_closed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["coverage", "--kind", "MARKET", "--close-street", "香泉路", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["params"]["streets_closed"] == [{"street": "香泉路"}]
    assert "香泉路" in answer["caveats"][0]["zh"]
