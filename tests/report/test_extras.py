"""What a test found beside its probability."""

from __future__ import annotations

import ast
from pathlib import Path

import zopa.questions
from tests.report import sample_answers
from zopa.questions.outcome import NO_ONE, RECORD, SAME
from zopa.report import cards
from zopa.report.extras import MEANT, extras


def test_values_are_written_as_what_they_are() -> None:
    view = sample_answers.view()
    entry = sample_answers.verdict("x", 0.9, test={
        "name": "support_declined", "args": {"patron": "west"}}, extra={
            "victory_rare": 0.25, "victory": 0.1, "victory_spread": {"low": 0.05, "high": 0.2},
            "moved": 0.05, "level_now": "high", "level_then": "gone", "records": 3,
            "largest_gain": 0.5, "largest_gain_spread": {"low": 0.25, "high": 0.75},
            "new": 2.0, "none": None})
    assert dict(extras(view, entry)) == {
        "Neither side is likely to win": "in 25\u202f% of the draws",
        "Probability of that victory": "10\u202f% (5–20\u202f%)",
        "Recorded change of position": "0.05 share", "Support now": "Arms and money",
        "Support then": "gone", "Records": "3", "New": "2",
        "Its largest gain from terms over fighting on": "0.5 (0.250 to 0.750)"}


def test_everything_that_tests_report_has_its_words() -> None:
    named: set[str] = set()
    for path in Path(zopa.questions.__path__[0]).glob("tests_*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.keyword) and node.arg == "extra":
                assert isinstance(node.value, ast.Dict)
                named |= {ast.literal_eval(key) for key in node.value.keys if key is not None}
    assert named and named == set(MEANT)


def test_what_would_have_to_be_true_where_no_input_is_the_hinge() -> None:
    view = sample_answers.view()

    def turns(reason: str, **more: object) -> str:
        return cards.tested(view, sample_answers.verdict(
            "x", 0.9, flips_at=None, flips_reason=reason, **({"hinge": None} | more))).turns

    assert turns(RECORD) == "Another record."
    assert turns(NO_ONE).startswith("No single input decides it")
    assert turns(SAME).startswith("For it to fail more often than it holds, inputs would have to")
    hinge = {"input": "war.talks.rate", "index": 0.4}
    assert turns("stays between 0.70 and 0.95 over the whole range of "
                 "war.talks.rate", hinge=hinge) == (
        "For it to fail more often than it holds, no value is known: its probability stays between "
        "0.70 and 0.95 over the whole range of this input.")
    assert turns("a {brace} in it").endswith("no value is known: a {brace} in it.")


def test_what_is_assumed_has_no_probability_to_show() -> None:
    view = sample_answers.view()
    told = cards.tested(view, sample_answers.verdict(
        "x", 1.0, words="assumed", assumed=True, assumed_true=True))
    assert told.measure == "assumed to be true" and told.turns == ""
    told = cards.tested(view, sample_answers.verdict(
        "x", 0.0, words="assumed", assumed=True, assumed_true=False))
    assert told.measure == "assumed to be false"
