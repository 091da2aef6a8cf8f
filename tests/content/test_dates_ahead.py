"""Files that may state something later than an instant are found by their text, and none is missed."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as st

from mkdocs_incidents.content.catalog_file import CatalogFile
from mkdocs_incidents.content.dates_ahead import may_be_later
from mkdocs_incidents.content.incident_file import read_incident_file
from mkdocs_incidents.content.loader import load
from mkdocs_incidents.content.rules.registry import check_file
from mkdocs_incidents.content.source import Report, Source
from mkdocs_incidents.model import History
from mkdocs_incidents.status.next_build import ChangeReason, page_changes
from tests.content.folders import CATALOG, INCIDENT
from tests.makers import at, catalog

if TYPE_CHECKING:
    from pathlib import Path

    from mkdocs_incidents.model import Notice

NOW = at("2026-04-10 00:30")
WEB = catalog("card-payments", zone="Africa/Lagos")
OLD = INCIDENT.replace("2026", "2024")
_GERMAN, _SPANISH = {3: "März", 4: "April"}, {3: "marzo", 4: "abril"}
_ZONES = ("", "Z", "+14:00", "-12:00", " +05:30", "UTC")
_hours = st.integers(-75, 30)


def changing(text: str) -> bool:
    """Whether a full reading finds that anything but the day changes after NOW."""
    notice = read(text)
    assume(notice is not None)
    assert notice
    changes = page_changes(History(catalog=WEB, notices=(notice,)), NOW)
    return any(change.reason is not ChangeReason.MIDNIGHT for change in changes)


def read(text: str) -> Notice | None:
    report = Report(path="x.md")
    names = {component_id: component_id for component_id in WEB.components}
    known = CatalogFile(catalog=WEB, timezone=WEB.timezone, names=names)
    file = read_incident_file(Source(path="x.md", text=text), "x.md", known, report, example=NOW.date())
    if file and not report.failed:
        report.problems.extend(check_file(file, WEB, NOW))
    return file.notice if file and not report.failed else None


@pytest.mark.parametrize(
    "text",
    [
        OLD.replace("resolved: 2024-04-06 15:15", "resolved: 2026-04-11 10:00"),
        OLD.replace("components:", "publish: 2026-04-12\ncomponents:"),
        OLD.replace("components:", 'publish: "2026-04-\\x312"\ncomponents:'),
        OLD.replace("components:", "publish: 2026-04-11 00:30 +14:00\ncomponents:"),
        OLD.replace(
            "components:",
            "timezone: Pacific/Pago_Pago\n"
            "updates: [{at: 2026-04-08 23:50-12:00, status: identified, message: X, next_update: '23:40'}]\n"
            "components:",
        ),
        OLD + "\n## Action items\n\n- More disks (due 2026-04-10)\n",
        OLD + "\n## Action items\n\n- More disks (due 4 December 2026)\n",
        OLD + "\n## Action items\n\n- More disks (due December 4th, 2026)\n",
        OLD + "\n## Action items\n\n- More disks (due \uff12\uff10\uff12\uff16-12-04)\n",
        OLD + "\n## Action items\n\n- More disks (due ²⁰²⁶-12-04)\n",
        OLD + "\n## Action items\n\n- More disks (due ٢٠٢٦-12-04)\n",
        OLD + "\n## Acciones\n\n- More disks (due 4 de diciembre de 2026)\n",
        OLD + "\n## Action items\n\n- More disks (due 4\n  December 2026)\n",
        OLD + "\n## Maßnahmen\n\n- Mehr Platten (bis zum 4. Dezember 2026)\n",
        OLD + "\n## お約束\n\n- More disks (期限: 2026年12月4日)\n",
        OLD + "\n| Action | Owner | Due |\n|---|---|---|\n| Disks | @Ops | 2027-01-04 |\n",
    ],
)
def test_whatever_lies_ahead_is_seen_however_it_is_written(text: str) -> None:
    assert may_be_later(text, NOW)


@pytest.mark.parametrize(
    "text",
    [
        OLD,
        INCIDENT,
        OLD + "\n## Action items\n\n- More disks (due 2026-03-04)\n- All 5533 of them\n- since 4 December 2025\n",
        OLD + "\n## Timeline\n\n- 14:30 The queue of the old site has 2027 entries\n",
        OLD.replace("components:", "updates: [{at: 2026-04-06 15:00, id: update-20260406-1500, status: resolved, "
        "message: All well.}]\ncomponents:"),
        OLD.replace("card-payments: ", "card-payments: ").replace("title: Card", "title: Till 2030 card"),
        "nothing",
    ],
)  # fmt: skip
def test_what_is_past_is_left_out(text: str) -> None:
    assert not may_be_later(text, NOW)


@st.composite
def instants(draw: st.DrawFn) -> str:
    """An instant around NOW, as files state it; it may be read in the zone of the file."""
    wall = NOW.replace(tzinfo=None) + timedelta(hours=draw(_hours), minutes=draw(st.integers(0, 59)))
    between = draw(st.sampled_from([" ", "T"]))
    return f"{wall:%Y-%m-%d}{between}{wall:%H:%M}{draw(st.sampled_from(_ZONES))}"


@st.composite
def days(draw: st.DrawFn) -> str:
    """A day around NOW in one of the forms that bodies may have."""
    day: date = NOW.date() + timedelta(days=draw(st.integers(-5, 2)))
    iso = day.isoformat()
    return draw(
        st.sampled_from(
            [
                iso,
                iso.translate({ord("0") + n: 0xFF10 + n for n in range(10)}),
                iso.translate({ord("0") + n: 0x0660 + n for n in range(10)}),
                f"{day.day} {day:%B} {day.year}",
                f"{day:%B} {day.day}, {day.year}",
                f"{day.year}年{day.month}月{day.day}日",
                f"{day.day}. {_GERMAN[day.month]} {day.year}",
                f"{day.day} de {_SPANISH[day.month]} de {day.year}",
            ]
        )
    )


@st.composite
def files(draw: st.DrawFn) -> str:
    """An incident or a maintenance of 2024, of which a few facts may be from now."""
    some = st.one_of(*[st.none()] * 4, instants())
    zone = draw(st.sampled_from(["", "timezone: Pacific/Kiritimati\n", "timezone: Pacific/Pago_Pago\n"]))
    kind = draw(st.sampled_from(["incident", "maintenance"]))
    if kind == "incident":
        resolved = draw(some)
        facts = f"started: {draw(some) or '2024-04-06 14:30'}\n" + (f"resolved: {resolved}\n" if resolved else "")
        statuses = ["investigating", "resolved"]
    else:
        facts = f"scheduled: {{from: {draw(some) or '2024-04-06 14:30'}, until: {draw(some) or '2024-04-07 10:00'}}}\n"
        statuses = ["scheduled", "in_progress", "completed"]
    publish = draw(some)
    facts += f"publish: {publish}\n" if publish else ""
    retracted = draw(some)
    facts += f"retracted: {{reason: A test., at: {retracted}}}\n" if retracted else ""
    updates = draw(st.lists(instants(), max_size=1))
    facts += "updates:\n" if updates else ""
    for number, instant in enumerate(updates):
        said = draw(st.sampled_from(["Word.", "Next update by 11:30.", "Next update by 00:10."]))
        facts += f"- at: {instant}\n  id: update-{number}\n  status: {draw(st.sampled_from(statuses))}\n"
        facts += f"  message: {said}\n"
        due = draw(st.none() | st.sampled_from(["23:59", "00:00", "12:00"]))
        facts += f"  next_update: {due}\n" if due else ""
    published = draw(some)
    facts += f"postmortem: {{published: {published}}}\n" if published else ""
    promises = "".join(f"- More disks (due {day})\n" for day in draw(st.lists(days(), max_size=1)))
    body = f"\n## Action items\n\n{promises}" if promises else ""
    return f"---\ntitle: X\n{zone}{facts}components: {{card-payments: major_outage}}\n---\n{body}"


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(files())
def test_no_file_is_left_out_of_which_anything_changes_later(text: str) -> None:
    expected = changing(text)
    event(f"{expected}, {may_be_later(text, NOW)}")
    assert may_be_later(text, NOW) or not expected


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(["Pacific/Pago_Pago", "Pacific/Kiritimati", "Africa/Lagos"]),
    st.sampled_from(["update", "publish", "promise", "retracted"]),
    st.datetimes(datetime(2026, 4, 6), datetime(2026, 4, 11)),  # noqa: DTZ001  wall time
    st.sampled_from(_ZONES),
)
def test_a_single_fact_is_enough_in_whatever_zone_it_is_stated(
    zone: str, fact: str, wall: datetime, offset: str
) -> None:
    instant = f"{wall:%Y-%m-%d %H:%M}{offset}"
    facts = {
        "update": f"updates: [{{at: {instant}, status: identified, message: Word., next_update: '{wall:%H:%M}'}}]",
        "publish": f"publish: {wall:%Y-%m-%d}",
        "retracted": f"retracted: {{reason: A test., at: {instant}}}",
    }
    body = f"\n## Action items\n\n- More disks (due {wall:%Y-%m-%d})\n" if fact == "promise" else ""
    begin = f"timezone: {zone}\nstarted: 2024-04-06 14:30"
    text = f"---\ntitle: X\n{begin}\n{facts.get(fact, '')}\ncomponents: {{card-payments: major_outage}}\n---\n{body}"
    expected = changing(text)
    assert may_be_later(text, NOW) or not expected


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(files(), max_size=4))
def test_the_files_that_are_selected_tell_the_same_of_the_future_as_all(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str]
) -> None:
    folder = tmp_path_factory.mktemp("incidents")
    (folder / "components.yml").write_text(CATALOG)
    for number, text in enumerate(text for text in texts if read(text)):
        (folder / f"n{number}.md").write_text(text, encoding="utf-8")
    whole = load(folder, now=NOW).history
    assume(whole is not None)
    some = load(folder, now=NOW, select=lambda text: may_be_later(text, NOW)).history
    assert whole
    assert some
    assert _dates(whole) == _dates(some)


def test_a_file_that_is_not_selected_is_as_if_it_was_not_there(tmp_path: Path) -> None:
    (tmp_path / "components.yml").write_text(CATALOG)
    (tmp_path / "good.md").write_text(INCIDENT)
    (tmp_path / "bad.md").write_text(INCIDENT.replace("started", "begun"))
    assert load(tmp_path, now=NOW).errors
    selected = load(tmp_path, now=NOW, select=lambda text: "begun" not in text)
    assert not selected.errors
    assert [notice.id for notice in selected.history.notices if selected.history] == ["good"]  # type: ignore[union-attr]


def _dates(history: History) -> list[tuple[datetime, str, str]]:
    changes = page_changes(history, NOW)
    return [(change.at, change.reason, change.notice.id if change.notice else "") for change in changes]
