"""Deterministic corpus of incident reports for benchmarks and tests.

Standard library only. The same (seed, count) always gives the same bytes, on any machine and any
Python: only `random.Random.random()` is a source of chance, and its sequence is guaranteed.

    corpus.py FORMAT COUNT FOLDER [--seed 1]

`ours` writes a mkdocs-incidents site, `pages` a Material site of plain pages with the same words and
kept out of the nav, so that the two do comparable work: 3 to 6 updates each, a body of 250 to 600
words, headings, a timeline list, sometimes a table or a block of code.
"""

from __future__ import annotations

import argparse
import json
import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Sequence

T = TypeVar("T")

GROUPS = {  # 5 groups, 20 components
    "Edge": ["API Gateway", "CDN", "DNS", "Load Balancer"],
    "Applications": ["Web App", "Mobile API", "Admin Console", "Webhooks"],
    "Data": ["Primary Database", "Read Replicas", "Object Storage", "Search"],
    "Platform": ["Authentication", "Job Queue", "Email Delivery", "Push Notifications"],
    "Operations": ["Billing", "Reporting", "CI Runners", "Status Page"],
}
COMPONENTS = [(c, g) for g, cs in GROUPS.items() for c in cs]

SEVERITIES = [("minor", 0.42), ("major", 0.30), ("critical", 0.12), ("maintenance", 0.16)]

SYMPTOMS = [
    "Elevated error rates",
    "Increased latency",
    "Intermittent timeouts",
    "Connection failures",
    "Delayed processing",
    "Degraded performance",
    "Partial outage",
    "Full outage",
    "Stale data",
    "Failed logins",
    "Missing events",
    "Certificate errors",
]
REGIONS = ["eu-west", "us-east", "ap-south", "all regions", "sa-east", "eu-north"]
MAINT = ["Scheduled upgrade", "Planned failover test", "Version migration", "Network maintenance", "Index rebuild"]

SENTENCES = [
    "A configuration change raised the connection limit of the {c} beyond what the hosts could serve.",
    "Requests to the {c} were answered with `503 Service Unavailable` for about {p} percent of customers.",
    "The on-call engineer was paged by the latency alert for the {c} and opened an incident channel.",
    "Retries from clients amplified the load and kept the **{c}** saturated after the first fix.",
    "We rolled back to the previous release, which restored normal service within {m} minutes.",
    "No customer data was lost, but {k} queued jobs were processed later than expected.",
    "Customers in *{r}* saw the longest interruption because their traffic could not be shifted.",
    "The health check only tested that the process was alive and did not notice the exhausted pool.",
    "Dashboards showed the number of open file descriptors growing at a constant rate since the deploy.",
    "We drained the affected hosts one by one and watched the error rate fall below {p} per thousand.",
    "The runbook for the {c} was out of date and pointed to a tool that had been retired.",
    "A second, unrelated alert about disk usage delayed the diagnosis by {m} minutes.",
    "The feature flag `rollout.{s}` was switched off for everybody while we investigated.",
    "Our upstream provider confirmed a fault in one of its availability zones and moved traffic away.",
    "Background workers recovered on their own once the {c} accepted connections again.",
    "The replication lag peaked at {k} seconds and returned to normal when the long query was cancelled.",
    "We have added a regression test that starts the service with an empty cache, see [the review](https://example.com/review/{k}).",
    "Support received {p} tickets; most were closed with a link to this page.",
    "The certificate chain served by the {c} lacked an intermediate certificate, so older clients refused it.",
    "Capacity planning for the {c} assumed a linear growth that the new import feature broke.",
]
UPDATE_TEXT = {
    "investigating": "We are investigating reports of problems with the {c}. Some requests may fail or be slow.",
    "identified": "The cause has been identified: {x} A fix is being prepared.",
    "monitoring": "A fix has been rolled out to {r}. We are watching error rates and latency of the {c}.",
    "update": "We are still working on the {c}. About {p} percent of requests are affected at this time.",
    "resolved": "The problem with the {c} is resolved. All systems are operating normally again.",
    "scheduled": "We will carry out work on the {c}. Short interruptions of up to {m} minutes are possible.",
    "in_progress": "The work on the {c} has started as planned.",
    "completed": "The scheduled work on the {c} has been completed.",
}
CODE = [
    (
        "```\nERROR pool exhausted: 512/512 in use (waited 30s)\n  at acquire (pool.c:{k})\n"
        "  at handle_request (server.c:{p})\n```"
    ),
    (
        "```sql\nSELECT pid, state, wait_event\n  FROM pg_stat_activity\n"
        " WHERE backend_start < now() - interval '{m} minutes';\n```"
    ),
    "```yaml\npool:\n  size: {p}\n  timeout: {m}s\n  retries: 3\n```",
]

