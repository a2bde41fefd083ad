"""Every way to fail, one tree.

    WanliGeoError
    ├── WrongUsage          the call itself is not of the right form            (exit 2)
    │   ├── UnknownKind     a facility kind that the taxonomy does not have
    │   ├── UnknownLayer    a layer that the contracts do not have
    │   ├── UnknownStandard a standard that neither the house nor the workspace has
    │   └── BadMeasure      a distance, time, place or age group that cannot be read
    └── Refused             the call was right, what it met was not             (exit 1)
        ├── NoWorkspace     there is no workspace at that path
        ├── BadLayer        a layer has error findings; it carries all of them
        ├── BadExtract      an OpenStreetMap file that cannot be turned into a workspace
        ├── BadFile         a planner's file that cannot be read, or is not safe to read
        ├── BadHours        open hours that cannot be read
        ├── BadPack         a pack of clauses that cannot be read
        ├── BadPlan         a work plan that cannot be read
        ├── BadPublication  a publish.toml that cannot be read
        ├── GateClosed      a public map that may not go out; it carries all reasons
        ├── BadScript       a script of the pages that cannot go along with the site
        ├── UnknownDatum    coordinates whose datum is not stated
        ├── OffNetwork      a place too far from every street to walk from
        ├── NothingToAnswer the workspace lacks what the question needs
        ├── NoFont          no Chinese font to print with
        ├── PortTaken       the port asked for is in use
        ├── ReadOnly        the target may not be written
        └── MissingExtra    an optional part is not installed
"""

from __future__ import annotations

from collections.abc import Sequence


class WanliGeoError(Exception):
    """A sentence in Chinese, the same in English, each with the way out."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(zh, en)
        self.zh = zh
        self.en = en

    def __str__(self) -> str:
        return f"{self.zh} / {self.en}"


class WrongUsage(WanliGeoError):
    """The call itself is not of the right form."""


class UnknownKind(WrongUsage):
    """A facility kind that the taxonomy does not have."""


class UnknownLayer(WrongUsage):
    """A layer that the contracts do not have."""


class UnknownStandard(WrongUsage):
    """A standard that neither the house nor the workspace has."""


class BadMeasure(WrongUsage):
    """A distance, time, place or age group that cannot be read."""


class Refused(WanliGeoError):
    """The call was right, what it met was not; nothing was changed."""


class NoWorkspace(Refused):
    """There is no workspace at that path."""


class BadLayer(Refused):
    """A layer has error findings; `findings` carries all of them."""

    def __init__(self, zh: str, en: str, findings: Sequence[object] = ()) -> None:
        super().__init__(zh, en)
        self.findings = tuple(findings)


class BadExtract(Refused):
    """An OpenStreetMap file that cannot be turned into a workspace."""


class BadFile(Refused):
    """A planner's file that cannot be read, or is not safe to read."""


class BadHours(Refused):
    """Open hours that cannot be read."""


class BadPack(Refused):
    """A pack of clauses that cannot be read; the sentence names the file, the line and the reason."""


class BadPlan(Refused):
    """A work plan that cannot be read; the sentence names the file, the line and the reason."""


class BadPublication(Refused):
    """A publish.toml that cannot be read; the sentence names the line or the entry, and the reason."""


class GateClosed(Refused):
    """A public map that may not go out; `reasons` carries all of them."""

    def __init__(self, zh: str, en: str, reasons: Sequence[object] = ()) -> None:
        super().__init__(zh, en)
        self.reasons = tuple(reasons)


class BadScript(Refused):
    """A script of the pages that cannot go along with the site; the sentence names it and the line."""


class UnknownDatum(Refused):
    """Coordinates whose datum is not stated."""


class OffNetwork(Refused):
    """A place too far from every street to walk from."""


class NothingToAnswer(Refused):
    """The workspace lacks what the question needs."""


class NoFont(Refused):
    """No Chinese font to print with."""


class PortTaken(Refused):
    """The port asked for is in use."""


class ReadOnly(Refused):
    """The target may not be written."""


class MissingExtra(Refused):
    """An optional part is not installed."""
