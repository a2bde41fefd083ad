"""Every answer is written as every file that makes sense for it, and refused in a sentence as any other, before anything is computed."""

import io
import json
import zipfile
from dataclasses import replace

import openpyxl
import pytest

from tests.report.village import saved_village
from wanli_geo.errors import WrongUsage
from wanli_geo.report.files import to_csv
from wanli_geo.report.writing import WRITERS, Wanted, check, suffixes, write
from wanli_geo.study import Study

STARTS = {".geojson": b'{"type":"FeatureCollection"', ".gpkg": b"SQLite format 3\0", ".zip": b"PK", ".kml": b"<?xml", ".gpx": b"<?xml",
          ".csv": b"\xef\xbb\xbf",
          ".xlsx": b"PK", ".docx": b"PK", ".pdf": b"%PDF-", ".png": b"\x89PNG", ".svg": b"<svg", ".html": b"<!doctype html>", ".json": b"{"}
ASKED = {
    "coverage": lambda study: study.coverage("CANTEEN", "300m"),
    "gaps": lambda study: study.gaps("CANTEEN", "300m"),
    "by_age": lambda study: study.by_age("CANTEEN", "10min"),
    "isochrone": lambda study: study.isochrone(*study.workspace.layer("facilities").geometry.iloc[0].coords[0], minutes=[2, 5]),
    "walk": lambda study: study.walk("c1", "CANTEEN"),
    "nearest": lambda study: study.nearest(["CANTEEN"], 2),
    "opportunities": lambda study: study.opportunities("CANTEEN", ["300m"]),
    "catchments": lambda study: study.catchments("CANTEEN", "1km"),
    "equity": lambda study: study.equity("CANTEEN"),
    "green": lambda study: study.green(),
}


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    return Study(saved_village(tmp_path_factory.mktemp("village")))


@pytest.fixture(scope="module")
def answers(study):
    return {question: ask(study) for question, ask in ASKED.items()}


@pytest.mark.parametrize(("question", "suffix"), [(question, suffix) for question in ASKED for suffix in suffixes(question)])
def test_an_answer_is_written_and_the_same_answer_as_the_same_bytes(answers, study, question, suffix):
    content = write(answers[question], study.workspace, suffix, date="2026-11-24")
    assert content[:200].lower().startswith(STARTS[suffix].lower())
    if suffix not in (".pdf", ".png", ".docx"):  # `typeset` and `word` hold that themselves, and it takes a second each
        assert content == write(answers[question], study.workspace, suffix, date="2026-11-24")


def test_every_suffix_is_written_by_someone():
    assert set(WRITERS) == set(STARTS) == {suffix for question in ASKED for suffix in suffixes(question)}


@pytest.mark.parametrize(("question", "suffix"), [
    ("by_age", ".png"), ("by_age", ".gpkg"), ("plan", ".geojson"), ("coverage", ".gpx"), ("nearest", ".html"),
])
def test_what_makes_no_sense_is_refused_with_what_does(question, suffix):
    with pytest.raises(WrongUsage, match=r"\.xlsx"):
        check(question, suffix, Wanted())


@pytest.mark.parametrize(("suffix", "wanted", "sentence"), [
    (".dwg", Wanted(), r"\.gpkg"),
    (".geojson", Wanted(crs="EPSG:4549"), "RFC 7946"),
    (".kml", Wanted(crs="EPSG:4549"), "WGS84"),
    (".gpkg", Wanted(crs="EPSG:0"), "EPSG:4549"),
    (".gpkg", Wanted(encoding="gb18030"), r"\.zip"),
    (".csv", Wanted(encoding="big5"), "gb18030"),
    (".csv", Wanted(crs="EPSG:4549"), r"\.gpkg"),
    (".xlsx", Wanted(lang="fr"), "zh"),
])
def test_what_a_file_has_no_room_for_is_refused(suffix, wanted, sentence):
    with pytest.raises(WrongUsage, match=sentence):
        check("coverage", suffix, wanted)


def test_a_house_that_is_called_like_a_code_keeps_its_name_and_its_id(study):
    answer = study.coverage("CANTEEN")
    units = answer.tables["units"].assign(id="left", name="gap", status="gap")
    csv = to_csv(replace(answer, tables={"units": units})).decode("utf-8-sig").splitlines()
    first = dict(zip(csv[0].split(","), csv[1].split(","), strict=False))
    assert (first["编号"], first["名称"], first["结论"]) == ("left", "gap", "缺口")


def test_a_csv_in_gb18030_says_the_same_without_a_mark(answers, study):
    plain, asked = (write(answers["coverage"], study.workspace, ".csv", encoding=encoding) for encoding in ("", "gb18030"))
    assert asked.decode("gb18030") == plain.decode("utf-8-sig")
    assert not asked.startswith(b"\xef\xbb\xbf")


def test_json_is_the_whole_answer_and_geojson_carries_what_must_be_known(answers, study):
    answer = answers["coverage"]
    assert json.loads(write(answer, study.workspace, ".json")) == json.loads(answer.to_json())
    told = json.loads(write(answer, study.workspace, ".geojson"))
    assert (told["answer"]["run_id"], len(told["features"])) == (answer.run_id, len(answer.features["units"]))
    assert told["answer"]["caveats"]


def test_the_workbook_of_an_answer_opens_and_runs_nothing(answers, study):
    content = write(answers["coverage"], study.workspace, ".xlsx")
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"] == []
    assert not any("macro" in name.lower() for name in zipfile.ZipFile(io.BytesIO(content)).namelist())
