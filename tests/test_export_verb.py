"""The verbs write what other programs open, and refuse before they compute."""

import json
import zipfile

import pyogrio
import pytest

from tests.report.village import saved_village
from wanli_geo.cli import run


@pytest.fixture(scope="module")
def village(tmp_path_factory):
    folder = tmp_path_factory.mktemp("village")
    saved_village(folder)
    return str(folder)


@pytest.mark.parametrize("suffix", ["geojson", "gpkg", "zip", "kml", "csv", "xlsx", "docx", "pdf", "png", "svg", "html", "json"])
def test_a_coverage_is_written_as_any_file(village, tmp_path, suffix, capsys):
    out = tmp_path / f"缺口.{suffix.upper()}"
    assert run(["coverage", village, "--kind", "CANTEEN", "--within", "300m", "--out", str(out), "--date", "2026-11-25"]) == 0
    assert out.stat().st_size > 100
    assert str(out) in capsys.readouterr().err


def test_the_national_plane_and_gb18030_are_asked_for_by_name(village, tmp_path):
    out = tmp_path / "x.zip"
    assert run(["coverage", village, "--kind", "CANTEEN", "--out", str(out), "--crs", "EPSG:4549", "--encoding", "gb18030"]) == 0
    table = pyogrio.read_dataframe(out, layer="units")
    assert table.total_bounds[0] == pytest.approx(633_010, abs=0.02)
    assert zipfile.ZipFile(out).read("units.cpg") == b"GB18030"
    assert "东园" in table["name"].tolist()


def test_layers_go_out_in_one_file(village, tmp_path):
    out = tmp_path / "layers.gpkg"
    assert run(["export", village, "--out", str(out)]) == 0
    assert "compounds" in [name for name, _ in pyogrio.list_layers(out)]
    assert run(["export", village, "--layer", "gates", "--out", str(tmp_path / "gates.geojson")]) == 0
    assert len(json.loads((tmp_path / "gates.geojson").read_bytes())["features"]) == 4


@pytest.mark.parametrize(("arguments", "code", "sentence"), [
    (["coverage", "--kind", "CANTEEN", "--out", "x.kml", "--crs", "EPSG:4549"], 2, "WGS84"),
    (["coverage", "--kind", "CANTEEN", "--out", "x.gpkg", "--crs", "EPSG:0"], 2, "EPSG:4549"),
    (["coverage", "--kind", "CANTEEN", "--out", "x.csv", "--encoding", "big5"], 2, "gb18030"),
    (["coverage", "--kind", "CANTEEN", "--out", "x.gpx"], 2, ".gpkg"),
    (["ages", "--kind", "CANTEEN", "--out", "x.png"], 2, ".xlsx"),
    (["isochrone", "--at", "121.4,31.27", "--at", "121.401,31.27", "--out", "x.html"], 2, ".gpkg"),
    (["walk", "c1", "CANTEEN", "--out", "no/where.gpx"], 1, "no"),
    (["export", "--out", "x.csv"], 2, "--layer"),
    (["export", "--out", "x.dwg"], 2, ".gpkg"),
    (["export", "--layer", "roads", "--out", "x.kml"], 2, "streets"),
    (["export", "--layer", "compounds", "--out", "x.gpx"], 1, ".kml"),
    (["export", "nowhere", "--out", "x.gpkg"], 1, "catalogue.json"),
])
def test_what_cannot_be_written_ends_in_a_sentence_and_no_file(arguments, code, sentence, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert run(arguments) == code
    told = capsys.readouterr().err
    assert sentence in told
    assert "Traceback" not in told
    assert list(tmp_path.iterdir()) == []
