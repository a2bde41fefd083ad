"""The whole site in memory, then on disk. The only file that knows what a site consists of."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any, get_args

import jinja2

from wanli_geo.publish.contents import about, blue_green, circle, elder, home, lists, night_run, plan, red_walkway
from wanli_geo.publish.gate import pass_or_refuse
from wanli_geo.publish.ground import ground_pack
from wanli_geo.publish.modules import leaflet, scripts, styles
from wanli_geo.publish.page import Page, Telling
from wanli_geo.publish.places import kinds_of, places
from wanli_geo.publish.poster import poster
from wanli_geo.publish.sources import Sources
from wanli_geo.publish.walks import walks_pack
from wanli_geo.publish.words import FRAME
from wanli_geo.report import say
from wanli_geo.report.carto.credit import is_sketch, made_of, source_text
from wanli_geo.workspace.publication import Publication

PAGES: tuple[Page, ...] = (home.PAGE, circle.PAGE, blue_green.PAGE, red_walkway.PAGE, night_run.PAGE, plan.PAGE, elder.PAGE, lists.PAGE, about.PAGE)
STYLES = ("tones.css", "map.css", "public.css", "public_lines.css")
_TAGS: dict[say.Lang, str] = {"zh": "zh-Hans", "en": "en"}
_TEMPLATES = Path(__file__).parent / "pages"


@dataclass(frozen=True, eq=False)
class Site:
    """Every file of a site by its place, in the order of their names."""

    files: Mapping[str, bytes]

    @property
    def size(self) -> int:
        return sum(map(len, self.files.values()))


def build(sources: Sources, publication: Publication, front: Path) -> Site:
    """Make the site, and have it pass the gate; the same sources and publication give the same bytes.

    Args:
        front: the folder of the desk's scripts and styles.

    Raises:
        GateClosed: it may not go out; with all reasons.
    """
    files = {
        **scripts(front, [f"js/public/{page.name}.js" for page in PAGES]),
        **leaflet(),
        **styles(front, STYLES),
        "static/icon.svg": (front / "icon.svg").read_bytes(),
        "data/ground.bin": ground_pack(sources.workspace, publication),
        "data/walks.bin": walks_pack(sources.walkable, kinds_of(sources)),
        "data/places.json": _json(places(sources, publication)),
    }
    telling = Telling(sources, publication, "zh")
    files |= {f"data/{page.name}.json": _json(page.data(telling)) for page in PAGES if page.data is not None}
    for page in PAGES:
        files |= page.files(telling)
    for lang in get_args(say.Lang):
        files |= {_place(page, lang): _page(page, Telling(sources, publication, lang)) for page in PAGES}
    files |= _found_by_search(publication)
    files |= {"sw.js": _service_worker(front, files)}
    files |= {"release.json": _release(publication, files)}
    site = Site(dict(sorted(files.items())))
    pass_or_refuse(site.files, sources, publication)
    return site


def write(site: Site, folder: Path) -> None:
    """Write every file below a folder."""
    for name, content in site.files.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


def _json(value: Mapping[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()


def _place(page: Page, lang: say.Lang) -> str:
    return f"{page.name}.html" if lang == "zh" else f"en/{page.name}.html"


def _page(page: Page, telling: Telling) -> bytes:
    lang, publication = telling.lang, telling.publication
    root = "" if lang == "zh" else "../"
    title = telling.pick(page.zh, page.en)
    context = {
        "page": page,
        "lang": lang,
        "lang_tag": _TAGS[lang],
        "root": root,
        "title": title,
        "site_title": site_title(telling),
        "about": telling.pick(page.about_zh, page.about_en),
        "words": {key: say.pick(lang, *pair) for key, pair in FRAME.items()},
        "pages": [{"name": one.name, "title": telling.pick(one.zh, one.en), "here": one is page} for one in PAGES],
        "other": f"{root}en/{page.name}.html" if lang == "zh" else f"{root}{page.name}.html",
        "script": f"{root}static/js/{page.name}.js",
        "csp": policy(publication),
        "poster": poster(telling.sources.workspace, publication, lang, title=title, marks=page.marks(telling)) if page.map else "",
        "credits": credits_of(telling),
        "publication": publication,
        "config": config(telling, page),
        **page.content(telling),
    }
    return _environment().get_template(f"{page.name}.html").render(context).encode()


def _environment() -> jinja2.Environment:
    return jinja2.Environment(loader=jinja2.FileSystemLoader(_TEMPLATES), autoescape=True, trim_blocks=True, lstrip_blocks=True,
                              undefined=jinja2.StrictUndefined)


def site_title(telling: Telling) -> str:
    catalogue = telling.sources.workspace.catalogue
    place = telling.pick(catalogue.name, catalogue.name_en or catalogue.name)
    title, title_en = telling.publication.title, telling.publication.title_en
    return telling.pick(title or f"{place}步行地图", title_en or f"{place} on foot")


def policy(publication: Publication) -> str:
    """What a page may load: its own files, nothing else."""
    return ("default-src 'self'; img-src 'self' data:; connect-src 'self'; media-src 'self'; worker-src 'self'; base-uri 'none'; "
            "form-action 'none'; object-src 'none'")


def credits_of(telling: Telling) -> dict[str, Any]:
    """What must be said under every map."""
    workspace = telling.sources.workspace
    made = made_of(workspace, tuple(workspace.catalogue.layers))
    dates = sorted({one.date for one in made if one.date})
    return {
        "sketch": is_sketch(made),
        "owners": list(dict.fromkeys(one.attribution for one in made if one.attribution)),
        "sources": list(dict.fromkeys(source_text(one, telling.lang) for one in made))[:3],
        "dates": " – ".join(dict.fromkeys([dates[0], dates[-1]])) if dates else "",
    }


def config(telling: Telling, page: Page) -> dict[str, Any]:
    """What a page's script is told in the page itself."""
    workspace = telling.sources.workspace
    west, south, east, north = (round(float(side), 6) for side in workspace.layer("boundary").total_bounds)
    return {"page": page.name, "bounds": [west, south, east, north], "night": page.night, "sketch": credits_of(telling)["sketch"]}


