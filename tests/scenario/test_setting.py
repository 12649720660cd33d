"""A setting as a patch and as a query string, and what is wrong with one."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.questions.tiny import claim, tiny
from zopa.core.errors import InputError
from zopa.scenario.setting import Setting, checked, from_query, from_yaml, read

NAMES = st.from_regex(r"[a-z][a-z0-9-]{0,8}(\.[a-z][a-z0-9-]{0,8}){0,3}", fullmatch=True)
NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
SETTINGS = st.builds(
    lambda held, doses, believed: Setting(
        tuple(sorted(held.items())), tuple(sorted(doses.items())),
        tuple(sorted(believed.items()))),
    st.dictionaries(NAMES, NUMBERS, max_size=4),
    st.dictionaries(NAMES.filter(lambda name: "." not in name), NUMBERS, max_size=3),
    st.dictionaries(NAMES.filter(lambda name: "." not in name), st.booleans(), max_size=3))
SCENARIO = tiny({"claims.c": claim("only_settlement"),
                 "claims.opinion": claim("only_settlement") | {"tests": [], "kind": "normative"}})


@given(SETTINGS)
def test_patch_and_query_give_the_setting_back(setting: Setting) -> None:
    assert from_yaml(setting.to_yaml()) == setting
    assert from_query(setting.to_query()) == setting
    assert from_query("?" + setting.to_query()) == setting


def test_one_setting_has_one_text_whatever_came_first() -> None:
    one = Setting().with_lever("b", 1.0).with_lever("a", 0.5).with_input("war.talks.rate", 0.3)
    other = Setting().with_input("war.talks.rate", 0.3).with_lever("a", 0.5).with_lever("b", 1.0)
    assert one == other
    assert one.to_yaml() == "inputs:\n  war.talks.rate: 0.3\nlevers:\n  a: 0.5\n  b: 1\n"
    assert one.to_query() == "i.war.talks.rate=0.3&l.a=0.5&l.b=1"


def test_taking_everything_back_is_the_base_case() -> None:
    setting = Setting().with_lever("a", 1.0).with_input("x", 2.0).with_claim("c", False)
    assert not setting.is_base and setting.to_data()["claims"] == {"c": False}
    base = setting.with_lever("a", None).with_input("x", None).with_claim("c", None)
    assert base.is_base and base == Setting() and base.to_yaml() == "{}\n" == Setting().to_yaml()
    assert from_yaml("{}\n").is_base and from_yaml("# nothing\n").is_base
    assert from_query("").is_base and from_query("theme=dark").is_base


def test_levers_are_switched_by_words_too() -> None:
    assert from_yaml("levers: {a: true, b: false, c: 0.5}").levers == (("a", 1.0), ("c", 0.5))


@pytest.mark.parametrize(("text", "where", "said"), [
    ("- a\n", "p.yaml:1:1", "a mapping of inputs, levers, claims"),
    ("input:\n  x: 1\n", "p.yaml:1:1", "no part 'input'. Did you mean 'inputs'"),
    ("inputs: 3\n", "p.yaml:1:1", "'inputs' is not a mapping"),
    ("inputs:\n  x: high\n", "p.yaml:2:3", "x must be a number, but is 'high'"),
    ("inputs:\n  x: true\n", "p.yaml:2:3", "x must be a number"),
    ("inputs:\n  x: .inf\n", "p.yaml:2:3", "not finite"),
    ("levers:\n  x: much\n", "p.yaml:2:3", "a dose, true or false"),
    ("claims:\n  x: 1\n", "p.yaml:2:3", "must be true or false, but is 1"),
    ("inputs: [\n", "p.yaml:2:1", "not YAML"),
])
def test_faults_of_a_patch_have_their_place(text: str, where: str, said: str) -> None:
    with pytest.raises(InputError) as raised:
        from_yaml(text, "p.yaml")
    assert where in str(raised.value) and said in str(raised.value)


@pytest.mark.parametrize("text", ["i.x=high", "i.x=inf", "l.x=", "c.x=perhaps"])
def test_faults_of_an_address_are_said(text: str) -> None:
    with pytest.raises(InputError, match="the address: x must be"):
        from_query(text)


def test_names_and_bounds_are_checked_all_at_once() -> None:
    setting = Setting((("war.talks.rat", 0.5), ("war.talks.rate", 1.5)),
                      (("less-support", 1.0), ("more-support", -1.0)),
                      (("c", True), ("d", True), ("opinion", True)))
    with pytest.raises(InputError) as raised:
        checked(setting, SCENARIO)
    said = str(raised.value).splitlines()
    assert len(said) == 6
    assert "Did you mean 'war.talks.rate'?" in said[0] and "but is 1.5" in said[1]
    assert "no lever 'less-support'" in said[2] and "the dose must be 0 to 10" in said[3]
    assert "no claim 'd'" in said[4] and "no test" in said[5]
    checked(Setting((("war.talks.rate", 1.0),), (("more-support", 2.0),), (("c", False),)),
            SCENARIO)


def test_a_patch_is_read_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "patch.yaml"
    path.write_text("levers: {more-support: 1}\n", encoding="utf-8")
    assert read(path) == Setting(levers=(("more-support", 1.0),))
    with pytest.raises(InputError, match="there is no such file"):
        read(tmp_path / "other.yaml")
