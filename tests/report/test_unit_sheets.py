"""One page a compound, one a committee: numbers of the answer, the heaviest gaps first, the walks that matter drawn."""

from __future__ import annotations

import re
import shutil
import subprocess
from functools import cache
from pathlib import Path

import pytest

from tests.report.reading import blocks, column, tables, texts, total
from wanli_geo.answer import Answer
from wanli_geo.errors import BadMeasure
from wanli_geo.report import typeset
from wanli_geo.report.document import Document, Figures, Picture, Text
from wanli_geo.report.unit_sheets import CLAUSES, COMPOUNDS, OF_COMMITTEE, WALKS, committee_sheet, unit_sheet, walks_worth
from wanli_geo.study import Study, open_study


@cache
def study() -> Study:
    return open_study()


@cache
def audit() -> Answer:
    return study().audit()


def compound(unit: str = "cp-43", lang: str = "zh") -> tuple[Answer, Document]:
    told = study().sheet(unit)
    walks = [study().clause_walk(key, unit, standards="gb50180") for key in walks_worth(told)]
    return told, unit_sheet(told, walks, study().workspace, lang, date="2026-11-24")


def figures(document: Document) -> dict[str, str]:
    return {figure.label: figure.value for block in blocks(document) if isinstance(block, Figures) for figure in block.figures}


def test_a_compounds_page_holds_its_map_its_clauses_and_its_ages() -> None:
    told, document = compound()
    assert document.title == "住宅组团 A8"
    assert document.subtitle == "示意居民区 8 · 富平西"
    assert figures(document)["居民"] == "2,724 人"
    assert figures(document)["有缺口的条文"] == f"{told.fact('clauses_gap')} 条"
    assert any(isinstance(block, Picture) for block in blocks(document))
    ages = next(block.text for block in blocks(document) if isinstance(block, Text) and block.text.startswith("居民年龄"))
    assert sum(int(count.replace(",", "")) for count in re.findall(r"([\d,]+) 人", ages)) == told.fact("people_total") == 2_724


def test_the_heaviest_gaps_stand_first_with_their_own_numbers() -> None:
    told, document = compound()
    clauses = tables(document)["逐条"]
    heaviest = told.tables["clauses"].sort_values("burden", ascending=False).head(CLAUSES)
    assert total(clauses, "缺口（人）") == pytest.approx(heaviest["people_gap"].sum())
    assert [str(name).rstrip(" ＊△") for name in column(clauses, "条文")] == heaviest["name"].tolist()
    assert column(clauses, "步行（米）")[0] == pytest.approx(heaviest["walk_m"].iloc[0])


def test_clauses_nothing_is_known_of_are_counted_and_stand_in_no_table() -> None:
    told, document = compound()
    blind = told.tables["clauses"].query("people_covered + people_gap <= 0 and people_unknown > 0")
    note = [block.text for block in blocks(document) if isinstance(block, Text)][-1]
    assert f"{len(blind)} 条" in note
    assert "没有数据不等于没有" in note
    known = len(told.tables["clauses"].query("people_covered + people_gap > 0"))
    assert len(tables(document)["逐条"].rows) == CLAUSES
    assert f"另有 {known - CLAUSES} 行" in tables(document)["逐条"].note


def test_the_walks_drawn_are_few_and_lead_each_to_another_place() -> None:
    told, _ = compound()
    keys = walks_worth(told)
    assert 0 < len(keys) <= WALKS
    by_key = told.tables["clauses"].assign(key=lambda rows: rows["standard"] + "/" + rows["clause"]).set_index("key")
    assert by_key.loc[keys, "nearest_id"].is_unique


@pytest.mark.parametrize("committee", [f"cm-{number:02d}" for number in range(1, 19)])
def test_a_committees_page_counts_its_people_and_its_gaps(committee: str) -> None:
    document = committee_sheet(audit(), committee, study().workspace)
    matrix = audit().tables["matrix"].query("committee_id == @committee")
    assert figures(document)["居民"] == f"{matrix['people'].iloc[0]:,.0f} 人"
    most = matrix["people_gap"].sort_values(ascending=False).head(OF_COMMITTEE)
    assert column(tables(document)["缺口条文"], "缺口（人）") == most.tolist()
    own = audit().tables["compounds"].query("committee_id == @committee")
    assert total(tables(document)["小区"], "居民") == own["people"].head(COMPOUNDS).sum()
    assert figures(document)["有缺口的条文"] == f"{(matrix['people_gap'] > 0).sum()} 条"


def test_english_pages_hold_no_chinese() -> None:
    for document in (compound(lang="en")[1], committee_sheet(audit(), "cm-08", study().workspace, "en")):
        assert [text for text in texts(document) if any("\u4e00" <= letter <= "\u9fff" for letter in text)] == []


def test_a_committee_there_is_not_is_refused() -> None:
    with pytest.raises(BadMeasure, match="cm-99"):
        committee_sheet(audit(), "cm-99", study().workspace)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("unit", ["cp-01", "cp-43", "cm-08", "cm-14"])
def test_every_page_is_one_page(unit: str, lang: str, tmp_path: Path) -> None:
    pytest.importorskip("typst")
    if shutil.which("pdfinfo") is None:
        pytest.skip("pdfinfo 没有安装。 / pdfinfo is not installed.")
    document = compound(unit, lang)[1] if unit.startswith("cp") else committee_sheet(audit(), unit, study().workspace, lang)
    out = tmp_path / "sheet.pdf"
    out.write_bytes(typeset.pdf(document))
    told = subprocess.run(["pdfinfo", str(out)], capture_output=True, text=True, check=True).stdout
    assert re.search(r"Pages:\s+1\b", told)
