"""Bad input to the commands that write: one clear sentence, nothing written, nothing lost, and hints that work."""

from __future__ import annotations

import errno
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

import click
import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_incidents.cli import incidents
from mkdocs_incidents.cli.update import update
from mkdocs_incidents.cli.write_options import typed_about
from tests.cli.writing import Desk
from tests.repositories import Repository

NOW = "2026-11-28 14:30"
NEW = ("new", "Card payments fail", "-c", "card=major", "-m", "Card payments fail for everyone.")
UPDATE = ("update", "-m", "We have found the cause.")
ID = "2026-11-28-card-payments-fail"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "home"))
    return Desk(tmp_path, monkeypatch, NOW)


@pytest.fixture
def open_incident(desk: Desk) -> str:
    desk.done(*NEW)
    return ID


def everything(desk: Desk) -> dict[str, bytes]:
    """All files of the site, also such as a command leaves behind."""
    files = (path for path in desk.path.rglob("*") if path.is_file() and ".git" not in path.parts)
    return {path.relative_to(desk.path).as_posix(): path.read_bytes() for path in files if "home" not in path.parts}


def refused(desk: Desk, *arguments: str, code: int) -> str:
    """The sentence with which a command is refused, which is the same for programs; it leaves everything as it is."""
    before = everything(desk)
    sentences = []
    for extra in ((), ("--json",)):
        result = desk.type(*arguments, *extra)
        assert isinstance(result.exception, SystemExit), result.exception
        assert result.exit_code == code, result.output
        assert "Traceback" not in result.output
        *above, sentence = result.stderr.splitlines()
        assert sentence.startswith("Error: ")
        assert all(not line or line.startswith(("Usage:", "Try ", "incidents/", "    ")) for line in above)
        if extra:
            assert result.stdout == ""
        assert everything(desk) == before
        sentences.append(sentence.removeprefix("Error: "))
    assert sentences[0] == sentences[1].replace(" --json", "")  # where it repeats what was typed
    return sentences[0]


def hinted(sentence: str) -> list[str]:
    """The arguments of the command that a sentence says to type, with words where it leaves them to the reader."""
    found = re.search(r"type: incidents (.*?)(?: \(|$)", sentence)
    assert found, sentence
    return shlex.split(found[1].replace("…", "As the hint has it."))


LONG = "x" * 10_000
WRONG_WORDS = {
    LONG: "the message has 10,000 characters, and an update has 5,000 at most; shorten it",
    "a\x07b": "the message has the invisible character U+0007; type it anew without it",
    "a\x1b[31mb": "invisible character U+001B",
    "a\x85b": "invisible character U+0085",
    "a\u2028b": "invisible character U+2028",
    "a\u200bb": "invisible character U+200B",
    "a\u202eb": "invisible character U+202E",
    "a\ufeffb": "invisible character U+FEFF",
    "a\ufffeb": "invisible character U+FFFE",
    "a\udcffb": "invisible character U+DCFF",
    "": "the message is empty; write what users see",
    " \n\t": "the message is empty; write what users see",
    "[What users see] fails": "the message still has [What users see]; write what belongs there, or delete it",
}


@pytest.mark.parametrize("words", WRONG_WORDS)
@pytest.mark.parametrize("command", ["new", "update", "correct", "resolve", "retract"])
def test_words_that_cannot_be_published_are_refused(desk: Desk, open_incident: str, command: str, words: str) -> None:
    commands = {"new": ["new", "X", "-c", "card=major"], "correct": ["update", open_incident, "--correct"]}
    typed = commands.get(command, [command, open_incident])
    assert WRONG_WORDS[words] in refused(desk, *typed, "-m", words, code=2)


@pytest.mark.parametrize(
    ("title", "sentence"),
    [
        ("", "the title is empty; write what users see"),
        ("  ", "the title is empty"),
        ("a\nb", "the title has more than one line; write one line"),
        ("a\tb", "the title has more than one line"),
        ("a\u2028b", "the title has more than one line"),
        ("a\x07b", "the title has the invisible character U+0007"),
        ("a\u200bb", "invisible character U+200B"),
        ("a\u202eb", "invisible character U+202E"),
        ("a\udcffb", "invisible character U+DCFF"),
        ("x" * 201, "the title has 201 characters"),
    ],
)
def test_titles_that_cannot_be_published_are_refused(desk: Desk, title: str, sentence: str) -> None:
    assert sentence in refused(desk, "new", title, *NEW[2:], code=2)


def test_a_title_with_only_an_emoji_makes_an_id(desk: Desk) -> None:
    desk.done("new", "\U0001f4a5", *NEW[2:])
    assert list(desk.files()) == ["2026-11-28-incident"]


