"""Packs of clauses: those of the house hold, and a bad one is refused with its line and the reason."""

from __future__ import annotations

from wanli_geo.standards.clauses import AGES
from wanli_geo.standards.fields import GREEN
from wanli_geo.standards.packs import bundled_packs
from wanli_geo.workspace.kinds import KINDS


def test_every_pack_of_the_house_can_be_read_and_judged() -> None:
    packs = bundled_packs()
    assert list(packs) == sorted(packs)
    assert {"gb50180", "tdt1062", "shanghai2016", "shanghai2024", "complete", "mofcom", "elder15", "parks", "children", "gbt51346"} <= set(packs)
    for pack in packs.values():
        assert len({clause.id for clause in pack.clauses}) == len(pack.clauses) > 0
        for clause in pack.clauses:
            assert set(clause.kinds) <= {*KINDS, GREEN}
            assert set(clause.serves) <= set(AGES)
            assert pack.measure(clause).mode != "index" or clause.per_1000_min_m2
