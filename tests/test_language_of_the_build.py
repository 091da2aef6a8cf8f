"""A build reads by tables and grammar: no module that it imports matches text by words of a natural language."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.natural_language import words_matched
from tests.sites.building import Site, front

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "plugins" / "mkdocs_incidents"
LAYERS = ("content", "emit", "model", "plugin", "present", "render", "status")

NO_NATURAL_LANGUAGE = {
    "names of our own formats: keys, codes, options, addresses, marks": {
        "content/format/misplaced_facts.py": {"_TEXTS", "_TIMES"},
        "content/format/schema.py": {"_reason_alone"},
        "content/format/schema_errors.py": {"_FOLLOWERS", "_LISTS", "_SHAPES"},
        "content/format/values.py": {"_COUNTERPART", "_RESERVED"},
        "content/incident_file.py": {"_NOT_FOR_MAINTENANCE"},
        "content/postmortem/turning_points.py": {"COMMENT_MARK", "_MARK"},
        "content/rules/former_ids.py": {"_KEYS"},
        "content/yaml/keys.py": {"OTHERS", "TEXTS"},
        "content/yaml/repairs.py": {"_LISTS"},
        "content/problems.py": {"ADVICE", "ERRORS", "RETIRED", "WARNINGS"},
        "emit/json/files.py": {"DOCUMENTS"},
        "emit/json/uptime.py": {"_CSV_HEADER"},
        "emit/registry.py": {"PLANNERS"},
        "plugin/frame.py": {"_PLACES", "_frame_key"},
        "render/timeline_svg.py": {"_HEADINGS", "_MARKS"},
        "emit/statuspage/endpoints.py": {"ENDPOINTS"},
        "render/marked_html.py": {"_MARK", "_NUMBERED"},
        "plugin/pages.py": {"_target"},
        "render/safe_html.py": {"_COMMENT_OF_AUTHOR"},
        "present/drawings/timeline.py": {"_FACTS"},
        "present/outputs.py": {"OUTPUTS", "TOPICS"},
        "present/body.py": {"_MARK"},
        "present/pages/sections.py": {"_anchor"},
        "present/language/labels.py": {"KINDS"},
    },
    "names of other formats: YAML, HTML, JSON Schema, Unicode, Markdown extensions, schemes of addresses, services": {
        "content/format/fields.py": {"(_YES, _NO)", "_ANY_TEXT", "_LINK", "_PERCENT", "_ZONES"},
        "content/format/misplaced_facts.py": {"_VERBATIM"},
        "content/invisible.py": {"_SCRIPTS_WITHOUT_SPACES"},
        "content/format/schema.py": {"_NAMES", "_STATES"},
        "content/markdown_lines.py": {"_BLOCK_TAG", "_HOLDS_MARKDOWN"},
        "content/postmortem/action_item_facts.py": {"_LINK", "_LINK_BEGINS"},
        "content/postmortem/action_items.py": {"_LINK", "_ONLY_LINK"},
        "content/dates_ahead.py": {"_LEFT_OUT"},
        "content/site_file.py": {"PYTHON_TAGS"},
        "content/yaml/nodes.py": {"Data"},
        "emit/clean_html.py": {"_BLOCKS", "_CHECK_BOX", "_LABEL", "_LINK_TO_ITSELF", "_TABS", "_absolute"},
        "emit/json/definitions.py": {"Address", "Date", "Instant"},
        "content/read_cache.py": {"_PACKAGES"},
        "plugin/body_links.py": {"ONE_ADDRESS", "_HAS_ADDRESS"},
        "plugin/hosts.py": {"CONFIG_NAMES", "PROPERDOCS_CONFIG_NAMES"},
        "plugin/included_links.py": {"_BEGIN"},
        "plugin/incremental/conditions.py": {"_EXTENSIONS", "_OF_ALL_PAGES"},
        "plugin/incremental/fingerprint.py": {"_NOT_IN_PAGES", "_PACKAGES"},
        "render/document.py": {"_DOCTYPE", "_DOCUMENT"},
        "render/stylesheet.py": {"_OPAQUE"},
        "render/theme_on_demand.py": {
            *("_BUNDLE", "_COMPONENT", "_CONFIG", "_NEEDED_BY_CLASSES", "_NEEDED_BY_ELEMENTS"),
            *("_NEEDED_BY_FEATURES", "_OBSERVABLES", "_SCRIPT", "_SOURCE", "_WORKS_WITHOUT"),
        },
        "plugin/themes.py": {"THEMES", "_GROUPS"},
        "render/theme_style.py": {"_CLASS", "_EMPTY_RULE", "_FRAME", "_IMAGE", "_STYLESHEET", "_USED_PROPERTY"},
        "render/bare_addresses.py": {"_MAY_BE_ADDRESS", "_NAME"},
        "render/fragments.py": {"_LEAVE_WORDS_ALONE", "_PLAIN"},
        "render/open_graph.py": {"_TAG"},
        "plugin/options.py": {"run_validation"},
        "present/pages/subscribe.py": {"_BY_MAIL", "_READERS"},
        "present/previews.py": {"(SITE, STATUS)"},
        "present/site_address.py": {"SCHEMES"},
        "render/marked_html.py": {"_BLOCKS", "_EMPTY_EMPHASIS"},
        "render/message_markdown.py": {"_ADDRESSES", "_BLOCKS", "_INLINE", "_PREPROCESSORS", "_READ_TO_SOMEBODY"},
        "render/safe_html.py": {"_ADDRESS_THAT_MAY_RUN", "_ATTRIBUTES", "_ELEMENTS", "_EVERYWHERE", "_TAGS"},
        "plugin/search.py": {"_FORM", "_WORKER"},
    },
    "names of time zones, which are the same in all languages, and those of the machine's own zone files": {
        "content/format/fields.py": {"_INSTANT"},
        "content/format/instants.py": {"_INSTANT", "_OFFSET"},
        "content/format/zones.py": {"USED_BY", "_OFFSET_NAME", "_OF_THE_MACHINE", "zone_called"},
        "content/postmortem/zone_names.py": {"_OFFSET", "_OFFSET_BEHIND", "_UNIVERSAL", "_ZONE_WORD"},
    },
    "slips in a typed value, which is an error in any case: they only choose what the hint offers": {
        "content/format/instants.py": {"(_NOT_AN_INSTANT, _NOT_A_DAY)", "_MONTHS", "_ZONE_WORD", "_guess"},
        "content/format/meant_keys.py": {"_SLIPS"},
        "content/format/zones.py": {"_ABBREVIATION", "_NAMES_WITHOUT_SEASON", "_SEASON"},
        "content/internal_notes.py": {"_ALIKE", "_COMMENT", "_MARKER", "_means_internal"},
        "content/suggestions.py": {"COMPONENT_STATUS_SLIPS", "HINTS_FOR_WORK", "IMPACT_SLIPS", "UPDATE_STATUS_SLIPS"},
    },
    "what looks like the name of a zone and is in no table keeps a timeline from being read; it reads none": {
        "content/postmortem/zone_names.py": {"_CAPITALISED", "_LOOKS_LIKE_A_NAME"},
    },
}
"""Why → the constants and functions of each module that have words all the same."""


def allowed() -> set[tuple[str, str]]:
    return {(path, name) for whole in NO_NATURAL_LANGUAGE.values() for path, names in whole.items() for name in names}


def found() -> Iterator[tuple[str, str]]:
    for layer in LAYERS:
        for module in sorted((PACKAGE / layer).rglob("*.py")):
            path = module.relative_to(PACKAGE).as_posix()
            yield from ((path, words.name) for words in words_matched(module.read_text(encoding="utf-8")))


def test_words_of_a_natural_language_stand_in_the_tables_only() -> None:
    assert set(found()) - allowed() == set()


def test_every_exception_is_needed() -> None:
    assert allowed() - set(found()) == set()


@pytest.mark.parametrize("code", [
    r'_SORRY = re.compile(r"\b(?:apolog|sorry)")',
    r'_SORRY = r"apolog|sorry"',
    r'_ANY = re.compile(rf"\b{_BY}(?:\s+the)?")',
    '_MONTHS = ("January", "February", "March")',
    '_MONTHS = {"jan": 1, "feb": 2}',
    "_MONTHS = list(calendar.month_name)",
    '_EMPTY = frozenset("an and are as at".split())',
    '_NONE = {"none", "nothing to do"}',
    '_FRENCH = ["désolé", "excuses"]',
    'def f(text):\n    return text.lower() in ("yes", "done")',
    'def f(text):\n    return text.startswith(("We are sorry", "Sorry"))',
    'def f(text):\n    return re.search("rolled back", text)',
    'class C:\n    def f(self):\n        return re.sub("(?i)next update", "", self.x)',
])  # fmt: skip
def test_words_that_text_is_matched_by_are_found(code: str) -> None:
    assert list(words_matched(code))


@pytest.mark.parametrize("code", [
    '"""Of a module: sorry, apologies."""',
    'def f():\n    """Sorry | apology."""\n    raise ValueError("sorry, nothing was found")',
    r'_DAY = re.compile(r"(?P<year>\d{4})-(?P<month>\d\d)[a-z]*(?=\s|$)", re.ASCII)',
    '_HINTS = ("write it as year-month-day, with the hour",)',
    'X = wording.text("We are sorry")',
    'def f(view):\n    return {"title": view.title, "status": view.status}',
    'class Kind(StrEnum):\n    OPEN = "open"\n    ALL = ("open", "closed")',
    '__all__ = ["History", "Incident"]',
])  # fmt: skip
def test_messages_names_of_groups_and_what_is_written_out_are_left_alone(code: str) -> None:
    assert list(words_matched(code)) == []


_BUILD = """
import sys
from mkdocs.__main__ import cli
try:
    cli(["build", "--quiet"])
except SystemExit as ended:
    assert not ended.code, ended.code
guessing = sorted(name for name in sys.modules if name.startswith("mkdocs_incidents.authoring"))
print("mkdocs_incidents.content.postmortem.body" in sys.modules, guessing)
"""


def test_a_build_loads_nothing_that_guesses(tmp_path: Path) -> None:
    site = Site(tmp_path)
    body = "## Timeline\n\n- 10:00 — It broke\n- 25:00 — unread\n\n## Action items\n\n- [ ] Mend it (@Web)\n"
    site.write("incidents/a.md", front(body, postmortem={"published": "2026-05-06"}))
    site.write("docs/index.md", "# Status\n")
    site.configured()
    run = subprocess.run([sys.executable, "-c", _BUILD], cwd=site.folder, capture_output=True, text=True, check=True)
    assert run.stdout.strip().splitlines()[-1] == "True []"
