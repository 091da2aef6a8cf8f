"""Editorial rules: those of the package (`rules/*.toml`), and those of a site (`editorial.yml`)."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from mkdocs_incidents.content.format.meant_keys import as_meant
from mkdocs_incidents.content.format.schema import EditorialSettings
from mkdocs_incidents.content.format.schema_errors import report_schema_errors
from mkdocs_incidents.content.format.values import FieldContext
from mkdocs_incidents.content.problems import CODES
from mkdocs_incidents.content.source import START
from mkdocs_incidents.content.suggestions import nearest, one_of, quoted
from mkdocs_incidents.content.yaml.nodes import Mapping, compose, data, find

from .passages import KINDS, PROMISE, SECTIONS, TIMELINE, TITLE, UPDATE, WHERE, names_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from zoneinfo import ZoneInfo

    from mkdocs_incidents.content.format.schema import OwnRuleKeys
    from mkdocs_incidents.content.source import Report, Source
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
    patterns: tuple[re.Pattern[str], ...] = ()
    words: tuple[tuple[re.Pattern[str], str], ...] = ()
    """Phrases, each with what to write instead."""
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
        patterns=tuple(re.compile(pattern, re.IGNORECASE) for pattern in entry.pop("patterns", ())),
        words=tuple(
            (re.compile(rf"\b(?:{phrase})\b", re.IGNORECASE), better)
            for phrase, better in entry.pop("words", {}).items()
        ),
        where=frozenset(named),
        kinds=frozenset(entry.pop("kinds", KINDS)),
        statuses=frozenset(entry.pop("statuses", ())),
        bad=tuple(entry.pop("bad")),
        good=tuple(entry.pop("good")),
        **entry,
    )


_EXAMPLE = """\
off: [soon]
rules:
  - code: merchants
    pattern: \\bmerchants?\\b
    reason: our customers call themselves shops
    advice: write shop
"""


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


def load_style_rules(source: Source, report: Report, *, zone: ZoneInfo, example: date) -> SiteRules:
    """The rules of a site. What is wrong in the file is reported; the rules of the package hold all the same."""
    root = compose(source.text, source, report)
    if not isinstance(root, Mapping):
        if not report.failed:
            place = source.place(root.index) if root else START
            what = "the file is empty" if root is None else "the file does not begin with keys such as off:"
            report.error(
                place,
                "editorial-not-keys",
                what,
                f"write in it:\n{_EXAMPLE}" if root is None else "begin it with off: or rules:",
            )
        return default_rules()
    root = as_meant(root, EditorialSettings, source, report)
    try:
        keys = EditorialSettings.model_validate(data(root), context=FieldContext(zone=zone, example=example))
    except ValidationError as error:
        report_schema_errors(error, root, source, report)
        return default_rules()
    _check_off(keys.off, root, source, report)
    _check_codes(keys.rules, root, source, report)
    if report.failed:
        return default_rules()
    names = frozenset[str]().union(*map(names_in, keys.known))
    return SiteRules(tuple(_in_force(keys, root, source, report)), names)


def _check_off(off: list[str], root: Mapping, source: Source, report: Report) -> None:
    known = [rule.code for rule in built_in_rules()]
    for number, code in enumerate(off):
        if code not in known:
            near = nearest(code, known)
            report.error(
                source.place(find(root, ("off", number)).index),
                "unknown-editorial-rule",
                f"there is no rule {quoted(code)} to switch off",
                f"write {near.replace('_', '-')}" if near else one_of(known, at_most=len(known)),
            )


def _check_codes(rules: list[OwnRuleKeys], root: Mapping, source: Source, report: Report) -> None:
    taken = {rule.code: "comes with the package" for rule in built_in_rules()}
    taken |= dict.fromkeys(CODES, "is the name of another problem")
    for number, rule in enumerate(rules):
        place = source.place(find(root, ("rules", number, "code")).index)
        if first := taken.get(rule.code):
            message = f"a rule {quoted(rule.code)} {first}"
            report.error(place, "duplicate-editorial-rule", message, "write another code")
        taken.setdefault(rule.code, f"stands already on line {place.line}")


def _in_force(keys: EditorialSettings, root: Mapping, source: Source, report: Report) -> Iterator[Rule]:
    for own in keys.rules:
        yield Rule(
            code=own.code,
            reason=own.reason.rstrip("."),
            advice=own.advice,
            patterns=(own.pattern,),
            language="",
            by_sentence=True,
        )
    other = keys.language.replace("_", "-").split("-")[0].casefold()
    for rule in built_in_rules():
        if rule.code not in keys.off and rule.language in {"", other}:
            yield rule
    if other != LANGUAGE:
        report.advice(
            source.place(find(root, ("language",)).index),
            "editorial-language",
            f"texts in {quoted(keys.language)} are not judged: the rules that come with the package know only English",
            "rules of your own, below rules:, are applied",
        )
