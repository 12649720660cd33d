"""One rule each: who is the source, what is the content, in constructed sentences."""

from __future__ import annotations

import pytest

from tests.reading.reader import needs_reader, rows, said

pytestmark = needs_reader


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The ministry said that the ford was open.",
         [("The ministry", "said", "the ford was open", "asserted")]),
        ("The ford, the ministry said, was open.",
         [("the ministry", "said", "The ford … was open", "asserted")]),
        ("The ford was open on Monday, said the ministry.",
         [("the ministry", "said", "The ford was open on Monday", "asserted")]),
        ("The talks, two officials with knowledge of them said, broke down.",
         [("two officials with knowledge of them", "said", "The talks … broke down", "asserted")]),
        ("Avaria denied shelling the ford.",
         [("Avaria", "denied", "shelling the ford", "denied")]),
        ("The minister ruled out a pause.", [("The minister", "ruled out", "a pause", "denied")]),
        ("The envoy urged both sides to resume talks.",
         [("The envoy", "urged", "both sides to resume talks", "asserted")]),
        ("The council called for a pause.",
         [("The council", "called for", "a pause", "asserted")]),
        ("The army made clear that it would stay.",
         [("The army", "made", "it would stay", "asserted")]),
        ("The governor is confident that the dam will hold.",
         [("The governor", "confident", "the dam will hold", "asserted")]),
    ],
)  # fmt: skip
def test_complements(text: str, expected: list[tuple[str, str, str, str]]) -> None:
    assert said(text) == expected


def test_an_attitude_is_the_narrators_characterisation() -> None:
    (row,) = rows("The president of Avaria sees the talks as a trap.")
    assert (row.what, row.mode, row.rule) == ("attitude or intent", "indirect", "naming")
    assert row.says == "the talks as a trap"


def test_conjoined_verbs_have_one_speaker() -> None:
    text = "The ministry said that the ford had been shelled and accused Belmar of lying."
    assert said(text) == [
        ("The ministry", "said", "the ford had been shelled", "asserted"),
        ("The ministry", "accused", "Belmar of lying", "asserted"),
    ]
    (row,) = rows("The envoy confirmed that Avaria has urged a pause and has hosted new talks.")
    assert row.says.endswith("has hosted new talks")


def test_two_sources_of_one_claim() -> None:
    text = "Analysts believe, and foreign officials concede, that the line is thin."
    assert said(text) == [
        ("Analysts", "believe", "the line is thin", "asserted"),
        ("foreign officials", "concede", "the line is thin", "asserted"),
    ]


def test_according_to() -> None:
    assert said("According to the mayor of Orsa, two mills burned, but nobody was hurt.")[0] == (
        "the mayor of Orsa", "According to", "two mills burned", "asserted")  # fmt: skip
    assert said("Two mills burned, according to the mayor of Orsa.")[0][2] == "Two mills burned"
    (row,) = rows("In the view of one ambassador, the plan is dead.")
    assert (row.source.type, row.says) == ("anonymous", "the plan is dead")


def test_passives() -> None:
    (row,) = rows("The offer was rejected by Belmar as an insult.")
    assert row.source.surface is not None and row.source.surface.text == "Belmar"
    assert (row.polarity, row.says) == ("denied", "The offer … as an insult")
    (row,) = rows("It was reported that the ford had been closed.")
    assert (row.source.type, row.source.surface) == ("passive", None)
    assert row.says == "the ford had been closed"


def test_nouns() -> None:
    (row, other) = rows("Avaria's claim that the ford is open is disputed by the monitors.")
    assert (row.rule, row.says) == ("noun", "the ford is open")
    assert (other.polarity, other.responds_to) == ("denied", row.id)


def test_colons() -> None:
    assert said("Governor of Orsa: We are ready to talk.") == [
        ("Governor of Orsa", ":", "We are ready to talk", "asserted")]
    assert said("Ford to reopen on Monday: port authority")[0][0] == "port authority"
    assert said("Outlook: The river may rise.") == []


def test_declining_and_not_saying() -> None:
    assert said("A spokesperson for the army declined to comment on the losses.") == [
        ("A spokesperson for the army", "declined to comment", "the losses", "declined")]
    assert said("The army would not say how many had died.")[0][2:] == (
        "how many had died", "declined")
    assert said("The army did not confirm the loss of the ford.")[0][3] == "not said"
    assert [s[3] for s in said("Neither side confirmed the figure.")] == ["not said"]
    assert [s[0] for s in said("Neither Avaria nor Belmar confirmed the figure.")] == [
        "Avaria", "Belmar"]  # fmt: skip


def test_the_narrators_own_claims() -> None:
    first, second = rows("With the army of Avaria holding the ford, Belmar may seek a pause.")
    assert (first.layer, first.says) == ("presupposition", "the army of Avaria holding the ford")
    assert (second.layer, second.what) == ("narrator", "assessment or prediction")
    (row,) = rows("The army of Avaria has moved two brigades to the river.")
    assert (row.layer, row.what, row.mode) == ("narrator", "action", "unattributed")


def test_a_chain_of_sources() -> None:
    (row,) = rows("The envoy said that the president of Avaria had told her that he agreed.")
    assert [link.surface.text for link in row.chain if link.surface] == ["the president of Avaria"]
    (row,) = rows("The agency quoted a colonel as saying that the ford was lost.")
    assert row.source.surface is not None and row.source.surface.text == "The agency"
    assert [link.surface.text for link in row.chain if link.surface] == ["a colonel"]


def test_what_follows_an_aside_after_a_dash_is_the_narrators() -> None:
    text = "“Facts on the ground,” as Putin put it, must be seen — and the army appears to agree."
    first, second = rows(text)
    assert first.says == "Facts on the ground … must be seen"
    assert (second.layer, second.says) == ("narrator", "the army appears to agree")
