"""An answer to “what if” says so: the edits stand in its parameters and first among its caveats."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from wanli_geo.answer import Answer, Caveat
from wanli_geo.planning.edits import CloseGate, Edit, OpenGate


def told(answer: Answer, edits: Sequence[Edit]) -> Answer:
    """Name the edits that an answer was made with; without any the answer stays as it is."""
    if not edits:
        return answer
    opened = sorted({edit.id for edit in edits if isinstance(edit, OpenGate)})
    closed = sorted({edit.id for edit in edits if isinstance(edit, CloseGate)})
    zh = [f"{what}（{'、'.join(ids)}）" for what, ids in (("开放这些门，谁都能走、全天开", opened), ("关闭这些门", closed)) if ids]
    en = [f"{what} ({', '.join(ids)})" for what, ids in (("these gates open to everybody at any hour", opened), ("these gates closed", closed))
          if ids]
    note = Caveat("scenario", f"假设：{'；'.join(zh)}。不是现状。", f"What if: {'; '.join(en)}. Not how things are.")
    params = {**answer.params, "gates_opened": opened, "gates_closed": closed}
    return replace(answer, params=params, caveats=(note, *answer.caveats))
