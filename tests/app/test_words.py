"""What the page says in words: the first lines, what changed, the verdicts."""

from __future__ import annotations

from tests.app.fake_engine import FULL, view
from tests.report import sample_answers
from zopa.app import headline
from zopa.app.changes import described, measures, table
from zopa.app.verdict_rows import verdict_rows
from zopa.report.view import View
from zopa.scenario.setting import Setting
from zopa.whatif.controls import controls

SCENARIO = sample_answers.scenario()
SLOW = Setting().with_input("war.talks.rate", 0.3)


def plain(text: str) -> str:
    return text.replace("\u202f", " ")


def test_the_first_lines_say_zone_deal_and_who_gains_by_waiting() -> None:
    lines = [plain(text) for text in headline.lines(sample_answers.view())]
    assert lines == [
        "Terms that both North and South prefer to fighting on for good exist with probability "
        "93 % (91–94 %), very likely.",
        "A deal within 12 months: 38 % (28–48 %).",
        "By waiting 12 months, in what each expects for itself today, North loses 0.024 and South "
        "loses 0.024; the terms then agreed change by +0.024 for North and −0.036 for South."]


def test_swapping_the_sides_keeps_who_gains() -> None:
    own = sample_answers.view()
    turned = View(own.scenario.swapped(), own.answers, own.manifest)
    assert "South loses 0.024 and North loses 0.024" in headline.waiting(turned)
    assert "−0.036 for South and +0.024 for North" in headline.waiting(turned)


def test_before_waiting_is_solved_there_are_two_lines() -> None:
    assert len(headline.lines(view(SCENARIO, SLOW))) == 2
    assert len(headline.lines(view(SCENARIO, SLOW, FULL))) == 3


def test_a_space_without_a_war_speaks_of_no_war() -> None:
    (only,) = headline.lines(sample_answers.view(False))
    assert "prefer to no agreement" in only and "fighting" not in only


def test_both_sides_values_of_fighting_on_have_intervals() -> None:
    text = headline.fighting_on(sample_answers.view())
    assert "0.30 to North (0.20 to 0.40) and 0.28 to South" in text and "0.41 to North" in text


def test_changes_are_sentences_with_names_and_units() -> None:
    setting = SLOW.with_lever("less-support", 0.5).with_claim("deadlock", True)
    said = described(setting, controls(SCENARIO))
    assert said[0] == "On: West gives money only, dose 0.5"
    assert said[1].startswith("Held: Probability of talks in a period at 0.3 probability per month")
    assert said[2].startswith("Taken as true: ")
    assert described(Setting(), controls(SCENARIO)) == ()


def test_the_main_numbers_stand_beside_those_of_the_base_case() -> None:
    rows = table(view(SCENARIO, SLOW), [view(SCENARIO, Setting())])
    assert [plain(cell) for cell in rows[0]] == [
        "There is a zone", "93 % (91–94 %)", "78 % (91–94 %)", "−15 points"]
    names = [row[0] for row in rows]
    assert "Never agreeing, for North" in names and "Never agreeing, for South" in names
    assert all(len(row) == 4 for row in rows)


def test_a_difference_is_not_made_up_where_one_is_not_defined() -> None:
    own = view(SCENARIO, Setting())
    zone = dict(own.answers["zone"]) | {"predicted": {}}
    none = View(SCENARIO, {**own.answers, "zone": zone})
    row = next(r for r in table(none, [own]) if r[0].startswith("Predicted"))
    assert row[2:] == ("not defined", "not defined")


def test_measures_of_a_space_without_a_war() -> None:
    assert [m.name for m in measures(sample_answers.view(False))][0] == "There is a zone"


def test_verdicts_say_who_and_where_and_the_other_side() -> None:
    rows = verdict_rows(sample_answers.view())
    assert len(rows) == 3
    assert rows[0].who and rows[0].found and rows[0].source
    assert any(row.mirror for row in rows)
