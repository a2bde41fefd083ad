"""Packs of clauses: those of the house hold, a planner's own win in their workspace, and a bad one is refused with line and reason."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.readme import README
from tests.village import village
from wanli_geo.errors import BadPack, NoWorkspace, ReadOnly, Refused, UnknownStandard, WrongUsage
from wanli_geo.standards import packs
from wanli_geo.standards.clauses import AGES
from wanli_geo.standards.copying import copy_pack
from wanli_geo.standards.fields import CLAUSE, PACK, REFERENCE
from wanli_geo.standards.packs import bundled_packs, pack_called, packs_of, read_pack, shelf_of
from wanli_geo.standards.parsing import LARGEST, parse_pack
from wanli_geo.workspace.faults import CONTROL
from wanli_geo.workspace.kinds import KINDS
from wanli_geo.workspace.store import bundled, save_workspace

HOUSE = Path(packs.__file__).parent
# A whole pack, line by line: what a test spoils, it spoils in a line known by heart.
GOOD = """\
id = "mine"
zh = "本街道的要求"
version = "2026"
source = "街道办"

[tiers]
5 = 300

[[clause]]
id = "5-CANTEEN"
code = "一"
tier = "5"
zh = "社区食堂"
kinds = ["CANTEEN"]
required = "must"
min_area_m2 = 100
max_area_m2 = 200
area_is = "building"

[[clause]]
id = "x-TOILET"
code = "二"
zh = "公共厕所"
kinds = [
  "TOILET",  # 多行的列表 · a list of several lines
]
required = "should"
max_walk_m = 400
serves = ["80+", "60-79"]
note = \"\"\"两行
[[clause]]
的备注\"\"\"
verified = true

