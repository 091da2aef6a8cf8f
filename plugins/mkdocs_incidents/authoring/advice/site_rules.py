"""The editorial rules of a site: those of the package, and what its `editorial.yml` changes."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from pydantic import ValidationError

from mkdocs_incidents.content.folder import EDITORIAL_NAME
from mkdocs_incidents.content.format.meant_keys import as_meant
from mkdocs_incidents.content.format.schema import EditorialSettings
from mkdocs_incidents.content.format.schema_errors import report_schema_errors
from mkdocs_incidents.content.format.values import FieldContext
from mkdocs_incidents.content.problems import CODES
from mkdocs_incidents.content.source import START
from mkdocs_incidents.content.suggestions import nearest, one_of, quoted
from mkdocs_incidents.content.yaml.nodes import Mapping, compose, data, find

from .passages import names_in
from .rules import LANGUAGE, Rule, SiteRules, built_in_rules, default_rules

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from zoneinfo import ZoneInfo

    from mkdocs_incidents.content.folder import Folder
    from mkdocs_incidents.content.format.schema import OwnRuleKeys
    from mkdocs_incidents.content.source import Report, Source

_EXAMPLE = """\
off: [soon]
rules:
  - code: merchants
    pattern: \\bmerchants?\\b
    reason: our customers call themselves shops
    advice: write shop
"""


def rules_of_site(folder: Folder, zone: ZoneInfo, example: date) -> SiteRules:
    """The rules in force for a folder of incident files; what is wrong in them is added to its problems."""
    if not os.path.lexists(folder.path / EDITORIAL_NAME):
        return default_rules()
    report = folder.report(EDITORIAL_NAME)
    source = folder.source(EDITORIAL_NAME, report)
    site = load_style_rules(source, report, zone=zone, example=example) if source else default_rules()
    folder.problems.extend(report.for_reader())
    return site


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
            patterns=(own.pattern.pattern,),
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
