"""Corners of the audit where a number could go wrong in silence: each was wrong once, and has its test."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely

from tests.study.test_ledger import clause, facility
from tests.village import village
from wanli_geo.access.coverage import status_of_most
from wanli_geo.report.audit_files import audit_files
from wanli_geo.standards.clauses import Pack
from wanli_geo.standards.ledger import REASONS
from wanli_geo.study import Study, open_study
from wanli_geo.study.audits import When
from wanli_geo.study.ledger import Audited, ledger_of
from wanli_geo.workspace.store import Workspace, save_workspace

SQUARE = shapely.box(0, 0, 400, 400)


def home(x: float = 0, y: float = 0, residents: float | None = 100, **more: Any) -> tuple[dict[str, Any], shapely.Point]:
    return {"residents": residents, **more}, shapely.Point(x, y)


def judged(workspace: Workspace, *clauses: Any, day: str = "Tu", time: str = "", step_free: bool = False) -> list[tuple[str, str | None, bool]]:
    """The status, the reason and the firmness of the first home by each clause."""
    study = Study(workspace)
    ground = study.ground("wheelchair" if step_free else "adult", day, time or "10:00")
    audited = Audited(ground, study.waits, bool(time), study.ground("adult", day, time or "10:00") if step_free else None)
    ledger = ledger_of(audited, [Pack("p", "p", "p", "1", "t", {}, clauses)])
    told = []
    for entry in ledger.entries:
        verdict = entry.verdicts[0]
        reason = None if verdict.reason[0] < 0 else REASONS[verdict.reason[0]]
        told.append((("covered", "gap", "unknown")[verdict.status[0]], reason, bool(verdict.firm[0])))
    return told


def m2(workspace: Workspace, one: Any) -> tuple[float | None, int]:
    study = Study(workspace)
    ledger = ledger_of(Audited(study.ground(), study.waits), [Pack("p", "p", "p", "1", "t", {}, (one,))])
    supply = ledger.entries[0].supply
    return (None if np.isnan(supply.m2) else supply.m2, supply.m2_unknown)


PARK = clause("park", "PARK", per_1000_min_m2=1.0)


@pytest.mark.parametrize(("boxes", "square_metres"), [
    ([(300, 100, 550, 140)], 4_000.0),  # 250 m long, 100 m of it inside: its middle lies outside the boundary
    ([(100, 100, 200, 200), (100, 100, 200, 200)], 10_000.0),  # drawn twice
    ([(100, 100, 200, 200), (150, 100, 250, 200)], 15_000.0),
    ([(500, 100, 550, 140)], 0.0),
])
def test_green_counts_inside_the_boundary_and_once(boxes: list[tuple[float, ...]], square_metres: float) -> None:
    workspace = village(homes=[home()], boundary=[({}, SQUARE)], surveyed={"PARK": "complete"},
                        green_vein=[({"kind": "park"}, shapely.box(*box)) for box in boxes])
    assert m2(workspace, PARK) == (pytest.approx(square_metres, abs=0.5), 0)


def test_a_buildings_outline_is_the_least_of_its_floors() -> None:
    built = village(homes=[home()], surveyed={"CANTEEN": "complete"},
                    facilities=[({"kind": "CANTEEN", "in_use": True}, shapely.box(100, 0, 120, 10))])
    floors, land = (clause("c", "CANTEEN", per_1000_min_m2=5_000.0, area_is=of, max_area_m2=9.0) for of in ("building", "land"))
    assert judged(built, floors)[0][:2] == ("unknown", "area_unknown")  # 200 m² on the ground, how many floors nobody knows
    assert judged(built, land)[0][:2] == ("gap", "below_index")
    assert judged(built, replace(floors, per_1000_min_m2=1_000.0))[0][0] == "covered"  # 2,000 for a thousand at least


def test_nobody_known_of_makes_no_index_met() -> None:
    workspace = village(homes=[home(), home(100, 0, None)], surveyed={"CANTEEN": "complete"},
                        facilities=[facility("CANTEEN", 0, 0, area_m2=600, in_use=True)])
    assert judged(workspace, clause("c", "CANTEEN", per_1000_min_m2=5_000.0))[0][:2] == ("unknown", "people_unknown")
    assert judged(workspace, clause("c", "CANTEEN", per_1000_min_m2=7_000.0))[0][:2] == ("gap", "below_index")  # more people make it worse


@pytest.mark.parametrize(("row", "reason"), [
    (None, "none_exists"), ({"status": "planned"}, "planned_only"), ({"status": "closed"}, "out_of_use"), ({"in_use": False}, "out_of_use"),
])
def test_why_there_is_none_whatever_the_clause_asks(row: dict[str, Any] | None, reason: str) -> None:
    there = [] if row is None else [facility("CANTEEN", 100, 0, **row)]
    workspace = village(homes=[home()], surveyed={"CANTEEN": "complete"}, facilities=there)
    told = judged(workspace, clause("a", "CANTEEN", max_walk_m=300.0), clause("b", "CANTEEN", presence="committee"),
                  clause("c", "CANTEEN", presence="compound"), clause("d", "CANTEEN", per_1000_min_m2=9.0), clause("e", "CANTEEN", max_walk_min=5.0))
    assert [one[:2] for one in told] == [("gap", reason)] * 5
    assert Study(workspace).coverage("CANTEEN", "300m").tables["units"]["reason"].tolist() == [reason]


SHUT = "Mo-Fr 08:00-17:00"


@pytest.mark.parametrize(("own", "entrance", "told"), [
    ({"open_hours": SHUT, "area_m2": 400}, None, ("gap", "closed_then")),
    ({"open_hours": SHUT}, None, ("gap", "closed_then")),  # whatever its area, it is shut
    ({"open_hours": SHUT, "area_m2": 100}, None, ("gap", "below_area")),  # too small at any hour
    ({"open_hours": "24/7", "area_m2": 400}, SHUT, ("gap", "closed_then")),  # open, but nobody can get in
    ({"area_m2": 400}, None, ("covered", None)),  # no hours on record count as open
])
def test_closed_at_that_hour(own: dict[str, Any], entrance: str | None, told: tuple[str, str | None]) -> None:
    workspace = village(homes=[home(compound_id="c")], surveyed={"CANTEEN": "complete"}, facilities=[facility("CANTEEN", 100, 0, **own)],
                        compounds=[({"id": "c", "walled": False}, shapely.box(-50, -50, 150, 50))],
                        entrances=[({"of": "CANTEEN 100,0", "open_hours": entrance}, shapely.Point(100, 0))] if entrance else [])
    walk, there = clause("a", "CANTEEN", max_walk_m=300.0, min_area_m2=350.0, area_is="building"), clause(
        "b", "CANTEEN", presence="compound", min_area_m2=350.0, area_is="building")
    assert [one[:2] for one in judged(workspace, walk, there, time="20:00")] == [told, told]


def test_an_entrance_shut_at_ten_is_told_so_without_any_hour_asked() -> None:
    workspace = village(homes=[home()], surveyed={"CANTEEN": "complete"}, facilities=[facility("CANTEEN", 100, 0)],
                        entrances=[({"of": "CANTEEN 100,0", "open_hours": "Mo-Su 18:00-20:00"}, shapely.Point(100, 0))])
    assert judged(workspace, clause("a", "CANTEEN", max_walk_m=300.0))[0][:2] == ("gap", "closed_then")
    assert judged(workspace, clause("a", "CANTEEN", max_walk_m=300.0), time="19:00")[0][0] == "covered"


def test_a_gap_that_a_tenth_more_would_make_unknown_is_not_firm() -> None:
    """The canteen is 400 m away, far beyond; but one of unknown area at 310 m, or the edge of the data at 310 m, is near the 300 m."""
    far = facility("CANTEEN", 400, 0, area_m2=400)
    walk = clause("a", "CANTEEN", max_walk_m=300.0, min_area_m2=350.0, area_is="building")
    assert judged(village(homes=[home()], surveyed={"CANTEEN": "complete"}, facilities=[far]), walk)[0] == ("gap", "too_far", True)
    blind = village(homes=[home()], surveyed={"CANTEEN": "complete"}, facilities=[far, facility("CANTEEN", 310, 0)])
    assert judged(blind, walk)[0] == ("gap", "too_far", False)
    edge = village(margin_m=-90, homes=[home(90, 100)], surveyed={"CANTEEN": "complete"}, facilities=[facility("CANTEEN", 400, 100, area_m2=400)])
    assert judged(edge, walk)[0][0] == "unknown"  # the data ends at the door


def test_ids_of_two_layers_are_two_things() -> None:
    """A canteen and a park of one id: the entrance is of both, and a far park never takes the canteen's door away."""
    near = {"homes": [home()], "surveyed": {"CANTEEN": "complete", "PARK": "complete"},
            "facilities": [({"id": "1", "kind": "CANTEEN"}, shapely.Point(400, 400))], "entrances": [({"of": "1"}, shapely.Point(100, 0))],
            "green_vein": [({"id": "1", "kind": "park"}, shapely.box(320, 320, 380, 380))]}
    workspace = village(**near)
    assert judged(workspace, clause("a", "CANTEEN", max_walk_m=300.0))[0][0] == "covered"
    assert Study(workspace).coverage("CANTEEN", "300m").fact("people_covered") == 100


