"""Rows and the ledger: ids, round trips, spans, and the errors of broken files."""

from __future__ import annotations

import pytest

from tests.reading.reader import needs_reader, rows
from zopa.core.errors import InputError
from zopa.reading.ledger import from_json_lines, from_yaml, to_json_lines, to_yaml
from zopa.reading.read import read_text
from zopa.reading.row import Row, identify

TEXT = (
    "The foreign ministry of Avaria said that the regime in Belmar had probably moved its guns.\n\n"
    "“They are liars,” the ambassador of Belmar replied. Neither side confirmed the figure.\n\n"
    "The foreign ministry of Avaria said that the regime in Belmar had probably moved its guns."
)


@needs_reader
def test_a_ledger_survives_yaml_and_json_lines() -> None:
    found = rows(TEXT)
    assert len(found) == 4
    assert from_yaml(to_yaml(found)) == found
    assert from_json_lines(to_json_lines(found)) == found


@needs_reader
def test_every_span_reads_what_the_text_reads() -> None:
    ledger = read_text(TEXT)
    for row in ledger.rows:
        spans = [*row.content, *row.hedges, *(hit.span for hit in row.loaded)]
        spans += [row.cue.span] if row.cue else []
        spans += [row.source.surface] if row.source.surface else []
        for span in spans:
            assert ledger.text[span.start : span.end] == span.text


@needs_reader
def test_ids_are_of_the_content_and_distinct() -> None:
    found, again = rows(TEXT), rows("Rain fell.\n\n" + TEXT)
    assert len({row.id for row in found}) == len(found)
    assert {row.id for row in found} <= {row.id for row in again}
    assert found[0].id != found[-1].id and found[0].says == found[-1].says


@needs_reader
def test_hedges_and_loaded_words_with_their_owner() -> None:
    first, second = rows(TEXT)[:2]
    assert [span.text for span in first.hedges] == ["probably"]
    assert [(hit.span.text, hit.owner) for hit in first.loaded] == [("regime", "narrator")]
    assert [(hit.span.text, hit.owner) for hit in second.loaded] == [("liars", "speaker")] or (
        second.loaded == ())


def test_no_field_says_whether_a_claim_is_true() -> None:
    assert not {"truth", "true", "confidence", "probability", "verified"} & set(Row.model_fields)


def test_an_id_disregards_case_and_spacing() -> None:
    one = identify("attributed", "A", "said", ("the  Ford is open",), "asserted")
    assert one == identify("attributed", "a", "Said", ("the ford is open",), "asserted")
    assert one != identify("attributed", "a", "Said", ("the ford is open",), "denied")


@pytest.mark.parametrize(
    "text", ["", "rows: []", "zopa-claims: 1\nrows: [{id: x}]", "zopa-claims: 1\nrows: [", "- 3"]
)
def test_a_broken_ledger_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="claims.yaml"):
        from_yaml(text)
    with pytest.raises(InputError, match="claims.jsonl"):
        from_json_lines("{")
