"""What a workspace says of its public site, and that a slip in it is one sentence."""

import datetime as dt

import pytest

from wanli_geo.errors import BadPublication
from wanli_geo.workspace.publication import publication_of


def said(folder, text):
    (folder / "publish.toml").write_text(text, "utf-8")
    return publication_of(folder)


def test_without_a_file_nothing_is_said(tmp_path):
    assert publication_of(tmp_path).public_url is None
    assert publication_of(None).address_of("ws-03") is None


def test_a_stop_has_an_address_below_the_site(tmp_path):
    assert said(tmp_path, 'public_url = "https://example.org/wanli/"').address_of("ws-03") == "https://example.org/wanli/red_walkway.html#ws-03"


def test_who_reviewed_it_when_and_by_what_is_read(tmp_path):
    told = said(tmp_path, """
        title = "万里步行地图"
        review_number = "沪S(2026)000号"
        reviewer = "王"
        date = 2026-11-25
        contact = "tel:021-00000000"
        basemap = "none"
        links = ["https://www.example.gov.cn/"]
        [allow]
        facilities = ["name", "kind"]
    """)
    assert (told.review_number, told.reviewer, told.date) == ("沪S(2026)000号", "王", dt.date(2026, 11, 25))
    assert told.tell == "tel:021-00000000"
    assert told.allow == {"facilities": ("name", "kind")}


@pytest.mark.parametrize(("text", "names"), [
    ('basemap = "amap"', "basemap"), ('contact = "javascript:alert(1)"', "contact"), ('feedback = "http://a.example"', "feedback"),
    ('date = "yesterday"', "date"), ('links = ["ftp://a.example"]', "links"), ('colour = "red"', "colour"),
    ('basemap = "tianditu"', "basemap"),
])
def test_an_entry_of_no_use_is_named(tmp_path, text, names):
    with pytest.raises(BadPublication, match=rf"{names}\S* in publish\.toml"):
        said(tmp_path, text)


@pytest.mark.parametrize("address", ["http://example.org", "example.org", "https://", "https://example.org/?a=1", "https://a b.org", 7])
def test_an_address_that_no_code_may_stand_for(tmp_path, address):
    text = f'public_url = "{address}"' if isinstance(address, str) else f"public_url = {address}"
    with pytest.raises(BadPublication, match=r"public_url in publish\.toml"):
        said(tmp_path, text)


@pytest.mark.parametrize("text", ["public_url = ", "public_url = 'a", "= 3"])
def test_bad_toml_is_one_sentence(tmp_path, text):
    with pytest.raises(BadPublication, match="cannot be read"):
        said(tmp_path, text)


def test_a_byte_that_is_no_text_is_one_sentence(tmp_path):
    (tmp_path / "publish.toml").write_bytes(b"public_url = '\xff'")
    with pytest.raises(BadPublication, match="cannot be read"):
        publication_of(tmp_path)
