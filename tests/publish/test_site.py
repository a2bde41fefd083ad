"""The folder that goes out: valid, whole, light, the same twice, and asking nobody for anything."""

from __future__ import annotations

import gzip
import json
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from tests.public_site import ALL, PAGES, STATED
from wanli_geo.cli import run

ROOT = Path(__file__).resolve().parents[2]
VALIDATOR = ROOT / "webapp" / "frontend" / "node_modules" / "html-validate" / "bin" / "html-validate.mjs"


class Page(HTMLParser):
    """What a page names: its ids, its links, what it loads, its headings."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.addresses: list[str] = []
        self.headings: list[int] = []
        self.meta: dict[str, str] = {}
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if "id" in told:
            assert told["id"] not in self.ids, f"the id {told['id']} stands twice"
            self.ids.add(told["id"])
        self.addresses += [told[name] for name in ("href", "src") if name in told]
        if tag in ("h1", "h2", "h3", "h4"):
            self.headings.append(int(tag[1]))
        if tag == "meta" and "name" in told:
            self.meta[told["name"]] = told.get("content", "")


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, Page]:
    return {name: Page((site / name).read_text("utf-8")) for name in ALL}


def test_every_page_is_valid_html(site: Path, tmp_path: Path) -> None:
    if not VALIDATOR.is_file() or shutil.which("node") is None:
        pytest.skip("没有 html-validate：请在 webapp/frontend 里 npm ci。 / No html-validate: run npm ci in webapp/frontend.")
    config = tmp_path / "valid.json"
    config.write_text(json.dumps({"root": True, "extends": ["html-validate:recommended"], "rules": {"long-title": "off"}}), "utf-8")
    done = subprocess.run(["node", VALIDATOR, "--config", config, *(site / name for name in ALL)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_every_link_and_everything_loaded_is_there(site: Path, pages: dict[str, Page]) -> None:
    for name, page in pages.items():
        for address in page.addresses:
            parts = urlsplit(address)
            if parts.scheme in ("mailto", "tel") or address.startswith("https://www.example.gov.cn/wanli/map"):
                continue
            assert not parts.scheme and not parts.netloc and not parts.path.startswith("/"), f"{name}: {address} is not relative"
            target = (site / name).parent / unquote(parts.path) if parts.path else site / name
            assert target.is_file(), f"{name}: {address}"
            if parts.fragment:
                found = Page(target.read_text("utf-8"))
                assert unquote(parts.fragment) in found.ids, f"{name}: {address}"


def test_the_way_to_a_place_names_a_place_that_the_page_knows(site: Path, pages: dict[str, Page]) -> None:
    known = {place["id"] for place in json.loads((site / "data" / "places.json").read_text("utf-8"))["places"]}
    asked = {unquote(address.partition("?to=")[2]) for page in pages.values() for address in page.addresses if "?to=" in address}
    stops = {stop["id"] for stop in json.loads((site / "data" / "red_walkway.json").read_text("utf-8"))["stops"]}
    assert len(asked) > 20
    assert asked <= known | stops


def test_every_page_says_what_it_is_in_its_own_language(site: Path, pages: dict[str, Page]) -> None:
    for name, page in pages.items():
        text = (site / name).read_text("utf-8")
        assert f'<html lang="{"en" if name.startswith("en/") else "zh-Hans"}"' in text
        assert page.headings[0] == 1 and page.headings.count(1) == 1
        assert all(after - before <= 1 for before, after in zip(page.headings, page.headings[1:], strict=False)), name
        assert len(page.meta["description"]) > 10
        assert 'rel="canonical" href="https://www.example.gov.cn/wanli/map/' in text
        assert text.count('rel="alternate"') == 2
    titles = [(site / name).read_text("utf-8").split("<title>")[1].split("</title>")[0] for name in ALL]
    assert len(set(titles)) == len(titles)


def test_sketch_review_date_and_reviewer_stand_on_every_page(site: Path) -> None:
    for name in PAGES:
        text = (site / f"{name}.html").read_text("utf-8")
        assert "测试：不对外公开" in text and "张三" in text and "2026-11-25" in text
    assert "本软件不判断这个依据是否成立" in (site / "about.html").read_text("utf-8")
    assert all("示意图" in (site / f"{name}.html").read_text("utf-8") for name in ("index", "circle", "red_walkway", "night_run", "about"))


def test_the_site_weighs_little(site: Path) -> None:
    files = [path for path in site.rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) <= 3_000_000
    first = ("index.html", "static/css/site.css", "static/js/index.js", "static/js/engine.js", "static/vendor/leaflet/leaflet.js", "static/icon.svg",
             "data/ground.bin", "data/walks.bin", "data/places.json")
    assert sum(len(gzip.compress((site / name).read_bytes(), 9)) for name in first) <= 300_000
    assert len(gzip.compress((site / "data" / "walks.bin").read_bytes(), 9)) <= 150_000


def test_the_same_release_is_the_same_bytes(site: Path, tmp_path: Path) -> None:
    assert run(["publish", str(tmp_path / "again"), *STATED]) == 0
    ours = {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}
    again = {path.relative_to(tmp_path / "again").as_posix(): path.read_bytes() for path in (tmp_path / "again").rglob("*") if path.is_file()}
    assert ours.keys() == again.keys()
    assert [name for name in ours if ours[name] != again[name]] == []


def test_what_is_not_public_is_in_no_file(site: Path, wanli: Path) -> None:
    text = b"\n".join(path.read_bytes() for path in site.rglob("*") if path.suffix in (".html", ".json", ".bin", ".svg", ".gpx"))
    homes = json.loads((wanli / "homes.geojson").read_text("utf-8"))["features"]
    assert not [home["id"] for home in homes if home["id"].encode() in text]
    assert not [name for name in ("residents", "residents_60_79", "households", "note") if f'"{name}":'.encode() in text]


def test_each_public_facility_stands_once_in_the_lists(site: Path) -> None:
    places = json.loads((site / "data" / "places.json").read_text("utf-8"))["places"]
    told = Page((site / "list.html").read_text("utf-8")).ids
    assert {f"services-{place['id']}" for place in places} <= told
    assert len({place["id"] for place in places}) == len(places)
