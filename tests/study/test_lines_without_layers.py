"""What a missing layer would tell of a line is unknown: never none, and never a check that is met."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from wanli_geo.answer import Answer
from wanli_geo.errors import BadMeasure
from wanli_geo.study import Study
from wanli_geo.workspace.store import open_workspace

SKETCH = Path(__file__).resolve().parents[2] / "layers"


def without(*names: str) -> Study:
    workspace = open_workspace(SKETCH)
    return Study(replace(workspace, layers={name: workspace.layers[name] for name in workspace.layers if name not in names}, _projected={}))


def status(answer: Answer, *keys: str) -> set[str]:
    checks = answer.tables["checks"].set_index("key")
    return set(checks.loc[list(keys), "status"])


def test_without_stops_nothing_is_said_of_them() -> None:
    answer = without("walkway_stops").routes.red_walkway()
    assert {answer.fact(key) for key in ("stops", "stops_painting", "spacing_longest_m", "spacing_mean_m", "walk_min_with_stops")} == {None}
    assert status(answer, "spacing", "story", "story_en", "picture", "qr") == {"unknown"}
    assert "no_stops" in {caveat.key for caveat in answer.caveats}


def test_without_greens_shade_is_not_known() -> None:
    answer = without("green_vein").routes.red_walkway()
    assert answer.fact("shade_share") is None
    assert "no_greens" in {caveat.key for caveat in answer.caveats}


def test_without_a_plan_no_works_are_not_known_to_be_none() -> None:
    answer = without("plan_projects").routes.night_run()
    assert answer.fact("works_m") is None
    assert status(answer, "works") == {"unknown"}
    assert "no_plan" in {caveat.key for caveat in answer.caveats}


def test_a_place_that_is_none_is_named_so() -> None:
    with pytest.raises(BadMeasure, match="not on the globe"):
        without().routes.works(street="香泉路", between=((float("nan"), 31.27), (121.4, 31.27)))