[[reference]]
code = "三"
zh = "人行道宽度"
text = "3 米以上"
"""


def faults(text: str | bytes) -> list[str]:
    content = text.encode() if isinstance(text, str) else text
    return [str(fault) for fault in parse_pack(content, "mine.toml")[1]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    save_workspace(village(), tmp_path / "village")
    return tmp_path / "village"


def own(folder: Path, name: str, content: str | bytes) -> Path:
    (folder / "standards").mkdir(exist_ok=True)
    file = folder / "standards" / name
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return file


# --- the packs of the house


def test_every_pack_of_the_house_can_be_read_and_judged() -> None:
    house = bundled_packs()
    assert list(house) == sorted(house)
    assert {"gb50180", "tdt1062", "shanghai2016", "shanghai2024", "complete", "mofcom", "elder15", "parks", "children", "gbt51346"} <= set(house)
    for pack in house.values():
        assert len({clause.id for clause in pack.clauses}) == len(pack.clauses) > 0
        assert (HOUSE / f"{pack.id}.toml").is_file()
        for clause in pack.clauses:
            assert set(clause.kinds) <= set(KINDS)
            assert set(clause.serves) <= set(AGES)
            assert pack.measure(clause).mode != "index" or clause.per_1000_min_m2


@pytest.mark.parametrize("id", sorted(bundled_packs()))
def test_a_pack_of_the_house_tells_a_planner_what_it_is_and_how_to_copy_it(id: str) -> None:
    text = (HOUSE / f"{id}.toml").read_text("utf-8")
    head = text.partition("\nid = ")[0]
    assert text.startswith("# ")
    assert f"wanli-geo standards new my-{id} --from {id} --into" in head
    assert "未核实" in head
    assert text.count("verified = ") == text.count("[[") + head.count("verified = ")


def test_how_the_clauses_of_gb_50180_are_judged() -> None:
    pack = pack_called("GB50180")
    judged = {clause.id: pack.measure(clause) for clause in pack.clauses}
    assert (judged["15-EDU_JUNIOR"].text, judged["15-EDU_JUNIOR"].basis) == ("1000m", "clause")  # metres win over minutes
    assert (judged["5-CANTEEN"].text, judged["5-CANTEEN"].basis) == ("300m", "tier")
    assert (judged["10-BANK"].text, judged["15-ELDER_HOME"].text) == ("500m", "1000m")
    assert {judged[clause.id].mode for clause in pack.clauses if clause.tier == "0"} == {"presence", "metres"}
    assert pack_called("mofcom").measure(pack_called("mofcom").clauses[0]).mode == "minutes"


def test_whom_the_clauses_serve() -> None:
    serves = {clause.id: clause.serves for clause in pack_called("gb50180").clauses}
    assert serves["5-KINDERGARTEN"] == ("0-6",)
    assert serves["10-EDU_PRIMARY"] == serves["15-EDU_JUNIOR"] == ("7-18",)
    assert serves["5-ELDER_DAY"] == ("60-79", "80+")
    assert serves["0-PLAY_BLOCK"] == ("0-6", "7-18", "60-79", "80+")
    assert serves["10-MARKET"] == AGES


# --- reading


def test_a_pack_is_read_in_the_order_of_its_file_with_what_a_planner_may_leave_out() -> None:
    pack, wrong = parse_pack(GOOD.encode(), "mine.toml")
    assert wrong == []
    assert pack is not None
    assert [clause.id for clause in pack.clauses] == ["5-CANTEEN", "x-TOILET"]
    canteen, toilet = pack.clauses
    assert (canteen.en, canteen.source, canteen.verified, canteen.serves) == ("社区食堂", "街道办", False, AGES)
    assert (toilet.tier, toilet.verified, toilet.serves, toilet.note) == ("", True, ("60-79", "80+"), "两行\n[[clause]]\n的备注")
    assert (pack.references[0].text, pack.origin, len(pack.sha256)) == ("3 米以上", "workspace", 64)


def test_a_kind_may_be_written_by_its_chinese_name_and_a_file_by_notepad() -> None:
    pack, wrong = parse_pack(b"\xef\xbb\xbf" + GOOD.replace('"CANTEEN"', '"社区食堂", "park", "green"').replace("\n", "\r\n").encode(), "mine.toml")
    assert wrong == []
    assert pack is not None
    assert pack.clauses[0].kinds == ("CANTEEN", "PARK", "GREEN")


@pytest.mark.parametrize(("old", "new", "line", "zh", "en"), [
    ('id = "mine"', 'id = “mine”', 1, "英文引号", "straight quotes"),
    ('zh = "社区食堂"', 'zh = "社区食堂', 13, "引号没有配对", "straight quotes"),
    ("5 = 300", "5 = 300米", 7, "一行", "One item a line"),
    ('code = "一"', 'code = "一"\ncode = "二"', 12, "写了两次", "Keep one"),
    ('code = "一"', 'code "一"', 11, "等号", "equals sign"),
    ('required = "must"', 'requird = "must"', 15, "相近的有：required", "Near it: required"),
    ('required = "must"', 'requird = "must"', 9, "缺少“required”", "missing from the clause “5-CANTEEN”"),
    ('version = "2026"', 'versions = "2026"', 3, "相近的有：version", "Near it: version"),
    ('source = "街道办"\n', "", 1, "缺少“source”（来源）", "“source” is missing"),
    ('kinds = [\n  "TOILET",  # 多行的列表 · a list of several lines\n]\n', "", 20, "缺少“kinds”", "“kinds” is missing"),
    ('"CANTEEN"', '"CANTEN"', 14, "CANTEEN(社区食堂)", "no facility kind “CANTEN”"),
    ('"CANTEEN"', '"社区饭堂"', 14, "CANTEEN(社区食堂)", "CANTEEN"),
    ('  "TOILET",', '  "TOILETS",', 24, "TOILET(公共厕所)", "TOILET"),
    ('["CANTEEN"]', '"CANTEEN"', 14, "列表", "a list"),
    ('["CANTEEN"]', "[]", 14, "至少一个", "at least one"),
    ('["CANTEEN"]', '["CANTEEN", "canteen"]', 14, "两次", "twice"),
    ('["80+", "60-79"]', '["80+", "60+"]', 29, "没有“60+”这个年龄段", "no age group"),
    ("max_walk_m = 400", "max_walk_m = -400", 28, "大于零", "above zero"),
    ("max_walk_m = 400", "max_walk_m = 0", 28, "大于零", "above zero"),
    ("max_walk_m = 400", "max_walk_m = 20001", 28, "大于 20,000", "above 20,000"),
    ("max_walk_m = 400", "max_walk_m = 0x" + "F" * 1900, 28, "大于 20,000", "above 20,000"),
    ("max_walk_m = 400", "max_walk_m = " + "9" * 1900, 28, "大于 20,000", "above 20,000"),
    ("max_walk_m = 400", "max_walk_min = 121", 28, "大于 120", "above 120"),
    ("max_walk_m = 400", "max_walk_m = nan", 28, "NaN", "NaN"),
    ("max_walk_m = 400", "max_walk_m = inf", 28, "无穷大", "infinite"),
    ("max_walk_m = 400", "max_walk_m = true", 28, "要写数，这里是 true", "takes a number; here is true"),
    ("max_walk_m = 400", 'max_walk_m = "400"', 28, "不加引号", "without quotes"),
    ("max_walk_m = 400", "max_walk_m = 2026-01-01", 28, "要写数", "takes a number"),
    ("max_walk_m = 400", 'presence = "village"', 28, "compound", "Choose"),
    ("max_walk_m = 400", 'max_walk_m = 400\npresence = "compound"', 29, "既写了步行", "both a walk and"),
    ("max_walk_m = 400\n", "", 20, "没法判", "cannot be judged"),
    ("verified = true", 'verified = "yes"', 33, "true 或 false", "true or false"),
    ('required = "should"', 'required = "may"', 27, '"must"、"should"', '"must", "should"'),
    ('tier = "5"', "tier = 5", 12, "引号", "quotes"),
    ('tier = "5"', 'tier = "five"', 12, "层级不能是“five”", "no tier"),
    ("5 = 300", "5 = 0", 7, "大于零", "above zero"),
    ("5 = 300", "5 = 30000", 7, "大于 20,000", "above 20,000"),
    ("5 = 300", "five = 300", 7, "层级不能是“five”", "no tier"),
    ("min_area_m2 = 100", "min_area_m2 = 201", 16, "大于“max_area_m2”", "above “max_area_m2”"),
    ('area_is = "building"\n', "", 16, "建筑面积还是用地", "not of what"),
    ('id = "x-TOILET"', 'id = "5-CANTEEN"', 21, "已在第 10 行用过", "taken in line 10"),
    ('id = "x-TOILET"', 'id = "厕所"', 21, "条文编号不能是", "cannot be the id of a clause"),
    ('id = "mine"', 'id = "../mine"', 1, "不能是“../mine”", "cannot be “../mine”"),
    ('id = "mine"', 'id = "本街道"', 1, "小写英文字母", "lower-case ASCII"),
    ('id = "mine"', 'id = "con"', 1, "con、nul", "con, nul"),
    ('zh = "社区食堂"', 'zh = "社区\\u001b[31m食堂"', 13, "控制字符", "control characters"),
    ('zh = "社区食堂"', 'zh = "社区\u202e食堂"', 13, "控制字符", "control characters"),
    ('zh = "社区食堂"', 'zh = "社区\\n食堂"', 13, "换行", "line ends"),
    ('zh = "社区食堂"', 'zh = " "', 13, "是空的", "is empty"),
    ('zh = "社区食堂"', "zh = 7", 13, "要写文字，这里是 7", "takes a text; here is 7"),
    ('text = "3 米以上"', 'words = "3 米以上"', 38, "没有“words”", "no key “words”"),
    ('text = "3 米以上"', "text = 3", 38, "要写文字", "takes a text"),
    ("[[reference]]", "[reference]", 35, "[[reference]]", "double square brackets"),
    ("[tiers]\n5 = 300", "tiers = 300", 6, "[tiers]", "[tiers]"),
    ('area_is = "building"', 'area_is = "building"\n[clause.more]\na = 1', 19, "没有“more”", "no key “more”"),
])
def test_a_bad_pack_is_refused_with_its_line_and_the_reason(old: str, new: str, line: int, zh: str, en: str) -> None:
    assert old in GOOD
    told = faults(GOOD.replace(old, new, 1))
    assert any(f"第 {line} 行：" in one and zh in one and f"Line {line}: " in one and en in one for one in told), told
    assert not any(CONTROL.search(one) for one in told)


@pytest.mark.parametrize(("content", "zh", "en"), [
    (b"", "空的", "empty"),
    (b"\xef\xbb\xbf \n", "空的", "empty"),
    (GOOD.encode("gb18030"), "另存为”时编码选 UTF-8", "GB18030"),
    (GOOD.encode("utf-16"), "UTF-16", "UTF-16"),
    (b'id = "\xff\xfe"', "第 7 字节", "Byte 7"),
    (GOOD.partition("[[clause]]")[0].encode(), "一条条文也没有", "no clause at all"),
    (b"clause = []\n" + GOOD.partition("[tiers]")[0].encode(), "一条条文也没有", "no clause at all"),
    (b"clause = 5\n" + GOOD.partition("[tiers]")[0].encode(), "[[clause]]", "double square brackets"),
    (GOOD.replace("[[clause]]", "[clause]", 1).partition("[[clause]]")[0].encode(), "[[clause]]", "double square brackets"),
    (GOOD.encode() + b"#" * LARGEST, "超过 1 MB", "more than 1 MB"),
    (GOOD.encode() + b"#" * 5000, "太长", "too long"),
    (b"a = " + b"[\n" * 5000, "", "no TOML"),
    (b"a" + b".a" * 900 + b" = 1", "没有“a”", "no key “a”"),
])
def test_a_file_that_is_no_pack_at_all_is_refused(content: bytes, zh: str, en: str) -> None:
    told = faults(content)
    assert any(zh in one and en in one for one in told), told


def test_all_the_faults_are_told_at_once_by_line() -> None:
    spoilt = GOOD.replace("max_walk_m = 400", "max_walk_m = -1").replace('"CANTEEN"', '"X"').replace("5 = 300", "5 = nan")
    lines = [int(match[1]) for one in faults(spoilt) if (match := re.search(r"Line (\d+)", one))]
    assert lines == [7, 14, 28]


def test_the_order_of_the_keys_and_the_way_of_writing_them_change_nothing() -> None:
    plain = parse_pack(GOOD.encode(), "x")[0]
    other = GOOD.replace('id = "mine"\nzh = "本街道的要求"', "'zh' = '本街道的要求'\n\"id\" = '''mine'''")
    other = other.replace("[tiers]\n5 = 300", "tiers.5 = 3e2")
    again = parse_pack(other.encode(), "x")[0]
    assert plain is not None
    assert again is not None
    assert (again.id, again.zh, again.tiers, again.clauses) == (plain.id, plain.zh, plain.tiers, plain.clauses)


_words = st.text(st.sampled_from("ab[]{}#='\"\\ \n，中"), max_size=12)


@given(st.lists(_words, min_size=1, max_size=6), st.integers(0, 5))
def test_whatever_texts_stand_before_a_fault_its_line_is_found(texts: list[str], place: int) -> None:
    """A note in every way of writing one, each in a clause of its own; one clause has a key too many."""
    place %= len(texts)
    text, line = GOOD.partition("[[clause]]")[0], 0
    for number, words in enumerate(texts):
        basic = words.replace("\\", "\\\\").replace('"', '\\"')
        note = (f'"{basic}"'.replace("\n", "\\n"), f'"""{basic}"""', "'''" + words.replace("'", "") + "'''")[number % 3]
        text += f'[[clause]] # [[ " \nid = "c{number}" # = \'\nnote = {note}\n'
        text += 'code = "1"\nzh = "x"\nkinds = ["PARK", # ]\n]\nrequired = "must"\nmax_walk_m = 1\n'
        if number == place:
            line = text.count("\n") + 1
            text += "wrong = { a = '}', b = [ 1, 2 ] } # }\n"
    told = faults(text)
    assert len(told) == 1, told
    assert f"Line {line}: There is no key “wrong”" in told[0]


@given(st.data())
def test_whatever_bytes_a_stranger_sends_nothing_is_raised(data: st.DataObject) -> None:
    content = bytearray(GOOD.encode())
    odd = st.one_of(st.binary(max_size=6), st.sampled_from([b"[[", b"]]", b'"""', b"'", b"\n", b"= ", b"[clause]"]))
    for _ in range(data.draw(st.integers(1, 4))):
        at, length = data.draw(st.integers(0, len(content))), data.draw(st.integers(0, 30))
        content[at : at + length] = data.draw(odd)
    pack, told = parse_pack(bytes(content), "mine.toml")
    assert (pack is None) == bool(told)


