"""The language of generated pages, and the configuration for pages that are in another one than the site."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.exceptions import PluginError
from mkdocs.theme import Theme

from mkdocs_incidents.present.language.catalogues import untranslated
from mkdocs_incidents.present.language.formatter import CATALOGUES, ENGLISH, Formatter, is_language, locale_of

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

    from .options import Options

_TEMPLATE = CATALOGUES / "incidents.pot"


def site_language(config: MkDocsConfig, options: Options) -> str:
    """The language that authors write in: that of the option, else that of the theme."""
    return options.language or str(config.theme.get("language") or "en")


def locale_folder(config: MkDocsConfig, options: Options) -> Path | None:
    """The folder of the site's own catalogues, if it names one; it need not exist."""
    if not options.locale_dir:
        return None
    return Path(config.config_file_path or "mkdocs.yml").parent / options.locale_dir


def site_formatter(config: MkDocsConfig, options: Options) -> Formatter:
    """The texts, dates and numbers of generated pages; English where there is no catalogue for the language.

    Raises:
        PluginError: an option names an unknown language, or a folder that is not there.
        CatalogueError: a catalogue cannot be used.
    """
    folder = locale_folder(config, options)
    if folder and not folder.is_dir():
        raise PluginError(
            f"locale_dir: there is no folder {options.locale_dir}; make it, with a catalogue such as "
            "fr/incidents.po in it, or correct locale_dir in mkdocs.yml"
        )
    try:
        if options.language:
            locale_of(options.language)
    except ValueError as unknown:
        raise PluginError(f"language: {unknown}; write a code such as en, en_US, fr or pt_BR") from unknown
    return Formatter.of_site(site_language(config, options), folder)


def note_on_language(config: MkDocsConfig, options: Options, formatter: Formatter) -> str:
    """What the owner should know of the language of generated pages; empty where all of it is translated."""
    wanted = site_language(config, options).replace("-", "_")
    folder = options.locale_dir or "locale"
    if not is_language(wanted):
        return (
            f"The pages of incidents are in English, as the theme's language {wanted!r} has no dates and numbers; "
            "write below incidents: the line language: with another code, such as en or sr_Latn"
        )
    if not is_translated(config, options, formatter):
        option = "" if options.locale_dir else f"locale_dir: {folder}, and "
        return (
            f"The pages of incidents are in English, as there is no catalogue for {wanted!r}; to translate them, add "
            f"{option}{folder}/{wanted}/incidents.po (docs/guide/options.md, locale_dir)"
        )
    own = locale_folder(config, options)
    if (
        own
        and formatter.locale.language != ENGLISH.language
        and (count := untranslated(formatter.locale, (own, CATALOGUES), _TEMPLATE))
    ):
        messages = "1 message is" if count == 1 else f"{count} messages are"
        return f"{messages} not translated in {folder}/{wanted}/incidents.po, and shown in English"
    return ""


def is_translated(config: MkDocsConfig, options: Options, formatter: Formatter) -> bool:
    """Whether generated pages are in the language of the site."""
    wanted = site_language(config, options)
    return is_language(wanted) and locale_of(wanted).language == formatter.locale.language


class _EnglishTheme(Theme):
    """A theme whose own words are English."""

    def __init__(self, theme: Theme) -> None:
        self.__dict__.update(theme.__dict__)

    def __getitem__(self, key: str) -> Any:
        return ENGLISH.language if key == "language" else super().__getitem__(key)


def in_english(config: MkDocsConfig) -> MkDocsConfig:
    """The configuration for pages in English of a site in another language."""
    english = copy.copy(config)
    english.theme = _EnglishTheme(config.theme)
    return english
