"""The audit's promises for any workspace: every view counts every resident, once; bad people are told, and the totals still add up."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.village import village
from wanli_geo.answer import Answer
from wanli_geo.errors import BadMeasure, UnknownStandard
from wanli_geo.study import Study, open_study

AGE_NAMES = ("residents_0_6", "residents_7_18", "residents_19_59", "residents_60_79", "residents_80_plus")
KINDS = ("CANTEEN", "ELDER_DAY", "KINDERGARTEN", "PHARMACY", "CONVENIENCE", "BUS_STOP", "TOILET", "EDU_PRIMARY", "CHILD_HOME", "METRO")
spot = st.tuples(st.floats(-50, 450), st.floats(-50, 450))
number = st.one_of(st.none(), st.integers(0, 40).map(float), st.floats(0, 40), st.just(-3.0))
homes = st.lists(st.tuples(spot, number, st.lists(number, min_size=5, max_size=5), st.booleans()), min_size=1, max_size=8)
services = st.lists(st.tuples(spot, st.sampled_from(KINDS), st.one_of(st.none(), st.floats(1, 9_000)), st.sampled_from(
    [None, "existing", "planned", "closed"]), st.sampled_from([None, "Mo-Fr 08:00-17:00", "24/7"])), max_size=10)
areas = st.lists(st.tuples(st.integers(-50, 300), st.integers(-50, 300), st.integers(50, 400)), max_size=3)
surveys = st.dictionaries(st.sampled_from([*KINDS, "PARK", "GREEN"]), st.sampled_from(["complete", "partial"]))


def town(homes: Any, services: Any, areas: Any, surveyed: dict[str, str]) -> Study:
    """A village at random: homes with wrong or missing people, some in a walled compound, committees that overlap or are not there."""
    rows = []
    for (x, y), residents, ages, inside in homes:
        row: dict[str, Any] = {"residents": residents, **dict(zip(AGE_NAMES, ages, strict=True))}
        rows.append((row | ({"compound_id": "walled"} if inside else {}), shapely.Point(x, y)))
    return Study(village(
        surveyed=surveyed,
        homes=rows,
        compounds=[({"id": "walled", "walled": True, "committee_id": "no such"}, shapely.box(110, 110, 190, 190))],
        gates=[({"compound_id": "walled", "kind": "vehicle"}, shapely.Point(150, 110))],
        facilities=[({"kind": kind, "area_m2": area, "status": status, "open_hours": hours}, shapely.Point(*at))
                    for at, kind, area, status, hours in services],
        green_vein=[({"kind": "park"}, shapely.box(320, 320, 380, 380))],
        committees=[({"id": f"c{row}", "name": f"居委会 {row}"}, shapely.box(x, y, x + side, y + side)) for row, (x, y, side) in enumerate(areas)],
    ))


def residents_of(homes: Any) -> float:
    """Counted by another hand: the figure of residents where it is one, else the ages where all are known, else nobody is known of."""
    total = 0.0
    for _, residents, ages, _ in homes:
        known = [age for age in ages if age is not None and age >= 0]
        if residents is not None and residents >= 0:
            total += residents
        elif len(known) == 5:
            total += sum(known)
    return total


def assert_adds_up(answer: Answer, total: float) -> None:
    """Every view of an audit counts every resident, once."""
    clauses, tables = answer.tables["clauses"], answer.tables
    near = {"rel": 1e-9, "abs": 1e-6}
    parts = ["people_covered", "people_gap", "people_unknown", "people_not_concerned"]
    assert answer.fact("people_total") == pytest.approx(total, **near)
    whole = sum(float(answer.fact(key)) for key in ("people_all_covered", "people_gap", "people_unknown", "people_not_concerned"))
    assert whole == pytest.approx(total, **near)
    assert clauses["people"].to_numpy(float) == pytest.approx(np.full(len(clauses), total), **near)
    assert clauses[parts].sum(axis=1).to_numpy(float) == pytest.approx(np.full(len(clauses), total), **near)
    by = clauses.set_index(["standard", "clause"]).sort_index()
    for name in ("matrix", "ages"):
        summed = tables[name].groupby(["standard", "clause"])[["people", *parts]].sum().sort_index()
        assert summed.to_numpy(float) == pytest.approx(by[["people", *parts]].to_numpy(float), **near)
    compounds = tables["compounds"]
    assert compounds["people"].sum() == pytest.approx(total, **near)
    assert compounds[["people_all_covered", "people_any_gap", "people_any_unknown", "people_not_concerned"]].to_numpy().sum() == pytest.approx(
        total, **near)
    reasons = tables["reasons"].groupby(["standard", "clause", "status"])["people"].sum()
    for (standard, clause), row in by.iterrows():
        for status in ("gap", "unknown"):
            assert reasons.get((standard, clause, status), 0.0) == pytest.approx(row[f"people_{status}"], **near)
    gaps = tables["gaps"].groupby(["standard", "clause"])["people_gap"].sum() if len(tables["gaps"]) else {}
    for key, row in by.iterrows():
        assert gaps.get(key, 0.0) == pytest.approx(row["people_gap"], **near)


@settings(max_examples=100)
@given(homes, services, areas, surveys, st.sampled_from(["", "18:30"]))
def test_every_view_of_any_audit_counts_every_resident_once(homes: Any, services: Any, areas: Any, surveyed: dict[str, str], time: str) -> None:
    """A hundred towns, each by all packs (a hundred clauses) and in eight views."""
    study = town(homes, services, areas, surveyed)
    total = residents_of(homes)
    answer = study.audit("all", time=time)
    assert_adds_up(answer, total)
    ledger = study.ledger("all", time=time).tables["ledger"]
    concerned = ledger.groupby(["standard", "clause"])["people"].sum()
    told = answer.tables["clauses"].set_index(["standard", "clause"])
    assert concerned.sort_index().to_numpy() == pytest.approx(
        (told["people"] - told["people_not_concerned"]).sort_index().to_numpy(float), rel=1e-9, abs=1e-6)
    units = [study.sheet(unit, "gb50180", time=time).tables["clauses"] for unit in answer.tables["compounds"]["id"][:2]]
    for sheet in units:
        parts = sheet[["people_covered", "people_gap", "people_unknown", "people_not_concerned"]].sum(axis=1)
        assert parts.to_numpy() == pytest.approx(np.full(len(parts), parts.iloc[0]), rel=1e-9, abs=1e-6)


@given(homes, services, st.floats(50, 900), st.floats(1, 2))
@settings(max_examples=40)
def test_a_longer_walk_never_covers_fewer(homes: Any, services: Any, metres: float, longer: float) -> None:
    from tests.study.test_ledger import clause
    from wanli_geo.standards.clauses import Pack
    from wanli_geo.study.ledger import Audited, ledger_of

    study = town(homes, services, [], {"CANTEEN": "complete"})
    near, far = (Pack("p", "p", "p", "1", "t", {}, (clause("c", "CANTEEN", max_walk_m=value),)) for value in (metres, metres * longer))
    audited = Audited(study.ground(), study.waits)
    covered = [ledger_of(audited, [pack]).entries[0].verdicts[0].status == 0 for pack in (near, far)]
    assert not (covered[0] & ~covered[1]).any()


def test_the_sketch_adds_up_by_every_standard() -> None:
    assert_adds_up(open_study().audit("all"), 60_000.0)


def test_every_item_of_the_plan_is_accounted_for_beside_the_clauses() -> None:
    answer = open_study().audit("all")
    items = answer.tables["plan"].set_index("id")
    assert len(items) == 66
    assert items["status"].value_counts().to_dict() == {"mapped": 51, "never": 10, "computed": 3, "empty": 2}
    canteens = items.loc["D05"]  # community canteens: judged by GB 50180 at the tier's distance
    assert "gb50180/5-CANTEEN" in canteens["clauses"].split(",")
    clauses = answer.tables["clauses"]
    own = clauses[(clauses["standard"] + "/" + clauses["clause"]).isin(canteens["clauses"].split(","))]
    assert canteens["people_gap"] == own["people_gap"].max()
    assert answer.made_of[-1].layer == "plan_items"
    assert len(town([((0, 0), 10.0, [2.0] * 5, False)], [], [], {}).audit("gb50180").tables["plan"]) == 0


def test_wrong_people_are_told_and_nobody_is_lost() -> None:
    study = town(
        [((0, 0), 10.0, [None] * 5, False), ((100, 0), -3.0, [None] * 5, False), ((200, 0), 4.5, [1.0, 1.0, 1.0, 1.0, 0.5], False),
         ((300, 0), 5.0, [3.0, 3.0, 3.0, 3.0, 3.0], False), ((150, 150), None, [1.0, 2.0, 3.0, 4.0, 5.0], True), ((0, 300), None, [None] * 5, False)],
        [], [(-50, -50, 300), (0, -50, 300)], {"CANTEEN": "complete"})
    answer = study.audit("gb50180")
    told = answer.tables["findings"].set_index("code")["count"]
    assert told["no_people"] == 2  # the negative one, and the one nobody knows of
    assert told["negative"] == 1
    assert told["no_ages"] == 1
    assert told["ages_exceed"] == 1
    assert told["fractional"] == 1
    assert told["committees_overlap"] == 1
    assert told["unknown_committee"] == 1
    assert told["no_committee"] == 1  # (0, 300); a home on the line belongs to the committee it touches
    assert_adds_up(answer, 10 + 4.5 + 5 + 15)
    ages = answer.tables["ages"]
    first = ages[ages["clause"] == ages["clause"].iloc[0]].set_index("group")["people"]
    assert first["unstated"] == 15  # ten without ages, and five whose ages come to fifteen
    assert first["0-6"] == 2


def test_a_kind_nobody_has_is_a_gap_where_all_was_looked_for_else_unknown() -> None:
    people = [((0, 0), 10.0, [2.0] * 5, False)]
    for surveyed, status, reason in (({"BUS_STOP": "complete"}, "people_gap", "none_exists"), ({}, "people_unknown", "not_surveyed")):
        table = town(people, [], [], surveyed).audit("gb50180").tables["clauses"].set_index("clause")
        assert table.loc["10-BUS_STOP", status] == 10
        assert table.loc["10-BUS_STOP", "reason"] == reason


def test_a_planned_one_alone_is_a_gap_that_says_so() -> None:
    table = town([((0, 0), 10.0, [2.0] * 5, False)], [((100, 0), "BUS_STOP", None, "planned", None)], [], {"BUS_STOP": "complete"}).audit(
        "gb50180").tables["clauses"].set_index("clause")
    assert table.loc["10-BUS_STOP", ["people_gap", "reason"]].tolist() == [10, "planned_only"]


def test_at_an_hour_facilities_must_be_open() -> None:
    study = town([((0, 0), 10.0, [2.0] * 5, False)], [((100, 0), "PHARMACY", None, None, "Mo-Fr 08:00-17:00")], [],
                 dict.fromkeys(("PHARMACY", "RETAIL", "CONVENIENCE", "SUPERMARKET"), "complete"))
    by_day = study.audit("gb50180", evening="18:30").tables["clauses"].set_index("clause").loc["5-RETAIL"]
    assert (by_day["people_covered"], by_day["people_evening"]) == (10, 0)
    at_night = study.audit("gb50180", time="18:30").tables["clauses"].set_index("clause").loc["5-RETAIL"]
    assert (at_night["people_gap"], at_night["reason"]) == (10, "closed_then")


def test_without_steps_the_reason_is_the_steps() -> None:
    study = Study(village(
        surveyed={"BUS_STOP": "complete"}, homes=[({"residents": 10}, shapely.Point(0, 0))],
        facilities=[({"id": "stop", "kind": "BUS_STOP"}, shapely.Point(100, 0))],
        entrances=[({"of": "stop", "step_free": False}, shapely.Point(100, 0))]))
    assert study.audit("gb50180").tables["clauses"].set_index("clause").loc["10-BUS_STOP", "people_covered"] == 10
    row = study.audit("gb50180", step_free=True).tables["clauses"].set_index("clause").loc["10-BUS_STOP"]
    assert (row["people_gap"], row["reason"]) == (10, "not_step_free")


def test_a_gate_on_the_far_side_is_the_reason_no_gate() -> None:
    """The home at (150, 120) could step south to the stop at (150, 0) in 120 m; the only gate is in the north."""
    study = Study(village(
        surveyed={"BUS_STOP": "complete"}, homes=[({"residents": 10, "compound_id": "walled"}, shapely.Point(150, 20))],
        compounds=[({"id": "walled", "walled": True}, shapely.box(105, 5, 195, 395))],
        gates=[({"compound_id": "walled", "kind": "vehicle"}, shapely.Point(150, 395))],
        street_rows=[({"kind": "road"}, shapely.LineString([(0, y), (100, y), (200, y), (400, y)])) for y in (0, 400)] + [
            ({"kind": "road"}, shapely.LineString([(x, 0), (x, 400)])) for x in (0, 100, 200, 400)],
        facilities=[({"kind": "BUS_STOP"}, shapely.Point(150, 0))]))
    row = study.audit("gb50180").tables["clauses"].set_index("clause").loc["10-BUS_STOP"]
    assert (row["people_gap"], row["reason"]) == (10, "no_gate")


def test_the_same_run_gives_the_same_bytes() -> None:
    first, second = (open_study().audit("gb50180,tdt1062").to_json() for _ in range(2))
    assert first == second
    assert open_study().audit("gb50180").run_id != open_study().audit("tdt1062").run_id


def test_every_clause_row_says_whether_it_is_verified() -> None:
    told = json.loads(open_study().audit("all").to_json())
    views = ("clauses", "matrix", "ages", "gaps", "reasons", "supply")
    assert all(isinstance(row["verified"], bool) for name in views for row in told["tables"][name])
    assert any(made["layer"] == "standards/gb50180" and len(made["sha256"]) == 64 for made in told["made_of"])


def test_a_gate_opened_changes_the_audit_and_says_so() -> None:
    answer = open_study().with_gates(opened=["gt-43-2"]).audit("gb50180")
    assert answer.caveats[0].key == "scenario"
    assert_adds_up(answer, 60_000.0)


def test_the_walk_behind_a_cell_is_the_walk_of_the_ledger() -> None:
    """Drawn to a facility that satisfies the clause, not to the nearest of its kind; the middle house's metres stand in the ledger."""
    study = open_study()
    walk = study.clause_walk("gb50180/10-MARKET", "cp-43")
    rows = study.ledger("gb50180").tables["ledger"]
    own = rows[(rows["clause"] == "10-MARKET") & (rows["unit_id"] == "cp-43")].set_index("home_id").loc[walk.tables["walk"]["from"].iloc[0]]
    assert walk.fact("walk_m") == pytest.approx(own["walk_m"])
    assert walk.fact("nearest_id") == own["nearest_id"]


