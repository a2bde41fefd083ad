"""The process that opens a stranger's file: it holds itself to its budget, reads, hands back, and ends."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from wanli_geo.errors import BadFile
from wanli_geo.workspace.intake import readers
from wanli_geo.workspace.intake.handing import hand_back, hand_back_refusal
from wanli_geo.workspace.intake.limits import Budget, hold
from wanli_geo.workspace.intake.source import Source


def main(asked: dict[str, Any]) -> None:
    """Read what is asked, the fields of a Source; print a share done a line; leave what was read in the folder."""
    paths = {name: Path(asked[name]) for name in ("path", "folder")}
    source = Source(**{**asked, **paths, "allowed": Budget(**asked["allowed"]), "tell": _tell})
    hold(source.allowed)
    try:
        raw = readers.read(source)
        source.tell(0.9)
        hand_back(raw, source.folder)
    except BadFile as refused:
        hand_back_refusal(refused, source.folder)


def _tell(share: float) -> None:
    print(f"{share:.3f}", flush=True)
