"""What a check says: one frozen finding for one fault, in both languages, with the way out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True)
class Finding:
    """One fault of one layer.

    `code` is a stable English slug; `id` the feature's id (None: not known, or the whole layer); `index` its place in the file
    from 0; `column` the attribute, or "geometry", or None.
    """

    severity: Severity
    code: str
    layer: str
    zh: str
    en: str
    fix_zh: str
    fix_en: str
    id: str | None = None
    index: int | None = None
    column: str | None = None

    def to_dict(self) -> dict[str, object]:
        return asdict(self)

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.layer, self.id if self.id is not None else self.index, self.column) if part is not None)
        return f"{place} {self.zh}{self.fix_zh} / {self.en} {self.fix_en}"


def errors(findings: Iterable[Finding]) -> list[Finding]:
    """Keep the findings that stop an analysis."""
    return [finding for finding in findings if finding.severity == "error"]
