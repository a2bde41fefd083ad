"""The questions about lines over HTTP are the study's own; as files too; what cannot be read is refused with a sentence."""

import io
import json
import shutil
from xml.etree import ElementTree

import pytest

import wanli_geo
from wanli_geo.workspace.store import bundled
from webapp import Settings, create_app


@pytest.fixture(scope="module")
def study():
    """The bundled workspace: it has every line."""
    return wanli_geo.open()


@pytest.fixture(scope="module")
def client():
    return create_app(Settings()).test_client()


QUESTIONS = {
    "night_run": lambda routes: routes.night_run(),
    "night_run?target=3000&time=21:30": lambda routes: routes.night_run(target_m=3000, time="21:30"),
    "red_walkway?profile=adult&within=300m": lambda routes: routes.red_walkway(profile="adult", within="300m"),
    "marks?layer=night_run&every=500": lambda routes: routes.marks("night_run", every_m=500),
    "works?street=香泉路": lambda routes: routes.works(street="香泉路"),
    "signs": lambda routes: routes.signs(),
    "blue_net": lambda routes: routes.blue_net(),
    "green_links": lambda routes: routes.green_links(),
    "structure": lambda routes: routes.structure(),
    "loops?start=121.401,31.271&length=1000": lambda routes: routes.loops(121.401, 31.271, length_m=1000),
}


@pytest.mark.parametrize("address", QUESTIONS)
def test_an_answer_about_a_line_is_the_studys_answer(client, study, address):
    reply = client.get(f"/api/route/{address}").get_json()
    answer = QUESTIONS[address](study.routes)
    assert reply["answer"] == json.loads(answer.to_json())
    assert set(reply["features"]) == set(answer.features)


def test_loops_are_asked_by_what_they_must_pass_and_keep_off(client):
    reply = client.get("/api/route/loops?start=121.401,31.271&length=2500&through=121.399,31.273&avoid=121.4022,31.2738").get_json()
    assert reply["answer"]["params"]["through"]
    assert reply["answer"]["params"]["avoid"]


@pytest.mark.parametrize(("address", "form"), [("night_run", "gpx"), ("night_run", "xlsx"), ("red_walkway", "geojson"), ("signs", "csv")])
def test_an_answer_about_a_line_is_had_as_a_file(client, address, form):
    reply = client.get(f"/api/route/{address}?format={form}")
    assert reply.status_code == 200
    assert reply.headers["Content-Disposition"].endswith(f".{form}") or f".{form}" in reply.headers["Content-Disposition"]
    assert len(reply.data) > 200


def test_the_gpx_of_loops_begins_with_the_best_and_ends_where_it_began(client):
    reply = client.get("/api/route/loops?start=121.401,31.271&length=1000&format=gpx")
    tracks = [element for _, element in ElementTree.iterparse(io.BytesIO(reply.data)) if element.tag.endswith("}trk")]  # noqa: S314  our own
    points = [dict(point.attrib) for point in tracks[0].iter() if point.tag.endswith("}trkpt")]
    assert points[0] == points[-1]


def test_gpx_is_offered_where_there_is_a_line_to_follow(client):
    offered = {question: {one["format"] for one in client.get(f"/api/formats?question={question}").get_json()} for question in ("loops", "coverage")}
    assert "gpx" in offered["loops"]
    assert "gpx" not in offered["coverage"]


@pytest.mark.parametrize(("address", "kind"), [
    ("night_run?target=far", "BadMeasure"),
    ("night_run?time=soon", "BadMeasure"),
    ("night_run?length=3", "WrongUsage"),
    ("loops?start=here", "BadMeasure"),
    ("loops?start=121.4,31.27&through=1;2", "BadMeasure"),
    ("loops?lollipop=sometimes", "WrongUsage"),
    ("marks", "WrongUsage"),
    ("works?street=香泉路&between=121.4", "BadMeasure"),
])
def test_what_cannot_be_read_is_refused_with_a_sentence(client, address, kind):
    reply = client.get(f"/api/route/{address}")
    assert reply.status_code == 400, reply.text
    told = reply.get_json()["error"]
    assert told["kind"] == kind
    assert told["zh"] != told["en"]


def test_a_stop_has_its_qr_code_where_a_public_address_is_stated_and_a_sentence_where_not(client, tmp_path):
    refused = client.get("/api/route/stop_qr?stop=ws-01")
    assert refused.status_code == 422
    assert "public_url" in refused.get_json()["error"]["zh"]
    folder = tmp_path / "town"
    shutil.copytree(bundled(), folder)
    (folder / "publish.toml").write_text('public_url = "https://wanli.example.cn/map"\n', "utf-8")
    published = create_app(Settings(workspace=folder)).test_client()
    drawn = published.get("/api/route/stop_qr?stop=ws-01")
    assert drawn.mimetype == "image/svg+xml"
    assert "https://wanli.example.cn/map/red_walkway.html#ws-01" in drawn.text
    assert published.get("/api/route/stop_qr?stop=nobody").status_code == 400
