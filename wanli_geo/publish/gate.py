"""The gate that a public map must pass: all reasons at once, or none. It never says that an exemption applies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from wanli_geo.errors import GateClosed
from wanli_geo.publish.attack import small_counts
from wanli_geo.publish.counts import told_numbers
from wanli_geo.publish.gate_files import of_files
from wanli_geo.publish.gate_paper import failing_layers, of_layers, of_lists, on_paper
from wanli_geo.publish.reason import Reason, because
from wanli_geo.publish.sources import Sources
from wanli_geo.workspace.kinds import KINDS
from wanli_geo.workspace.publication import Publication
from wanli_geo.workspace.store import Workspace

MOST_BYTES = 3_000_000
_MEDIA = ("media/", "data/basemap")


def reasons(files: Mapping[str, bytes], sources: Sources, publication: Publication, hosts: tuple[str, ...] = ()) -> list[Reason]:
    """List every reason why a built site may not go out, in the order of the papers, the layers, the counts, the files."""
    found = [*on_paper(publication), *of_lists(publication), *of_layers(sources.workspace, publication), *of_counts(sources),
             *of_files(files, publication, hosts), *_weight(files)]
    return list(dict.fromkeys(found))


def see_to_layers(workspace: Workspace, publication: Publication) -> None:
    """Refuse a workspace whose layers fail their check before anything is asked of it: they cannot be read.

    Raises:
        GateClosed: with every reason that can be told without reading them.
    """
    failing = list(failing_layers(workspace, publication))
    if failing:
        raise closed([*on_paper(publication), *of_lists(publication), *failing])


def pass_or_refuse(files: Mapping[str, bytes], sources: Sources, publication: Publication, hosts: tuple[str, ...] = ()) -> None:
    """Let a site out, or refuse it.

    Raises:
        GateClosed: with all reasons.
    """
    found = reasons(files, sources, publication, hosts)
    if found:
        raise closed(found)


def closed(found: Sequence[Reason]) -> GateClosed:
    """Make the refusal of some reasons; they are told one by one by whoever meets it."""
    return GateClosed(f"公开地图没有发布：有 {len(found)} 条原因，请逐条改正。",
                      f"The public map was not published: there are {len(found)} reason(s); mend them one by one.", found)


def of_counts(sources: Sources) -> list[Reason]:
    """Attack what is told of people: a count from 1 to 9 that is shown, or can be worked out, is a reason."""
    found = []
    for key, answer in sources.answers.items():
        if not key.startswith(("coverage/", "elders/")):
            continue
        numbers, total = told_numbers(answer)
        if small_counts(numbers, [((0, 1, 2), total)] if total is not None else []):
            kind = KINDS[key.partition("/")[2]]
            found.append(because("small_count", key, kind=kind.zh))
    return found


def _weight(files: Mapping[str, bytes]) -> list[Reason]:
    size = sum(len(content) for name, content in files.items() if not name.startswith(_MEDIA))
    if size <= MOST_BYTES:
        return []
    return [because("too_heavy", "—", size=f"{size / 1e6:.1f}")]
