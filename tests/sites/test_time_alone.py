"""A strict build goes on, however many days went by since anyone touched a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.sites.building import front, update_at

if TYPE_CHECKING:
    from tests.sites.building import Site

PROMISE = "## Summary\n\nIt broke.\n\n## Action items\n\n- [ ] The alarm rings (@Ops, due 2026-05-20)\n"
KEPT = (
    "## Action items\n\n- [x] The alarm rings (@Ops, due 2026-05-20)\n- [-] It sings (@Ops, dropped: nobody liked it)\n"
)


def test_what_was_promised_and_has_come_due_stops_no_strict_build(site: Site) -> None:
    open_still = [update_at("2026-05-04 10:05", "investigating", "Pages fail. Next update by 10:30.")]
    site.write("incidents/2026-05-04-open.md", front(updates=open_still))
    site.write("incidents/2026-05-04-over.md", front(PROMISE, impact="minor", postmortem={"published": "2026-05-05"}))
    site.write("incidents/editorial.yml", "off: [no-such-rule]\n")
    built = site.build("2027-06-15 12:00", strict=True)
    assert not built.warnings
    assert '"state":"overdue"' in built.text("promises.json")
    assert not [path for path in built.files if "editorial" in path]


def test_a_promise_without_the_day_it_was_kept_stops_no_strict_build(site: Site) -> None:
    site.write("incidents/2026-05-04-over.md", front(KEPT, impact="minor", postmortem={"published": "2026-05-05"}))
    built = site.build("2026-06-15 12:00", strict=True)
    assert not built.warnings
    assert built.text("promises.json").count('"done_at":null') == 2
