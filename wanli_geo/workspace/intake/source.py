"""One file to read, as the child process is given it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from wanli_geo.errors import BadFile
from wanli_geo.workspace.intake.limits import Budget


@dataclass(frozen=True)
class Source:
    """What to read and how.

    Attributes:
        path: where it lies; of something unpacked, a place in `folder`.
        name: what the planner calls it.
        format: one of `formats.FORMATS`.
        layer: the name its findings carry.
        part: the sheet or layer asked for; "" for the first.
        encoding: of its texts, as stated; "" where it is to be found out.
        folder: private to this reading, and gone afterwards.
        allowed: its budget.
        tell: takes the share done, 0 to 1.
    """

    path: Path
    name: str
    format: str
    layer: str
    part: str
    encoding: str
    folder: Path
    allowed: Budget
    tell: Callable[[float], None]

    def at(self, path: Path, format: str) -> Source:
        """Go on with what was unpacked from this file; messages keep its name."""
        return replace(self, path=path, format=format)

    def content(self) -> bytes:
        return self.path.read_bytes()

    def refusal(self, zh: str, en: str) -> BadFile:
        """Say why this file is not read; `zh` and `en` go on after its name."""
        return BadFile(f"“{self.name}”{zh}", f"“{self.name}” {en}")

    def chosen(self, parts: tuple[str, ...], first: str) -> str:
        """Name the part to read: the one asked for, else `first`.

        Raises:
            BadFile: there is no such part.
        """
        if not self.part:
            return first
        if self.part not in parts:
            told = "、".join(parts[:20])
            raise self.refusal(f"里没有“{self.part}”；可选：{told}。", f"has no part “{self.part}”; choose one of: {told}.")
        return self.part
