"""Which column of a layer each heading of a planner's file means."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from wanli_geo.workspace.faults import found
from wanli_geo.workspace.findings import Finding
from wanli_geo.workspace.intake.synonyms import HEADINGS, NAMES, OVER_60, PLACE_HEADINGS, RUNNING
from wanli_geo.workspace.specs import COMMON, LayerSpec

PLACES = ("lon", "lat", "x", "y", "lonlat", "wkt")  # no column of a layer, but they give its place; `lonlat` holds both, as “121.39,31.26”
SIXTY_PLUS = "residents_60_plus"  # no column either: less those of 80 and over it is `residents_60_79`
KEPT = ""  # no column of the layer: kept under its own name
LEFT_OUT = "-"  # a running number, or what the planner left out
# Given by who imports, where the file does not say it.
GIVEN = ("id", "source", "accuracy")
_NEAR = 0.85
_NOTHING_SAID: Mapping[str, str] = MappingProxyType({})
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^】]*】|<[^<>]*>")
_NARROWS = re.compile("岁|男|女|户籍|外来|其中|以上|以下")  # “人口（80岁以上）” is not “人口”
_DASHES = re.compile("[–—―~〜∼－-]+")


@dataclass(frozen=True)
class Matched:
    """What the headings mean.

    Attributes:
        targets: heading → column of the layer, one of `PLACES`, `SIXTY_PLUS`, `KEPT` or `LEFT_OUT`.
        how: heading → exact, synonym, near or said; "" where nothing fits.
        findings: two headings for one column, a guess to be looked at, a column said that is none, a required column that nothing gives.
        layer: the layer they were matched to.
    """

    targets: Mapping[str, str]
    how: Mapping[str, str]
    findings: tuple[Finding, ...]
    layer: str = ""

    def heading(self, target: str) -> str | None:
        """Name the heading that gives a column or a place."""
        return next((heading for heading, one in self.targets.items() if one == target), None)


def match(headings: Sequence[str], spec: LayerSpec, said: Mapping[str, str] = _NOTHING_SAID, *, given: Collection[str] = GIVEN) -> Matched:
    """Match every heading to a column of a layer, no column twice.

    Args:
        said: heading → target, over what the heading says; "" leaves it out, its own name keeps it as a column of no contract.
        given: required columns that need no heading.
    """
    claims = _said(headings, spec, said)
    words = _vocabulary(spec)
    for how, read in (("exact", _exact(spec)), ("synonym", words)):
        for heading in headings:
            if heading not in claims and (target := _first(heading, read)) is not None:
                claims[heading] = (target, how)
    taken = {target for target, _ in claims.values()}
    for heading in headings:
        if heading not in claims and (target := _nearest(heading, words, spec)) is not None and target not in taken:
            claims[heading] = (target, "near")
            taken.add(target)
    return _settled(headings, claims, spec, given)


def folded(text: str) -> str:
    """Bring a text to the form in which names are compared: half width, lower case, one sort of dash, no blanks, stars or stops."""
    text = _DASHES.sub("-", unicodedata.normalize("NFKC", text).casefold())
    return re.sub(r"[^\w+-]|_", "", text)


def forms(heading: str) -> Iterator[str]:
    """Give what a heading may say: the whole, then without its brackets (a unit) unless they narrow it, then each part of “名称 / name”."""
    text = unicodedata.normalize("NFKC", heading)
    bracketed, bare = "".join(_BRACKETS.findall(text)), _BRACKETS.sub("", text)
    parts = (text, bracketed) if _NARROWS.search(bracketed) else (text, bare, *re.split(r"[/\n|]", bare))
    yield from dict.fromkeys(form.removeprefix("是否") for part in parts if (form := folded(part)))


def _first(heading: str, words: Mapping[str, str]) -> str | None:
    return next((words[form] for form in forms(heading) if form in words), None)


def _exact(spec: LayerSpec) -> dict[str, str]:
    """Each column by its name in the contract and in both languages; of two columns of one name the first."""
    names = [(name, column.name) for column in spec.columns for name in (column.name, column.zh, column.en)]
    return {folded(name): target for name, target in reversed(names)}


@cache
def _vocabulary(spec: LayerSpec) -> dict[str, str]:
    """Each heading planners write → its target in this layer: of own columns, else the layer's name, else of common ones and places.

    Last, each with what the layer's features are called before it, as in “设施状态” or “小区地址”.
    """
    common = [column.name for column in COMMON]
    own = [column.name for column in spec.columns if column.name not in common]
    words = [(word, column) for column in own for word in HEADINGS.get(column, ())]
    words += [(word, "name") for word in NAMES.get(spec.name, ())]
    words += [(word, column) for column in common for word in HEADINGS.get(column, ())]
    words += [(word, place) for place, several in PLACE_HEADINGS.items() for word in several]
    words += [(word, LEFT_OUT) for word in RUNNING]
    if "residents_60_79" in own:
        words += [(word, SIXTY_PLUS) for word in OVER_60]
    words += [(noun + word, target) for noun in NAMES.get(spec.name, ()) for word, target in words]
    return {folded(word).removeprefix("是否"): target for word, target in reversed(words)}


def _nearest(heading: str, words: Mapping[str, str], spec: LayerSpec) -> str | None:
    """The column whose name all but reads the same. Counts and places are never guessed: “居民楼数” is no “居民数”."""
    guessed = {column.name for column in spec.columns if column.type not in ("number", "integer") and column.name != "id"}
    form = next(forms(heading), "")
    near = difflib.get_close_matches(form, [word for word, target in words.items() if target in guessed], n=1, cutoff=_NEAR)
    if len(form) < 4 or not near or _digits(form) != _digits(near[0]):
        return None
    return words[near[0]]


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def _said(headings: Sequence[str], spec: LayerSpec, said: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """What the planner says goes before what a heading says; what he says of no column stays for `_settled` to tell."""
    return {heading: (KEPT if said[heading] == heading and not _is_target(heading, spec) else said[heading] or LEFT_OUT, "said")
            for heading in headings if heading in said}


def _is_target(name: str, spec: LayerSpec) -> bool:
    return name in (*PLACES, SIXTY_PLUS, KEPT, LEFT_OUT) or any(column.name == name for column in spec.columns)


def _settled(headings: Sequence[str], claims: Mapping[str, tuple[str, str]], spec: LayerSpec, given: Collection[str]) -> Matched:
    """Give every column to its best claim (said, exact, synonym, near; of equals the first), and tell of the others."""
    ranks = ("said", "exact", "synonym", "near")
    winner: dict[str, str] = {}
    for heading in sorted(claims, key=lambda one: (ranks.index(claims[one][1]), headings.index(one))):
        winner.setdefault(claims[heading][0], heading)
    targets, how, findings = dict[str, str](), dict[str, str](), list[Finding]()
    for heading in headings:
        target, way = claims.get(heading, (KEPT, ""))
        if not _is_target(target, spec):
            findings.append(found("said_no_column", spec.name, column=target, heading=heading, near=_near_names(target, spec)))
            target, way = KEPT, ""
        elif target not in (KEPT, LEFT_OUT) and winner[target] != heading:
            findings.append(found("two_headings", spec.name, column=target, heading=heading, first=winner[target]))
            target, way = LEFT_OUT if _is_target(heading, spec) else KEPT, ""
        elif way == "near":
            findings.append(found("near_heading", spec.name, column=target, heading=heading, name=spec.column(target).zh))
        targets[heading], how[heading] = target, way
    return Matched(targets, how, (*findings, *_halves(targets, spec), *_missing(targets.values(), spec, given)), spec.name)


def _near_names(target: str, spec: LayerSpec) -> str:
    names = [*(column.name for column in spec.columns), *PLACES]
    return ", ".join(difflib.get_close_matches(target, names, n=3, cutoff=0.4) or names[:5])


def _halves(targets: Mapping[str, str], spec: LayerSpec) -> Iterator[Finding]:
    """A longitude without a latitude gives no place."""
    heading_of = {target: heading for heading, target in targets.items()}
    for pair in (("lon", "lat"), ("x", "y")):
        there = [target for target in pair if target in heading_of]
        if len(there) == 1:
            other = pair[1 - pair.index(there[0])]
            yield found("half_pair", spec.name, column=there[0], heading=heading_of[there[0]], other=other)


def _missing(targets: Collection[str], spec: LayerSpec, given: Collection[str]) -> Iterator[Finding]:
    for column in spec.columns:
        if column.required and column.name not in targets and column.name not in given:
            yield found("missing_column", spec.name, column=column.name, name=column.zh)
