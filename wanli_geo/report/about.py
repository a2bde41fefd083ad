"""What stands at the end of every document: how it was counted, what it was made of, and the runs it tells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from wanli_geo.answer import Answer, Caveat, Made
from wanli_geo.report.document import Column, Items, Section, Table, Text
from wanli_geo.report.table_words import half, layer
from wanli_geo.report.tables import Tongue

_ACCURACY = {"sketch": ("示意", "sketch"), "osm": ("OpenStreetMap", "OpenStreetMap"), "official": ("官方", "official"),
             "surveyed": ("实测", "surveyed"), "draft": ("草稿，未核实", "draft, not verified")}
_DIGITS = 12


def about(answers: Sequence[Answer], tongue: Tongue) -> tuple[Section, ...]:
    """Give the method with its caveats, the sources, and the runs."""
    runs = tongue.pick("同样的数据和参数得到同样的运行编号：", "The same data and parameters give the same run: ") + ", ".join(run_ids(answers))
    return (
        Section(tongue.pick("方法与须知", "Method and caveats"), (Items(tuple(tongue.pick(one.zh, one.en) for one in _caveats(answers))),)),
        Section(tongue.pick("数据来源", "Sources"), (_sources(answers, tongue), Text(runs, "quiet"))),
    )


def run_ids(answers: Iterable[Answer]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(answer.run_id for answer in answers))


def sketched(answers: Iterable[Answer]) -> bool:
    return any(made.accuracy == "sketch" for made in made_of(answers))


def attribution(answers: Iterable[Answer]) -> str:
    """The credit that the owners of the data ask for, each once."""
    return "；".join(dict.fromkeys(made.attribution for made in made_of(answers) if made.attribution))


def made_of(answers: Iterable[Answer]) -> list[Made]:
    """Every input of several answers once."""
    return list(dict.fromkeys(made for answer in answers for made in answer.made_of))


def _caveats(answers: Sequence[Answer]) -> list[Caveat]:
    """Every caveat once, as the first answer that has it says it; what is said of one clause stands with that clause."""
    said: list[Caveat] = []
    for answer in answers:
        known = {"clause", "note", *(note.key for note in said)}
        said += [note for note in answer.caveats if note.key not in known]
    return said


def _sources(answers: Sequence[Answer], tongue: Tongue) -> Table:
    heads = (("图层", "Layer", 2.3), ("来源", "Source", 4.0), ("日期", "Date", 0.9), ("精度", "Accuracy", 1.7), ("许可", "Licence", 1.8),
             ("校验（SHA-256 前 12 位）", "SHA-256, first 12", 1.6))
    rows = tuple((layer(one.layer, tongue.lang), half(one.source, tongue.lang), one.date, _accuracy(one.accuracy, tongue),
                  half(one.licence, tongue.lang) or None, one.sha256[:_DIGITS]) for one in made_of(answers))
    return Table(tongue.pick("数据来源", "Sources"), tongue.pick("图层、日期、精度、许可与校验", "Layers with date, accuracy, licence and digest"),
                 tuple(Column(tongue.pick(zh, en), "text", weight) for zh, en, weight in heads), rows)


def _accuracy(code: str, tongue: Tongue) -> str:
    return tongue.pick(*_ACCURACY.get(code, (code, code)))
