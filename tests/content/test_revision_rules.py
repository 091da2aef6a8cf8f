"""What `incidents check` says of a file in comparison with its former public versions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mkdocs_incidents.content.loader import load
from tests.content.folders import shown
from tests.makers import at
from tests.repositories import in_memory

if TYPE_CHECKING:
    from mkdocs_incidents.content.problems import Problem
    from tests.content.folders import Folder

TITLE = "title: Card payments failed"
FILE = """\
---
title: Card payments failed
started: 2026-04-06 14:30
components: {card-payments: major_outage}
updates:
  - at: 2026-04-06 14:36
    status: investigating
    message: Card payments fail for everyone.
  - at: 2026-04-06 15:15
    status: resolved
    message: Card payments work again.
---
"""
WORK = """\
---
title: Database move
scheduled: {from: 2026-05-02 22:00, until: 2026-05-02 23:30}
components: [card-payments]
updates:
  - {at: 2026-04-07 10:00, status: scheduled, message: Card payments stop for some minutes.}
---
"""
LAST = FILE[FILE.index("  - at: 2026-04-06 15:15") : FILE.rindex("---")]
FIRST, SECOND, THIRD = "2026-04-07 10:00", "2026-04-08 10:00", "2026-04-09 10:00"


def problems(folder: Folder, present: str, *former: str, name: str = "cards.md") -> list[Problem]:
    """What is wrong with a file that had these versions, the last of which need not be the present one."""
    folder.write(name, present)
    history = in_memory({name: list(zip((FIRST, SECOND, THIRD), former, strict=False))})
    return list(load(folder.at, now=at("2026-04-10 12:00"), shown_as="incidents", history=history).problems)


def found(folder: Folder, present: str, *former: str) -> list[tuple[str, str]]:
    """Codes and hints."""
    return [(problem.code, problem.hint) for problem in problems(folder, present, *former)]


def test_an_unchanged_file_has_no_problem(folder: Folder) -> None:
    assert found(folder, FILE, FILE) == []
    assert found(folder, FILE, FILE.removesuffix(f"{LAST}---\n") + "---\n", FILE) == []


def test_a_corrected_time_changes_the_address(folder: Folder) -> None:
    (problem,) = problems(folder, FILE.replace("15:15", "15:17"), FILE)
    assert shown(problem) == (
        "9:9 warning update-address-changed: its address was #update-20260406-1415 in the version of 2026-04-07: "
        "links to it lead nowhere, and feeds have it twice\n"
        "    write id: update-20260406-1415\n"
    )


@pytest.mark.parametrize("corrected", ["15:17", "16:15", "15:15:30"])
def test_what_is_said_of_a_corrected_time_is_safe_to_obey(folder: Folder, corrected: str) -> None:
    present = FILE.replace("15:15", corrected)
    obeyed = present.replace("    status: resolved", "    id: update-20260406-1415\n    status: resolved")
    assert found(folder, obeyed, FILE) == []
    assert found(folder, obeyed, FILE, present) == [], "the first id counts"
    assert found(folder, present.replace(TITLE, f"{TITLE}\naccepted: [update-address-changed]"), FILE) == []


def test_a_corrected_time_is_known_through_all_versions(folder: Folder) -> None:
    second = FILE.replace("15:15", "15:17")
    third = second.replace("work again", "work")
    hint = "write id: update-20260406-1415"
    assert found(folder, second, FILE, second) == [("update-address-changed", hint)]
    later = (
        f"{hint}; if by now links lead to #update-20260406-1417, leave it and write accepted: [update-address-changed]"
    )
    assert found(folder, third, FILE, second, third) == [("update-address-changed", later)]


def test_an_id_that_an_update_loses_is_reported(folder: Folder) -> None:
    named = FILE.replace("    status: resolved", "    id: all-well\n    status: resolved")
    assert found(folder, FILE, named) == [("update-address-changed", "write id: all-well")]


def test_an_update_before_another_one_of_the_same_minute_takes_its_id(folder: Folder) -> None:
    other = "  - {at: 2026-04-06 15:15, status: monitoring, message: We watch it.}\n"
    assert found(folder, FILE.replace(LAST, other + LAST), FILE) == [
        ("update-address-changed", "write id: update-20260406-1415, and another id: in the update that has it now")
    ]
    assert found(folder, FILE.replace(LAST, LAST + other.replace("monitoring", "resolved")), FILE) == []


def test_an_update_that_is_gone_is_reported_once(folder: Folder) -> None:
    present = FILE.replace(LAST, "").replace(
        TITLE, f"{TITLE}\nresolved: 2026-04-06 15:15\naccepted: [no-closing-update]"
    )
    (problem,) = problems(folder, present, FILE, FILE.replace("15:15", "15:17"))
    assert problem.code == "update-removed"
    assert "2026-04-06 15:17 WAT" in problem.message
    assert "git show commit 202:./incidents/cards.md" in problem.hint
    accepted = present.replace("accepted: [", "accepted: [update-removed, ")
    assert found(folder, accepted, FILE) == []


def test_one_of_two_equal_updates_may_go(folder: Folder) -> None:
    for minute in ("15:15", "15:18"):
        twice = FILE.replace(LAST, LAST + LAST.replace("15:15", minute))
        assert [code for code, _ in found(folder, twice, FILE)] == ["duplicate-update"]
        assert found(folder, FILE, twice) == []


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("14:30", "14:20", "started: was changed from 2026-04-06 14:30 WAT to 2026-04-06 14:20 WAT"),
        ("major_outage", "partial_outage", "card-payments was changed from major_outage to partial_outage"),
        ("card-payments: m", "transfers: m", "card-payments was major_outage and is no longer stated"),
    ],
)
def test_a_fact_that_changes_without_an_update_is_reported(folder: Folder, old: str, new: str, message: str) -> None:
    present = FILE.replace(old, new)
    (problem,) = problems(folder, present, FILE)
    assert (problem.code, problem.message) == ("changed-without-update", f"{message}, and no update says so")
    assert "add an update with status: resolved" in problem.hint
    update = "  - {at: 2026-04-06 16:00, status: resolved, message: We had it wrong.}\n---\n"
    assert found(folder, present.removesuffix("---\n") + update, FILE, present) == []
    assert found(folder, present.replace(TITLE, f"{TITLE}\naccepted: [changed-without-update]"), FILE) == []
    assert found(folder, FILE, FILE, present) == [], "it was taken back"


def test_a_file_with_errors_is_not_compared(folder: Folder) -> None:
    plan = WORK.replace("from: 2026-05-02", "from: 2026-05-03")
    assert [code for code, _ in found(folder, plan, WORK)] == ["ends-before-start"]


def test_a_fact_that_is_added_is_not_reported(folder: Folder) -> None:
    added = FILE.replace(
        "components: {", "resolved: 2026-04-06 15:15\nimpact: major\ncomponents: {transfers: major_outage, "
    )
    assert found(folder, added, FILE) == []


def test_a_plan_that_moves_without_an_update_is_reported(folder: Folder) -> None:
    moved = WORK.replace("05-02", "05-09")
    (problem,) = problems(folder, moved, WORK)
    assert problem.message == (
        "the plan moved from 2026-05-02 22:00 WAT to 2026-05-09 22:00 WAT, and no update says so"
    )
    assert problem.hint.startswith("add an update with status: scheduled that says so")
    announced = "  - {at: 2026-04-08 10:00, status: scheduled, message: It is a week later.}\n---\n"
    assert found(folder, moved.removesuffix("---\n") + announced, WORK) == []
    assert [code for code, _ in found(folder, WORK.replace("23:30", "23:50"), WORK)] == ["changed-without-update"]


@pytest.mark.parametrize("key", ["draft: true", "publish: 2026-04-10 14:00"])
def test_nothing_is_said_of_versions_that_nobody_saw(folder: Folder, key: str) -> None:
    hidden = FILE.replace(TITLE, f"{TITLE}\n{key}")
    changed = FILE.replace("15:15", "15:17").replace("14:30", "14:20")
    assert found(folder, changed, hidden, changed) == []
    present = found(folder, changed.replace(TITLE, f"{TITLE}\n{key}"), hidden)
    assert [code for code, _ in present if code != "late-first-word"] == []


def test_a_renamed_file_changes_the_address(folder: Folder) -> None:
    def renamed(text: str) -> list[tuple[str, str]]:
        folder.write("payments.md", text)
        history = in_memory({"cards.md": [(FIRST, FILE), (SECOND, None)], "payments.md": [(SECOND, FILE)]})
        loaded = load(folder.at, now=at("2026-04-10 12:00"), shown_as="incidents", history=history)
        return [(problem.code, problem.hint) for problem in loaded.problems]

    assert renamed(FILE) == [("notice-address-changed", "write id: cards, or aliases: [cards] to keep both")]
    assert renamed(FILE.replace(TITLE, f"{TITLE}\naliases: [cards]")) == []
    assert renamed(FILE.replace(TITLE, f"{TITLE}\naccepted: [notice-address-changed]")) == []
    assert renamed(FILE.replace(TITLE, f"{TITLE}\nid: cards")) == [
        ("notice-address-changed", "write merged: [payments]")
    ], "the new one was public, too; as its alias it would be what feeds know it by"


SHOPS = FILE.replace("payments fail", "payments fail in shops")


@pytest.mark.parametrize("when", [SECOND, FIRST])
def test_a_notice_that_was_merged_is_no_alias(folder: Folder, when: str) -> None:
    def merged(keys: str, now: str = "2026-04-10 12:00") -> list[tuple[str, str]]:
        text = FILE.replace(TITLE, f"{TITLE}\n{keys}")
        folder.write("cards.md", text)
        files: dict[str, list[tuple[str, str | None]]] = {
            "cards.md": [(FIRST, FILE), (THIRD, text)],
            "shops.md": [(when, SHOPS), (THIRD, None)],
        }
        loaded = load(folder.at, now=at(now), shown_as="incidents", history=in_memory(files))
        assert loaded.edits["cards.md"].count == 0, "no word of it was changed"
        return [(problem.code, problem.hint) for problem in loaded.problems]

    assert merged("merged: [shops]") == []
    assert merged("aliases: [shops]") == [("alias-of-merged-notice", "write merged: [shops] in place of aliases:")]
    assert merged("merged: [other]\naliases: [former, shops]") == [
        ("alias-of-merged-notice", "write merged: [other, shops] and aliases: [former]")
    ]
    assert [code for code, _ in merged("pinned: true")] == ["notice-removed"]


def test_an_id_that_led_to_a_notice_stays_in_it_or_in_another_one(folder: Folder) -> None:
    merged = FILE.replace(TITLE, f"{TITLE}\nmerged: [shops]")
    assert found(folder, merged, merged) == []
    (problem,) = problems(folder, FILE, merged)
    assert problem.message == "/incidents/shops/ led here in the version of 2026-04-07 and leads nowhere now"
    assert problem.hint == "write merged: [shops]"
    folder.write("shops.md", SHOPS)
    assert found(folder, FILE, merged) == [], "the two are apart again"


def test_a_file_that_was_renamed_twice_has_its_first_id_first(folder: Folder) -> None:
    def renamed(keys: str, name: str = "payments.md") -> list[tuple[str, str]]:
        folder.write(name, FILE.replace(TITLE, f"{TITLE}\n{keys}"))
        versions: dict[str, list[tuple[str, str | None]]] = {
            "a.md": [(FIRST, FILE), (SECOND, None)],
            "b.md": [(SECOND, FILE), (THIRD, None)],
        }
        versions[name] = [*versions.get(name, ()), (THIRD, FILE)]
        loaded = load(folder.at, now=at("2026-04-10 12:00"), shown_as="incidents", history=in_memory(versions))
        (folder.at / name).unlink()
        return [(problem.code, problem.hint) for problem in loaded.problems]

    assert renamed("pinned: true") == [("notice-address-changed", "write id: a, or aliases: [a, b] to keep both")]
    assert renamed("aliases: [b]") == [("notice-address-changed", "write aliases: [a, b]")]
    assert renamed("aliases: [a, b]") == []
    assert renamed("pinned: true", "a.md") == [("notice-address-changed", "write merged: [b]")]
    assert renamed("merged: [b]", "a.md") == []


def test_a_file_that_is_moved_to_another_folder_keeps_its_address_and_its_edits(folder: Folder) -> None:
    folder.write("2026/cards.md", FILE)
    history = in_memory({
        "cards.md": [(FIRST, FILE.replace("work again", "work")), (SECOND, None)], "2026/cards.md": [(SECOND, FILE)],
    })  # fmt: skip
    loaded = load(folder.at, now=at("2026-04-10 12:00"), shown_as="incidents", history=history)
    assert loaded.problems == ()
    assert loaded.edits["2026/cards.md"].count == 1


def test_a_public_file_that_is_deleted_is_reported_with_the_change_that_deletes_it(folder: Folder) -> None:
    def deleted(*later: str) -> list[Problem]:
        others = [(THIRD, text) for text in later]
        history = in_memory({"cards.md": [(FIRST, FILE), (SECOND, None)], **({"other.md": others} if later else {})})
        return list(load(folder.at, now=at("2026-04-10 12:00"), shown_as="incidents", history=history).problems)

    (problem,) = deleted()
    assert (problem.path, problem.code, problem.timed) == ("incidents/cards.md", "notice-removed", True)
    assert problem.hint.startswith("type git checkout commit 202 -- incidents/cards.md; ")
    folder.write("other.md", FILE.replace(TITLE, f"{TITLE}\naliases: [cards]"))
    assert deleted() == []
    folder.write("other.md", other := FILE.replace("14:30", "14:31"))
    assert deleted(other) == [], "it was a commit before"
