"""Rules and passages → advice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...content.problems import Severity
from ...content.source import Report, problem_at
from ...content.spelling import quoted
from ..prose.language import language_of
from .checks import CHECKS
from .finding import Finding
from .passage_language import reading_of
from .passages import BODY, passages
from .rewrites import REWRITES

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Sequence

    from ...content.incident_file import NoticeFile
    from ...content.problems import Problem
    from ..prose.language import Language
    from .passages import Passage
    from .rule import Rule

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
    return report.told()


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
