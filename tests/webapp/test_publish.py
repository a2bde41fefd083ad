"""The public map over HTTP: nothing of it is written by looking, and what is sent is read strictly."""

from __future__ import annotations

import pytest

from webapp import Settings, create_app


@pytest.fixture(scope="module")
def client():
    return create_app(Settings()).test_client()


STATED = {"ground": "测试", "reviewer": "王", "date": "2026-11-25"}


@pytest.fixture(scope="module")
def made(client):
    reply = client.post("/api/publish/make", json=STATED)
    assert reply.status_code == 200
    return reply.get_json()


def test_the_page_and_what_is_stated_are_there(client):
    assert client.get("/publish").status_code == 200
    told = client.get("/api/publish").get_json()
    assert (told["edit"], told["releases"]) == (False, [])


def test_the_site_is_made_and_seen_file_by_file(client, made):
    assert made["reasons"] == [] and made["files"] > 40
    page = client.get(f"/publish/preview/{made['token']}/index.html")
    assert page.status_code == 200 and page.mimetype == "text/html"
    assert "default-src 'self'" in page.headers["Content-Security-Policy"]
    for name in ("sw.js", "../desk", "nothing.html"):
        assert client.get(f"/publish/preview/{made['token']}/{name}").status_code == 404


def test_an_old_token_opens_nothing(client, made):
    assert client.get("/publish/preview/0000/index.html").status_code == 404
    assert client.get("/api/publish/zip?token=0000").status_code == 404


def test_nothing_is_recorded_where_editing_is_off(client, made):
    reply = client.post("/api/publish/release", json={"token": made["token"]})
    assert reply.status_code == 403
    assert "--edit" in reply.get_json()["error"]["zh"]


@pytest.mark.parametrize("body", [{"allow": {}}, {"reviewer": 3}, [], {"basemap": "amap"}])
def test_what_the_desk_may_not_state_is_refused(client, body):
    assert client.post("/api/publish/make", json=body).status_code == 400


def test_a_bad_address_is_one_sentence(client):
    reply = client.post("/api/publish/make", json={**STATED, "public_url": "http://a.example"})
    assert reply.status_code == 422
    assert "public_url" in reply.get_json()["error"]["en"]


def test_another_site_cannot_have_a_site_made(client):
    assert client.post("/api/publish/make", json=STATED, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403


def test_cancelling_what_is_not_under_way_harms_nothing(client):
    assert client.post("/api/publish/cancel", json={}).status_code == 200
    assert client.get("/api/publish/progress").get_json() == {"stage": "", "share": 0.0}
