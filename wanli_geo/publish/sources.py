"""What the public site is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from wanli_geo.answer import Answer
from wanli_geo.network.walkable import Walkable
from wanli_geo.workspace.store import Workspace


@dataclass(frozen=True, eq=False)
class Sources:
    """The layers, the answers by their key (such as `night_run`, `coverage/CANTEEN`), and what the page walks on by itself."""

    workspace: Workspace
    answers: Mapping[str, Answer]
    walkable: Walkable
