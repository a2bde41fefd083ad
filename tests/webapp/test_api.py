"""Over HTTP one gets the engine's own numbers, once made, small, and not again when one has them."""

import gzip
import json
from concurrent.futures import ThreadPoolExecutor

import pytest

from wanli_geo.report import payload
from wanli_geo.report.wire import written
from wanli_geo.study import Waits

ADDRESSES = (
    "/api/workspace", "/api/base", "/api/theme/blue", "/api/theme/green", "/api/theme/orange", "/api/theme/red", "/api/theme/night",
    "/api/theme/plan", "/api/coverage?kind=CANTEEN", "/api/walk?unit=c2&kind=CANTEEN",
    "/api/nearest?kind=CANTEEN", "/api/within?kind=CANTEEN",
)


def refused(client, address, status):
    reply = client.get(address)
    assert reply.status_code == status, reply.text
    told = reply.get_json()["error"]
    assert set(told) == {"kind", "zh", "en"}
    assert told["zh"] != told["en"]
    return told


@pytest.mark.parametrize(("within", "people", "profile"), [("300m", "all", "adult"), ("5min", "60-79", "elder"), ("1km", "all", "wheelchair")])
def test_a_coverage_is_the_studys_coverage(client, study, within, people, profile):
    told = client.get("/api/coverage", query_string={"kind": "CANTEEN", "within": within, "people": people, "profile": profile}).get_json()
    answer = study.coverage("CANTEEN", within, people=people, profile=profile)
    assert told["answer"] == json.loads(answer.to_json())
    facts = {key: fact["value"] for key, fact in told["answer"]["facts"].items()}
    assert facts["people_total"] == facts["people_covered"] + facts["people_gap"] + facts["people_unknown"]
    assert {feature["id"] for feature in told["features"]["units"]["features"]} == {"c1", "c2", "c3", "c4"}


def test_what_is_not_said_is_500_metres_everyone_and_an_adult(client, study):
    told = client.get("/api/coverage?kind=canteen").get_json()
    assert told["answer"]["run_id"] == study.coverage("CANTEEN", "500m").run_id


def test_walk_bands_are_the_studys_bands(client, study):
    gate = study.workspace.layer("gates").geometry.iloc[1]
    told = client.get(f"/api/isochrone?at={gate.x:.6f},{gate.y:.6f}&minutes=5,2").get_json()
    answer = study.isochrone(round(gate.x, 6), round(gate.y, 6), minutes=(2.0, 5.0))
    assert told["answer"] == json.loads(answer.to_json())
    assert [feature["properties"]["minutes"] for feature in told["features"]["bands"]["features"]] == [2, 5]


def test_a_walk_is_the_studys_walk(client, study):
    told = client.get("/api/walk?unit=c2&kind=CANTEEN&profile=elder").get_json()
    assert told["answer"]["facts"]["walk_m"]["value"] == study.walk("c2", "CANTEEN", profile="elder").fact("walk_m")
    assert told["features"]["walk"]["features"][0]["geometry"]["type"] == "LineString"


def test_a_walk_in_minutes_and_at_night_is_the_studys(client, study):
    told = client.get("/api/walk?unit=c2&kind=CANTEEN&mode=time&day=Sa&time=22:30").get_json()
    assert told["answer"] == json.loads(study.walk("c2", "CANTEEN", mode="time", day="Sa", time="22:30").to_json())
    assert [row["zh"] for row in told["answer"]["tables"]["turns"]]
    told = client.get("/api/coverage?kind=CANTEEN&within=5min&day=PH&time=7:05").get_json()
    assert (told["answer"]["params"]["day"], told["answer"]["params"]["minute"]) == ("PH", 425)


def test_the_nearest_and_what_lies_within_are_the_studys(client, study):
    told = client.get("/api/nearest?kind=CANTEEN,PHARMACY&k=2&within=10min&profile=elder").get_json()
    assert told["answer"] == json.loads(study.nearest(["CANTEEN", "PHARMACY"], 2, "10min", profile="elder").to_json())
    gate = study.workspace.layer("gates").geometry.iloc[1]
    told = client.get(f"/api/nearest?kind=CANTEEN&at={gate.x:.6f},{gate.y:.6f}").get_json()
    assert told["answer"] == json.loads(study.nearest("CANTEEN", at=(round(gate.x, 6), round(gate.y, 6))).to_json())
    told = client.get("/api/within?kind=CANTEEN&within=300m,1km").get_json()
    assert told["answer"] == json.loads(study.opportunities("CANTEEN", ["300m", "1km"]).to_json())
    assert {feature["id"] for feature in told["features"]["units"]["features"]} == {"c1", "c2", "c3", "c4"}
    told = client.get("/api/within?of=people&within=500m").get_json()
    assert told["answer"] == json.loads(study.opportunities(None, "500m").to_json())


