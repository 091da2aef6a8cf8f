"""Advice of `incidents check --editorial` on a file: its wording, its contradictions, and what was not read."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from ..content.folder import EDITORIAL_NAME
from ..content.source import Place
from ..content.spelling import quoted
from .editorial.advisor import advice_on
from .editorial.own_rules import default_rules, read_editorial
from .prose.contradictions import contradictions
from .prose.rules_of_facts import RULES
from .prose.stated_facts import account_of
from .tidy.body import tidied
from .tidy.strict_reading import Context

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from ..content.catalog_file import CatalogFile
    from ..content.folder import Folder
    from ..content.incident_file import NoticeFile
    from ..content.loader import Advice
    from ..content.problems import Problem
    from .editorial.own_rules import SiteRules


def advisor(folder: Folder, known: CatalogFile, example: date) -> Advice:
    """What advises on the files of a site, by the rules in its `editorial.yml` (`content.loader.Advisor`)."""
    site = _site_rules(folder, known, example).at_site_of(known.catalog)

    def advice(file: NoticeFile) -> Iterator[Problem]:
        yield from advice_on(file, site.rules, site.names)
        yield from _contradictions(file)
        yield from _unread(file)

    return advice


def _site_rules(folder: Folder, known: CatalogFile, example: date) -> SiteRules:
    if not os.path.lexists(folder.path / EDITORIAL_NAME):
        return default_rules()
    report = folder.report(EDITORIAL_NAME)
    source = folder.source(EDITORIAL_NAME, report)
    site = read_editorial(source, report, zone=known.timezone, example=example) if source else default_rules()
    folder.problems.extend(report.told())
    return site


def _contradictions(file: NoticeFile) -> Iterator[Problem]:
    """Where prose and facts, or prose and timeline, say different things."""
    account = tuple(account_of(file.body))
    for rule in RULES:
        yield from rule(file, account)
    for found in contradictions(file.body, file.notice):
        yield file.advice(
            Place(found.line, 1),
            "prose-contradicts-timeline",
            f"{quoted(found.sentence)} says {found.clock}, but line {found.event.line} of the timeline has "
            f"{found.event.clock} for {quoted(found.event.text)}",
            "correct the time that is wrong",
        )


def _unread(file: NoticeFile) -> Iterator[Problem]:
    """Lines of a timeline or of action items that do not fit the grammar: they are shown as they were written."""
    command = f"incidents tidy {file.document.source.path}" if file.unread and _has_proposals(file) else ""
    for remark in file.unread:
        hint = "; or see what is proposed: ".join(filter(None, [remark.hint, command]))
        yield file.advice(Place(remark.line, 1), "section-partly-read", remark.message, hint)


def _has_proposals(file: NoticeFile) -> bool:
    """Whether `incidents tidy` proposes anything for the body of a file."""
    notice = file.notice
    context = Context(zone=notice.timezone, begins_at=notice.begins_at, ends_at=notice.ended_at)
    return bool(tidied(file.document.body, context, everything=True).proposals)
