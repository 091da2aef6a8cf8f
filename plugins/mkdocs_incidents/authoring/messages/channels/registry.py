"""The channels by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .email import email
from .short import banner, sms, social, status
from .slack import slack
from .teams import teams

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from .copies import Copy
    from .facts import ChannelFacts

CHANNELS: Mapping[str, Callable[[ChannelFacts], Copy]] = {
    "email": email,
    "sms": sms,
    "social": social,
    "slack": slack,
    "teams": teams,
    "banner": banner,
    "status": status,
}
"""By the name that is typed, in the order in which they are shown."""
