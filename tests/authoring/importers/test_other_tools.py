"""What an importer of another tool hands over is written as files that the check accepts."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner, Result

from mkdocs_incidents.authoring.importers import registry
from mkdocs_incidents.authoring.importers.incident_file import incident_file
from mkdocs_incidents.authoring.importers.protocol import (
    ImportedAnnouncement,
    ImportedCatalog,
    ImportedComponent,
    ImportedIncident,
    ImportedMaintenance,
    ImportedUpdate,
    ImportResult,
    NotImported,
)
from mkdocs_incidents.authoring.prose.zones import named_place
from mkdocs_incidents.cli import incidents
from mkdocs_incidents.content.loader import load
from mkdocs_incidents.model import (
    Announcement,
    ComponentStatus,
    History,
    Impact,
    Incident,
    IncidentStatus,
    Maintenance,
    MaintenanceStatus,
)

if TYPE_CHECKING:
    from pathlib import Path

LAGOS = named_place("Africa/Lagos")
FILES = [
    "2031-03-02-card-payments.md",
    "2031-04-01-app.md",
    "2031-05-01-database.md",
    "components.yml",
    "q1w2e3.md",
]
LONG = (
    "Card payments fail for everyone: about nine in ten are refused.\n\n- The app says `declined`: try again later.\n"
    "    indented # no comment\n\nNext update by 10:30."
)


def instant(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def result(source: str) -> ImportResult:
    card, web = "card-payments", "web"
    return ImportResult(
        source=source,
        catalog=ImportedCatalog(
            timezone=ZoneInfo("Africa/Lagos"),
            components=(
                ImportedComponent(
                    id=card, name="Card payments: all", group="Payments", description="With # and: marks"
                ),
                ImportedComponent(id=web, name="Yes"),
                ImportedComponent(id="payouts", name="Payouts", group="Payments"),
            ),
        ),
        notices=(
            ImportedIncident(
                source=source,
                id="2031-03-02-card-payments",
                title="Card payments failed: most were refused",
                zone=LAGOS,
                started=instant("2031-03-02 08:55"),
                resolved=instant("2031-03-02 10:40:30"),
                impact=Impact.CRITICAL,
                components={card: ComponentStatus.MAJOR_OUTAGE, web: ComponentStatus.DEGRADED_PERFORMANCE},
                updates=(
                    ImportedUpdate(at=instant("2031-03-02 10:40:30"), status=IncidentStatus.RESOLVED, message="Over."),
                    ImportedUpdate(
                        at=instant("2031-03-02 09:00"), status=IncidentStatus.INVESTIGATING, message=LONG, id="u1"
                    ),
                    ImportedUpdate(
                        at=instant("2031-03-02 10:00"),
                        status=IncidentStatus.MONITORING,
                        message="\u2028odd: 'signs'\u0085 – “here”",
                        components={card: ComponentStatus.OPERATIONAL},
                    ),
                ),
            ),
            ImportedIncident(
                source=source,
                id="q1w2e3",
                title="Pages were slow",
                started=instant("2031-03-30 00:30"),
                updates=(
                    ImportedUpdate(
                        at=instant("2031-03-30 00:35"), status=IncidentStatus.IDENTIFIED, message="Slow pages."
                    ),
                    ImportedUpdate(at=instant("2031-03-30 01:35"), status=IncidentStatus.RESOLVED, message="Fast."),
                ),
                components={web: ComponentStatus.PARTIAL_OUTAGE},
            ),
            ImportedMaintenance(
                source=source,
                id="2031-05-01-database",
                title="Sign-in pauses for work on the database",
                zone=LAGOS,
                scheduled_from=instant("2031-05-01 01:00"),
                scheduled_until=instant("2031-05-01 02:00"),
                components={web: ComponentStatus.UNDER_MAINTENANCE},
                updates=(
                    ImportedUpdate(
                        at=instant("2031-04-20 09:00"), status=MaintenanceStatus.SCHEDULED, message="Planned."
                    ),
                    ImportedUpdate(
                        at=instant("2031-05-01 01:50"), status=MaintenanceStatus.COMPLETED, message="Done early."
                    ),
                ),
            ),
            ImportedAnnouncement(
                source=source,
                id="2031-04-01-app",
                title="The new app is here",
                published=instant("2031-04-01 08:00"),
                updates=(
                    ImportedUpdate(at=instant("2031-04-01 08:00"), status=IncidentStatus.RESOLVED, message="Try it."),
                ),
            ),
        ),
        not_imported=(NotImported(place="incidents[1].shortlink", reason="a short address has no place here"),),
    )


class ExportImporter:
    name = "export"
    description = "an export of another tool"

    def recognizes(self, path: Path) -> bool:
        return path.suffix == ".json"

    def read(self, path: Path) -> ImportResult:
        return result(path.as_posix())


@pytest.fixture(autouse=True)
def export(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "IMPORTERS", (ExportImporter(), *registry.IMPORTERS))


def run(tmp_path: Path, *options: str) -> Result:
    return CliRunner().invoke(incidents, ["import", "export.json", "--into", str(tmp_path / "incidents"), *options])


def imported(tmp_path: Path) -> History:
    assert run(tmp_path).exit_code == 0
    loaded = load(tmp_path / "incidents", now=instant("2032-01-01"))
    assert not loaded.errors
    assert loaded.history
    return loaded.history


def test_every_notice_and_the_catalogue_become_files_that_the_check_accepts(tmp_path: Path) -> None:
    history = imported(tmp_path)
    assert sorted(path.name for path in (tmp_path / "incidents").iterdir()) == FILES
    kinds = {notice.id: type(notice) for notice in history.notices}
    assert kinds == {
        "2031-03-02-card-payments": Incident,
        "q1w2e3": Incident,
        "2031-05-01-database": Maintenance,
        "2031-04-01-app": Announcement,
    }
    assert CliRunner().invoke(incidents, ["check", str(tmp_path / "incidents")]).exit_code == 0


def test_updates_keep_their_instants_messages_statuses_components_and_ids_oldest_first(tmp_path: Path) -> None:
    notice = next(n for n in imported(tmp_path).notices if n.id == "2031-03-02-card-payments")
    first, second, last = notice.updates
    assert (first.at, first.status, first.message, first.id) == (
        instant("2031-03-02 09:00"),
        IncidentStatus.INVESTIGATING,
        LONG,
        "u1",
    )
    assert second.message == "odd: 'signs'\u0085 – “here”"
    assert dict(second.components) == {"card-payments": ComponentStatus.OPERATIONAL}
    assert (last.at, last.status) == (instant("2031-03-02 10:40:30"), IncidentStatus.RESOLVED)
    assert dict(notice.components) == {
        "card-payments": ComponentStatus.MAJOR_OUTAGE,
        "web": ComponentStatus.DEGRADED_PERFORMANCE,
    }
    assert isinstance(notice, Incident)
    assert (notice.begins_at, notice.ended_at) == (instant("2031-03-02 08:55"), instant("2031-03-02 10:40:30"))
    assert notice.impact is Impact.CRITICAL


def test_updates_stand_in_the_file_oldest_first_whatever_the_order_of_the_source() -> None:
    (notice, *_) = result("export.json").notices
    assert [update.at.hour for update in notice.updates] == [10, 9, 10]
    text = incident_file(notice)
    assert text.index("status: investigating") < text.index("status: monitoring") < text.index("status: resolved")


def test_a_source_that_holds_components_alone_is_imported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ExportImporter, "read", lambda _, path: replace(result(path.as_posix()), notices=()))
    done = run(tmp_path)
    assert done.exit_code == 0
    assert "export.json: 3 components" in done.stdout
    assert "no incident" not in done.stdout
    assert [path.name for path in (tmp_path / "incidents").iterdir()] == ["components.yml"]


def test_times_without_a_zone_are_written_with_their_offset(tmp_path: Path) -> None:
    notice = next(n for n in imported(tmp_path).notices if n.id == "q1w2e3")
    assert (notice.begins_at, notice.ended_at) == (instant("2031-03-30 00:30"), instant("2031-03-30 01:35"))


def test_planned_work_and_announcements_keep_their_times(tmp_path: Path) -> None:
    notices = {notice.id: notice for notice in imported(tmp_path).notices}
    work = notices["2031-05-01-database"]
    assert isinstance(work, Maintenance)
    assert (work.scheduled_from, work.scheduled_until) == (instant("2031-05-01 01:00"), instant("2031-05-01 02:00"))
    assert work.updates[-1].status is MaintenanceStatus.COMPLETED
    assert notices["2031-04-01-app"].begins_at == instant("2031-04-01 08:00")


def test_the_catalogue_has_the_groups_and_their_components(tmp_path: Path) -> None:
    groups = imported(tmp_path).catalog.groups
    assert [
        (group.name, [(component.id, component.name, component.description) for component in group.components])
        for group in groups
    ] == [
        ("Payments", [("card-payments", "Card payments: all", "With # and: marks"), ("payouts", "Payouts", "")]),
        (None, [("web", "Yes", "")]),
    ]


def test_no_file_that_is_there_is_overwritten_and_all_others_are_written(tmp_path: Path) -> None:
    folder = tmp_path / "incidents"
    folder.mkdir()
    for name in ("components.yml", "q1w2e3.md"):
        (folder / name).write_text("mine", encoding="utf-8")
    written = run(tmp_path)
    assert written.exit_code == 1
    assert written.stderr.count("is there already") == 2
    assert [(folder / name).read_text(encoding="utf-8") == "mine" for name in FILES] == [
        False, False, False, True, True,
    ]  # fmt: skip
    assert run(tmp_path).stderr.count("is there already") == len(FILES)


def test_a_dry_run_names_every_file_and_what_is_left_out_and_writes_none(tmp_path: Path) -> None:
    shown = run(tmp_path, "--dry-run")
    assert shown.exit_code == 0
    assert all(f"to be written: {(tmp_path / 'incidents' / name).as_posix()}" in shown.stdout for name in FILES)
    assert "export.json: not imported: incidents[1].shortlink: a short address has no place here" in shown.stdout
    assert not (tmp_path / "incidents").exists()


def test_json_has_a_record_for_the_catalogue_each_notice_and_what_is_left_out(tmp_path: Path) -> None:
    records = [json.loads(line) for line in run(tmp_path, "--dry-run", "--json").stdout.splitlines()]
    kinds = [record["kind"] for record in records]
    assert kinds == ["components", "incident", "incident", "maintenance", "announcement", "not_imported"]
    assert [component["group"] for component in records[0]["components"]] == ["Payments", None, "Payments"]
    assert [update["status"] for update in records[1]["updates"]] == ["resolved", "investigating", "monitoring"]
    assert records[3]["scheduled_from"] == "2031-05-01T01:00:00+00:00"
    assert records[5]["items"] == [
        {"place": "incidents[1].shortlink", "reason": "a short address has no place here"},
    ]


def test_what_no_importer_recognizes_is_read_as_a_text(tmp_path: Path) -> None:
    assert registry.importer_for(tmp_path / "x.md").name == "freeform"
    assert registry.importer_for(tmp_path / "x.json").name == "export"
    assert registry.importer_for(tmp_path / "x.json", "freeform").name == "freeform"
