"""The questions end to end; the one place that knows the order: workspace → network → access → Answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from wanli_geo.access.reach import PROFILES, profile_of, reach_of
from wanli_geo.answer import Answer
from wanli_geo.study.coverage import coverage
from wanli_geo.study.ground import Ground
from wanli_geo.study.isochrone import isochrone
from wanli_geo.study.walk import walk
from wanli_geo.workspace.kinds import kind_of
from wanli_geo.workspace.store import Workspace, open_workspace

__all__ = ["PROFILES", "Study", "open_study"]


class Study:
    """Ask a workspace; the network is built at the first question and kept.

    Every method ends as an `Answer` and raises a `WanliGeoError` with the way out: `WrongUsage` for a call that cannot be read,
    `Refused` for data that cannot answer it.
    """

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self._grounds = {steps: Ground(workspace, steps) for steps in (True, False)}

    def ground(self, profile: str = "adult") -> Ground:
        """Give the network of a walker, with homes and gates attached: for asking further by hand."""
        return self._grounds[profile_of(profile).steps]

    def coverage(self, kind: str, within: str = "500m", *, people: str = "all", profile: str = "adult") -> Answer:
        """Say who lives within a walk of a kind of facility, who does not, and of whom it is not known.

        Args:
            kind: a code of the taxonomy, such as `CANTEEN`, or its Chinese name; `PARK` for parks.
            within: metres ("500m", "1km") or minutes at the walker's speed ("10min").
            people: `all`, `0-6`, `7-18`, `19-59`, `60-79`, `80+` or `60+`.
            profile: `adult`, `elder`, `frail`, `escorted_child` or `wheelchair`.
        """
        walker = profile_of(profile)
        return coverage(self._grounds[walker.steps], kind_of(kind), reach_of(within, walker), people, walker)

    def gaps(self, kind: str, within: str = "500m", *, people: str = "all", profile: str = "adult") -> Answer:
        """Rank the compounds that have people in a gap, heaviest burden (people × metres beyond) first."""
        whole = self.coverage(kind, within, people=people, profile=profile)
        units, table = whole.features["units"], whole.tables["units"]
        features = {**whole.features, "units": units[units["people_gap"] > 0].reset_index(drop=True)}
        return replace(whole, question="gaps", features=features, tables={"units": table[table["people_gap"] > 0].reset_index(drop=True)})

    def isochrone(
        self, lon: float, lat: float, *, minutes: Sequence[float] = (5, 10, 15), metres: Sequence[float] = (), profile: str = "adult"
    ) -> Answer:
        """Draw how far one walks from a place, in minutes; or in metres, where `metres` are given."""
        walker = profile_of(profile)
        texts = [f"{value:g}m" for value in metres] or [f"{value:g}min" for value in minutes]
        reaches = [reach_of(text, walker) for text in texts]
        return isochrone(self._grounds[walker.steps], lon, lat, reaches, walker)

    def walk(self, unit: str, kind: str, *, profile: str = "adult") -> Answer:
        """Draw the walk of a compound (its middle house) to its nearest facility of a kind."""
        walker = profile_of(profile)
        return walk(self._grounds[walker.steps], unit, kind_of(kind), walker)


def open_study(path: str | Path | None = None) -> Study:
    """Open a workspace for questions; without a path, the bundled Wanli sketch.

    Raises:
        NoWorkspace: the folder has no readable catalogue.
    """
    return Study(open_workspace(path))
