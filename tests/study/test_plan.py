"""The work plan as an answer: 66 items accounted for, 23 targets, and questions that the product really has."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.village import canteen, village
from wanli_geo.cli import cli, run
from wanli_geo.cli.route.group import route
from wanli_geo.errors import NothingToAnswer
from wanli_geo.study import Study, open_study
from wanli_geo.workspace.kinds import KINDS
from wanli_geo.workspace.plan import PLAN
from wanli_geo.workspace.specs import SPECS, THEMES
from wanli_geo.workspace.store import open_workspace, save_workspace

Capture = pytest.CaptureFixture[str]


def test_every_item_stands_in_one_group_and_the_numbers_are_the_plan_s_own(wanli: Path) -> None:
    answer = open_study(wanli).plan()
    groups = [answer.fact(f"items_{group}") for group in ("mapped", "computed", "empty", "never")]
    assert (answer.fact("items_total"), groups) == (66, [51, 3, 2, 10])
    assert (answer.fact("targets_total"), answer.fact("targets_explicit"), answer.fact("targets_not_given")) == (23, 13, 10)
    targets = answer.tables["targets"].set_index("id")
    assert targets.loc["K01", "target"] == 2500
    assert targets.loc[["K03", "K06", "K15", "K21"], "target"].isna().all()


def test_the_answer_names_the_plan_and_the_layers_it_was_made_of(wanli: Path) -> None:
    made = {one.layer: one for one in open_study(wanli).plan().made_of}
    assert made["plan_items"].accuracy == "official"
    assert {"facilities", "plan_projects", "life_circles", "committees"} <= set(made)
    assert all(re.fullmatch("[0-9a-f]{64}", one.sha256) for one in made.values())


def test_another_plan_is_another_run(wanli_copy: Path) -> None:
    before = open_study(wanli_copy).plan().run_id
    assert open_study(wanli_copy).plan().run_id == before
    (wanli_copy / PLAN).write_text((wanli_copy / PLAN).read_text("utf-8") + "\n", "utf-8")
    assert open_study(wanli_copy).plan().run_id != before


def test_every_item_says_by_which_question_it_is_answered_and_the_question_exists(wanli: Path) -> None:
    """A verb alone or with a kind, a theme of the map, or `later`; what is never mapped may be answered by nothing."""
    for row in open_study(wanli).plan().tables["items"].to_dict("records"):
        assert row["answered_by"] or row["status"] == "never", row["id"]
        for question in filter(None, row["answered_by"].split(", ")):
            verb, _, of = question.partition(" ")
            if verb == "theme":
                assert of in THEMES
            elif verb == "route":
                of, _, layer = of.partition(" ")
                assert of in route.commands, question
                assert not layer or layer in SPECS, question
            elif verb != "later":
                assert verb in cli.commands, question
                assert not of or of in KINDS, question
        assert bool(row["question"]) == bool(row["question_en"])
        assert row["question"] or row["status"] == "never", row["id"]


def test_a_feature_that_names_what_is_never_mapped_is_spoken_of_first(wanli_copy: Path) -> None:
    layer = wanli_copy / "facilities.geojson"
    layer.write_text(layer.read_text("utf-8").replace('"plan_item":"B20"', '"plan_item":"E04"'), "utf-8")
    answer = open_study(wanli_copy).plan()
    assert (answer.caveats[0].key, "E04" in answer.caveats[0].zh) == ("never_drawn", True)
    assert answer.tables["items"].set_index("id").loc["B20", ["status", "features"]].tolist() == ["mapped", 1]  # by its kind, now that none names it


def test_without_a_plan_the_way_out_is_named(tmp_path: Path) -> None:
    with pytest.raises(NothingToAnswer, match=r"layers/plan_items\.toml.*write one"):
        Study(village()).plan()
    save_workspace(village(facilities=[canteen(0, 0)]), tmp_path)
    assert run(["plan", str(tmp_path)]) == 1


def test_a_person_reads_the_items_by_group_and_then_the_targets(capsys: Capture) -> None:
    assert run(["plan"]) == 0
    said = capsys.readouterr()
    groups = {block.splitlines()[0]: block.splitlines()[1:] for block in said.out.strip().split("\n\n")[1:]}
    assert list(groups) == ["已上图 / On the map (51)", "由软件算出 / Computed (3)", "图层里还没有 / Nothing in the layer yet (2)",
                            "永不上图 / Never mapped (10)", "指标 / Targets (23)"]
    assert all(len(lines) == int(title.rpartition("(")[2][:-1]) for title, lines in groups.items())
    assert "D03\t社区综合服务点 / Community service points\tfacilities\t4 (现状 existing 3, 规划 planned 1)\t→ coverage HUB_N, later" in said.out
    assert "K01\t夜跑环道长度 / Length of the night-run loop\t2,500 米 m\t2021\t明写 explicit\tB12" in said.out
    assert "K03\t党建楼组 / Party-building blocks\t近百栋 / nearly a hundred\t" in said.out
    assert "run " in said.err


def test_json_is_the_whole_answer(capsys: Capture) -> None:
    assert run(["plan", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["question"] == "plan"
    assert [len(answer["tables"][name]) for name in ("items", "targets")] == [66, 23]
    assert {row["id"]: row["target"] for row in answer["tables"]["targets"]}["K15"] is None


def test_the_plan_is_asked_as_things_are_whatever_gates_are_as_if_open(wanli: Path) -> None:
    study = Study(open_workspace(wanli))
    assert study.with_gates(opened=["gt-43-2"]).plan().facts == study.plan().facts