def test_a_title_that_gives_an_id_that_exists_is_refused_with_two_commands_that_work(
    desk: Desk, open_incident: str
) -> None:
    sentence = refused(desk, *NEW, code=2)
    assert f"incidents/{open_incident}.md has the id {open_incident} already" in sentence
    free = re.search(r"--id (\S+)", sentence)
    assert free
    desk.done(*NEW, "--id", free[1])
    desk.done("update", open_incident, "-m", "We look for the cause.")
    assert sorted(desk.files()) == [open_incident, f"{open_incident}-2"]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["-c", "carpets=major"], "there is no component 'carpets'; write one of payouts, card-payments"),
        (["-c", "card=mayor"], "'mayor' is not a state of a component; write major"),
        (["-c", "card"], "no state is given for card-payments; write card-payments=major"),
        (["-c", "=major"], "names no component"),
        (["-c", "p=major"], "may be 'Payouts' or 'Card payments'"),
        ([], "what is affected? Add it: -c COMPONENT=major; the components are payouts, card-payments"),
        (["-c", "card=major", "-s", "solved"], "'solved' is not a status of an update; write resolved"),
        (["-c", "card=major", "-s", "resolved"], "a new incident is not over; leave out -s"),
        (["-c", "card=major", "--at", "15:30"], "15:30"),
        (["-c", "card=major", "--at", "2026-12-24 10:00"], "2026-12-24 10:00 is in 25 days 19 hours"),
        (["-c", "card=major", "--started", "2026-11-29 10:00"], "write a time that has passed"),
        (["-c", "card=major", "--started", "14:20", "--at", "14:10"], "before it begins"),
        (["-c", "card=major", "--started", "12:00", "--resolved", "11:00"], "before it begins"),
        (["-c", "card=major", "--resolved", "11:00"], "add --started TIME"),
        (["-c", "card=major", "--started", "10:00", "--resolved", "11:00", "--next", "30m"], "leave out --next"),
        (["-c", "card=major", "--next", "14:00", "--at", "14:20"], "14:00 is not after 14:20"),
        (["-c", "card=major", "--at", "noon-ish"], "noon-ish"),
        (["-c", "card=major", "--id", "a b"], "the id 'a b' holds a space; write a-b"),
        (["-c", "card=major", "--id", "../a"], "write "),
        (["-c", "card=major", "--id", ""], "write "),
        (["-c", "card=major", "--template", "no-such"], "no-such"),
    ],
)
def test_a_new_incident_with_a_slip_is_refused(desk: Desk, arguments: list[str], sentence: str) -> None:
    assert sentence in refused(desk, "new", "Cards fail", "-m", "Card payments fail.", *arguments, code=2)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["-s", "solved"], "'solved' is not a status of an update; write resolved"),
        (["-s", "completed"], "completed"),
        (["-c", "carpets=ok"], "there is no component 'carpets'"),
        (["--at", "2026-12-24 10:00"], "write a time that has passed"),
        (["--correct", "-s", "monitoring"], "--correct replaces the message only"),
        (["--correct", "--at", "14:00"], "--correct replaces the message only"),
        (["--correct", "-c", "card=ok"], "--correct replaces the message only"),
        (["--next", "14:00"], "write a later time"),
        (["--next", "30m", "-s", "resolved"], "leave out --next, or write -s monitoring"),
        (["--no-such-option"], "--no-such-option"),
    ],
)
def test_an_update_with_a_slip_is_refused(desk: Desk, open_incident: str, arguments: list[str], sentence: str) -> None:
    assert sentence in refused(desk, *UPDATE, open_incident, *arguments, code=2)


@pytest.mark.parametrize("command", ["update", "resolve", "retract"])
def test_without_an_open_incident_there_is_nothing_to_write_about(desk: Desk, command: str) -> None:
    assert "no incident or maintenance is open" in refused(desk, command, "-m", "X fails.", code=1)


@pytest.mark.parametrize("command", ["update", "resolve", "retract"])
def test_an_incident_that_is_not_there_is_named(desk: Desk, open_incident: str, command: str) -> None:
    del open_incident
    assert "no incident is called 'carpets'" in refused(desk, command, "carpets", "-m", "X fails.", code=1)


@pytest.mark.parametrize("command", ["update", "resolve", "retract"])
def test_of_two_open_incidents_both_are_named_and_the_hint_works(desk: Desk, open_incident: str, command: str) -> None:
    desk.done("new", "Payouts late", "-c", "payouts=slow", "-m", "Payouts are late.")
    desk.at("2026-11-28 14:40")
    sentence = refused(desk, command, "-m", "We have found the cause.", code=2)
    assert sentence.startswith(f"2 incidents are open: 2026-11-28-payouts-late, {open_incident};")
    assert shlex.split(sentence)[-2:] == ["-m", "We have found the cause."]
    desk.done(*hinted(sentence))


TYPED = (
    ("-s", "monitoring"),
    ("-m", "Sign-in fails with 'error 500'; it's $HOME and `date`, \"quoted\"."),
    ("-c", "card=partial"),
    ("-c", "payouts=slow"),
    ("--at", "-5m"),
    ("--next", "in 30 minutes"),
    ("--dry-run",),
    ("--folder", "incidents"),
)


@given(typed=st.lists(st.sampled_from(TYPED), unique=True))
def test_the_hint_about_several_repeats_all_that_was_typed(typed: list[tuple[str, ...]]) -> None:
    words = [word for option in typed for word in option]
    context = update.make_context("update", ["card", *words])
    with context:
        again = shlex.split(typed_about("2026-11-28-cards"))
    assert again[:3] == ["incidents", "update", "2026-11-28-cards"]
    assert update.make_context("update", again[2:]).params == context.params | {"incident": "2026-11-28-cards"}


