"""What a page of the site is, and what its content is told from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import geopandas as gpd

from wanli_geo.publish.allow import public_layer
from wanli_geo.publish.poster import Mark
from wanli_geo.publish.sources import Sources
from wanli_geo.report import say
from wanli_geo.workspace.publication import Publication


@dataclass(frozen=True, eq=False)
class Telling:
    """What is told, to whom: the sources, what publish.toml says, the reader's language."""

    sources: Sources
    publication: Publication
    lang: say.Lang

    def pick(self, zh: str, en: str) -> str:
        return say.pick(self.lang, zh, en)

    def name(self, row: Mapping[str, Any]) -> str:
        """The name of a feature in the reader's language; "" where it has none."""
        zh, en = (value if isinstance(value, str) else "" for value in (row.get("name"), row.get("name_en")))
        return self.pick(zh or en, en or zh)

    def layer(self, name: str) -> gpd.GeoDataFrame:
        """A layer as the public may see it."""
        return public_layer(self.sources.workspace, name, self.publication)


def _nothing(telling: Telling) -> tuple[Mark, ...]:
    return ()


def _no_files(telling: Telling) -> Mapping[str, bytes]:
    return {}


@dataclass(frozen=True)
class Page:
    """One page, in both languages.

    Attributes:
        name: of its file, of its template `pages/<name>.html` and of its script `js/public/<name>.js`.
        zh, en: title; `about_zh`, `about_en` one sentence for search engines and previews.
        content: what its template is filled with.
        marks: what its little map shows over the ground.
        data: what its script needs beside the packs, written as `data/<name>.json`; the same in both languages.
        files: further files of it, by their place in the site.
        night: dressed for the night unless the reader says otherwise.
        map: whether it has a map at all.
    """

    name: str
    zh: str
    en: str
    about_zh: str
    about_en: str
    content: Callable[[Telling], Mapping[str, Any]]
    marks: Callable[[Telling], tuple[Mark, ...]] = _nothing
    data: Callable[[Telling], Mapping[str, Any]] | None = None
    files: Callable[[Telling], Mapping[str, bytes]] = _no_files
    night: bool = False
    map: bool = True
