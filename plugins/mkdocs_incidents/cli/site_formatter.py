"""Texts, dates and numbers in the language of a site."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from mkdocs_incidents.present.language.formatter import Formatter, locale_of

if TYPE_CHECKING:
    from .site import Site


def site_formatter(site: Site) -> Formatter:
    """Texts and times in the language of the site.

    Raises:
        click.UsageError: the configuration names an unknown language, or a catalogue that cannot be used.
    """
    try:
        if site.stated_language:
            locale_of(site.stated_language)
        return Formatter.of_site(site.language, site.locale_dir)
    except ValueError as error:
        raise click.UsageError(f"language of the site: {error}; correct it in mkdocs.yml") from None
