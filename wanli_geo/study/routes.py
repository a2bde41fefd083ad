"""The questions about lines one walks, end to end: `study.routes.night_run()`, `.red_walkway()`, `.loops(…)`, …"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from wanli_geo.access.reach import profile_of
from wanli_geo.answer import Answer
from wanli_geo.network.pace import Pace, Waits
from wanli_geo.study.destinations import Walker
from wanli_geo.study.ground import Ground
from wanli_geo.study.signs import Wish, signs
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

    def signs(self, *, slack: float = 1.0, most: int = 12, day: str = "Tu", time: str = "10:00") -> Answer:
        """Hold the minutes painted on signs against the walk, list the corners that lack a sign, and say what new ones should read.

        Args:
            slack: minutes that a painted figure may be below the adult's walk or above the elder's.
            most: how many new signs are proposed.
        """
        adult, elder = (self._walker(code, day, time) for code in ("adult", "elder"))
        return signs(adult, elder, Wish(slack, most))

    def _walker(self, code: str, day: str, time: str) -> Walker:
        profile = profile_of(code)
        return Walker(self.ground(code, day, time), profile, Pace(profile.m_per_s, self.waits))
