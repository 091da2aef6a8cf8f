"""The incident file that is written: facts on top, the author's words below, and nothing made up."""

from __future__ import annotations

import html
import re
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import yaml

from mkdocs_incidents.authoring.importers.freeform.reader import read_freeform
from mkdocs_incidents.authoring.importers.incident_file import catalog_file, incident_file
from mkdocs_incidents.authoring.importers.protocol import (
    ImportedCatalog,
    ImportedComponent,
    ImportedIncident,
    ImportedUpdate,
)
from mkdocs_incidents.authoring.tidy.proposals import ProposalSureness
from mkdocs_incidents.content.loader import load
from mkdocs_incidents.model import ComponentStatus, IncidentStatus
from tests.authoring.tidy.proposing import words
from tests.content.folders import Folder

DOCUMENTS = Path(__file__).parent / "freeform" / "documents"
NAMES = sorted(path.name for path in DOCUMENTS.iterdir() if path.name != "not_an_incident.md")
CATALOG = "timezone: Africa/Lagos\ncomponents:\n  - id: shop\n    name: Shop\n"


def written(name: str) -> str:
    return incident_file(read_freeform((DOCUMENTS / name).read_text(encoding="utf-8"), name).notice)


@pytest.mark.parametrize("name", NAMES)
def test_no_word_of_the_author_is_lost(name: str) -> None:
    original = (DOCUMENTS / name).read_text(encoding="utf-8")
    body = original.split("---\n", 2)[2] if original.startswith("---\n") else original
    lost = words(without_tags(body)) - words(without_tags(written(name).split("---\n", 2)[2]))
    assert not lost


def without_tags(text: str) -> str:
    """A text without tags, entities, and names of emoji that serve as bullets."""
    return re.sub(r"</?[a-z][^<>]*>|:[a-z_]+:(?=\w)", " ", html.unescape(text))


@pytest.mark.parametrize("name", NAMES)
def test_the_file_passes_the_check_or_says_what_the_writer_must_add(name: str, tmp_path: Path) -> None:
    text = written(name)
    (tmp_path / "components.yml").write_text(CATALOG, encoding="utf-8")
    (tmp_path / "imported.md").write_text(text, encoding="utf-8")
    loaded = load(tmp_path, now=datetime(2026, 1, 1, tzinfo=UTC))
    wanted = {key for key in ("title", "started") if f"# {key}:" in text}
    assert len(loaded.errors) == len(wanted), loaded.errors
    for problem in loaded.errors:
        assert any(key in problem.message for key in wanted)


def test_facts_are_in_the_front_matter_with_the_zone_as_a_place() -> None:
    facts = yaml.safe_load(written("contradictions.txt").split("---\n")[1])
    assert facts == {
        "title": "REPORT READ OUT ON THE 4TH OF MAY, 2O22",
        "timezone": "Africa/Lagos",
        "started": "2022-05-03 19:10",
        "resolved": "2022-05-03 20:05",
        "affected_percent": 100,
    }


def test_an_incident_without_an_end_is_a_draft_so_that_it_never_shows_as_an_outage_of_today() -> None:
    text = "# Outage\n\n## Summary\nOn 5 June 2020 at 10:00 UTC the shop went down.\n"
    assert "draft: true" in incident_file(read_freeform(text, "x.md").notice)


def test_front_matter_of_the_author_is_kept_as_a_comment() -> None:
    assert "#   weight: 3" in written("decoys.md")


def test_a_title_with_marks_of_yaml_is_quoted() -> None:
    facts = yaml.safe_load(written("decoys.md").split("---\n")[1])
    assert facts["title"] == "Uploads refused: disk full"


