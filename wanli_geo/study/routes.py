"""The questions about lines one walks, end to end: `study.routes.night_run()`, `.red_walkway()`, `.loops(…)`, …"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from wanli_geo.network.pace import Waits
from wanli_geo.study.ground import Ground
from wanli_geo.workspace.store import Workspace

GroundOf = Callable[[str, str, str], Ground]


@dataclass(frozen=True, eq=False)
class Routes:
    """Ask a workspace about its lines; every method ends as an `Answer`.

    `ground` gives the network of a walker (profile, day, time), as `Study.ground` does.
    """

    workspace: Workspace
    waits: Waits
    ground: GroundOf
