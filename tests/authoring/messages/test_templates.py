"""Templates of messages: complete, filled from facts, and replaced by those of a site."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mkdocs_incidents.authoring.messages.facts import NewUpdate, Phase, facts_of
from mkdocs_incidents.authoring.messages.fields import FIELDS
from mkdocs_incidents.authoring.messages.templates import (
    TemplateError,
    fill,
    suggested_name,
    template,
    templates,
)
from mkdocs_incidents.authoring.messages.text import unfilled
from mkdocs_incidents.content.folder import Folder
from mkdocs_incidents.model import Upstream
from tests.authoring.messages.examples import (
    CATALOG,
    COMPONENTS,
    LAGOS,
    facts_in,
    lagos,
    next_in,
    outage,
    pause,
    with_examples,
)
from tests.makers import announcement, states, update

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A folder of incident files without templates of its own."""
    return tmp_path


def write(site: Path, name: str, text: str) -> Path:
    file = site / "_templates" / name
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def error_of(site: Path, name: str) -> str:
    with pytest.raises(TemplateError) as raised:
        template(name, site)
    return str(raised.value)


def test_the_package_has_a_template_with_a_description_for_each_kind(site: Path) -> None:
    found = {known.name: known.description for known in templates(site)}
    assert [*found] == [*COMPONENTS, "maintenance", "correction", "retraction"]
    assert all(found.values())


@pytest.mark.parametrize("name", COMPONENTS)
def test_a_template_for_incidents_has_a_text_for_each_phase_of_an_incident(name: str, site: Path) -> None:
    phases = {Phase.INVESTIGATING, Phase.IDENTIFIED, Phase.MONITORING, Phase.RESOLVED}
    assert phases <= {*template(name, site).phases}


def test_the_template_for_maintenance_has_a_text_for_each_phase_of_the_work(site: Path) -> None:
    assert {*template("maintenance", site).phases} == {
        Phase.SCHEDULED,
        Phase.IN_PROGRESS,
        Phase.EXTENDED,
        Phase.VERIFYING,
        Phase.COMPLETED,
        Phase.CALLED_OFF,
    }


def test_every_blank_of_the_package_has_an_example_and_no_fact_is_missing(site: Path) -> None:
    for known in templates(site):
        for phase in known.phases:
            assert unfilled(with_examples(fill(known, facts_in(known.name, phase)))) == []


def test_no_text_about_an_unknown_cause_has_a_blank_for_the_cause(site: Path) -> None:
    for name in COMPONENTS:
        text = template(name, site).texts[Phase.INVESTIGATING]
        assert "[the cause" not in text
        assert "{next_update}" in text


def test_facts_are_put_into_words(site: Path) -> None:
    text = fill(template("outage", site), facts_in("outage", Phase.INVESTIGATING))
    assert text.startswith(
        "Since 11:20 WAT there has been an outage of Card payments and a problem with Webhooks: [what users see"
    )
    assert text.endswith("We do not know the cause yet. Next update by 13:30 WAT.")


def test_the_last_update_of_an_incident_says_how_long_it_took_and_what_it_was_at_worst(site: Path) -> None:
    back = update("2026-10-14 12:30", "monitoring", LAGOS, components=states(cards="operational"))
    text = fill(template("outage", site), next_in(outage(back), "resolved", "2026-10-14 12:58"))
    assert "an outage of Card payments and a problem with Webhooks from 11:20 to 12:58 WAT, for 1 hour 38" in text


def test_an_update_names_the_components_that_are_still_affected() -> None:
    back = states(cards="operational")
    facts = next_in(outage(), "monitoring", "2026-10-14 12:30", components=back)
    assert [*facts.components] == ["Webhooks"]
    all_back = states(cards="operational", webhooks="operational")
    facts = next_in(outage(), "monitoring", "2026-10-14 12:30", components=all_back)
    assert [*facts.components] == ["Card payments", "Webhooks"]


