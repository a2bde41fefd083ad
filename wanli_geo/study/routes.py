"""The questions about lines one walks, end to end: `study.routes.night_run()`, `.red_walkway()`, `.loops(…)`, …"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from wanli_geo.answer import Answer
from wanli_geo.network.pace import Waits
from wanli_geo.planning.loops.proposals import Lollipop
from wanli_geo.study.ground import Ground
from wanli_geo.study.loops import Degrees, loops, wish_of
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

    def loops(
        self, lon: float | None = None, lat: float | None = None, *, length_m: float = 2500, tolerance: float = 0.01,
        through: Sequence[Degrees] = (), avoid: Sequence[Degrees | str] = (), proposals: int = 3, day: str = "Tu", time: str = "20:00",
        lollipop: Lollipop = "auto", also: Sequence[float] = (),
    ) -> Answer:
        """Propose loops to run from a place, or from the best start where none is given; `avoid` places, or streets by name or id."""
        wish = wish_of(through, avoid, length_m=length_m, tolerance=tolerance, proposals=proposals, lollipop=lollipop,
                       also=tuple(float(one) for one in also))
        start = (lon, lat) if lon is not None and lat is not None else None
        return loops(self.ground("adult", day, time), start, wish)
