"""A workspace that has only some of its layers opens all the same: on the page, over HTTP, and as a sheet."""

import shutil

import pytest

import wanli_geo
from wanli_geo.errors import NothingToAnswer
from wanli_geo.report.files import to_csv, to_geojson
from wanli_geo.report.sheet import sheet
from wanli_geo.workspace.specs import SPECS
from webapp import Settings, create_app

EMPTY = '{"type":"FeatureCollection","features":[\n]}\n'
MAPS = ("/", "/api/workspace", "/api/base", *(f"/api/theme/{code}" for code in ("blue", "green", "orange", "red", "night", "plan")))
QUESTIONS = ("/api/coverage?kind=CANTEEN", "/api/coverage?kind=PARK")
# Without these nobody lives anywhere, or nobody can walk; every other layer may be absent.
NEEDED = {"streets"}
PRESENT = ("boundary", "streets", "compounds", "homes", "gates", "facilities", "entrances", "blue_net", "green_vein")


def lacking(folder, tmp_path, *names, empty=False):
    """A copy of a workspace without some layers, or with the layers there and empty."""
    copy = shutil.copytree(folder, tmp_path / "lacking")
    for name in names:
        (copy / f"{name}.geojson").unlink(missing_ok=True)
        if empty:
            (copy / f"{name}.geojson").write_text(EMPTY, encoding="utf-8")
    return copy


@pytest.mark.parametrize("empty", [False, True])
@pytest.mark.parametrize("name", PRESENT)
def test_the_page_opens_without_a_layer_and_answers_unless_nobody_could(folder, tmp_path, name, empty):
    client = create_app(Settings(workspace=lacking(folder, tmp_path, name, empty=empty))).test_client()
    for address in MAPS:
        assert client.get(address).status_code == 200, address
    for address in QUESTIONS:
        reply = client.get(address)
        assert reply.status_code == (422 if name in NEEDED else 200), address
        if name in NEEDED:
            assert name in reply.get_json()["error"]["en"]


def test_the_page_opens_on_a_catalogue_alone_and_says_what_is_missing(folder, tmp_path):
    client = create_app(Settings(workspace=lacking(folder, tmp_path, *SPECS))).test_client()
    for address in MAPS:
        assert client.get(address).status_code == 200, address
    for address in QUESTIONS:
        assert client.get(address).get_json()["error"]["kind"] == "NothingToAnswer"


@pytest.mark.parametrize("names", [*((name,) for name in PRESENT if name not in NEEDED), ("boundary", "compounds", "gates"), ("boundary", "homes")])
@pytest.mark.parametrize("within", ["50m", "20km"])
def test_a_sheet_is_drawn_without_a_layer_even_where_there_is_no_gap_to_draw(folder, tmp_path, names, within):
    study = wanli_geo.open(lacking(folder, tmp_path, *names))
    for answer in (study.coverage("CANTEEN", within), study.gaps("CANTEEN", within), study.coverage("PARK", within)):
        for lang in ("zh", "en"):
            assert "<html" in sheet(answer, study.workspace, lang)
        assert to_csv(answer)
        assert to_geojson(answer)


def test_without_streets_every_question_ends_in_the_same_sentence(folder, tmp_path):
    study = wanli_geo.open(lacking(folder, tmp_path, "streets"))
    asked = (lambda: study.coverage("CANTEEN"), lambda: study.isochrone(121.4, 31.27), lambda: study.walk("c1", "CANTEEN"))
    for ask in asked:
        with pytest.raises(NothingToAnswer, match="streets"):
            ask()
