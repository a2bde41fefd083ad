"""Which of the desk's files go along with the site: the scripts of its pages, the styles, Leaflet."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable
from pathlib import Path

from wanli_geo.errors import MissingExtra
from wanli_geo.publish.folding import fold, place_of
from wanli_geo.report.sheet import LEAFLET

_LEAFLET = "static/vendor/leaflet"
_LEAFLET_FILES = ("leaflet.js", "LICENSE", "images/layers.png", "images/layers-2x.png", "images/marker-icon.png")


def scripts(front: Path, entries: Iterable[str]) -> dict[str, bytes]:
    """Give a file for each entry (such as `js/public/index.js`), and for each module that one of them asks for later.

    Raises:
        BadScript: a script that cannot be folded.
    """
    found: dict[str, bytes] = {}
    waiting = list(entries)
    while waiting:
        entry = waiting.pop()
        place = place_of(entry)
        if place in found:
            continue
        folded = fold(front, entry, posixpath.relpath(f"{_LEAFLET}/leaflet.js", posixpath.dirname(place)))
        found[place] = folded.text.encode()
        waiting += folded.later
    return dict(sorted(found.items()))


def leaflet() -> dict[str, bytes]:
    """Give Leaflet's small build, and the pictures that its style names.

    Raises:
        MissingExtra: Leaflet is not in this installation.
    """
    if not (LEAFLET / "leaflet.js").is_file():
        raise MissingExtra("网页要用的 Leaflet 不在这个安装里；请用发布的 wheel 重新安装。",
                           "Leaflet, which the pages need, is not in this installation; install a released wheel.")
    return {f"{_LEAFLET}/{name}": (LEAFLET / name).read_bytes() for name in _LEAFLET_FILES}


def styles(front: Path, names: Iterable[str]) -> dict[str, bytes]:
    """Give one sheet of all styles, Leaflet's first: the page is not painted before it is there."""
    parts = [(LEAFLET / "leaflet.css").read_text("utf-8"), *((front / "css" / name).read_text("utf-8") for name in names)]
    return {"static/css/site.css": "\n".join(parts).replace("url(images/", "url(../vendor/leaflet/images/").encode()}
