"""Names of keys, by which a slip of YAML is told from prose. What each may hold is for the formats to say."""

from __future__ import annotations

TEXTS = frozenset(
    {"title", "message", "description", "name", "by", "causes", "known", "reason", "advice", "pattern", "retracted"}
)
"""Keys whose values are texts for readers."""
OTHERS = frozenset(
    {
        "accepted",
        "affected_percent",
        "aliases",
        "at",
        "code",
        "components",
        "draft",
        "from",
        "groups",
        "id",
        "impact",
        "language",
        "link",
        "next_update",
        "off",
        "pinned",
        "postmortem",
        "publish",
        "published",
        "resolved",
        "retired",
        "rules",
        "scheduled",
        "since",
        "slo",
        "started",
        "status",
        "timezone",
        "until",
        "updates",
        "upstream",
    }
)
KEYS = TEXTS | OTHERS