# --- a workspace's own


def test_without_a_folder_of_standards_there_are_those_of_the_house(folder: Path) -> None:
    assert packs_of(None) == packs_of(folder) == bundled_packs()


def test_a_workspaces_own_pack_takes_the_place_of_the_houses_and_others_come_after(folder: Path) -> None:
    own(folder, "b.toml", GOOD)
    own(folder, "a.TOML", GOOD.replace('"mine"', '"gb50180"'))
    own(folder, ".b.toml", "no pack: what an editor left behind")
    own(folder, "notes.txt", "no pack either")
    got = packs_of(folder)
    assert list(got) == [*bundled_packs(), "mine"]
    assert (got["gb50180"].origin, got["gb50180"].zh, got["parks"].origin) == ("workspace", "本街道的要求", "bundled")
    assert pack_called("mine", folder).clauses == got["mine"].clauses
    assert pack_called("gb50180").origin == "bundled"


def test_a_bad_pack_of_a_workspace_is_refused_by_file_line_and_reason(folder: Path) -> None:
    own(folder, "mine.toml", GOOD.replace("5 = 300", "5 = true"))
    with pytest.raises(BadPack, match=r"standards/mine\.toml.*第 7 行：.*true.* / .*standards/mine\.toml.*Line 7: .*here is true"):
        pack_called("gb50180", folder)


