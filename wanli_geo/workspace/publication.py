"""What a workspace says of its public site: `publish.toml` in its folder. The only file that reads it."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from wanli_geo.errors import BadPublication

PUBLICATION = "publish.toml"
_LINKS = ("https", "mailto", "tel")


def _https(text: str) -> str:
    """An address that a code may be printed of: it stands for years, so it is whole and safe, and no page or query of it."""
    address = urlsplit(text.strip())
    if address.scheme != "https" or not address.hostname or address.query or address.fragment or any(sign.isspace() for sign in text.strip()):
        raise ValueError("it must be an https address that names a folder of the site")
    return text.strip().rstrip("/")


def _link(text: str) -> str:
    """What a reader may press to reach someone."""
    address = urlsplit(text.strip())
    if address.scheme not in _LINKS or not (address.hostname or address.path) or any(sign.isspace() or sign in "<>\"'" for sign in text.strip()):
        raise ValueError("it must begin with https://, mailto: or tel:")
    return text.strip()


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Link = Annotated[str, AfterValidator(_link)]


class Publication(BaseModel):
    """The public site, as far as it is stated; what must be stated is the gate's to say.

    Attributes:
        public_url: the address it stands at, without a stroke at its end.
        title, title_en: of the whole site.
        review_number: 审图号; `ground` why the map was not submitted for review, in the publisher's words.
        reviewer, date: who let it out, and when.
        contact, feedback: https, mailto or tel; feedback falls back to the contact.
        basemap: `none` is our own drawing, the one ground there is so far.
        links: further addresses a reader may press.
        allow: layer → its columns that may be shown, in place of the house's own list.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    public_url: Annotated[str, AfterValidator(_https)] | None = None
    title: Text | None = None
    title_en: Text | None = None
    review_number: Text | None = None
    ground: Text | None = None
    reviewer: Text | None = None
    date: dt.date | None = None
    contact: Link | None = None
    feedback: Link | None = None
    basemap: Literal["none"] = "none"
    links: tuple[Link, ...] = ()
    allow: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)

    def address_of(self, stop: str) -> str | None:
        """The address of a stop of the walkway, which stays the same for years: a page of the site and the stop's id."""
        return None if self.public_url is None else f"{self.public_url}/red_walkway.html#{stop}"

    @property
    def tell(self) -> str | None:
        """Where a reader says what is wrong."""
        return self.feedback or self.contact


def publication_of(folder: Path | None) -> Publication:
    """Read what a workspace in a folder says of its public site; nothing where it says nothing.

    Raises:
        BadPublication: the file cannot be read, or an entry is of no use.
    """
    file = None if folder is None else folder / PUBLICATION
    if file is None or not file.is_file():
        return Publication()
    try:
        entries = tomllib.loads(file.read_bytes().decode("utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as wrong:
        raise BadPublication(f"{PUBLICATION} 读不懂：{wrong}；请按 TOML 改正，文字要放在英文引号里。",
                             f"{PUBLICATION} cannot be read: {wrong}; write it as TOML, texts in quotes.") from wrong
    return stated(entries)


def stated(entries: Mapping[str, object]) -> Publication:
    """Read what is stated of a public site, from publish.toml or from the command line.

    Raises:
        BadPublication: an entry is of no use, or is not known.
    """
    try:
        return Publication.model_validate(dict(entries))
    except ValidationError as wrong:
        first = wrong.errors(include_url=False)[0]
        place, why = ".".join(map(str, first["loc"])), str(first["msg"]).removeprefix("Value error, ")
        raise BadPublication(*_sentence(place, why)) from wrong


# What each entry must be; the others are told by pydantic's own words.
_FORMS = {
    "public_url": ("应为 https 网址，指到网站的文件夹，不带 ? 和 #", "without ? and #"),
    "date": ("应为日期，如 2026-11-25", "a date such as 2026-11-25"),
    "contact": ("应以 https://、mailto: 或 tel: 开头", "https://, mailto: or tel:"),
    "feedback": ("应以 https://、mailto: 或 tel: 开头", "https://, mailto: or tel:"),
    "links": ("每一条应以 https://、mailto: 或 tel: 开头", "each https://, mailto: or tel:"),
    "basemap": ("目前只有 none，即本图自己的底图；天地图还接不上，高德是 GCJ-02 坐标，不能用于公开地图",
                "none, our own ground, so far; Tianditu is not drawn yet, AMap is GCJ-02 and stays out of the public map"),
}


def _sentence(place: str, why: str) -> tuple[str, str]:
    entry = place.partition(".")[0]
    if "Extra inputs" in why:
        known = list(Publication.model_fields)
        return (f"{PUBLICATION} 里的 {place} 不认识；可写：{'、'.join(known)}。",
                f"{place} in {PUBLICATION} is not known; there are: {', '.join(known)}.")
    zh, en = _FORMS.get(entry, ("应为一行文字", "a line of text"))
    return f"{PUBLICATION} 里的 {place} 不能用：{zh}。", f"{place} in {PUBLICATION} is of no use: {why} ({en})."
