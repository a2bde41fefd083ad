"""What must be said under a map: sources, dates, licences, owners, sketch or not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from wanli_geo.answer import Made
from wanli_geo.report import say
from wanli_geo.workspace.store import Workspace


def made_of(workspace: Workspace, names: Iterable[str]) -> list[Made]:
    """The layers of a map as an answer would name them; those that are empty left out."""
    sources = workspace.catalogue.layers
    return [
        Made(name, workspace.digest(name), source.source, source.date, source.accuracy, source.licence, source.attribution)
        for name in names
        if (source := sources.get(name)) is not None and len(workspace.layer(name))
    ]


def is_sketch(made: Iterable[Made]) -> bool:
    """Whether any of it is a sketch, which the map must say."""
    return any(one.accuracy == "sketch" for one in made)


def credit_of(made: Sequence[Made], workspace: Workspace, lang: say.Lang, run_ids: Sequence[str]) -> list[str]:
    """Sentences in the order of need: sketch, owners, sources with dates, runs."""
    dates = sorted({one.date for one in made if one.date})
    owners = list(dict.fromkeys(one.attribution for one in made if one.attribution))
    sources = list(dict.fromkeys(source_text(one, lang) for one in made))
    span = dates[-1] if len(set(dates)) < 2 else f"{dates[0]}–{dates[-1]}"
    sketch = say.pick(lang, "示意图：含手绘数据，不作审批依据", "Sketch: some of it drawn by hand, not a basis for approvals")
    return [
        *([sketch] if is_sketch(made) else []),
        *owners,
        say.pick(lang, f"数据 {span}：", f"Data of {span}: ") + say.pick(lang, "；", "; ").join(sources[:3]),
        *([say.pick(lang, "运行号 ", "Run ") + " ".join(run_ids[:2])] if run_ids else []),
    ]


def source_text(made: Made, lang: say.Lang) -> str:
    """A source without the name of the one layer it speaks of; of “中文 / English” the half that is read."""
    halves = made.source.removesuffix(f", {made.layer}").split(" / ")
    return say.pick(lang, halves[0], halves[1]) if len(halves) == 2 else " / ".join(halves)
