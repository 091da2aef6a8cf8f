"""Sites with notices of all kinds, made at random, and changes of everything that a build depends on."""

from __future__ import annotations

import copy
import shutil
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import yaml

from tests.repositories import Repository

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from tests.sites.building import Site

    Change = Callable[[], None]

PNG = bytes.fromhex("89504e470d0a1a0a")
START = datetime(2026, 6, 15, 12, tzinfo=UTC)
ZONES = ("UTC", "Europe/Paris", "America/St_Johns", "Pacific/Kiritimati", "Africa/Lagos")
STATES = ("degraded_performance", "partial_outage", "major_outage")
IMAGES = ("one.png", "two.png", "three.svg")
DOCS = ("guide.md", "about.md", "more/terms.md")
MESSAGES = (
    "We look into it.",
    "It *works* again: see [the guide](https://example.org/).",
    "Cards & <b>transfers</b> fail. Next update by 15:00.",
    "See ![Rate](one.png) and `code`.",
    "First.\n\nSecond, with [a page](../guide.md#second).",
)
OVERRIDES = {
    "main.html": '{% extends "base.html" %}\n{% block announce %}We moved: NUMBER{% endblock %}\n',
    "incidents/notice.html": '{% extends "incidents/pages/notice.html" %}\n'
    "{% block incidents_after %}{{ super() }}<p>NUMBER</p>{% endblock %}\n",
    "404.html": '{% extends "main.html" %}\n{% block content %}<p>NUMBER</p>{% endblock %}\n',
}


@dataclass
class Notice:
    """A file in the content folder, but for its name."""

    facts: dict[str, Any]
    body: str = ""

    @property
    def text(self) -> str:
        return f"---\n{yaml.safe_dump(self.facts, allow_unicode=True, sort_keys=False)}---\n\n{self.body}\n"


@dataclass
class Sources:
    """All files of a site, and the clock."""

    catalog: dict[str, Any]
    settings: dict[str, Any]
    now: datetime = START
    notices: dict[str, Notice] = field(default_factory=dict)
    docs: dict[str, str] = field(default_factory=dict)
    images: dict[str, bytes] = field(default_factory=dict)
    overrides: dict[str, str] = field(default_factory=dict)


def written(instant: datetime) -> str:
    """An instant as it stands in a file."""
    return f"{instant:%Y-%m-%d %H:%M}"


