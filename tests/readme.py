"""The parts of README.md that the code knows: written by `python -m tests.readme`, kept in step by test_readme.py."""

from __future__ import annotations

from pathlib import Path

from wanli_geo.workspace.kinds import KINDS
from wanli_geo.workspace.specs import COMMON, Column, readme_table

README = Path(__file__).resolve().parents[1] / "README.md"


def kinds() -> str:
    return "、".join(f"`{kind.code}` {kind.zh}" for kind in KINDS.values() if kind.first_page)


def common() -> str:
    """The columns of every layer as a Markdown table."""
    rows = [f"| `{column.name}`{'*' if column.required else ''} | {column.zh} | {column.en} | {allowed(column)} |" for column in COMMON]
    return "\n".join(["| column | 含义 | meaning | values |", "|---|---|---|---|", *rows])


def allowed(column: Column) -> str:
    if column.choices:
        return "、".join(f"`{code}` {zh}" for code, zh, _ in column.choices)
    return {"date": "`2026`, `2026-11`, `2026-11-23`", "boolean": "`true`, `false`"}.get(column.type, column.type)


BLOCKS = {"kinds": kinds, "common": common, "layers": readme_table}


def renewed(text: str) -> str:
    """Put what the code says now between each pair of marks."""
    for name, block in BLOCKS.items():
        head, start, rest = text.partition(f"<!-- {name} -->\n")
        _, end, tail = rest.partition(f"\n<!-- /{name} -->")
        text = head + start + block() + end + tail
    return text


if __name__ == "__main__":
    README.write_text(renewed(README.read_text("utf-8")), "utf-8")