def test_the_hint_about_several_takes_what_was_typed_for_planned_work(desk: Desk) -> None:
    for day in ("29", "30"):
        desk.done(
            "schedule", f"Payouts pause {day}", "-c", "payouts", "--from", f"2026-11-{day} 02:00", "--until", "2h",
            "-m", "No payouts are sent.",
        )  # fmt: skip
    sentence = refused(desk, "schedule", "pause", "--extend", "30m", "-m", "It takes longer.", code=2)
    assert "'pause' may mean 2 of them" in sentence
    desk.done(*hinted(sentence))


PAST = ("new", "Cards failed", "-c", "card=major", "--started", "2026-10-20 09:00", "--resolved", "2026-10-20 10:00")
PLANNED = ("schedule", "Move", "-c", "card", "--from", "2026-11-29 09:00", "--until", "2h", "-m", "Cards pause.")


@pytest.mark.parametrize(("arguments", "since", "day"), [
    (PAST, "2026-11-28", "2026-10-20"),
    (PLANNED, "2026-12-01", "2026-11-29"),
    (("update", "-c", "card=major", "-m", "Cards fail, too."), "2026-11-29", "2026-11-28"),
])  # fmt: skip
def test_what_begins_before_a_component_is_in_service_is_refused_with_what_to_write(
    desk: Desk, arguments: tuple[str, ...], since: str, day: str
) -> None:
    desk.done("new", "Payouts late", "-c", "payouts=slow", "-m", "Payouts are late.")
    catalogue = desk.path / "incidents" / "components.yml"
    text = catalogue.read_text("utf-8")
    catalogue.write_text(text.replace("name: Card payments", f"name: Card payments, since: {since}"), "utf-8")
    sentence = refused(desk, *arguments, code=2)
    assert sentence.startswith(f"this begins on {day}, before card-payments is in service; correct the time, or write ")
    assert f"write since: {day} for card-payments in incidents/components.yml" in sentence
    catalogue.write_text(text.replace("name: Card payments", f"name: Card payments, since: {day}"), "utf-8")
    desk.done(*arguments)


@pytest.mark.parametrize("later", ["began", "updated"])
def test_an_end_before_what_is_published_is_refused(desk: Desk, open_incident: str, later: str) -> None:
    if later == "updated":
        desk.done("update", "-s", "identified", "-m", "We know the cause.")
    assert "leave out --at" in refused(desk, "resolve", open_incident, "--at", "-3h", "-m", "All works.", code=1)
    desk.done("resolve", "-m", "All works.")


def test_a_day_with_a_time_that_no_clock_shows_is_refused_without_a_hint_that_repeats_it(
    desk: Desk, open_incident: str
) -> None:
    sentence = refused(desk, "update", open_incident, "--next", "tomorrow 25:00", "-m", "We know the cause.", code=2)
    assert "from 00:00 to 23:59" in sentence
    assert "25:00 1" not in sentence


@pytest.mark.parametrize("command", ["update", "resolve"])
def test_a_resolved_incident_is_reopened_by_what_the_sentence_says(
    desk: Desk, open_incident: str, command: str
) -> None:
    desk.at("2026-11-28 14:50")
    desk.done("resolve", "-m", "Card payments work again.")
    desk.at("2026-11-28 15:00")
    sentence = refused(desk, command, open_incident, "-m", "Still.", code=1)
    assert f"{open_incident} is resolved since 2026-11-28 14:50 WAT; to reopen it, type:" in sentence
    desk.done(*hinted(sentence))
    assert "status: investigating\n    message: As the hint has it." in desk.files()[open_incident]
    desk.at("2026-11-28 15:10")
    desk.done("resolve", "-m", "Now they do.")


def test_a_backfilled_incident_is_reopened_without_its_end(desk: Desk) -> None:
    desk.done(
        "new", "Cards failed", "-c", "card=major", "--started", "09:00", "--resolved", "10:00", "-m", "They failed."
    )
    sentence = refused(desk, "update", "cards", "-m", "Again.", code=1)
    assert desk.type(*hinted(sentence)).exit_code == 0
    assert desk.type("check").exit_code == 0
    assert not re.search("^(resolved|backfilled):", desk.files()["2026-11-28-cards-failed"], re.MULTILINE)


@pytest.mark.parametrize("command", ["update", "resolve", "retract"])
def test_what_is_retracted_stays_so(desk: Desk, open_incident: str, command: str) -> None:
    desk.done("retract", "-m", "Our measurement was wrong.")
    assert f"{open_incident} is retracted" in refused(desk, command, open_incident, "-m", "X fails.", code=1)


def test_there_is_nothing_to_correct_without_an_update_and_the_hint_works(desk: Desk) -> None:
    desk.write("x", "---\ntitle: X\nstarted: 2026-11-28 14:00\ncomponents: {payouts: major_outage}\n---\n")
    sentence = refused(desk, "update", "x", "--correct", "-m", "Payouts fail.", code=2)
    assert "x has no update yet" in sentence
    desk.done(*hinted(sentence), "-m", "Payouts fail.")


