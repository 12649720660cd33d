"""YAML 1.2: scalars, duplicate keys, tags, aliases, places; the C and the plain scanner agree."""

from __future__ import annotations

import math
from functools import partial

import pytest
import ruamel.yaml

from zopa.core.errors import InputError
from zopa.scenario.document import MOST_NODES, compose, scalar
from zopa.scenario.source import examples
from zopa.scenario.template import template_text


def faults(text: str) -> list[str]:
    with pytest.raises(InputError) as caught:
        compose(text, "f.yaml")
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("text", "value"),
    [("NO", "NO"), ("yes", "yes"), ("off", "off"), ("true", True), ("False", False), ("017", 17),
     ("0o17", 15), ("0x1F", 31), ("-3", -3), ("+1", 1), ("1_000", "1_000"), ("12:30", "12:30"),
     ("1.", 1.0), (".5", 0.5), ("1e-3", 1e-3), ("2025-05-31", "2025-05-31"), ("~", None),
     ("", None), ("null", None), (".inf", math.inf), ("-.Inf", -math.inf), ("1.2.3", "1.2.3"),
     ("9" * 30, float("9" * 30))])  # fmt: skip
def test_core_schema(text: str, value: object) -> None:
    assert scalar(text) == value
    assert type(scalar(text)) is type(value)


def test_keys_are_text_and_quoted_values_stay_text() -> None:
    data = compose("NO: '1'\n1: x\ntrue: \"2\"\n", "f").data
    assert data == {"NO": "1", "1": "x", "true": "2"}


def test_places() -> None:
    document = compose("a:\n  b: 1\n  c: [x, {d: 2}]\n", "f.yaml")
    assert document.where(("a", "b")) == "f.yaml:2:3"
    assert document.where(("a", "c", 1, "d")) == "f.yaml:3:11"
    assert document.where(("a", "absent")) == "f.yaml:1:1"
    assert document.where_dotted("a.c.1.d") == "f.yaml:3:11"


def test_a_key_that_looks_like_a_place_in_a_list() -> None:
    document = compose("moves:\n  1: 0.3\n", "f.yaml")
    assert document.where_dotted("moves.1") == "f.yaml:2:3"


def test_duplicate_keys_name_both_places_all_at_once() -> None:
    found = faults("a: 1\nb: 2\na: 3\nb: {c: 1, c: 2}\n")
    assert len(found) == 3
    assert found[0] == "f.yaml:3:1: a is given twice, first on line 1. Remove one of them."
    assert found[1].startswith("f.yaml:4:1: b is given twice")
    assert "c is given twice" in found[2]


def test_tags_are_refused_and_never_evaluated() -> None:
    found = faults("a: !!python/object/apply:os.getcwd []\nb: !mine 1\n")
    assert len(found) == 2
    assert "tag" in found[0] and found[1].startswith("f.yaml:2:4: b has the tag !mine")


def test_aliases_stand_for_their_value() -> None:
    assert compose("a: &x {b: 1}\nc: *x\n", "f").data == {"a": {"b": 1}, "c": {"b": 1}}


def test_an_alias_of_nothing_and_of_itself() -> None:
    assert "stands for nothing" in faults("a: *nope\n")[0]
    assert "stands for nothing" in faults("a: &x [1, *x]\n")[0]


def test_an_alias_bomb_is_refused_before_it_expands() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]" for i in range(1, 30)]
    found = faults("\n".join(lines))
    assert f"more than {MOST_NODES} values" in found[-1]


def test_aliases_of_a_long_text_are_bounded() -> None:
    text = f"a: &a {'x' * 1_000_000}\nb: [{', '.join(['*a'] * 100)}]\n"
    assert f"more than {MOST_NODES} values" in faults(text)[-1]


def test_deep_nesting_is_refused() -> None:
    assert "nested more than" in faults("[" * 2000 + "]" * 2000)[-1]


def test_one_document_a_file() -> None:
    assert faults("a: 1\n---\nb: 2\n")[0].startswith("f.yaml:3:1: a second document")


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [("a: b: c\n", "f.yaml:1:5", "a ':' where none can be"),
     ("a: [1, 2\nb: 3\n", "f.yaml:2:2", "not closed"),
     ("a: 'x\n", "f.yaml:2:1", "not closed"),
     ("a:\n\tb: 1\n", "f.yaml:2:1", "no value can start"),
     ("a: @x\n", "f.yaml:1:4", "no value can start"),
     ("a:\n  b: 1\n c: 2\n", "f.yaml:3:2", "indented unlike"),
     ("a: 1\nword\n", "f.yaml:3:1", "not YAML"),
     ("[a]: 1\n", "f.yaml:1:1", "not text"),
     ("a: \x07\n", "f.yaml:1:4", "U+0007")])  # fmt: skip
def test_syntax(text: str, place: str, words: str) -> None:
    found = faults(text)[0]
    assert found.startswith(f"{place}: ") and words in found


@pytest.mark.parametrize("name", ["template", *sorted(examples())])
def test_the_plain_scanner_reads_the_same(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    text = template_text() if name == "template" else examples()[name].read_text(encoding="utf-8")
    usual = compose(text, "f.yaml")
    monkeypatch.setattr(ruamel.yaml, "YAML", partial(ruamel.yaml.YAML, pure=True))
    plain = compose(text, "f.yaml")
    assert plain.data == usual.data
    assert plain.marks == usual.marks


@pytest.mark.parametrize(("text", "data"), [
    ("{a: http://x.org/a, b: c}", {"a": "http://x.org/a", "b": "c"}),
    ("[a:b, c]", ["a:b", "c"]),
    ("a: {b: 12:30}\nc: NO", {"a": {"b": "12:30"}, "c": "NO"})])
def test_a_colon_inside_a_text_in_brackets(text: str, data: object) -> None:
    assert compose(text, "x.yaml").data == data
