"""Editorial rules, and those of the package (`rules/*.toml`)."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from .passages import KINDS, PROMISE, SECTIONS, TIMELINE, TITLE, UPDATE, WHERE, names_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs_incidents.model import Catalog


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """The place in a passage that a rule matched."""

    start: int
    end: int
    """Indices in the text of the passage."""
    better: str = ""
    """What to write instead, where that is known better than the advice of the rule."""
    figure: str = ""
    """What was measured."""
    whole: bool = False
    """About the whole passage: other rules may still match the same words."""


LANGUAGE = "en"
"""That of the rules which come with the package."""
_SUBJECTS = ("sorry", "empty_words", "who_and_what", "who_did_it", "what_comes_next", "trade", "reading")
"""Files of rules in the order in which they are documented: of two that match the same words the first counts."""
_GROUPS = {
    "everywhere": (TITLE, UPDATE, *SECTIONS),
    "public": (TITLE, UPDATE, "summary", "impact", "apology", "other"),
    "sections": SECTIONS,
    "all": (TITLE, UPDATE, PROMISE, TIMELINE, *SECTIONS),
}
"""Names for several places at once. Engineers read `public` places, too, but are not those they are written for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """An editorial rule: what it matches, what to write instead, and why."""

    code: str
    """Permanent name, in kebab case; documented in the guide."""
    reason: str
    """Why it matters to the reader: one sentence, lower case, no full stop."""
    advice: str
    """Better words; used where `words` has none for the case."""
    patterns: tuple[str, ...] = ()
    """Regular expressions; case makes no difference."""
    words: tuple[tuple[str, str], ...] = ()
    """Regular expressions of whole phrases, each with what to write instead."""
    rewrite: str = ""
    """Name of a function in `checks.REWRITES`, which puts what a pattern found into better words."""
    check: str = ""
    """Name of a function in `checks`, for what no pattern can tell."""
    where: frozenset[str] = frozenset(_GROUPS["everywhere"])
    kinds: frozenset[str] = frozenset(KINDS)
    """Of notices."""
    statuses: frozenset[str] = frozenset()
    """Of updates; empty for all."""
    first: bool = False
    """Only the first word of a notice is judged."""
    whole: bool = False
    """A pattern must match the whole passage."""
    by_sentence: bool = False
    """Looked for in each sentence alone: patterns of a site's own, which nobody has measured."""
    raw: bool = False
    """Code and quotations are judged, too."""
    language: str = LANGUAGE
    """In which it holds; empty for all."""
    bad: tuple[str, ...] = ()
    """Examples that it finds. A test proves it."""
    good: tuple[str, ...] = ()
    """Examples that it does not find."""

    def expressions(self) -> Iterator[tuple[re.Pattern[str], str]]:
        """What it looks for, each with what to write instead, empty for `advice`; made when they are first needed."""
        for pattern in self.patterns:
            yield _compiled(pattern), ""
        for phrase, better in self.words:
            yield _compiled(rf"\b(?:{phrase})\b"), better


@lru_cache(maxsize=512)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


@cache
def built_in_rules() -> tuple[Rule, ...]:
    """The rules of the package, in the order in which they are documented; where two match, the first counts."""
    folder = files(__package__ or "").joinpath("rules")
    texts = (folder.joinpath(f"{subject}.toml").read_text(encoding="utf-8") for subject in _SUBJECTS)
    return tuple(_rule(code, entry) for text in texts for code, entry in tomllib.loads(text).items())


def _rule(code: str, entry: dict[str, Any]) -> Rule:
    entry = dict(entry)
    named = [place for name in entry.pop("where", ["everywhere"]) for place in _GROUPS.get(name, (name,))]
    unknown = set(named) - set(WHERE)
    if unknown:
        raise ValueError(f"{code}: there is no place called {', '.join(unknown)}")
    return Rule(
        code=code,
        patterns=tuple(entry.pop("patterns", ())),
        words=tuple(entry.pop("words", {}).items()),
        where=frozenset(named),
        kinds=frozenset(entry.pop("kinds", KINDS)),
        statuses=frozenset(entry.pop("statuses", ())),
        bad=tuple(entry.pop("bad")),
        good=tuple(entry.pop("good")),
        **entry,
    )


@dataclass(frozen=True, slots=True)
class SiteRules:
    """The editorial rules of a site, and the names that it knows."""

    rules: tuple[Rule, ...]
    names: frozenset[str] = frozenset()
    """What readers know by its name, as `names_in` has it: neither a person nor a word of the trade."""

    def at_site_of(self, catalog: Catalog | None) -> SiteRules:
        """They, with what the site calls its own parts."""
        groups = catalog.groups if catalog else ()
        named = [group.name for group in groups if group.name]
        named += [component.name for group in groups for component in group.components]
        return replace(self, names=self.names.union(*map(names_in, named)))


def default_rules() -> SiteRules:
    """The rules of a site without `editorial.yml`."""
    return SiteRules(built_in_rules())
