"""The audit over HTTP is the study's audit: matrix, one clause, one compound, the walk behind a cell."""

import json

import pytest


def refused(client, address, status):
    reply = client.get(address)
    assert reply.status_code == status, reply.text
    told = reply.get_json()["error"]
    assert told["zh"] != told["en"]
    return told


def test_the_standards_there_are(client):
    packs = {pack["id"]: pack for pack in client.get("/api/standards").get_json()}
    assert packs["gb50180"]["clauses"] == 50
    assert packs["gb50180"]["unverified"] == 49
    assert {pack["origin"] for pack in packs.values()} == {"bundled"}


@pytest.mark.parametrize(("query", "asked"), [
    ({}, {}),
    ({"standard": "gb50180,tdt1062", "time": "18:30", "day": "Sa"}, {"standards": "gb50180,tdt1062", "time": "18:30", "day": "Sa"}),
    ({"step_free": "1", "evening": "21:00"}, {"step_free": True, "evening": "21:00"}),
])
def test_an_audit_is_the_studys_audit(client, study, query, asked):
    told = client.get("/api/audit", query_string=query).get_json()["answer"]
    assert told == json.loads(study.audit(**asked).to_json())


def test_a_clause_its_compounds_and_the_walk_behind_a_cell(client, study):
    told = client.get("/api/audit/clause?clause=gb50180/5-CANTEEN&people=60%2B").get_json()
    answer = study.clause("gb50180/5-CANTEEN", people="60+")
    assert told["answer"] == json.loads(answer.to_json())
    assert {feature["id"] for feature in told["features"]["units"]["features"]} == set(answer.features["units"]["id"])
    assert set(told["legend"]) == {"covered", "gap", "unknown"}
    walk = client.get("/api/audit/walk?clause=gb50180/5-CANTEEN&unit=c2").get_json()
    assert walk["answer"] == json.loads(study.clause_walk("gb50180/5-CANTEEN", "c2").to_json())
    assert walk["features"]["walk"]["features"][0]["geometry"]["type"] == "LineString"
    sheet = client.get("/api/audit/unit?unit=c2&standard=gb50180").get_json()
    assert sheet["answer"] == json.loads(study.sheet("c2").to_json())


@pytest.mark.parametrize(("address", "kind"), [
    ("/api/audit?standard=gb50181", "UnknownStandard"),
    ("/api/audit?standard=", "WrongUsage"),
    ("/api/audit?step_free=yes", "WrongUsage"),
    ("/api/audit?time=soon", "BadMeasure"),
    ("/api/audit/clause", "WrongUsage"),
    ("/api/audit/clause?clause=gb50180/none", "BadMeasure"),
    ("/api/audit/clause?clause=gb50180/5-CANTEEN&people=teens", "BadMeasure"),
    ("/api/audit/clause?clause=../../etc/passwd", "UnknownStandard"),
    ("/api/audit/unit?unit=nobody", "BadMeasure"),
    ("/api/audit/walk?clause=gb50180/5-CANTEEN", "WrongUsage"),
])
def test_what_cannot_be_read_is_refused_with_a_sentence(client, address, kind):
    assert refused(client, address, 400)["kind"] == kind


def test_a_clause_that_nobody_can_walk_to_says_so(client):
    assert refused(client, "/api/audit/walk?clause=gb50180/15-METRO&unit=c2", 422)["kind"] == "OffNetwork"
