"""The gate, second part: the very files that would go out, and what a browser would load or a reader press in them."""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

from wanli_geo.publish.allow import allowed, is_shown, never
from wanli_geo.publish.reason import Reason, because
from wanli_geo.workspace.publication import Publication

# Attributes by which a page loads something, by its element; what stands under "*" loads on any.
_LOADS = {"script": ("src",), "img": ("src", "srcset"), "audio": ("src",), "video": ("src", "poster"), "source": ("src", "srcset"), "track": ("src",),
          "iframe": ("src", "srcdoc"), "frame": ("src",), "embed": ("src",), "object": ("data",), "input": ("src", "formaction"),
          "button": ("formaction",), "use": ("href", "xlink:href"), "image": ("href", "xlink:href"), "feimage": ("href", "xlink:href"),
          "form": ("action",), "base": ("href",), "portal": ("src",), "*": ("background", "ping", "manifest")}
_LINKED = {"a": ("href", "xlink:href"), "area": ("href",)}
_LOADING_RELS = {"stylesheet", "icon", "preload", "modulepreload", "prefetch", "preconnect", "dns-prefetch", "manifest", "apple-touch-icon"}
# Addresses that name something and load nothing: namespaces, and the home of Leaflet in its own text.
_NAMES = ("www.w3.org", "leafletjs.com", "www.sitemaps.org")
# What a browser drops from an address before it reads it: blanks and controls at its ends, tabs and line ends anywhere.
_DROPPED = re.compile(r"^[\x00-\x20]+|[\x00-\x20]+$|[\t\n\r]")
_SCHEMED = re.compile(r"^[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_IN_SCRIPT = re.compile(r"""["'`]\s*((?:https?:|wss?:|ftp:)?//[a-z0-9\[][^"'`\s]*)""", re.IGNORECASE)
# Also inside a longer text, and written with escapes.
_WITHIN = re.compile(r"""(?:https?|wss?|ftp)://[a-z0-9\[][^"'`\s)]*""", re.IGNORECASE)
_JS_ESCAPE = re.compile(r"\\x([0-9a-f]{2})|\\u\{?([0-9a-f]{4,6})\}?|\\(/)", re.IGNORECASE)
_CSS_URL = re.compile(r"""url\(\s*["']?([^"')]*)["']?\s*\)|@import\s+["']([^"']+)["']""", re.IGNORECASE)
_CSS_ESCAPE = re.compile(r"\\([0-9a-f]{1,6})\s?|\\(.)", re.IGNORECASE)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_POLICY_HOST = re.compile(r"https?://[^\s;]+|\*")


@dataclass
class _Seen(HTMLParser):
    """What an HTML or SVG file loads, links to, and runs in itself."""

    loads: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    unsafe: list[str] = field(default_factory=list)
    policy: str | None = None
    stroked: bool = False
    styles: list[str] = field(default_factory=list)
    _inside: str = ""

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: (value or "") for name, value in attrs}
        self._inside = tag
        self.loads += [told[name] for name in (*_LOADS.get(tag, ()), *_LOADS["*"]) if name in told]
        self.loads += [one or other for value in told.values() for one, other in _CSS_URL.findall(_unescaped(value))]
        self.unsafe += [name for name in told if name.startswith("on") or name == "style"]
        self.links += [told[name] for name in _LINKED.get(tag, ()) if name in told]
        self.stroked |= bool({"paper", "boundary"} & set(told.get("class", "").split())) and told.get("stroke", "none") != "none"
        if tag == "link":
            rels = set(told.get("rel", "").lower().split())
            (self.loads if rels & _LOADING_RELS else self.links).append(told.get("href", ""))
        if tag == "script" and "src" not in told and told.get("type") != "application/json":
            self.unsafe.append("<script>")
        if tag == "meta" and told.get("http-equiv", "").lower() == "refresh":
            self.unsafe.append("refresh")
        if tag == "meta" and told.get("http-equiv", "").lower() == "content-security-policy":
            self.policy = told.get("content", "")

    def handle_data(self, data: str) -> None:
        if self._inside == "style":
            self.styles.append(data)


def of_files(files: Mapping[str, bytes], publication: Publication, hosts: tuple[str, ...] = ()) -> Iterator[Reason]:
    """Look through every file; `hosts` are those of the one basemap provider, which alone may be loaded from."""
    for name, content in files.items():
        suffix = posixpath.splitext(name)[1]
        if suffix in (".html", ".svg"):
            yield from _of_markup(name, content.decode("utf-8", "replace"), publication, hosts)
        elif suffix == ".css":
            yield from _of_styles(name, content.decode("utf-8", "replace"), hosts)
        elif suffix in (".js", ".mjs"):
            yield from _foreign(name, _in_script(content.decode("utf-8", "replace")), hosts)
        elif suffix == ".json":
            yield from _of_data(name, content, publication)
    yield from _of_packs(files, publication)


def _of_markup(name: str, text: str, publication: Publication, hosts: tuple[str, ...]) -> Iterator[Reason]:
    seen = _Seen()
    seen.feed(text)
    seen.close()
    yield from _foreign(name, [part for load in seen.loads for part in re.split(r",\s+|\s+", load.strip()) if part], hosts)
    for style in seen.styles:
        yield from _of_styles(name, style, hosts)
    yield from (because("unsafe_markup", name, what=what) for what in dict.fromkeys(seen.unsafe))
    if seen.stroked:
        yield because("border_style", name)
    for link in dict.fromkeys(seen.links):
        yield from _of_link(name, link, publication)
    if name.endswith(".html"):
        yield from _of_policy(name, seen.policy, hosts)


def _of_policy(name: str, policy: str | None, hosts: tuple[str, ...]) -> Iterator[Reason]:
    if policy is None or "default-src 'self'" not in policy:
        yield because("no_policy", name)
    for host in _POLICY_HOST.findall(policy or ""):
        if urlsplit(host).hostname not in hosts:
            yield because("foreign_host", name, address=host)


def _of_styles(name: str, text: str, hosts: tuple[str, ...]) -> Iterator[Reason]:
    plain = _unescaped(_COMMENT.sub("", text))
    yield from _foreign(name, [one or other for one, other in _CSS_URL.findall(plain)], hosts)
    for rule in re.findall(r"([^{}]*)\{([^{}]*)\}", plain):
        if re.search(r"\.(paper|boundary)\b", rule[0]) and re.search(r"(?<![-\w])stroke\s*:\s*(?!none)", rule[1]):
            yield because("border_style", name)


def _in_script(text: str) -> list[str]:
    """Every address of another host that a script could make a request of; comments are none."""
    told = re.sub(r"^\s*//.*$", "", _COMMENT.sub("", text), flags=re.MULTILINE)
    plain = _JS_ESCAPE.sub(lambda found: chr(int(found[1] or found[2], 16) % 0x110000) if not found[3] else "/", told)
    return [*_IN_SCRIPT.findall(plain), *_WITHIN.findall(plain)]


def _unescaped(style: str) -> str:
    return _CSS_ESCAPE.sub(lambda found: chr(int(found[1], 16) % 0x110000) if found[1] else found[2], style)


def _as_read(address: str) -> str:
    """An address as a browser reads it: a stroke the wrong way round is a stroke."""
    return _DROPPED.sub("", address).replace("\\", "/")


def _foreign(name: str, addresses: Iterable[str], hosts: tuple[str, ...]) -> Iterator[Reason]:
    """Addresses of another host; a picture written into the file itself is none."""
    for address in dict.fromkeys(map(_as_read, addresses)):
        outside = address.startswith("//") or (_SCHEMED.match(address) is not None and not address.startswith("data:image/"))
        named = name.endswith((".js", ".mjs")) and _host(address) in _NAMES
        if outside and not named and _host(address) not in hosts:
            yield because("foreign_host", name, address=address)


def _host(address: str) -> str:
    return urlsplit(address, "https").hostname or address


def _of_link(name: str, link: str, publication: Publication) -> Iterator[Reason]:
    link = _as_read(link)
    if not link or link.startswith("#") or _is_listed(link, publication):
        return
    if link.startswith("/") or _SCHEMED.match(link):
        yield because("link_not_listed", name, address=link)


def _is_listed(link: str, publication: Publication) -> bool:
    if link.startswith("tel:"):
        return True  # numbers stand in columns that the allow-list lets out
    stated = [one for one in (publication.contact, publication.feedback, *publication.links) if one]
    root = publication.public_url
    return link in stated or (root is not None and (link == root or link.startswith(f"{root}/")))


def _of_data(name: str, content: bytes, publication: Publication) -> Iterator[Reason]:
    told = json.loads(content)
    for column in sorted(set(_keys(told)) & set(never()["columns"])):
        yield because("column_never_public", name, column=column)
    for text in _texts(told):
        if re.match(r"(?:https?:)?//", text.strip(), re.IGNORECASE):
            yield from _of_link(name, text.strip(), publication)


def _keys(value: Any) -> Iterator[str]:
    """Every name under which something is told."""
    if isinstance(value, Mapping):
        yield from value
    for part in value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else ():
        yield from _keys(part)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)


def _of_packs(files: Mapping[str, bytes], publication: Publication) -> Iterator[Reason]:
    """Columns that travel in the packs and lists must be on the list of their layer."""
    if "data/ground.bin" in files:
        content = files["data/ground.bin"]
        layers = json.loads(content[8 : 8 + int.from_bytes(content[4:8], "little")])["layers"]
        for layer, columns in layers.items():
            if not is_shown(publication, layer):
                yield because("layer_never_public", "data/ground.bin", layer=layer)
            yield from _columns("data/ground.bin", layer, columns, publication)
    if "data/places.json" in files:
        told = {column for place in json.loads(files["data/places.json"])["places"] for column in place} - {"id", "at", "kind"}
        either = set(allowed(publication, "facilities")) | set(allowed(publication, "green_vein")) | set(allowed(publication, "water_access"))
        for column in sorted(told - either):
            yield because("column_not_allowed", "data/places.json", column=column)


def _columns(where: str, layer: str, columns: Mapping[str, Any], publication: Publication) -> Iterator[Reason]:
    listed = allowed(publication, layer)
    yield from (because("column_not_allowed", f"{where} {layer}", column=column) for column in columns if column not in listed)
