"""A second reading keeps what the reviewer decided, and loses none of it silently."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.reading.made_rows import read, written
from zopa.reading.ledger import (
    stored_in_json_lines,
    stored_in_yaml,
    to_json_lines,
    to_yaml,
)
from zopa.reading.merge import CHANGED, Merged, edited, merge, touched
from zopa.reading.row import Decision, Row, Span

YES = Decision(verdict="confirmed", note="seen in the transcript", by="AB")
CLAIMS = [("Alba", "it would send 20 tanks to the northern bridge"),
          ("Beria", "the port would stay closed until the spring"),
          ("Alba", "nobody had crossed the river at night")]


def decided(rows: list[Row], *which: int, **changed: Any) -> list[Row]:
    return [row.model_copy(update={"decision": YES} | changed) if k in which else row
            for k, row in enumerate(rows)]


def again(claims: list[tuple[str, str]], before: list[Row], opening: str = "", lost: Any = ()
          ) -> Merged:
    return merge(read(claims, opening), before, lost, {"report": written(claims, opening)})


def test_the_same_text_keeps_decisions_by_id() -> None:
    before = decided(read(CLAIMS), 1)
    merged = again(CLAIMS, before)
    assert merged.rows == tuple(before) and merged.lost == ()
    assert [match.how for match in merged.matches] == ["same id"]


def test_a_text_that_moved_takes_its_decisions_along() -> None:
    merged = again([CLAIMS[2], CLAIMS[1]], decided(read(CLAIMS), 1), "A new beginning.\n\n")
    text = written([CLAIMS[2], CLAIMS[1]], "A new beginning.\n\n")
    assert merged.rows[1].decision == YES
    for row in merged.rows:
        for span in (*row.content, row.source.surface):
            assert span and text[span.start:span.end] == span.text
    assert len(merged.rows) == 2 and merged.lost == ()


def test_nearly_the_same_words_are_decided_but_marked() -> None:
    now = [(CLAIMS[1][0], "the main port would stay closed until the late spring")]
    merged = again(now, decided(read(CLAIMS), 1))
    (row,) = merged.rows
    assert row.decision == YES and row.says == now[0][1]
    assert row.needs_review == (f"{CHANGED}“{CLAIMS[1][1]}”",)
    assert merged.matches[0].how == "nearly the same words" and merged.matches[0].overlap > 0.8
    assert again(now, list(merged.rows)).rows == merged.rows


def test_another_number_or_a_negation_is_another_claim() -> None:
    for changed in ("it would send 200 tanks to the northern bridge",
                    "it would not send 20 tanks to the northern bridge"):
        merged = again([("Alba", changed)], decided(read(CLAIMS), 0))
        assert merged.rows[0].decision is None
        assert [row.says for row in merged.lost] == [CLAIMS[0][1]]
        assert merged.lost[0].decision == YES


def test_an_adversary_never_gets_the_decision() -> None:
    merged = again([("Alba", CLAIMS[1][1])], decided(read(CLAIMS), 1))
    found = [row for row in merged.rows if row.decision]
    assert [row.source.name for row in (*found, *merged.lost)] == ["Beria"]


def test_best_match_first_and_one_to_one() -> None:
    old = [("Alba", "the bridge over the river was open to all traffic"),
           ("Alba", "the bridge over the river was open to all trucks")]
    now = [("Alba", "the bridge over the river was open to all heavy trucks"),
           ("Alba", "the bridge over the river was now open to all traffic")]
    before = [row.model_copy(update={"decision": Decision(verdict="confirmed", note=str(k))})
              for k, row in enumerate(read(old))]
    notes = [row.decision and row.decision.note for row in again(now, before).rows]
    assert notes == ["1", "0"]


def test_corrections_survive() -> None:
    before = read(CLAIMS)
    content = (Span(start=0, end=0, text="20 tanks to the northern bridge"),)
    source = before[1].source.model_copy(update={"name": "Government of Beria"})
    before[0] = before[0].model_copy(update={"content": content, "decision": YES})
    before[1] = before[1].model_copy(update={"source": source})
    before[2] = before[2].model_copy(update={"polarity": "denied"})
    assert all(map(edited, before))
    merged = again(CLAIMS, before, "More before it.\n\n")
    text = written(CLAIMS, "More before it.\n\n")
    assert merged.rows[0].says == content[0].text and merged.rows[0].decision == YES
    span = merged.rows[0].content[0]
    assert text[span.start:span.end] == span.text
    assert merged.rows[1].source.name == "Government of Beria"
    assert merged.rows[2].polarity == "denied"
    assert [row.id for row in merged.rows] == [row.id for row in before]
    assert again(CLAIMS, list(merged.rows), "More before it.\n\n").rows == merged.rows


def test_a_correction_of_what_it_is_survives_changed_words() -> None:
    corrected = Decision(verdict="corrected")
    before = decided(read(CLAIMS), 1, what="attitude or intent", decision=corrected)
    now = [(CLAIMS[1][0], "the main port would stay closed until the late spring")]
    merged = again(now, before, "New.\n\n")
    assert merged.rows[0].what == "attitude or intent" and merged.rows[0].says == now[0][1]
    text = written(now, "New.\n\n")
    for span in (merged.rows[0].source.surface, *merged.rows[0].content):
        assert span and text[span.start:span.end] == span.text
    assert again(now, list(merged.rows), "New.\n\n").rows == merged.rows


def test_what_the_reader_finds_no_more_stays_while_the_text_has_it() -> None:
    before = decided(read(CLAIMS), 1)
    merged = merge(read(CLAIMS)[:1], before, (), {"report": written(CLAIMS)})
    assert [row.says for row in merged.rows] == [CLAIMS[0][1], CLAIMS[1][1]]
    assert merged.matches[0].how == "its words stand in the text"


def test_what_is_lost_is_found_again() -> None:
    gone = again(CLAIMS[:1], decided(read(CLAIMS), 1))
    assert [row.says for row in gone.lost] == [CLAIMS[1][1]]
    back = again(CLAIMS, list(gone.rows), "", gone.lost)
    assert back.rows[1].decision == YES and back.lost == ()


def test_undecided_rows_are_those_of_the_new_reading() -> None:
    merged = again(CLAIMS[:1], read(CLAIMS))
    assert merged.rows == tuple(read(CLAIMS[:1])) and merged.lost == ()


def test_a_renamed_document_keeps_its_decisions() -> None:
    before = decided(read(CLAIMS, document="old.txt"), 0)
    merged = merge(read(CLAIMS), before, (), {"report": written(CLAIMS)})
    assert merged.rows[0].decision == YES and merged.rows[0].document == "report"
    assert merged.matches[0].how == "same id in another document"


def test_files_keep_what_was_lost() -> None:
    rows, lost = read(CLAIMS)[:2], decided(read(CLAIMS), 2)[2:]
    for stored in (stored_in_yaml(to_yaml(rows, lost)),
                   stored_in_json_lines(to_json_lines(rows, lost))):
        assert stored.rows == tuple(rows) and stored.lost == tuple(lost)
    assert "lost" not in to_yaml(rows)


WORDS = st.sampled_from("the a port bridge closed open 20 30 not would stay spring night".split())
CONTENT = st.lists(WORDS, min_size=1, max_size=6).map(" ".join)
TEXTS = st.lists(st.tuples(st.sampled_from(["Alba", "Beria"]), CONTENT), max_size=6)


@st.composite
def reviewed(draw: st.DrawFn) -> list[Row]:
    rows = []
    for k, row in enumerate(read(draw(TEXTS))):
        change: dict[str, Any] = {}
        if draw(st.booleans()):
            verdict = draw(st.sampled_from(["confirmed", "corrected", "rejected"]))
            change["decision"] = Decision(verdict=verdict, note=f"number {k}")
        if draw(st.integers(0, 3)) == 0:
            change["polarity"] = "denied"
        if draw(st.integers(0, 3)) == 0:
            change["content"] = (Span(start=0, end=0, text=draw(CONTENT)),)
        rows.append(row.model_copy(update=change))
    return rows


def notes(*rows: Row) -> list[str]:
    return sorted(str(row.decision.note) for row in rows if row.decision)


@given(reviewed(), TEXTS)
def test_no_decision_is_ever_lost_or_doubled(before: list[Row], claims: Any) -> None:
    merged = again(claims, before)
    assert notes(*merged.rows, *merged.lost) == notes(*before)
    assert all(map(touched, merged.lost))
    assert len(merged.matches) + len(merged.lost) == sum(map(touched, before))
    keys = [(row.document, row.id) for row in merged.rows]
    assert len(keys) == len(set(keys)) and len(keys) >= len(claims)


@given(reviewed(), TEXTS)
def test_reading_twice_changes_nothing(before: list[Row], claims: Any) -> None:
    once = again(claims, before)
    twice = again(claims, list(once.rows), "", once.lost)
    assert twice.rows == once.rows and twice.lost == once.lost


@given(reviewed(), TEXTS, TEXTS)
def test_decisions_come_back_with_their_text(before: list[Row], claims: Any, others: Any) -> None:
    there = again(claims, before)
    back = again(others, list(there.rows), "", there.lost)
    assert notes(*back.rows, *back.lost) == notes(*before)