def test_of_very_many_faults_the_first_are_told_and_the_rest_counted(folder: Path) -> None:
    own(folder, "mine.toml", GOOD + "".join(f'k{number} = 1\n' for number in range(20)))
    with pytest.raises(BadPack, match=r"另有 12 处。.*And 12 more\."):
        packs_of(folder)


def test_two_packs_of_one_id_are_refused(folder: Path) -> None:
    own(folder, "a.toml", GOOD)
    own(folder, "b.toml", GOOD)
    with pytest.raises(BadPack, match=r"standards/b\.toml.*“mine”与“a\.toml”相同"):
        packs_of(folder)


def test_a_folder_a_link_and_a_pipe_are_no_packs_and_are_never_opened(folder: Path) -> None:
    own(folder, "a.toml", GOOD).rename(folder / "outside.toml")
    (folder / "standards" / "link.toml").symlink_to(folder / "outside.toml")
    (folder / "standards" / "dead.toml").symlink_to("nowhere")
    (folder / "standards" / "folder.toml").mkdir()
    os.mkfifo(folder / "standards" / "pipe.toml")
    shelf = shelf_of(folder)
    assert {name: [fault.code for fault in faults] for name, faults in shelf.faults.items()} == {
        f"standards/{name}.toml": ["pack_no_file"] for name in ("dead", "folder", "link", "pipe")}
    with pytest.raises(BadPack, match=r"nowhere\.toml.*普通文件"):
        read_pack(folder / "nowhere.toml")


