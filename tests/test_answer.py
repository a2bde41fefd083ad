"""What every question ends as."""

import json
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from wanli_geo.answer import Answer, Caveat, Fact, Made


def answer(**more: object) -> Answer:
    whole = Answer(
        question="coverage",
        params={"kind": "CANTEEN", "within_m": 500.0},
        features={},
        tables={"units": pd.DataFrame({"id": ["a", "b"], "walk_m": [1.5, float("nan")]})},
        facts=(Fact("people_total", "总数", "Total", 5, "人"), Fact("share_covered", "比例", "Share", None, "share")),
        caveats=(Caveat("sketch", "示意", "Sketch"),),
        made_of=(Made("homes", "ab" * 32, "source", "2026-11", "sketch", "CC BY 4.0"),),
    )
    return replace(whole, **more)


def test_not_known_is_null_in_json_never_zero_and_never_nan() -> None:
    told = json.loads(answer().to_json())
    assert told["facts"]["share_covered"]["value"] is None
    assert told["tables"]["units"] == [{"id": "a", "walk_m": 1.5}, {"id": "b", "walk_m": None}]
    assert told["made_of"][0]["layer"] == "homes"


def test_the_text_of_an_answer_is_its_values_in_json_whatever_a_table_holds() -> None:
    odd = pd.DataFrame({"50 %s": [1, None], "lists": [["甲", {"k": [1, 2]}], ()], "flags": pd.array([True, None], dtype="boolean"),
                        "any": [np.int64(3), "换\n行"]})
    for tables in ({}, {"units": pd.DataFrame(columns=["id"])}, {"odd": odd, "long": pd.DataFrame({"row": np.arange(20_001) / 3})}):
        told = answer(tables=tables)
        assert told.to_json() == json.dumps(told.to_dict(), ensure_ascii=False, indent=1)


def test_the_run_id_follows_the_question_its_parameters_and_its_data_and_nothing_else() -> None:
    base = answer().run_id
    assert answer().run_id == base
    assert answer(caveats=()).run_id == base
    others = {
        answer(question="gaps").run_id,
        answer(params={"kind": "CANTEEN", "within_m": 501.0}).run_id,
        answer(made_of=(Made("homes", "cd" * 32, "source", "2026-11", "sketch", "CC BY 4.0"),)).run_id,
    }
    assert len(others | {base}) == 4


def test_a_fact_is_found_by_its_key() -> None:
    assert answer().fact("people_total") == 5
    with pytest.raises(KeyError, match="people_lost"):
        answer().fact("people_lost")


def test_a_notebook_reads_whole_numbers_percentages_and_dashes() -> None:
    facts = (
        Fact("people_total", "总数", "Total", 60000.0, "人"),
        Fact("share_covered", "比例", "Share", 0.4114, "share"),
        Fact("walk_m", "步行", "Walk", None, "米"),
        Fact("nearest_name", "最近", "Nearest", "<i>甲</i>"),
    )
    shown = answer(facts=facts)._repr_html_()
    for text in (">60,000 人<", ">41.1%<", ">—<", ">&lt;i&gt;甲&lt;/i&gt;<"):
        assert text in shown
