"""The map that a meeting starts from: which compounds bear most, by people × metres beyond, all clauses together."""

from __future__ import annotations

import numpy as np

from wanli_geo.answer import Answer
from wanli_geo.report.carto.tints import COVERED, GAPS, NO_ONE, shapes_of, tinted
from wanli_geo.report.document import Picture
from wanli_geo.report.drawing import ground_map
from wanli_geo.report.tables import Tongue
from wanli_geo.workspace.store import Workspace

# Quarters of the compounds that bear anything, the lightest first.
_QUARTERS = (("最轻的四分之一", "lightest quarter"), ("较轻", "lighter half"), ("较重", "heavier half"), ("最重的四分之一", "heaviest quarter"))


def burden_map(audit: Answer, workspace: Workspace, tongue: Tongue) -> Picture:
    """Tint the compounds by the quarter they are in; those that no walk is too far for stay quiet."""
    units = audit.features["compounds"]
    burden, people = units["burden"].to_numpy(float), units["people"].to_numpy(float)
    bears = burden > 0
    breaks = np.quantile(burden[bears], (0.25, 0.5, 0.75)) if bears.any() else np.zeros(3)
    quarter = np.searchsorted(breaks, burden, side="left")
    layers, legend = tinted(shapes_of(units), [
        *((bears & (quarter == row), GAPS[row], tongue.pick(*words)) for row, words in enumerate(_QUARTERS)),
        (~bears & (people > 0), COVERED, tongue.pick("没有超出", "none")),
        (~bears & (people <= 0), NO_ONE, tongue.pick("无居民或人数不详", "nobody, or not known")),
    ])
    title = tongue.pick("哪些小区负担最重：人数 × 超出米数", "Which compounds bear most: people × metres beyond")
    first = tongue.join([tongue.compound(str(one)) for one in units["id"].head(3)])
    alt = tongue.pick(f"{title}。最重的是{first}。", f"{title}. The heaviest: {first}.")
    heading = tongue.pick("人数 × 超出米", "People × m beyond")
    return ground_map(workspace, tongue.lang, layers=layers, legend=legend, heading=heading, title=title, alt=alt, made=audit.made_of,
                      run_ids=(audit.run_id,))
