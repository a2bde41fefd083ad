"""Which of the desk's files go along with the site: the scripts that its pages reach, the styles, Leaflet."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from wanli_geo.errors import MissingExtra
from wanli_geo.report.sheet import LEAFLET

_IMPORT = re.compile(r"""^(?:import|export)\b[^"';]*?["']([^"']+)["'];?$|\bimport\(\s*["']([^"']+)["']\s*\)""", re.MULTILINE)
# How the desk's scripts name Leaflet, where it lies in the site, and what stands there: the small build, as a module.
_DESK_LEAFLET = "/vendor/leaflet/leaflet-src.esm.js"
_LEAFLET = "static/vendor/leaflet/leaflet.esm.js"
_LEAFLET_FILES = ("leaflet.js", "leaflet.css", "LICENSE")


def scripts(front: Path, entries: Iterable[str]) -> dict[str, bytes]:
    """Give the modules that some entries (such as `js/public/home.js`) reach, by their place in the site.

    A page below a sub-path knows no address from the root, so Leaflet is named as it lies from each module.
    """
    found: dict[str, bytes] = {}
    waiting = list(entries)
    while waiting:
        name = waiting.pop()
        if f"static/{name}" in found:
            continue
        text = (front / name).read_text("utf-8")
        waiting += [posixpath.normpath(posixpath.join(posixpath.dirname(name), one)) for one in imported(text) if one.startswith(".")]
        found[f"static/{name}"] = text.replace(f'"{_DESK_LEAFLET}"', f'"{_relative(f"static/{name}")}"').encode()
    return dict(sorted(found.items()))


def imported(text: str) -> list[str]:
    """Name what a module imports."""
    return [one or other for one, other in _IMPORT.findall(text)]


def reached(modules: Mapping[str, bytes], entry: str) -> list[str]:
    """Name the modules that one of them needs before it can run, itself first: what a page should ask for at once."""
    order, waiting = dict[str, None](), [entry]
    while waiting:
        name = waiting.pop(0)
        if name in order or name not in modules:
            continue
        order[name] = None
        text = modules[name].decode()
        static = [one for one, _ in _IMPORT.findall(text) if one]
        waiting += [posixpath.normpath(posixpath.join(posixpath.dirname(name), one)) for one in static]
    return list(order)


def _relative(place: str) -> str:
    return posixpath.relpath(_LEAFLET, posixpath.dirname(place))


def leaflet(used: Iterable[bytes]) -> dict[str, bytes]:
    """Give Leaflet's small build, and a module that hands on the names of it that the scripts use.

    Raises:
        MissingExtra: Leaflet is not in this installation.
    """
    if not (LEAFLET / "leaflet.js").is_file():
        raise MissingExtra("网页要用的 Leaflet 不在这个安装里；请用发布的 wheel 重新安装。",
                           "Leaflet, which the pages need, is not in this installation; install a released wheel.")
    files = {f"static/vendor/leaflet/{name}": (LEAFLET / name).read_bytes() for name in _LEAFLET_FILES}
    names = sorted({name for text in used for name in re.findall(r"\bL\.([A-Za-z]+)\b", text.decode())} & set(_names()))
    lines = ["/* Leaflet as a module: the names that this site uses. */", 'import "./leaflet.js";', "const L = globalThis.L;",
             *(f"export const {name} = L.{name};" for name in names)]
    return {**files, _LEAFLET: ("\n".join(lines) + "\n").encode()}


def _names() -> list[str]:
    """What Leaflet exports, as its own module says."""
    text = (LEAFLET / "leaflet-src.esm.js").read_text("utf-8")
    exported = re.findall(r"^export (?:default \w+;\s*export )?\{(.*?)\};?", text, re.MULTILINE | re.DOTALL)
    return [part.split(" as ")[-1].strip() for part in ",".join(exported).split(",") if part.strip()]


def styles(front: Path, names: Iterable[str]) -> dict[str, bytes]:
    return {f"static/css/{name}": (front / "css" / name).read_bytes() for name in names}
