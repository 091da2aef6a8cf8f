"""An edit puts its lines where they belong and leaves every other byte of the file as it was typed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mkdocs_incidents.authoring.editing.errors import RefusedError
from mkdocs_incidents.authoring.editing.incident_text import IncidentText, new_text
from mkdocs_incidents.content.yaml.nodes import data

if TYPE_CHECKING:
    from collections.abc import Callable

UPDATE = {"at": "2026-04-06 15:00", "status": "monitoring", "message": "It works."}
LINES = ("at: 2026-04-06 15:00", "status: monitoring", "message: It works.")
LONG = "Card payments work again, online and at the terminal; what was refused meanwhile has to be paid once more."


def text_of(typed: str) -> IncidentText:
    return IncidentText(path="x.md", raw=typed.encode())


def edited(typed: str, edit: Callable[[IncidentText], IncidentText]) -> str:
    return edit(text_of(typed)).raw.decode()


def facts(text: IncidentText) -> Any:
    return data(text.document.facts)


def with_lines(marked: str, end: str = "\n") -> str:
    """`marked` with the lines of UPDATE at `»`, behind which the beginning of the first of them stands."""
    before, behind = marked.split("»")
    prefix, after = behind.split(end, 1)
    first, *others = LINES
    return before + end.join([prefix + first, *(" " * len(prefix) + line for line in others), after])


def without_mark(marked: str, end: str = "\n") -> str:
    return re.sub(f"»[^{end}]*{end}", "", marked)


PLACES = {
    "a list": "---\nupdates:\n  - at: 2026-04-06 14:30\n    status: identified\n»  - \nimpact: minor\n---\nBody\n",
    "dashes at the margin": "---\nupdates:\n- at: 2026-04-06 14:30\n»- \nimpact: minor\n---\n",
    "wide dashes": "---\nupdates:\n    -   at: 2026-04-06 14:30\n        status: identified\n»    -   \n---\n",
    "a dash on its own line": "---\nupdates:\n  -\n    at: 2026-04-06 14:30\n»  - \n---\n",
    "facts that are indented": "---\n  updates:\n    - at: 2026-04-06 14:30\n»    - \n  impact: minor\n---\n",
    "comments within the list": (
        "---\n# a\nupdates:  # b\n  # c\n  - at: 2026-04-06 14:30  # d\n    # e\n    status: identified # f\n"
        "    # g\n»  - \n  # h\n# i\nimpact: minor  # j\n# k\n---\n# l\n"
    ),
    "a blank line below the list": "---\nupdates:\n  - at: 2026-04-06 14:30\n»  - \n\nimpact: minor\n---\n",
    "a block that keeps its line ends": (
        "---\nupdates:\n  - at: 2026-04-06 14:30\n    message: |+\n      It fails.\n\n\n»  - \nimpact: minor\n---\n"
    ),
    "a block that folds": "---\nupdates:\n  - message: >-\n      It\n      fails.\n»  - \n\nimpact: minor\n---\n",
    "a text over several lines": "---\nupdates:\n  - message: It\n      fails.\n\n      Still.  # a\n»  - \n---\n",
    "a key without a value": "---\nupdates:\n  - at: 2026-04-06 14:30\n    message:  # a\n»  - \n---\n",
    "items in braces": "---\nupdates:\n  - {at: 2026-04-06 14:30,\n     status: identified}  # a\n»  - \n---\n",
    "components below the last update": "---\nupdates:\n  - components:\n      web: major\n      # a\n»  - \n---\n",
    "quoted keys": "---\n'updates' :\n  - \"at\": 2026-04-06 14:30\n    'status': identified\n»  - \n---\n",
    "aligned values": "---\nupdates   :\n  - at      : 2026-04-06 14:30\n    status  : identified\n»  - \n---\n",
    "tabs behind colons": "---\ntitle:\tX\nupdates:\n  - at:\t2026-04-06 14:30\t# a\n»  - \n---\n",
    "the newest first": (
        "---\nupdates:\n  # the newest first\n»  - \n  - at: 2026-04-06 14:50\n  # a\n  - at: 2026-04-06 14:30\n---\n"
    ),
    "the newest first, in the same minute": (
        "---\nupdates:\n  - at: 2026-04-06 15:00\n  - at: 2026-04-06 15:00\n»  - \n  - at: 2026-04-06 14:30\n---\n"
    ),
    "the newest first, for one of the past": (
        "---\nupdates:\n  - at: 2026-04-06 15:30\n  - at: 2026-04-06 15:00\n»  - \n  - at: 2026-04-06 14:30\n---\n"
    ),
    "in no order": (
        "---\nupdates:\n  - at: 2026-04-06 14:50\n  - at: 2026-04-06 15:00\n  - at: 2026-04-06 14:30\n»  - \n---\n"
    ),
    "facts that end with dots": "---\nupdates:\n  - at: 2026-04-06 14:30\n»  - \n...\n---\nBody\n",
    "no line end behind the last fence": "---\nupdates:\n  - at: 2026-04-06 14:30\n»  - \n---",
    "an empty list": "---\ntitle: X\nupdates:\n»  - \nimpact: minor\n---\n",
    "an empty list with comments": "---\nupdates:  # a\n»  - \n  # b\n# c\nimpact: minor\n---\n",
}


@pytest.mark.parametrize("marked", PLACES.values(), ids=PLACES)
def test_an_update_stands_in_the_form_of_the_list_and_nothing_else_changes(marked: str) -> None:
    assert edited(without_mark(marked), lambda text: text.with_update(UPDATE)) == with_lines(marked)


@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["", "mark"])
@pytest.mark.parametrize("end", ["\r\n", "\r"], ids=["CRLF", "CR"])
@pytest.mark.parametrize("marked", PLACES.values(), ids=PLACES)
def test_line_ends_and_a_byte_order_mark_stay(marked: str, end: str, mark: str) -> None:
    typed = mark + marked.replace("\n", end)
    assert edited(without_mark(typed, end), lambda text: text.with_update(UPDATE)) == with_lines(typed, end)


def test_lines_with_other_ends_than_most_keep_theirs() -> None:
    typed = "---\r\ntitle: X\nupdates:\r\n»  - \r\n---\r\nBody\nMore\r\n"
    assert edited(without_mark(typed, "\r\n"), lambda text: text.with_update(UPDATE)) == with_lines(typed, "\r\n")


def test_overrides_of_the_writing_direction_stay_where_they_are() -> None:
    typed = "---\n\u202dtitle: X\u202e\nupdates:\n  - message: a\u202eb\n»  - \nimpact: \u202eminor\n---\nBo\u202edy"
    assert edited(without_mark(typed), lambda text: text.with_update(UPDATE)) == with_lines(typed)


FIRST = {
    "at the end": "---\ntitle: X\n»---\n",
    "below the comments of the last key": "---\ntitle: X\ncomponents:\n  web: major  # a\n  # b\n»# c\n---\n",
    "above the postmortem and its comments": "---\ntitle: X\n»# a\n# b\npostmortem: {}\n---\n",
    "without a last line end": "---\ntitle: X\n»---",
    "in indented facts": "---\n  title: X\n»---\n",
}


@pytest.mark.parametrize("marked", FIRST.values(), ids=FIRST)
def test_the_first_update_begins_a_list(marked: str) -> None:
    before, after = marked.split("»")
    margin = "  " if "\n  title" in before else ""
    lines = ["updates:", f"  - {LINES[0]}", *(f"    {line}" for line in LINES[1:])]
    expected = before + "".join(f"{margin}{line}\n" for line in lines) + after
    assert edited(before + after, lambda text: text.with_update(UPDATE)) == expected


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("updates: []", "updates: [{}]"),
        ("updates: [ ]  # a", "updates: [{} ]  # a"),
        ("updates: [{at: 1}]", "updates: [{at: 1}, {}]"),
        ("updates: [{at: 1},]", "updates: [{at: 1}, {},]"),
        ("updates: [\n  {at: 1}, # a\n  {at: 2} # b\n]", "updates: [\n  {at: 1}, # a\n  {at: 2}, {} # b\n]"),
        ("updates: [{at: 2}, {at: 1}]", "updates: [{}, {at: 2}, {at: 1}]"),
        ("{title: X, updates: [{at: 1}]}", "{title: X, updates: [{at: 1}, {}]}"),
    ],
)
def test_in_a_list_in_brackets_an_update_stands_in_braces(before: str, after: str) -> None:
    new = "{at: 2026-04-06 15:00, status: monitoring, message: It works.}"
    expected = f"---\n{after}\n---\n".replace("{}", new)
    assert edited(f"---\n{before}\n---\n", lambda text: text.with_update(UPDATE)) == expected


def test_facts_in_braces_without_a_list_are_refused_with_what_to_do() -> None:
    with pytest.raises(RefusedError, match=r"written in braces; change it by hand, then type: incidents check"):
        text_of("---\n{title: X}\n---\n").with_update(UPDATE)


VALUES = {
    "plain": ("message: old  # why", "message: new  # why", "message: |-  # why\n  one\n\n  two"),
    "over lines": ("message: old\n  more # why", "message: new # why", "message: |- # why\n  one\n\n  two"),
    "quoted": ('message: "old"', "message: new", "message: |-\n  one\n\n  two"),
    "a quoted key": ("'message': old", "'message': new", "'message': |-\n  one\n\n  two"),
    "aligned": ("message   : old", "message   : new", "message   : |-\n  one\n\n  two"),
    "folded": ("message: >-  # why\n  old\n  old", "message: new  # why", "message: |-  # why\n  one\n\n  two"),
    "literal": ("message: |2+ # why\n   old\n\n", "message: new # why", "message: |- # why\n  one\n\n  two"),
    "empty": ("message:   # why", "message: new   # why", "message: |-   # why\n  one\n\n  two"),
    "on the next line": (
        "message:  # a\n  old  # b",
        "message:  # a\n  new  # b",
        "message:  # a\n  |-  # b\n  one\n\n  two",
    ),
    "in braces": ("{message: old, b: 1}", "{message: new, b: 1}", '{message: "one\\n\\ntwo", b: 1}'),
    "empty in braces": ("{message: , b: 1}", "{message: new, b: 1}", '{message: "one\\n\\ntwo", b: 1}'),
}


@pytest.mark.parametrize("behind", ["status: identified\n# below", "# below\n"])
@pytest.mark.parametrize(("before", "short", "long"), VALUES.values(), ids=VALUES)
def test_a_value_is_replaced_and_comments_stay_around_it(before: str, short: str, long: str, behind: str) -> None:
    def whole(lines: str) -> str:
        inner = lines.replace("\n", "\n    ").replace("\n    \n", "\n\n")
        below = "" if lines.startswith("{") else "    " + behind.replace("\n", "\n    ").rstrip(" ") + "\n"
        return f"---\nupdates:\n  - {inner}\n{below}  # end\n---\nBody\n"

    for value, after in (("new", short), ("one\n\ntwo", long)):
        typed = whole(before)
        assert edited(typed, lambda text: text.with_value(("updates", 0), "message", value)) == whole(after)  # noqa: B023


def test_a_comment_that_a_block_would_take_for_its_text_stays_a_comment() -> None:
    typed = "---\nupdates:\n  - message: old\n      # c\n    status: a\n---\n"
    expected = typed.replace("old", '"one\\n\\ntwo"')
    assert edited(typed, lambda text: text.with_value(("updates", 0), "message", "one\n\ntwo")) == expected


def test_a_new_key_stands_below_the_one_it_belongs_to_and_below_its_comments() -> None:
    typed = "---\nupdates:\n  - at: 1\n    message: >-\n      old\n      # text\n    # c\n    status: a\n---\n"
    expected = typed.replace("    status: a\n", "    corrected: b2\n    status: a\n")
    assert (
        edited(typed, lambda text: text.with_value(("updates", 0), "corrected", "b2", behind=("message",))) == expected
    )


def test_a_new_key_in_braces_stands_behind_the_one_it_belongs_to() -> None:
    typed = "---\nupdates:\n  - {at: 1, message: old, id: x}  # c\n---\n"
    expected = typed.replace("message: old", "message: old, corrected: b2")
    assert (
        edited(typed, lambda text: text.with_value(("updates", 0), "corrected", "b2", behind=("message",))) == expected
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("# a\nresolved: 2026-04-06 15:15\n# b\n", "# a\n# b\n"),
        ("resolved: 2026-04-06 15:15  # by then nobody called\n", "# by then nobody called\n"),
        ('"resolved"  : "2026-04-06 15:15"\n', ""),
    ],
)
def test_a_key_is_removed_and_comments_stay(before: str, after: str) -> None:
    assert edited(f"---\ntitle: X\n{before}---\nBody\n", lambda text: text.without_key((), "resolved")) == (
        f"---\ntitle: X\n{after}---\nBody\n"
    )


@pytest.mark.parametrize("typed", ["---\ntitle: X\n---", "---\ntitle: X\n---\n", "---\ntitle: X # a\n---\n\n\nOld\n"])
def test_another_body_leaves_the_facts_as_they_are(typed: str) -> None:
    text = text_of(typed).with_body("\n## Summary\n\nNew\n")
    assert text.raw.decode().startswith(typed.removesuffix("\n\nOld\n"))
    assert text.document.body.strip() == "## Summary\n\nNew"
    assert facts(text) == {"title": "X"}


@pytest.mark.parametrize(
    "message",
    [
        "one  \ntwo",
        "a\n   \nb",
        "Ça marche\u00a0!\nOui.",
        "\U0001f468\u200d\U0001f469\u200d\U0001f467 can sign in",
        "می\u200cشود",
        "a\tb",
        "- one\n- two",
        "---\n...\n---",
        "```\n    code\n```",
        "yes",
        "null",
        "0x1F",
        "2026-04-06",
        "a: b # c",
        "'",
        '"',
        "\\n",
        "%",
        "@",
        "[x]",
        "{x}",
        "|-",
        "x" * 5000,
        "one\r\ntwo\rthree",
        "&a *b !c",
    ],
)
@pytest.mark.parametrize("typed", ["---\nupdates:\n  - at: 1\n---\n", "---\nupdates: [{at: 1}]\n---\n"])
def test_any_text_is_read_back_as_it_was_given(message: str, typed: str) -> None:
    expected = message.replace("\r\n", "\n").replace("\r", "\n").replace("\n   \n", "\n\n")
    added = text_of(typed).with_update({"message": message})
    assert facts(added)["updates"][-1]["message"] == expected
    assert facts(new_text("x.md", {"title": message}, [], ""))["title"] == expected


def test_what_scripts_need_between_words_stands_in_the_file_as_it_is() -> None:
    text = new_text("x.md", {"title": "X"}, [{"message": "Ça marche\u00a0!\nEt می\u200cشود."}], "")
    assert "    message: |-\n      Ça marche\u00a0!\n" in text.raw.decode().replace("  - ", "    ")


# Files as somebody might have typed them: each comment is there once, so that a lost one is noticed.

_WORDS = st.sampled_from(
    ["x", "It fails.", "é", "a: b", "'q'", "5", "2026-04-06 14:30", "\u202dz", "\U0001f4a5", "- a"]
)
_WIDTHS = st.integers(1, 4)


class Typist:
    """Types front matter in the styles that a test draws."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.comments = 0

    def comment(self, lead: str = " ") -> str:
        self.comments += 1
        return f"{lead}# c{self.comments}:"

    def some(self, most: int = 1) -> int:
        return self.draw(st.integers(0, most))

    def between(self, width: int) -> list[str]:
        """Lines that mean nothing, in front of a key in a column."""
        kinds = self.draw(st.lists(st.sampled_from(["blank", "here", "margin", "deeper"]), max_size=1))
        leads = {"here": " " * width, "margin": "", "deeper": " " * (width + 2)}
        return ["" if kind == "blank" else self.comment(leads[kind]) for kind in kinds]

    def behind(self) -> str:
        return (
            self.comment(self.draw(st.sampled_from([" ", "   ", "\t"])))
            if self.some()
            else self.draw(st.sampled_from(["", " "]))
        )

    def key(self, name: str) -> str:
        quote = self.draw(st.sampled_from(["", "", "'", '"']))
        return f"{quote}{name}{quote}{' ' * self.some(2)}:"

    def entry(self, name: str, width: int) -> list[str]:
        """A key with a text, in a column; the first line is not yet indented."""
        word, key, gap = self.draw(_WORDS), self.key(name), " " * self.draw(_WIDTHS)
        pad = " " * width
        below = pad + " " * self.draw(_WIDTHS)
        style = self.draw(st.sampled_from(["one line", "empty", "|", ">-", "|+", "|-", "next", "long"]))
        if style == "one line":
            typed = self.draw(st.sampled_from([f'"{word}"', "'{}'".format(word.replace("'", "''")), f"plain {name}"]))
            return [f"{key}{gap}{typed}{self.behind()}"]
        if style == "empty":
            return [f"{key}{self.behind()}"]
        if style == "next":
            return [f"{key}{self.behind()}", f'{below}"{word}"{self.behind()}']
        if style == "long":
            return [f"{key}{gap}plain", f"{below}and more{self.behind()}"]
        inner = [below + word, *([""] * self.some()), below + "# text", *([""] * self.some(2))]
        return [f"{key}{gap}{style}{self.behind()}", *inner]

    def nested(self, name: str, width: int) -> list[str]:
        """A key with keys or a list below it."""
        key, pad = self.key(name), " " * width
        style = self.draw(st.sampled_from(["mapping", "list", "same", "braces", "brackets"]))
        if style == "braces":
            return [f"{key} {{a: 1, b: '2'}}{self.behind()}"]
        if style == "brackets":
            return [f"{key} [a,", f"{pad}  'b'{self.behind()}", f"{pad}]{self.behind()}"]
        if style == "mapping":
            inner = [line for each in "ab" for line in (*self.between(width + 2), f"{pad}  {each}: 1{self.behind()}")]
        else:
            inner = [f"{pad}{'' if style == 'same' else '  '}- {each}{self.behind()}" for each in "ab"]
        return [f"{key}{self.behind()}", *inner]

    def updates(self, width: int) -> list[str]:
        margin = " " * (width + self.some(3))
        dash = self.draw(_WIDTHS)
        lines = [f"{self.key('updates')}{self.behind()}"]
        for number in range(self.some(3)):
            lines += self.between(len(margin))
            at = f"at: 2026-04-06 {self.draw(st.integers(10, 23))}:00"
            if self.draw(st.sampled_from([True, False, False])):
                lines.append(f"{margin}- {{{at}, n: '{number}'}}{self.behind()}")
                continue
            inner = len(margin) + 1 + dash
            lines.append(f"{margin}-{' ' * dash}{at}{self.behind()}")
            for name in self.draw(st.lists(st.sampled_from(["message", "status"]), unique=True)):
                lines += self.between(inner)
                first, *others = self.entry(name, inner)
                lines += [" " * inner + first, *others]
        return lines

    def file(self) -> str:
        width = self.draw(st.sampled_from([0, 0, 0, 2]))
        names = self.draw(st.permutations(["title", "resolved", "components", "updates", "postmortem"]))
        kinds: dict[str, Callable[[int], list[str]]] = {
            "updates": self.updates,
            "components": lambda at: self.nested("components", at),
            "postmortem": lambda at: self.nested("postmortem", at),
        }
        lines = ["---"]
        for name in names[: 2 + self.some(3)]:
            lines += self.between(width)
            first, *others = kinds[name](width) if name in kinds else self.entry(name, width)
            lines += [" " * width + first, *others]
        lines += self.between(0)
        body = self.draw(st.sampled_from(["", "\n", "\n\n## Summary\n\n- # c: é\n", "\nno end"]))
        typed = "\n".join([*lines, self.draw(st.sampled_from(["---", "-----", "---  ", "..."]))]) + body
        return self.draw(st.sampled_from(["", "\ufeff"])) + typed.replace(
            "\n", self.draw(st.sampled_from(["\n", "\r\n", "\r"]))
        )