def test_a_correction_with_the_same_words_is_refused(desk: Desk, open_incident: str) -> None:
    assert "has these words already" in refused(desk, "update", open_incident, "--correct", "-m", NEW[-1], code=1)


@pytest.mark.parametrize("arguments", [[], ["--template", "outage"], ["-F", "no-such-file"]])
@pytest.mark.parametrize("command", ["new", "update", "resolve", "correct"])
def test_nothing_asks_where_nobody_is_there(
    desk: Desk, open_incident: str, monkeypatch: pytest.MonkeyPatch, command: str, arguments: list[str]
) -> None:
    monkeypatch.setattr(click, "edit", _never)
    monkeypatch.setattr(click, "prompt", _never)
    commands = {"new": ["new", "X", "-c", "card=major"], "correct": ["update", open_incident, "--correct"]}
    sentence = refused(desk, *commands.get(command, [command, open_incident]), *arguments, code=2)
    assert re.search(r"-m TEXT|no-such-file does not exist|still has \[", sentence)


def _never(*_: object, **__: object) -> NoReturn:
    raise AssertionError("somebody was asked")


def test_a_retraction_needs_a_reason(desk: Desk, open_incident: str) -> None:
    assert "-m" in refused(desk, "retract", open_incident, code=2)


def test_words_come_from_the_input_in_any_encoding_that_is_certain(desk: Desk, open_incident: str) -> None:
    result = CliRunner().invoke(incidents, ["update", open_incident, "-F", "-"], input=b"\xff\xfa bytes")
    assert (result.exit_code, "the input is not" in result.stderr) == (2, True), result.output
    result = CliRunner().invoke(incidents, ["update", open_incident, "-F", "-"], input="Élan\n".encode())
    assert result.exit_code == 0, result.output
    assert 'message: "Élan"' in desk.files()[open_incident]


# The folder


def test_without_a_catalogue_the_way_to_one_is_shown(desk: Desk) -> None:
    (desk.path / "incidents" / "components.yml").unlink()
    for arguments in (NEW, UPDATE, ("retract", "-m", "X.")):
        sentence = refused(desk, *arguments, code=1)
        assert sentence.startswith("there is no incidents/components.yml; go to the folder of your site")


def test_errors_of_the_catalogue_are_shown_with_their_places(desk: Desk) -> None:
    (desk.path / "incidents" / "components.yml").write_text(
        "timezone: Africa/Lagos\ncomponents: [{id: a b, name: X}]\n"
    )
    assert refused(desk, *NEW, code=1).startswith("incidents/components.yml has errors, which must be corrected first")
    assert re.search(r"^incidents/components\.yml:2:\d+: ", desk.type(*NEW).stderr)


def test_errors_of_an_incident_file_are_shown_with_their_places(desk: Desk, open_incident: str) -> None:
    desk.write(open_incident, desk.files()[open_incident].replace("major_outage", "mayor"))
    sentence = refused(desk, "update", open_incident, "-m", "X.", code=1)
    assert sentence == f"incidents/{open_incident}.md has errors, which must be corrected first"
    assert re.search(rf"^incidents/{open_incident}\.md:5:\d+: ", desk.type("update", open_incident, "-m", "X.").stderr)


@pytest.mark.parametrize("arguments", [NEW, UPDATE, ("resolve", "-m", "X."), ("retract", "-m", "X.")])
def test_a_folder_that_does_not_exist_is_named(desk: Desk, arguments: tuple[str, ...]) -> None:
    assert "there is no folder nowhere; name the folder" in refused(desk, *arguments, "--folder", "nowhere", code=2)


def test_another_folder_is_written_in(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(desk.path / "incidents", desk.path / "others")
    assert desk.type(*NEW, "--folder", "others").exit_code == 0
    monkeypatch.chdir(desk.path / "others")
    assert desk.type("update", "-m", "X fails.", "--folder", ".").exit_code == 0
    assert "X fails." in (desk.path / "others" / f"{ID}.md").read_text()


# Writing


def _failing(code: int) -> object:
    def fail(*_: object, **__: object) -> NoReturn:
        raise OSError(code, os.strerror(code))

    return fail


@pytest.mark.parametrize("arguments", [NEW, UPDATE], ids=["new", "update"])
@pytest.mark.parametrize(
    ("function", "code", "sentence"),
    [
        ("os.fsync", errno.ENOSPC, "the disk is full; free some space and type the command again; nothing is written"),
        ("tempfile.NamedTemporaryFile", errno.EACCES, "the folder is read-only for you; ask who owns it"),
        ("tempfile.NamedTemporaryFile", errno.EROFS, "the disk is read-only; nothing is written"),
        ("os.fsync", errno.EIO, "cannot be written: "),
    ],
)
def test_what_cannot_be_written_leaves_everything_as_it_was(  # noqa: PLR0913, PLR0917  each is one part of the case
    desk: Desk, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], function: str, code: int, sentence: str
) -> None:
    if arguments is UPDATE:
        desk.done(*NEW)
    with monkeypatch.context() as broken:
        broken.setattr(function, _failing(code))
        assert sentence in refused(desk, *arguments, code=1)
    desk.done(*arguments)


