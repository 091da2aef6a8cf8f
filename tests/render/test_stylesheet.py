"""Taking the rules of a stylesheet apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_incidents.render.stylesheet import applicable, required_classes, rules, selectors


def kept(text: str, *classes: str) -> str:
    return applicable(text, set(classes)).text


def test_a_rule_is_kept_for_the_selectors_that_can_match() -> None:
    assert kept(".a,.b .c,p{margin:0}.b{margin:1px}", "a", "c") == ".a,p{margin:0}"


def test_a_condition_is_kept_with_the_rules_in_it_that_can_apply() -> None:
    text = "@media print{.a{margin:0}@supports (display:grid){.b{margin:0}}}@media screen{.b{margin:0}}"
    assert kept(text, "a") == "@media print{.a{margin:0}}"
    assert kept(text, "a", "b") == text


@pytest.mark.parametrize(
    "text",
    [
        '@charset "utf-8";',
        "@page{margin:0}",
        "@keyframes b{0%{margin:0}to{margin:1px}}",
        "@layer a,b;",
        "@layer a{.b{margin:0}}",
        ":root{--icon:url('data:image/svg+xml;charset=utf-8,<svg>{}</svg>')}",
        "p{background:url(a{b.svg)}",
        'p:before{content:"}.b{"}',
        r"p:before{content:'\'}'}",
        r".a\,b{margin:0}",
        ".a{&.b{margin:0}margin:0}",
        ":not(.b){margin:0}",
        ":is(.b,.a) p{margin:0}",
        ".a:not(:has(.b,.c:not(.d))){margin:0}",
        '[href=".b"]{margin:0}',
    ],
)
def test_what_can_apply_without_a_class_stays_as_it_is(text: str) -> None:
    assert kept(text, "a") == text
    assert applicable(text, {"a"}).others == frozenset()


def test_comments_are_no_rules() -> None:
    assert kept("/* .b{ */.a/* } */{margin:0}/*# sourceMappingURL=a.css.map */", "a") == ".a{margin:0}"
    assert kept("p:before{content:'/*'}.b{margin:0}q{content:'*/'}") == "p:before{content:'/*'}q{content:'*/'}"


def test_what_the_others_require_is_named() -> None:
    assert applicable(".a .b.c,.a>.d{margin:0}.a{margin:0}", {"a"}).others == {frozenset("abc"), frozenset("ad")}


@pytest.mark.parametrize("text", ["a{", "a{}}", "a{}b", "}a{", "a{'}"])
def test_what_is_not_balanced_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="balanced"):
        list(rules(text))


def test_commas_in_brackets_and_strings_divide_no_list() -> None:
    assert list(selectors(""":is(a,b),[x="(,"],c""")) == [":is(a,b)", '[x="(,"]', "c"]


def test_classes_of_an_argument_are_not_required() -> None:
    assert required_classes("a.b:not(.c:is(.d)) .e-f::before") == {"b", "e-f"}


simple = st.sampled_from(["p", ".a", ".b .a", "p:not(.b)", "[x='}']", ".c>.d", r".e\:f"])
block = st.sampled_from(["margin:0", "content:'{;'", "background:url(x;y{)", "margin:0;/*}*/padding:0", ""])
rule = st.builds(lambda parts, text: f"{','.join(parts)}{{{text}}}", st.lists(simple, min_size=1, unique=True), block)
sheet = st.lists(rule | st.builds(lambda inner: f"@media print{{{''.join(inner)}}}", st.lists(rule)))


@given(sheet, st.sets(st.sampled_from("abcd")))
def test_no_rule_is_lost_or_changes_its_place(parts: list[str], classes: set[str]) -> None:
    text = "".join(parts)
    assert "".join(map(str, rules(text))) == text
    with_all = applicable(text, set("abcd") | {"e:f"}).text
    assert applicable(with_all, classes).text == applicable(text, classes).text
    without_blocks = [part for part in parts if part != "@media print{}"]
    assert with_all == "".join(without_blocks)
