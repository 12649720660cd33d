"""A ledger beside a scenario: claims found, tests suggested, what is missed and to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.reading.made_rows import read, written
from zopa.reading.against import Against, beside
from zopa.reading.ledger import stored_in_json_lines, to_json_lines, to_yaml
from zopa.reading.row import Row
from zopa.reading.sections import against_lines, plain, stored_against
from zopa.scenario.load import load

REPORT = Path(__file__).parents[3] / "shared" / "reports" / "us-policy-shift-2025.txt"
CLAIMS = [
    ("Putin", "the longer Kiev delays the talks, the worse its position becomes"),
    ("Bruce", "the options that are left are not serious except a negotiated settlement"),
    ("An analyst", "sanctions will never bring Moscow to accept a ceasefire"),
    ("A mayor", "the bridge was repaired on Tuesday"),
]
SCENARIO = load("ukraine-2025")


def beside_made(rows: list[Row], before: Against | None = None) -> Against:
    return beside(rows, SCENARIO, "ukraine-2025", {"report": written(CLAIMS)}, before=before)


def test_rows_find_their_claims_with_reasons() -> None:
    rows = read(CLAIMS)
    found = beside_made(rows)
    first = found.of(rows[0].id)
    assert first is not None
    assert first.claims[0].claim == "delay-worsens-kyiv"
    assert "the same speaker" in first.claims[0].why and "content words" in first.claims[0].why
    assert first.tests[0].test == "waiting_worsens_terms"
    assert first.tests[0].args == {"party": "kyiv"}
    assert found.of(rows[3].id) is None


def test_what_looks_testable_and_fits_nothing_is_to_do() -> None:
    rows = read(CLAIMS)
    assert [to_do.row for to_do in beside_made(rows).to_do] == [rows[2].id]


def test_every_claim_is_found_missed_or_of_another_source() -> None:
    found = beside_made(read(CLAIMS))
    named = {near.claim for one in found.suggestions for near in one.claims}
    rest = [missed.claim for missed in found.missed] + list(found.elsewhere)
    assert sorted([*named, *rest]) == sorted(SCENARIO.claims)


def test_missed_claims_show_the_nearest_characters() -> None:
    text = "Nobody said much. Fatigue with the war grows among American officials."
    found = beside(read([("Bruce", "a negotiated settlement is the only serious option left")]),
                   SCENARIO, "ukraine-2025", {"report": text})
    (missed,) = [m for m in found.missed if m.claim == "american-fatigue"]
    assert missed.nearest is not None
    assert text[missed.nearest.start:missed.nearest.end] == missed.nearest.text
    assert missed.nearest.text.startswith("Fatigue")


def test_decisions_about_suggestions_survive_and_none_is_dropped() -> None:
    rows = read(CLAIMS)
    before = beside_made(rows)
    chosen = before.model_copy(update={"suggestions": tuple(
        one.model_copy(update={"decision": "confirmed"}) for one in before.suggestions)})
    again = beside_made(rows, chosen)
    assert [one.decision for one in again.suggestions] == ["confirmed"] * len(before.suggestions)
    fewer = beside_made(rows[1:], chosen)
    assert fewer.of(rows[0].id) == chosen.of(rows[0].id)


@pytest.mark.parametrize("json_lines", [False, True])
def test_the_part_comes_back_from_the_file(json_lines: bool) -> None:
    rows = read(CLAIMS)
    found = beside_made(rows)
    text = (to_json_lines if json_lines else to_yaml)(rows, beside={"against": plain(found)})
    assert stored_against(text, "claims", json_lines) == found
    if json_lines:
        assert stored_in_json_lines(text).rows == tuple(rows)


def test_the_terminal_counts_and_names_the_missed() -> None:
    found = beside_made(read(CLAIMS))
    lines = list(against_lines(found))
    assert lines[0].startswith("beside ukraine-2025: ")
    assert any(line.startswith("  to do ") for line in lines)


def test_claims_of_the_report_are_found_or_listed_as_missed() -> None:
    if not REPORT.is_file():
        pytest.skip("the report is not here: it is not part of the project")
    pytest.importorskip("spacy", reason="the extra `read` is not installed")
    from zopa.reading.read import read_text

    ledger = read_text(REPORT.read_text(encoding="utf-8"), document=REPORT.name)
    found = beside(ledger.rows, SCENARIO, "ukraine-2025", {REPORT.name: ledger.text})
    named = {near.claim for one in found.suggestions for near in one.claims}
    missed = {one.claim: one for one in found.missed}
    ours = {name for name, claim in SCENARIO.claims.items()
            if getattr(claim.source, "cite", None) == "policy-shift-report"}
    assert ours <= named | set(missed)
    assert len(ours & named) >= 26
    for name in ours & set(missed):
        nearest = missed[name].nearest
        assert nearest is not None
        assert ledger.text[nearest.start:nearest.end] == nearest.text