class RandomSite:
    """A site that changes at random."""

    def __init__(self, site: Site, random: Random) -> None:
        self._site, self._random, self._count = site, random, 0
        self._repository = Repository(site.folder) if random.random() < 0.2 else None
        options: dict[str, Any] = {}
        self.sources = Sources(
            catalog={
                "timezone": random.choice(ZONES),
                "components": [{"id": "web", "name": "Web", "since": "2026-01-01"}, {"id": "api", "name": "API"}],
                "groups": [{"name": "Money", "components": [{"id": "cards", "name": "Cards", "slo": 99.9}]}],
            },
            settings={
                **site.settings,
                "plugins": ["search", {"incidents": options}],
                "markdown_extensions": ["footnotes", "attr_list", {"toc": {"permalink": True}}],
            },
        )
        self.sources.docs |= {"guide.md": "# Guide\n\n## Second\n\nText.\n"}
        self.sources.images |= {"one.png": PNG}
        for _ in range(random.randint(5, 14)):
            self.add_notice()

    @property
    def now(self) -> datetime:
        return self.sources.now

    def write(self) -> None:
        """Write all files as they are now, and delete others."""
        sources, folder = self.sources, self._site.folder
        for name in ("incidents", "docs", "overrides"):
            shutil.rmtree(folder / name, ignore_errors=True)
        (folder / "docs").mkdir()
        self._site.settings = sources.settings
        self._site.write("incidents/components.yml", yaml.safe_dump(sources.catalog, sort_keys=False))
        for name, notice in sources.notices.items():
            self._site.write(f"incidents/{name}.md", notice.text)
        for path, image in sources.images.items():
            self._site.write(f"incidents/{path}", image)
        for path, text in sources.docs.items():
            self._site.write(f"docs/{path}", text)
        for path, text in sources.overrides.items():
            self._site.write(f"overrides/{path}", text)
        if sources.overrides:
            sources.settings["theme"]["custom_dir"] = "overrides"
        else:
            sources.settings["theme"].pop("custom_dir", None)
        if self._repository:
            self._repository.commit(written(sources.now))

    def change(self) -> str:
        """Change something at random; returns what."""
        change = self._random.choice(self._changes())
        self._before = copy.deepcopy(self.sources)
        change()
        self.write()
        return change.__name__

    def undo(self) -> None:
        """Take the last change back."""
        self.sources = self._before
        self.write()

    def _changes(self) -> list[Change]:
        clock = (self.minutes_pass, self.an_hour_passes, self.a_day_passes, self.a_month_passes)
        often = [
            *(self.add_notice, self.add_update, self.add_update, self.edit_title, self.edit_body, self.edit_body),
            *(self.edit_fact, self.edit_fact, self.edit_update, self.edit_update, self.delete_notice, self.retract),
            *(self.rename_notice, self.merge_notices, self.publish_postmortem, self.nothing_happens, *clock, *clock),
            *(self.time_goes_back, self.something_is_due, self.something_is_due, self.something_is_due),
            *(self.add_image, self.delete_image, self.edit_image, self.edit_docs),
        ]
        seldom = [
            *(self.edit_catalog, self.add_component, self.edit_zone, self.retire_component, self.edit_option),
            *(self.edit_option, self.edit_setting, self.edit_setting, self.edit_override, self.remove_override),
            *(self.edit_docs, self.delete_docs, self.edit_nav),
        ]
        return often * 3 + seldom

    # Notices

    def add_notice(self) -> None:
        make = self._random.choice((self._incident, self._incident, self._incident, self._maintenance, self._announced))
        self._count += 1
        notice = make()
        started = notice.facts.get("started") or notice.facts["scheduled"]["from"]
        self.sources.notices[f"{started[:10]}-n{self._count}"] = notice
        if self._chance(0.4):
            self.edit_fact(notice)

    def _incident(self) -> Notice:
        random, now = self._random, self.now
        started = now - random.choice(
            (
                timedelta(minutes=random.randint(1, 300)),
                timedelta(days=random.randint(0, 100), minutes=random.randint(0, 999)),
            )
        )
        lasts = random.choice((timedelta(minutes=40), timedelta(hours=9), timedelta(hours=2), timedelta(days=45)))
        facts: dict[str, Any] = {
            "title": f"Number {self._count} broke & <b>fell</b>"
            if self._chance(0.1)
            else f"Number {self._count} broke",
            "started": written(started),
            "components": {name: random.choice(STATES) for name in self._some_components()},
            "updates": [
                self._update(started + timedelta(minutes=5), "investigating"),
                self._update(started + lasts / 2, random.choice(("identified", "monitoring"))),
            ],
        }
        if self._chance(0.8):
            facts["updates"].append(self._update(started + lasts, "resolved"))
        notice = Notice(facts)
        if self._chance(0.6):
            notice.body = self._body(started)
        if notice.body and self._chance(0.6):
            published = started + lasts + timedelta(days=random.randint(0, 9))
            facts["postmortem"] = {"published": written(published)[: random.choice((10, 16))], "by": "Payments team"}
        return notice

    def _maintenance(self) -> Notice:
        random = self._random
        begin = self.now + timedelta(minutes=random.choice((-90000, -3000, -30, -1, 1, 30, 3000)))
        end = begin + timedelta(minutes=random.choice((2, 60, 600)))
        updates = [self._update(begin - timedelta(days=4), "scheduled")]
        if self._chance(0.3):
            updates.append(self._update(begin - timedelta(days=1), "completed"))
        elif self._chance(0.4):
            updates.append(self._update(begin, "in_progress"))
            if self._chance(0.6):
                updates.append(self._update(end, "completed"))
        return Notice(
            {
                "title": f"Work {self._count}",
                "scheduled": {"from": written(begin), "until": written(end)},
                "components": self._some_components(),
                "updates": updates,
            }
        )

    def _announced(self) -> Notice:
        started = self.now - timedelta(hours=self._random.choice((-30, 1, 30, 1000)))
        facts: dict[str, Any] = {
            "title": f"Mails {self._count}",
            "started": written(started),
            "impact": "none",
            "pinned": self._chance(0.5),
            "updates": [self._update(started, "identified")],
        }
        if self._chance(0.6):
            facts["resolved"] = written(started + timedelta(days=3))
        return Notice(facts)

    def _update(self, when: datetime, status: str) -> dict[str, Any]:
        message = self._random.choice(MESSAGES)
        if self._chance(0.1):
            message += "\n\n<!-- internal -->secret-note<!-- /internal -->"
        return {"at": written(when), "status": status, "message": message}

    def _body(self, started: datetime) -> str:
        random = self._random
        other = random.choice([*self.sources.notices, "2020-01-01-none"])
        due = f"{self.now + timedelta(days=random.randint(-40, 40)):%Y-%m-%d}"
        image, anchor = random.choice(IMAGES), random.choice(("updates", "impact"))
        mitigated = f"{started + timedelta(minutes=9):%H:%M} — Mitigated: well."
        raw = (
            f'<img src="{image}" srcset="one.png 1x, two.png 2x"> <a href="../{other}/">x</a> <a href="../about/">y</a>'
        )
        promises = (
            f"- [ ] Ring *earlier* (@Payments team, due {due})",
            f"- [x] Read [it]({other}.md) (@Ops team, due {due}, done {due})",
            f"- [-] Count (@Ops team, due {due}, dropped {due}: it is gone)",
        )
        parts = (
            f"## Summary\n\nIt failed. See [that](../guide.md#second), [other]({other}.md), {random.random()}.",
            f"## Timeline\n\n- T+1m — It begins. {{kind: cause}}\n- {mitigated}",
            f"## Root cause\n\n![Rate]({image}) and [anchor]({other}.md#{anchor}).",
            f"## Impact\n\n<p>{raw}</p>",
            "## Detection\n\nA note[^1].\n\n[^1]: The *note*, see [terms](../more/terms.md).",
            "## Lessons\n\n<!-- internal -->\nsecret-note\n<!-- /internal -->\n\nMuch.",
            "\n".join(("## Action items\n", *promises)),
            "## Apology\n\nWe are sorry.",
            "## Other\n\n<div>left open\n\n```\ncode",
        )
        return "\n\n".join(part for part in parts if self._chance(0.4))

    def _some_components(self) -> list[str]:
        names = [component["id"] for component in self._components()]
        return self._random.sample(names, self._random.randint(1, min(2, len(names))))

    def _components(self) -> list[dict[str, Any]]:
        catalog = self.sources.catalog
        return [*catalog["components"], *(part for group in catalog["groups"] for part in group["components"])]

    def _chance(self, share: float) -> bool:
        return self._random.random() < share

    def _some(self) -> Notice:
        if not self.sources.notices:
            self.add_notice()
        return self._random.choice(list(self.sources.notices.values()))

    def edit_fact(self, notice: Notice | None = None) -> None:
        random, facts = self._random, (notice or self._some()).facts
        day = self.now + timedelta(minutes=random.choice((-9000, -3, 3, 9000)))
        incident = "started" in facts and facts.get("impact") != "none"
        choices: list[Change] = [
            lambda: facts.update(draft=not facts.get("draft")),
            lambda: facts.update(publish=written(day)),
            lambda: facts.update(timezone=random.choice(ZONES)),
            lambda: facts.update(aliases=[f"old-{self._count}"]),
        ]
        if incident:
            choices += [
                lambda: facts.update(backfilled=True),
                lambda: facts.update(impact=random.choice(("minor", "critical"))),
                lambda: facts.update(affected_percent=random.randint(1, 99), causes=["x"]),
                lambda: facts.update(upstream={"name": "Tidewire"}),
                lambda: facts.update(components={name: random.choice(STATES) for name in self._some_components()}),
            ]
        random.choice(choices)()

    def edit_update(self) -> None:
        update = self._random.choice(self._some().facts["updates"])
        choices: list[Change] = [
            lambda: update.update(message=self._random.choice(MESSAGES)),
            lambda: update.update(corrected=written(self.now + timedelta(minutes=self._random.choice((-5, 5))))),
            lambda: update.update(retracted={"reason": "Wrong.", "at": written(self.now + timedelta(minutes=3))}),
        ]
        self._random.choice(choices)()

    def add_update(self) -> None:
        facts = self._some().facts
        status = "resolved" if "started" in facts else "in_progress"
        when = self.now + timedelta(minutes=self._random.choice((-1, 0, 2)))
        facts["updates"].append(self._update(when, self._random.choice((status, "monitoring", "investigating"))))
        if "scheduled" in facts:
            facts["updates"][-1]["status"] = self._random.choice(("in_progress", "completed"))

    def edit_title(self) -> None:
        self._some().facts["title"] += " again"

    def edit_body(self) -> None:
        notice = self._some()
        notice.body = self._body(self.now - timedelta(days=1)) if "started" in notice.facts else ""

    def publish_postmortem(self) -> None:
        notice = self._some()
        if notice.body:
            notice.facts["postmortem"] = {
                "published": written(self.now + timedelta(minutes=self._random.choice((-9, 4))))
            }

    def retract(self) -> None:
        when = self.now + timedelta(minutes=self._random.choice((-1, 4)))
        self._some().facts["retracted"] = {"reason": "A test of our alarms.", "at": written(when)}

    def delete_notice(self) -> None:
        if len(self.sources.notices) > 2:
            del self.sources.notices[self._random.choice(list(self.sources.notices))]

    def rename_notice(self) -> None:
        name = self._random.choice(list(self.sources.notices))
        notice = self.sources.notices.pop(name)
        if self._chance(0.7):
            notice.facts["aliases"] = [*notice.facts.get("aliases", ()), name]
        self.sources.notices[f"{name}x"] = notice

    def merge_notices(self) -> None:
        if len(self.sources.notices) > 2:
            gone, kept = self._random.sample(list(self.sources.notices), 2)
            del self.sources.notices[gone]
            self.sources.notices[kept].facts["merged"] = [gone]

    # The catalogue

    def edit_catalog(self) -> None:
        self._random.choice(self._components())["name"] = f"Name {self._random.randint(1, 99)}"

    def add_component(self) -> None:
        self._count += 1
        day = self.now + timedelta(days=self._random.choice((-90, -1, 0, 1)))
        new = {"id": f"c{self._count}", "name": f"C {self._count}", "since": f"{day:%Y-%m-%d}"}
        self.sources.catalog["components"].append(new)

    def retire_component(self) -> None:
        day = self.now + timedelta(days=self._random.choice((-1, 0, 1)))
        self._random.choice(self._components())["retired"] = f"{day:%Y-%m-%d}"

    def edit_zone(self) -> None:
        self.sources.catalog["timezone"] = self._random.choice(ZONES)

    # mkdocs.yml and what it names

    def edit_option(self) -> None:
        options, random = self.sources.settings["plugins"][1]["incidents"], self._random
        choices: list[Change] = [
            lambda: options.update(language=random.choice(("en", "en_US", "fr", "de", "ar"))),
            lambda: options.update(outputs={random.choice(("rss", "json", "calendar", "text", "components")): False}),
            lambda: options.pop("outputs", None),
            lambda: options.update(feed_length=random.choice((1, 3, 50))),
            lambda: options.update(
                as_of=random.choice(("", written(self.now - timedelta(days=random.randint(0, 40)))))
            ),
            lambda: options.pop("as_of", None),
            lambda: options.update(uptime_weights={"partial_outage": random.choice((0.1, 0.5))}),
            lambda: options.update(markdown_copies=not options.get("markdown_copies")),
        ]
        random.choice(choices)()

    def edit_setting(self) -> None:
        settings, random = self.sources.settings, self._random
        extensions = ["footnotes", "attr_list", "admonition", "md_in_html", "pymdownx.superfences", "tables", "abbr"]
        choices: list[Change] = [
            lambda: settings.update(use_directory_urls=not settings.get("use_directory_urls", True)),
            lambda: settings.update(site_name=f"Status {random.randint(1, 99)}"),
            lambda: settings["theme"].update(
                features=random.sample(("navigation.instant", "search.suggest", "toc.integrate"), 2)
            ),
            lambda: settings.update(markdown_extensions=random.sample(extensions, 4)),
            lambda: settings.update(extra={"x": random.randint(1, 9), 5: "y"}),
            lambda: settings.update(
                repo_url=f"https://github.com/example/{random.randint(1, 9)}", edit_uri="edit/main/"
            ),
            lambda: settings.update(validation={"links": {"anchors": random.choice(("warn", "info", "ignore"))}}),
            lambda: settings.update(
                site_url=random.choice(("https://status.example.org/", "https://example.org/a/b/"))
            ),
        ]
        random.choice(choices)()

    def edit_override(self) -> None:
        path = self._random.choice(list(OVERRIDES))
        self.sources.overrides[path] = OVERRIDES[path].replace("NUMBER", str(self._random.randint(1, 99)))

    def remove_override(self) -> None:
        self.sources.overrides.clear()

    def edit_docs(self) -> None:
        random = self._random
        path = random.choice((*DOCS, "index.md", "subscribe.md"))
        title = f"---\ntitle: T {random.randint(1, 9)}\nicon: material/home\n---\n\n" if self._chance(0.3) else ""
        heading = random.choice(("Second", "Third"))
        other = random.choice([*self.sources.notices, "none"])
        link = f"[i](incidents/{other}.md#x)" if "/" not in path else ""
        self.sources.docs[path] = f"{title}# Page {random.randint(1, 99)}\n\n## {heading}\n\n{link} Text.\n"

    def delete_docs(self) -> None:
        self.sources.docs.pop(self._random.choice(list(self.sources.docs) or [""]), None)
        self._drop_nav()

    def _drop_nav(self) -> None:
        self.sources.settings.pop("nav", None)

    def edit_nav(self) -> None:
        random = self._random
        if "nav" in self.sources.settings and self._chance(0.4):
            self._drop_nav()
            return
        component = random.choice(self._components())["id"]
        pages = [
            *self.sources.docs,
            "history/index.md",
            f"components/{component}.md",
            "history/2026/05.md",
            "history/2026/06.md",
        ]
        chosen = [path for path in pages if path != "index.md" and self._chance(0.6)]
        listed: list[Any] = [{f"Entry {random.randint(1, 9)}": path} for path in chosen]
        self.sources.settings["nav"] = [{"Status": "index.md"}, {"More": listed or ["subscribe.md"]}]

    # Images

    def add_image(self) -> None:
        self.sources.images[self._random.choice(IMAGES)] = PNG

    def edit_image(self) -> None:
        self.sources.images["one.png"] = PNG + self._random.randbytes(4)

    def delete_image(self) -> None:
        self.sources.images.pop(self._random.choice(IMAGES), None)

    # The clock

    def nothing_happens(self) -> None:
        pass

    def minutes_pass(self) -> None:
        self.sources.now += timedelta(minutes=self._random.randint(1, 6), seconds=self._random.randint(0, 59))

    def an_hour_passes(self) -> None:
        self.sources.now += timedelta(minutes=self._random.randint(40, 200))

    def a_day_passes(self) -> None:
        self.sources.now += timedelta(hours=self._random.randint(12, 36))

    def a_month_passes(self) -> None:
        self.sources.now += timedelta(days=self._random.randint(20, 40))

    def time_goes_back(self) -> None:
        self.sources.now -= timedelta(minutes=self._random.choice((1, 60, 3000, 60000)))

    def something_is_due(self) -> None:
        """The next instant that a file names comes, or has just passed."""
        text = "".join(notice.text for notice in self.sources.notices.values())
        later = sorted(
            instant
            for line in set(text.replace("'", " ").replace(",", " ").replace(")", " ").split("\n"))
            if (instant := _instant_in(line)) and instant > self.now
        )
        if later:
            self.sources.now = later[0] + timedelta(seconds=self._random.choice((0, 1, 70)))


def _instant_in(line: str) -> datetime | None:
    for length in (16, 10):
        for begin in range(len(line) - length + 1):
            if line[begin : begin + 4] == "2026":
                try:
                    return datetime.fromisoformat(line[begin : begin + length]).replace(tzinfo=UTC)
                except ValueError:
                    continue
    return None
