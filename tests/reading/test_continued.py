"""Reported speech that goes on; nouns with the clause set apart."""

from __future__ import annotations

from tests.reading.reader import needs_reader, rows, said

pytestmark = needs_reader


def test_a_pluperfect_sentence_goes_on_with_the_one_before() -> None:
    (row,) = rows("The minister insisted that the town had been warned. Leaflets had been dropped.")
    assert row.says == "the town had been warned. Leaflets had been dropped"
    assert row.needs_review


def test_a_sentence_in_the_past_is_the_narrators() -> None:
    (row, *_) = rows("The minister insisted that the town had been warned. Shells fell at noon.")
    assert row.says == "the town had been warned"


def test_a_noun_with_its_clause_set_apart() -> None:
    text = "The dispute began with the envoy's remark, made in passing, that no purse is endless."
    assert ("the envoy", "no purse is endless") in [(r[0], r[2]) for r in said(text)]


def test_a_version_after_a_colon() -> None:
    (row,) = said("The league's version: a missile, launched from the quarry.")
    assert (row[0], row[2]) == ("The league", "a missile, launched from the quarry")


def test_to_believe_somebody() -> None:
    (row,) = said("To believe the bulletin, the money was never the point.")
    assert (row[0], row[2]) == ("the bulletin", "the money was never the point")


def test_a_reply_is_its_owners() -> None:
    (row,) = said("“The ferry carried onions,” was the minister’s reply.")
    assert (row[0], row[2]) == ("the minister", "The ferry carried onions")
