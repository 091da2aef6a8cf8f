"""Gettext catalogues: the translations of the package, and those that a site adds or puts in their place."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING

from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po
from babel.support import NullTranslations, Translations

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from babel import Locale
    from babel.messages.catalog import Catalog, Message

_PLACEHOLDER = re.compile(r"%\((\w+)\)s")
_FORM = 'write msgid "…" and msgstr "…", each in quotation marks, and # before a comment'


class CatalogueError(ValueError):
    """A catalogue that cannot be used: its path, the line (from 1), what is wrong, and what to write instead."""

    def __init__(self, path: Path, line: int, message: str, hint: str) -> None:
        super().__init__(f"{path.as_posix()}:{line}: {message} ({hint})")
        self.path = path
        self.line = line
        self.message = message
        self.hint = hint


def has_catalogue(locale: Locale, folders: Iterable[Path]) -> bool:
    """Whether one of these folders has a catalogue of the language."""
    return any(path.is_file() for path in _paths(locale, folders))


def untranslated(locale: Locale, folders: Iterable[Path], template: Path) -> int:
    """How many messages of `template` no catalogue of the language in these folders translates.

    Raises:
        CatalogueError: as `translations`.
    """
    found = [_read(path, locale) for path in _paths(locale, folders) if path.is_file()]
    known = {message.id for catalog in found for message in catalog if not message.fuzzy}
    with template.open("rb") as file:
        return sum(message.id not in known for message in read_po(file))


def translations(locale: Locale, folders: Iterable[Path]) -> NullTranslations:
    """The catalogues `<language>/incidents.po` of these folders; a message that one lacks is looked up in the next.

    Within a folder, the catalogue of the language in its territory (`pt_BR`) comes before that of the language (`pt`).

    Raises:
        CatalogueError: a catalogue cannot be read, or a translation has placeholders that its message has not.
    """
    found = [_compiled(_read(path, locale)) for path in _paths(locale, folders) if path.is_file()]
    if not found:
        return NullTranslations()
    nearest, *others = found
    for catalogue in others:
        nearest.add_fallback(catalogue)
    return nearest


def _paths(locale: Locale, folders: Iterable[Path]) -> list[Path]:
    names = dict.fromkeys((str(locale), locale.language))
    return [folder / name / "incidents.po" for folder in folders for name in names]


class _CatalogueLines:
    """The lines of a catalogue; `number` is that of the line read last."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.number = 0

    def __iter__(self) -> Iterator[str]:
        with self.path.open("rb") as file:
            for self.number, line in enumerate(file, 1):
                text = line.decode("utf-8-sig").strip()
                # read_po takes a string without its closing quotation mark for an empty one.
                if text and not text.startswith("#") and not text.endswith('"'):
                    raise CatalogueError(self.path, self.number, f"this line cannot be read: {text}", _FORM)
                yield text


def _read(path: Path, locale: Locale) -> Catalog:
    """The messages of a catalogue that are translated, each as a whole."""
    lines = _CatalogueLines(path)
    try:
        catalog = read_po(lines, locale=locale, abort_invalid=True)
    except PoFileError as invalid:
        reason = str(invalid).removesuffix(f" on {invalid.lineno}")
        raise CatalogueError(path, invalid.lineno + 1, reason, _FORM) from invalid
    except UnicodeDecodeError as foreign:
        raise CatalogueError(path, lines.number, "this line is not UTF-8", "save the file as UTF-8") from foreign
    except CatalogueError:
        raise
    except ValueError as invalid:
        raise CatalogueError(path, lines.number, str(invalid), _FORM) from invalid
    catalog.charset = "utf-8"  # whatever the header says: this is how the file was read
    for message in list(catalog):
        _check(path, message, catalog)
    return catalog


def _compiled(catalog: Catalog) -> Translations:
    compiled = BytesIO()
    write_mo(compiled, catalog)
    compiled.seek(0)
    return Translations(compiled)


def _check(path: Path, message: Message, catalog: Catalog) -> None:
    """Drop what is only partly translated: write_mo would fill the gaps with English, ahead of other catalogues."""
    if not message.id or message.fuzzy:  # write_mo leaves the fuzzy ones out
        return
    originals, texts = _forms(message.id), _forms(message.string)
    if not all(texts):
        catalog.delete(message.id, message.context)
        return
    known = {name for original in originals for name in _PLACEHOLDER.findall(original)}
    if len(originals) > 1:
        known.add("count")
    for text in texts if known else ():  # without a placeholder, a % is a %
        if {*_PLACEHOLDER.findall(text)} - known or "%" in _PLACEHOLDER.sub("", text).replace("%%", ""):
            may = ", ".join(f"%({name})s" for name in sorted(known))
            reason = f"the translation {text!r} cannot be filled in"
            raise CatalogueError(path, message.lineno or 1, reason, f"it may hold {may}; write %% for a %")


def _forms(text: str | Iterable[str] | None) -> tuple[str, ...]:
    """A text as its plural forms, one for a text that has none."""
    return (text,) if isinstance(text, str) else tuple(text or ())
