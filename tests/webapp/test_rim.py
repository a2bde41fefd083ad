"""Who may ask, what every reply carries, and how each refusal is told."""

import inspect

import pytest
from flask import Blueprint

from wanli_geo import errors
from webapp import Settings, create_app
from webapp.rim import HEADERS, SENTENCES, STATUS, is_ours, status_of

EVERY_ERROR = [kind for _, kind in inspect.getmembers(errors, inspect.isclass) if issubclass(kind, errors.WanliGeoError)]


@pytest.fixture(scope="module")
def failing(folder):
    """The application with doors that fail in each way there is."""
    app = create_app(Settings(workspace=folder))
    doors = Blueprint("doors", __name__)
    by_name = {kind.__name__: kind for kind in EVERY_ERROR}

    @doors.get("/fail/<name>")
    def fail(name):
        raise by_name[name]("出错了。", "It failed.")

    @doors.get("/crash")
    def crash():
        raise ZeroDivisionError("the secret path /var/data")

    app.register_blueprint(doors)
    return app.test_client()


@pytest.mark.parametrize("kind", EVERY_ERROR, ids=lambda kind: kind.__name__)
def test_every_error_of_the_tree_has_its_status_and_says_its_sentence(failing, kind):
    reply = failing.get(f"/fail/{kind.__name__}")
    assert reply.status_code == status_of(kind("", "")) == next(STATUS[one] for one in kind.__mro__ if one in STATUS)
    assert reply.get_json() == {"error": {"kind": kind.__name__, "zh": "出错了。", "en": "It failed."}}


@pytest.mark.parametrize(("kind", "status"), [
    (errors.UnknownKind, 400), (errors.BadMeasure, 400), (errors.UnknownLayer, 404), (errors.NoWorkspace, 409), (errors.BadLayer, 409),
    (errors.OffNetwork, 422), (errors.NothingToAnswer, 422), (errors.MissingExtra, 422),
])
def test_the_table_says_what_kind_of_no_it_is(kind, status):
    assert status_of(kind("", "")) == status


def test_our_own_failure_is_500_and_tells_nothing_of_the_inside(failing):
    reply = failing.get("/crash")
    assert reply.status_code == 500
    assert "secret" not in reply.text
    assert reply.get_json()["error"]["zh"] == SENTENCES[500][0]


def test_what_is_not_there_is_404_in_both_languages(client):
    reply = client.get("/nowhere")
    assert (reply.status_code, reply.get_json()["error"]["kind"]) == (404, "NotFound")


@pytest.mark.parametrize("path", ["../leaflet/../../palette.py", "..%2f..%2fpalette.py", "%2e%2e/%2e%2e/palette.py", "/etc/passwd", "no.js"])
def test_nothing_outside_the_library_folder_is_served(client, path):
    assert client.get(f"/vendor/leaflet/{path}", follow_redirects=True).status_code == 404


def test_nothing_can_be_sent_and_the_reply_says_what_can_be_done(client):
    reply = client.post("/api/coverage?kind=CANTEEN", data="x")
    assert reply.status_code == 405
    assert "GET" in reply.headers["Allow"]
    assert reply.get_json()["error"]["zh"] == SENTENCES[405][0]


def test_an_address_too_long_is_414(client):
    reply = client.get("/api/coverage?kind=" + "A" * 10_000_000)
    assert (reply.status_code, reply.get_json()["error"]["zh"]) == (414, SENTENCES[414][0])


@pytest.mark.parametrize("address", ["/", "/api/base", "/api/coverage", "/nowhere", "/crash", "/fail/Refused", "/static/none.js",
                                     "/vendor/leaflet/none.js"])
def test_every_reply_carries_the_headers_refusals_too(failing, address):
    reply = failing.get(address)
    for name, value in HEADERS.items():
        assert reply.headers[name] == value
    reply.close()


def test_a_reply_that_is_not_sent_again_carries_them_too(client):
    etag = client.get("/api/base").headers["ETag"]
    reply = client.get("/api/base", headers={"If-None-Match": etag})
    assert reply.status_code == 304
    assert reply.headers["Content-Security-Policy"] == HEADERS["Content-Security-Policy"]


def test_the_policy_lets_in_nothing_foreign_and_no_inline_code():
    policy = HEADERS["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert {"frame-ancestors 'self'", "base-uri 'none'", "object-src 'none'"} <= set(policy.split("; "))


@pytest.mark.parametrize("host", ["localhost", "localhost:8000", "127.0.0.1:8000", "[::1]:8000", "LOCALHOST"])
def test_this_computer_is_answered(host):
    assert is_ours(host, Settings())


@pytest.mark.parametrize("host", ["", "evil.example", "evil.example:8000", "localhost.evil.example", "127.0.0.1.evil.example", "192.168.1.5",
                                  "a b", "localhost:80:80", "localhost@evil.example", "0.0.0.0:8000"])
def test_a_name_that_is_not_ours_is_not(host):
    assert not is_ours(host, Settings())


def test_names_of_the_settings_are_ours_and_bare_addresses_where_everyone_is_let_in():
    assert is_ours("map.street.local:8000", Settings(hosts=("map.street.local",)))
    assert is_ours("192.168.1.5:8000", Settings(host="192.168.1.5"))
    assert is_ours("192.168.1.5:8000", Settings(host="0.0.0.0"))  # noqa: S104
    assert not is_ours("evil.example", Settings(host="0.0.0.0"))  # noqa: S104


@pytest.mark.parametrize("address", ["/", "/api/base", "/static/none.js"])
def test_a_site_that_points_its_name_at_us_is_turned_away(client, address):
    reply = client.get(address, headers={"Host": "evil.example"})
    assert (reply.status_code, reply.get_json()["error"]["kind"]) == (400, "UntrustedHost")
    assert "WANLI_HOSTS" in reply.get_json()["error"]["zh"]
