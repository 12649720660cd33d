"""Reading and replacing by path."""

from __future__ import annotations

import pytest

from tests.scenario.made import made
from zopa.core.errors import ArgumentError
from zopa.scenario.patch import lookup, replace_at, structural


def test_lookup() -> None:
    assert lookup(made(), "war.support.west.present") == "high"
    assert lookup(made(), "war.position.moves.static.-1") == 0.05
    assert lookup(made(), "constraints.0.forbid.border.0") == "old-line"


@pytest.mark.parametrize(
    ("path", "words"),
    [("war.talk.rate", "war has no 'talk'. Did you mean 'talks'?"),
     ("wra", "the scenario has no 'wra'"), ("war.horizon.x", "war.horizon has no 'x'"),
     ("constraints.7", "constraints has no '7'. There is 0.")])
def test_lookup_says_what_is_missing(path: str, words: str) -> None:
    with pytest.raises(ArgumentError, match="does not exist") as caught:
        lookup(made(), path)
    assert words in str(caught.value)


def test_replacing_leaves_the_rest_and_the_original() -> None:
    scenario = made()
    other = replace_at(scenario, "issues.border.options.freeze.available", False)
    assert other.issues["border"].options["freeze"].available is False
    assert scenario.issues["border"].options["freeze"].available is True
    assert other.issues["harbour"] is scenario.issues["harbour"]
    assert other.origin == scenario.origin


def test_a_value_that_does_not_fit_is_refused() -> None:
    with pytest.raises(ArgumentError, match=r"war\.position\.ends cannot be set to 'hold'"):
        replace_at(made(), "war.position.ends", "hold")


def test_structure_of_a_lever() -> None:
    scenario = made()
    changed = structural(scenario, scenario.levers["less-support"])
    assert changed.war is not None and changed.war.support["west"].present == "low"
    assert structural(scenario, scenario.levers["hosted-talks"]) == scenario
