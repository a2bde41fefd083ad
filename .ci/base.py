"""Ask an installation without extras a question and an audit on the bundled workspace, its report as a workbook, and for what it cannot do.

    python3 base.py PATH-OF-wanli-geo
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path


def run(program: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([program, *words], capture_output=True, encoding="utf-8", check=False)  # noqa: S603  the program just installed


def base(program: Path) -> None:
    done = run(program, "coverage", "--kind", "CANTEEN", "--within", "500m", "--json")
    if done.returncode != 0:
        raise SystemExit(f"coverage ended with {done.returncode}: {done.stderr}")
    facts = json.loads(done.stdout)["facts"]
    counted = {key: facts[f"people_{key}"]["value"] for key in ("total", "covered", "gap", "unknown")}
    if counted["covered"] + counted["gap"] + counted["unknown"] != counted["total"] or not counted["total"]:
        raise SystemExit(f"the people do not add up: {counted}")
    print(f"coverage: {counted}")
    with tempfile.TemporaryDirectory() as folder:
        audited = Path(folder, "audit")
        done = run(program, "audit", "--standard", "all", "--out", str(audited))
        if done.returncode != 0 or not Path(audited, "index.html").is_file():
            raise SystemExit(f"audit ended with {done.returncode}: {done.stderr}")
        clauses = json.loads(Path(audited, "audit.json").read_text("utf-8"))["tables"]["clauses"]
        if any(row["people"] != counted["total"] for row in clauses) or len(clauses) < 100:
            raise SystemExit(f"the people of {len(clauses)} clauses do not add up")
        print(f"audit: {len(clauses)} clauses, {sorted(path.name for path in audited.iterdir())}")
        extract = Path(folder, "town.osm.pbf")
        extract.write_bytes(b"")
        done = run(program, "import", "osm", str(extract), "--into", str(Path(folder, "town")))
        if done.returncode != 1 or "[osm]" not in done.stderr or "Traceback" in done.stderr or Path(folder, "town").exists():
            raise SystemExit(f"import osm without its extra ended with {done.returncode}: {done.stderr}")
        print(f"import osm: {done.stderr.strip().splitlines()[-1]}")
        book, page = Path(folder, "report.xlsx"), Path(folder, "report.pdf")
        done = run(program, "report", "--out", str(book))
        if done.returncode != 0 or not book.is_file():
            raise SystemExit(f"report.xlsx ended with {done.returncode}: {done.stderr}")
        done = run(program, "report", "--out", str(page))
        if done.returncode != 1 or "[report]" not in done.stderr or "Traceback" in done.stderr or page.exists():
            raise SystemExit(f"report.pdf without its extra ended with {done.returncode}: {done.stderr}")
        print(f"report: {book.stat().st_size:,} bytes; {done.stderr.strip().splitlines()[-1]}")


if __name__ == "__main__":
    base(Path(sys.argv[1]).absolute())
