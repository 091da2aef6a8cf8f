"""A page that is made from a frame is the page that all templates make, to the byte."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from markupsafe import escape
from mkdocs.commands.build import get_context
from mkdocs.config import load_config
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents

from mkdocs_incidents.plugin.frame import PageFrame
from mkdocs_incidents.present.pages.site import SiteViews
from mkdocs_incidents.render.fragments import Fragments
from mkdocs_incidents.render.templating import NAMESPACE, TEMPLATES, install, rendered_notice, template_functions
from tests.emit.emitting import site
from tests.makers import announcement, at, history, incident, maintenance, states, update

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig

TEMPLATE = "incidents/notice.html"
NOW = at("2024-05-10 12:00")
NOTICES = (
    incident("2024-05-01 10:00", update("2024-05-01 10:00", "investigating", components=states(api="major_outage")),
             update("2024-05-01 11:00", "resolved"), title='Payments <failed> & "stopped", 100 %'),
    maintenance("2024-05-03 10:00", "2024-05-03 11:00", title="A new database"),
    announcement("2024-05-04 10:00", title="{{ We move }}"),
    incident("2024-05-10 10:00", update("2024-05-10 10:00", "investigating", components=states(api="major_outage")),
             title="It's open"),
)  # fmt: skip


class Host:
    """MkDocs with Material, as far as the templates of pages see it."""

    def __init__(self, folder: Path, **options: Any) -> None:
        (folder / "docs").mkdir(exist_ok=True)
        (folder / "mkdocs.yml").write_text("site_name: Example\n")
        self.config: MkDocsConfig = load_config(
            str(folder / "mkdocs.yml"), site_url="https://status.example.com/", plugins=["search"], **options
        )
        self.config.theme.dirs.append(str(TEMPLATES))
        self.env: Environment = self.config.theme.get_env()
        install(self.env)
        self._fragments = Fragments(self.config)
        self._views = SiteViews(site(history(*NOTICES), NOW))
        notices = self._views.site.snapshot.history.notices
        self.contexts = [self._context(number) for number in range(len(notices))]

    def _context(self, number: int) -> Mapping[str, Any]:
        notice = self._views.site.snapshot.history.notices[number]
        file = File(f"incidents/{notice.id}-{number}.md", None, self.config.site_dir, use_directory_urls=True)
        page = Page(str(escape(notice.title)), file, self.config)
        view = self._views.notice(notice, (None, None))
        page.meta = {"title": str(escape(notice.title)), "description": str(escape(view.frame.description))}
        page.toc = TableOfContents([AnchorLink(notice.title, "now", 1)])
        ours = template_functions(self._views.site.formatter, self._fragments) | {
            "view": view,
            "site": self._views.shared,
            "nav": (),
            "instant": False,
            "prose": "",
        }
        context = get_context(Navigation([], []), Files([]), self.config, page)
        return {**context, NAMESPACE: ours | rendered_notice(self._fragments, notice, view)}

    def frame(self) -> PageFrame | None:
        return PageFrame.learn(self.env, self.config, TEMPLATE, self.contexts[:3])


def write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)


@pytest.fixture
def host(tmp_path: Path) -> Host:
    return Host(tmp_path, theme={"name": "material"})


def test_a_page_from_a_frame_is_the_page_of_all_templates(host: Host) -> None:
    frame, full = host.frame(), host.env.get_template(TEMPLATE)
    assert frame
    for context in host.contexts:
        assert frame.render(context) == full.render(context)


@pytest.mark.parametrize(
    "attributes",
    [
        {"meta": {"title": "API", "description": ""}},
        {"meta": {"title": "API", "description": "Down", "hide": ["toc"]}},
        {"canonical_url": None},
        {"toc": TableOfContents([])},
    ],
)
def test_a_page_that_differs_in_anything_else_needs_all_templates(host: Host, attributes: dict[str, Any]) -> None:
    frame = host.frame()
    assert frame
    for name, value in attributes.items():
        setattr(host.contexts[3]["page"], name, value)
    assert frame.render(host.contexts[3]) is None


@pytest.mark.parametrize(
    "shown", ["{{ page.url }}", "{{ page.title | striptags }}", "{{ page.meta.title | truncate(40) }}"]
)
def test_a_theme_that_shows_anything_else_of_a_page_has_no_frame(host: Host, tmp_path: Path, shown: str) -> None:
    write(tmp_path / "theme" / "partials" / "header.html", shown)
    host.config.theme.dirs.insert(0, str(tmp_path / "theme"))
    host.env = host.config.theme.get_env()
    install(host.env)
    assert host.frame() is None


def test_a_site_with_templates_of_its_own_has_no_frame(tmp_path: Path) -> None:
    write(tmp_path / "overrides" / "main.html", '{% extends "base.html" %}')
    host = Host(tmp_path, theme={"name": "material", "custom_dir": str(tmp_path / "overrides")})
    assert host.frame() is None


def test_a_site_with_own_icons_and_styles_only_has_a_frame(tmp_path: Path) -> None:
    write(tmp_path / "overrides" / ".icons" / "logo.svg", "<svg/>")
    host = Host(tmp_path, theme={"name": "material", "custom_dir": str(tmp_path / "overrides")})
    assert host.frame()


def test_too_few_pages_have_no_frame(host: Host) -> None:
    assert PageFrame.learn(host.env, host.config, TEMPLATE, [host.contexts[0]] * 3) is None
