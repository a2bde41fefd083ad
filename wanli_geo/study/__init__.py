"""The questions end to end; the one place that knows the order: workspace → network → access → Answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from wanli_geo.access.reach import PROFILES, Profile, Reach, profile_of, reach_of
from wanli_geo.answer import Answer
from wanli_geo.errors import BadMeasure
from wanli_geo.network.inner import DETOUR, MOST_DETOUR
from wanli_geo.network.pace import Waits
from wanli_geo.planning.edits import CloseGate, CloseStretch, Edit, OpenGate, apply
from wanli_geo.study.ages import by_age
from wanli_geo.study.audits import EVENING, Audits, Case, When
from wanli_geo.study.catchments import Sharing, shared_out
from wanli_geo.study.choices import one_mode
from wanli_geo.study.clause import clause, clause_walk, sheet
from wanli_geo.study.coverage import coverage
from wanli_geo.study.equity import equity
from wanli_geo.study.green import Wish, green
from wanli_geo.study.ground import Ground, Progress
from wanli_geo.study.isochrone import isochrone, isochrones
from wanli_geo.study.joining import Streets
from wanli_geo.study.ledger_rows import ledger_rows
from wanli_geo.study.nearest import Question, nearest_to_point, nearest_to_units
from wanli_geo.study.opportunities import opportunities
from wanli_geo.study.plan import plan
from wanli_geo.study.routes import Routes
from wanli_geo.study.scenario import told
from wanli_geo.study.topology import topology
from wanli_geo.study.walk import walk
from wanli_geo.workspace.hours import moment
from wanli_geo.workspace.kinds import kind_of
from wanli_geo.workspace.origins import Origin
from wanli_geo.workspace.store import Workspace, open_workspace

__all__ = ["EVENING", "PROFILES", "Study", "Waits", "open_study"]

# How many networks (of walkers with and without steps, at different times) are kept for the next question.
GROUNDS = 6


class Study:
    """Ask a workspace; the network is built at the first question and kept.

    Every method ends as an `Answer` and raises a `WanliGeoError` with the way out: `WrongUsage` for a call that cannot be read,
    `Refused` for data that cannot answer it.
    """

    def __init__(
        self, workspace: Workspace, *, waits: Waits | None = None, inner_detour: float = DETOUR, edits: Sequence[Edit] = (),
        progress: Progress | None = None,
    ) -> None:
        """Take a workspace; `waits` at crossings count in time mode, 30, 10 and 60 s where none are given.

        `edits` ask what would be: the workspace is answered as if they were made, and every answer names them.
        `inner_detour` is how many metres one walks inside a compound for a metre of straight line, where no path is drawn: 1 to 2.
        `progress` is called with the stage, in Chinese and English, and the share done, while the network is prepared.

        Raises:
            BadMeasure: a detour outside 1 to 2, or a gate or street that does not exist.
            Refused: a compound would be left without a gate.
        """
        if not 1 <= inner_detour <= MOST_DETOUR:
            raise BadMeasure(
                f"小区内的绕行系数 {inner_detour:g} 不合理；请给 1 到 {MOST_DETOUR:g}。",
                f"A detour of {inner_detour:g} inside compounds makes no sense; give 1 to {MOST_DETOUR:g}.",
            )
        self.inner_detour = float(inner_detour)
        self._progress = progress or (lambda stage, share: None)
        self.edits = tuple(edits)
        self.workspace = apply(workspace, self.edits) if self.edits else workspace
        self._unedited = workspace
        self._today: Study | None = None
        self.waits = waits or Waits()
        self._drawn = Streets(self.workspace)
        self._grounds: dict[tuple[bool, str, int], Ground] = {}
        self.audits = Audits(self.workspace, self.waits, self.ground)

    def ground(self, profile: str = "adult", day: str = "Tu", time: str = "10:00") -> Ground:
        """Give the network of a walker at a time, with homes and gates attached: for asking further by hand."""
        steps, (on, minute) = profile_of(profile).steps, moment(day, time)
        ground = self._grounds.pop((steps, on, minute), None) or Ground(
            self.workspace, steps, on, minute, self._progress, self.inner_detour, self._drawn
        )
        self._grounds[steps, on, minute] = ground
        for oldest in list(self._grounds)[:-GROUNDS]:
            self._grounds.pop(oldest, None)
        return ground

    @property
    def streets(self) -> Streets:
        """The streets joined, whoever walks and whenever."""
        return self._drawn

    @property
    def routes(self) -> Routes:
        """Ask about the lines one walks: `study.routes.night_run()` and the like."""
        return Routes(self.workspace, self.waits, self.ground, self.edits)

    def with_gates(self, *, opened: Sequence[str] = (), closed: Sequence[str] = ()) -> Study:
        """Ask what would be if these gates, by their ids, were open to everybody at any hour, those closed.

        Raises:
            BadMeasure: there is no such gate; the sentence names those of the compound meant.
            Refused: a compound would be left without a gate.
        """
        return self.with_edits([*(OpenGate(one) for one in dict.fromkeys(opened)), *(CloseGate(one) for one in dict.fromkeys(closed))])

    def with_edits(self, edits: Sequence[Edit]) -> Study:
        """Ask what would be with these edits besides those made already: gates opened or closed, stretches of street closed.

        Raises:
            BadMeasure: there is no such gate or street.
            Refused: a compound would be left without a gate.
        """
        whole = (*self.edits, *edits)
        other = Study(self._unedited, waits=self.waits, inner_detour=self.inner_detour, edits=whole, progress=self._progress)
        other._today = self.today
        if not any(isinstance(edit, CloseStretch) for edit in edits):
            other._drawn = self._drawn  # no gate changes a street
        return other

    @property
    def today(self) -> Study:
        """The same study without its edits: how things are."""
        if not self.edits:
            return self
        self._today = self._today or Study(self._unedited, waits=self.waits, inner_detour=self.inner_detour, progress=self._progress)
        return self._today

    def with_waits(self, waits: Waits) -> Study:
        """Ask with other waits at crossings; the networks at hand are shared."""
        other = Study(self._unedited, waits=waits, inner_detour=self.inner_detour, progress=self._progress)
        other.edits, other.workspace, other._grounds, other._today = self.edits, self.workspace, self._grounds, self._today
        other.audits = Audits(other.workspace, waits, other.ground)
        return other

    def coverage(
        self, kind: str, within: str = "500m", *, people: str = "all", profile: str = "adult", day: str = "Tu", time: str = "10:00"
    ) -> Answer:
        """Say who lives within a walk of a kind of facility, who does not, and of whom it is not known.

        Args:
            kind: a code of the taxonomy, such as `CANTEEN`, or its Chinese name; `PARK` for parks.
            within: metres ("500m", "1km") or minutes at the walker's speed ("10min").
            people: `all`, `0-6`, `7-18`, `19-59`, `60-79`, `80+` or `60+`.
            profile: `adult`, `elder`, `frail`, `escorted_child`, `pram` or `wheelchair`.
            day, time: when gates and streets must be open: `Mo` to `Su` or `PH`, and “22:30”.
        """
        walker, ground = profile_of(profile), self.ground(profile, day, time)
        return told(coverage(ground, kind_of(kind), reach_of(within, walker), people, walker, self.waits), self.edits)

    def by_age(self, kind: str, within: str = "10min", *, day: str = "Tu", time: str = "10:00") -> Answer:
        """Judge every age group at its own walking speed, in one answer with one row a group."""
        return told(by_age(self.ground("adult", day, time), kind_of(kind), within, self.waits), self.edits)

    def gaps(
        self, kind: str, within: str = "500m", *, people: str = "all", profile: str = "adult", day: str = "Tu", time: str = "10:00"
    ) -> Answer:
        """Rank the compounds that have people in a gap, heaviest burden (people × metres beyond) first."""
        whole = self.coverage(kind, within, people=people, profile=profile, day=day, time=time)
        units, table = whole.features["units"], whole.tables["units"]
        features = {**whole.features, "units": units[units["people_gap"] > 0].reset_index(drop=True)}
        return replace(whole, question="gaps", features=features, tables={"units": table[table["people_gap"] > 0].reset_index(drop=True)})

    def audit(
        self, standards: str | Sequence[str] = "gb50180", *, day: str = "Tu", time: str = "", evening: str = EVENING, step_free: bool = False
    ) -> Answer:
        """Judge every resident by every clause of one standard or several: covered, in a gap, or unknown, with the walk and the reason.

        Args:
            standards: ids such as `gb50180` or "gb50180,tdt1062", `all` for every one; those of the workspace come before the house's.
            day, time: without a time the streets and gates of ten o'clock count, and every facility in use, whatever its hours; with one
                such as "18:00" gates, streets, entrances and facilities must be open then.
            evening: the hour to compare with, "" for none.
            step_free: as if nobody could climb steps.
        """
        return told(self.audits.audit(standards, When(day, time, step_free), evening), self.edits)

    def ledger(self, standards: str | Sequence[str] = "gb50180", *, day: str = "Tu", time: str = "", step_free: bool = False) -> Answer:
        """Give the ledger itself: one row a house, clause and walker, with its people, status, walk, facility, second nearest and reason."""
        return told(ledger_rows(self.audits.case(standards, When(day, time, step_free))), self.edits)

    def clause(
        self, key: str, *, people: str = "all", standards: str | Sequence[str] = "", day: str = "Tu", time: str = "", step_free: bool = False
    ) -> Answer:
        """Tell one clause of an audit, such as `gb50180/10-EDU_PRIMARY`, on the map: who is covered by it, where its gaps are.

        `people` is `all`, an age group, `60+` or `unstated`; `standards` those of an audit already made, to be shared.
        """
        return told(clause(self._case(key, standards, day, time, step_free), key, people), self.edits)

    def sheet(
        self, unit: str, standards: str | Sequence[str] = "gb50180", *, day: str = "Tu", time: str = "", step_free: bool = False
    ) -> Answer:
        """Tell one compound, by its id or name: every clause with its people, their walk, who serves them, who is second, the reason."""
        return told(sheet(self.audits.case(standards, When(day, time, step_free)), unit), self.edits)

    def clause_walk(
        self, key: str, unit: str, *, people: str = "all", standards: str | Sequence[str] = "", day: str = "Tu", time: str = "",
        step_free: bool = False,
    ) -> Answer:
        """Draw the walk behind a cell of an audit: of a compound's middle house to the nearest facility that satisfies the clause."""
        case = self._case(key, standards, day, time, step_free)
        today = self.today.ground("wheelchair" if step_free else "adult", day, time or "10:00") if self.edits else case.audited.ground
        return told(clause_walk(case, today, key, unit, people, self.waits), self.edits)

    def _case(self, key: str, standards: str | Sequence[str], day: str, time: str, step_free: bool) -> Case:
        return self.audits.case(standards or key.partition("/")[0], When(day, time, step_free))

    def isochrone(
        self, lon: float, lat: float, *, minutes: Sequence[float] = (5, 10, 15), metres: Sequence[float] = (), profile: str = "adult",
        day: str = "Tu", time: str = "10:00",
    ) -> Answer:
        """Draw how far one walks from a place, in minutes; or in metres, where `metres` are given."""
        walker = profile_of(profile)
        answer = isochrone(self.ground(profile, day, time), lon, lat, _reaches(minutes, metres, walker), walker, self.waits)
        return told(answer, self.edits)

    def isochrones(
        self, origins: Sequence[tuple[str, float, float]], *, minutes: Sequence[float] = (5, 10, 15), metres: Sequence[float] = (),
        profile: str = "adult", day: str = "Tu", time: str = "10:00",
    ) -> Answer:
        """Draw the same from many places at once, each an id, a longitude and a latitude; `progress` is told how many are done."""
        walker = profile_of(profile)
        places = [Origin(*origin) for origin in origins]
        answer = isochrones(self.ground(profile, day, time), places, _reaches(minutes, metres, walker), walker, self.waits)
        return told(answer, self.edits)

    def topology(self, *, profile: str = "adult", day: str = "Tu", time: str = "10:00") -> Answer:
        """List the parts of the network that are cut off, the people on them, and the gates that lead nowhere."""
        return told(topology(self.ground(profile, day, time)), self.edits)

    def plan(self) -> Answer:
        """Account for every item of the office's work plan, where it is on the map and what answers it, and name the plan's targets."""
        return told(plan(self.workspace), self.edits)

    def walk(
        self, unit: str, kind: str, *, profile: str = "adult", mode: str = "distance", day: str = "Tu", time: str = "10:00"
    ) -> Answer:
        """Draw the walk of a compound (its middle house) to its nearest facility of a kind: the shortest, or in mode `time` the quickest.

        `unit` is the id of a compound or of a lone house, or its name.
        """
        if mode not in ("distance", "time"):
            raise BadMeasure(f"没有“{mode}”这种算法；可用：distance、time。", f"There is no mode “{mode}”; use distance or time.")
        waits = self.waits if mode == "time" else None
        today = self.today.ground(profile, day, time)
        return told(walk(self.ground(profile, day, time), today, unit, kind_of(kind), profile_of(profile), waits), self.edits)

    def nearest(
        self, kind: str | Sequence[str], k: int = 3, within: str = "5km", *, at: tuple[float, float] | None = None, profile: str = "adult",
        day: str = "Tu", time: str = "10:00",
    ) -> Answer:
        """Name the `k` nearest facilities of one kind or several: of every home and compound, or of the place `at` (longitude, latitude).

        `within` bounds the search and says by what is chosen: metres ("5km"), or minutes at the walker's speed ("30min").
        A compound's row is that of its middle home, as in `walk`.
        """
        walker, codes = profile_of(profile), [kind] if isinstance(kind, str) else kind
        kinds = tuple(dict.fromkeys(kind_of(code) for code in codes))
        asked, ground = Question(kinds, k, reach_of(within, walker), walker, self.waits), self.ground(profile, day, time)
        answer = nearest_to_units(ground, asked) if at is None else nearest_to_point(ground, at[0], at[1], asked)
        return told(answer, self.edits)

    def opportunities(
        self, kind: str | None = None, within: str | Sequence[str] = ("500m", "1000m"), *, of: str = "", people: str = "all",
        profile: str = "adult", day: str = "Tu", time: str = "10:00",
    ) -> Answer:
        """Add up what lies within a walk of every home, and on average of every compound's people.

        Args:
            kind: the facilities; left out, the residents of the group `people` are added up.
            within: thresholds, all in metres or all in minutes.
            of: `number` of facilities, their `area_m2` or `capacity`; `people` without a kind.
        """
        walker = profile_of(profile)
        reaches = one_mode([reach_of(text, walker) for text in ([within] if isinstance(within, str) else within)])
        wanted = of or ("people" if kind is None else "number")
        found = opportunities(self.ground(profile, day, time), None if kind is None else kind_of(kind), wanted, reaches, people, walker, self.waits)
        return told(found, self.edits)

    def catchments(
        self, kind: str, within: str = "1km", *, method: str = "2sfca", decay: str = "", of: str = "number", people: str = "all",
        profile: str = "adult", day: str = "Tu", time: str = "10:00",
    ) -> Answer:
        """Share what there is of a kind out among the people who reach it: so much for a thousand residents, compounds with the least first.

        Args:
            within: how far one comes to a facility, in metres or in minutes at the walker's speed.
            method: a floating catchment area: `2sfca`, `e2sfca`, `m2sfca`, `3sfca`, `bfca`, or `bfca2019` as printed.
            decay: `binary`, `steps`, `gaussian`, `exponential`, `inverse` or `linear`; left out, the method's own.
            of: `number` of facilities, their `area_m2` or `capacity`.
            people: who competes, an age group.
        """
        walker = profile_of(profile)
        asked = Sharing(of, people, method, decay, reach_of(within, walker))
        return told(shared_out(self.ground(profile, day, time), kind_of(kind), asked, walker, self.waits), self.edits)

    def equity(self, kind: str, *, people: str = "all", profile: str = "adult", day: str = "Tu", time: str = "10:00") -> Answer:
        """Say how evenly the walk to the nearest falls, in metres: by committee, by age, and whether it is longer where more are old."""
        return told(equity(self.ground(profile, day, time), kind_of(kind), people, profile_of(profile)), self.edits)

    def green(
        self, *, green_m: float = 300, green_m2: float = 400, park_m: float = 500, park_m2: float = 5000, water_m: float = 500,
        profile: str = "adult", day: str = "Tu", time: str = "10:00",
    ) -> Answer:
        """Say who, and how much residential land, lies within a walk of a green, of a park, of the water; and how much green there is a head.

        Args:
            green_m, green_m2: metres to an entrance of a green of at least so many m²; `park_m`, `park_m2` of a park.
            water_m: metres to a place where one reaches the water.
        """
        walker = profile_of(profile)
        wishes = [Wish(key, code, reach_of(f"{metres:g}m", walker), least) for key, code, metres, least in (
            ("green", "GREEN", green_m, green_m2), ("park", "PARK", park_m, park_m2), ("water", "WATER_ACCESS", water_m, 0.0))]
        return told(green(self.ground(profile, day, time), wishes, walker), self.edits)


def _reaches(minutes: Sequence[float], metres: Sequence[float], walker: Profile) -> list[Reach]:
    texts = [f"{value:g}m" for value in metres] or [f"{value:g}min" for value in minutes]
    return [reach_of(text, walker) for text in texts]


def open_study(
    path: str | Path | None = None, *, waits: Waits | None = None, inner_detour: float = DETOUR, progress: Progress | None = None
) -> Study:
    """Open a workspace for questions; without a path, the bundled Wanli sketch. The rest as `Study` takes it.

    Raises:
        NoWorkspace: the folder has no readable catalogue.
    """
    return Study(open_workspace(path), waits=waits, inner_detour=inner_detour, progress=progress)
