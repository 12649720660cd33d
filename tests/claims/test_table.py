"""The table is whole: every row can be read, written and mirrored."""

from __future__ import annotations

import string

import pytest

from zopa.claims.table import TESTS, Kind, Mirror, TestSpec

ROWS = list(TESTS.values())


def test_the_table_has_the_tests_of_the_model() -> None:
    assert set(TESTS) == {
        "only_settlement", "victory_unlikely", "waiting_worsens_terms", "leverage_rising",
        "advantage", "advanced", "advancing", "support_declined", "patron_withdraws",
        "support_reflects_position",
        "zone_includes", "agreement_includes", "prefers_deal", "lever_futile", "worse_off_if",
        "forgone_offer_was_better"}  # fmt: skip


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_row(row: TestSpec) -> None:
    named = {field for _, field, _, _ in string.Formatter().parse(row.reads) if field}
    names = [a.name for a in row.arguments]
    assert named <= set(names)
    assert len(names) == len(set(names))
    assert row.formula and row.unit
    sides = any(a.kind is Kind.PARTY for a in row.arguments)
    assert (row.mirror is Mirror.OTHER_SIDE) == sides


def test_signature() -> None:
    assert TESTS["victory_unlikely"].signature == "victory_unlikely(party, at=now)"
    assert TESTS["only_settlement"].signature == "only_settlement()"