@st.composite
def files(draw: st.DrawFn) -> IncidentText:
    text = text_of(Typist(draw).file())
    _ = text.document  # the generator types files that can be read
    return text


def comments(text: IncidentText) -> list[str]:
    """All comments: what stands deeper than a block is a part of its text."""
    found = re.findall(r"# c\d+:", text.raw.decode())
    return sorted(comment for comment in found if comment not in str(facts(text)))


def is_insertion(before: bytes, after: bytes) -> bool:
    """Whether `before` is left where one piece is cut out of `after`."""
    same = next(
        (index for index, pair in enumerate(zip(before, after, strict=False)) if pair[0] != pair[1]), len(before)
    )
    return after.endswith(before[same:]) and len(after) > len(before)


_NEW_TEXTS = st.sampled_from(["New", LONG, "one\n\ntwo # x\n- three", "a: b", "\u00e9", "'", "5", "one  \ntwo"])


@given(files(), _NEW_TEXTS)
@settings(max_examples=60)
def test_an_update_is_inserted_in_any_file_and_the_rest_of_it_stays(text: IncidentText, message: str) -> None:
    before = facts(text)
    after = text.with_update({**UPDATE, "message": message, "components": {"web": "major_outage"}})
    assert is_insertion(text.raw, after.raw)
    new = {**UPDATE, "message": message, "components": {"web": "major_outage"}}
    listed = facts(after)["updates"]
    assert new in listed
    listed.remove(new)
    assert listed == (before["updates"] if isinstance(before.get("updates"), list) else [])
    assert {**facts(after), "updates": None} == {**before, "updates": None}
    assert after.document.body == text.document.body


