"""Answers as files over HTTP: what is offered can be had, each is the file the library writes, and what cannot be written is said."""

import io
import zipfile

import openpyxl
import pytest

from wanli_geo.report.writing import write

COVERAGE = "/api/coverage?kind=CANTEEN"
BEGINNINGS = {"xlsx": b"PK", "docx": b"PK", "pdf": b"%PDF", "png": b"\x89PNG", "svg": b"<svg", "gpkg": b"SQLite format 3", "zip": b"PK",
              "kml": b"<?xml", "csv": b"\xef\xbb\xbf", "geojson": b"{"}


@pytest.mark.parametrize("question", ["coverage", "audit"])
def test_what_is_offered_can_be_had(client, question):
    offered = client.get(f"/api/formats?question={question}").get_json()
    assert {"xlsx", "docx", "pdf", "csv"} <= {one["format"] for one in offered}
    address = COVERAGE if question == "coverage" else "/api/audit?"
    for one in offered:
        reply = client.get(f"{address}&format={one['format']}")
        assert reply.status_code == 200, reply.text[:300]
        assert reply.data.startswith(BEGINNINGS[one["format"]])
        assert f".{one['format']}" in reply.headers["Content-Disposition"]


@pytest.mark.parametrize("suffix", ["csv", "geojson", "svg"])
def test_a_file_is_the_librarys_own(client, study, suffix):
    assert client.get(f"{COVERAGE}&format={suffix}").data == write(study.coverage("CANTEEN"), study.workspace, f".{suffix}")


def test_a_file_is_of_the_question_asked(client):
    told = [client.get(f"{COVERAGE}&format=csv{more}").data for more in ("", "&people=60%2B", "&open=g0")]
    assert len(set(told)) == 3


def test_an_audit_as_a_document_is_the_whole_report(client):
    book = openpyxl.load_workbook(io.BytesIO(client.get("/api/audit?format=xlsx&lang=en").data))
    assert len(book.sheetnames) > 5
    with zipfile.ZipFile(io.BytesIO(client.get("/api/audit?format=docx&time=19:30").data)) as parts:
        assert "万" in parts.read("word/document.xml").decode() or "村" in parts.read("word/document.xml").decode()


def test_papers_differ(client):
    assert client.get(f"{COVERAGE}&format=pdf").data != client.get(f"{COVERAGE}&format=pdf&paper=a3").data


@pytest.mark.parametrize("more", ["format=exe", "format=../etc", "format=pdf&paper=a9", "format=xlsx&lang=de", "format=csv&crs=EPSG:4549",
                                  "format=gpkg&crs=none"])
def test_what_cannot_be_written_is_refused_with_a_sentence(client, more):
    reply = client.get(f"{COVERAGE}&{more}")
    assert reply.status_code in (400, 422)
    assert reply.get_json()["error"]["zh"]