@pytest.mark.parametrize("name", NAMES)
def test_a_build_reads_in_the_written_file_what_the_import_reports(name: str, tmp_path: Path) -> None:
    imported = read_freeform((DOCUMENTS / name).read_text(encoding="utf-8"), name)
    begins = imported.started or datetime(2031, 1, 1, 12)  # noqa: DTZ001  on the clocks of the file
    text = incident_file(imported.notice).replace("# title: what users noticed, in a few words", "title: X")
    text = re.sub(r"^# started: .*", f"started: {begins:%Y-%m-%d %H:%M}", text, flags=re.MULTILINE)
    folder = Folder(tmp_path)
    folder.write("components.yml", CATALOG)
    notice = folder.notice(re.sub(r"^draft: true.*\n", "", text, flags=re.MULTILINE), "imported.md")
    postmortem = notice.postmortem
    assert postmortem
    assert [entry.kind for entry in postmortem.timeline] == [entry.kind for entry in imported.timeline]
    assert [entry.text for entry in postmortem.timeline] == [entry.text for entry in imported.timeline]
    if imported.started and not any(entry.day for entry in imported.timeline):
        again = [f"{entry.at.astimezone(notice.timezone):%H:%M}" for entry in postmortem.timeline]
        assert again == [f"{entry.clock:%H:%M}" for entry in imported.timeline]
    assert [item.text for item in postmortem.action_items] == [item.text for item in imported.action_items]
    assert (postmortem.apology is not None) is imported.apology
    assert getattr(notice, "affected_percent", None) == imported.impact_percent


@pytest.mark.parametrize("status", [IncidentStatus.RESOLVED, IncidentStatus.POSTMORTEM])
def test_a_component_that_the_source_leaves_broken_is_a_comment(status: IncidentStatus, tmp_path: Path) -> None:
    left = {"shop": ComponentStatus.DEGRADED_PERFORMANCE, "till": ComponentStatus.OPERATIONAL}
    over = ImportedUpdate(at=datetime(2031, 3, 2, 10, tzinfo=UTC), status=status, message="Over.", components=left)
    began = ImportedUpdate(
        at=datetime(2031, 3, 2, 9, tzinfo=UTC), status=IncidentStatus.INVESTIGATING, message="Slow.", components=left
    )
    text = incident_file(
        ImportedIncident(
            source="x",
            id="x",
            title="Orders were slow",
            started=began.at,
            updates=(began, over),
            components=left,
        )
    )
    assert "# the source has shop in degraded_performance" in text
    folder = Folder(tmp_path)
    folder.write("components.yml", f"{CATALOG}  - id: till\n    name: Till\n")
    first, last = folder.notice(text).updates
    assert first.components == left
    assert last.components == {"till": ComponentStatus.OPERATIONAL}


def test_groups_whose_names_readers_cannot_tell_apart_are_one(tmp_path: Path) -> None:
    components = tuple(
        ImportedComponent(id=f"c{number}", name=f"C {number}", group=group)
        for number, group in enumerate(["Money", "money", "Web", " Money"])
    )
    folder = Folder(tmp_path)
    catalog = catalog_file(ImportedCatalog(timezone=ZoneInfo("Africa/Lagos"), components=components))
    assert folder.problems("components.yml", catalog) == []
    assert [line.strip() for line in catalog.splitlines() if line.startswith("  - name")] == [
        "- name: Money",
        "- name: Web",
    ]


def test_labels_and_items_are_marked_and_each_change_is_reported() -> None:
    imported = read_freeform(
        "ISSUE SUMMARY\nOn 3 May 2031 mails were late from 10:00 to 11:00 UTC.\nTIMELINE\n10:00 UTC - queue full\n"
        "11:00 UTC - mails flow again\nNEXT STEPS\nAdd an alarm\nSplit the queue\n",
        "mails.txt",
    )
    assert imported.body == (
        "## ISSUE SUMMARY\nOn 3 May 2031 mails were late from 10:00 to 11:00 UTC.\n"
        "\n## TIMELINE\n- 10:00 UTC - queue full\n"
        "- 11:00 UTC - mails flow again\n\n## NEXT STEPS\n- Add an alarm\n- Split the queue\n"
    )
    assert [(change.line, change.subject, change.sureness) for change in imported.changes] == [
        (6, "section", ProposalSureness.SURE),
        (3, "section", ProposalSureness.SURE),
        (1, "section", ProposalSureness.SURE),
        (5, "entry", ProposalSureness.SURE),
        (4, "entry", ProposalSureness.SURE),
        (7, "action item", ProposalSureness.SURE),
        (8, "action item", ProposalSureness.SURE),
    ]


def test_an_offset_of_the_text_stands_behind_each_time_since_it_names_no_zone() -> None:
    text = written("day_or_month_first.md")
    assert "# timezone: the text says GMT+1; name a place, such as Africa/Lagos" in text
    assert "Etc/" not in text
    shop = "# Outage\n\n## Summary\nOn 5 June 2020 from 10:00 to 11:00 UTC+1 the shop was down.\n"
    assert "started: 2020-06-05 10:00+01:00" in incident_file(read_freeform(shop, "x.md").notice)
