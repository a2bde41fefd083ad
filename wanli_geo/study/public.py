"""The questions that the public map tells, asked in one go."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from wanli_geo.answer import Answer
from wanli_geo.network.walkable import Walkable
from wanli_geo.study import Study
from wanli_geo.study.ground import Progress
from wanli_geo.study.walkable import walkable
from wanli_geo.workspace.kinds import KINDS

# How far a life circle reaches, and what its elders are asked about.
CIRCLE = "15min"
ELDER_KINDS = ("CANTEEN", "ELDER_CENTRE", "ELDER_DAY", "HEALTH_STATION")
# `GREEN` is every lawn, entered anywhere along its edge: thousands of doors for what `PARK` says in fifty.
_LEFT_OUT = ("GREEN",)


def public_walkable(study: Study) -> Walkable:
    """Gather what the page walks on: every street, gate and door, at any hour."""
    return walkable(study.ground(), study.streets, study.waits, [code for code in KINDS if code not in _LEFT_OUT])


def public_answers(study: Study, progress: Progress = lambda stage, share: None) -> dict[str, Answer]:
    """Ask what the site tells, by key: `coverage/<KIND>`, `elders/<KIND>`, `night_run`, `red_walkway`, `blue_net`.

    What the workspace has no layer for is left out, not invented.
    """
    asked = _questions(study)
    answers: dict[str, Answer] = {}
    for nth, (key, ask) in enumerate(asked.items()):
        progress(f"算 {key} / working out {key}", nth / len(asked))
        answers[key] = ask()
    return answers


def _questions(study: Study) -> dict[str, Callable[[], Answer]]:
    first = [kind.code for kind in KINDS.values() if kind.first_page]
    routes: dict[str, tuple[str, Callable[[], Answer]]] = {
        "night_run": ("night_run", study.routes.night_run),
        "red_walkway": ("red_walkway", study.routes.red_walkway),
        "blue_net": ("blue_net", study.routes.blue_net),
    }
    return {
        **{f"coverage/{kind}": partial(study.coverage, kind, CIRCLE) for kind in first},
        **{f"elders/{kind}": partial(study.coverage, kind, CIRCLE, people="60+", profile="elder") for kind in ELDER_KINDS},
        **{key: ask for key, (layer, ask) in routes.items() if len(study.workspace.layer(layer))},
    }