def test_a_component_that_the_update_adds_is_named() -> None:
    facts = next_in(outage(), "identified", "2026-10-14 12:30", components=states(sms="partial_outage"))
    assert [*facts.components] == ["Card payments", "Webhooks", "SMS codes"]


def test_a_second_update_of_the_same_status_does_not_repeat_the_first(site: Path) -> None:
    first = update("2026-10-14 11:29", "investigating", LAGOS)
    text = fill(template("outage", site), next_in(outage(first), "investigating", "2026-10-14 11:59"))
    assert text.startswith("There is still an outage of Card payments")


def test_the_previous_update_is_the_last_one_that_was_published_by_then() -> None:
    updates = [update(f"2026-10-14 {when}", "investigating", LAGOS) for when in ("11:29", "11:50", "12:10")]
    for when, known in (("11:28", None), ("11:50", updates[1]), ("12:00", updates[1])):
        assert next_in(outage(*updates), "investigating", f"2026-10-14 {when}").previous == known


def test_without_a_text_for_the_second_update_that_of_the_status_is_used(site: Path) -> None:
    write(site, "scheme.md", "## Investigating\n\nWe are looking.\n")
    first = update("2026-10-14 11:29", "investigating", LAGOS)
    facts = next_in(outage(first), "investigating", "2026-10-14 11:59")
    assert fill(template("scheme", site), facts) == "We are looking."


def test_a_fact_that_is_not_known_is_a_blank(site: Path) -> None:
    text = fill(template("third-party", site), next_in(outage(), "investigating", "2026-10-14 11:29"))
    assert {"[name of the supplier]", "[time of the next update]"} <= {*unfilled(text)}


def test_work_that_has_not_begun_is_called_off_and_work_that_has_is_completed(site: Path) -> None:
    chosen = template("maintenance", site)
    assert "called off the work on Sign-in that was to take place on Sunday 6 December from 02:00 to 04:00 WAT" in fill(
        chosen, next_in(pause(), "completed", "2026-12-05 09:00")
    )
    begun = pause(update("2026-12-06 02:10", "in_progress", LAGOS))
    assert "is done, after 1 hour 30 minutes" in fill(chosen, next_in(begun, "completed", "2026-12-06 03:40"))


def test_work_that_ends_earlier_than_planned_is_not_said_to_take_longer(site: Path) -> None:
    until = lagos("2026-12-06 03:30")
    facts = next_in(pause(), "in_progress", "2026-12-06 02:00", until=until)
    assert "We plan to finish by 03:30 WAT" in fill(template("maintenance", site), facts)


def test_a_site_replaces_one_text_of_a_template_and_keeps_the_others(site: Path) -> None:
    file = write(site, "outage.md", "## Resolved\n\nAll is well again.\n")
    own, before = template("outage", site), template("outage", site / "elsewhere")
    assert own.texts == {**before.texts, Phase.RESOLVED: "All is well again."}
    assert own.description == before.description
    assert own.path == file.as_posix()


def test_a_text_for_every_status_replaces_all_of_a_template(site: Path) -> None:
    write(site, "outage.md", "# Our only text\n\nWe are on it.\n")
    assert template("outage", site).texts == {"": "We are on it."}
    assert fill(template("outage", site), next_in(outage(), "resolved", "2026-10-14 12:58")) == "We are on it."


def test_a_site_adds_a_template_under_a_name_of_its_own(site: Path) -> None:
    write(site, "Card scheme_down.md", "# A card scheme is down\n\n## Identified\n\nThe fault is at {upstream}.\n")
    own = template("CARD scheme down", site)
    assert (own.name, own.description) == ("card-scheme-down", "A card scheme is down")
    assert own.name in [known.name for known in templates(site)]
    facts = next_in(outage(upstream=Upstream(name="Tidewire")), "identified", "2026-10-14 12:30")
    assert fill(own, facts) == "The fault is at Tidewire."


def test_a_template_that_lacks_the_status_says_which_it_has(site: Path) -> None:
    write(site, "scheme.md", "## Identified\n\nx\n\n## Resolved\n\ny\n")
    with pytest.raises(TemplateError, match="scheme has no text for an update with status monitoring, only for iden"):
        fill(template("scheme", site), next_in(outage(), "monitoring", "2026-10-14 12:30"))


