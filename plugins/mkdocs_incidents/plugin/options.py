"""The options of the plugin in `mkdocs.yml`. A test checks that docs/guide/options.md describes each."""

from __future__ import annotations

from fractions import Fraction
from urllib.parse import SplitResult, urlsplit

from mkdocs.config import base
from mkdocs.config import config_options as c

from mkdocs_incidents.model import ComponentStatus
from mkdocs_incidents.present.outputs import OUTPUTS
from mkdocs_incidents.status import DEFAULT_WEIGHTS, Weights


class UptimeWeights(c.OptionallyRequired[Weights]):
    """The part of the time in each state that counts as downtime, from 0 to 1; missing states have their default."""

    def __init__(self) -> None:
        super().__init__(default={})

    def run_validation(self, value: object) -> Weights:
        """Refuse unknown states and weights out of range; the message has the known states."""
        if not isinstance(value, dict):
            message = "write one 'state: weight' a line, such as 'partial_outage: 0.3'"
            raise base.ValidationError(message)
        weights = dict(DEFAULT_WEIGHTS)
        for state, weight in value.items():
            if state not in weights:
                message = f"{state!r} is no state that counts; choose from {', '.join(weights)}"
                raise base.ValidationError(message)
            if isinstance(weight, bool) or not isinstance(weight, int | float) or not 0 <= weight <= 1:
                message = f"the weight of {state} must be a number from 0 to 1, not {weight!r}"
                raise base.ValidationError(message)
            weights[ComponentStatus(state)] = Fraction(str(weight))
        return weights


class OutputSwitches(c.OptionallyRequired[frozenset[str]]):
    """The outputs that are published beside the pages: all that are not switched off."""

    def __init__(self) -> None:
        super().__init__(default={})

    def run_validation(self, value: object) -> frozenset[str]:
        """Refuse unknown outputs; the message has the known ones."""
        if not isinstance(value, dict):
            message = "write one 'output: false' a line, such as 'calendar: false'"
            raise base.ValidationError(message)
        for output, switch in value.items():
            if output not in OUTPUTS:
                message = f"{output!r} is no output; choose from {', '.join(OUTPUTS)}"
                raise base.ValidationError(message)
            if not isinstance(switch, bool):
                message = f"write {output}: true or {output}: false, not {switch!r}"
                raise base.ValidationError(message)
        return frozenset(output for output in OUTPUTS if value.get(output, True))


class FeedLength(c.Type[int]):
    """The number of entries in a feed, at least 1."""

    def __init__(self) -> None:
        super().__init__(int, default=50)

    def run_validation(self, value: object) -> int:
        """Refuse numbers below 1."""
        length = super().run_validation(value)
        if length < 1:
            message = f"a feed carries at least one entry, not {length}"
            raise base.ValidationError(message)
        return length


class PublicAddress(c.OptionallyRequired[str]):
    """An address that readers are led to: of a web page or, with `mail`, of a mailbox."""

    def __init__(self, *, mail: bool = False) -> None:
        super().__init__(default="")
        self._mail = mail

    def run_validation(self, value: object) -> str:
        """Refuse what browsers and mail programs cannot open; the message says how to write it."""
        if value == "":
            return ""
        examples = "https://example.com/help" + (" or mailto:support@example.com" if self._mail else "")
        if isinstance(value, str) and not any(character.isspace() for character in value):
            address = _split(value)
            if address.scheme in {"http", "https"} and address.hostname:
                return value
            if self._mail and address.scheme == "mailto" and all(address.path.partition("@")):
                return value
            if self._mail and not address.scheme and all(value.partition("@")):
                message = f"write mailto: before the address of a mailbox: mailto:{value}"
                raise base.ValidationError(message)
        message = f"write a full address such as {examples}, not {value!r}"
        raise base.ValidationError(message)


def _split(address: str) -> SplitResult:
    try:
        return urlsplit(address)
    except ValueError:  # a bracket that is not closed
        return SplitResult("", "", "", "", "")


class Options(base.Config):
    """The options of the plugin `incidents`."""

    incidents_dir = c.Type(str, default="incidents")
    """Folder of components.yml and the incident files, relative to mkdocs.yml."""
    as_of = c.Type(str, default="")
    """Show the site as it stood at this instant, such as `2026-04-06 14:50`; empty for now."""
    language = c.Type(str, default="")
    """Language of texts and dates, such as `en`, `en_US` or `fr`; empty for that of the theme."""
    locale_dir = c.Type(str, default="")
    """Folder of the site's own catalogues `<language>/incidents.po`, relative to mkdocs.yml; empty for none."""
    uptime_weights = UptimeWeights()
    """The part of the time in each state that counts as downtime, from 0 to 1."""
    outputs = OutputSwitches()
    """The outputs that are published beside the pages; all that are not switched off."""
    feed_length = FeedLength()
    """Number of entries in a feed, the newest ones."""
    websub_hub = c.Optional(c.URL())
    """Address of a WebSub hub, which notifies feed readers of new entries."""
    contact_url = PublicAddress(mail=True)
    """Address of a page or mailbox for readers with a problem that the status page does not know; empty for none."""
    subscribe_url = PublicAddress()
    """Address of a page where readers subscribe to e-mail of the site's owner; empty for none."""
    markdown_copies = c.Type(bool, default=False)
    """Whether the pages of docs/ are published as Markdown, too."""
    edit_history = c.Type(bool, default=True)
    """Whether pages have the number of edits of a published file, from git."""