STATE = {
    "minor": "degraded_performance",
    "major": "partial_outage",
    "critical": "major_outage",
    "maintenance": "under_maintenance",
}


@dataclass
class Update:
    """One public message."""

    at: datetime
    status: str
    text: str


@dataclass
class Incident:
    """A report, independent of its format."""

    slug: str
    title: str
    start: datetime
    end: datetime | None  # None: still open
    severity: str
    components: list[str]
    updates: list[Update] = field(default_factory=list)
    body: str = ""  # Markdown, headings from level 2


class Chance:
    """The few choices needed, from `random.Random.random()` alone."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def below(self, limit: int) -> int:
        """A number from 0 up to, not including, `limit`."""
        return int(self._random.random() * limit)

    def between(self, low: int, high: int) -> int:
        """A number from `low` to `high`, both included."""
        return low + self.below(high - low + 1)

    def pick(self, choices: Sequence[T]) -> T:
        """One of `choices`."""
        return choices[self.below(len(choices))]

    def happens(self, probability: float) -> bool:
        """Whether it happens this time."""
        return self._random.random() < probability

    def weighted(self, choices: Sequence[tuple[T, float]]) -> T:
        """One of `choices`, each with its probability."""
        thrown, reached = self._random.random(), 0.0
        for value, probability in choices:
            reached += probability
            if thrown < reached:
                return value
        return choices[-1][0]


def slugify(text: str) -> str:
    """The text as part of a file name."""
    return "-".join("".join(ch if ch.isalnum() else " " for ch in text.lower()).split())


def sentence(chance: Chance, component: str, template: str | None = None) -> str:
    """A sentence about `component`."""
    return (template or chance.pick(SENTENCES)).format(
        c=component,
        p=chance.between(2, 95),
        m=chance.between(3, 55),
        k=chance.between(100, 9999),
        r=chance.pick(REGIONS),
        s=slugify(component),
        x="a saturated connection pool.",
    )


def paragraph(chance: Chance, component: str, shortest: int, longest: int) -> str:
    """Some sentences about `component`."""
    return " ".join(sentence(chance, component) for _ in range(chance.between(shortest, longest)))


def body(chance: Chance, incident: Incident) -> str:
    """A postmortem."""
    component = incident.components[0]
    parts = ["## Summary", paragraph(chance, component, 2, 4), "## Impact", paragraph(chance, component, 2, 4)]
    if chance.happens(0.3):
        rows = "\n".join(
            f"| {chance.pick(REGIONS)} | {chance.between(1, 60)} % | {chance.between(2, 180)} min |" for _ in range(3)
        )
        parts.append(f"| Region | Requests failed | Duration |\n| --- | ---: | ---: |\n{rows}")
    at, timeline = incident.start, []
    for _ in range(chance.between(4, 8)):
        timeline.append(f"- **{at:%H:%M} UTC**: {sentence(chance, chance.pick(incident.components))}")
        at += timedelta(minutes=chance.between(2, 25))
    parts += ["## Timeline", "\n".join(timeline), "## Root cause", paragraph(chance, component, 3, 6)]
    if chance.happens(0.35):
        parts.append(sentence(chance, component, chance.pick(CODE)))
    parts += ["### Contributing factors", paragraph(chance, component, 1, 3)]
    parts += ["## Resolution", paragraph(chance, component, 2, 4), "## Follow-up"]
    parts.append("\n".join(f"{n}. {sentence(chance, component)}" for n in range(1, chance.between(2, 4) + 1)))
    return "\n\n".join(parts) + "\n"


def statuses(chance: Chance, severity: str) -> list[str]:
    """What the updates of one report say, first to last."""
    middle = chance.between(1, 4)
    if severity == "maintenance":
        return ["scheduled", "in_progress", *["update"] * (middle - 1), "completed"]
    return ["investigating", *["identified", "monitoring", "update", "monitoring"][:middle], "resolved"]


def incidents(count: int, seed: int = 1, last: datetime = datetime(2026, 1, 31, tzinfo=UTC)) -> list[Incident]:
    """Reports, oldest first, over 1 to 10 years up to `last`; the newest one to three are still open."""
    chance = Chance(seed)
    days = int(365.25 * max(1.0, min(10.0, count / 250)))
    step = days * 24 * 60 / count  # minutes between reports, on average
    still_open = 1 if count <= 100 else 3
    found: list[Incident] = []
    for number in range(count):
        at = last - timedelta(minutes=int(step * (count - number)) - chance.below(max(1, int(step))))
        severity = chance.weighted(SEVERITIES)
        drawn = [chance.pick(COMPONENTS)[0] for _ in range(chance.weighted([(1, 0.6), (2, 0.28), (3, 0.12)]))]
        components = list(dict.fromkeys(drawn))
        if severity == "maintenance":
            title = f"{chance.pick(MAINT)} of the {components[0]}"
        else:
            title = f"{chance.pick(SYMPTOMS)} on the {components[0]} ({chance.pick(REGIONS)})"
        slug = f"{at:%Y-%m-%d}-{slugify(title)}-{number + 1:05d}"
        incident = Incident(slug, title, at, None, severity, components)
        flow = statuses(chance, severity)
        ongoing = number >= count - still_open
        for status in flow[:-1] if ongoing else flow:
            text = sentence(chance, chance.pick(components), UPDATE_TEXT[status])
            if chance.happens(0.5):
                text += " " + sentence(chance, components[0])
            incident.updates.append(Update(at, status, text))
            at += timedelta(minutes=chance.between(4, 75))
        incident.end = None if ongoing else incident.updates[-1].at
        incident.body = body(chance, incident)
        found.append(incident)
    return found


def quoted(text: str) -> str:
    """A YAML scalar in double quotes: a JSON string is one."""
    return json.dumps(text, ensure_ascii=False)


def iso(at: datetime) -> str:
    """The instant as files write it."""
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def incident_file(incident: Incident) -> str:
    """The format of mkdocs-incidents: facts in the front matter, the postmortem in the body."""
    lines = ["---", f"title: {quoted(incident.title)}"]
    if incident.severity == "maintenance":
        begin = incident.updates[1].at if len(incident.updates) > 1 else incident.start
        until = incident.end or incident.updates[-1].at + timedelta(hours=2)
        lines += ["scheduled:", f"  from: {iso(begin)}", f"  until: {iso(until)}"]
    else:
        lines.append(f"started: {iso(incident.start)}")
        if incident.end:
            lines.append(f"resolved: {iso(incident.end)}")
        lines.append(f"impact: {incident.severity}")
    lines += ["components:", *(f"  {slugify(name)}: {STATE[incident.severity]}" for name in incident.components)]
    lines.append("updates:")
    status = ""
    for update in incident.updates:
        status = status if update.status == "update" else update.status
        lines += [f"  - at: {iso(update.at)}", f"    status: {status}", f"    message: {quoted(update.text)}"]
    return "\n".join(lines) + "\n---\n\n" + incident.body


def plain_page(incident: Incident) -> str:
    """The same words as a page that Material knows nothing about."""
    updates = "\n\n".join(
        f"*{update.status.replace('_', ' ').capitalize()}* - {update.text} ({update.at:%Y-%m-%d %H:%M} UTC)"
        for update in reversed(incident.updates)
    )
    return (
        f"---\ntitle: {quoted(incident.title)}\ndate: {iso(incident.start)}\n---\n\n# {incident.title}\n\n"
        f"**Severity:** {incident.severity}. **Components:** {', '.join(incident.components)}\n\n"
        f"## Updates\n\n{updates}\n\n{incident.body}"
    )


def components_file() -> str:
    """The catalogue all reports refer to."""
    lines = ["timezone: Etc/UTC", "groups:"]
    for group, names in GROUPS.items():
        lines += [f"  - name: {quoted(group)}", "    components:"]
        for name in names:
            lines += [f"      - id: {slugify(name)}", f"        name: {quoted(name)}", "        since: 2015-01-01"]
    return "\n".join(lines) + "\n"


CONFIG = """\
site_name: Example status
site_url: https://status.example.com/
theme:
  name: material
  font: false
markdown_extensions: [tables, fenced_code, admonition, {toc: {permalink: true}}]
"""


def write_site(kind: str, count: int, folder: Path, seed: int = 1) -> None:
    """A whole site of `count` reports in `folder`: `ours` or `pages`."""
    files = {"docs/index.md": "# Status\n"}
    if kind == "ours":
        files["mkdocs.yml"] = CONFIG + "plugins: [search, incidents]\n"
        files["incidents/components.yml"] = components_file()
        files |= {f"incidents/{incident.slug}.md": incident_file(incident) for incident in incidents(count, seed)}
    else:
        files["mkdocs.yml"] = CONFIG + "plugins: [search]\nnav: [index.md]\nnot_in_nav: /incidents/\n"
        files |= {f"docs/incidents/{incident.slug}.md": plain_page(incident) for incident in incidents(count, seed)}
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())


def main() -> None:
    """Write one site."""
    parser = argparse.ArgumentParser(description="Write a site of made-up incident reports.")
    parser.add_argument("format", choices=["ours", "pages"])
    parser.add_argument("count", type=int)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    write_site(options.format, options.count, options.folder, options.seed)
    print(f"{options.count} reports in {options.folder}")


if __name__ == "__main__":
    main()