def test_standards_that_is_no_folder_is_told(folder: Path) -> None:
    (folder / "standards").write_text("", "utf-8")
    with pytest.raises(BadPack, match=r"不是文件夹.*is no folder"):
        packs_of(folder)


@pytest.mark.parametrize(("asked", "near"), [("gb5018", "gb50180"), ("gb", "gb50180、gbt51346"), ("儿童", "children"), ("¿", "children、complete")])
def test_an_unknown_standard_comes_with_the_nearest(asked: str, near: str) -> None:
    with pytest.raises(UnknownStandard, match=f"没有“{asked}”这个标准；相近的有：{near}"):
        pack_called(asked)


# --- a copy to change


@pytest.mark.parametrize("id", sorted(bundled_packs()))
def test_a_copy_differs_in_its_id_and_names_only(id: str, folder: Path) -> None:
    target = copy_pack(id, f"my-{id}", folder)
    assert target == folder / "standards" / f"my-{id}.toml"
    before, after = (HOUSE / f"{id}.toml").read_bytes().splitlines(), target.read_bytes().splitlines()
    changed = [new.decode() for old, new in zip(before, after, strict=True) if old != new]
    assert [line.partition(" = ")[0] for line in changed] == ["id", "zh", "en"]
    mine, its = pack_called(f"my-{id}", folder), pack_called(id)
    assert (mine.clauses, mine.references, mine.tiers) == (its.clauses, its.references, its.tiers)
    assert (mine.zh, mine.en) == (f"{its.zh}（自 {id} 改）", f"{its.en} (changed from {id})")


