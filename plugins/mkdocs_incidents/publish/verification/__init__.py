"""A freshly built site is verified before it is published: it is whole, it can be read, and it gives nothing away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .announced import missing_files
from .facts import SiteFacts
from .fault import Fault
from .formats import damage
from .leaks import Leaks
from .links import FolderLinks, dead_links
from .notes import mark_of_internal_note
from .output_file import OutputFile, output_paths

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Fault", "SiteFacts", "faults"]


def faults(folder: Path, facts: SiteFacts) -> list[Fault]:
    """What is wrong with the site in `folder`, by path. The site must not be published if one of them is blocking.

    Raises:
        OSError: a file cannot be read.
    """
    paths = frozenset(output_paths(folder))
    links = FolderLinks(folder, facts.address, paths)
    leaks = Leaks(facts.hidden, facts.public)
    found = list(missing_files(facts.announced, paths))
    for path in sorted(paths):
        output = OutputFile(folder, path)
        damaged = damage(output, facts.announced.get(path, ""))
        if damaged:
            found.append(damaged)
        else:
            found += filter(None, [mark_of_internal_note(output)])
            links.add(output)
        leaks.add(output)
    found += [*leaks.faults(), *dead_links(links, _live_links(facts))]
    return sorted(found, key=lambda fault: (not fault.blocking, fault.path, fault.message))


def _live_links(facts: SiteFacts) -> FolderLinks | None:
    if facts.live is None or not facts.live.is_dir():
        return None
    return FolderLinks(facts.live, facts.address, frozenset(output_paths(facts.live)))
