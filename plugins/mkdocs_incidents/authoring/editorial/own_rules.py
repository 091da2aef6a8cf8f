"""`editorial.yml`: the rules that a site switches off, and those of its own."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pydantic import ValidationError

from ...content.codes import CODES
from ...content.schema import EditorialKeys
from ...content.schema_errors import report_schema_errors
from ...content.source import START
from ...content.spelling import nearest, one_of, quoted
from ...content.words import Reading
from ...content.yaml_nodes import Mapping, compose, data, find
from .passages import names_in
from .rule import LANGUAGE, Rule, built_in_rules

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from zoneinfo import ZoneInfo

    from ...content.schema import OwnRuleKeys
    from ...content.source import Report, Source
    from ...model import Catalog

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


def read_editorial(source: Source, report: Report, *, zone: ZoneInfo, example: date) -> SiteRules:
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
    try:
        keys = EditorialKeys.model_validate(data(root), context=Reading(zone=zone, example=example))
    except ValidationError as error:
        report_schema_errors(error, root, source, report, example=str(example))
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


def _in_force(keys: EditorialKeys, root: Mapping, source: Source, report: Report) -> Iterator[Rule]:
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