def _in_an_editor(monkeypatch: pytest.MonkeyPatch, words: str, meanwhile: object = None) -> None:
    """Somebody sits there and types `words` in an editor; `meanwhile` is called before it is closed."""

    def edit(*, filename: str) -> None:
        if callable(meanwhile):
            meanwhile()
        Path(filename).write_bytes(words.encode())

    monkeypatch.setattr("mkdocs_incidents.cli.message.asks", lambda: True)
    monkeypatch.setattr(click, "edit", edit)


def test_words_of_an_editor_are_not_lost_when_the_file_was_changed_meanwhile(
    desk: Desk, open_incident: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = desk.files()[open_incident].replace("for everyone", "for some")
    _in_an_editor(monkeypatch, "We have found the cause.")
    with monkeypatch.context() as broken:
        broken.setattr("mkdocs_incidents.cli.update.advise", lambda *_: desk.write(open_incident, other))
        result = desk.type("update", open_incident)
    assert result.exit_code == 1
    assert "was changed meanwhile; nothing is written. Type the command again" in result.stderr
    assert desk.files()[open_incident] == other
    again = re.search(r"add: -F (\S+)", result.stderr)
    assert again
    desk.done("update", open_incident, "-F", again[1])
    assert "We have found the cause." in desk.files()[open_incident]
    assert "for some" in desk.files()[open_incident]


def test_an_update_that_somebody_else_publishes_while_the_editor_is_open_is_seen_first(
    desk: Desk, open_incident: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = desk.files()[open_incident].replace("for everyone", "for some")
    _in_an_editor(monkeypatch, "We have found the cause.", lambda: desk.write(open_incident, other))
    result = desk.type("update", open_incident)
    assert result.exit_code == 1
    assert (
        f"was changed meanwhile; nothing is written. To see it, type: incidents show {open_incident}" in result.stderr
    )
    assert desk.files()[open_incident] == other
    assert re.search(r"add: -F (\S+)", result.stderr)


def test_what_is_typed_in_an_editor_is_published_when_it_is_closed(
    desk: Desk, open_incident: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    _in_an_editor(monkeypatch, "We have found the cause.", lambda: desk.at("2026-11-28 15:42"))
    desk.done("update", open_incident)
    assert "at: 2026-11-28 15:42\n" in desk.files()[open_incident]


@pytest.mark.parametrize("words", ["We [what you do]", LONG, "a\u200bb"])
def test_words_of_an_editor_that_cannot_be_published_are_kept(
    desk: Desk, open_incident: str, monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    _in_an_editor(monkeypatch, words)
    result = desk.type("update", open_incident)
    assert result.exit_code == 2
    found = re.search(r"add: -F (\S+)", result.stderr)
    assert found
    assert words in Path(found[1]).read_text(encoding="utf-8")


def test_words_are_shown_where_they_can_be_kept_nowhere(
    desk: Desk, open_incident: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    _in_an_editor(monkeypatch, "We have found the cause.")
    with monkeypatch.context() as broken:
        broken.setattr("os.fsync", _failing(errno.ENOSPC))
        broken.setattr(Path, "write_text", _failing(errno.ENOSPC))
        result = desk.type("update", open_incident)
    assert (result.exit_code, "Your words:\nWe have found the cause." in result.stderr) == (1, True), result.output


def test_an_editor_that_is_left_without_words_writes_nothing(
    desk: Desk, open_incident: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    _in_an_editor(monkeypatch, "")
    assert "nothing is written" in desk.refused("update", open_incident)
    monkeypatch.setattr(click, "edit", lambda **_: None)
    assert "nothing is written" in desk.refused("update", open_incident)


def _editor(desk: Desk, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """EDITOR is a command with an argument; the script has the file as $2."""
    path = desk.path / "my editor"
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)
    monkeypatch.setattr("mkdocs_incidents.cli.message.asks", lambda: True)
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", f"'{path}' --wait")


def test_an_editor_may_have_arguments_and_save_as_other_systems_do(
    desk: Desk, open_incident: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    _editor(desk, monkeypatch, r"""test "$1" = --wait && printf '\357\273\277Caf\303\251s pay again.\r\n' > "$2" """)
    desk.done("update", open_incident)
    assert 'message: "Cafés pay again."\n' in desk.files()[open_incident]


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        (r"""printf 'We found it.\n' > "$2"; exit 3""", ("Editing failed", "We found it.")),
        (r"""printf 'Caf\351s pay again.\n' > "$2" """, ("is not UTF-8", "Cafés pay again.")),
        ("""rm "$2" """, ("the message was left empty", None)),
        ("exit 1", ("Editing failed", None)),
    ],
)
def test_what_an_editor_saved_is_kept_where_it_fails(
    desk: Desk, open_incident: str, monkeypatch: pytest.MonkeyPatch, script: str, expected: tuple[str, str | None]
) -> None:
    _editor(desk, monkeypatch, script)
    sentence = desk.refused("update", open_incident)
    why, words = expected
    assert why in sentence
    found = re.search(r"add: -F (\S+)", sentence)
    assert (found and Path(found[1]).read_text(encoding="utf-8").strip()) == words


def test_without_room_for_the_file_of_the_editor_the_words_may_be_typed(
    desk: Desk, open_incident: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    _editor(desk, monkeypatch, "")
    monkeypatch.setattr("tempfile.mkdtemp", _failing(errno.ENOSPC))
    assert "type: -m TEXT" in desk.refused("update", open_incident)


@pytest.mark.parametrize("command", ["/nowhere/editor", "'vi"])
def test_an_editor_that_cannot_be_started_is_a_sentence(
    desk: Desk, open_incident: str, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    _editor(desk, monkeypatch, "")
    monkeypatch.setenv("EDITOR", command)
    assert "Set EDITOR to another one, such as EDITOR=vi, or type: -m TEXT" in desk.refused("update", open_incident)


def test_a_dry_run_shows_the_change_and_writes_nothing(desk: Desk, open_incident: str) -> None:
    before = everything(desk)
    result = desk.type(*UPDATE, "--dry-run")
    assert result.exit_code == 0
    assert "+    message: We have found the cause." in result.output
    assert "Nothing is written" in result.output
    assert json.loads(desk.type(*UPDATE, "--dry-run", "--json").stdout) == {
        "path": f"incidents/{open_incident}.md",
        "id": open_incident,
        "url": f"https://status.example.com/incidents/{open_incident}/",
        "changed": False,
    }
    assert everything(desk) == before


def test_a_folder_without_a_site_around_it_is_published_by_another(desk: Desk) -> None:
    (desk.path / "mkdocs.yml").unlink()
    output = desk.done(*NEW)
    assert "incidents build" not in output
    assert "Next: to publish it, build the site that this folder belongs to\n" in output


# Files with errors

BROKEN = "---\ntitle: Payouts fail\nstarted: 2026-11-28 13:00\ncomponents: {payouts: broken}\n---\n"


def test_a_file_with_errors_may_be_the_one_that_is_meant(desk: Desk, open_incident: str) -> None:
    desk.write("2026-11-28-payouts-fail", BROKEN)
    sentence = refused(desk, *UPDATE, code=2)
    assert sentence == (
        f"2 incidents may be open, 1 of them with errors: {open_incident}, 2026-11-28-payouts-fail; "
        f"name one, type: {shlex.join(['incidents', 'update', open_incident, *UPDATE[1:]])}"
    )
    assert "'fail' may mean 2 of them" in refused(desk, "update", "fail", *UPDATE[1:], code=2)
    assert desk.type("update", open_incident, *UPDATE[1:]).exit_code == 0


def test_where_the_only_one_that_may_be_open_has_errors_they_are_shown(desk: Desk) -> None:
    desk.write("2026-11-28-payouts-fail", BROKEN)
    result = desk.type(*UPDATE)
    assert result.exit_code == 1
    assert "'broken' is not a state of a component" in result.stderr
    assert "incidents/2026-11-28-payouts-fail.md has errors, which must be corrected first" in result.stderr


def test_a_file_with_errors_stops_no_other_but_the_build_as_the_command_says(desk: Desk) -> None:
    desk.write("2026-11-28-payouts-fail", BROKEN)
    result = desk.type(*NEW)
    assert result.exit_code == 0
    assert (
        "Next: correct incidents/2026-11-28-payouts-fail.md: errors stop every build; to see them, type:"
        in result.stdout
    )
    assert f"type: incidents resolve {ID} -m" in result.stdout
    assert json.loads(desk.type("update", ID, *UPDATE[1:], "--json").stdout)["changed"]


# git


@pytest.fixture
def repository(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Repository:
    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{who}_NAME", "Comms")
        monkeypatch.setenv(f"GIT_{who}_EMAIL", "comms@harmattan.example")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    repository = Repository(desk.path)
    repository.commit("2026-11-28 10:00")
    return repository


def commits(repository: Repository) -> list[str]:
    return repository.git("log", "--format=%s").splitlines()


def test_each_command_makes_one_commit_of_its_file_alone(desk: Desk, repository: Repository) -> None:
    (desk.path / "notes.txt").write_text("not of this change")
    desk.done(*NEW, "--commit")
    desk.done(*UPDATE, "-s", "identified", "--commit")
    desk.done("update", "--correct", "-m", "We have found it.", "--commit")
    desk.at("2026-11-28 14:50")
    desk.done("resolve", "-m", "Card payments work again.", "--commit")
    desk.done("retract", ID, "-m", "Our measurement was wrong.", "--commit")
    assert commits(repository)[::-1] == [
        "x",
        "Card payments fail: investigating",
        "Card payments fail: identified",
        "Card payments fail: the last update is corrected",
        "Card payments fail: resolved",
        "Card payments fail: retracted",
    ]
    for back in range(5):
        changed = repository.git("show", "--format=", "--name-only", f"HEAD~{back}").split()
        assert changed == [f"incidents/{ID}.md"]
    assert repository.git("status", "--porcelain") == "?? notes.txt\n"


@pytest.fixture
def remote(repository: Repository, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository that a push goes to."""
    remote = tmp_path_factory.mktemp("remote")
    repository.git("init", "--bare", "--quiet", "--initial-branch=main", str(remote))
    repository.git("remote", "add", "origin", str(remote))
    repository.git("push", "--quiet", "--set-upstream", "origin", "main")
    return remote


@pytest.mark.usefixtures("remote")
def test_a_push_reaches_the_remote(desk: Desk, repository: Repository) -> None:
    result = desk.done(*NEW, "--push")
    assert "Committed and pushed: Card payments fail: investigating" in result
    assert repository.git("ls-remote", "origin", "main").split()[0] == repository.git("rev-parse", "HEAD").strip()


def test_a_refused_push_leaves_the_commit_and_says_so(desk: Desk, repository: Repository, remote: Path) -> None:
    hook = remote / "hooks" / "pre-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho protected branch >&2\nexit 1\n")
    hook.chmod(0o755)
    result = desk.type(*NEW, "--push")
    assert result.exit_code == 1
    assert f"incidents/{ID}.md is written and committed, but git does not push it" in result.stderr
    assert "protected branch" in result.stderr
    assert commits(repository)[0] == "Card payments fail: investigating"
    hook.unlink()
    repository.git("push")


def test_where_the_remote_has_moved_on_the_sentence_says_how_to_catch_up(
    desk: Desk, repository: Repository, tmp_path_factory: pytest.TempPathFactory
) -> None:
    remote = tmp_path_factory.mktemp("remote")
    repository.git("init", "--bare", "--quiet", "--initial-branch=main", str(remote))
    repository.git("remote", "add", "origin", str(remote))
    repository.commit("2026-11-28 11:00", {"README.md": "Of somebody else.\n"})
    repository.git("push", "--quiet", "--set-upstream", "origin", "main")
    repository.git("reset", "--quiet", "--hard", "HEAD~1")
    result = desk.type(*NEW, "--push")
    assert result.stderr == (
        f"Error: incidents/{ID}.md is written and committed, but the remote has commits that are not here; "
        "type git pull --rebase && git push\n"
    )
    repository.git("pull", "--quiet", "--rebase")
    repository.git("push")


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        (("checkout", "--detach"), "no branch is checked out, so the commit would get lost; type git switch BRANCH"),
        (("merge", "--no-commit", "other"), "a merge is unfinished; type git merge --continue"),
    ],
)
def test_nothing_is_written_where_git_could_not_commit_it(
    desk: Desk, repository: Repository, state: tuple[str, ...], sentence: str
) -> None:
    repository.git("checkout", "--quiet", "-b", "other")
    repository.commit("2026-11-28 10:30")
    repository.git("checkout", "--quiet", "main")
    repository.commit("2026-11-28 10:40")
    repository.git(*state)
    assert refused(desk, *NEW, "--commit", code=1) == f"{sentence}, or leave out --commit"


def test_nothing_is_written_where_a_rebase_has_stopped(desk: Desk, repository: Repository) -> None:
    repository.commit("2026-11-28 10:30")
    with pytest.raises(subprocess.CalledProcessError):
        repository.git("-c", "sequence.editor=true", "rebase", "--interactive", "--exec", "false", "HEAD~1")
    assert "a rebase is unfinished; type git rebase --continue" in refused(desk, *NEW, "--commit", code=1)


def test_nothing_is_written_where_git_does_not_know_who_commits(
    desk: Desk, repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.git("config", "user.useConfigOnly", "true")
    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.delenv(f"GIT_{who}_NAME")
        monkeypatch.delenv(f"GIT_{who}_EMAIL")
    assert refused(desk, *NEW, "--commit", code=1) == (
        "git does not know who you are; type git config user.name NAME and git config user.email ADDRESS, or leave out "
        "--commit"
    )


def shell(sentence: str) -> None:
    """Obey what a sentence says to type in a shell, in the folder where the command was typed."""
    command = sentence.partition("type: ")[2]
    assert command.startswith("git "), sentence
    subprocess.run(["/bin/sh", "-c", command], check=True, capture_output=True)


@pytest.mark.usefixtures("remote")
@pytest.mark.parametrize("typed", [("--commit",), ("--push",), ("--commit", "--push")])
def test_with_something_uncommitted_nothing_is_written(
    desk: Desk, repository: Repository, typed: tuple[str, ...]
) -> None:
    (desk.path / "mkdocs.yml").write_text("site_name: Other\nplugins: [incidents]\n")
    sentence = refused(desk, *NEW, *typed, code=1)
    assert sentence == (
        f"mkdocs.yml is changed and not committed; leave out {' and '.join(typed)}, or commit that first, "
        "type: git commit -a -m 'Update mkdocs.yml'"
    )
    shell(sentence)
    desk.done(*NEW, *typed)
    assert commits(repository)[:2] == ["Card payments fail: investigating", "Update mkdocs.yml"]


def test_an_uncommitted_change_of_the_same_file_is_not_committed_along(desk: Desk, repository: Repository) -> None:
    desk.done(*NEW)
    assert f"{ID}.md is changed and not committed" in refused(desk, *UPDATE, "--commit", code=1)
    assert commits(repository) == ["x"]


@pytest.mark.usefixtures("remote")
@pytest.mark.parametrize("folder", ["", "incidents"])
def test_what_was_written_without_a_commit_is_committed_by_what_the_sentence_says(
    desk: Desk, repository: Repository, monkeypatch: pytest.MonkeyPatch, folder: str
) -> None:
    monkeypatch.chdir(desk.path / folder)
    desk.done(*NEW)
    desk.done("new", "Payouts late", "-c", "payouts=slow", "-m", "Payouts are late.", "--id", "late")
    for name in (ID, "late"):
        shell(refused(desk, "update", name, "-m", "We know the cause.", "--push", code=1))
        desk.done("update", name, "-m", "We know the cause.", "--push")
    (desk.path / "incidents" / f"{ID}.md").unlink()
    repository.git("add", "--all")
    (desk.path / "mkdocs.yml").write_text("site_name: Other\nplugins: [incidents]\n")
    shell(refused(desk, "resolve", "late", "-m", "They are in time.", "--push", code=1))
    assert repository.git("status", "--porcelain", "--untracked-files=no") == ""


def test_a_merge_that_is_not_finished_is_never_committed(desk: Desk, repository: Repository) -> None:
    for branch in ("other", "mine"):
        repository.git("checkout", "-q", "-b", branch, "HEAD" if branch == "other" else "other~1")
        (desk.path / "mkdocs.yml").write_text(f"site_name: {branch}\nplugins: [incidents]\n")
        repository.commit("2026-11-28 11:00")
    with pytest.raises(subprocess.CalledProcessError):
        repository.git("merge", "other")
    (desk.path / "mkdocs.yml").write_text("site_name: both\nplugins: [incidents]\n")
    assert "a merge is unfinished; type git merge --continue" in refused(desk, *NEW, "--commit", code=1)


def test_a_push_without_a_remote_writes_nothing(desk: Desk, repository: Repository) -> None:
    del repository
    assert "there is no remote to push to; type git remote add origin ADDRESS" in refused(desk, *NEW, "--push", code=1)


def test_without_a_repository_nothing_is_committed(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(desk.path.parent))
    assert "this is no git repository; type git init, or leave out --commit" in refused(desk, *NEW, "--commit", code=1)


def test_without_git_nothing_is_committed(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    assert "git is not installed; install it, or leave out --commit" in refused(desk, *NEW, "--commit", code=1)


# Several at once

_WRITER = """\
import sys
from mkdocs_incidents.cli import incidents
for number in range(int(sys.argv[2])):
    try:
        incidents(["update", "-m", f"Word {sys.argv[1]}{number}.", "--json"], standalone_mode=False)
        print(f"written {sys.argv[1]}{number}", flush=True)
    except Exception as error:
        assert "was changed meanwhile; nothing is written" in str(error), error
"""


def test_of_two_writers_at_once_none_loses_an_update_without_being_told(desk: Desk, open_incident: str) -> None:
    started = [
        subprocess.Popen(
            [sys.executable, "-c", _WRITER, name, "20"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        for name in "ab"
    ]
    ended = [process.communicate() for process in started]
    assert [process.returncode for process in started] == [0, 0], ended
    written = {found for out, _ in ended for found in re.findall(r"^written (\w+)$", out, re.MULTILINE)}
    in_file = re.findall(r"message: Word (\w+)\.", desk.files()[open_incident])
    assert written == set(in_file)
    assert len(in_file) == len(written) > 20
    ids = re.findall(r"^    id: (\S+)", desk.files()[open_incident], re.MULTILINE)
    assert len(ids) == len(set(ids)) == len(in_file) + 1
    assert desk.type("check").exit_code == 0


def test_the_help_of_each_command_has_an_example_that_can_be_read() -> None:
    for name in ("new", "update", "resolve", "retract"):
        result: Result = CliRunner().invoke(incidents, [name, "--help"])
        assert f"Example: incidents {name} " in " ".join(result.output.split())


def test_an_update_of_an_earlier_time_stands_where_it_belongs(desk: Desk, open_incident: str) -> None:
    desk.at("2026-11-28 15:00")
    desk.done("update", open_incident, "-s", "identified", "-m", "We have found the cause.")
    output = desk.done("update", open_incident, "-m", "We have an idea.", "--at", "-5m")
    assert "older than the one above" not in output
    text = desk.files()[open_incident]
    assert text.index("We have an idea.") < text.index("We have found the cause.")


def test_an_incident_is_taken_back_in_the_minute_of_its_last_updates(desk: Desk, open_incident: str) -> None:
    desk.at("2026-11-28 15:00:20")
    desk.done("update", open_incident, "-m", "We look into it.")
    desk.done("update", open_incident, "-m", "It may be our measurement.")
    desk.at("2026-11-28 15:00:40")
    desk.done("retract", open_incident, "-m", "Our measurement was wrong.")
    assert "  at: 2026-11-28 15:00:20\nupdates:" in desk.files()[open_incident]