def test_gates_and_waits_are_asked_for_as_if(client, study):
    told = client.get("/api/coverage?kind=CANTEEN&within=5min&open=g1,g0&wait_signal=45&stairs_factor=3").get_json()
    answer = study.with_gates(opened=["g0", "g1"]).with_waits(Waits(signalised_s=45, stairs_factor=3)).coverage("CANTEEN", "5min")
    assert told["answer"] == json.loads(answer.to_json())
    assert told["answer"]["params"]["gates_opened"] == ["g0", "g1"]
    assert told["answer"]["params"]["waits_s"]["signalised_s"] == 45
    assert told["answer"]["caveats"][0]["key"] == "scenario"
    for address in ("/api/walk?unit=c2&kind=CANTEEN&open=g0", "/api/isochrone?at=120,31&open=g0", "/api/within?kind=CANTEEN&open=g0"):
        assert client.get(address).status_code in (200, 422)
    assert "scenario" not in [one["key"] for one in client.get("/api/coverage?kind=CANTEEN&within=5min").get_json()["answer"]["caveats"]]


def test_the_scenarios_asked_last_are_kept_and_no_more(app, client):
    room = app.extensions["wanli_geo"].room
    for number in range(4):
        assert client.get(f"/api/coverage?kind=CANTEEN&open=g{number}").status_code == 200
    kept = list(room.scenarios.values())
    assert client.get("/api/gaps").status_code == 404
    assert client.get("/api/walk?unit=c2&kind=CANTEEN&open=g3").status_code == 200
    assert list(room.scenarios.values())[-1] is kept[-1]
    assert len(room.scenarios) == 4


def test_the_workspace_lists_what_may_be_asked(client, study):
    told = client.get("/api/workspace").get_json()
    for one in told["profiles"]:
        for group in told["people"]:
            assert study.coverage("CANTEEN", "1km", profile=one["code"], people=group["code"]).fact("people_total") is not None
    assert [theme["code"] for theme in told["themes"]] == ["blue", "green", "orange", "red", "night", "plan"]
    assert {kind["group"] for kind in told["kinds"]} <= set(told["groups"])


def test_the_base_and_the_themes_are_the_payloads(client, study):
    assert client.get("/api/base").get_json() == json.loads(written(payload.base(study.workspace)))
    assert client.get("/api/theme/night").get_json() == json.loads(written(payload.theme(study.workspace, "night")))


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_reply_comes_gzipped_to_who_takes_it_and_says_the_same(client, address):
    plain, zipped = client.get(address), client.get(address, headers={"Accept-Encoding": "gzip"})
    assert (plain.status_code, zipped.status_code) == (200, 200)
    assert zipped.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers
    assert gzip.decompress(zipped.data) == plain.data
    assert plain.headers["Vary"] == zipped.headers["Vary"] == "Accept-Encoding"
    assert plain.headers["Content-Type"] == "application/json"
    assert plain.headers["Cache-Control"] == "no-cache"


def test_gzip_that_is_declined_is_not_sent(client):
    assert "Content-Encoding" not in client.get("/api/base", headers={"Accept-Encoding": "gzip;q=0, identity"}).headers


