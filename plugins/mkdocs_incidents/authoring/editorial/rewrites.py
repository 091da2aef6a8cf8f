"""Rewrites of an author's own words, for the cases in which a rewrite is safe."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Rewrite = Callable[[re.Match[str]], str]

# Participle → infinitive, past, present participle, and a plainer verb of the same kind where there is one.
_VERBS = {
    "applied": ("apply", "applied", "applying"),
    "captured": ("note", "noted", "noting"),
    "completed": ("finish", "finished", "finishing"),
    "corrected": ("correct", "corrected", "correcting"),
    "deployed": ("put out", "put out", "putting out"),
    "determined": ("find", "found", "looking for"),
    "diverted": ("divert", "diverted", "diverting"),
    "established": ("find", "found", "looking for"),
    "fixed": ("fix", "fixed", "fixing"),
    "found": ("find", "found", "looking for"),
    "identified": ("find", "found", "looking for"),
    "implemented": ("put in", "put in", "putting in"),
    "investigated": ("look into", "looked into", "looking into"),
    "introduced": ("introduce", "introduced", "introducing"),
    "learned": ("learn", "learned", "learning"),
    "learnt": ("learn", "learnt", "learning"),
    "made": ("make", "made", "making"),
    "monitored": ("watch", "watched", "watching"),
    "observed": ("watch", "watched", "watching"),
    "put in place": ("put in place", "put in place", "putting in place"),
    "re-established": ("restore", "restored", "restoring"),
    "recovered": ("recover", "recovered", "recovering"),
    "redirected": ("redirect", "redirected", "redirecting"),
    "released": ("release", "released", "releasing"),
    "rerouted": ("reroute", "rerouted", "rerouting"),
    "resolved": ("solve", "solved", "solving"),
    "restarted": ("restart", "restarted", "restarting"),
    "restored": ("restore", "restored", "restoring"),
    "reverted": ("undo", "undid", "undoing"),
    "rolled back": ("take back", "took back", "taking back"),
    "rolled out": ("put out", "put out", "putting out"),
    "taken": ("take", "took", "taking"),
    "worked on": ("work on", "worked on", "working on"),
}
_TENSE = re.compile(r"(?:has|have) been|(?:is|are) being|will be|was|were", re.IGNORECASE)
_PAST_PARTICIPLES = {"undid": "undone", "took": "taken", "took back": "taken back"}


def active(found: re.Match[str]) -> str:
    """`Service was restored` → `We restored service`; empty where the pattern has no subject and verb."""
    groups = found.groupdict()
    what, done = groups.get("what"), " ".join((groups.get("done") or "").casefold().split())
    if groups.get("rest"):
        return without(found)
    if groups.get("it"):
        return f"{_we(found, 'it')} {done if done in {'noticed', 'decided'} else 'found'}{groups['that'] or ''}"
    if what and groups.get("being"):
        return f"{what} was"
    if not what or done not in _VERBS:
        return ""
    infinitive, past, progressive = _VERBS[done]
    tense = _TENSE.match(groups["aux"])
    verb = {
        "was": past,
        "were": past,
        "will be": f"will {infinitive}",
        "has been": f"have {_PAST_PARTICIPLES.get(past, past)}",
        "have been": f"have {_PAST_PARTICIPLES.get(past, past)}",
        "is being": f"are {progressive}",
        "are being": f"are {progressive}",
    }.get(" ".join(tense[0].casefold().split()) if tense else "")
    return f"{_we(found, 'what')} {verb} {_lowered(what)}" if verb else ""


def ours(found: re.Match[str]) -> str:
    """`Our engineers are working` → `We are working`."""
    groups = found.groupdict()
    aux = {"is": "are", "was": "were", "has": "have"}.get(groups["aux"].casefold(), groups["aux"])
    return f"{_we(found, 'who')} {aux}{groups['does']}"


def without(found: re.Match[str]) -> str:
    """What stands behind a phrase that can go: `Rest assured that no card was charged` → `No card was charged`."""
    rest = found.groupdict().get("rest")
    if not rest:
        return ""
    return f"{rest[0].upper()}{rest[1:]}" if _begins(found, 0) else rest


def _we(found: re.Match[str], group: str) -> str:
    return "We" if _begins(found, group) else "we"


def _begins(found: re.Match[str], group: str | int) -> bool:
    before = found.string[: found.start(group)].rstrip()
    return not before or before[-1] in ".!?:—–-\n"


def _lowered(words: str) -> str:
    """Its first letter small, unless more than that one is large: a name stays as it is."""
    return words if words[1:2].isupper() else words[0].lower() + words[1:]


REWRITES: Mapping[str, Rewrite] = MappingProxyType({"active": active, "ours": ours, "without": without})
"""By the name that the rules give them."""
