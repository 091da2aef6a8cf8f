"""Editorial advice on one message, before it is written: what its writer can put better in a minute."""

from __future__ import annotations

import os
import re
from functools import partial
from typing import TYPE_CHECKING

from mkdocs_incidents.content.suggestions import quoted
from mkdocs_incidents.model import Update

from ..advice.findings import findings, reading_of, remark_on
from ..advice.passages import TITLE, UPDATE, Passage, names_in
from ..advice.rules import default_rules
from ..prose.language import language_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from mkdocs_incidents.content.source import Place
    from mkdocs_incidents.model import Catalog

    from ..advice.rules import SiteRules
    from .facts import MessageFacts

_NEXT_UPDATE = "no-next-word"
_OPTION = "add --next 30m"
"""Code of the rule that asks for the next update; it judges English only."""
_EDITORIAL = "editorial.yml"
_WEEKDAY = re.compile(r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b", re.IGNORECASE)


def site_rules(folder: Path, catalog: Catalog, today: date) -> SiteRules:
    """The editorial rules of the site with that folder of incident files; those of the package if its own are wrong.

    `today` serves as an example in error messages, which `incidents check --editorial` shows.
    """
    if not os.path.lexists(folder / _EDITORIAL):
        return default_rules().at_site_of(catalog)
    # Imported late: it takes longer than all the rest.
    from mkdocs_incidents.content.folder import Folder  # noqa: PLC0415

    from ..advice.site_rules import rules_of_site  # noqa: PLC0415

    return rules_of_site(Folder(folder, folder.as_posix()), catalog.timezone, today).at_site_of(catalog)


def advice_on(message: str, facts: MessageFacts, site: SiteRules) -> list[str]:
    """Advice on a message, and on the title with the first one: a sentence each, with what to write instead.

    It repeats what `incidents check --editorial` would say once the update is written, without contradictions to what
    the file says elsewhere.
    """
    names = site.names | (names_in(facts.upstream.name) if facts.upstream else frozenset())
    passage = partial(Passage, kind=str(facts.kind), place_of=_no_place, site_names=names, first=facts.first)
    new = passage(where=UPDATE, markdown=message, update=_update(message, facts))
    title = [passage(where=TITLE, markdown=facts.title)] if facts.first else []
    language = language_of("\n".join(known.text for known in (*title, new)))
    advice = []
    for judged in (*title, new):
        for rule, finding in findings(judged, site.rules, language):
            remark = remark_on(judged, rule, finding)
            option = f"{_OPTION}, or " if rule.code == _NEXT_UPDATE else ""
            advice.append(f"{remark.message}; {option}{remark.hint}")
    judges_next_update = any(rule.code == _NEXT_UPDATE for rule in site.rules)
    if judges_next_update and not reading_of(new, language).certain:
        advice.extend(_missing_next_update(message, facts))
    advice.extend(_wrong_weekdays(message))
    return advice


def _no_place(_: int) -> Place:
    raise NotImplementedError("a message that is not written yet has no place in a file")


def _update(message: str, facts: MessageFacts) -> Update | None:
    update = facts.update
    if update.status is None:
        return None
    return Update(id="", at=update.at, status=update.status, message=message, next_update_at=update.next_update_at)


def _missing_next_update(message: str, facts: MessageFacts) -> Iterator[str]:
    """That a message which is not all in English does not state the next update, in a phrase of any language."""
    if facts.update.next_update_at or not facts.awaits_next_update:
        return
    from mkdocs_incidents.content.updates import stated_next_update  # noqa: PLC0415  rarely needed, and slow

    if stated_next_update(message, facts.update.at, facts.timezone) is None:
        yield f"it does not say when the next update comes, so readers reload until they give up; {_OPTION}"


def _wrong_weekdays(message: str) -> Iterator[str]:
    """That a day of the calendar is another day of the week than the message says."""
    if not _WEEKDAY.search(message):
        return
    from ..prose.stated_facts import wrong_weekdays  # noqa: PLC0415  rarely needed, and slow

    for quote, right in wrong_weekdays(" ".join(message.split())):
        yield f"{quoted(quote)} is a {right}; correct the weekday, or the day"