@given(files(), st.sampled_from(["title", "resolved", "impact"]), _NEW_TEXTS)
@settings(max_examples=60)
def test_a_value_of_any_file_is_set_and_no_comment_is_lost(text: IncidentText, key: str, value: str) -> None:
    before = facts(text)
    after = text.with_value((), key, value, behind=("title", "resolved"))
    assert facts(after) == {**before, key: value}
    assert comments(after) == comments(text)
    assert after.document.body == text.document.body
    if key not in before:
        assert is_insertion(text.raw, after.raw)


@given(files(), _NEW_TEXTS)
@settings(max_examples=60)
def test_the_words_of_an_update_of_any_file_are_replaced_and_no_comment_is_lost(text: IncidentText, value: str) -> None:
    expected = facts(text)
    if not isinstance(expected.get("updates"), list):
        return
    after = text.with_value(("updates", -1 + len(expected["updates"])), "message", value, behind=("at", "status"))
    expected["updates"][-1]["message"] = value
    assert facts(after) == expected
    assert comments(after) == comments(text)


@given(files())
@settings(max_examples=60)
def test_a_key_of_any_file_is_removed_and_no_comment_is_lost(text: IncidentText) -> None:
    before = facts(text)
    if "resolved" not in before or b"|+" in text.raw:  # a block above it might keep the empty lines below it
        return
    after = text.without_key((), "resolved")
    del before["resolved"]
    assert facts(after) == before
    assert comments(after) == comments(text)


@given(files(), st.sampled_from(["", "\n## Summary\n", "New"]))
@settings(max_examples=60)
def test_the_body_of_any_file_is_replaced_and_its_facts_stay(text: IncidentText, body: str) -> None:
    after = text.with_body(body)
    assert facts(after) == facts(text)
    assert after.document.body.strip() == body.strip()
    assert comments(after) == comments(text)