def _found_by_search(publication: Publication) -> dict[str, bytes]:
    """What search engines read, where the site's own address is known: every page in both languages, each naming the other."""
    if publication.public_url is None:
        return {}
    root = publication.public_url
    entries = []
    for page in PAGES:
        own = {lang: escape(f"{root}/{_place(page, lang)}") for lang in get_args(say.Lang)}
        others = "".join(f'<xhtml:link rel="alternate" hreflang="{_TAGS[lang]}" href="{address}"/>' for lang, address in own.items())
        entries += [f"<url><loc>{address}</loc>{others}</url>" for address in own.values()]
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">'
    sitemap = head + "\n" + "\n".join(entries) + "\n</urlset>\n"
    return {"sitemap.xml": sitemap.encode(), "robots.txt": f"User-agent: *\nAllow: /\nSitemap: {root}/sitemap.xml\n".encode()}


def _release(publication: Publication, files: Mapping[str, bytes]) -> bytes:
    """What this release is: who let it out, when, on what ground, and the checksum of every file. No clock: the same release, the same bytes."""
    stated = {"title": publication.title, "review_number": publication.review_number, "ground": publication.ground, "reviewer": publication.reviewer,
              "date": publication.date.isoformat() if publication.date else None}
    sums = {name: hashlib.sha256(content).hexdigest() for name, content in sorted(files.items())}
    return (json.dumps({**stated, "files": sums}, ensure_ascii=False, indent=1) + "\n").encode()


def _service_worker(front: Path, files: Mapping[str, bytes]) -> bytes:
    """The script that keeps the site for offline: the list of all files, and a name that changes with any of them."""
    version = hashlib.sha256(b"".join(name.encode() + hashlib.sha256(content).digest() for name, content in sorted(files.items()))).hexdigest()[:12]
    text = (front / "js" / "public" / "sw.js").read_text("utf-8")
    head = f"const VERSION = {json.dumps(version)};\nconst FILES = {json.dumps(['./', *sorted(files)], ensure_ascii=False)};\n"
    return (head + text).encode()
