"""The questions about lines one walks, end to end: `study.routes.night_run()`, `.red_walkway()`, `.loops(…)`, …"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from wanli_geo.access.reach import profile_of
from wanli_geo.answer import Answer
from wanli_geo.network.pace import Pace, Waits
from wanli_geo.planning.closures import Place
from wanli_geo.planning.edits import Edit
from wanli_geo.planning.loops.proposals import Lollipop
from wanli_geo.study.blue_net import blue_net
from wanli_geo.study.closing import closures_of
from wanli_geo.study.destinations import Walker
from wanli_geo.study.green_links import Vein, green_links
from wanli_geo.study.ground import Ground
from wanli_geo.study.loops import Degrees, loops, wish_of
from wanli_geo.study.marks import marks
from wanli_geo.study.night_run import TARGET_M, Wanted, night_run
from wanli_geo.study.red_walkway import red_walkway
from wanli_geo.study.scenario import told
from wanli_geo.study.signs import Wish, signs
from wanli_geo.study.structure import structure
from wanli_geo.study.works import EVERYDAY, works
from wanli_geo.workspace.kinds import kind_of
from wanli_geo.workspace.store import Workspace

GroundOf = Callable[[str, str, str], Ground]


@dataclass(frozen=True, eq=False)
class Routes:
    """Ask a workspace about its lines; every method ends as an `Answer`.

    `ground` gives the network of a walker (profile, day, time), as `Study.ground` does; `edits` are those the workspace was made with.
    """

    workspace: Workspace
    waits: Waits
    ground: GroundOf
    edits: tuple[Edit, ...] = ()

    def night_run(self, *, day: str = "Tu", time: str = "20:00", target_m: float = TARGET_M) -> Answer:
        """Audit the night-run loop: its length, light, width, crossings, what is in reach at that hour, each 50 m scored."""
        return told(night_run(self.ground("adult", day, time), Wanted(target_m)), self.edits)

    def loops(
        self, lon: float | None = None, lat: float | None = None, *, length_m: float = 2500, tolerance: float = 0.01,
        through: Sequence[Degrees] = (), avoid: Sequence[Degrees | str] = (), proposals: int = 3, day: str = "Tu", time: str = "20:00",
        lollipop: Lollipop = "auto", also: Sequence[float] = (),
    ) -> Answer:
        """Propose loops to run from a place, or from the best start where none is given; `avoid` places, or streets by name or id."""
        wish = wish_of(through, avoid, length_m=length_m, tolerance=tolerance, proposals=proposals, lollipop=lollipop,
                       also=tuple(float(one) for one in also))
        start = (lon, lat) if lon is not None and lat is not None else None
        return told(loops(self.ground("adult", day, time), start, wish), self.edits)

    def marks(self, layer: str, *, every_m: float = 100.0) -> Answer:
        """Place the distance marks of `night_run` or `red_walkway`."""
        return told(marks(self.workspace, layer, every_m), self.edits)

    def red_walkway(self, *, profile: str = "elder", stop_min: float = 2.0, within: str = "5min", day: str = "Tu", time: str = "10:00") -> Answer:
        """Audit the red walkway: continuity, width, steps, light, shade; its stops and their story; who lives near; the time it takes.

        Args:
            stop_min: minutes spent at each stop.
            within: how near to the walkway counts, as “5min” or “300m”.

        Raises:
            BadMeasure: something cannot be read.
            NothingToAnswer: there is no walkway.
            BadPublication: publish.toml cannot be read.
        """
        answer = red_walkway(self.ground(profile, day, time), profile_of(profile), self.waits, stop_min=stop_min, within=within)
        return told(answer, self.edits)

    def signs(self, *, slack: float = 1.0, most: int = 12, day: str = "Tu", time: str = "10:00") -> Answer:
        """Hold the minutes painted on signs against the walk, list the corners that lack a sign, and say what new ones should read.

        Args:
            slack: minutes that a painted figure may be below the adult's walk or above the elder's.
            most: how many new signs are proposed.
        """
        adult, elder = (self._walker(code, day, time) for code in ("adult", "elder"))
        return told(signs(adult, elder, Wish(slack, most)), self.edits)

    def _walker(self, code: str, day: str, time: str) -> Walker:
        profile = profile_of(code)
        return Walker(self.ground(code, day, time), profile, Pace(profile.m_per_s, self.waits))

    def works(
        self, *, street: str = "", project: str = "", between: Sequence[Place] = (), line: Sequence[Place] = (), profile: str = "adult",
        day: str = "Tu", time: str = "10:00", kinds: Sequence[str] = (),
    ) -> Answer:
        """Close a stretch of street to walkers: who walks how much farther to everyday places, who is cut off, the way round, the lines hit.

        Args:
            street: a name or id, all of it, or with `between` (two longitudes and latitudes) the stretch between two places.
            project: the id or name of a plan project drawn as a line.
            line: longitudes and latitudes along which streets are closed.
            kinds: what one walks to; left out, everyday places.
        """
        closures, asked = closures_of(self.workspace, street=street, project=project, between=between, line=line)
        wanted = tuple(dict.fromkeys(kind_of(code) for code in (kinds or EVERYDAY)))
        answer = works(self.ground(profile, day, time), self.ground("wheelchair", day, time), closures, asked, wanted, profile_of(profile))
        return told(answer, self.edits)

    def green_links(
        self, *, green_m: float = 10.0, bank_m: float = 15.0, gap_m: float = 30.0, link_m: float = 1_000.0, least_m2: float = 400.0, most: int = 20,
        profile: str = "adult", day: str = "Tu", time: str = "10:00",
    ) -> Answer:
        """Say which greens a walk in the green joins, which missing link would join most, and hold the checklist of a garden subdistrict.

        Args:
            green_m, bank_m: how near to a green, to the water, a walk is in the green; `gap_m` how long it may leave it at a time.
            link_m: the longest missing link to look for; `most` how many are told.
            least_m2: smaller street greens do not count.
        """
        vein = Vein(green_m, bank_m, gap_m, link_m, least_m2, most)
        return told(green_links(self.ground(profile, day, time), profile_of(profile), vein), self.edits)
    def blue_net(self, *, profile: str = "adult", day: str = "Tu", time: str = "10:00") -> Answer:
        """Audit the water's edge: where one can walk along each bank, what joining each break gives, who lives within 5 and 10 minutes.

        Raises:
            NothingToAnswer: no water has a centreline.
        """
        return told(blue_net(self.ground(profile, day, time), profile_of(profile)), self.edits)

    def structure(self) -> Answer:
        """List the parts of “one road, one water, two homes”, and which of them are only candidates."""
        return told(structure(self.workspace), self.edits)