@pytest.mark.parametrize("address", ADDRESSES)
def test_what_the_browser_has_is_not_sent_again(client, address):
    first = client.get(address, headers={"Accept-Encoding": "gzip"})
    again = client.get(address, headers={"Accept-Encoding": "gzip", "If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert client.get(address, headers={"If-None-Match": 'W/"another"'}).status_code == 200


def test_the_same_question_asked_by_many_at_once_has_one_answer(app):
    def ask(number):
        return app.test_client().get(f"/api/coverage?kind=CANTEEN&within={300 + number % 4}m").data

    with ThreadPoolExecutor(8) as crowd:
        replies = list(crowd.map(ask, range(40)))
    for number in range(4):
        assert len({reply for at, reply in enumerate(replies) if at % 4 == number}) == 1


@pytest.mark.parametrize(("address", "kind"), [
    ("/api/coverage", "WrongUsage"),
    ("/api/coverage?kind=", "WrongUsage"),
    ("/api/coverage?kind=NOPE", "UnknownKind"),
    ("/api/coverage?kind=CANTEEN&within=500", "BadMeasure"),
    ("/api/coverage?kind=CANTEEN&within=nan", "BadMeasure"),
    ("/api/coverage?kind=CANTEEN&within=infm", "BadMeasure"),
    ("/api/coverage?kind=CANTEEN&within=1e400m", "BadMeasure"),
    ("/api/coverage?kind=CANTEEN&within=-5m", "BadMeasure"),
    ("/api/coverage?kind=CANTEEN&within=0m", "BadMeasure"),
    ("/api/coverage?kind=CANTEEN&within=99km", "BadMeasure"),
    ("/api/coverage?kind=CANTEEN&people=60", "BadMeasure"),
    ("/api/coverage?kind=CANTEEN&profile=car", "BadMeasure"),
    ("/api/coverage?kind=CANTEEN&withn=500m", "WrongUsage"),
    ("/api/coverage?kind=CANTEEN&kind=MARKET", "WrongUsage"),
    (f"/api/coverage?kind={'A' * 201}", "WrongUsage"),
    ("/api/base?x=1", "WrongUsage"),
    ("/api/isochrone", "WrongUsage"),
    ("/api/isochrone?at=121.4", "BadMeasure"),
    ("/api/isochrone?at=nan,31", "BadMeasure"),
    ("/api/isochrone?at=121.4,inf", "BadMeasure"),
    ("/api/isochrone?at=1e2,31", "BadMeasure"),
    ("/api/isochrone?at=181,31", "BadMeasure"),
    ("/api/isochrone?at=121.4,91", "BadMeasure"),
    ("/api/isochrone?at=１２１,31", "BadMeasure"),
    ("/api/isochrone?at=121.4,31.2,5", "BadMeasure"),
    ("/api/isochrone?at=121.4,31.2&minutes=", "WrongUsage"),
    ("/api/isochrone?at=121.4,31.2&minutes=0", "BadMeasure"),
    ("/api/isochrone?at=121.4,31.2&minutes=61", "BadMeasure"),
    ("/api/isochrone?at=121.4,31.2&minutes=5,,10", "BadMeasure"),
    ("/api/isochrone?at=121.4,31.2&minutes=1,2,3,4,5,6,7", "BadMeasure"),
    ("/api/isochrone?at=121.4,31.2&minutes=1e1", "BadMeasure"),
    ("/api/walk?unit=c1", "WrongUsage"),
    ("/api/walk?unit=c1&kind=CANTEEN&mode=bus", "BadMeasure"),
    ("/api/coverage?kind=CANTEEN&time=25:00", "BadMeasure"),
    ("/api/coverage?kind=CANTEEN&day=Someday", "BadMeasure"),
    ("/api/walk?unit=nobody&kind=CANTEEN", "BadMeasure"),
    ("/api/walk?unit=c1&kind=CANTEEN&open=nowhere", "BadMeasure"),
    ("/api/coverage?kind=CANTEEN&open=g0&close=g0", "BadMeasure"),
    ("/api/coverage?kind=CANTEEN&open=g0,,g1", "WrongUsage"),
    ("/api/coverage?kind=CANTEEN&wait_signal=soon", "BadMeasure"),
    ("/api/coverage?kind=CANTEEN&wait_signal=601", "BadMeasure"),
    ("/api/coverage?kind=CANTEEN&stairs_factor=0", "BadMeasure"),
    ("/api/nearest", "WrongUsage"),
    ("/api/nearest?kind=NOPE", "UnknownKind"),
    ("/api/nearest?kind=CANTEEN&k=0", "BadMeasure"),
    ("/api/nearest?kind=CANTEEN&k=1.5", "BadMeasure"),
    ("/api/nearest?kind=CANTEEN&k=21", "BadMeasure"),
    ("/api/nearest?kind=CANTEEN&at=121.4", "BadMeasure"),
    ("/api/within", "WrongUsage"),
    ("/api/within?kind=CANTEEN&of=people", "BadMeasure"),
    ("/api/within?kind=CANTEEN&of=beauty", "BadMeasure"),
    ("/api/within?kind=CANTEEN&within=500m,10min", "BadMeasure"),
    ("/api/within?kind=CANTEEN&within=,", "WrongUsage"),
])
def test_a_question_that_cannot_be_read_is_400_with_the_way_out(client, address, kind):
    assert refused(client, address, 400)["kind"] == kind


def test_a_place_far_from_every_street_is_422(client):
    assert refused(client, "/api/isochrone?at=0,0", 422)["kind"] == "OffNetwork"


def test_a_theme_there_is_not_is_404(client):
    assert "blue" in refused(client, "/api/theme/pink", 404)["en"]


def test_a_failed_question_is_not_kept(client):
    assert client.get("/api/coverage?kind=CANTEEN&within=oops").status_code == 400
    assert client.get("/api/coverage?kind=CANTEEN&within=300m").status_code == 200


def test_markup_in_a_question_comes_back_as_text_of_json(client):
    reply = client.get("/api/coverage?kind=<script>alert(1)</script>")
    assert reply.headers["Content-Type"] == "application/json"
    assert reply.headers["X-Content-Type-Options"] == "nosniff"
