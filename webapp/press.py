"""Where the public site is made for the desk: one at a time, in memory, looked at before anything is written."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Any, cast

from flask import current_app

from wanli_geo.errors import GateClosed
from wanli_geo.publish.gate import see_to_layers
from wanli_geo.publish.releases import Record, layers_of, record_of, zipped
from wanli_geo.publish.site import Site, build
from wanli_geo.publish.sources import Sources
from wanli_geo.study import Study
from wanli_geo.study.public import public_answers, public_walkable
from wanli_geo.workspace.publication import Publication, publication_of, stated
from webapp.refusals import Busy, Cancelled, EditingOff, NoUpload

FRONT = Path(__file__).parent / "static"
# The name a release would have beside a workspace that may not be written: only asked for where editing is on.
_OUT = "site"


@dataclass
class Press:
    """The site last made, whether it may be released, and how far the one under way is."""

    edit: bool
    stage: str = ""
    share: float = 0.0
    site: Site | None = None
    token: str = ""
    publication: Publication = field(default_factory=Publication)
    _busy: Lock = field(default_factory=Lock)
    _stop: bool = False

    def make(self, study: Study, given: Mapping[str, Any]) -> dict[str, Any]:
        """Make the site as it would go out, and say what it changes; or all the reasons why it may not.

        Raises:
            Busy: another is being made. Cancelled: the reader asked to stop.
            BadPublication: something stated is of no use.
        """
        if not self._busy.acquire(blocking=False):
            raise Busy("正在做另一份公开地图；请等它做完，或先取消。", "Another public map is being made; wait for it, or cancel it.")
        try:
            self._stop = False
            self.publication = stated({**self.said(study), **given})
            return self._made(study)
        finally:
            self.stage, self.share = "", 0.0
            self._busy.release()

    def _made(self, study: Study) -> dict[str, Any]:
        try:
            see_to_layers(study.workspace, self.publication)
            sources = Sources(study.workspace, public_answers(study, self._tell), public_walkable(study))
            self._tell("做成页面 / making the pages", 0.95)
            self.site, self.token = build(sources, self.publication, FRONT), secrets.token_hex(8)
        except GateClosed as closed:
            self.site, self.token = None, ""
            return {"reasons": [vars(one) for one in closed.reasons]}
        difference = self.record(study).compare(self.site.files, layers_of(study.workspace))
        return {"reasons": [], "token": self.token, "files": len(self.site.files), "bytes": self.site.size, "difference": vars(difference)}

    def _tell(self, stage: str, share: float) -> None:
        if self._stop:
            raise Cancelled("已取消，什么都没有改动。", "Cancelled; nothing was changed.")
        self.stage, self.share = stage, share

    def cancel(self) -> None:
        """Stop what is under way, at its next step."""
        self._stop = True

    def files(self, token: str) -> Mapping[str, bytes]:
        """Give the site last made.

        Raises:
            NoUpload: it is no longer at hand.
        """
        if self.site is None or token != self.token:
            raise NoUpload("这一份预览已经不在了；请重新生成。", "This preview is no longer at hand; make it again.")
        return self.site.files

    def release(self, study: Study, token: str) -> dict[str, Any]:
        """Record the site that was seen as a release of the workspace.

        Raises:
            EditingOff: nothing may be written. NoUpload: it is no longer at hand.
        """
        if not self.edit:
            raise EditingOff("现在只能预览和下载，不会记录发布；要记录，请用 wanli-geo serve 工作区 --edit 重新打开。",
                             "A release can be looked at and saved here, but not recorded; to record it, use `wanli-geo serve WORKSPACE --edit`.")
        return self.record(study).add(self.files(token), self.publication, layers_of(study.workspace)).to_dict()

    def zip(self, token: str) -> bytes:
        return zipped(self.files(token))

    def record(self, study: Study) -> Record:
        return record_of(study.workspace, (study.workspace.path or Path()) / _OUT)

    def said(self, study: Study) -> dict[str, Any]:
        """What publish.toml states."""
        return publication_of(study.workspace.path).model_dump(mode="json", exclude_none=True)


def press() -> Press:
    """Give the press of the application that is asked."""
    return cast(Press, current_app.extensions["wanli_geo_press"])
