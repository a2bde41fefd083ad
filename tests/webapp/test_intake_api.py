"""A planner's file over HTTP: what goes in is drafted, applied, served and undone; what must not go in is refused with a sentence."""

import io
import re

import openpyxl
import pytest

from tests.report.village import saved_village
from wanli_geo.cli import run
from wanli_geo.workspace.intake.limits import MOST_BYTES
from webapp import Settings, create_app
from webapp.counter import EDITING_OFF, TOO_LARGE
from webapp.uploads import LONGEST_NAME, MOST, OLDEST_S, Uploads, cleaned

OCTETS = "application/octet-stream"
HEADINGS = ("设施名称", "类别", "经度", "纬度", "联系电话")


def book(*rows, headings=HEADINGS):
    """A workbook as a planner makes it."""
    made, content = openpyxl.Workbook(), io.BytesIO()
    for row in (headings, *rows):
        made.active.append(row)
    made.save(content)
    return content.getvalue()


@pytest.fixture
def app(tmp_path):
    saved_village(tmp_path / "village")
    return create_app(Settings(workspace=tmp_path / "village", edit=True))


@pytest.fixture
def client(app):
    return app.test_client()


@pytest.fixture
def looking(app, tmp_path):
    """The same where nothing may be written."""
    return create_app(Settings(workspace=tmp_path / "village")).test_client()


def sent(client, content, name="设施.xlsx", **more):
    return client.post("/api/import/file", query_string={"name": name}, data=content, content_type=OCTETS, **more)


def drafted(client, content, name="设施.xlsx", **asked):
    token = sent(client, content, name).get_json()["token"]
    reply = client.post("/api/import/draft", json={"token": token, "asked": {"layer": "facilities", **asked}})
    assert reply.status_code == 200, reply.text
    return token, reply.get_json()


def refused(reply, status, kind):
    told = reply.get_json()["error"]
    assert (reply.status_code, told["kind"]) == (status, kind), reply.text
    assert told["zh"] != told["en"]
    return told


def place(client):
    """A place in the middle of the village, as degrees."""
    west, south, east, north = client.get("/api/workspace").get_json()["bounds"]
    return (west + east) / 2, (south + north) / 2


def names(client):
    base = client.get("/api/coverage?kind=CANTEEN").get_json()["features"]["facilities"]["features"]
    return {feature["properties"]["name"] for feature in base}


def test_a_file_goes_in_is_served_and_is_undone(client, app, tmp_path):
    before = {file.name: file.read_bytes() for file in (tmp_path / "village").iterdir() if file.is_file()}
    lon, lat = place(client)
    token, draft = drafted(client, book(("万家食堂", "社区食堂", lon, lat, "021-55550001")), datum="wgs84")
    assert {one["heading"]: one["column"] for one in draft["columns"]} == dict(zip(HEADINGS, ("name", "kind", "lon", "lat", "phone"), strict=True))
    assert draft["counts"]["added"] == 1
    assert draft["first_rows"] == [{"row": 2, "cells": ["万家食堂", "社区食堂", pytest.approx(lon), pytest.approx(lat), "021-55550001"]}]
    assert draft["features"]["features"][0]["geometry"]["coordinates"] == pytest.approx([lon, lat], abs=1e-6)
    assert "万家食堂" not in names(client)
    etag = client.get("/api/base").headers["ETag"]
    applied = client.post("/api/import/apply", json={"token": token, "draft": draft["draft"]})
    assert applied.status_code == 200, applied.text
    assert "万家食堂" in names(client)
    history = client.get("/api/import/history").get_json()
    assert [(one["number"], one["file"], one["layer"], one["counts"]["added"]) for one in history] == [(1, "设施.xlsx", "facilities", 1)]
    assert client.post("/api/import/undo", json={"version": 2}).get_json()["error"]["kind"] == "Stale"
    assert client.post("/api/import/undo", json={"version": 1}).get_json()["undone"] is True
    assert "万家食堂" not in names(client)
    assert client.get("/api/base").headers["ETag"] == etag
    assert before == {file.name: file.read_bytes() for file in (tmp_path / "village").iterdir() if file.is_file()}


def test_what_was_said_of_a_column_is_followed_and_every_finding_has_its_row(client):
    lon, lat = place(client)
    content = book(("甲", "火锅店", lon, lat, "x"), ("乙", "社区食堂", lon, lat, "y"))
    _, draft = drafted(client, content, datum="wgs84", columns={"联系电话": ""})
    assert next(one for one in draft["columns"] if one["heading"] == "联系电话")["how"] == "said"
    assert draft["refused"]
    assert [(one["row"], one["column"]) for one in draft["findings"] if one["severity"] == "error"] == [(2, "kind")]
    _, mended = drafted(client, content, datum="wgs84", skip_bad_rows=True)
    assert (mended["refused"], mended["counts"]["added"], mended["counts"]["left_out"]) == (False, 1, 1)


