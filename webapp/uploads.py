"""Files that planners handed in, kept in a private folder until they are taken in, too old, or the application ends."""

from __future__ import annotations

import hashlib
import re
import secrets
import shutil
import tempfile
import time
import unicodedata
import weakref
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import IO

from wanli_geo.workspace.intake.draft import Draft
from wanli_geo.workspace.intake.raw import Raw
from wanli_geo.workspace.intake.reading import read
from webapp.refusals import NoUpload

MOST = 6
OLDEST_S = 2 * 3600
LONGEST_NAME = 120
_PIECE = 256 * 1024
_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f-\x9f<>:"/\\|?*\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]')
_DEVICE = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)", re.IGNORECASE)  # names that Windows keeps for itself
_BESIDE = frozenset({".dbf", ".shx", ".prj", ".cpg"})  # what belongs to a .shp


@dataclass
class Upload:
    """A file handed in, how far its reading is, and the draft last made of it under its name."""

    path: Path
    at: float
    sha256: str
    stage: tuple[str, float] = ("", 0.0)
    draft: tuple[str, Draft] | None = None
    _raw: dict[tuple[str, str, str], Raw] = field(default_factory=dict)

    def raw(self, layer: str, part: str, encoding: str) -> Raw:
        """Give what the file holds; read once for each way of reading it.

        Raises:
            BadFile: it cannot be read.
        """
        asked = (layer, part, encoding)
        if asked not in self._raw:
            self._raw = {asked: read(self.path, layer, part=part, encoding=encoding, progress=self.tell)}
        return self._raw[asked]

    def tell(self, stage: str, share: float) -> None:
        self.stage = (stage, share)


class Uploads:
    """The files that are there, by a token nobody can guess. Safe under threads; the folder goes when the application ends."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="wanli-geo-uploads-"))  # for this user's eyes only
        self.close = weakref.finalize(self, shutil.rmtree, self.folder, ignore_errors=True)
        self._kept: OrderedDict[str, Upload] = OrderedDict()
        self._lock, self._now = Lock(), now

    def keep(self, name: str, content: IO[bytes]) -> str:
        """Keep a file and give its token; the oldest makes way."""
        token = secrets.token_urlsafe(24)
        folder = self.folder / token
        folder.mkdir(mode=0o700)
        path = folder / cleaned(name)
        try:
            sha256 = _write(path, content)
        except BaseException:  # broken off, too large: nothing stays
            shutil.rmtree(folder, ignore_errors=True)
            raise
        with self._lock:
            self._kept[token] = Upload(path, self._now(), sha256)
            self._make_way()
        return token

    def keep_beside(self, token: str, name: str, content: IO[bytes]) -> str:
        """Keep a part of a Shapefile beside its .shp, under the token of that.

        Raises:
            NoUpload: there is no such file any more, or this is no part of it.
        """
        main, part = self.find(token).path, cleaned(name)
        if main.suffix.lower() != ".shp" or Path(part).suffix.lower() not in _BESIDE:
            raise NoUpload(f"“{part}”不属于“{main.name}”；请一次选全 .shp .shx .dbf .prj .cpg。",
                           f"“{part}” is no part of “{main.name}”; choose .shp .shx .dbf .prj .cpg together.")
        _write(main.with_suffix(Path(part).suffix.lower()), content)
        return token

    def find(self, token: str) -> Upload:
        """Find a file by its token.

        Raises:
            NoUpload: it is not there any more.
        """
        with self._lock:
            self._make_way()
            if token in self._kept:
                self._kept.move_to_end(token)
                return self._kept[token]
        raise NoUpload("这个文件已不在服务里（放了太久，或服务重新启动过）；请重新上传。",
                       "This file is no longer here: it was kept too long, or the server was started anew. Upload it again.")

    def drop(self, token: str) -> None:
        """Forget a file, if it is there."""
        with self._lock:
            self._remove(token)

    def forget_drafts(self) -> None:
        """Forget what was made of every file: the data it was compared with has changed."""
        with self._lock:
            for upload in self._kept.values():
                upload.draft = None

    def _make_way(self) -> None:
        old = self._now() - OLDEST_S
        for token in [token for token, upload in self._kept.items() if upload.at < old]:
            self._remove(token)
        while len(self._kept) > MOST:
            self._remove(next(iter(self._kept)))

    def _remove(self, token: str) -> None:
        if self._kept.pop(token, None):
            shutil.rmtree(self.folder / token, ignore_errors=True)


def cleaned(name: str) -> str:
    """Make of what a stranger calls a file a name that any system takes and no folder hides in; its suffix stays."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    plain = _FORBIDDEN.sub("", last).strip(" .")
    stem, suffix = Path(plain).stem, Path(plain).suffix
    short = stem[: LONGEST_NAME - len(suffix)] + suffix[:LONGEST_NAME]
    while len(short.encode("utf-8", "replace")) > 240:  # what a file system takes, in bytes
        stem = stem[:-1]
        short = stem + suffix
    return f"_{short}" if _DEVICE.match(short) else short or "file"


def _write(path: Path, content: IO[bytes]) -> str:
    """Write all of it, and give its sha256."""
    digest = hashlib.sha256()
    with path.open("wb") as file:
        while piece := content.read(_PIECE):
            file.write(piece)
            digest.update(piece)
    return digest.hexdigest()
