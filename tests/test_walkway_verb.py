"""`wanli-geo route audit red_walkway`: what it prints, what it refuses."""

import json
import shutil

import pytest

from wanli_geo.cli import run

AUDIT = ["route", "audit", "red_walkway"]


def asked(capsys, *args):
    assert run([*AUDIT, "--json", *args]) == 0
    return json.loads(capsys.readouterr().out)


def test_the_sketch_is_audited_as_json(capsys):
    told = asked(capsys)
    assert told["question"] == "red_walkway"
    assert told["facts"]["stops"]["value"] == 8
    assert told["facts"]["length_m"]["value"] == pytest.approx(1573, abs=1)
    assert {row["status"] for row in told["tables"]["checks"]} <= {"ok", "short", "unknown"}
    assert "no_qr" in {caveat["key"] for caveat in told["caveats"]}


def test_longer_stays_make_a_longer_walk(capsys):
    short, long = (asked(capsys, "--stop-min", minutes)["facts"]["walk_min_with_stops"]["value"] for minutes in ("1", "3"))
    assert long - short == pytest.approx(16)


def test_an_option_of_another_line_is_refused(capsys):
    assert run([*AUDIT, "--target", "2500"]) == 2
    assert "--target" in capsys.readouterr().err


def test_a_bad_publish_toml_is_one_sentence(wanli, tmp_path, capsys):
    folder = tmp_path / "wanli"
    shutil.copytree(wanli, folder)
    (folder / "publish.toml").write_text("public_url = 'http://example.org'", "utf-8")
    assert run([*AUDIT, str(folder)]) == 1
    told = capsys.readouterr().err
    assert "public_url" in told
    assert "Traceback" not in told
