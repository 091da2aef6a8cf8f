"""What a site can set in `mkdocs.yml`. Each option is described in docs/guide/options.md; a test sees to it."""

from __future__ import annotations

from fractions import Fraction

from mkdocs.config import base
from mkdocs.config import config_options as c

from mkdocs_incidents.model import ComponentStatus
from mkdocs_incidents.present.outputs import OUTPUTS
from mkdocs_incidents.status import DEFAULT_WEIGHTS, Weights


class UptimeWeights(c.OptionallyRequired[Weights]):
    """How much of a minute in each state counts as downtime, from 0 to 1; states left out keep their default."""

    def __init__(self) -> None:
        super().__init__(default={})

    def run_validation(self, value: object) -> Weights:
        """Refuse states and weights that do not exist, naming those that do."""
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


class Switches(c.OptionallyRequired[frozenset[str]]):
    """What is published beside the pages: everything, but for what is switched off."""

    def __init__(self) -> None:
        super().__init__(default={})

    def run_validation(self, value: object) -> frozenset[str]:
        """Refuse outputs that do not exist, naming those that do."""
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
    """A number of entries that makes a feed."""

    def __init__(self) -> None:
        super().__init__(int, default=50)

    def run_validation(self, value: object) -> int:
        """Refuse a feed of nothing."""
        length = super().run_validation(value)
        if length < 1:
            message = f"a feed carries at least one entry, not {length}"
            raise base.ValidationError(message)
        return length


class Options(base.Config):
    """The options of the plugin `incidents`."""

    incidents_dir = c.Type(str, default="incidents")
    """Folder of components.yml and the incident files, relative to mkdocs.yml."""
    as_of = c.Type(str, default="")
    """Show the site as it stood at this instant, such as `2026-04-06 14:50`; empty for now."""
    language = c.Type(str, default="")
    """Language of words and dates, such as `en`, `en_US` or `fr`; empty for that of the theme."""
    locale_dir = c.Type(str, default="")
    """Folder of the site's own catalogues `<language>/incidents.po`, relative to mkdocs.yml; empty for none."""
    uptime_weights = UptimeWeights()
    """How much of a minute in each state counts as downtime."""
    outputs = Switches()
    """What is published beside the pages; everything that is not switched off."""
    feed_length = FeedLength()
    """How many public words a feed carries, newest first."""
    websub_hub = c.Optional(c.URL())
    """Address of a WebSub hub that feed readers can be told by."""
    markdown_copies = c.Type(bool, default=False)
    """Whether the pages of docs/ stand beside themselves as Markdown, too."""
    edit_history = c.Type(bool, default=True)
    """Whether pages say how often a published file was edited, where git knows it."""
