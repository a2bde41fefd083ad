"""Audits of one study: each ledger is made once and kept for the questions that follow, of a clause, of a compound, of a walk."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from wanli_geo.answer import Answer
from wanli_geo.errors import BadMeasure, WrongUsage
from wanli_geo.network.pace import Waits
from wanli_geo.standards.clauses import Pack
from wanli_geo.standards.ledger import Entry, Ledger
from wanli_geo.standards.packs import pack_called, packs_of
from wanli_geo.study.audit import audit
from wanli_geo.study.ground import Ground
from wanli_geo.study.ledger import Audited, ledger_of
from wanli_geo.workspace.geojson import collector_at_rest
from wanli_geo.workspace.hours import moment
from wanli_geo.workspace.offer import Offer
from wanli_geo.workspace.store import Workspace

# How many audits, each with its walks, are kept for the next question.
_KEPT = 4
EVENING = "19:30"
GROUND_AT = ("Tu", "10:00")


@dataclass(frozen=True)
class When:
    """When an audit looks: without a `time` at a working day's ten o'clock, and facilities count whatever their hours.

    `step_free` asks as if nobody could climb steps.
    """

    day: str = GROUND_AT[0]
    time: str = ""
    step_free: bool = False


@dataclass(frozen=True, eq=False)
class Case:
    """One audit made: what it stands on, by which packs, the ledger."""

    audited: Audited
    packs: tuple[Pack, ...]
    ledger: Ledger

    def entry(self, key: str) -> Entry:
        """Look a clause up, as `gb50180/10-EDU_PRIMARY`.

        Raises:
            BadMeasure: the standards asked for have no such clause.
        """
        found = next((entry for entry in self.ledger.entries if entry.key == key), None)
        if found is None:
            shown = "、".join(entry.key for entry in self.ledger.entries[:5])
            raise BadMeasure(f"没有条文“{key}”；写法如 {shown}，全部见 wanli-geo standards show。",
                             f"There is no clause “{key}”; write it like {shown}, all of them: wanli-geo standards show.")
        return found


class Audits:
    """The audits of one study. `ground` gives the network of a walker at a time, by profile, day and time."""

    def __init__(self, workspace: Workspace, waits: Waits, ground: Callable[[str, str, str], Ground]) -> None:
        self._workspace, self._waits, self._ground = workspace, waits, ground
        self._cases: dict[tuple[tuple[str, ...], When], Case] = {}

    def packs(self, standards: str | Sequence[str]) -> tuple[Pack, ...]:
        """Give the packs asked for, each once, in that order; `all` means every one of the house and the workspace.

        Raises:
            UnknownStandard: one that there is not; the near ones are named.
            BadPack: one of the workspace that cannot be read.
            WrongUsage: none is named.
        """
        names = [name.strip() for name in (standards.split(",") if isinstance(standards, str) else standards)]
        names = [name for name in names if name]
        if not names:
            raise WrongUsage("请写明按哪个标准，如 gb50180；全部见 wanli-geo standards list。",
                             "Name a standard, such as gb50180; all of them: wanli-geo standards list.")
        folder = self._workspace.path
        if names == ["all"]:
            return tuple(packs_of(folder).values())
        packs = [pack_called(name, folder) for name in names]
        return tuple({pack.id: pack for pack in packs}.values())

    @collector_at_rest()
    def case(self, standards: str | Sequence[str], when: When) -> Case:
        """Make an audit, or give the one made before."""
        packs = self.packs(standards)
        key = (tuple(f"{pack.id} {pack.sha256}" for pack in packs), when)
        found = self._cases.pop(key, None) or self._made(packs, when)
        self._cases[key] = found
        for oldest in list(self._cases)[:-_KEPT]:
            del self._cases[oldest]
        return found

    def _made(self, packs: tuple[Pack, ...], when: When) -> Case:
        audited = self._audited(when, when.day, when.time)
        return Case(audited, packs, ledger_of(audited, packs))

    def _audited(self, when: When, day: str, time: str, offered: Offer | None = None) -> Audited:
        at = (day, time) if time else (day, GROUND_AT[1])
        profile = "wheelchair" if when.step_free else "adult"
        able = self._ground("adult", *at) if when.step_free else None
        return Audited(self._ground(profile, *at), self._waits, bool(time), able, offered)

    @collector_at_rest()
    def audit(self, standards: str | Sequence[str], when: When, evening: str = EVENING) -> Answer:
        """Tell an audit; `evening` is the hour of the same day to compare with, "" for none."""
        case = self.case(standards, when)
        later = None
        if evening:
            moment(when.day, evening)  # a time that cannot be read is told before anything is computed
            later = self._audited(when, when.day, evening, case.audited.offer)
        return audit(case.audited, later, case.ledger, case.packs)
