"""What a child hands back comes out as it went in, and nothing else is taken for it."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from wanli_geo.errors import BadFile
from wanli_geo.workspace.faults import found
from wanli_geo.workspace.intake.handing import NotWhole, hand_back, hand_back_refusal, taken
from wanli_geo.workspace.intake.raw import Raw

MOST = 1_000_000
values = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text(st.characters(exclude_categories=["Cs"])))


def raw(names: list[Any], shapes: list[Any] | None) -> Raw:
    geometry = None
    if shapes is not None:
        geometry = np.full(len(names), None, dtype=object)
        geometry[:] = shapes
    findings = tuple(found("ragged_row", "facilities", index=row, row=row, count=1, wanted=2) for row in range(len(names)))
    return Raw("设施.csv", "csv", "", ("甲", "乙"), "utf-8", {"名称": names}, list(range(len(names))), geometry, "EPSG:4326", findings)


@given(st.lists(st.tuples(values, st.sampled_from([None, shapely.Point(1, 2), shapely.LineString([(0, 0), (1, 1)])])), max_size=5), st.booleans())
def test_what_is_handed_back_is_what_was_read(rows: list[tuple[Any, Any]], table: bool) -> None:
    before = raw([name for name, _ in rows], None if table else [shape for _, shape in rows])
    with tempfile.TemporaryDirectory() as folder:
        hand_back(before, Path(folder))
        after = taken(Path(folder), MOST)
    assert (after.columns, after.rows, after.parts, after.findings) == (before.columns, before.rows, before.parts, before.findings)
    assert (after.geometry is None) if table else list(after.geometry) == list(before.geometry)  # type: ignore[arg-type]


def test_a_refusal_comes_out_as_one(tmp_path: Path) -> None:
    hand_back_refusal(BadFile("不行", "no"), tmp_path)
    with pytest.raises(BadFile, match="不行 / no"):
        taken(tmp_path, MOST)


@pytest.mark.parametrize(("member", "value"), [
    ("file", 1), ("rows", [1.5]), ("rows", "x"), ("rows", [1, 2]), ("columns", {"a": [[1]]}), ("columns", {"a": []}), ("columns", []),
    ("sizes", [5]), ("sizes", [-7]), ("sizes", ["x"]), ("sizes", 3), ("parts", [None]), ("findings", [{}]), ("findings", ["x"]), ("refused", [1, 2]),
    ("findings", [{"severity": "worse", "code": "", "layer": "", "zh": "", "en": "", "fix_zh": "", "fix_en": "", "id": None, "index": None,
                   "column": None}]),
])
def test_what_no_reader_writes_is_not_believed(tmp_path: Path, member: str, value: Any) -> None:
    hand_back(raw(["甲"], [shapely.Point(1, 2)]), tmp_path)
    said = json.loads((tmp_path / "table.json").read_bytes())
    (tmp_path / "table.json").write_text(json.dumps({**said, member: value}))
    with pytest.raises(NotWhole):
        taken(tmp_path, MOST)


def test_no_answer_a_link_or_too_large_an_answer_is_not_believed(tmp_path: Path) -> None:
    with pytest.raises(NotWhole):
        taken(tmp_path, MOST)
    hand_back(raw(["甲"], None), tmp_path)
    with pytest.raises(NotWhole):
        taken(tmp_path, 10)
    (tmp_path / "table.json").rename(tmp_path / "elsewhere.json")
    (tmp_path / "table.json").symlink_to("elsewhere.json")
    with pytest.raises(NotWhole):
        taken(tmp_path, MOST)
    (tmp_path / "table.json").unlink()
    (tmp_path / "table.json").write_bytes(b"[" * 100_000)
    with pytest.raises(NotWhole):
        taken(tmp_path, MOST)
