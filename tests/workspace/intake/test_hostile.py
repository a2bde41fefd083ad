"""Every hostile file ends in findings or in one sentence, and leaves nothing behind."""

from __future__ import annotations

import re
import resource
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.workspace.intake.hostile import files
from wanli_geo.errors import BadFile, UnknownDatum
from wanli_geo.workspace.intake.asked import Asked
from wanli_geo.workspace.intake.draft import draft
from wanli_geo.workspace.intake.raw import Raw
from wanli_geo.workspace.intake.reading import read
from wanli_geo.workspace.store import bundled, open_workspace

WANLI = open_workspace(bundled())
GIGABYTE = 1024 * 1024  # ru_maxrss counts KB


def ends(path: Path, layer: str) -> Raw | BadFile:
    try:
        return read(path, layer)
    except BadFile as refused:
        return refused


def drawn_up(raw: Raw, layer: str) -> bool:
    """What was read is drawn up as an import without a crash: something is told, or something would change, or it is on the Moon."""
    try:
        made = draft(raw, Asked(layer), WANLI)
    except UnknownDatum:
        return True
    return bool(made.findings or made.files)


def test_every_hostile_file_ends_in_findings_or_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    corpus, private = files(tmp_path / "corpus"), tmp_path / "private"
    private.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(private))
    assert len(corpus) >= 60
    with ThreadPoolExecutor(2) as readers:
        all_ends = list(readers.map(lambda hostile: ends(hostile.path, hostile.layer), corpus))
    for hostile, end in zip(corpus, all_ends, strict=True):
        sentences = [(end.zh, end.en)] if isinstance(end, BadFile) else [(finding.zh, finding.en) for finding in end.findings]
        for zh, en in sentences:
            assert re.search("[\u4e00-\u9fff]", zh) and re.search("[a-z]", en), hostile.path.name
            assert "\n" not in zh + en and "Traceback" not in zh + en and "\x1b" not in zh + en, hostile.path.name
        assert isinstance(end, BadFile) or drawn_up(end, hostile.layer), hostile.path.name
    assert list(private.iterdir()) == []
    assert capfd.readouterr() == ("", "")
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < GIGABYTE
