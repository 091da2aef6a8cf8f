"""Advice of `incidents check --editorial` on one file: its wording, its contradictions, and what was not read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_incidents.content.problems import Severity
from mkdocs_incidents.content.source import Place, Report, problem_at
from mkdocs_incidents.content.suggestions import quoted
from mkdocs_incidents.model import Incident

from ..prose.contradictions import contradictions
from ..prose.language import language_of
from ..prose.stated_facts import account_of
from ..tidy.incident_file import tidied
from ..tidy.proposals import Context
from .contradictions import INCIDENT_RULES, RULES
from .file_passages import passages
from .findings import findings, remark_on
from .passages import BODY
from .site_rules import rules_of_site

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from mkdocs_incidents.content.catalog_file import CatalogFile
    from mkdocs_incidents.content.folder import Folder
    from mkdocs_incidents.content.incident_file import NoticeFile
    from mkdocs_incidents.content.loader import Advice
    from mkdocs_incidents.content.problems import Problem

    from .passages import Passage
    from .rules import Finding, Rule


def advice_on(file: NoticeFile, rules: Sequence[Rule], site_names: frozenset[str] = frozenset()) -> list[Problem]:
    """Advice on the wording of a file, by place; at most as many problems as are shown of one file.

    `site_names` are the names of the site's components, as `passages` has them; rules do not match them.
    """
    report = Report(path=file.document.source.path)
    found = list(passages(file, site_names))
    language = language_of("\n".join(passage.text for passage in found if passage.where != BODY))
    for passage in found:
        for rule, finding in findings(passage, rules, language):
            report.problems.append(_problem(report.path, passage, rule, finding))
    return report.for_reader()


def _problem(path: str, passage: Passage, rule: Rule, finding: Finding) -> Problem:
    remark = remark_on(passage, rule, finding)
    place = passage.place_of(remark.start)
    return problem_at(path, Severity.ADVICE, place, rule.code, remark.message, remark.hint)


def advisor(folder: Folder, known: CatalogFile, example: date) -> Advice:
    """What advises on the files of a site, by the rules in its `editorial.yml` (`content.loader.Advisor`)."""
    site = rules_of_site(folder, known.timezone, example).at_site_of(known.catalog)

    def advice(file: NoticeFile) -> Iterator[Problem]:
        yield from advice_on(file, site.rules, site.names)
        yield from _contradictions(file)
        yield from _unread(file)

    return advice


def _contradictions(file: NoticeFile) -> Iterator[Problem]:
    """Where prose and facts, or prose and timeline, say different things."""
    account = tuple(account_of(file.body))
    for rule in RULES:
        yield from rule(file, account)
    if isinstance(file.notice, Incident):
        for incident_rule in INCIDENT_RULES:
            yield from incident_rule(file, file.notice, account)
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
