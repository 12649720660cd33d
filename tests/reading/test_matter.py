"""Terms of a claim: stems, actors as markers, the sign."""

from __future__ import annotations

import pytest

from zopa.reading.actors import Actors, Entry
from zopa.reading.matter import Weights, marked, matter, stem

ACTORS = Actors().extended([
    Entry(name="Avaria", places=("Avaria", "Port Elm"), adjectives=("Avarian",)),
    Entry(name="Belmar", places=("Belmar",), adjectives=("Belmari",), aliases=("Us Belmari",)),
])


@pytest.mark.parametrize("words", [
    ("negotiate", "negotiated", "negotiating", "negotiators", "negotiations", "negotiation"),
    ("territory", "territories", "territorial"),
    ("advance", "advanced", "advancing", "advances"),
    ("escalate", "escalation"), ("stopped", "stopping", "stop"), ("reply", "replies"),
])
def test_forms_of_a_word_have_one_stem(words: tuple[str, ...]) -> None:
    assert len({stem(word) for word in words}) == 1


def test_different_words_keep_different_stems() -> None:
    words = ["force", "front", "terms", "terror", "state", "station", "support", "supply"]
    assert len({stem(word) for word in words}) == len(words)


def test_names_of_an_actor_are_one_term() -> None:
    one = matter("Avarian troops left Port Elm", ACTORS)
    other = matter("Avaria’s soldiers leave Port Elm", ACTORS)
    assert one == other and "{Avaria}" in one.terms


@pytest.mark.parametrize(("text", "positive"), [
    ("it will accept the terms", True), ("it will not accept the terms", False),
    ("it refuses the terms", False), ("it does not refuse the terms", True),
    ("it won’t accept the terms", False),
])
def test_words_that_turn_a_statement_round_change_its_sign(text: str, positive: bool) -> None:
    assert matter(text, ACTORS).positive is positive


def test_marked_words_carry_the_keys_of_a_scenario() -> None:
    text = "The longer Port Elm waits, Belmari forces win"
    assert marked(text, ACTORS, {"Avaria": "a-side"}) == (
        "the longer {a-side} waits belmari forces win")


def test_near_is_one_for_the_same_terms_and_zero_for_none_in_common() -> None:
    one, other = matter("the bridge is mined", ACTORS), matter("talks resume", ACTORS)
    weights = Weights.of([one, other])
    assert weights.near(one, one) == pytest.approx(1)
    assert weights.near(one, other) == 0