def test_what_the_command_line_brought_in_meanwhile_is_kept_and_does_not_stop_the_page(client, tmp_path):
    lon, lat = place(client)
    token, seen = drafted(client, book(("页面食堂", "社区食堂", lon, lat, "")), datum="wgs84")
    (tmp_path / "命令行.csv").write_text(f"名称,类别,经度,纬度\n命令行食堂,社区食堂,{lon},{lat}\n", "utf-8")
    command = ["import", "table", str(tmp_path / "命令行.csv"), "--layer", "facilities", "--into", str(tmp_path / "village"), "--datum", "wgs84"]
    assert run(command) == 0
    refused(client.post("/api/import/apply", json={"token": token, "draft": seen["draft"]}), 422, "Refused")
    token, again = drafted(client, book(("页面食堂", "社区食堂", lon, lat, "")), datum="wgs84")
    assert client.post("/api/import/apply", json={"token": token, "draft": again["draft"]}).status_code == 200
    assert {"页面食堂", "命令行食堂"} <= names(client)


def test_what_is_applied_is_what_was_seen(client):
    lon, lat = place(client)
    token, first = drafted(client, book(("甲", "社区食堂", lon, lat, "")), datum="wgs84")
    client.post("/api/import/draft", json={"token": token, "asked": {"layer": "facilities", "datum": "gcj02"}})
    refused(client.post("/api/import/apply", json={"token": token, "draft": first["draft"]}), 409, "Stale")
    assert client.get("/api/import/history").get_json() == []


def test_a_second_draft_made_before_the_first_was_written_is_stale(client):
    lon, lat = place(client)
    one, first = drafted(client, book(("甲", "社区食堂", lon, lat, "")), datum="wgs84")
    other, second = drafted(client, book(("乙", "社区食堂", lon, lat, "")), datum="wgs84")
    assert client.post("/api/import/apply", json={"token": one, "draft": first["draft"]}).status_code == 200
    refused(client.post("/api/import/apply", json={"token": other, "draft": second["draft"]}), 409, "Stale")


def test_where_editing_is_off_a_file_is_drafted_but_not_written(looking, tmp_path):
    assert looking.get("/api/import/layers").get_json()["edit"] is False
    lon, lat = place(looking)
    token, draft = drafted(looking, book(("甲", "社区食堂", lon, lat, "")), datum="wgs84")
    for path, body in (("apply", {"token": token, "draft": draft["draft"]}), ("undo", {"version": 1})):
        assert refused(looking.post(f"/api/import/{path}", json=body), 403, "EditingOff")["zh"] == EDITING_OFF[0]
    assert not (tmp_path / "village" / ".versions").exists()


def test_a_file_too_large_is_refused_with_the_sentence_the_page_says(client):
    reply = client.post("/api/import/file?name=a.csv", content_type=OCTETS, environ_overrides={"CONTENT_LENGTH": str(MOST_BYTES + 1)})
    assert refused(reply, 413, "TooLarge")["zh"] == TOO_LARGE[0] == client.get("/api/import/layers").get_json()["too_large"]["zh"]


def test_other_doors_stay_narrow(client):
    reply = client.post("/api/import/drop", data=b" " * 1_100_000, content_type="application/json")
    assert reply.status_code == 413


@pytest.mark.parametrize("headers", [
    {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "http://evil.example"}, {"Origin": "null"},
    {"Origin": "http://localhost.evil.example"}, {"Origin": "http://localhost:81"},
])
@pytest.mark.parametrize("path", ["file?name=a.csv", "draft", "apply", "undo", "drop"])
def test_what_another_site_sends_is_refused(client, headers, path):
    content = OCTETS if path.startswith("file") else "application/json"
    refused(client.post(f"/api/import/{path}", data=b"{}", content_type=content, headers=headers), 403, "CrossSite")


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""])
def test_what_a_page_may_send_unasked_is_refused(client, content_type):
    refused(client.post("/api/import/file?name=a.csv", data=b"x", content_type=content_type), 403, "CrossSite")


def test_our_own_page_is_let_in(client):
    reply = sent(client, b"a,b\n1,2\n", "a.csv", headers={"Sec-Fetch-Site": "same-origin", "Origin": "http://localhost"})
    assert reply.status_code == 200


@pytest.mark.parametrize(("path", "body"), [
    ("draft", "{"), ("draft", "[]"), ("draft", '{"token": "x"}'), ("draft", '{"token": "x", "asked": {"layer": "facilities"}, "more": 1}'),
    ("draft", '{"token": "x", "asked": {"layer": "facilities", "controls": [{"x": "one"}]}}'), ("undo", '{"version": 0}'),
    ("draft", '{"token": "x", "asked": {"layer": "facilities", "controls": [{"x": NaN, "y": 1, "lon": 1, "lat": 1}]}}'),
    ("apply", '{"token": 1, "draft": "x"}'),
])
def test_what_cannot_be_read_is_refused_with_the_place(client, path, body):
    told = refused(client.post(f"/api/import/{path}", data=body, content_type="application/json"), 400, "WrongUsage")
    assert "“" in told["zh"]


