"""What a workspace says of its public site: `publish.toml` in its folder. The only file that reads it."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationError

from wanli_geo.errors import BadPublication

PUBLICATION = "publish.toml"


def _https(text: str) -> str:
    """An address that a code may be printed of: it stands for years, so it is whole and safe, and no page or query of it."""
    address = urlsplit(text.strip())
    if address.scheme != "https" or not address.hostname or address.query or address.fragment or any(sign.isspace() for sign in text.strip()):
        raise ValueError("it must be an https address that names a folder of the site")
    return text.strip().rstrip("/")


class Publication(BaseModel):
    """The public site. `public_url` is the address it stands at, without a stroke at its end; None where none is stated.

    What else the file holds is kept for those who publish.
    """

    model_config = ConfigDict(frozen=True, extra="allow")

    public_url: Annotated[str, AfterValidator(_https)] | None = None

    def address_of(self, stop: str) -> str | None:
        """The address of a stop of the walkway, which stays the same for years: a page of the site and the stop's id."""
        return None if self.public_url is None else f"{self.public_url}/red_walkway.html#{stop}"


def publication_of(folder: Path | None) -> Publication:
    """Read what a workspace in a folder says of its public site; nothing where it says nothing.

    Raises:
        BadPublication: the file cannot be read, or an entry is of no use.
    """
    file = None if folder is None else folder / PUBLICATION
    if file is None or not file.is_file():
        return Publication()
    try:
        return Publication.model_validate(tomllib.loads(file.read_bytes().decode("utf-8-sig")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as wrong:
        raise BadPublication(f"{PUBLICATION} 读不懂：{wrong}；请按 TOML 改正，文字要放在英文引号里。",
                             f"{PUBLICATION} cannot be read: {wrong}; write it as TOML, texts in quotes.") from wrong
    except ValidationError as wrong:
        first = wrong.errors(include_url=False)[0]
        place, why = ".".join(map(str, first["loc"])), str(first["msg"]).removeprefix("Value error, ")
        raise BadPublication(f"{PUBLICATION} 里的 {place} 不能用：应为 https 网址，指到网站的文件夹，不带 ? 和 #。",
                             f"{place} in {PUBLICATION} is of no use: {why}, without ? and #.") from wrong