def test_readmes_and_files_of_editors_are_no_templates(site: Path) -> None:
    for name in ("README.md", ".outage.md", "_notes.md", "outage.md~", "list.txt"):
        write(site, name, "{nonsense}")
    assert [known.path for known in templates(site) if known.path] == []


def test_templates_are_no_incidents_to_a_build(site: Path) -> None:
    write(site, "outage.md", "---\ntitle: x\nstarted: 2026-04-06 14:30\n---\n")
    folder = Folder(site, "incidents")
    assert [*folder.walk(site, "")] == []
    assert folder.problems == []


def test_an_unknown_field_is_an_error_with_its_line_and_the_fields(site: Path) -> None:
    file = write(site, "outage.md", "# x\n\n## Resolved\n\nOver after {durations}.\n")
    message = error_of(site, "outage")
    assert message.startswith(f"{file.as_posix()}:5: there is no field '{{durations}}'; write {{duration}}")
    assert all(f"{{{field}}}" in message for field in FIELDS)


@pytest.mark.parametrize("field", ["{title.__class__}", "{title!r}", "{title:>9}", "{}", "{ title }", "{0}"])
def test_nothing_but_the_name_of_a_field_may_stand_in_braces(field: str, site: Path) -> None:
    write(site, "outage.md", field)
    assert f":1: there is no field '{field}'" in error_of(site, "outage")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Costs { more", ":1: a brace without its counterpart; write {{ or }}"),
        ("## Investigatng\n\nx", ":1: 'Investigatng' is no status of an update; write ## Investigating, or ###"),
        ("## Nonsense\n\nx", "write one of ## Investigating, ## Still investigating, ## Identified"),
        ("## Resolved\n\nx\n\n## resolved\n\ny", ":5: a section 'resolved' stands already on line 1; delete one"),
        ("## Resolved\n\n", ":1: this section has no text; write one, or delete the heading"),
        ("# Only a heading\n", ":1: the template has no text; write the message below the heading"),
    ],
)
def test_a_wrong_template_is_an_error_that_says_what_to_write(text: str, message: str, site: Path) -> None:
    write(site, "outage.md", text)
    assert message in error_of(site, "outage")


def test_a_file_that_is_no_text_is_an_error_with_its_name(site: Path) -> None:
    write(site, "outage.md", "x").write_bytes(b"\xff\xfe\x00")
    assert "_templates/outage.md: " in error_of(site, "outage")


def test_an_unknown_name_is_an_error_with_the_nearest_one_or_all(site: Path) -> None:
    assert error_of(site, "third party down") == "there is no template 'third party down'; write third-party"
    assert "write one of outage, slow, third-party" in error_of(site, "xyz")


def test_braces_and_brackets_of_facts_are_neither_fields_nor_blanks(site: Path) -> None:
    write(site, "own.md", "{title} {{x}}")
    facts = next_in(outage(title="{components} [beta]"), "resolved", "2026-10-14 12:58")
    text = fill(template("own", site), facts)
    assert text == r"{components} \[beta] {x}"
    assert unfilled(text) == []


def test_the_suggested_template_fits_the_facts() -> None:
    def name(**fields: object) -> str:
        return suggested_name(next_in(outage(**fields), "investigating", "2026-10-14 11:29"))

    assert name() == "outage"
    assert name(components=states(cards="degraded_performance")) == "slow"
    assert name(upstream=Upstream(name="Tidewire")) == "third-party"
    assert suggested_name(next_in(pause(), "scheduled", "2026-11-19 11:00")) == "maintenance"


def test_an_announcement_has_no_template_of_its_own() -> None:
    facts = facts_of(announcement("2026-11-03 12:30"), CATALOG, NewUpdate(at=lagos("2026-11-03 12:30")))
    assert suggested_name(facts) == ""
    assert facts.phases == ()
