"""The process that opens a stranger's file: it holds itself to its budget, reads, hands back, and ends."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from wanli_geo.errors import BadFile
from wanli_geo.workspace.intake import csvs, geojsons, sheets
from wanli_geo.workspace.intake.handing import hand_back, hand_back_refusal
from wanli_geo.workspace.intake.limits import Budget, hold
from wanli_geo.workspace.intake.raw import Raw
from wanli_geo.workspace.intake.source import Source

READERS: dict[str, Callable[[Source], Raw]] = {
    "csv": csvs.read,
    "xlsx": sheets.read, "xls": sheets.read, "ods": sheets.read,
    "geojson": geojsons.read,
}


def main(asked: dict[str, Any]) -> None:
    """Read what is asked, the fields of a Source; print a share done a line; leave what was read in the folder."""
    source = Source(**{**asked, "path": Path(asked["path"]), "folder": Path(asked["folder"]), "allowed": Budget(**asked["allowed"]), "tell": _tell})
    hold(source.allowed)
    try:
        raw = READERS[source.format](source)
        source.tell(0.9)
        hand_back(raw, source.folder)
    except BadFile as refused:
        hand_back_refusal(refused, source.folder)


def _tell(share: float) -> None:
    print(f"{share:.3f}", flush=True)
