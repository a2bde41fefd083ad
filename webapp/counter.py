"""Where planners hand in files: what is at hand, one worked on at a time, and the doors between a draft and the workspace."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import IO, Any, cast

from flask import current_app
from werkzeug.exceptions import RequestEntityTooLarge

from wanli_geo.errors import ReadOnly
from wanli_geo.workspace.intake import versions
from wanli_geo.workspace.intake.asked import Asked
from wanli_geo.workspace.intake.draft import apply, draft
from wanli_geo.workspace.intake.limits import MOST_MEGABYTES
from wanli_geo.workspace.intake.preview import preview
from wanli_geo.workspace.store import bundled, open_workspace
from webapp.refusals import Busy, EditingOff, Stale, TooLarge
from webapp.room import here, reopen
from webapp.uploads import Uploads

_PATIENCE_S = 120
_MOST_TOLD = 2_000  # findings and changes: what a page can show

TOO_LARGE = (f"文件超过 {MOST_MEGABYTES} MB；请拆成几份，或只导出需要的部分。",
             f"The file is larger than {MOST_MEGABYTES} MB; split it, or export only what is needed.")
EDITING_OFF = ("现在只能核对文件，不会写入；要写入，请用 wanli-geo serve 工作区 --edit 重新打开。",
               "A file can be checked here, but nothing is written; to write, open the page with `wanli-geo serve WORKSPACE --edit`.")


@dataclass
class Counter:
    """The files at hand, and whether they may be written."""

    edit: bool
    uploads: Uploads = field(default_factory=Uploads)
    _busy: Lock = field(default_factory=Lock)

    def take(self, name: str, content: IO[bytes], *, beside: str = "") -> dict[str, Any]:
        """Keep a file; `beside` is the token of the .shp it belongs to.

        Raises:
            TooLarge: more comes than is taken.
            NoUpload: there is nothing it could stand beside.
        """
        try:
            token = self.uploads.keep_beside(beside, name, content) if beside else self.uploads.keep(name, content)
        except RequestEntityTooLarge as wrong:
            raise TooLarge(*TOO_LARGE) from wrong
        return {"token": token, "file": self.uploads.find(token).path.name}

    def draft(self, token: str, asked: Asked, *, part: str = "", encoding: str = "") -> dict[str, Any]:
        """Say what a file would change, taken as asked; its `draft` is what `apply` wants to hear.

        Raises:
            NoUpload, Busy, and what reading and drafting raise.
        """
        upload = self.uploads.find(token)
        with self._alone():
            made = draft(upload.raw(asked.layer, part, encoding), asked, open_workspace(_folder()))  # as it is now, whoever wrote last
            name = secrets.token_hex(8)
            upload.draft = (name, made)
        return {**preview(made, most=_MOST_TOLD), "draft": name}

    def apply(self, token: str, seen: str) -> dict[str, Any]:
        """Write the draft that was seen, as one version, and serve the new data from now on.

        Raises:
            EditingOff, NoUpload, Busy.
            Stale: another draft was made since, or the data has changed.
            BadLayer, ReadOnly: it cannot be written; nothing was.
        """
        folder = self._writable()
        with self._alone():
            upload = self.uploads.find(token)
            known, made = upload.draft or ("", None)
            if made is None or known != seen:
                raise Stale("数据或问法已经变了；请再看一遍将要改动的内容，然后写入。",
                            "The data or the question has changed; look again at what would change, then apply it.")
            version = apply(made, folder, sha256=upload.sha256)
            self._changed()
        return {} if version is None else version.to_dict()

    def undo(self, version: int) -> dict[str, Any]:
        """Take back the last version, and serve what was before.

        Raises:
            EditingOff, Busy, ReadOnly.
            Stale: it is not the last.
        """
        folder = self._writable()
        with self._alone():
            if version != next((one.number for one in versions.history(folder) if not one.undone), None):
                raise Stale("这不是最近一次导入，不能单独撤销；请刷新后从最近的一次撤起。",
                            "This is not the last import and cannot be undone by itself; load the page again and undo the last first.")
            undone = versions.undo(folder)
            self._changed()
        return undone.to_dict()

    def history(self) -> list[dict[str, Any]]:
        """Every version there is, the newest first."""
        return [version.to_dict() for version in versions.history(_folder())]

    @contextmanager
    def _alone(self) -> Iterator[None]:
        if not self._busy.acquire(timeout=_PATIENCE_S):
            raise Busy("正在处理另一份文件；请稍等再试。", "Another file is being worked on; wait a moment and try again.")
        try:
            yield
        finally:
            self._busy.release()

    def _writable(self) -> Path:
        if not self.edit:
            raise EditingOff(*EDITING_OFF)
        return _folder()

    def _changed(self) -> None:
        self.uploads.forget_drafts()
        reopen()


def counter_for(folder: Path, *, edit: bool) -> Counter:
    """Open the counter of a workspace.

    Raises:
        ReadOnly: it is to be edited, and is the bundled one.
    """
    if edit and folder.resolve() == bundled().resolve():
        raise ReadOnly("自带的万里示意数据不能改；请用 wanli-geo demo --edit 打开它的副本，或写明自己的工作区。",
                       "The bundled Wanli sketch is not changed; open a copy of it with `wanli-geo demo --edit`, or name a workspace of your own.")
    return Counter(edit)


def counter() -> Counter:
    """Give the counter of the application that is asked."""
    return cast(Counter, current_app.extensions["wanli_geo_counter"])


def _folder() -> Path:
    return cast(Path, here().study.workspace.path)
