"""Advice of `incidents check --editorial` on one file: its wording, its contradictions, and what was not read."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mkdocs_incidents.content.folder import EDITORIAL_NAME
from mkdocs_incidents.content.problems import Severity
from mkdocs_incidents.content.source import Place, Report, problem_at
from mkdocs_incidents.content.suggestions import quoted
from mkdocs_incidents.model import Incident

from ..prose.contradictions import contradictions
from ..prose.language import Language, language_of
from ..prose.stated_facts import account_of
from ..tidy.incident_file import tidied
from ..tidy.proposals import Context
from .checks import CHECKS, REWRITES
from .contradictions import INCIDENT_RULES, RULES
from .passages import BODY, passages
from .rules import LANGUAGE, Finding, default_rules, load_style_rules

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Sequence
    from datetime import date

    from mkdocs_incidents.content.catalog_file import CatalogFile
    from mkdocs_incidents.content.folder import Folder
    from mkdocs_incidents.content.incident_file import NoticeFile
    from mkdocs_incidents.content.loader import Advice
    from mkdocs_incidents.content.problems import Problem

    from .passages import Passage
    from .rules import Rule, SiteRules


@dataclass(frozen=True, slots=True, kw_only=True)
class EnglishParts:
    """Where the rules for English hold in a passage."""

    others: tuple[tuple[int, int], ...]
    """Its sentences in other languages, by their indices."""
    whole: Language
    certain: bool
    """Whether it is English from end to end: only then is it known what information is missing."""

    def holds(self, rule: Rule, finding: Finding) -> bool:
        """Whether what a rule finds is in its language."""
        if rule.language != LANGUAGE:
            return True
        if finding.whole:
            return self.certain
        if rule.raw:  # counted in other signs
            return self.whole is not Language.OTHER
        return not any(finding.start < end and start < finding.end for start, end in self.others)


def reading_of(passage: Passage, around: Language) -> EnglishParts:
    """Where a passage is English; a sentence that may be in any language is in that of its passage, or of the file."""
    own = language_of(passage.text)
    whole = _either(own, around)
    sentences = [(start, start + len(sentence), language_of(sentence)) for start, sentence in passage.sentences]
    others = tuple((start, end) for start, end, language in sentences if _either(language, whole) is Language.OTHER)
    return EnglishParts(others=others, whole=whole, certain=own is Language.ENGLISH and not others)


def _either(known: Language, around: Language) -> Language:
    return around if known is Language.UNKNOWN else known


_LONGEST_QUOTE = 80
_LONGEST_SENTENCE = 400
"""Characters of one in which patterns of a site's own are looked for."""


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


def findings(passage: Passage, rules: Sequence[Rule], around: Language) -> Iterator[tuple[Rule, Finding]]:
    """What the rules find in one passage of a file in the language `around`.

    Where two rules match the same words, the first counts.
    """
    reading = reading_of(passage, around)
    taken: list[tuple[int, int]] = []
    empty = False  # advice on missing information would repeat that the first update is empty
    for rule in rules:
        if not _concerns(rule, passage) or (empty and rule.first):
            continue
        for finding in _found(rule, passage):  # by rule, then by place
            if not reading.holds(rule, finding):
                continue
            empty = empty or rule.whole or rule.first
            if finding.whole:
                yield rule, finding
            elif not any(finding.start < end and start < finding.end for start, end in taken):
                taken.append((finding.start, finding.end))
                yield rule, finding


def _concerns(rule: Rule, passage: Passage) -> bool:
    if passage.where not in rule.where or passage.kind not in rule.kinds or (rule.first and not passage.first):
        return False
    return not rule.statuses or (passage.update is not None and str(passage.update.status) in rule.statuses)


def _found(rule: Rule, passage: Passage) -> Iterator[Finding]:
    if rule.check:
        yield from CHECKS[rule.check](passage)
        return
    text = passage.markdown if rule.raw else passage.text
    lead = len(text) - len(text.lstrip())  # that of a section's first line; patterns begin with the first word
    pieces = [(lead, text[lead:])]
    if rule.by_sentence:
        pieces = [(start, sentence[:_LONGEST_SENTENCE]) for start, sentence in passage.sentences]
    for better, pattern in [
        *(("", plain) for plain in rule.patterns),
        *((better, word) for word, better in rule.words),
    ]:
        for start, piece in pieces:
            if rule.whole:
                if pattern.fullmatch(piece.strip()):
                    yield Finding(start=start, end=start + len(piece), better=better)
                    return
            else:
                for found in pattern.finditer(piece):
                    if found[0].casefold() not in passage.site_names:
                        yield _finding(found, start, better or (REWRITES[rule.rewrite](found) if rule.rewrite else ""))


def _finding(found: re.Match[str], offset: int, better: str) -> Finding:
    """What a pattern found: its group `found`, where it has one, or all of it."""
    group = "found" if "found" in found.re.groupindex else 0
    return Finding(start=offset + found.start(group), end=offset + found.end(group), better=better)


def _problem(path: str, passage: Passage, rule: Rule, finding: Finding) -> Problem:
    start, end = finding.start, finding.end
    start += len(passage.text[start:end]) - len(passage.text[start:end].lstrip())
    if not rule.raw:
        origins = passage.prose.origins
        start, end = origins[start], origins[max(start, end - 1)] + 1
    words = quoted(passage.markdown[start:end], longest=_LONGEST_QUOTE)
    figure = f" ({finding.figure})" if finding.figure else ""
    advice = finding.better and f"write {finding.better}"
    return problem_at(
        path,
        Severity.ADVICE,
        passage.place_of(start),
        rule.code,
        f"{words}{figure}: {rule.reason}",
        advice or rule.advice,
    )


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
    site = load_style_rules(source, report, zone=known.timezone, example=example) if source else default_rules()
    folder.problems.extend(report.for_reader())
    return site


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
