"""Every hostile file ends in findings or in one sentence, and leaves nothing behind."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

from tests.workspace.intake.hostile import Hostile, files

GIGABYTE = 1024 * 1024  # ru_maxrss counts KB
ROOT = Path(__file__).parents[3]
CHINESE = re.compile("[\u4e00-\u9fff]")


def started(folder: Path, corpus: list[Hostile]) -> subprocess.Popen[str]:
    command = [sys.executable, "-W", "error", "-m", "tests.workspace.intake.take_in", str(folder)]
    worker = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8")
    assert worker.stdin is not None
    worker.stdin.write(json.dumps([[str(hostile.path), hostile.layer] for hostile in corpus]))
    worker.stdin.close()
    worker.stdin = None
    return worker


def test_every_hostile_file_ends_in_findings_or_one_sentence_and_changes_nothing(tmp_path: Path) -> None:
    corpus = files(tmp_path / "corpus")
    assert len(corpus) >= 60
    workers = [started(tmp_path / str(share), corpus[share::2]) for share in range(2)]
    ends = []
    for worker in workers:
        out, complaints = worker.communicate()
        assert (worker.returncode, complaints) == (0, "")
        told = json.loads(out)
        assert told["most_kb"] < GIGABYTE
        ends += told["ends"]
    assert len(ends) == len(corpus)
    for end in ends:
        name, said = end["name"], end["said"]
        assert end["code"] in (0, 1) and end["same"] and end["clean"], (name, said)
        assert "Traceback" not in said and "\x1b" not in said, name
        spoken = [line for line in said.splitlines() if " / " in line and "\t" not in line]
        assert any(CHINESE.search(line) and re.search("[a-z]", line.rpartition(" / ")[2]) for line in spoken), (name, said)
