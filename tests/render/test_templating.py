"""The functions for templates: messages are HTML, values are escaped."""

from __future__ import annotations

from typing import Any

import pytest
from babel import Locale
from jinja2 import DictLoader, Environment
from mkdocs.config.defaults import MkDocsConfig

from mkdocs_incidents.present.language.formatter import Formatter
from mkdocs_incidents.present.views import FormattedInstant
from mkdocs_incidents.render.fragments import Fragments
from mkdocs_incidents.render.templating import install, template_functions, time_element

HOSTILE = "<b>&\"' %(x)s %s {{ 7*7 }}"
ESCAPED = "&lt;b&gt;&amp;&#34;&#39; %(x)s %s {{ 7*7 }}"


def functions() -> dict[str, Any]:
    return template_functions(Formatter(Locale.parse("en")), Fragments(MkDocsConfig()))


@pytest.fixture
def env() -> Environment:
    """MkDocs' environment escapes nothing; ours escapes in our templates only."""
    templates = {"incidents/x.html": "{{ text }}", "theme.html": "{{ text }}"}
    env = Environment(loader=DictLoader(templates), autoescape=False)  # noqa: S701  that is what is put right
    install(env)
    return env


def test_values_in_templates_of_this_package_are_escaped(env: Environment) -> None:
    assert env.get_template("incidents/x.html").render(text=HOSTILE) == ESCAPED


def test_templates_of_the_theme_are_unchanged(env: Environment) -> None:
    assert env.get_template("theme.html").render(text=HOSTILE) == HOSTILE


def test_values_in_a_sentence_are_escaped_once() -> None:
    t = functions()["t"]
    assert str(t("since %(when)s", when=HOSTILE)) == f"since {ESCAPED}"
    assert str(t("since %(when)s", when=t("<i>x</i>"))) == "since <i>x</i>"


def test_values_beside_a_count_are_escaped_once() -> None:
    nt = functions()["nt"]
    assert str(nt("%(count)s of %(name)s", "%(count)s of %(name)ss", 1234, name=HOSTILE)) == f"1,234 of {ESCAPED}s"


def test_names_in_a_list_are_escaped() -> None:
    listing = functions()["listing"]
    assert str(listing(["A & B", HOSTILE], "b")) == f"<b>A &amp; B</b> and <b>{ESCAPED}</b>"


def test_an_instant_has_its_machine_readable_form() -> None:
    instant = FormattedInstant(iso="2026-05-04T10:00+01:00", text="10:00 WAT", utc="09:00 UTC")
    assert str(time_element(instant)) == (
        '<time datetime="2026-05-04T10:00+01:00">10:00 WAT</time> <span class="nb">(09:00 UTC)</span>'
    )
