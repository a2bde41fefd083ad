"""The plan beside the layers: read strictly, refused with file, line and reason, its items counted where they are drawn."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from shapely.geometry import LineString, Point

from tests.village import canteen, village
from wanli_geo.errors import BadPlan
from wanli_geo.workspace.check import check_workspace
from wanli_geo.workspace.demo import demo_copy
from wanli_geo.workspace.plan import ACCOUNT, PLAN, accounted, parse_plan, plan_of
from wanli_geo.workspace.store import bundled, open_workspace, save_workspace

HEAD = '[plan]\nzh = "计划"\nen = "Plan"\nsource = "街道"\ndate = "2021"\naccuracy = "official"\nlicence = "—"\n'


def item(name: str, **more: object) -> str:
    rows = {"id": name, "zh": "条目", "en": "Item", "public": "yes", **({"layers": ["facilities"]} if "never" not in more else {}), **more}
    return "\n[[items]]\n" + "".join(f"{key} = {toml(value)}\n" for key, value in rows.items() if value is not None)


def toml(value: object) -> str:
    """A value as TOML, which writes texts, lists, numbers and flags as JSON does."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {toml(one)}" for key, one in value.items()) + " }"
    return json.dumps(value, ensure_ascii=False)


def told(text: str | bytes) -> list[str]:
    plan, findings = parse_plan(text if isinstance(text, bytes) else text.encode())
    assert (plan is None) == bool(findings)
    assert {one.code for one in findings} <= {"plan_bad"}
    return [one.zh for one in findings]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three canteens, one of which names the item X1 and is planned; two projects of X3; one street more than the village has."""
    projects = [({"project": "甲", "stage": "立项", "plan_item": "X3", "status": "works"}, Point(0, 0)),
                ({"project": "乙", "stage": "立项", "plan_item": "X3"}, LineString([(0, 0), (9, 9)])),
                ({"project": "丙", "stage": "完成", "status": "existing"}, Point(5, 5))]
    save_workspace(village(facilities=[canteen(0, 0, plan_item="X1", status="planned"), canteen(9, 0, status="existing", functions=["elder"]),
                                       canteen(0, 9, status="closed")], plan_projects=projects), tmp_path)
    return tmp_path


def counts(folder: Path, *items: str) -> list[tuple[object, ...]]:
    (folder / PLAN).write_text(HEAD + "".join(items), "utf-8")
    account = accounted(open_workspace(folder))
    return [tuple(row) for row in account[["status", "features", "existing", "planned", "works", "closed", "unstated"]].itertuples(index=False)]


def test_features_that_name_the_item_count_and_those_of_its_kind_where_none_does(folder: Path) -> None:
    assert counts(folder, item("X1", kinds=["CANTEEN"]), item("X2", kinds=["CANTEEN"]), item("X9")) == [
        ("mapped", 1, 0, 1, 0, 0, 0), ("mapped", 3, 1, 1, 0, 1, 0), ("empty", 0, 0, 0, 0, 0, 0)]


def test_projects_count_by_the_item_they_name_and_as_a_whole_only_where_the_plan_says_so(folder: Path) -> None:
    assert counts(folder, item("X3", layers=["plan_projects"]), item("X4", layers=["plan_projects"]),
                  item("X5", layers=["plan_projects"], whole=True)) == [
        ("mapped", 2, 0, 0, 1, 0, 1), ("empty", 0, 0, 0, 0, 0, 0), ("mapped", 3, 1, 0, 1, 0, 1)]


def test_other_layers_count_as_a_whole_or_by_what_a_column_holds(folder: Path) -> None:
    assert [row[:2] for row in counts(
        folder, item("X1", layers=["streets"]), item("X2", layers=["streets"], where={"kind": ["road", "lane"]}),
        item("X3", layers=["streets"], where={"kind": ["steps"]}), item("X4", column="functions"), item("X5", column="brand"),
        item("X6", layers=["signs"]), item("X7", layers=["life_circles"]))] == [
        ("mapped", 10), ("mapped", 10), ("empty", 0), ("mapped", 1), ("empty", 0), ("empty", 0), ("computed", 0)]


def test_what_is_never_mapped_counts_the_features_that_name_it_all_the_same(folder: Path) -> None:
    assert [row[:2] for row in counts(folder, item("X1", never="不公开"), item("X2", never="不公开"))] == [("never", 1), ("never", 0)]


def test_a_workspace_without_a_plan_has_no_items(folder: Path) -> None:
    workspace = open_workspace(folder)
    assert plan_of(workspace) is None
    assert list(accounted(workspace).columns) == list(ACCOUNT)
    assert accounted(village()).empty


def test_three_items_of_wanli_counted_by_hand() -> None:
    account = accounted(open_workspace()).set_index("id")
    wanted = ["layer", "status", "features", "existing", "planned", "works"]
    assert account.loc["C01", wanted].tolist() == ["facilities", "mapped", 4, 4, 0, 0]  # four kiosks
    assert account.loc["D03", wanted].tolist() == ["facilities", "mapped", 4, 3, 1, 0]  # a hub and three points, one of them planned
    assert account.loc["B07", wanted].tolist() == ["walkway_stops", "mapped", 8, 0, 8, 0]  # eight stops, none built


def test_a_file_saved_by_a_text_editor_of_windows_is_read() -> None:
    text = "\ufeff" + (HEAD + item("X1")).replace("\n", "\r\n")
    assert told(text) == []


@pytest.mark.parametrize(("text", "sentences"), [
    (HEAD + "x = \n", ["第 8 行（plan_items.toml）：不是合法的 TOML（Invalid value）。"]),
    ("\n\n计划".encode("gbk"), ["第 3 行（plan_items.toml）：不是 UTF-8 文字，请另存为 UTF-8。"]),
    ("", ["第 1 行（plan）：缺少 plan。"]),
    (HEAD.replace('date = "2021"', "date = 2021"), ["第 1 行（plan）：date 要写文字，加引号。"]),
    (HEAD + "colour = 3\n", ["第 1 行（plan）：没有 colour 这一项。"]),
    (HEAD + item("X1") + item("X2", public="maybe"), ["第 16 行（X2）：public 只能写 'yes', 'no', 'area-only'。"]),
    (HEAD + item("X1", zh=None), ["第 9 行（X1）：缺少 zh。"]),
    (HEAD + item("X1") + item("X1"), ["第 16 行（X1）：编号写了两次。"]),
    (HEAD + item("X1", layers=["roads"]), ["第 9 行（X1）：没有图层 roads。"]),
    (HEAD + item("X1", kinds=["KIOSKS"]), ["第 9 行（X1）：没有设施类别 KIOSKS。"]),
    (HEAD + item("X1", layers=[]), ["第 9 行（X1）：layers 和 never 要写一样，且只写一样。"]),
    (HEAD + '\n[[targets]]\nid = "K1"\nzh = "x"\nen = "x"\nunit = "m"\nbasis = "explicit"\nmeasure = "x"\nmeasure_en = "x"\ntarget = "2500"\n',
     ["第 9 行（K1）：target 要写数，不加引号。"]),
    (HEAD + '\n[[targets]]\nid = "K1"\nzh = "x"\nen = "x"\nunit = "m"\nbasis = "explicit"\nmeasure = "x"\nmeasure_en = "x"\nitems = ["X1"]\n',
     ["第 9 行（K1）：没有条目 X1。"]),
    (HEAD + '\n[[targets]]\nid = "K1"\nzh = "x"\nen = "x"\nunit = "m"\nbasis = "explicit"\nmeasure = "x"\nmeasure_en = "x"\ntarget = nan\n',
     ["第 9 行（K1）：target 的值不对。"]),
    ("x = " + "[" * 100_000, None),
])
def test_what_is_wrong_is_told_with_its_line_and_all_at_once(text: str | bytes, sentences: list[str] | None) -> None:
    assert told(text) == sentences if sentences is not None else told(text)


def test_a_bad_plan_is_refused_in_one_sentence_and_told_by_the_check(folder: Path) -> None:
    (folder / PLAN).write_text(HEAD + item("X1", layers=["roads"]), "utf-8")
    with pytest.raises(BadPlan, match=r"plan_items\.toml”读不懂：第 9 行（X1）：没有图层 roads。.*Line 9 \(X1\): there is no layer roads\."):
        plan_of(open_workspace(folder))
    assert [(one.severity, one.code, one.layer) for one in check_workspace(folder)] == [("error", "plan_bad", PLAN)]
    (folder / PLAN).unlink()
    (folder / PLAN).mkdir()
    assert [one.code for one in check_workspace(folder)] == ["unreadable"]


def test_the_check_knows_a_plan_for_what_it_is() -> None:
    assert [one for one in check_workspace(bundled()) if one.layer == PLAN] == []


def test_the_demo_copies_the_plan_and_sees_a_change_of_it(tmp_path: Path) -> None:
    folder = demo_copy(tmp_path)
    assert (folder / PLAN).read_bytes() == (bundled() / PLAN).read_bytes()
    (folder / PLAN).write_text(HEAD, "utf-8")
    assert plan_of(open_workspace(demo_copy(tmp_path))).items == ()