@pytest.mark.parametrize("token", ["", "no", "../../etc/passwd", "x" * 5000])
def test_a_token_that_is_none_is_not_found(client, token):
    refused(client.post("/api/import/draft", json={"token": token, "asked": {"layer": "facilities"}}), 404, "NoUpload")


@pytest.mark.parametrize(("name", "kept"), [
    ("设施 2026.xlsx", "设施 2026.xlsx"), ("../../etc/passwd", "passwd"), ("C:\\Windows\\a.xlsx", "a.xlsx"), ("a\x00b\n.csv", "ab.csv"),
    ("CON.csv", "_CON.csv"), ("\u202egpj.xlsx", "gpj.xlsx"), ("...", "file"), ("/", "file"), ("a<b>|?*.csv", "ab.csv"), (" .csv ", "csv"),
])
def test_a_hostile_name_is_made_plain(name, kept):
    assert cleaned(name) == kept


def test_a_name_is_as_long_as_a_file_system_takes():
    for name in ("万" * 500 + ".xlsx", "a" * 5000 + ".csv", "x." + "y" * 5000):
        assert len(cleaned(name)) <= LONGEST_NAME
        assert len(cleaned(name).encode()) <= 240


def test_a_hostile_name_leaves_nothing_outside_its_folder(client, tmp_path):
    reply = sent(client, b"a\n1\n", "../../../evil.csv")
    assert reply.get_json()["file"] == "evil.csv"
    assert not list(tmp_path.rglob("evil.csv"))


def test_a_file_that_is_none_of_ours_is_refused_in_a_sentence(client):
    token = sent(client, b"MZ\x90", "a.exe").get_json()["token"]
    refused(client.post("/api/import/draft", json={"token": token, "asked": {"layer": "facilities"}}), 422, "BadFile")
    token = sent(client, b"not a workbook", "a.xlsx").get_json()["token"]
    refused(client.post("/api/import/draft", json={"token": token, "asked": {"layer": "facilities"}}), 422, "BadFile")


def test_a_layer_that_is_none_is_not_found(client):
    token = sent(client, book(("a",))).get_json()["token"]
    refused(client.post("/api/import/draft", json={"token": token, "asked": {"layer": "palaces"}}), 404, "UnknownLayer")
    refused(client.get("/api/import/template/palaces.xlsx"), 404, "UnknownLayer")


def test_the_blank_workbook_of_every_layer_opens(client):
    for layer in client.get("/api/import/layers").get_json()["layers"]:
        reply = client.get(f"/api/import/template/{layer['name']}.xlsx")
        sheet = openpyxl.load_workbook(io.BytesIO(reply.data)).worksheets[0]
        assert sheet.max_column > 3
        assert re.search("filename", reply.headers["Content-Disposition"])


def test_parts_of_a_shapefile_stand_beside_it_and_nothing_else_does(client):
    token = sent(client, b"x", "roads.shp").get_json()["token"]
    beside = client.post(f"/api/import/file?name=roads.dbf&beside={token}", data=b"y", content_type=OCTETS)
    assert beside.get_json() == {"token": token, "file": "roads.shp"}
    refused(client.post(f"/api/import/file?name=a.py&beside={token}", data=b"y", content_type=OCTETS), 404, "NoUpload")


def test_only_so_many_files_are_kept_and_not_for_long():
    clock = [0.0]
    uploads = Uploads(now=lambda: clock[0])
    tokens = [uploads.keep(f"{number}.csv", io.BytesIO(b"a")) for number in range(MOST + 1)]
    folders = [uploads.find(token).path.parent for token in tokens[1:]]
    with pytest.raises(Exception, match="重新上传"):
        uploads.find(tokens[0])
    clock[0] = OLDEST_S + 1
    with pytest.raises(Exception, match="重新上传"):
        uploads.find(tokens[-1])
    assert not any(folder.exists() for folder in folders)
    uploads.close()


def test_a_file_broken_off_leaves_nothing():
    class Broken(io.BytesIO):
        def read(self, size=-1):
            raise ConnectionError

    uploads = Uploads()
    kept = uploads.folder
    with pytest.raises(ConnectionError):
        uploads.keep("a.csv", Broken())
    assert list(kept.iterdir()) == []
    uploads.close()
    assert not kept.exists()


def test_progress_is_told_and_a_dropped_file_is_gone(client):
    token, _ = drafted(client, book(("甲",)))
    assert client.get(f"/api/import/progress?token={token}").get_json()["share"] == 1.0
    assert client.post("/api/import/drop", json={"token": token}).status_code == 200
    refused(client.get(f"/api/import/progress?token={token}"), 404, "NoUpload")


def test_the_page_is_there(client):
    page = client.get("/import")
    assert page.status_code == 200
    assert "<script>" not in page.text
