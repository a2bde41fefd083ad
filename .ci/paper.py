"""Have the report of the bundled sketch written in each format, and see that each is a file of its kind.

    python3 paper.py PATH-OF-wanli-geo
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

BEGINS = {".pdf": b"%PDF-", ".docx": b"PK", ".xlsx": b"PK"}


def paper(program: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for suffix, begin in BEGINS.items():
            out = Path(folder, f"report{suffix}")
            done = subprocess.run([program, "report", "--out", out], capture_output=True, encoding="utf-8", check=False)  # noqa: S603  just installed
            content = out.read_bytes() if out.is_file() else b""
            if done.returncode != 0 or not content.startswith(begin):
                raise SystemExit(f"report{suffix} ended with {done.returncode}: {done.stderr}")
            print(f"report{suffix}: {len(content):,} bytes")


if __name__ == "__main__":
    paper(Path(sys.argv[1]).absolute())
