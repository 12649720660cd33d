"""Two runs side by side: what is found, how it is ordered, what is not said."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest
from rich.console import Console

from tests.report import sample_answers
from tests.report.changed_runs import changed
from zopa.report.compare import Comparison, as_data, compare
from zopa.report.compare_answers import differences
from zopa.report.compare_headlines import exceeds, wilson
from zopa.report.compare_show import NOTHING, show, summary
from zopa.report.view import View

HAZARD = "war.hazards.north.base"
JUDGED = {"judgement": "Another reason for it."}


def shown(found: Comparison, everything: bool = False) -> str:
    console = Console(width=200, highlight=False)
    with console.capture() as capture:
        show(found, everything, console)
    return " ".join(capture.get().split())


def stored(view: View, digest: str = "") -> View:
    return View(view.scenario, view.answers,
                {**view.manifest, "files": {"answers.json": digest or "a"}})


@pytest.mark.parametrize("war", [True, False])
def test_a_run_against_itself(war: bool) -> None:
    view = stored(sample_answers.view(war))
    found = compare(view, view)
    data = as_data(found, everything=True)
    assert data["same"] == {"inputs": True, "text": True, "answers": True, "bytes": True}
    assert data["answers"]["differences"] == [] and data["inputs"]["numbers"] == []
    assert not any(one["changed"] for one in data["answers"]["headlines"])
    assert list(summary(found)) == [f"{NOTHING}, to the byte."]


def test_numbers_by_path_what_changed_and_the_largest_first() -> None:
    found = compare(changed(), changed({
        HAZARD: {"range": [0.001, 0.004], "unit": "probability per month", "source": JUDGED},
        "war.costs.south.base.source": JUDGED,
        "issues.border.weights.north.value": 0.61}))
    numbers = {change.path: change for change in found.inputs.numbers}
    assert list(numbers)[0] == HAZARD and list(numbers)[-1] == "war.costs.south.base"
    assert numbers[HAZARD].parts == ("distribution", "source")
    # the 95 % point moves farthest: 0.001 + 0.95 x 0.003 from 0.002
    assert numbers[HAZARD].size == pytest.approx((0.00385 - 0.002) / 0.00385)
    assert numbers["war.costs.south.base"].parts == ("source",)
    assert numbers["war.costs.south.base"].size == 0.0
    assert numbers["issues.border.weights.north"].parts == ("value",)
    assert found.inputs.structure == () and found.inputs.sides == "same"
    entry = as_data(found)["inputs"]["numbers"][0]
    assert entry["after"]["exact"] == {"range": [0.001, 0.004]}
    assert entry["after"]["source"] == "judgement, Another reason for it."
    assert f"{HAZARD} distribution, source" in shown(found)


def test_parts_that_came_or_went_are_one_change_each() -> None:
    option = {"title": "Sold", "values": {"north": 0.5, "south": 0.4}}
    found = compare(changed(), changed({"issues.harbour.options.sold": option,
                                        "claims.deadlock": None, "title": "Another title"}))
    by_path = {change.path: change for change in found.inputs.structure}
    assert by_path["issues.harbour.options.sold"].kind == "added"
    assert by_path["issues.harbour.options.sold"].numbers == 2
    assert by_path["claims.deadlock"].kind == "removed"
    assert by_path["title"].kind == "changed" and by_path["title"].after == "Another title"
    assert found.inputs.numbers == () and len(by_path) == 3
    back = {c.path: c.kind for c in compare(found.after, found.before).inputs.structure}
    assert back["issues.harbour.options.sold"] == "removed"
    assert back["claims.deadlock"] == "added"


def test_settings() -> None:
    found = compare(changed(), changed(draws=2048, seed=8, believe={"deadlock": True}, heavy=64))
    settings = {change.path: (change.before, change.after) for change in found.inputs.settings}
    assert settings == {"draws": (1024, 2048), "seed": (7, 8), "heavy": (None, 64),
                        "believe": ({}, {"deadlock": True})}
    assert not found.inputs.none and "believe – deadlock=true" in shown(found)


def test_swapped_sides_change_no_answer_by_name() -> None:
    view = stored(sample_answers.view())
    answers = json.loads(json.dumps(view.answers))
    answers["scenario"]["sides"].reverse()
    frontier = answers["zone"]["frontier"]
    frontier["sides"].reverse()
    frontier["disagreement"].reverse()
    frontier["points"] = [point[::-1] for point in frontier["points"]][::-1]
    answers["zone"]["cloud"] = [[b, a, inside] for a, b, inside in answers["zone"]["cloud"]]
    answers["zone"]["probability"] += 1e-12
    other = View(view.scenario.swapped(), answers, view.manifest)
    found = compare(view, View(other.scenario, answers,
                               {**view.manifest, "files": {"answers.json": "b"}}))
    assert found.inputs.sides == "another order"
    assert found.differences == () and not found.same_bytes
    assert found.inputs.numbers == () and found.inputs.structure == ()
    text = shown(found)
    assert "The sides are in another order." in text and "Answers: nothing changed." in text


def test_headlines_and_verdicts_by_size_with_both_values() -> None:
    found = compare(changed(), changed(answers={
        "zone.probability": 0.62, "zone.probability_interval": [0.59, 0.65],
        "zone.months_of_war": 21.6, "verdicts.south-stuck.probability": 0.49,
        "zone.predicted.package.border": "old-line"}))
    moved = [one for one in found.headlines if one.changed]
    assert [one.path for one in moved] == [
        "zone.probability", "zone.months_of_war", "zone.predicted.package.border"]
    zone, months, package = moved
    assert (zone.before, zone.after) == (0.93, 0.62)
    assert zone.change == pytest.approx(-0.31) and zone.exceeds is True
    assert months.exceeds is False and months.unit == "months"
    assert package.exceeds is None and package.after == "The line of before the war"
    (verdict,) = [one for one in found.verdicts if one.changed]
    assert verdict.path == "verdicts.south-stuck.probability" and verdict.exceeds is False
    assert [one.changed for one in found.headlines] == sorted(
        (one.changed for one in found.headlines), reverse=True)
    text = shown(found)
    assert text.index("A zone of possible agreement") < text.index("Verdicts")
    assert "−31.0 points yes" in text and "Every entry" not in text
    assert "zone.probability_interval.0" in shown(found, everything=True)


def test_an_answer_that_one_run_alone_has() -> None:
    one, two = changed(), changed(answers={"outlook": None})
    gone = {h.path: h for h in compare(one, two).headlines}["outlook.by_month.fighting.60"]
    assert gone.before is not None and gone.after is None and gone.change is None
    assert gone.changed and gone.exceeds is None
    assert "Still fighting" in shown(compare(two, one))


def test_what_the_intervals_allow() -> None:
    """Newcombe (1998), table II: 56/70 against 48/80, interval of the difference 0.0524, 0.3339."""
    def span(hits: int, draws: int) -> tuple[float, float]:
        found = wilson(hits / draws, draws)
        assert found is not None
        return found

    a, b = 48 / 80, 56 / 70
    low, high = span(48, 80)
    other = span(56, 70)
    lower = (b - a) - math.hypot(b - other[0], high - a)
    assert lower == pytest.approx(0.0524, abs=5e-5)
    assert exceeds(a, b, (low, high), other) and exceeds(b, a, other, (low, high))
    assert exceeds(a, a + 0.01, (low, high), (low + 0.01, high + 0.01)) is False
    assert exceeds(0.1, 0.2, None, other) is None and exceeds(0.2, 0.2, None, None) is False


@pytest.mark.parametrize(("before", "after", "paths"), [
    ({"a": 1.0}, {"a": 1.0 + 1e-10}, []),
    ({"a": 1.0}, {"a": 1.1}, ["a"]),
    ({"a": True}, {"a": False}, ["a"]),
    ({"a": 0.1, "b": 500.0, "c": "x"}, {"a": 0.9, "b": 900.0, "c": "y"}, ["a", "b", "c"]),
    ({"a": {}}, {"a": {"b": 1}}, ["a.b"]),
    ({"levers": [{"levers": ["x"], "n": 1}, {"levers": ["x", "y"], "n": 2}]},
     {"levers": [{"levers": ["x", "y"], "n": 2}, {"levers": ["x"], "n": 3}]}, ["levers.x.n"]),
])
def test_every_entry_by_path(before: Any, after: Any, paths: list[str]) -> None:
    assert [d.path for d in differences(before, after)] == paths


def test_texts_of_a_scenario_are_shown_as_text() -> None:
    found = compare(changed(), changed({"title": "[red]\x1b[31mloud", "summary": "x" * 500}))
    text = shown(found)
    assert "\x1b" not in text and "[red]" in text and "x" * 200 not in text
    json.dumps(as_data(found, everything=True), allow_nan=False)
