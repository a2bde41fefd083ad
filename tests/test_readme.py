"""The README is true: every verb, setting, layer column and error stands in it, and its commands are those that CI runs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from tests.readme import README, renewed
from wanli_geo import errors
from wanli_geo.cli import cli
from wanli_geo.workspace.specs import SPECS
from webapp.rim import UntrustedHost
from webapp.settings import PREFIX, Settings

TEXT = README.read_text("utf-8")
ROOT = README.parent


def named(name: str) -> bool:
    """Tell whether a name stands in the README as code."""
    return re.search(rf"`[^`\n]*(?<![\w-]){re.escape(name)}(?![\w-])[^`\n]*`", TEXT) is not None


def leaves(command: click.Command, words: tuple[str, ...] = ()) -> Iterator[tuple[str, click.Command]]:
    """Give every verb as it is typed, with its command."""
    if isinstance(command, click.Group):
        for name, inner in command.commands.items():
            yield from leaves(inner, (*words, name))
    else:
        yield " ".join(words), command


VERBS = dict(leaves(cli))


def subclasses(kind: type[Exception]) -> Iterator[type[Exception]]:
    for below in kind.__subclasses__():
        yield below
        yield from subclasses(below)


def test_what_the_code_knows_is_written_as_it_is_now() -> None:
    assert renewed(TEXT) == TEXT, "python -m tests.readme"


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_its_line_and_its_example(verb: str) -> None:
    assert f"| `{verb}` |" in TEXT
    assert f"wanli-geo {verb}" in TEXT


@pytest.mark.parametrize("verb", VERBS)
def test_every_option_has_its_help_in_both_languages(verb: str) -> None:
    command = VERBS[verb]
    texts = {parameter.name: parameter.help or "" for parameter in command.params if isinstance(parameter, click.Option)}
    texts["(itself)"] = command.help or ""
    assert {name: text for name, text in texts.items() if not re.search(r"[\u4e00-\u9fff].*[A-Za-z]{2}", text, re.S)} == {}


def examples() -> list[list[str]]:
    return [line.split("#")[0].split() for line in TEXT.splitlines() if line.startswith("wanli-geo ")]


def test_every_example_is_understood() -> None:
    """Each example's verb exists and knows its options; nothing is run."""
    for words in examples():
        verb = next(name for name in sorted(VERBS, key=len, reverse=True) if " ".join(words[1:]).startswith(name))
        known = {name for parameter in VERBS[verb].params for name in parameter.opts}
        assert {word for word in words if word.startswith("--")} - known == set(), words


@pytest.mark.parametrize("setting", Settings.model_fields)
def test_every_setting_is_told(setting: str) -> None:
    assert f"| `{PREFIX}{setting.upper()}` |" in TEXT


@pytest.mark.parametrize("layer", SPECS)
def test_every_layer_and_column_is_told(layer: str) -> None:
    assert {column.name for column in SPECS[layer].columns if not named(column.name)} == set()
    assert named(layer)


@pytest.mark.parametrize("error", sorted({UntrustedHost, *subclasses(errors.WanliGeoError)}, key=lambda error: error.__name__))
def test_every_error_is_told_with_its_exit(error: type[Exception]) -> None:
    status = 2 if issubclass(error, errors.WrongUsage) else 1
    assert re.search(rf"\| `{error.__name__}` \|.*\| {status} \|", TEXT)


def test_the_two_commands_are_those_that_ci_runs() -> None:
    first, second = [line for line in TEXT.splitlines() if line.startswith("python3 -m venv")]
    script = (ROOT / ".ci" / "run").read_text("utf-8")
    install, _, start = first.rpartition(" && ")
    assert (install in script, start) == (True, ".venv/bin/wanli-geo demo")
    install, _, test = second.rpartition(" && ")
    assert (install in script, test) == (True, ".venv/bin/pytest")


def test_every_picture_and_file_it_points_to_is_there() -> None:
    local = [target for target in re.findall(r"\]\(([^)#]+)\)", TEXT) if "://" not in target]
    assert [target for target in local if not Path(ROOT, target).exists()] == []
