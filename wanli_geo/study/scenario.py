"""An answer to “what if” says so: the edits stand in its parameters and first among its caveats."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from wanli_geo.answer import Answer, Caveat
from wanli_geo.planning.edits import CloseGate, CloseStretch, Edit, OpenGate


def told(answer: Answer, edits: Sequence[Edit]) -> Answer:
    """Name the edits that an answer was made with; without any the answer stays as it is."""
    if not edits:
        return answer
    opened = sorted({edit.id for edit in edits if isinstance(edit, OpenGate)})
    closed = sorted({edit.id for edit in edits if isinstance(edit, CloseGate)})
    closures = list(dict.fromkeys(edit for edit in edits if isinstance(edit, CloseStretch)))
    streets = list(dict.fromkeys(edit.street for edit in closures if edit.street))
    drawn = sum(not edit.street for edit in closures)
    said = (
        (opened, f"开放这些门，谁都能走、全天开（{'、'.join(opened)}）", f"these gates open to everybody at any hour ({', '.join(opened)})"),
        (closed, f"关闭这些门（{'、'.join(closed)}）", f"these gates closed ({', '.join(closed)})"),
        (streets, f"这些路不让人走（{'、'.join(streets)}）", f"these streets closed to walkers ({', '.join(streets)})"),
        (drawn, f"画出的 {drawn} 段路不让人走", f"{drawn} stretch(es) drawn closed to walkers"),
    )
    zh, en = "；".join(zh for some, zh, _ in said if some), "; ".join(en for some, _, en in said if some)
    notes = [Caveat("scenario", f"假设：{zh}。不是现状。", f"What if: {en}. Not how things are.")]
    params = {**answer.params, "gates_opened": opened, "gates_closed": closed}
    if closures:
        params["streets_closed"] = [_asked(edit) for edit in closures]
        notes.append(Caveat("closed_reattached", "门、楼原来接在封闭路段上的，改接 100 米内最近的没封的路；那里没有别的路的，算作“未知”。",
                            "What stood by a closed street steps onto the nearest open one within 100 m; where there is none it is “unknown”."))
    return replace(answer, params=params, caveats=(*notes, *answer.caveats))


def _asked(edit: CloseStretch) -> dict[str, Any]:
    """A closure as the parameters of an Answer hold it: what was said of it."""
    whole = {"street": edit.street, "between": [list(place) for place in edit.between], "line": [list(place) for place in edit.line]}
    return {key: value for key, value in whole.items() if value}
