"""The page's own files: gzipped where the browser takes it, not sent again where it has them."""

from __future__ import annotations

import gzip

import pytest

FILES = ("/", "/static/js/desk.js", "/static/css/desk.css", "/vendor/leaflet/leaflet-src.esm.js")


def ask(client, address, **headers):
    """Get a whole reply, its file closed."""
    reply = client.get(address, headers={name.replace("_", "-"): value for name, value in headers.items()}, buffered=True)
    reply.close()
    return reply


@pytest.mark.parametrize("address", FILES)
def test_a_text_is_gzipped_only_for_who_takes_it(client, address):
    plain = ask(client, address, Accept_Encoding="identity")
    zipped = ask(client, address, Accept_Encoding="gzip, br")
    assert plain.content_encoding is None
    assert zipped.content_encoding == "gzip"
    assert gzip.decompress(zipped.data) == plain.data
    assert len(zipped.data) < len(plain.data) / 2
    assert "Accept-Encoding" in plain.vary
    assert "Accept-Encoding" in zipped.vary


def test_a_file_the_browser_has_is_not_sent_again(client):
    first = ask(client, FILES[-1], Accept_Encoding="gzip")
    again = ask(client, FILES[-1], Accept_Encoding="gzip", If_None_Match=first.headers["ETag"])
    assert (again.status_code, again.data) == (304, b"")


def test_a_picture_is_sent_as_it_is(client):
    assert ask(client, "/vendor/leaflet/images/marker-icon.png", Accept_Encoding="gzip").content_encoding is None
