"""Several reports: told by several, contradicted, moved between dates, words beside actions."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.reading.made_rows import read
from zopa.reading.actors import Actors, Entry
from zopa.reading.courses import Several, compare
from zopa.reading.row import Row, Source
from zopa.reading.sections import plain, several_lines

ACTORS = Actors().extended([
    Entry(name="Avaria", places=("Avaria",), adjectives=("Avarian",)),
    Entry(name="Belmar", places=("Belmar", "Port Bel"), adjectives=("Belmari",)),
])
MARCH, APRIL = dt.date(2031, 3, 1), dt.date(2031, 4, 15)
READY = "it was ready to reopen the northern crossing to aid convoys"
SHELLED = "Belmar’s troops had shelled the grain market of Kallen"


def rows_of(*claims: tuple[str, str, str]) -> list[Row]:
    """Rows of `(document, speaker, content)`."""
    return [row for document, who, what in claims for row in read([(who, what)], document=document)]


def acted(row: Row) -> Row:
    return row.model_copy(update={"what": "action", "layer": "narrator", "mode": "unattributed",
                                  "source": Source(type="narrator"), "cue": None})


def compared(rows: list[Row], **dates: dt.date) -> Several:
    return compare(rows, {name.replace("_", "."): date for name, date in dates.items()}, ACTORS)


def test_the_same_claim_by_several_sources_is_one_group() -> None:
    rows = rows_of(("a", "Avaria", SHELLED), ("b", "Monitors", "Port Bel’s soldiers shelled the "
                   "grain market in Kallen"), ("b", "A trader", "the price of grain rose"))
    (group,) = compared(rows).groups
    assert (group.sources, group.documents) == (2, 2)
    assert [told.row for told in group.rows] == [rows[0].id, rows[1].id]
    assert group.rows[0].near == 1 and 0.6 <= group.rows[1].near <= 1
    assert compared(rows).contradictions == ()


def test_a_denial_of_the_same_is_a_contradiction_and_no_group() -> None:
    rows = rows_of(("a", "Avaria", SHELLED), ("b", "Belmar", SHELLED))
    rows[1] = rows[1].model_copy(update={"polarity": "denied"})
    found = compared(rows)
    (one,) = found.contradictions
    assert found.groups == ()
    assert {one.row, one.against} == {rows[0].id, rows[1].id}
    assert one.why == "one denies what the other says"


@pytest.mark.parametrize("polarity", ["declined", "not said"])
def test_who_says_nothing_contradicts_nobody(polarity: str) -> None:
    rows = rows_of(("a", "Avaria", SHELLED), ("b", "Belmar", SHELLED))
    rows[1] = rows[1].model_copy(update={"polarity": polarity})
    found = compared(rows)
    assert found.contradictions == () and found.groups == ()


def test_an_answer_with_a_denial_is_a_contradiction_where_it_is_about_the_same() -> None:
    rows = rows_of(("a", "Avaria", SHELLED), ("a", "Belmar", "shelling the market of Kallen"),
                   ("a", "Belmar", "a visit of the minister"))
    rows[1:] = [row.model_copy(update={"polarity": "denied", "responds_to": rows[0].id})
                for row in rows[1:]]
    (one,) = compared(rows).contradictions
    assert (one.row, one.against) == (rows[1].id, rows[0].id)


def test_other_numbers_are_another_claim_and_a_contradiction() -> None:
    rows = rows_of(("a", "Avaria", "20 soldiers were killed at the Elm bridge"),
                   ("b", "Belmar", "35 soldiers were killed at the Elm bridge"))
    found = compared(rows)
    assert found.groups == ()
    assert found.contradictions[0].why == "the same words with other numbers: 35, not 20"


def test_a_reversed_position_is_a_shift_and_no_contradiction() -> None:
    rows = rows_of(("april", "Avaria", READY.replace("was ready", "was not ready")),
                   ("march", "Avaria", READY),
                   ("later", "Avaria", READY))
    found = compared(rows, march=MARCH, april=APRIL)
    (course,) = found.timeline
    assert course.actor == "Avaria" and course.shift
    assert [step.move for step in course.steps] == ["first", "reversed", "undated"]
    assert [step.date for step in course.steps] == [MARCH, APRIL, None]
    assert found.contradictions == ()
    lines = list(several_lines(found))
    assert "  undated: later; --date FILE=YYYY-MM-DD says when" in lines
    assert any(line.startswith("  shift of Avaria, 2031-03-01 to 2031-04-15") for line in lines)


def test_the_same_position_again_is_no_shift() -> None:
    rows = rows_of(("march", "Avaria", READY), ("april", "Avaria", READY))
    (course,) = compared(rows, march=MARCH, april=APRIL).timeline
    assert not course.shift and [step.move for step in course.steps] == ["first", "the same"]


def test_words_stand_beside_actions() -> None:
    rows = rows_of(("a", "Avaria", READY),
                   ("b", "x", "Avaria closed the northern crossing to aid convoys"))
    rows[1] = acted(rows[1])
    found = compared(rows)
    (deed,) = found.words_and_actions
    assert (deed.actor, deed.words, deed.actions) == ("Avaria", (rows[0].id,), (rows[1].id,))
    assert deed.otherwise == (rows[1].id,)
    assert found.contradictions == ()


def test_the_order_of_the_reports_changes_no_pair() -> None:
    rows = rows_of(("a", "Avaria", SHELLED), ("b", "Belmar", SHELLED), ("c", "Monitors", SHELLED))
    rows[1] = rows[1].model_copy(update={"polarity": "denied"})

    def pairs(found: Several) -> set[frozenset[str]]:
        return {frozenset((one.row, one.against)) for one in found.contradictions}

    assert pairs(compared(rows)) == pairs(compared(rows[::-1]))
    assert len(pairs(compared(rows))) == 2


def test_the_parts_come_back_from_plain_data() -> None:
    rows = rows_of(("march", "Avaria", READY), ("april", "Avaria", READY))
    found = compared(rows, march=MARCH, april=APRIL)
    assert Several.model_validate(plain(found)) == found