def test_a_house_and_a_compound_of_one_id_are_drawn_apart() -> None:
    workspace = village(
        surveyed={"BUS_STOP": "complete"}, homes=[({"id": "1", "residents": 7}, shapely.Point(300, 300))],
        compounds=[({"id": "1", "walled": False, "residents": 100}, shapely.box(20, 20, 80, 80))])
    answer = Study(workspace).audit("gb50180")
    drawn = answer.features["compounds"].set_index("layer")
    assert drawn.geometry["compounds"].geom_type == "Polygon"
    assert drawn.geometry["homes"].geom_type == "Point"
    written = audit_files(answer, workspace)["compounds.geojson"].decode()
    assert '"gap gb50180/10-BUS_STOP":100' in written
    assert '"gap gb50180/10-BUS_STOP":7' in written


def test_two_committees_of_one_name_keep_their_columns() -> None:
    workspace = village(
        surveyed={"BUS_STOP": "complete"}, homes=[home(0, 0, 10), home(300, 0, 20)],
        committees=[({"id": "a", "name": "同名"}, shapely.box(-50, -50, 150, 450)), ({"id": "b", "name": "同名"}, shapely.box(150, -50, 450, 450))])
    page = audit_files(Study(workspace).audit("gb50180"), workspace)["index.html"].decode()
    assert page.count('<th scope="col" class="turned"><span>同名</span></th>') == 2


