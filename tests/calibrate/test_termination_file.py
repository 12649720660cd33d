"""The file of endings: episodes become wars, and what cannot be read is named by row and column."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT
from tests.calibrate.wars import row, text
from zopa.calibrate.termination_file import read_terminations, terminations
from zopa.core.errors import InputError

DATA = ROOT.parent / "shared" / "data" / "ucdp-term-dyad-3-2021.csv"


def test_rows_of_an_episode_are_one_war() -> None:
    [war], last = terminations(text(row(year=1990, kind=3), row(
        year=1991, start="3/5/90", end="6/1/91", outcome="2", kind=4, region="1, 2")), "made.csv")
    assert (war.start, war.end, war.outcome) == (
        dt.date(1990, 3, 5), dt.date(1991, 6, 1), "ceasefire")
    assert (war.kind, war.region, war.location, war.conflict) == ("internal", "europe", "A, B", 7)
    assert last == dt.date(1991, 12, 31)


def test_a_war_without_an_outcome_goes_on() -> None:
    wars, last = terminations(text(row(), row(year=1991, end="."), row(
        dyad=2, year=1995, start="1/2/95")), "made.csv")
    assert [(war.dyad, war.end, war.outcome) for war in wars] == [
        (1, dt.date(1991, 12, 31), None), (2, dt.date(1995, 12, 31), None)]
    assert last == dt.date(1995, 12, 31)


def test_years_of_two_digits_take_the_century_of_their_row() -> None:
    wars, _ = terminations(text(
        row(dyad=1, year=1946, start="7/18/46", end="7/21/46", outcome="4"),
        row(dyad=2, year=2020, start="1/3/20", end="11/10/20", outcome="1.0")), "made.csv")
    assert [war.start.year for war in wars] == [1946, 2020]
    assert [war.outcome for war in wars] == ["victory-b", "agreement"]


def test_what_follows_an_outcome_in_an_episode_is_the_next_war() -> None:
    wars, _ = terminations(text(
        row(year=2002, start="2/1/02", end="7/4/02", outcome="5"),
        row(year=2003, start="2/1/02"),
        row(year=2004, start="2/1/02", end="4/4/04", outcome="6")), "made.csv")
    assert [(war.start, war.outcome) for war in wars] == [
        (dt.date(2002, 2, 1), "low-activity"), (dt.date(2003, 1, 1), "ceases")]


@pytest.mark.parametrize(("changed", "said"), [
    (row(outcome="9"), "made.csv:2: outcome must be a code from 1 to 6, or empty, but is '9'"),
    (row(start="31/31/90"), "made.csv:2: start_date2 must be a date, month/day/year"),
    (row(kind=8), "made.csv:2: type_of_conflict must be a code from 1 to 4, but is '8'"),
    (row(region="9"), "made.csv:2: region must be codes from 1 to 5"),
    (row(year=99), "made.csv:2: year must be a year, but is '99'"),
    (row().replace("1,7,", "x,7,", 1), "made.csv:2: dyad_id must be a whole number, but is 'x'"),
])
def test_a_wrong_cell_is_named(changed: str, said: str) -> None:
    with pytest.raises(InputError) as caught:
        terminations(text(changed), "made.csv")
    assert str(caught.value).startswith(said)
    assert len(caught.value.problems) == 1


def test_another_file_is_refused_in_one_line(tmp_path: Path) -> None:
    for content, said in (("date,value\n2020-01-01,3\n", "it has no column dyad_id"),
                          (text(), "it has no row below the column names")):
        with pytest.raises(InputError, match=said) as caught:
            terminations(content, "made.csv")
        assert "\n" not in str(caught.value)
    with pytest.raises(InputError, match="cannot be read"):
        read_terminations(tmp_path / "nowhere.csv")


@pytest.mark.skipif(not DATA.is_file(), reason="needs ../shared/data/ucdp-term-dyad-3-2021.csv")
def test_the_published_file_reads() -> None:
    found = read_terminations(DATA)
    between = Counter(war.outcome for war in found.wars if war.kind == "interstate")
    assert (between["agreement"], between["ceasefire"], between["low-activity"]) == (14, 15, 19)
    assert found.last == dt.date(2020, 12, 31) and len(found.wars) > 900