def test_a_planner_copies_a_pack_changes_it_and_it_is_judged_so(folder: Path) -> None:
    target = copy_pack("gb50180", "my-gb", folder, zh="万里的要求", en="What Wanli asks")
    target.write_text(target.read_text("utf-8").replace("10 = 500", "10 = 450"), "utf-8")
    pack = pack_called("my-gb", folder)
    bank = next(clause for clause in pack.clauses if clause.id == "10-BANK")
    assert (pack.zh, pack.measure(bank).text, pack.measure(bank).basis) == ("万里的要求", "450m", "tier")
    target.write_text(target.read_text("utf-8").replace("10 = 450", "10 = 450 米"), "utf-8")
    with pytest.raises(BadPack, match=r"Line 20: .*One item a line"):
        pack_called("my-gb", folder)


def test_a_copy_of_a_planners_own_pack_keeps_mark_line_ends_and_comments(folder: Path) -> None:
    own(folder, "odd name.toml", b"\xef\xbb\xbf# zh = 1\r\n" + GOOD.replace('id = "mine"', "id = '''mine''' # 编号").replace("\n", "\r\n").encode())
    content = copy_pack("mine", "other", folder, en="Other").read_bytes()
    assert content.startswith('\ufeff# zh = 1\r\nid = "other" # 编号\r\nen = "Other"\r\nzh = "本街道的要求（自 mine 改）"\r\n'.encode())
    assert content.count(b"\n") == content.count(b"\r\n") == GOOD.count("\n") + 2


def test_a_copy_may_take_the_place_of_a_pack_of_the_house(folder: Path) -> None:
    copy_pack("parks", "parks", folder)
    assert pack_called("parks", folder).origin == "workspace"


@pytest.mark.parametrize("id", ["../mine", "a/b", "a\\b", "", ".", "A", "con", "万里", "a" * 41, "-a", "a b", "\x1b[31m"])
def test_an_id_that_is_no_safe_name_of_a_file_is_refused(id: str, folder: Path) -> None:
    with pytest.raises(WrongUsage):
        copy_pack("parks", id, folder)
    assert not (folder / "standards").exists()


def test_a_copy_overwrites_nothing(folder: Path) -> None:
    file = own(folder, "mine.toml", GOOD.replace('"mine"', '"its"'))
    for id in ("mine", "its"):  # the name of the file is taken; the id is
        with pytest.raises(Refused, match=r"不会覆盖.*not overwritten"):
            copy_pack("parks", id, folder)
    (folder / "standards" / "dead.toml").symlink_to("nowhere")
    with pytest.raises((Refused, BadPack)):
        copy_pack("parks", "dead", folder)
    assert sorted(path.name for path in file.parent.iterdir()) == ["dead.toml", "mine.toml"]


def test_a_copy_goes_into_a_workspace_of_ones_own_only(tmp_path: Path, folder: Path) -> None:
    with pytest.raises(NoWorkspace):
        copy_pack("parks", "mine", tmp_path)
    with pytest.raises(ReadOnly, match=r"wanli-geo demo.*wanli-geo demo"):
        copy_pack("parks", "mine", bundled())
    with pytest.raises(UnknownStandard):
        copy_pack("park-s-of-nowhere", "mine", folder)
    with pytest.raises(WrongUsage, match="换行"):
        copy_pack("parks", "mine", folder, zh="a\nb")
    assert not (folder / "standards").exists()


def test_the_readme_names_every_pack_and_every_key_of_a_clause() -> None:
    text = README.read_text("utf-8").partition("## 标准 · Standards")[2].partition("\n## ")[0]
    assert [id for id in bundled_packs() if f"`{id}`" not in text] == []
    needed = {name: "*" if field.needed else "" for name, field in {**PACK, **REFERENCE, **CLAUSE}.items() if name != "version"}
    assert [name for name, star in needed.items() if f"`{name}`{star}" not in text] == []
