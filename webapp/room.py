"""What one application holds: the study it asks and the replies made of it; and how new data takes the place of old."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

from flask import current_app

import wanli_geo
from wanli_geo.study import Study
from wanli_geo.workspace.store import bundled
from webapp.shelf import Shelf

_BODIES = 128
_SCENARIOS = 4


@dataclass(frozen=True)
class Room:
    """A study, the last few scenarios of it, and the replies made of them."""

    study: Study
    shelf: Shelf = field(default_factory=lambda: Shelf(_BODIES))
    scenarios: OrderedDict[tuple[tuple[str, ...], tuple[str, ...]], Study] = field(default_factory=OrderedDict)

    def scenario(self, opened: tuple[str, ...], closed: tuple[str, ...]) -> Study:
        """Give the study with these gates as if open or closed; asked only while a reply is made, so by one at a time."""
        if not opened and not closed:
            return self.study
        found = self.scenarios.pop((opened, closed), None) or self.study.with_gates(opened=opened, closed=closed)
        self.scenarios[opened, closed] = found
        while len(self.scenarios) > _SCENARIOS:
            self.scenarios.popitem(last=False)
        return found


class House:
    """The one room that is open. `reopen` puts a new one in its place: who is in the old one finishes there."""

    def __init__(self, folder: Path | None) -> None:
        """Open the workspace in a folder; None for the bundled one.

        Raises:
            NoWorkspace: there is none.
        """
        self.folder = bundled() if folder is None else folder
        self.room = Room(wanli_geo.open(self.folder))

    def reopen(self) -> None:
        """Read the workspace anew, after it was written."""
        self.room = Room(wanli_geo.open(self.folder))


def here() -> Room:
    """Give the room that is open now, of the application that is asked."""
    return cast(House, current_app.extensions["wanli_geo"]).room


def reopen() -> None:
    """Read the workspace of the application anew, after it was written."""
    cast(House, current_app.extensions["wanli_geo"]).reopen()