def test_what_has_no_name_is_called_by_its_id() -> None:
    workspace = village(surveyed={"BUS_STOP": "complete"}, homes=[home(id="h-7")])
    page = audit_files(Study(workspace).audit("gb50180"), workspace)["index.html"].decode()
    assert ">h-7 <small>" in page
    assert "nan" not in page.lower().replace("nanjing", "")


def test_a_standard_named_twice_is_judged_once() -> None:
    study = open_study()
    assert study.audit("gb50180,GB50180").to_json() == study.audit("gb50180").to_json()


def test_a_run_is_named_by_all_that_decides_it(tmp_path: Path) -> None:
    people, stop = [home()], [facility("BUS_STOP", 100, 0)]
    one = Study(village(homes=people, facilities=stop, surveyed={"BUS_STOP": "complete"}))
    runs = {
        "as it is": one.audit().run_id,
        "less surveyed": Study(village(homes=people, facilities=stop, surveyed={})).audit().run_id,
        "less wide": Study(village(homes=people, facilities=stop, surveyed={"BUS_STOP": "complete"}, margin_m=500)).audit().run_id,
        "another hour": one.audit(time="10:00").run_id,
        "another evening": one.audit(evening="20:00").run_id,
        "no steps": one.audit(step_free=True).run_id,
        "another standard": one.audit("tdt1062").run_id,
        "clause": one.clause("gb50180/10-BUS_STOP").run_id,
        "clause of the old": one.clause("gb50180/10-BUS_STOP", people="80+").run_id,
    }
    walks = {
        "walk": one.clause_walk("gb50180/10-BUS_STOP", "homes-0").run_id,
        "walk at an hour": one.clause_walk("gb50180/10-BUS_STOP", "homes-0", time="10:00").run_id,
        "walk without steps": one.clause_walk("gb50180/10-BUS_STOP", "homes-0", step_free=True).run_id,
    }
    assert len(set(runs.values()) | set(walks.values())) == len(runs) + len(walks)


def test_a_pack_edited_is_judged_anew(tmp_path: Path) -> None:
    from webapp import Settings, create_app

    save_workspace(village(homes=[home()], facilities=[facility("BUS_STOP", 200, 0)], surveyed={"BUS_STOP": "complete"}), tmp_path)
    pack = tmp_path / "standards" / "mine.toml"
    pack.parent.mkdir()
    text = ('id = "mine"\nzh = "我"\nversion = "1"\nsource = "t"\n[[clause]]\nid = "c"\ncode = "1"\nzh = "站"\nkinds = ["BUS_STOP"]\n'
            'required = "must"\nmax_walk_m = {}\n')
    pack.write_text(text.format(500), "utf-8")
    client = create_app(Settings(workspace=tmp_path)).test_client()
    first = client.get("/api/audit?standard=mine").get_json()["answer"]["tables"]["clauses"][0]
    pack.write_text(text.format(50), "utf-8")
    second = client.get("/api/audit?standard=mine").get_json()["answer"]["tables"]["clauses"][0]
    assert (first["measure"], first["people_covered"]) == ("500m", 100)
    assert (second["measure"], second["people_gap"]) == ("50m", 100)


def test_as_many_covered_as_not_is_not_called_covered() -> None:
    people = np.array([[50.0, 50.0, 0.0], [50.0, 0.0, 50.0], [0.0, 30.0, 30.0], [60.0, 20.0, 20.0], [0.0, 0.0, 0.0]])
    assert status_of_most(people).tolist() == ["gap", "unknown", "gap", "covered", "empty"]


def test_the_second_of_a_clause_in_minutes_is_told_in_minutes() -> None:
    workspace = village(homes=[home(id="h", residents_19_59=100)], surveyed={"CONVENIENCE": "complete"},
                        facilities=[facility("CONVENIENCE", 100, 0), facility("CONVENIENCE", 300, 0)])
    row = Study(workspace).sheet("h", "mofcom").tables["clauses"].set_index("clause").loc["5-CONVENIENCE"]
    assert np.isnan(row["second_m"])
    assert row["second_id"] == "CONVENIENCE 300,0"
    assert row["second_min"] == pytest.approx(300 / 1.2 / 60)


def test_packs_of_the_case_are_those_asked_for() -> None:
    case = open_study().audits.case("tdt1062,gb50180", When())
    assert [pack.id for pack in case.packs] == ["tdt1062", "gb50180"]