def test_one_clause_counts_the_same_on_its_map() -> None:
    study = open_study()
    row = study.audit("gb50180").tables["clauses"].set_index("clause").loc["5-ELDER_DAY"]
    for people, total in (("all", 18_528.0), ("60+", 18_528.0), ("80+", 3_442.0)):
        answer = study.clause("gb50180/5-ELDER_DAY", people=people)
        assert answer.fact("people_total") == total
        assert sum(answer.features["units"][f"people_{status}"].sum() for status in ("covered", "gap", "unknown")) == total
        assert answer.features["homes"]["people"].sum() == pytest.approx(total)
    assert study.clause("gb50180/5-ELDER_DAY").fact("people_gap") == row["people_gap"]


@pytest.mark.parametrize(("ask", "kind"), [
    (lambda study: study.audit("gb50181"), UnknownStandard),
    (lambda study: study.clause("gb50180/none"), BadMeasure),
    (lambda study: study.clause("gb50180/10-MARKET", people="teens"), BadMeasure),
    (lambda study: study.sheet("nowhere"), BadMeasure),
    (lambda study: study.audit("gb50180", time="25:00"), BadMeasure),
    (lambda study: study.audit("gb50180", evening="late"), BadMeasure),
])
def test_what_there_is_not_is_refused_with_a_sentence(ask: Any, kind: type[Exception]) -> None:
    with pytest.raises(kind, match=" / "):
        ask(open_study())


def test_a_planners_own_pack_is_judged_in_place_of_the_houses(wanli_copy: Path) -> None:
    folder = wanli_copy / "standards"
    folder.mkdir()
    (folder / "mine.toml").write_text(
        'id = "mine"\nzh = "我们的"\nen = "Ours"\nversion = "1"\nsource = "街道"\n\n[[clause]]\nid = "canteen"\ncode = "1"\ntier = ""\nzh = "食堂"\n'
        'en = "canteen"\nkinds = ["CANTEEN"]\nrequired = "must"\nmax_walk_m = 500\nverified = true\nsource = "街道"\n', "utf-8")
    answer = open_study(wanli_copy).audit("mine")
    covered = open_study(wanli_copy).coverage("CANTEEN", "500m").fact("people_covered")
    assert answer.tables["clauses"]["people_covered"].tolist() == [covered]
    assert answer.tables["standards"]["whose"].tolist() == ["workspace"]
