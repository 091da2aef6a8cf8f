"""A freshly built site is verified before it is published: it is whole, it can be read, and it gives nothing away.

A version that is verified against a verified one that it replaces is verified by what differs: in the files that both
have there is nothing to be found but links to what is gone, and what was not hidden before.
"""

from __future__ import annotations

from .check import Verification, faults, verify
from .facts import SiteFacts
from .fault import Fault

__all__ = ["Fault", "SiteFacts", "Verification", "faults", "verify"]
