"""An audit as a folder: the whole Answer, each table for Excel, the compounds for QGIS, and one page to read; with a manifest."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace

import pandas as pd

from wanli_geo.answer import Answer
from wanli_geo.report.audit_sheet import audit_sheet
from wanli_geo.report.files import table_csv, to_geojson
from wanli_geo.workspace.store import Workspace

MANIFEST = "manifest.json"


def audit_files(answer: Answer, workspace: Workspace, lang: str = "zh", ledger: pd.DataFrame | None = None) -> dict[str, bytes]:
    """Give every file by its name; the same answer gives the same bytes. `ledger` adds the rows of every house and clause."""
    files = {
        "index.html": audit_sheet(answer, workspace, lang).encode(),
        "audit.json": (answer.to_json() + "\n").encode(),
        "compounds.geojson": to_geojson(_with_gaps(answer)),
        **{f"{name}.csv": table_csv(answer, table) for name, table in answer.tables.items() if len(table)},
    }
    if ledger is not None:
        files["ledger.csv"] = table_csv(answer, ledger)
    told = {
        "question": answer.question, "run_id": answer.run_id, "params": dict(answer.params), "made_of": [vars(made) for made in answer.made_of],
        "files": {name: hashlib.sha256(content).hexdigest() for name, content in sorted(files.items())},
    }
    return {**files, MANIFEST: (json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()}


def _with_gaps(answer: Answer) -> Answer:
    """The compounds with one column more a clause that has a gap: how many of its people are in it. What QGIS colours a clause by."""
    gaps, drawn = answer.tables["gaps"], answer.features["compounds"]
    if not len(gaps):
        return answer
    named = gaps.assign(column="gap " + gaps["standard"] + "/" + gaps["clause"])
    wide = named.pivot_table(index=["layer", "id"], columns="column", values="people_gap", aggfunc="sum", sort=True)
    own = pd.MultiIndex.from_frame(drawn[["layer", "id"]])
    whole = drawn.join(wide.reindex(own).fillna(0.0).set_index(drawn.index))
    return replace(answer, features={**answer.features, "compounds": whole})
